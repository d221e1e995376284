"""Sentences and tokens of Swedish prose, by spaCy's rule-based Swedish tokenizer.

spaCy is imported here and nowhere else. `blank("sv")` needs no trained model; where the user has installed a
trained Swedish pipeline (sv_core_news_*), nothing here depends on it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ABBREVIATIONS = frozenset(
    [
        "bl.a.",
        "t.ex.",
        "m.m.",
        "m.fl.",
        "m",
        "fl.",
        "s.k.",
        "dvs.",
        "d.v.s.",
        "f.d.",
        "fr.o.m.",
        "t.o.m.",
        "p.g.a.",
        "p.gr.a.",
        "o.s.v.",
        "osv.",
        "resp.",
        "ca.",
        "kap.",
        "st.",
        "nr.",
        "tel.",
        "jfr.",
        "inkl.",
        "exkl.",
        "ev.",
        "enl.",
        "avs.",
        "ang.",
        "f.n.",
        "f.ö.",
        "i.s.f.",
        "o.d.",
        "o.dyl.",
        "s.a.s.",
        "vs.",
        "kl.",
        "mnkr.",
        "tkr.",
        "mkr.",
        "dnr.",
        "sid.",
        "s.",
        "bil.",
        "forts.",
        "alt.",
        "etc.",
        "prop.",
        "art.",
        "feb.",
        "jan.",
        "aug.",
        "sept.",
        "okt.",
        "nov.",
        "dec.",
    ]
)
"""Abbreviations that end in a full stop without ending the sentence."""

_END = re.compile(r"[.!?…][\"”’»)\]]*(?=\s)|\n+")
_OPENER = re.compile(r"[\s\"”“’»(\[–—-]*")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,3}\.$")


@cache
def _nlp() -> Language:
    import spacy

    return spacy.blank("sv")


def tokenize(text: str) -> Doc:
    """Tokens of `text`, by spaCy's Swedish tokenizer."""
    return _nlp()(text)


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences of `text`, trimmed of white space. A line break always ends a sentence.

    >>> [("Det finns bl.a. en plan. Den följs upp.")[a:b] for a, b in sentences("Det finns bl.a. en plan. Den följs upp.")]
    ['Det finns bl.a. en plan.', 'Den följs upp.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and not _ends_sentence(text, match):
            continue
        _append(text, start, match.end(), spans)
        start = match.end()
    _append(text, start, len(text), spans)
    return tuple(spans)


def _append(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    if piece.strip():
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(piece.strip())))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match.group()[0] != ".":
        return True
    before = text[: match.start() + 1].rsplit(maxsplit=1)[-1].lstrip('("”“’»')
    if (before.lower() in ABBREVIATIONS and not before[:-1].isupper()) or re.fullmatch(
        r"(?:[a-zåäö]{1,3}\.){2,}", before.lower()
    ):
        # 'm.m.' may end a sentence as well: it does where the next word begins with a capital letter.
        return before.lower() in {"m.m.", "m.fl.", "o.s.v.", "osv.", "etc."} and _capital_follows(text, match.end())
    if _ORDINAL.search(text[: match.start() + 1][-6:]) and match.start() < 5:
        return False
    if len(before) == 2 and before[0].isupper():
        return False
    return _capital_follows(text, match.end())


def _capital_follows(text: str, at: int) -> bool:
    opener = _OPENER.match(text, at)
    at = opener.end() if opener else at
    return at >= len(text) or not text[at].islower()
