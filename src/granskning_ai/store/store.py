"""The store: one workspace's documents and all that was read out of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from granskning_ai.errors import StoreError
from granskning_ai.model import DocumentRecord, FileFailure, Finding, ImportReport, Page, RequirementStatus
from granskning_ai.store import lookup, originals, reading, writing
from granskning_ai.store.database import Database
from granskning_ai.store.entries import DocumentSummary, Run, Saved, StatusHead


class Workspace(Protocol):
    """What the store needs to know of the settings."""

    @property
    def database_url(self) -> str:
        """The database's URL."""
        ...

    @property
    def original(self) -> Path:
        """The folder of the original files."""
        ...


class Store:
    """Documents with their findings, each there wholly or not at all.

    Every method is a transaction of its own. A document is one content: the same bytes under two paths are one
    document with two sources, which goes by the name of the first.
    """

    def __init__(self, database: Database, folder: Path | None) -> None:
        self._database = database
        self._folder = folder

    @classmethod
    def open(cls, workspace: Workspace | str) -> Self:
        """Opens the workspace's store, or the database at a URL (then without original files).

        The database is made if it is not there, and brought to the newest tables.

        Raises:
            StoreError: the database cannot be used; the message says why.
        """
        if isinstance(workspace, str):
            return cls(Database(workspace), None)
        return cls(Database(workspace.database_url), workspace.original)

    def close(self) -> None:
        """Lets go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def save(self, record: DocumentRecord) -> Saved:
        """Saves the record in one transaction, in place of what its path pointed to before.

        Raises:
            SpanError: a quote in the record does not stand in its document (a fault in the program).
            StoreError: the database refuses; nothing of the record is saved.
        """
        writing.check(record)
        with self._database.write() as connection:
            return writing.save(connection, record)

    def keep_original(self, sha256: str, data: bytes) -> Path:
        """Keeps the original file; call it before `save`, for an original without a document does no harm."""
        return originals.keep_original(self._originals, sha256, data)

    def remove(self, document_id: str) -> bool:
        """Removes a document under all its paths; says whether it was there."""
        with self._database.write() as connection:
            return writing.remove(connection, document_id)

    def record_failure(self, failure: FileFailure) -> None:
        """Notes that a file could not be read, until the same path is saved or the failure removed."""
        with self._database.write() as connection:
            writing.record_failure(connection, failure)

    def remove_failure(self, path: str) -> bool:
        """Forgets a failure (the file is gone, say); says whether it was noted."""
        with self._database.write() as connection:
            return writing.remove_failure(connection, path)

    def record_run(self, report: ImportReport, versions: Sequence[tuple[str, str]] = ()) -> None:
        """Adds an import run to the workspace's history."""
        with self._database.write() as connection:
            writing.record_run(connection, report, versions)

    # Reading

    def known(self, path: str, sha256: str, versions: Sequence[tuple[str, str]]) -> bool:
        """Whether the file at `path` is stored with this content, read by these versions: it need not be read again."""
        with self._database.read() as connection:
            return reading.known(connection, path, sha256, versions)

    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, in the order of `records`."""
        return tuple(summary.id for summary in self.summaries())

    def load(self, document_id: str) -> DocumentRecord:
        """The record as it was saved (under the path and name of its first source).

        Raises:
            StoreError: there is no such document.
        """
        with self._database.read() as connection:
            record = reading.load(connection, document_id)
        if record is None:
            raise StoreError(
                f"Det finns inget dokument med id {document_id}.",
                hint="Kommandot granskning dokument visar vilka som finns.",
            )
        return record

    def records(self) -> Iterator[DocumentRecord]:
        """Every record, one in memory at a time, by municipality code, year, file name and id.

        All of them are from one moment, whatever is saved meanwhile.
        """
        return self._records(outline=False)

    def outlines(self) -> Iterator[DocumentRecord]:
        """Every record without its text, blocks and passages: what a comparison needs, in the order of `records`."""
        return self._records(outline=True)

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """Every document without text and blocks, in the order of `records`."""
        with self._database.read() as connection:
            return tuple(reading.summaries(connection))

    def findings(self, *kinds: str) -> Iterator[tuple[DocumentSummary, Finding]]:
        """Every finding of the given kinds (or of all) with its document, in the order of `records`."""
        with self._database.read() as connection:
            for summary in reading.summaries(connection):
                for finding in reading.findings(connection, summary.id, kinds):
                    yield summary, finding

    def statuses(self) -> Iterator[tuple[DocumentSummary, RequirementStatus]]:
        """Every requirement status with its document, in the order of `records`."""
        with self._database.read() as connection:
            for summary in reading.summaries(connection):
                for status in reading.statuses(connection, summary.id):
                    yield summary, status

    def cards(self) -> tuple[DocumentSummary, ...]:
        """Every document as in `summaries`, without its parts: what a question has time to read."""
        with self._database.read() as connection:
            return tuple(lookup.cards(connection))

    def findings_of(self, kinds: Collection[str], documents: Collection[str] | None = None) -> Iterator[Finding]:
        """The findings of the given kinds in the given documents, or in all; two queries in all."""
        with self._database.read() as connection:
            yield from lookup.findings_of(connection, kinds, documents)

    def statuses_of(
        self, requirements: Collection[str] | None = None, documents: Collection[str] | None = None
    ) -> Iterator[RequirementStatus]:
        """The statuses of the given requirements in the given documents, or of all in all; two queries in all."""
        with self._database.read() as connection:
            yield from lookup.statuses_of(connection, requirements, documents)

    def status_heads(self, requirements: Collection[str]) -> list[StatusHead]:
        """What every status of the given requirements says, without its proof."""
        with self._database.read() as connection:
            return lookup.status_heads(connection, requirements)

    def text_of(self, document_id: str) -> tuple[str, tuple[Page, ...]]:
        """A document's text and pages, which is what citing it takes.

        Raises:
            StoreError: there is no such document.
        """
        with self._database.read() as connection:
            found = lookup.text_of(connection, document_id)
        if found is None:
            raise StoreError(f"Det finns inget dokument med id {document_id}.")
        return found

    def failures(self) -> tuple[FileFailure, ...]:
        """The files that could not be read, by path."""
        with self._database.read() as connection:
            return reading.failures(connection)

    def runs(self) -> tuple[Run, ...]:
        """The workspace's import runs, oldest first."""
        with self._database.read() as connection:
            return reading.runs(connection)

    def original(self, sha256: str) -> Path | None:
        """The kept original file with this content, if there is one."""
        path = originals.original_path(self._originals, sha256)
        return path if path.is_file() else None

    def _records(self, *, outline: bool) -> Iterator[DocumentRecord]:
        with self._database.read() as connection:
            for summary in reading.summaries(connection):
                record = reading.load(connection, summary.id, outline=outline)
                if record is not None:
                    yield record

    @property
    def _originals(self) -> Path:
        if self._folder is None:
            raise StoreError("Databasen öppnades utan arbetsyta, så originalfilerna går inte att nå.")
        return self._folder
