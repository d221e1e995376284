"""The only place where the stages meet. Read this first.

    path ─ intake ─> SourceFile ─ parsing ─> Document ─ passages ─> Passage
                                             Document ─ extraction ─> Finding
                                             Document ─ requirements ─> RequirementStatus
    all of it ─> store ─> matrix ─> export

`read` turns one file into one record; `Pipeline` keeps records in a workspace and answers questions about them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from granskning_ai import __version__
from granskning_ai.errors import ConfigError, GranskningError
from granskning_ai.export.dataset import dataset_exporter
from granskning_ai.export.formats import matrix_exporter
from granskning_ai.extraction.rules import RuleExtractor
from granskning_ai.intake import Incoming, collect
from granskning_ai.matrix import build
from granskning_ai.model import (
    Catalogue,
    Document,
    DocumentRecord,
    FileFailure,
    ImportReport,
    Matrix,
    Recommendation,
    SourceFile,
)
from granskning_ai.parsing import parse
from granskning_ai.parsing.sandbox import Limits, ReaderPool
from granskning_ai.passages import split
from granskning_ai.requirements import decide, load_catalogues
from granskning_ai.settings import Settings, load_settings
from granskning_ai.store import DocumentSummary, Saved, Store
from granskning_ai.swedish.municipalities import extend_register, find_code

Progress = Callable[[str, int, int], None]
"""Called as each file is done: its name, how many are done, how many there are."""


def read(source: SourceFile, data: bytes, *, catalogues: Sequence[Catalogue], password: str | None = None) -> DocumentRecord:
    """Reads one file: parses it, says what it is, cuts it into passages, finds what it says, decides on requirements.

    Raises:
        ParsingError: the file cannot be read.
    """
    extractor = RuleExtractor()
    document: Document = extractor.describe(parse(source, data, password=password))
    passages = split(document)
    found = extractor.extract(document, passages)
    statuses = decide(document, passages, catalogues, findings=found.findings)
    return DocumentRecord(
        document=document,
        path="",
        passages=passages,
        findings=found.findings,
        statuses=statuses,
        rejected=found.rejected,
        versions=versions(catalogues),
    )


def versions(catalogues: Sequence[Catalogue]) -> tuple[tuple[str, str], ...]:
    """What a record depends on besides the file: when any of it changes, the file is read anew."""
    digest = hashlib.sha256(repr(tuple(catalogues)).encode()).hexdigest()[:12]
    return (("granskning-ai", __version__), ("kravkataloger", digest))


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
        catalogues = load_catalogues(settings.arbetsyta / "kravkataloger")
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
        items = collect(paths)
        current = versions(self.catalogues)
        pending: list[tuple[Incoming, SourceFile, bytes]] = []
        total = len(items)
        for item in items:
            if isinstance(item, FileFailure):
                self._fail(report, item)
                continue
            try:
                source, data = item.load()
            except GranskningError as error:
                self._fail(report, FileFailure(path=item.path, message=error.message, hint=error.hint))
                continue
            if self.store.known(_key(item), source.sha256, current):
                report.unchanged.append(item.path)
            else:
                pending.append((item, source, data))
        done = total - len(pending)
        for (item, source, data), outcome in self._read_all(pending, password):
            done += 1
            if isinstance(outcome, GranskningError):
                self._fail(report, FileFailure(path=item.path, message=outcome.message, hint=outcome.hint))
            else:
                self._keep(report, item, source, data, outcome)
            if progress:
                progress(item.name, done, total)
        finished = report.finish()
        self.store.record_run(finished, current)
        return finished

    def _read_all(
        self, pending: Sequence[tuple[Incoming, SourceFile, bytes]], password: str | None
    ) -> Iterator[tuple[tuple[Incoming, SourceFile, bytes], DocumentRecord | GranskningError]]:
        raise NotImplementedError

    def _keep(
        self, report: _Report, item: Incoming, source: SourceFile, data: bytes, record: DocumentRecord
    ) -> None:
        self.store.keep_original(source.sha256, data)
        saved = self.store.save(replace(record, path=_key(item)))
        {Saved.NEW: report.imported, Saved.REPLACED: report.replaced, Saved.UNCHANGED: report.unchanged}[saved].append(
            item.path
        )

    def _fail(self, report: _Report, failure: FileFailure) -> None:
        self.store.record_failure(failure)
        report.failed.append(failure)

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
            if isinstance(finding, Recommendation) and chosen.admits(summary) and (not topics or finding.topic in topics)
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
            self.store.records(),
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

    def export_matrix(self, matrix: Matrix, format: str, path: Path) -> None:
        """Writes the matrix to a file: html, xlsx, csv or text."""
        matrix_exporter(format).write(matrix, path)

    def export_dataset(self, directory: Path, format: str) -> list[Path]:
        """Writes everything in the workspace as documented tables; returns the files."""
        return dataset_exporter(format).write(list(self.store.records()), directory)


class _Report:
    """Collects what an import does."""

    def __init__(self) -> None:
        self.imported: list[str] = []
        self.unchanged: list[str] = []
        self.replaced: list[str] = []
        self.failed: list[FileFailure] = []

    def finish(self) -> ImportReport:
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
