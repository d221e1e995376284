"""The only place where the stages meet. Read this first.

    path ─ intake ─> SourceFile ─ parsing (in a child process) ─> Document ─┬─ passages ─────> Passage
                                                                            ├─ extraction ───> Finding
                                                                            └─ requirements ─> RequirementStatus
    all of it ─> store ─┬─> matrix ─> export
                        └─> indexing ─> search

`understand` turns a parsed document into a record; `Pipeline` keeps records in a workspace and answers from them.
What reads documents is imported where it is used, and the database is opened when it is first needed: a search should
wait for neither.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from granskning_ai import __version__, registry
from granskning_ai.errors import GranskningError, IntakeError, StoreError
from granskning_ai.health import Check, check_documents, check_failures, check_index
from granskning_ai.indexing import Drift, Indexer, Search, SearchResult, StaticEmbedder, version
from granskning_ai.model import (
    Catalogue,
    Document,
    DocumentRecord,
    FileFailure,
    ImportReport,
    Matrix,
    Recommendation,
)
from granskning_ai.ports import DatasetExporter, MatrixExporter
from granskning_ai.settings import Settings, load_settings
from granskning_ai.store import DocumentSummary, Saved
from granskning_ai.swedish.filters import Filter
from granskning_ai.swedish.municipalities import extend_register

if TYPE_CHECKING:
    from granskning_ai.intake import Incoming
    from granskning_ai.parsing.sandbox import Limits
    from granskning_ai.store import Store

Progress = Callable[[str, int, int], None]
"""Called as each file is done: its name, how many are done, how many there are."""


def understand(document: Document, catalogues: Sequence[Catalogue]) -> DocumentRecord:
    """Says what a parsed document is, cuts it into passages, finds what it says and decides on the requirements."""
    from granskning_ai.extraction.rules import RuleExtractor
    from granskning_ai.parsing.confidence import with_doubt
    from granskning_ai.passages import split
    from granskning_ai.requirements import decide

    extractor = RuleExtractor()
    document = extractor.describe(document)
    passages = split(document)
    found = extractor.extract(document, passages)
    statuses = decide(document, passages, catalogues, findings=found.findings)
    record = DocumentRecord(
        document=document,
        path="",
        passages=passages,
        findings=found.findings,
        statuses=statuses,
        rejected=found.rejected,
        versions=versions(catalogues),
    )
    return with_doubt(record)


def versions(catalogues: Sequence[Catalogue]) -> tuple[tuple[str, str], ...]:
    """What a record depends on besides the file: when any of it changes, the file is read anew."""
    digest = hashlib.sha256(repr(tuple(catalogues)).encode()).hexdigest()[:12]
    return (("granskning-ai", __version__), ("kravkataloger", digest))


class Pipeline:
    """One workspace and what can be done with it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @classmethod
    def open(cls, workspace: str | Path | None = None) -> Self:
        """Opens a workspace, and makes it if it is not there.

        Raises:
            ConfigError: a setting cannot be used.
        """
        settings = load_settings(arbetsyta=workspace)
        if settings.kommuner.is_file():
            extend_register(settings.kommuner)
        return cls(settings)

    @cached_property
    def store(self) -> Store:
        """The workspace's database.

        Raises:
            StoreError: it cannot be used.
        """
        from granskning_ai.store import Store

        return Store.open(self.settings)

    @cached_property
    def catalogues(self) -> tuple[Catalogue, ...]:
        """The catalogues of requirements: those that are shipped, and the workspace's own."""
        from granskning_ai.requirements import load_catalogues

        own = self.settings.arbetsyta / "kravkataloger"
        return load_catalogues(own if own.is_dir() else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "store" in self.__dict__:
            self.store.close()

    # Importing

    def add_register(self, path: Path) -> None:
        """Keeps an extra register of municipalities in the workspace and uses it from now on."""
        extend_register(path)
        self.settings.arbetsyta.mkdir(parents=True, exist_ok=True)
        if path.resolve() != self.settings.kommuner.resolve():
            shutil.copyfile(path, self.settings.kommuner)

    def import_paths(
        self, paths: Iterable[str | Path], *, password: str | None = None, progress: Progress | None = None
    ) -> ImportReport:
        """Reads files, folders and archives into the workspace; what is unchanged is skipped, what fails is named.

        Each document is stored in one transaction as soon as it is read, so a stop at any moment loses at most
        the files that were being read.
        """
        from granskning_ai.intake import collect
        from granskning_ai.parsing.sandbox import ParserPool

        report = _Report()
        items = collect(paths)
        pending: list[Incoming] = []
        for item in items:
            if isinstance(item, FileFailure):
                report.failed.append(item)
                if Path(item.path).exists():
                    self.store.record_failure(replace(item, path=Path(item.path).resolve().as_posix()))
            elif self._is_known(item):
                report.unchanged.append(item.path)
            else:
                pending.append(item)
        done = len(items) - len(pending)
        self._mend_index(progress)
        with self.indexer, ParserPool(self._limits(), self.settings.processer) as pool:
            for item, outcome in pool.parse_all(pending, password=password):
                done += 1
                self._take(report, item, outcome)
                if progress:
                    progress(item.name, done, len(items))
        if report.replaced:
            # The index still holds what they replaced.
            self.indexer.mend(self._wanted, self.store.load)
        finished = report.finish()
        self.store.record_run(finished, versions(self.catalogues))
        return finished

    def _is_known(self, item: Incoming) -> bool:
        try:
            source, _ = item.load()
        except GranskningError:
            # Said again, and reported, when the file's turn comes.
            return False
        return self.store.known(item.key, source.sha256, versions(self.catalogues))

    def _limits(self) -> Limits:
        from granskning_ai.parsing.sandbox import Limits

        settings = self.settings
        return Limits(
            seconds=settings.max_sekunder,
            scan_seconds=settings.max_sekunder_bildsida,
            memory=settings.max_minne_mb * 1024**2,
            pages=settings.max_sidor,
            size=settings.max_filstorlek_mb * 1024**2,
        )

    def _take(self, report: _Report, item: Incoming, outcome: Document | GranskningError) -> None:
        """Stores a parsed document with all that is read out of it, or notes why that could not be done."""
        try:
            if isinstance(outcome, GranskningError):
                raise outcome
            source, data = item.load()
            if source.sha256 != outcome.source.sha256:
                raise IntakeError(f"Filen {item.name} ändrades medan den lästes.", hint="Läs in den igen.")
            record = replace(understand(outcome, self.catalogues), path=item.key)
            self.store.keep_original(source.sha256, data)
            self.indexer.begin()
            saved = self.store.save(record)
            if saved is Saved.NEW:
                self.indexer.put(record)
        except StoreError:
            raise
        except GranskningError as error:
            failure = FileFailure(path=item.path, message=error.message, hint=error.hint)
            report.failed.append(failure)
            self.store.record_failure(replace(failure, path=item.key))
            return
        report.saved(saved).append(item.path)

    # Searching

    @cached_property
    def indexer(self) -> Indexer:
        """What keeps the search index in step with the database."""
        return Indexer(self.settings.index, StaticEmbedder())

    def _wanted(self) -> dict[str, str]:
        """The version of each document that the index should hold."""
        return {card.id: version(card.id, card.file_name, card.metadata, card.versions) for card in self.store.cards()}

    def _mend_index(self, progress: Progress | None = None) -> None:
        """Adds to the index what it lacks, where an import was broken off or the index is new.

        Raises:
            ConfigError: the index was made with another model.
        """
        if self.indexer.needs_mending:
            self.indexer.mend(self._wanted, self.store.load, progress=_indexed(progress))

    def search(
        self,
        question: str,
        filters: Filter | None = None,
        count: int = 10,
        page: int = 1,
        *,
        progress: Progress | None = None,
    ) -> SearchResult:
        """The passages that answer a question best, `count` to a page; what the index lacks is added first.

        Raises:
            ConfigError: the index was made with another model.
        """
        self._mend_index(progress)
        return Search(self.indexer.open()).find(question, filters=filters, count=count, page=page)

    # Reading what is stored

    def documents(self, chosen: Filter) -> list[DocumentSummary]:
        """The documents in the workspace, without their text."""
        return [summary for summary in self.store.summaries() if chosen.admits(summary.metadata)]

    def recommendations(
        self, chosen: Filter, topics: Collection[str] = ()
    ) -> list[tuple[DocumentSummary, Recommendation]]:
        """The recommendations of the chosen documents, those that a document only restates last."""
        found = [
            (summary, finding)
            for summary, finding in self.store.findings(Recommendation.kind)
            if isinstance(finding, Recommendation)
            and chosen.admits(summary.metadata)
            and (not topics or finding.topic in topics)
        ]
        return sorted(found, key=lambda pair: pair[1].quoted)

    def matrix(
        self,
        chosen: Filter,
        *,
        catalogue: str | None = None,
        requirements: Collection[str] = (),
        topics: Collection[str] = (),
        by_year: bool = False,
    ) -> Matrix:
        """Municipalities against a catalogue's requirements and the audit topics, or against the columns asked for.

        Raises:
            ConfigError: there is no such catalogue.
        """
        from granskning_ai.matrix import build
        from granskning_ai.requirements import choose

        catalogues = choose(self.catalogues, catalogue)
        keys = {*requirements, *topics}
        return build(
            self.store.outlines(),
            catalogues,
            failures=self.store.failures(),
            by_year=by_year,
            municipalities=chosen.municipalities or None,
            years=chosen.years or None,
            keys=keys or None,
        )

    # Health

    def check(self) -> list[Check]:
        """Looks for what is not as it should be in the database, the originals and the index."""
        found: Drift | GranskningError
        try:
            found = self.indexer.drift(self._wanted)
        except GranskningError as error:
            found = error
        return [
            *check_documents(self.store, versions(self.catalogues), self.settings.arbetsyta),
            check_index(found),
            check_failures(self.store),
        ]

    def rebuild(self, *, progress: Progress | None = None) -> ImportReport:
        """Reads every document anew from its kept original, under the paths that it was known by; makes a new index."""
        from granskning_ai.parsing.sandbox import ParserPool

        report = _Report()
        with ParserPool(self._limits(), self.settings.processer) as pool:
            summaries = self.store.summaries()
            for done, summary in enumerate(summaries, start=1):
                source = summary.source
                if progress:
                    progress(source.name, done, len(summaries))
                original = self.store.original(source.sha256)
                if original is None:
                    report.failed.append(
                        FileFailure(path=source.name, message="Originalfilen saknas.", hint="Läs in filen igen.")
                    )
                    continue
                try:
                    document = pool.parse(source, original.read_bytes())
                    self.store.save(replace(understand(document, self.catalogues), path=summary.path))
                    report.replaced.append(source.name)
                except GranskningError as error:
                    report.failed.append(FileFailure(path=source.name, message=error.message, hint=error.hint))
        self.indexer.rebuild(self.store.records(), len(summaries), progress=_indexed(progress))
        return report.finish()

    # Exporting

    def export_matrix(self, matrix: Matrix, format: str, path: Path) -> None:
        """Writes the matrix to a file: html, xlsx, csv or text."""
        exporter: MatrixExporter = registry.load("matrix_exporters", format)
        exporter.write(matrix, path)

    def export_dataset(self, directory: Path, format: str) -> list[Path]:
        """Writes everything in the workspace as documented tables; returns the files."""
        exporter: DatasetExporter = registry.load("dataset_exporters", format)
        return exporter.write(list(self.store.records()), directory)


def _indexed(progress: Progress | None) -> Callable[[int, int], None] | None:
    """Tells of documents that the index takes in."""
    return (lambda done, count: progress("sökindexet", done, count)) if progress else None


class _Report:
    """Collects what an import does."""

    def __init__(self) -> None:
        self.imported: list[str] = []
        self.unchanged: list[str] = []
        self.replaced: list[str] = []
        self.failed: list[FileFailure] = []

    def saved(self, saved: Saved) -> list[str]:
        """The list that a saved document belongs in."""
        return {Saved.NEW: self.imported, Saved.REPLACED: self.replaced, Saved.UNCHANGED: self.unchanged}[saved]

    def finish(self) -> ImportReport:
        """What was done."""
        return ImportReport(
            imported=tuple(self.imported),
            unchanged=tuple(self.unchanged),
            replaced=tuple(self.replaced),
            failed=tuple(self.failed),
        )
