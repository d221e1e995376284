"""The place where the stages meet. Read this first.

    path ─ intake ─> SourceFile ─ parsing ─> Document ─┬─ passages ─────> Passage
                     (in a child process from here)    ├─ extraction ───> Finding
                                                       └─ requirements ─> RequirementStatus
    all of it ─> store ─> matrix ─> export

`understanding` turns a parsed document into a record; `Pipeline` keeps records in a workspace and answers from them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from granskning_ai import registry
from granskning_ai.errors import ConfigError, GranskningError, IntakeError, StoreError
from granskning_ai.intake import Incoming, IntakeLimits, collect
from granskning_ai.matrix import build
from granskning_ai.model import (
    Catalogue,
    DocumentRecord,
    FileFailure,
    ImportReport,
    Matrix,
    Recommendation,
)
from granskning_ai.parsing.sandbox import Limits, ReaderPool
from granskning_ai.parsing.wire import Then
from granskning_ai.ports import DatasetExporter, MatrixExporter
from granskning_ai.requirements import load_catalogues
from granskning_ai.settings import Settings, load_settings
from granskning_ai.store import DocumentSummary, Saved, Store
from granskning_ai.swedish.municipalities import extend_register, find_code
from granskning_ai.understanding import Knowledge, versions

Progress = Callable[[str, int, int], None]
"""Called as each file is done: its name, how many are done, how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which documents count. Municipality codes and years; empty means all."""

    municipalities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @classmethod
    def of(cls, municipalities: Iterable[str] | None, years: Iterable[int] | None) -> Filter:
        """Reads what a user writes ('Salem', 'salems kommun', '0128').

        Raises:
            ConfigError: there is no such municipality.
        """
        codes = []
        for name in municipalities or ():
            code = find_code(name)
            if code is None:
                raise ConfigError(
                    f"Det finns ingen kommun som heter {name}.", hint="Skriv kommunens namn eller dess fyrsiffriga kod."
                )
            codes.append(code)
        return cls(municipalities=tuple(codes), years=tuple(years or ()))

    def admits(self, summary: DocumentSummary) -> bool:
        """Whether the document counts."""
        metadata = summary.metadata
        return (not self.municipalities or bool(set(self.municipalities) & set(metadata.municipality_codes))) and (
            not self.years or metadata.year in self.years
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at, and what was found, in Swedish."""

    name: str
    ok: bool
    text: str


class Pipeline:
    """One workspace and what can be done with it."""

    def __init__(self, settings: Settings, store: Store, catalogues: tuple[Catalogue, ...]) -> None:
        self.settings = settings
        self.store = store
        self.catalogues = catalogues

    @classmethod
    def open(cls, workspace: str | Path | None = None) -> Self:
        """Opens a workspace, and makes it if it is not there.

        Raises:
            ConfigError: a setting cannot be used.
            StoreError: the workspace's database cannot be used.
        """
        settings = load_settings(arbetsyta=workspace)
        if settings.kommuner.is_file():
            extend_register(settings.kommuner)
        own = settings.arbetsyta / "kravkataloger"
        catalogues = load_catalogues(own if own.is_dir() else None)
        return cls(settings, Store.open(settings), catalogues)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
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
        report = _Report()
        items = collect(paths, limits=self._intake_limits())
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
        with self._readers() as pool:
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
        return self.store.known(_key(item), source.sha256, versions(self.catalogues))

    def _readers(self) -> ReaderPool:
        register = self.settings.kommuner
        knowledge = Knowledge(catalogues=self.catalogues, register=register if register.is_file() else None)
        then = Then(function="granskning_ai.understanding:understand_in_child", context=knowledge)
        return ReaderPool(self._limits(), self.settings.processer, then)

    def _limits(self) -> Limits:
        settings = self.settings
        return Limits(
            seconds=settings.max_sekunder,
            scan_seconds=settings.max_sekunder_bildsida,
            memory=settings.max_minne_mb * 1024**2,
            pages=settings.max_sidor,
            size=settings.max_filstorlek_mb * 1024**2,
            unpacked=settings.max_uppackat_mb * 1024**2,
        )

    def _intake_limits(self) -> IntakeLimits:
        settings = self.settings
        return IntakeLimits(size=settings.max_filstorlek_mb * 1024**2, unpacked=settings.max_uppackat_mb * 1024**2)

    def _take(self, report: _Report, item: Incoming, outcome: DocumentRecord | GranskningError) -> None:
        """Stores what was read out of a file, or notes why that could not be done."""
        try:
            if isinstance(outcome, GranskningError):
                raise outcome
            source, data = item.load()
            if source.sha256 != outcome.document.source.sha256:
                raise IntakeError(f"Filen {item.name} ändrades medan den lästes.", hint="Läs in den igen.")
            self.store.keep_original(source.sha256, data)
            saved = self.store.save(replace(outcome, path=_key(item)))
        except StoreError:
            raise
        except GranskningError as error:
            failure = FileFailure(path=item.path, message=error.message, hint=error.hint)
            report.failed.append(failure)
            self.store.record_failure(replace(failure, path=_key(item)))
            return
        report.saved(saved).append(item.path)

    # Reading what is stored

    def documents(self, chosen: Filter) -> list[DocumentSummary]:
        """The documents in the workspace, without their text."""
        return [summary for summary in self.store.summaries() if chosen.admits(summary)]

    def recommendations(
        self, chosen: Filter, topics: Collection[str] = ()
    ) -> list[tuple[DocumentSummary, Recommendation]]:
        """The recommendations of the chosen documents, those that a document only restates last."""
        found = [
            (summary, finding)
            for summary, finding in self.store.findings(Recommendation.kind)
            if isinstance(finding, Recommendation)
            and chosen.admits(summary)
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
        catalogues = self._chosen_catalogues(catalogue)
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

    def _chosen_catalogues(self, catalogue: str | None) -> list[Catalogue]:
        if catalogue is None:
            return list(self.catalogues[:1])
        if catalogue == "alla":
            return list(self.catalogues)
        chosen = [entry for entry in self.catalogues if catalogue in (entry.id, entry.law)]
        if not chosen:
            known = ", ".join(f"{entry.id} ({entry.title})" for entry in self.catalogues)
            raise ConfigError(f"Det finns ingen kravkatalog som heter {catalogue}.", hint=f"De som finns är: {known}.")
        return chosen

    # Health

    def check(self) -> list[Check]:
        """Looks for what is not as it should be: documents that other versions read, lost originals, broken quotes."""
        current = versions(self.catalogues)
        count = stale = broken = 0
        lost: list[str] = []
        for record in self.store.records():
            count += 1
            stale += record.versions != current
            text = record.document.text
            evidence = [e for finding in record.findings for e in finding.evidence]
            evidence += [e for status in record.statuses for e in status.evidence]
            broken += any(text[e.start : e.end] != e.quote for e in evidence)
            if self.store.original(record.document.source.sha256) is None:
                lost.append(record.document.source.name)
        failures = self._standing_failures()
        return [
            Check(name="Databasen", ok=True, text=f"{count} dokument i {self.settings.arbetsyta}."),
            Check(
                name="Versioner",
                ok=not stale,
                text="Alla dokument är lästa med den här versionen."
                if not stale
                else f"{stale} dokument är lästa med en annan version. Kör: granskning doktor --bygg-om",
            ),
            Check(
                name="Belägg",
                ok=not broken,
                text="Varje citat står ordagrant i sitt dokument."
                if not broken
                else f"{broken} dokument har citat som inte står i texten. Kör: granskning doktor --bygg-om",
            ),
            Check(
                name="Originalfiler",
                ok=not lost,
                text="Alla finns." if not lost else f"Saknas för {', '.join(lost)}. Läs in de filerna igen.",
            ),
            Check(
                name="Olästa filer",
                ok=not failures,
                text="Inga."
                if not failures
                else f"{len(failures)} kunde inte läsas. Kommandot granskning dokument visar vilka.",
            ),
        ]

    def _standing_failures(self) -> list[FileFailure]:
        """The files that could not be read and are still there; the others are forgotten."""
        standing: list[FileFailure] = []
        for failure in self.store.failures():
            if Path(failure.path.split("!")[0]).exists():
                standing.append(failure)
            else:
                self.store.remove_failure(failure.path)
        return standing

    def rebuild(self) -> ImportReport:
        """Reads every document anew from its kept original, under the paths that it was known by."""
        report = _Report()
        with self._readers() as pool:
            for summary in self.store.summaries():
                source = summary.source
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


def _key(item: Incoming) -> str:
    """What a file is known by from one import to the next: its absolute path, and its place in an archive."""
    place = item.location.resolve().as_posix()
    return f"{place}!{item.member}" if item.member else place
