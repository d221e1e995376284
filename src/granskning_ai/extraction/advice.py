"""A recommendation while the document is read, and what makes a sentence or a list item one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from granskning_ai.extraction.addressees import addressees_in, leading_addressee, names_an_addressee
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.questions import Asked
from granskning_ai.extraction.structure import Placed
from granskning_ai.swedish.language import sentences

NOT_ADVISING = frozenset({"background", "method", "criteria", "law", "sources", "purpose", "questions", "contents"})
"""Sections in which 'bör' is the law's, the method's or somebody else's word."""


@dataclass(slots=True, kw_only=True)
class Advice:
    """A recommendation while the document is read."""

    text: str
    places: list[tuple[int, int]]
    rule: str
    number: str | None = None
    addressees: tuple[str, ...] = ()
    questions: list[Asked] = field(default_factory=list)
    quoted: bool = False
    index: int = -1
    """The block that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a block with its text; `named` are the addressees that it names itself."""

    text: str
    start: int
    end: int
    named: tuple[str, ...] = ()


def piece(text: str, start: int) -> Piece:
    """The piece of a text that begins at `start`, without blanks around it."""
    stripped = text.strip()
    start += len(text) - len(text.lstrip())
    present = phrase("present").search(stripped) is not None
    named = addressees_in(stripped) or (leading_addressee(stripped) if present else ())
    return Piece(text=stripped, start=start, end=start + len(stripped), named=named)


_EARLY = frozenset({"background", "method", "purpose", "questions"})
"""Sections that end where the auditor begins to assess, heading or not."""


def is_elsewhere(item: Placed, *, assessed: bool) -> bool:
    """Whether the section is one in which the auditor does not advise: a glossary, an appendix, a legal chapter.

    With `assessed` the auditor has begun to assess: in a short report no heading may tell that the background is over.
    """
    silent = NOT_ADVISING - _EARLY if assessed else NOT_ADVISING
    return item.role in silent or any(phrase("unadvising_head").search(head.text) for head in item.headings)


def tells_somebody(sentence: str) -> bool:
    """'Nämnden bör …', 'Slutligen behöver kommunstyrelsen …': somebody audited is told what to do."""
    if not _may_advise(sentence):
        return False
    modal = phrase("modal").search(sentence)
    if modal is None:
        return False
    after = names_an_addressee(sentence[modal.end() :].lstrip())
    return after or (_is_subject(sentence, modal.start()))


def _is_subject(sentence: str, modal: int) -> bool:
    """Whether an addressee is the subject before the modal verb: it begins the sentence or the clause."""
    for start in (0, *(match.end() for match in re.finditer(r"(?:,\s+|\b(?:och|att|men)\s+)", sentence[:modal]))):
        clause = sentence[start:modal]
        if names_an_addressee(clause) and len(clause.split()) <= LONGEST_SUBJECT:
            return True
    return False


LONGEST_SUBJECT = 9
"""How many words may stand before 'bör' from where its subject begins."""


def says_what_ought_to_be_done(sentence: str) -> bool:
    """'X bör …', 'Det är väsentligt att …', 'X behöver göras': something ought to be done, by whomever."""
    if not _may_advise(sentence):
        return False
    return phrase("should_address").search(sentence) is not None or tells_somebody(sentence)


def _may_advise(sentence: str) -> bool:
    quoted = sentence.lstrip()[:1] in "\"”“»'’–"
    return not quoted and not sentence.rstrip().endswith("?") and not phrase("false_should").search(sentence)


def is_imperative(text: str) -> bool:
    """'Upprätta en plan', 'att anta en plan', 'Se över taxan': a line that begins with what is to be done.

    A line of names or a place with its date looks alike, but has capitals or figures where a sentence has words.
    """
    rest = text.split()[1:]
    return phrase("to_do").match(text) is not None and sum(word[:1].islower() for word in rest) * 2 > len(rest)


def without_lead(text: str, start: int) -> Piece:
    """An item without a 'Vi rekommenderar nämnden att' of its own."""
    lead = phrase("recommendation_sentence").search(text)
    that = re.search(r"\batt\s+(?=\w+)", text[lead.end() :]) if lead else None
    if lead is None or that is None:
        return piece(text, start)
    at = lead.end() + that.end()
    named = addressees_in(text[: lead.end() + that.start() + 4])
    rest = text[at:].strip()
    return Piece(text=rest[:1].upper() + rest[1:], start=start + at, end=start + len(text.rstrip()), named=named)


def advising_sentences(text: str, start: int) -> Iterator[Piece]:
    """The sentences of a text that say what ought to be done."""
    for a, b in sentences(text):
        if says_what_ought_to_be_done(text[a:b]):
            yield piece(text[a:b], start + a)


_DASH = re.compile(r"(?:^|(?<=\s))[–—•►▪●*-]\s+(?=\S)")


def inline_items(text: str) -> tuple[str, list[tuple[int, int]]] | None:
    """The lead and the items of a list that a layout has run together ('Nämnden bör – minska … – utöka …')."""
    marks = list(_DASH.finditer(text))
    if len(marks) < 2 or not marks[0].start():
        return None
    lead = text[: marks[0].start()].rstrip()
    if lead.endswith((".", ";", ",")):
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return lead, [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


_LINES = re.compile(r"(?<!\bgenom)(?<!\bför)(?<!\båt)(?<!\bom)(?<!\bav)(?<!\b[Aa]tt) (?=att (?:inte )?\w+a\b)")


def infinitive_lines(text: str) -> list[tuple[int, int]]:
    """'att'-lines that were run together without comma or full stop: 'att anta en plan att se över taxan'."""
    if text.rstrip().endswith((".", ";")) or "," in text:
        return [(0, len(text))]
    cuts = [0, *(match.end() for match in _LINES.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]
