"""Chroma, embedded or on a server: vectors by id. chromadb is imported here and nowhere else.

Every vector is ours: Chroma is given no embedding function, since its own model knows no Swedish. Embedded, it may be
open in one process at a time (reading it writes to it too), so it is opened behind a lock and closed again.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from granskning_ai.errors import ConfigError, GranskningError, StoreError
from granskning_ai.indexing.lock import PATIENCE_SECONDS, writers_lock

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from numpy.typing import NDArray

_AT_ONCE = 2000
"""Vectors that are sent at a time; SQLite and the server both limit it."""

_DOCUMENTS_AT_ONCE = 200

_OFTEN, _SELDOM = 1000, 20_000
"""Chroma writes the whole graph to disk each time so many vectors are new; those since then it puts in anew when it is
opened, which takes a second for two thousand."""

_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 50, "ef_search": 400, "sync_threshold": _OFTEN}}


class ChromaVectors:
    """One kind of vectors of one workspace, as a VectorStore.

    Beside the vectors it keeps a note of each document's version, written after them and removed before them: a
    document without a note is one that has to be put again.
    """

    def __init__(self, vectors: ChromaCollection, notes: ChromaCollection) -> None:
        self._vectors = vectors
        self._notes = notes

    def put(
        self,
        versions: Mapping[str, str],
        ids: Sequence[str],
        owners: Sequence[str],
        vectors: NDArray[np.float32],
    ) -> None:
        """Keeps vectors in place of those that their documents had."""
        with _faults():
            self._remove(list(versions))
            for first in range(0, len(ids), _AT_ONCE):
                part = slice(first, first + _AT_ONCE)
                self._vectors.upsert(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"document": owner} for owner in owners[part]],
                )
            counts = dict.fromkeys(versions, 0)
            for owner in owners:
                counts[owner] += 1
            for documents in _parts(list(versions)):
                self._notes.upsert(
                    ids=list(documents),
                    embeddings=np.ones((len(documents), 1), dtype=np.float32),
                    metadatas=[{"version": versions[id], "count": counts[id]} for id in documents],
                )

    def remove(self, documents: Collection[str]) -> None:
        """Forgets the documents' vectors."""
        with _faults():
            self._remove(sorted(documents))

    def nearest(
        self, vector: NDArray[np.float32], count: int, *, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the nearest vectors with their cosine, nearest first."""
        chosen: Any = None if documents is None else _of(sorted(documents))
        if documents is not None and not documents:
            return []
        with _faults():
            count = min(count, self._vectors.count())
            if not count:
                return []
            found = self._vectors.query(
                query_embeddings=vector[None, :], n_results=count, where=chosen, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return [(id, 1.0 - float(distance)) for id, distance in zip(found["ids"][0], distances, strict=True)]

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those of the ids that it has."""
        result: dict[str, NDArray[np.float32]] = {}
        with _faults():
            for first in range(0, len(ids), _AT_ONCE):
                found = self._vectors.get(ids=list(ids[first : first + _AT_ONCE]), include=["embeddings"])
                rows = np.asarray(found["embeddings"], dtype=np.float32)
                result.update(zip(found["ids"], rows, strict=True))
        return result

    def held(self) -> dict[str, str]:
        """The version of each document that it holds."""
        return {id: str(note["version"]) for id, note in self._noted()}

    def is_whole(self) -> bool:
        """Whether it has as many vectors as its notes say, and can search among them."""
        wanted = sum(int(note["count"]) for _, note in self._noted())
        with _faults():
            if self._vectors.count() != wanted:
                return False
            if not wanted:
                return True
            sample = self._vectors.get(limit=1, include=["embeddings"])
        return bool(self.nearest(np.asarray(sample["embeddings"], dtype=np.float32)[0], 1))

    def write_seldom(self, seldom: bool) -> bool:
        """Has the graph written to disk seldom, while much is put, or often again; says whether that is a change.

        What is not yet written is written the first time that it is opened and searched after that.
        """
        wanted = _SELDOM if seldom else _OFTEN
        with _faults():
            if self._vectors.configuration_json["hnsw"]["sync_threshold"] == wanted:
                return False
            self._vectors.modify(configuration={"hnsw": {"sync_threshold": wanted}})
        return True

    def _noted(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        with _faults():
            for first in range(0, self._notes.count(), _AT_ONCE):
                page = self._notes.get(limit=_AT_ONCE, offset=first, include=["metadatas"])
                yield from zip(page["ids"], page["metadatas"] or (), strict=True)

    def _remove(self, documents: Sequence[str]) -> None:
        for part in _parts(documents):
            self._notes.delete(ids=list(part))
            self._vectors.delete(where=_of(part))


class Chroma:
    """A workspace's collections in an open Chroma."""

    def __init__(self, client: Client, workspace: str) -> None:
        self._client = client
        self._workspace = workspace

    def vectors(self, kind: str, model: str) -> ChromaVectors:
        """The workspace's vectors of a kind ('stycken', 'rekommendationer'), made if they are not there.

        Raises:
            ConfigError: they were made with another model.
        """
        name = _prefix(self._workspace) + kind
        with _faults():
            vectors = self._client.get_or_create_collection(
                name, embedding_function=None, metadata={"model": model}, configuration=_CONFIGURATION
            )
            notes = self._client.get_or_create_collection(f"{name}-dokument", embedding_function=None)
        made_with = (vectors.metadata or {}).get("model")
        if made_with != model:
            raise ConfigError(
                f"Vektordatabasen är byggd med modellen {made_with}, men nu är {model} vald.",
                hint="Välj samma modell igen, eller bygg om med den nya: granskning doktor --bygg-om",
            )
        return ChromaVectors(vectors, notes)


@contextmanager
def chroma(folder: Path, url: str | None = None, *, patience: float = PATIENCE_SECONDS) -> Iterator[Chroma]:
    """Opens the workspace's Chroma: the server at `url`, or else embedded in the folder, in one process at a time.

    Raises:
        Busy: another process has it open.
        StoreError: it cannot be opened or reached.
    """
    if url is not None:
        client = _server(url)
        try:
            yield Chroma(client, _identity(folder))
        finally:
            client.close()
        return
    with writers_lock(folder / "las", patience=patience):
        client = _embedded(folder / "data")
        try:
            yield Chroma(client, _identity(folder))
        finally:
            client.close()


def forget(folder: Path, url: str | None = None) -> None:
    """Throws away all vectors of the workspace, whatever state they are in."""
    if url is None:
        with writers_lock(folder / "las"):
            shutil.rmtree(folder / "data", ignore_errors=True)
        return
    client, mark = _server(url), _prefix(_identity(folder))
    with _faults():
        for collection in client.list_collections():
            if collection.name.startswith(mark):
                client.delete_collection(collection.name)
        client.close()


def _embedded(folder: Path) -> Client:
    with _faults():
        import chromadb
        from chromadb.config import Settings

        try:
            client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        except BaseException:
            # It would hand out the same half-made client the next time, also when the files have been put right.
            chromadb.api.client.Client.clear_system_cache()
            raise
        return cast("Client", client)


def _server(url: str) -> Client:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in ("http", "https") or not parts.hostname or port == -1 or parts.path not in ("", "/"):
        raise ConfigError(
            f"Adressen {url} till Chroma går inte att använda.",
            hint="Den ska se ut så här: http://127.0.0.1:8000",
        )
    import chromadb
    from chromadb.config import Settings

    try:
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https",
            settings=Settings(anonymized_telemetry=False),
        )
        return cast("Client", client)
    except Exception as error:
        raise StoreError(
            f"Chroma på {url} svarar inte.",
            hint="Kontrollera att servern är igång (chroma run) och att adressen i GRANSKNING_CHROMA_URL stämmer.",
        ) from error


def _identity(folder: Path) -> str:
    """What tells the workspace from others on a server: chosen once, since folders move and machines share names."""
    path = folder / "id"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        chosen = uuid.uuid4().hex[:12]
        temporary = folder / f"id.{chosen}"
        temporary.write_text(chosen, encoding="utf-8")
        # Linked whole, and only if no other process was first.
        with suppress(FileExistsError):
            os.link(temporary, path)
        temporary.unlink()
    return path.read_text(encoding="utf-8").strip()


def _prefix(workspace: str) -> str:
    return f"granskning-{workspace}-"


def _of(documents: Sequence[str]) -> Any:  # noqa: ANN401 - chromadb's own type for it is wrong
    return {"document": {"$in": list(documents)}}


def _parts(documents: Sequence[str]) -> Iterator[Sequence[str]]:
    return (documents[first : first + _DOCUMENTS_AT_ONCE] for first in range(0, len(documents), _DOCUMENTS_AT_ONCE))


@contextmanager
def _faults() -> Iterator[None]:
    """Whatever Chroma raises, and it is of many kinds, means that it cannot be used as it is."""
    try:
        yield
    except GranskningError:
        raise
    except Exception as error:
        raise StoreError(
            f"Vektordatabasen Chroma kan inte användas: {error}",
            hint="Kontrollera och laga den med: granskning doktor. Hjälper det inte: granskning doktor --bygg-om",
        ) from error
