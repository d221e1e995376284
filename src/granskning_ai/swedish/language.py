"""Sentences of Swedish prose."""

from __future__ import annotations

import re
from functools import lru_cache

_GOES_ON = """
    adm. alt. ang. avd. avs. bil. bitr. bl. bl.a. bla. ca. d.v.s. dnr. dr. dvs. enl. ev. exkl. f.d. f.n. f.ö. fig.
    fr.o.m. gr. i.s.f. inkl. jfr. kap. kl. max. min. mom. motsv. nr. ordf. org. p. p.g.a. p.gr.a. pga. prel. prof. prop.
    ref. resp. s. s.a.s. s.k. sid. sk. t.ex. t.o.m. tab. tel. tex. ung. vs.
    jan. feb. febr. apr. aug. sep. sept. okt. nov. dec.
"""
_MAY_END = "art. etc. ff. fl. forts. ggr. kr. m.fl. m.m. mfl. mkr. mm. mnkr. o.d. o.dyl. o.s.v. osv. st. tkr."

GOING_ON = frozenset(_GOES_ON.split())
"""Abbreviations that something always follows."""

ABBREVIATIONS = GOING_ON | frozenset(_MAY_END.split())
"""Abbreviations that end in a full stop; those outside `GOING_ON` end the sentence where a capital letter follows."""

_LETTERED = "alternativ avsnitt bilaga bilagan block del enhet figur grupp hus kategori modell nivå område punkt tabell"

LETTERED = frozenset(_LETTERED.split())
"""Words that a single capital names ('bilaga B.'); after any other it is somebody's initial ('av B. Ek')."""

LONGEST_WORD = 40
"""How far back the word before a full stop is looked for: enough for any abbreviation, and the time stays linear."""

_END = re.compile(r"(?P<mark>[.!?…])(?P<closing>[\"”’»)\]]*)(?=\s)|\n+")
_OPENER = re.compile(r"[\s\"”“’»(\[–—-]*")
_DOTTED = re.compile(r"(?:[a-zåäö]{1,3}\.){2,}")
_LIST_MARK = re.compile(r"\s*(?:\d{1,3}|[a-zåäö])(?:\.\d{1,2})*")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences of `text`, trimmed of white space. A line break always ends a sentence.

    >>> text = "Det finns bl.a. en plan. Den följs upp."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Det finns bl.a. en plan.', 'Den följs upp.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match["mark"] and not _ends_sentence(text, start, match):
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


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the mark ends the sentence that begins at `start`, not just an abbreviation, a quotation or a number."""
    goes_on = _small_letter_follows(text, match.end())
    if match["mark"] in "!?":
        # ”Varför då?” frågar nämnden.
        return not (match["closing"] and goes_on)
    if goes_on:
        return False
    if match["mark"] == "…":
        return True
    at = match.start()
    if at - start < LONGEST_WORD and _LIST_MARK.fullmatch(text, start, at):
        return False
    *before, word = text[max(start, at - LONGEST_WORD) : at + 1].split()[-2:]
    word = word.lstrip('("”“’»[')
    if len(word) == 2 and word[0].isupper():
        return bool(before) and before[0].lower() in LETTERED
    if word.lower() in ABBREVIATIONS or _DOTTED.fullmatch(word.lower()):
        ends = word.lower() in ABBREVIATIONS - GOING_ON
        return ends and not _digit_follows(text, match.end())
    return True


def _following(text: str, at: int) -> str:
    opener = _OPENER.match(text, at)
    at = opener.end() if opener else at
    return text[at : at + 1]


def _small_letter_follows(text: str, at: int) -> bool:
    return _following(text, at).islower()


def _digit_follows(text: str, at: int) -> bool:
    return _following(text, at).isdigit()
