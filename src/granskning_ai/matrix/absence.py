"""Why a cell is empty, in a sentence that can be defended.

The four kinds are never mixed up, and the gravest doubt is told first: a file that could not be read (`failed`)
may hold the answer, so it is never counted as 'nothing found'; then `not_addressed` (read, not there), then
`not_applicable` (every document is older than the law, or written after its repeal), then `not_audited`.
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
    searched = [
        (record, status)
        for record, status in read
        if status.status is Status.NOT_ADDRESSED and _in_force(catalogue, record.document)
    ]
    unread = any(status.status is Status.FAILED for _, status in read)
    if searched:
        status, text = Status.NOT_ADDRESSED, _looked_through(searched)
    elif read and not unread:
        status, text = Status.NOT_APPLICABLE, _not_applicable(catalogue, read)
    elif records:
        status, text = (
            Status.NOT_AUDITED,
            "Inget av dokumenten om kommunen är av ett slag som kan visa om kravet uppfylls.",
        )
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
    return _empty(Status.NOT_ADDRESSED, f"Läst: {_listed(audits)}. {found}", failures)


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
        found = ""
        if status.searched:
            found = f": {status.searched.passages} stycken, {_mentions(status.searched.candidates)}"
            terms.update(dict.fromkeys(status.searched.terms))
        note = f" ({status.note.rstrip('.')})" if status.note else ""
        parts.append(f"{_named(record.document)}{found}{note}")
    text = f"Läst: {'; '.join(parts)}."
    return f"{text} Sökta ord: {', '.join(terms)}." if terms else text


def _mentions(candidates: int) -> str:
    if not candidates:
        return "ingen mening nämner saken"
    return (
        "en mening nämner saken utan att visa hur det är"
        if candidates == 1
        else (f"{candidates} meningar nämner saken utan att visa hur det är")
    )


def _not_applicable(catalogue: Catalogue, read: Sequence[tuple[DocumentRecord, RequirementStatus]]) -> str:
    outside = [record for record, _ in read if not _in_force(catalogue, record.document)]
    if not outside:
        return " ".join(dict.fromkeys(status.note for _, status in read if status.note)) or "Lagen är inte tillämplig."
    until = f" till {catalogue.repealed}" if catalogue.repealed else ""
    return f"Lagen gäller från {catalogue.in_force}{until}, och dokumenten är från en annan tid: {_listed(outside)}."


def _in_force(catalogue: Catalogue, document: Document) -> bool:
    when = document.metadata.date or str(document.metadata.year or "")
    # Compared as far as the date is known: a document of the year in which the law came is not older than it.
    before = bool(when) and when < catalogue.in_force[: len(when)]
    after = bool(when and catalogue.repealed) and when > (catalogue.repealed or "")[: len(when)]
    return not before and not after


def _listed(records: Sequence[DocumentRecord]) -> str:
    return "; ".join(_named(record.document) for record in records)


def _named(document: Document) -> str:
    metadata = document.metadata
    when = metadata.date or metadata.year
    source = ", ".join(str(part) for part in (metadata.issuer, when) if part)
    title = f"”{metadata.title or document.source.name}”"
    return f"{title} ({source})" if source else title
