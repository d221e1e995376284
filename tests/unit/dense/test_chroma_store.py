"""Vectors in Chroma: embedded and on a real server alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from granskning_ai.errors import Busy, ConfigError, StoreError
from granskning_ai.indexing.chroma_store import ChromaVectors, chroma, forget


def rows(*angles: float) -> NDArray[np.float32]:
    return np.array([[np.cos(angle), np.sin(angle)] for angle in angles], dtype=np.float32)


@pytest.fixture(params=["inbyggd", "server"])
def url(request: pytest.FixtureRequest) -> str | None:
    if request.param == "inbyggd":
        return None
    address: str = request.getfixturevalue("chroma_server")
    return address


def put(vectors: ChromaVectors, document: str, version: str, ids: Sequence[str], *angles: float) -> None:
    vectors.put({document: version}, ids, [document] * len(ids), rows(*angles))


def test_the_nearest_come_first_with_their_cosines(tmp_path: Path, url: str | None) -> None:
    with chroma(tmp_path, url) as opened:
        vectors = opened.vectors("stycken", "modell")
        put(vectors, "a", "1", ["a1", "a2"], 0.0, 1.0)
        put(vectors, "b", "1", ["b1"], 0.2)
        found = vectors.nearest(rows(0.0)[0], 2)
        assert [id for id, _ in found] == ["a1", "b1"]
        assert [cosine for _, cosine in found] == pytest.approx([1.0, np.cos(0.2)], abs=1e-5)
        assert [id for id, _ in vectors.nearest(rows(0.0)[0], 9, documents=["b"])] == ["b1"]
        assert vectors.nearest(rows(0.0)[0], 9, documents=[]) == []


def test_what_was_put_is_there_when_it_is_opened_again(tmp_path: Path, url: str | None) -> None:
    with chroma(tmp_path, url) as opened:
        put(opened.vectors("stycken", "modell"), "a", "7", ["a1"], 0.5)
    with chroma(tmp_path, url) as opened:
        vectors = opened.vectors("stycken", "modell")
        assert vectors.held() == {"a": "7"}
        assert vectors.vectors(["a1", "okänd"])["a1"] == pytest.approx(rows(0.5)[0])
        assert vectors.is_whole()


def test_a_new_version_takes_the_place_of_the_old_and_nothing_is_left_of_what_is_removed(
    tmp_path: Path, url: str | None
) -> None:
    with chroma(tmp_path, url) as opened:
        vectors = opened.vectors("stycken", "modell")
        put(vectors, "a", "1", ["a1", "a2"], 0.0, 1.0)
        put(vectors, "b", "1", ["b1"], 2.0)
        put(vectors, "a", "2", ["a3"], 0.1)
        assert vectors.held() == {"a": "2", "b": "1"}
        assert sorted(vectors.vectors(["a1", "a2", "a3", "b1"])) == ["a3", "b1"]
        vectors.remove(["a", "okänd"])
        assert vectors.held() == {"b": "1"}
        assert [id for id, _ in vectors.nearest(rows(0.1)[0], 9)] == ["b1"]
        assert vectors.is_whole()


def test_a_document_without_vectors_is_held_too(tmp_path: Path, url: str | None) -> None:
    with chroma(tmp_path, url) as opened:
        vectors = opened.vectors("rekommendationer", "modell")
        put(vectors, "tom", "1", [])
        assert vectors.held() == {"tom": "1"}
        assert vectors.is_whole()
        assert vectors.nearest(rows(0.0)[0], 3) == []


def test_vectors_that_a_killed_writer_left_are_seen(tmp_path: Path) -> None:
    with chroma(tmp_path) as opened:
        vectors = opened.vectors("stycken", "modell")
        put(vectors, "a", "1", ["a1"], 0.0)
        # What `put` does first; the note would have come after it.
        vectors._vectors.upsert(ids=["b1"], embeddings=rows(1.0), metadatas=[{"document": "b"}])
        assert vectors.held() == {"a": "1"}
        assert not vectors.is_whole()


def test_another_model_is_refused_until_everything_is_thrown_away(tmp_path: Path, url: str | None) -> None:
    with chroma(tmp_path, url) as opened:
        opened.vectors("stycken", "den första")
        with pytest.raises(ConfigError, match="den första") as error:
            opened.vectors("stycken", "den andra")
        assert "--bygg-om" in error.value.hint
    forget(tmp_path, url)
    with chroma(tmp_path, url) as opened:
        assert opened.vectors("stycken", "den andra").held() == {}


def test_two_workspaces_on_one_server_do_not_meet(tmp_path: Path, chroma_server: str) -> None:
    for name in ("ena", "andra"):
        with chroma(tmp_path / name, chroma_server) as opened:
            put(opened.vectors("stycken", "modell"), name, "1", ["x"], 0.0)
    forget(tmp_path / "ena", chroma_server)
    with chroma(tmp_path / "andra", chroma_server) as opened:
        assert opened.vectors("stycken", "modell").held() == {"andra": "1"}


def test_only_one_process_has_an_embedded_chroma_open(tmp_path: Path) -> None:
    with chroma(tmp_path), pytest.raises(Busy), chroma(tmp_path, patience=0.05):
        pass


def test_a_server_that_does_not_answer_and_an_address_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="svarar inte"), chroma(tmp_path, "http://127.0.0.1:9"):
        pass
    for wrong in ("127.0.0.1:8000", "http://värd:port", "ftp://127.0.0.1:8000"):
        with pytest.raises(ConfigError, match="går inte att använda"), chroma(tmp_path, wrong):
            pass


def test_no_model_of_chromas_own_is_ever_used(tmp_path: Path, url: str | None) -> None:
    with chroma(tmp_path, url) as opened:
        vectors = opened.vectors("stycken", "modell")
        with pytest.raises(ValueError, match="embedding function"):
            vectors._vectors.query(query_texts=["Vad säger rapporten?"])


def test_how_often_the_graph_is_written_can_be_changed_and_is_remembered(tmp_path: Path, url: str | None) -> None:
    with chroma(tmp_path, url) as opened:
        vectors = opened.vectors("stycken", "modell")
        assert not vectors.write_seldom(False)
        assert vectors.write_seldom(True)
        put(vectors, "a", "1", ["a1", "a2"], 0.0, 1.0)
    with chroma(tmp_path, url) as opened:
        vectors = opened.vectors("stycken", "modell")
        assert vectors.write_seldom(False)
        assert not vectors.write_seldom(False)
        assert [id for id, _ in vectors.nearest(rows(0.0)[0], 1)] == ["a1"]
