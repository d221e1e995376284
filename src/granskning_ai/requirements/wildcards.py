"""Search terms with wildcards: `*` is the rest of a word, `…` up to eight words between.

Wildcards, not regular expressions, since a catalogue is written by people who know the law and not the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_GAP = r"(?:,?\s+[^\s.;:!?]+){0,8}?"
_INNER_HYPHEN = re.compile(r"(?<=[a-zåäöé])[-\u2010\u2011\u00ad](?=[a-zåäöé])")
_MARKUP = re.compile(r"[*_\u00ad]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a term stands in a plain sentence."""

    start: int
    end: int
    text: str


def plain(text: str) -> str:
    """The text as terms are matched against it: lower case, one blank, no hyphen inside a word, no markup."""
    return _INNER_HYPHEN.sub("", re.sub(r"\s+", " ", _MARKUP.sub("", text)).strip().lower())


@lru_cache(maxsize=4096)
def _compile_all(terms: tuple[str, ...]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """One pattern for all the terms, and letters of which a text must have some for any of them to stand in it."""
    longest_first = sorted(terms, key=len, reverse=True)
    letters = {max(re.split(r"[\s*…]+", plain_term(term)), key=len) for term in terms}
    return tuple(sorted(letters)), re.compile("|".join(_compile(term) for term in longest_first))


def _compile(term: str) -> str:
    words = plain_term(term).split()
    pattern = ""
    for word in words:
        if word == "…":
            pattern += _GAP
            continue
        piece = re.escape(word).replace(r"\*", r"\w*")
        pattern += (r",?\s+" if pattern else "") + piece
    return rf"(?<![\w]){pattern}(?![\w])"


def plain_term(term: str) -> str:
    """A term in the form it is matched in."""
    return _INNER_HYPHEN.sub("", term.lower().replace("...", "…"))


def is_well_formed(term: str) -> bool:
    """Whether a term says anything: at least one word, and neither end a gap."""
    words = plain_term(term).split()
    return bool(words) and words[0] != "…" and words[-1] != "…" and all(word.strip("*") for word in words)


def find(terms: tuple[str, ...], text: str, *, unlike: Iterable[str] = ()) -> list[Mention]:
    """Every place where a term stands in a plain text, outermost matches only, lookalikes left out."""
    found = _spans(terms, text)
    if not found:
        return []
    others = _spans(tuple(unlike), text)
    return [
        Mention(start, end, text[start:end])
        for start, end in found
        if not any(a <= start and end <= b for a, b in others)
    ]


def _spans(terms: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    if not terms:
        return []
    letters, pattern = _compile_all(terms)
    # Most sentences name nothing of the kind, and a search for letters is many times faster than the pattern.
    if not any(piece in text for piece in letters):
        return []
    return [match.span() for match in pattern.finditer(text)]


def localise(terms: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    """The terms with `{kommun}` replaced by each of the names; without names such a term falls away.

    >>> localise(("rådet i {kommun}", "rådet"), ["Vittsund"])
    ('rådet i vittsund', 'rådet')
    """
    found: list[str] = []
    for term in terms:
        if "{kommun}" not in term:
            found.append(term)
            continue
        found.extend(term.replace("{kommun}", plain(name)) for name in names)
    return tuple(found)
