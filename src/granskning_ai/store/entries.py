"""What the store hands out beside the model's own nouns. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from granskning_ai.model import ImportReport, Metadata, Part, Quality, SourceFile


class Saved(StrEnum):
    """What saving a record did."""

    NEW = "new"
    REPLACED = "replaced"
    """The file at the path had other content before, or the same content was read by other versions."""
    UNCHANGED = "unchanged"
    """The same content, read by the same versions, was there already (under this path or another)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A stored document without its text and blocks."""

    id: str
    path: str
    source: SourceFile
    page_count: int
    metadata: Metadata
    parts: tuple[Part, ...]
    quality: Quality | None = None
    versions: tuple[tuple[str, str], ...] = ()
    """What read the document, as in its record."""

    @property
    def file_name(self) -> str:
        """The name of the first file that the document was read from."""
        return self.source.name

    @property
    def order(self) -> tuple[bool, str, bool, int, str, str]:
        """Sorts by municipality code, year, file name and id; without municipality or year last."""
        code, year = self.metadata.municipality_code, self.metadata.year
        return (code is None, code or "", year is None, year or 0, self.file_name, self.id)


@dataclass(frozen=True, slots=True)
class StatusHead:
    """What a requirement status says, without its proof: enough to see which of many are worth reading."""

    document_id: str
    municipality_code: str
    law: str
    requirement: str
    status: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One import run, for the workspace's own history; never exported."""

    finished_at: datetime
    report: ImportReport
    versions: tuple[tuple[str, str], ...]
