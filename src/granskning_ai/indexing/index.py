"""A workspace's index on disk: what it was made with, opening it, keeping it in step with the store.

    index/aktuell            the name of the generation that readers open
    index/<generation>/      manifest.json, lexikal/ (tantivy), vektorer.i8
    index/las, index/pagar/  the writers' lock, and notes of work that has begun

Readers open a generation and never wait. Building anew makes a new generation and points `aktuell` to it.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from granskning_ai.errors import ConfigError, StoreError
from granskning_ai.indexing.entries import entries, version
from granskning_ai.indexing.lexical import LexicalIndex, LexicalWriter
from granskning_ai.indexing.lock import Journal, writers_lock
from granskning_ai.indexing.nouns import Drift, Entry, drift
from granskning_ai.indexing.rows import VectorRows
from granskning_ai.model import DocumentRecord
from granskning_ai.ports import Embedder

SCHEMA = 1
"""Changes when an index that was made before can no longer be read, or would be searched in another way."""

_BATCH = 2000
"""Passages that are embedded and added at a time."""

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and how many there are."""

_Prepared = tuple[str, str, list[Entry]]
"""A document's id, its version, and its passages as the index holds them."""


class Index:
    """One generation, open for reading."""

    def __init__(self, generation: Path, embedder: Embedder) -> None:
        self.embedder = embedder
        self.lexical = LexicalIndex(generation / "lexikal")
        self.rows = VectorRows(generation / "vektorer.i8", embedder.dimension)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder) -> Self | None:
        """Opens the workspace's index; None if there is none that this version of the program can read.

        Raises:
            ConfigError: the index was made with another model.
        """
        for _ in range(3):
            generation = _current(folder)
            if generation is None:
                return None
            try:
                _check_model(generation, embedder)
                return cls(generation, embedder)
            except (FileNotFoundError, StoreError):
                # It may have been replaced between the two readings.
                if _current(folder) == generation:
                    raise
        return None


class Indexer:
    """Keeps a workspace's index in step with its store. Everything it does can be done again without harm."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._folder = folder
        self._embedder = embedder
        self._journal = Journal(folder / "pagar")
        self._waiting: list[_Prepared] = []
        self._flushed = 0.0

    def open(self) -> Index:
        """The index, to be searched.

        Raises:
            ConfigError: it was made with another model.
            StoreError: there is none.
        """
        index = Index.open(self._folder, self._embedder)
        if index is None:
            raise StoreError("Sökindexet saknas.", hint="Bygg det med: granskning doktor --bygg-om")
        return index

    def state(self) -> object:
        """Something that is another when what readers see has changed."""
        generation = _current(self._folder)
        if generation is None:
            return None
        try:
            return generation.name, (generation / "lexikal" / "meta.json").stat().st_mtime_ns
        except OSError:
            return None

    def begin(self) -> None:
        """Call before a document is stored: should the process die before `close`, the next start sees it."""
        self._journal.begin()

    def put(self, record: DocumentRecord) -> None:
        """Takes in a stored document; it can be found a moment later, at the latest when the indexer is closed."""
        self._waiting.append(_prepared(record))
        waiting = sum(len(found) for _, _, found in self._waiting)
        if waiting >= _BATCH or time.monotonic() - self._flushed > 1.0:
            self.flush()

    def flush(self) -> None:
        """Makes what was put findable."""
        if self._waiting:
            with self._writing() as (index, writer):
                _add(self._waiting, self._embedder, writer, index.rows)
                writer.commit()
            self._waiting.clear()
        self._flushed = time.monotonic()

    def close(self) -> None:
        """Flushes, and notes that the work is done."""
        self.flush()
        self._journal.end()

    @property
    def needs_mending(self) -> bool:
        """Whether there is no index, or a process died while it was changing the store or the index."""
        return _current(self._folder) is None or bool(self._journal.broken_off())

    def mend(
        self,
        wanted: Callable[[], Mapping[str, str]],
        load: Callable[[str], DocumentRecord],
        *,
        progress: Progress | None = None,
    ) -> Drift:
        """Removes what the store no longer has and adds what it has; says what was amiss."""
        broken = self._journal.broken_off()
        # Under the lock, so that no other process adds what is about to be removed.
        with self._writing() as (index, writer):
            # Asked after what is held: a document is stored before it is indexed, so what is not stored is gone.
            found = drift(index.lexical.held(), wanted())
            for document_id in found.surplus:
                writer.remove(document_id)
            writer.commit()
        todo = [*found.missing, *found.outdated]
        self._add_all((load(document_id) for document_id in todo), len(todo), progress)
        for path in broken:
            path.unlink(missing_ok=True)
        return found

    def rebuild(self, records: Iterable[DocumentRecord], count: int = 0, *, progress: Progress | None = None) -> None:
        """Makes a new index of the records; readers see the old one until it is done."""
        broken = self._journal.broken_off()
        with writers_lock(self._folder / "las"):
            generation = self._new_generation()
            index = Index(generation, self._embedder)
            writer = index.lexical.writer()
            done = 0
            for batch in _batches(records):
                _add(batch, self._embedder, writer, index.rows)
                done += len(batch)
                if progress:
                    progress(done, count)
            writer.commit()
            writer.close()
            _point(self._folder, generation)
        for path in broken:
            path.unlink(missing_ok=True)

    def _add_all(self, records: Iterable[DocumentRecord], count: int, progress: Progress | None) -> None:
        done = 0
        for batch in _batches(records):
            with self._writing() as (index, writer):
                _add(batch, self._embedder, writer, index.rows)
                writer.commit()
            done += len(batch)
            if progress:
                progress(done, count)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Index, LexicalWriter]]:
        with writers_lock(self._folder / "las"):
            index = Index.open(self._folder, self._embedder)
            if index is None:
                generation = self._new_generation()
                index = Index(generation, self._embedder)
                _point(self._folder, generation)
            writer = index.lexical.writer()
            try:
                yield index, writer
            finally:
                writer.close()

    def _new_generation(self) -> Path:
        generation = self._folder / f"g{time.time_ns():x}"
        generation.mkdir(parents=True)
        manifest = {"schema": SCHEMA, "model": self._embedder.name, "dimension": self._embedder.dimension}
        (generation / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return generation


def _prepared(record: DocumentRecord) -> _Prepared:
    document = record.document
    marked = version(document.id, document.source.name, document.metadata, record.versions)
    return document.id, marked, entries(record)


def _batches(records: Iterable[DocumentRecord]) -> Iterator[list[_Prepared]]:
    batch: list[_Prepared] = []
    for record in records:
        batch.append(_prepared(record))
        if sum(len(found) for _, _, found in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _add(documents: Sequence[_Prepared], embedder: Embedder, writer: LexicalWriter, rows: VectorRows) -> None:
    """Adds documents to both parts. The vectors go first: a row that no passage points to does no harm."""
    texts = [f"{entry.frame} {entry.text}" for _, _, found in documents for entry in found]
    row = rows.append(embedder.embed(texts, role="passage"))
    for document_id, held_version, found in documents:
        writer.put(document_id, held_version, found, row)
        row += len(found)


def _current(folder: Path) -> Path | None:
    try:
        generation = folder / (folder / "aktuell").read_text(encoding="utf-8").strip()
        manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return generation if manifest.get("schema") == SCHEMA else None


def _check_model(generation: Path, embedder: Embedder) -> None:
    manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
    if manifest["model"] != embedder.name:
        raise ConfigError(
            f"Sökindexet är byggt med modellen {manifest['model']}, men nu är {embedder.name} vald.",
            hint="Välj samma modell igen, eller bygg om indexet med den nya: granskning doktor --bygg-om",
        )


def _point(folder: Path, generation: Path) -> None:
    """Has readers open the generation from now on, and throws the others away."""
    temporary = folder / "aktuell.ny"
    temporary.write_text(generation.name, encoding="utf-8")
    temporary.replace(folder / "aktuell")
    for other in folder.glob("g*"):
        if other != generation and other.is_dir():
            # A reader that has it open goes on reading (or, on Windows, keeps it from going until next time).
            shutil.rmtree(other, ignore_errors=True)
