"""Recommendations: what the auditor advises the audited body, each once, with every place that says it.

In order of certainty: lists after a lead ('rekommenderar vi nämnden att:'), the recommendation column of answer tables,
sentences with 'rekommenderar', and 'bör' sentences where a report gives no advice in any of these ways. A plan's aims,
what interviewees wish and what another report advised are not recommendations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from granskning_ai.extraction.advice import Advice
from granskning_ai.extraction.advice_lists import labelled, listed
from granskning_ai.extraction.advice_prose import ought, recommended
from granskning_ai.extraction.advice_quoted import followed_up, restated, told_of
from granskning_ai.extraction.answers import AnswerRow
from granskning_ai.extraction.boards import Boards, boards_in
from granskning_ai.extraction.questions import Asked, find_asked
from granskning_ai.extraction.structure import Placed
from granskning_ai.extraction.topics import topic_of
from granskning_ai.model import DocType, Document, Recommendation, stable_id
from granskning_ai.swedish.terms import same_statement, words

ADVISING = frozenset(
    {
        DocType.AUDIT_REPORT,
        DocType.FOLLOW_UP,
        DocType.COVER_LETTER,
        DocType.OTHER,
        DocType.PRE_STUDY,
        DocType.REGIONAL_REPORT,
    }
)
"""Kinds of documents that may give recommendations of their own."""

_AUDIT = re.compile(
    r"\b(?:vi|revisorerna|revisionen)\s+har\s+(?:\w+\s+){0,2}granskat|\bgranskningen\s+(?:visar|har|omfattar|syftar|avser)|"
    r"\bvår\s+granskning|\b(?:gransknings|revisions)rapport|\buppdrag\s+att\s+granska",
    re.IGNORECASE,
)
"""What a document of no known kind must say for its advice to be an auditor's."""

QUOTING = frozenset({DocType.RESPONSE, DocType.MINUTES})
"""Kinds of documents that restate the recommendations of another."""

_SHOULD = frozenset({DocType.AUDIT_REPORT, DocType.FOLLOW_UP, DocType.COVER_LETTER})
"""Kinds of documents whose 'bör' is advice."""


def find_recommendations(
    document: Document, placed: list[Placed], rows: list[AnswerRow], asked: list[Asked]
) -> list[Advice]:
    """Every recommendation of the document, in reading order."""
    doc_type = document.metadata.doc_type
    found: list[Advice] = []
    for advice in followed_up(placed):
        _merge(found, advice)
    if doc_type in QUOTING:
        for advice in restated(placed):
            _merge(found, advice)
    elif doc_type in ADVISING and (doc_type is not DocType.OTHER or _AUDIT.search(document.text)):
        _own(found, doc_type, placed, rows, asked)
    _address(found, document, placed)
    return sorted(found, key=lambda advice: advice.places[0])


def _own(
    found: list[Advice], doc_type: DocType, placed: list[Placed], rows: list[AnswerRow], asked: list[Asked]
) -> None:
    """Adds what the document itself advises, and what it tells of earlier advice."""
    if doc_type is DocType.FOLLOW_UP:
        for advice in told_of(placed):
            _merge(found, advice)
    for source in (listed(placed), labelled(placed)):
        for advice in source:
            _merge(found, advice)
    for row in rows:
        for advice in _from_row(row, asked):
            _merge_cell(found, advice)
    for advice in recommended(placed):
        _merge(found, advice)
    if doc_type in _SHOULD:
        told = [place for advice in found for place in advice.places]
        for advice in list(ought(placed, found)):
            start, end = advice.places[0]
            if not any(a < end and start < b for a, b in told):
                _merge(found, advice)


def _address(found: list[Advice], document: Document, placed: list[Placed]) -> None:
    """Says who 'nämnden' is, and gives advice that names nobody to those whom the report or its letter names."""
    boards = Boards.of(document.text)
    for advice in found:
        if not advice.addressees and not advice.quoted and advice.index >= 0:
            # A chapter on one board is about that board.
            over = placed[advice.index].headings[-1:]
            advice.addressees = boards_in(over[0].text) if over and len(over[0].text.split()) <= CHAPTER else ()
        advice.addressees = boards.in_full(advice.addressees, advice.places[0][0])
    _share_addressees(found)
    for advice in found:
        if not advice.addressees and not advice.quoted and advice.rule in _LISTED:
            advice.addressees = boards.by_letter(advice.number)


CHAPTER = 6
"""Words. A longer heading says something of the board rather than naming it."""

_LISTED = ("recommendation_list", "recommendation_label", "recommendation_table")


def as_finding(document: Document, advice: Advice, question_ids: dict[int, str]) -> Recommendation:
    """The finding for an Advice; `question_ids` maps `id(Asked)` to the audit question's id."""
    return Recommendation(
        id=stable_id("rek", document.id, advice.text, advice.quoted),
        evidence=tuple(document.cite(start, end) for start, end in sorted(advice.places)),
        found_by=f"rule:{advice.rule}",
        confidence={"recommendation_should": 0.7, "recommendation_sentence": 0.9}.get(advice.rule, 1.0),
        text=advice.text,
        number=advice.number,
        addressees=advice.addressees,
        audit_question_ids=tuple(
            question_ids[id(question)] for question in advice.questions if id(question) in question_ids
        ),
        topic=topic_of(advice.text),
        quoted=advice.quoted,
    )


def _merge(found: list[Advice], advice: Advice) -> None:
    """Adds an advice, or adds its place to the one that already says the same."""
    for known in found:
        if known.quoted is advice.quoted and same_statement(known.text, advice.text):
            known.places += [place for place in advice.places if place not in known.places]
            known.questions += [question for question in advice.questions if question not in known.questions]
            known.number = known.number or advice.number
            known.addressees = known.addressees or advice.addressees
            return
    found.append(advice)


def _merge_cell(found: list[Advice], advice: Advice) -> None:
    """Adds a table cell's advice; a cell that runs several known recommendations together is a place of each."""
    cell = " ".join(words(advice.text))
    parts = [known for known in found if not known.quoted and " ".join(words(known.text)) in cell]
    if len(parts) < 2:
        _merge(found, advice)
        return
    for known in parts:
        known.places += [place for place in advice.places if place not in known.places]
        known.questions += [question for question in advice.questions if question not in known.questions]


def _from_row(row: AnswerRow, asked: list[Asked]) -> Iterator[Advice]:
    question = find_asked(asked, row.question.text) if row.question else None
    for quote in row.recommendations:
        if len(quote.text.split()) < 3 or re.match(
            r"(?:inga|ingen)\b|se\s+(?:ovan|nedan|avsnitt|punkt)", quote.text.lower()
        ):
            continue
        yield Advice(
            text=quote.text,
            places=[(quote.start, quote.end)],
            rule="recommendation_table",
            questions=[question] if question else [],
        )


def _share_addressees(found: list[Advice]) -> None:
    """A table's advice that names nobody goes to those whom all of the report's leads name, if they agree."""
    named = {advice.addressees for advice in found if advice.addressees}
    if len(named) == 1:
        for advice in found:
            if advice.rule == "recommendation_table" and not advice.addressees:
                advice.addressees = next(iter(named))
