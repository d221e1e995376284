"""Chroma follows the index: what is missing is added, what is gone is removed, what is damaged is made anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from granskning_ai.errors import ConfigError, StoreError
from granskning_ai.indexing import Indexes, StaticEmbedder
from granskning_ai.indexing.chroma_store import chroma
from granskning_ai.indexing.dense import ADVICE, PASSAGES, Advice, DenseIndex
from granskning_ai.indexing.index import Indexer
from granskning_ai.indexing.likeness import like
from granskning_ai.indexing.nouns import Drift
from granskning_ai.indexing.search import Search
from granskning_ai.model import DocumentRecord, Recommendation
from granskning_ai.ports import Embedder
from granskning_ai.settings import load_settings
from granskning_ai.swedish.filters import Filter

Make = Callable[..., DocumentRecord]


class Workspace:
    """An index over some records, and Chroma beside it."""

    def __init__(self, folder: Path, embedder: Embedder, url: str | None = None) -> None:
        self.folder = folder
        self.embedder = embedder
        self.records: dict[str, DocumentRecord] = {}
        self.dense = DenseIndex(folder, embedder, url)

    def store(self, *records: DocumentRecord) -> None:
        """Replaces what the index holds."""
        self.records = {record.document.id: record for record in records}
        Indexer(self.folder, self.embedder).rebuild(records)

    def advice(self, documents: Sequence[str]) -> Iterator[Advice]:
        for document in documents:
            for finding in self.records[document].findings:
                if isinstance(finding, Recommendation):
                    yield Advice(finding.id, document, finding.text)

    def mend(self) -> Drift:
        return self.dense.mend(self.advice)

    def held(self, kind: str) -> set[str]:
        with chroma(self.folder / "chroma") as opened:
            return set(opened.vectors(kind, self.embedder.name).held())


@pytest.fixture
def workspace(tmp_path: Path, letters: Embedder) -> Workspace:
    return Workspace(tmp_path / "index", letters)


def test_it_holds_what_the_index_holds(workspace: Workspace, make_record: Make) -> None:
    first, second = make_record(1, "Alla barn", advice="Bygg bad."), make_record(2, "Café")
    workspace.store(first, second)
    assert workspace.mend() == Drift(missing=tuple(sorted([first.document.id, second.document.id])))
    assert workspace.mend() == Drift()
    assert workspace.held(PASSAGES) == workspace.held(ADVICE) == {first.document.id, second.document.id}

    third = make_record(3, "Dagis")
    workspace.store(second, third)
    assert workspace.mend() == Drift(missing=(third.document.id,), surplus=(first.document.id,))
    assert workspace.held(PASSAGES) == {second.document.id, third.document.id}


def test_the_nearest_passages_are_found_by_the_vectors_of_the_index(workspace: Workspace, make_record: Make) -> None:
    record = make_record(1, "abba abba", "zzz zzz zzz zzz")
    workspace.store(record)
    workspace.mend()
    [vector] = workspace.embedder.embed(["Rapport 1 Rapport Salems kommun zzz zzz zzz zzz"], role="query")
    found = workspace.dense.nearest(vector, 2)
    assert found[0][0] == record.passages[1].id
    assert workspace.dense.nearest(vector, 2, documents=["annat"]) == []


def test_a_larger_model_finds_passages_that_share_no_word(workspace: Workspace, make_record: Make) -> None:
    record = make_record(1, "abba abba abba", "xyz xyz xyz xyz xyz")
    workspace.store(record)
    workspace.mend()
    index = Indexer(workspace.folder, workspace.embedder).open()
    with_vectors = Search(index, near=workspace.dense.nearest).search("zyx zzyyxx")
    assert with_vectors[0].passage_id == record.passages[1].id
    assert Search(index).search("zyx zzyyxx") == ()


def test_passages_like_another(workspace: Workspace, make_record: Make) -> None:
    first = make_record(1, "Planen följs upp varje år.", "qqq www")
    second = make_record(2, "Varje år följs planen upp i nämnden.", "xxx zzz")
    workspace.store(first, second)
    workspace.mend()
    index = Indexer(workspace.folder, workspace.embedder).open()
    near = workspace.dense.nearest
    found = like(index, near, first.passages[0].id, filters=Filter(), count=10).hits
    assert found[0].passage_id == second.passages[0].id
    assert first.passages[0].id not in {hit.passage_id for hit in found}
    assert len(found) == 3
    only = Filter(documents=(first.document.id,))
    found = like(index, near, first.passages[0].id, filters=only, count=10).hits
    assert {hit.passage_id for hit in found} == {first.passages[1].id}
    # While somebody writes, words alone find what is like it.
    found = like(index, lambda *_, **__: [], first.passages[0].id, filters=Filter(), count=10).hits
    assert found[0].passage_id == second.passages[0].id
    with pytest.raises(ConfigError, match="Det finns inget stycke med id pass-0"):
        like(index, near, "pass-0", filters=Filter())


def test_a_reader_does_not_wait_for_a_writer(workspace: Workspace, make_record: Make) -> None:
    record = make_record(1, "abba", advice="Bygg bad.")
    workspace.store(record)
    workspace.mend()
    with chroma(workspace.folder / "chroma"):
        assert workspace.dense.nearest(np.ones(29, dtype=np.float32), 1) == []
        assert workspace.dense.groups(list(workspace.advice([record.document.id]))) == [[0]]


def test_what_a_killed_writer_left_is_put_right(workspace: Workspace, make_record: Make) -> None:
    record = make_record(1, "abba")
    workspace.store(record)
    workspace.mend()
    with chroma(workspace.folder / "chroma") as opened:
        vectors = opened.vectors(PASSAGES, "bokstäver")
        vectors._vectors.upsert(
            ids=["halv"], embeddings=np.ones((1, 29), dtype=np.float32), metadatas=[{"document": "borta"}]
        )
    assert workspace.mend() == Drift(outdated=(record.document.id,))
    with chroma(workspace.folder / "chroma") as opened:
        assert opened.vectors(PASSAGES, "bokstäver").is_whole()
    assert workspace.mend() == Drift()


def test_files_that_cannot_be_read_are_said_and_made_anew(workspace: Workspace, make_record: Make) -> None:
    workspace.store(make_record(1, "abba"))
    workspace.mend()
    (workspace.folder / "chroma" / "data" / "chroma.sqlite3").write_bytes(b"inte en databas" * 100)
    with pytest.raises(StoreError, match="kan inte användas") as error:
        workspace.mend()
    assert "doktor" in error.value.hint
    workspace.dense.rebuild(workspace.advice)
    assert workspace.mend() == Drift()


def test_a_server_serves_as_well(tmp_path: Path, letters: Embedder, chroma_server: str, make_record: Make) -> None:
    workspace = Workspace(tmp_path / "index", letters, chroma_server)
    record = make_record(1, "abba")
    workspace.store(record)
    assert workspace.mend().missing == (record.document.id,)
    assert [id for id, _ in workspace.dense.nearest(np.ones(29, dtype=np.float32), 5)] == [record.passages[0].id]
    # Another computer that has lost its own index folder does not see another's vectors.
    shutil.rmtree(workspace.folder)
    workspace.store(record)
    assert workspace.mend().missing == (record.document.id,)


def test_another_model_is_refused(workspace: Workspace, make_record: Make, letters: Embedder) -> None:
    workspace.store(make_record(1, "abba"))
    workspace.mend()
    letters.name = "andra bokstäver"  # type: ignore[misc]
    with pytest.raises(ConfigError, match="andra bokstäver"):
        workspace.mend()
    workspace.store(make_record(1, "abba"))
    workspace.dense.rebuild(workspace.advice)
    assert workspace.mend() == Drift()


def test_an_open_workspace_sees_what_another_process_indexes(tmp_path: Path, make_record: Make) -> None:
    first, second = make_record(1, "Vattenverket renas varje år."), make_record(2, "Badhuset stängs på måndagar.")
    chosen = load_settings(arbetsyta=tmp_path)
    writer = Indexer(chosen.index, StaticEmbedder())
    writer.rebuild([first])
    reader = Indexes(chosen, lambda: pytest.fail("a search needs no database"), dict)
    assert [hit.document_id for hit in reader.search.find("badhuset").hits] == []
    assert reader.search is reader.search
    writer.put(second)
    writer.close()
    assert [hit.document_id for hit in reader.search.find("badhuset").hits] == [second.document.id]
