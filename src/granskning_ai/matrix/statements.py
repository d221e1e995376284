"""What each document says of a cell."""

from __future__ import annotations

from granskning_ai.matrix.cells import lead_first
from granskning_ai.model import (
    EMPTY_STATUSES,
    SELF_REPORTS,
    AuditQuestion,
    Basis,
    Catalogue,
    DocumentRecord,
    Finding,
    OverallAssessment,
    Requirement,
    RequirementStatus,
    Statement,
    Status,
    Topic,
    Verdict,
)


def statuses_of(
    record: DocumentRecord, code: str, catalogue: Catalogue, requirement: Requirement
) -> list[RequirementStatus]:
    """What was read out of one document about one requirement in one municipality."""
    return [
        status
        for status in record.statuses
        if (status.municipality_code, status.law, status.requirement) == (code, catalogue.law, requirement.key)
    ]


def on_requirement(
    record: DocumentRecord, code: str, catalogue: Catalogue, requirement: Requirement
) -> list[Statement]:
    """The document's statements on a requirement, the leading one first; none where it does not address it."""
    return lead_first(
        [
            _statement(record, status.status, status.basis, evidence=status, note=status.note)
            for status in statuses_of(record, code, catalogue, requirement)
            if status.status not in EMPTY_STATUSES
        ]
    )


def questions_of(record: DocumentRecord) -> list[AuditQuestion]:
    """The document's audit questions in the order in which they stand."""
    questions = [finding for finding in record.findings if isinstance(finding, AuditQuestion)]
    return sorted(questions, key=lambda question: question.evidence[0].start)


def on_topic(record: DocumentRecord, topic: Topic) -> list[Statement]:
    """The auditor's verdicts on a topic: that on the main question first, then the others in reading order.

    The main question is the first that is not a sub-question. A question that gets no verdict leads only where
    no question on the topic gets one.
    """
    questions = [question for question in questions_of(record) if question.topic is topic]
    questions.sort(key=lambda q: (q.verdict is Verdict.NOT_ASSESSED, q.parent_id is not None))
    main, rest = questions[:1], questions[1:]
    rest.sort(key=lambda question: question.evidence[0].start)
    return [_answer(record, question) for question in main + rest]


def overall(record: DocumentRecord) -> list[Statement]:
    """The document's summarising verdicts; as a rule one."""
    assessments = [finding for finding in record.findings if isinstance(finding, OverallAssessment)]
    assessments.sort(key=lambda found: (found.verdict is Verdict.NOT_ASSESSED, found.evidence[0].start))
    return [
        _statement(record, found.verdict, _verdict_basis(record, found.verdict), found, found.text, found.note)
        for found in assessments
    ]


def _answer(record: DocumentRecord, question: AuditQuestion) -> Statement:
    head = f"{question.number} {question.text}" if question.number else question.text
    text = f"{head} Svar: {question.verdict_text}" if question.verdict_text else head
    basis = _verdict_basis(record, question.verdict)
    return _statement(record, question.verdict, basis, question, text, question.note)


def _verdict_basis(record: DocumentRecord, verdict: Verdict) -> Basis:
    if verdict is Verdict.NOT_ASSESSED:
        return Basis.NONE
    # A reply or a plan that restates the auditors' verdict is still the audited body's own account.
    own = record.document.metadata.doc_type in SELF_REPORTS
    return Basis.SELF_REPORTED if own else Basis.AUDITOR_ASSESSMENT


def _statement(
    record: DocumentRecord,
    value: Status | Verdict,
    basis: Basis,
    evidence: Finding | RequirementStatus,
    text: str = "",
    note: str = "",
) -> Statement:
    document = record.document
    metadata = document.metadata
    if isinstance(evidence, Finding) and len(metadata.municipality_codes) > 1:
        # An audit of a joint board answers for each of its municipalities, and the reader must know that.
        note = f"{note} Dokumentet gäller {len(metadata.municipality_codes)} kommuner.".strip()
    return Statement(
        document_id=document.id,
        file_name=document.source.name,
        title=metadata.title,
        issuer=metadata.issuer,
        date=metadata.date,
        year=metadata.year,
        value=value,
        basis=basis,
        text=text,
        evidence=evidence.evidence,
        note=note,
    )
