"""The place where the stages meet. Read this first.

    path ─ intake ─> SourceFile ─ parsing ─> Document ─┬─ passages ─────> Passage
                     (in a child process from here)    ├─ extraction ───> Finding
                                                       └─ requirements ─> RequirementStatus
    all of it ─> store ─┬─> matrix ─> export
                        └─> indexing ─> search
    question ─ asking (store, matrix and search) ─> Answer

`understanding` turns a parsed document into a record; `Pipeline` keeps records in a workspace and answers from them.
What reads documents is imported where it is used, and the database is opened when it is first needed: a question has a
second for everything.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from granskning_ai import registry
from granskning_ai.errors import GranskningError, IntakeError, StoreError
from granskning_ai.health import Check, check_documents, check_failures, treat
from granskning_ai.model import (
    Catalogue,
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
from granskning_ai.understanding import Knowledge, versions

if TYPE_CHECKING:
    from granskning_ai.asking import Answer
    from granskning_ai.indexing import Hit, Indexes, SearchResult
    from granskning_ai.intake import Incoming
    from granskning_ai.parsing.sandbox import Limits, ReaderPool
    from granskning_ai.store import Store

Progress = Callable[[str, int, int], None]
"""Called as each file is done: its name, how many are done, how many there are."""


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
        from granskning_ai.requirements.catalogues import load_catalogues

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
        from granskning_ai.intake import IntakeLimits, collect

        report = _Report()
        sizes = self.settings.max_filstorlek_mb * 1024**2, self.settings.max_uppackat_mb * 1024**2
        items = collect(paths, limits=IntakeLimits(size=sizes[0], unpacked=sizes[1]))
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
        with self.indexes, self._readers() as pool:
            for item, outcome in pool.parse_all(pending, password=password):
                done += 1
                self._take(report, item, outcome)
                if progress:
                    progress(item.name, done, len(items))
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

    def _readers(self) -> ReaderPool:
        from granskning_ai.parsing.sandbox import ReaderPool
        from granskning_ai.parsing.wire import Then

        register = self.settings.kommuner
        knowledge = Knowledge(catalogues=self.catalogues, register=register if register.is_file() else None)
        then = Then(function="granskning_ai.understanding:understand_in_child", context=knowledge)
        return ReaderPool(self.limits(), self.settings.processer, then)

    def limits(self) -> Limits:
        """What reading one file may cost."""
        from granskning_ai.parsing.sandbox import Limits

        settings = self.settings
        return Limits(
            seconds=settings.max_sekunder,
            scan_seconds=settings.max_sekunder_bildsida,
            memory=settings.max_minne_mb * 1024**2,
            pages=settings.max_sidor,
            size=settings.max_filstorlek_mb * 1024**2,
            unpacked=settings.max_uppackat_mb * 1024**2,
        )

    def _take(self, report: _Report, item: Incoming, outcome: DocumentRecord | GranskningError) -> None:
        """Stores what was read out of a file, or notes why that could not be done."""
        try:
            if isinstance(outcome, GranskningError):
                raise outcome
            source, data = item.load()
            if source.sha256 != outcome.document.source.sha256:
                raise IntakeError(f"Filen {item.name} ändrades medan den lästes.", hint="Läs in den igen.")
            self.store.keep_original(source.sha256, data)
            self.indexes.begin()
            record = replace(outcome, path=item.key)
            saved = self.store.save(record)
            self.indexes.put(record, new=saved is Saved.NEW)
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
    def indexes(self) -> Indexes:
        """What makes the workspace's documents findable."""
        from granskning_ai.indexing import Indexes

        return Indexes(self.settings, lambda: self.store, self._wanted)

    def _wanted(self) -> dict[str, str]:
        """The version of each document that the indexes should hold."""
        from granskning_ai.indexing import version

        return {card.id: version(card.id, card.file_name, card.metadata, card.versions) for card in self.store.cards()}

    def search(self, question: str, filters: Filter | None = None, count: int = 10, page: int = 1) -> SearchResult:
        """The passages that answer a question best, `count` to a page.

        Raises:
            ConfigError: the index was made with another model.
        """
        return self.indexes.search.find(question, filters=filters, count=count, page=page)

    def like(self, passage_id: str, filters: Filter | None = None, count: int = 10) -> SearchResult:
        """The passages most like another.

        Raises:
            ConfigError: there is no such passage.
        """
        return self.indexes.like(passage_id, filters or Filter(), count)

    # Asking

    def ask(self, question: str, *, follow_up: bool = False) -> Answer:
        """Answers with the quotes that the answer rests on; a follow-up leans on the question before ('och Salem?')."""
        from granskning_ai.asking import Asker
        from granskning_ai.matrix import build

        memory = self.settings.arbetsyta / "senaste-fraga.json"
        return Asker(self.store, self._passages, build, self.catalogues, memory).ask(question, follow_up=follow_up)

    def _passages(self, query: str, *, documents: Collection[str] | None, count: int) -> Sequence[Hit]:
        """Opens the index only for the questions that need it."""
        return self.indexes.search.search(query, documents=documents, count=count)

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

    def shared_recommendations(
        self, chosen: Filter, topics: Collection[str] = ()
    ) -> list[list[tuple[DocumentSummary, Recommendation]]]:
        """The recommendations that several municipalities were given alike, the most widespread first."""
        found = [pair for pair in self.recommendations(chosen, topics) if not pair[1].quoted]
        groups = [[found[at] for at in group] for group in self.indexes.groups([advice for _, advice in found])]
        spread = [{code for card, _ in group for code in card.metadata.municipality_codes} for group in groups]
        order = sorted(range(len(groups)), key=lambda at: -len(spread[at]))
        return [groups[at] for at in order if len(spread[at]) > 1]

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
        from granskning_ai.requirements.catalogues import choose

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
        """Looks for what is not as it should be in the database and the originals; mends what is derived from them."""
        indexes = self.indexes
        return [
            *check_documents(self.store, versions(self.catalogues), self.settings.arbetsyta),
            treat("Sökindexet", indexes.mend_index, indexes.rebuild_index),
            treat("Vektordatabasen", indexes.mend_dense, indexes.rebuild_dense),
            check_failures(self.store),
        ]

    def rebuild(self, *, progress: Progress | None = None) -> ImportReport:
        """Reads every document anew from its kept original, under the paths that it was known by; makes a new index."""
        report = _Report()
        with self._readers() as pool:
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
                    record = pool.parse(source, original.read_bytes())
                    self.store.save(replace(record, path=summary.path))
                    report.replaced.append(source.name)
                except GranskningError as error:
                    report.failed.append(FileFailure(path=source.name, message=error.message, hint=error.hint))
        self.indexes.rebuild_index()
        self.indexes.rebuild_dense()
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


@dataclass(slots=True)
class _Report:
    """Collects what an import does."""

    imported: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    failed: list[FileFailure] = field(default_factory=list)

    def saved(self, saved: Saved) -> list[str]:
        """The list that a saved document belongs in."""
        return {Saved.NEW: self.imported, Saved.REPLACED: self.replaced, Saved.UNCHANGED: self.unchanged}[saved]

    def finish(self) -> ImportReport:
        """What was done."""
        done = {"imported": self.imported, "unchanged": self.unchanged, "replaced": self.replaced}
        return ImportReport(failed=tuple(self.failed), **{name: tuple(files) for name, files in done.items()})
