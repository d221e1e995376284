"""Which statement decides a cell, and when a reader must be warned that the sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from granskning_ai.model import Basis, MatrixCell, Statement, Status, Verdict

_WEIGHT = {Basis.AUDITOR_ASSESSMENT: 0, Basis.AUDITOR_OBSERVATION: 1, Basis.SELF_REPORTED: 2, Basis.NONE: 3}

_LEAST_FAVOURABLE_FIRST: tuple[Status | Verdict, ...] = (
    Status.NOT_MET,
    Status.ABSENT,
    Status.PARTLY_MET,
    Status.PRESENT,
    Status.MET,
    Verdict.NO,
    Verdict.UNDETERMINED,
    Verdict.PARTLY,
    Verdict.LARGELY,
    Verdict.YES,
    Verdict.NOT_ASSESSED,
)

_CANNOT_BOTH_HOLD = frozenset(
    frozenset(pair)
    for pair in (
        (Status.MET, Status.PARTLY_MET),
        (Status.MET, Status.NOT_MET),
        (Status.PARTLY_MET, Status.NOT_MET),
        (Status.MET, Status.ABSENT),
        (Status.PARTLY_MET, Status.ABSENT),
        (Status.PRESENT, Status.ABSENT),
    )
)
"""Pairs that exclude each other. `not_met` and `present` do not: a thing can exist and fall short of the law."""


def decide(documents: Sequence[Sequence[Statement]]) -> MatrixCell:
    """The cell that the statements of several documents give; each document's leading statement stands first.

    The document that decides is the one whose leading statement is an auditor's assessment, failing that an
    auditor's observation, failing that the body's own account; the newest of these; of two with the same date the
    less favourable, so that a cell never shows more than its sources bear out. Its value is never an average:
    other statements are kept beside it, newest first.

    `conflict` warns that the deciding statement does not stand alone. It is set where another statement that is
    not older (same year, newer, or of unknown date) says something that cannot hold at the same time:

    - two statements of one year exclude each other, whoever makes them ('met' and 'partly_met', 'present' and
      'absent'), also within one document;
    - a newer statement on weaker grounds contradicts an older one on stronger grounds: the auditors' word still
      decides, but may have been overtaken ('not_met' in 2022, and the municipality's own 'present' in 2024);
    - verdicts on one topic differ within a year: audits of different activities, or several questions in one audit.

    An older statement that says otherwise is a development, not a conflict.
    """
    ordered = sorted(documents, key=lambda statements: _rank(statements[0]))
    ordered.sort(key=lambda statements: _when(statements[0]), reverse=True)
    ordered.sort(key=lambda statements: _WEIGHT[statements[0].basis])
    lead = ordered[0][0]
    # A stable sort keeps the order within a document; only whole documents change places.
    others = list(ordered[0][1:]) + [
        statement
        for statements in sorted(ordered[1:], key=lambda statements: _when(statements[0]), reverse=True)
        for statement in statements
    ]
    others = [_warned(lead, statement) for statement in others]
    return MatrixCell(
        value=lead.value,
        basis=lead.basis,
        statements=(lead, *others),
        conflict=any(_conflicts(lead, statement) for statement in others),
    )


def lead_first(statements: Sequence[Statement]) -> list[Statement]:
    """One document's statements on a requirement: the strongest grounds first, then the least favourable."""
    return sorted(statements, key=lambda statement: (_WEIGHT[statement.basis], _rank(statement)))


def _rank(statement: Statement) -> int:
    return _LEAST_FAVOURABLE_FIRST.index(statement.value)


def _when(statement: Statement) -> str:
    return statement.date or str(statement.year or "")


def _is_older(statement: Statement, lead: Statement) -> bool:
    year, lead_year = _when(statement)[:4], _when(lead)[:4]
    return bool(year and lead_year) and year < lead_year


def _is_newer(statement: Statement, lead: Statement) -> bool:
    return bool(_when(lead)) and _when(statement)[:4] > _when(lead)[:4]


def _conflicts(lead: Statement, other: Statement) -> bool:
    if _is_older(other, lead):
        return False
    if isinstance(lead.value, Verdict):
        stated = Verdict.NOT_ASSESSED not in (lead.value, other.value)
        return stated and lead.value != other.value
    if frozenset((lead.value, other.value)) in _CANNOT_BOTH_HOLD:
        return True
    return lead.value is Status.NOT_MET and other.value is Status.PRESENT and _is_newer(other, lead)


def _warned(lead: Statement, other: Statement) -> Statement:
    if not _conflicts(lead, other):
        return other
    if other.document_id == lead.document_id:
        warning = "Samma dokument säger mer än en sak här."
    elif _is_newer(other, lead):
        warning = "Nyare än uppgiften som avgör och säger något annat, men på svagare grund."
    else:
        warning = "Säger något annat än uppgiften som avgör."
    return replace(other, note=f"{warning} {other.note}".strip())
