"""What the pipeline keeps of a document, and what a run did."""

from __future__ import annotations

from dataclasses import dataclass

from granskning_ai.model.documents import Document
from granskning_ai.model.findings import Finding, Rejected
from granskning_ai.model.requirements import RequirementStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a document for search: whole sentences, never across a chapter; `text` is cut by its span."""

    id: str
    document_id: str
    start: int
    end: int
    page: int
    section: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A document with everything that was read out of it: what is stored in one transaction, or not at all.

    `path` is where the file was read from (for recognising a changed version); it is never exported.
    """

    document: Document
    path: str
    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = ()
    statuses: tuple[RequirementStatus, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    """(component, version) pairs of what made the record, so that an old record is read anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFailure:
    """A file that could not be read, why, and what to do."""

    path: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What one import did. Names are file names in the order they were given."""

    imported: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    failed: tuple[FileFailure, ...] = ()
