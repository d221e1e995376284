"""Puts the lines of a paragraph together again: which hyphens at a line's end belong to the word?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

SOFT_HYPHEN = "\u00ad"

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SUSPENDING = frozenset({"och", "eller", "samt", "respektive", "resp", "men", "till", "kontra", "som", "än"})
"""Words after which a hyphen only stands for the part left out: 'risk- och väsentlighetsanalys'."""
_SHARED_LETTERS = 4
_LONGEST_WORD = 80


def vocabulary_of(lines: Iterable[str]) -> frozenset[str]:
    """The words that stand unbroken in `lines`, in lower case; what a line break may have cut is left out."""
    words: set[str] = set()
    cut = False
    for line in lines:
        stripped = line.strip().replace(SOFT_HYPHEN, "")
        if not stripped:
            continue
        found = [match.group().lower() for match in _WORD.finditer(stripped)]
        cut_here = stripped.endswith("-")
        words.update(found[1 if cut else 0 : len(found) - 1 if cut_here else None])
        cut = cut_here
    return frozenset(words)


def join_lines(lines: Sequence[str], vocabulary: Collection[str] = ()) -> str:
    """Joins the lines of a paragraph into one. A hyphen at a line's end goes, unless it belongs to the word.

    `vocabulary` holds the document's own unbroken words in lower case (see `vocabulary_of`).

    >>> join_lines(["brottsföre-", "byggande risk-", "och väsentlighet"])
    'brottsförebyggande risk- och väsentlighet'
    """
    return place_lines(lines, vocabulary)[0]


def place_lines(lines: Sequence[str], vocabulary: Collection[str] = ()) -> tuple[str, list[int]]:
    """Joins lines as `join_lines` does, and tells at which offset of the text each of them begins.

    >>> place_lines(["brottsföre-", "byggande", "arbete"])
    ('brottsförebyggande arbete', [0, 10, 19])
    """
    text = ""
    starts: list[int] = []
    for raw in lines:
        soft = raw.rstrip().endswith(SOFT_HYPHEN)
        line = " ".join(raw.replace(SOFT_HYPHEN, "").split())
        if line:
            text = _joined(text, line, vocabulary) if text else line
        starts.append(len(text) - len(line))
        if line and soft:
            text += SOFT_HYPHEN
    return text.rstrip(SOFT_HYPHEN), starts


def _joined(text: str, line: str, vocabulary: Collection[str]) -> str:
    if text.endswith(SOFT_HYPHEN):
        return text[:-1] + line
    if not text.endswith("-") or text.endswith((" -", "--")) or text == "-":
        return f"{text} {line}"
    head = text.rsplit(maxsplit=1)[-1][-_LONGEST_WORD:-1]
    follower = _FIRST_WORD.match(line)
    tail = follower.group() if follower else ""
    if tail.lower() in _SUSPENDING:
        return f"{text} {line}"
    if not tail or not head[-1:].isalpha() or "/" in head or _belongs_to_word(head, tail, vocabulary):
        return text + line
    return text[:-1] + line


def _belongs_to_word(head: str, tail: str, vocabulary: Collection[str]) -> bool:
    """Whether the hyphen between `head` and `tail` is the word's own."""
    words = _WORD.findall(head)
    head = words[-1] if words else head
    own, joined = f"{head}-{tail}".lower(), f"{head}{tail}".lower()
    if (own in vocabulary) != (joined in vocabulary):
        return own in vocabulary
    last = head.rsplit("-", 1)[-1]
    if len(last) == 1 or (last.isupper() and (len(last) <= _SHARED_LETTERS or not tail.isupper())):
        return True
    if tail[0].isupper() and not last.isupper():
        return True
    stem = own[: len(head) + 1 + _SHARED_LETTERS]
    return joined not in vocabulary and len(tail) >= _SHARED_LETTERS and any(w.startswith(stem) for w in vocabulary)
