"""Why a sentence says nothing of how things are in the municipality, if it does not."""

from __future__ import annotations

import re

from granskning_ai.model import BlockKind, DocType, Document
from granskning_ai.requirements.cues import cue, shows
from granskning_ai.requirements.statements import Skip, Statement

_MAIN_CLAUSE_END = re.compile(r",?\s+(?:trots att|trots|vilket|i strid med)\b")
_SINCE_THEN = re.compile(r"\b(?:sedan dess|numera|i dag|idag|nu|fortfarande|alltjämt)\b")


def reason_to_skip(statement: Statement, document: Document, column: str) -> Skip:
    """The first reason that applies. `column` is the heading of a table's column."""
    if statement.doc_type is DocType.EMAIL:
        return Skip.FRAME
    if _is_question(statement):
        return Skip.QUESTION
    framed = _by_heading(statement)
    if framed:
        return framed
    if _is_recommendation(statement, column):
        return Skip.RECOMMENDATION
    if _is_norm(statement):
        return Skip.NORM
    if shows("wish", statement.plain):
        return Skip.WISH
    if _is_of_older_audit(statement, document):
        return Skip.EARLIER
    if _is_elsewhere(statement, document):
        return Skip.ELSEWHERE
    if statement.doc_type is DocType.RESPONSE and shows("auditors_words_in_reply", statement.plain):
        return Skip.QUOTED
    return Skip.NO


def _is_question(statement: Statement) -> bool:
    """Asked outright, indirectly ('bedöma om …'), on a condition, or an item in the list of the audit's questions."""
    lead = statement.before
    return (
        statement.plain.endswith("?")
        or shows("asked", statement.plain)
        or (bool(lead) and (shows("question_lead", lead) or shows("asked", f"{lead} ")))
    )


def _by_heading(statement: Statement) -> Skip:
    """Sections that give the audit's frame, judged by the innermost heading that says anything."""
    for heading in reversed(statement.headings):
        if shows("heading_assessment", heading):
            return Skip.NO
        if shows("heading_earlier", heading):
            return Skip.EARLIER
        if shows("heading_frame", heading) and statement.auditor:
            return Skip.FRAME
        if shows("heading_recommendation", heading) and statement.kind is not BlockKind.TABLE:
            return Skip.RECOMMENDATION
        if shows("heading_law", heading) and not shows("heading_finding", heading):
            return Skip.NO if statement.assessing or not statement.auditor else Skip.NORM
    return Skip.NO


def _is_recommendation(statement: Statement, column: str) -> bool:
    return (
        shows("recommendation", statement.plain)
        or shows("imperative", statement.plain)
        or "rekommendation" in column
        or (statement.auditor and bool(statement.before) and shows("recommendation_lead", statement.before))
    )


def _is_norm(statement: Statement) -> bool:
    """What the law says. In 'saknas, trots att lagen kräver det' only the main clause counts."""
    if shows("norm", _MAIN_CLAUSE_END.split(statement.plain)[0]):
        return True
    lead = statement.before
    return lead.endswith(":") and shows("norm_lead", lead) and not shows("verdict_lead", lead)


def _is_of_older_audit(statement: Statement, document: Document) -> bool:
    older = cue("older_audit").search(statement.plain)
    written = document.metadata.year or int((document.metadata.date or "0")[:4])
    return older is not None and int(older["year"]) < written and not _SINCE_THEN.search(statement.plain)


def _is_elsewhere(statement: Statement, document: Document) -> bool:
    if shows("elsewhere", statement.plain):
        return True
    own = document.metadata.municipality_codes
    foreign = bool(statement.codes) and not any(code in own for code in statement.codes)
    return foreign and not re.search(r"\bkommunens?\b", statement.plain)
