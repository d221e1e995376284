from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from granskning_ai.errors import ConfigError, StoreError
from granskning_ai.indexing import Indexer, Search, StaticEmbedder, version
from granskning_ai.indexing.lock import writers_lock
from granskning_ai.model import DocumentRecord

CHILD = Path(__file__).with_name("index_child.py")
MakeRecord = Callable[..., DocumentRecord]


class Shelf:
    """The store, as the index sees it."""

    def __init__(self, *records: DocumentRecord) -> None:
        self.records = {record.document.id: record for record in records}

    def wanted(self) -> dict[str, str]:
        return {
            id: version(id, r.document.source.name, r.document.metadata, r.versions) for id, r in self.records.items()
        }

    def load(self, document_id: str) -> DocumentRecord:
        return self.records[document_id]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def shelf(make_record: MakeRecord) -> Shelf:
    return Shelf(make_record("a.txt", "Rådet träffas i mars."), make_record("b.txt", "Planen följs upp i maj."))


def names(indexer: Indexer, query: str = "rådet planen") -> set[str]:
    return {hit.file_name for hit in Search(indexer.open()).find(query).hits}


def test_mending_adds_what_is_missing_and_removes_what_is_gone(
    folder: Path, shelf: Shelf, make_record: MakeRecord, embedder: StaticEmbedder
) -> None:
    indexer = Indexer(folder, embedder)
    assert indexer.needs_mending
    indexer.put(make_record("c.txt", "Rådet och planen."))
    indexer.close()
    found = indexer.mend(shelf.wanted, shelf.load)
    assert (len(found.missing), len(found.surplus)) == (2, 1)
    assert names(indexer) == {"a.txt", "b.txt"}
    assert not indexer.mend(shelf.wanted, shelf.load)
    assert not indexer.needs_mending


def test_a_document_that_changed_is_out_of_date_until_it_is_mended(
    folder: Path, shelf: Shelf, make_record: MakeRecord, embedder: StaticEmbedder
) -> None:
    indexer = Indexer(folder, embedder)
    indexer.mend(shelf.wanted, shelf.load)
    changed = make_record("a.txt", "Rådet träffas i mars.", title="Ny titel")
    later = Shelf(changed, shelf.records[next(id for id in shelf.records if id != changed.document.id)])
    assert indexer.mend(later.wanted, later.load).outdated == (changed.document.id,)
    hits = Search(indexer.open()).find("rådet").hits
    assert [hit.title for hit in hits if hit.file_name == "a.txt"] == ["Ny titel"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_what_a_killed_import_left_out_is_seen_and_added(folder: Path, shelf: Shelf, embedder: StaticEmbedder) -> None:
    indexer = Indexer(folder, embedder)
    indexer.mend(Shelf().wanted, shelf.load)
    assert not indexer.needs_mending
    done = subprocess.run([sys.executable, CHILD, "begin", folder], check=False)
    assert done.returncode == -signal.SIGKILL
    assert Indexer(folder, embedder).needs_mending
    indexer.mend(shelf.wanted, shelf.load)
    assert names(indexer) == {"a.txt", "b.txt"}
    assert not indexer.needs_mending


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_the_lock_is_one_writers_and_goes_when_the_writer_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "las"
    child = subprocess.Popen([sys.executable, CHILD, "lock", path], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stdout.readline() == "taken\n"
    with pytest.raises(StoreError, match="annan körning"), writers_lock(path, patience=0.1):
        pass
    child.kill()
    child.communicate()
    with writers_lock(path, patience=5):
        pass


def test_a_reader_goes_on_reading_while_the_index_is_rebuilt(
    folder: Path, shelf: Shelf, make_record: MakeRecord, embedder: StaticEmbedder
) -> None:
    indexer = Indexer(folder, embedder)
    indexer.mend(shelf.wanted, shelf.load)
    reader = Search(indexer.open())
    indexer.rebuild([make_record("c.txt", "Rådet och planen.")])
    assert {hit.file_name for hit in reader.find("rådet planen").hits} == {"a.txt", "b.txt"}
    assert names(indexer) == {"c.txt"}


def test_another_model_than_the_one_that_made_the_index_is_refused(
    folder: Path, shelf: Shelf, embedder: StaticEmbedder
) -> None:
    Indexer(folder, embedder).mend(shelf.wanted, shelf.load)
    other = StaticEmbedder()
    other.name = "en-annan-modell"
    with pytest.raises(ConfigError, match="en-annan-modell") as refused:
        Indexer(folder, other).open()
    assert "--bygg-om" in refused.value.hint
    Indexer(folder, other).rebuild(shelf.records.values())
    assert Indexer(folder, other).open()


def test_an_index_that_cannot_be_read_says_what_to_do(folder: Path, shelf: Shelf, embedder: StaticEmbedder) -> None:
    indexer = Indexer(folder, embedder)
    indexer.mend(shelf.wanted, shelf.load)
    for path in folder.glob("g*/lexikal/meta.json"):
        path.write_text("{", encoding="utf-8")
    with pytest.raises(StoreError) as broken:
        indexer.open()
    assert "--bygg-om" in broken.value.hint
