"""Why a cell is empty, in a sentence that can be defended.

The four kinds are never mixed up, and the gravest doubt is told first: a file that could not be read (`failed`)
may hold the answer, so it is never counted as 'nothing found'; then `not_addressed` (read, not there), then
`not_applicable` (the law was in force for none of the documents, which their statuses tell), then `not_audited`.
"""

from __future__ import annotations

from collections.abc import Sequence

from granskning_ai.matrix.failures import file_name
from granskning_ai.matrix.statements import questions_of, statuses_of
from granskning_ai.model import (
    AUDITORS_WORD,
    Basis,
    Catalogue,
    Document,
    DocumentRecord,
    FileFailure,
    MatrixCell,
    Requirement,
    RequirementStatus,
    Status,
)


def no_status(
    records: Sequence[DocumentRecord],
    code: str,
    catalogue: Catalogue,
    requirement: Requirement,
    failures: Sequence[FileFailure],
) -> MatrixCell:
    """The empty cell of a requirement that no document says anything of."""
    read = [(record, status) for record in records for status in statuses_of(record, code, catalogue, requirement)]
    silent = [(record, status) for record, status in read if status.status is Status.NOT_ADDRESSED]
    unread = any(status.status is Status.FAILED for _, status in read)
    if silent:
        status, text = Status.NOT_ADDRESSED, _looked_through(silent)
    elif read and not unread:
        status, text = Status.NOT_APPLICABLE, _not_applicable(read)
    elif records:
        status, text = Status.NOT_AUDITED, "Inget av dokumenten om kommunen är av ett slag som kan visa det."
    else:
        status, text = Status.NOT_AUDITED, "Det finns inget dokument om kommunen."
    return _empty(Status.FAILED if unread else status, text, failures)


def no_verdict(records: Sequence[DocumentRecord], topic: str | None, failures: Sequence[FileFailure]) -> MatrixCell:
    """The empty cell of a topic (by its label), or of the overall assessment where `topic` is None."""
    audits = [record for record in records if _speaks_as_auditor(record)]
    if not audits:
        return _empty(Status.NOT_AUDITED, "Det finns ingen granskning av kommunen.", failures)
    questions = sum(len(questions_of(record)) for record in audits)
    if topic is None:
        found = "Ingen sammanfattande bedömning uttalas där."
    elif questions:
        found = f"Ingen av granskningens frågor ({questions}) gäller {topic}."
    else:
        found = "Där ställs inga revisionsfrågor."
    cautions = [record.document.quality.caution for record in audits if record.document.quality]
    return _empty(
        Status.NOT_ADDRESSED, " ".join([f"Läst: {_listed(audits)}. {found}", *filter(None, cautions)]), failures
    )


def _speaks_as_auditor(record: DocumentRecord) -> bool:
    return record.document.metadata.doc_type in AUDITORS_WORD or bool(questions_of(record))


def _empty(status: Status, text: str, failures: Sequence[FileFailure]) -> MatrixCell:
    unread = [f"Filen {file_name(failure)} kunde inte läsas: {failure.message}" for failure in failures]
    if unread:
        status = Status.FAILED
    return MatrixCell(value=status, basis=Basis.NONE, searched=" ".join([*unread, text]))


def _looked_through(read: Sequence[tuple[DocumentRecord, RequirementStatus]]) -> str:
    parts: list[str] = []
    terms: dict[str, None] = {}
    for record, status in read:
        searched = f", {status.searched.passages} stycken" if status.searched else ""
        parts.append(f"Läst: {_named(record.document)}{searched}. {status.note}".rstrip())
        terms.update(dict.fromkeys(status.searched.terms if status.searched else ()))
    return " ".join([*parts, *([f"Sökta ord: {', '.join(terms)}."] if terms else [])])


def _not_applicable(read: Sequence[tuple[DocumentRecord, RequirementStatus]]) -> str:
    unsaid = "Lagen gällde inte när dokumentet skrevs."
    return " ".join(f"Läst: {_named(record.document)}. {status.note or unsaid}" for record, status in read)


def _listed(records: Sequence[DocumentRecord]) -> str:
    return "; ".join(_named(record.document) for record in records)


def _named(document: Document) -> str:
    metadata = document.metadata
    when = metadata.date or metadata.year
    # Titles can be alike, or say nothing: with the file name the reader finds the document.
    source = ", ".join(str(part) for part in (metadata.issuer, when, document.source.name) if part)
    return f"”{metadata.title}” ({source})" if metadata.title else source
