"""What Chroma holds of a workspace: the vectors of its passages and of its recommendations.

It follows the index: a document that the index holds is to be in Chroma in the same version. The passages' vectors are
taken from the index, which has them already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from granskning_ai.errors import Busy
from granskning_ai.indexing.chroma_store import ChromaVectors, chroma, forget
from granskning_ai.indexing.groups import same_advice
from granskning_ai.indexing.index import Index, Progress
from granskning_ai.indexing.lock import PATIENCE_SECONDS
from granskning_ai.indexing.nouns import Drift, drift
from granskning_ai.ports import Embedder, VectorStore
from granskning_ai.swedish.filters import Filter

if TYPE_CHECKING:
    from numpy.typing import NDArray

PASSAGES = "stycken"
ADVICE = "rekommendationer"

READERS_PATIENCE_SECONDS = 0.1
"""How long a reader waits for a writer before it does without Chroma."""

_DOCUMENTS = 50
_MANY = 100
"""With more documents than this to put, the time for writing Chroma's graph to disk is felt."""
_MOST_PASSAGES = 100_000


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation as it is compared with others."""

    id: str
    document_id: str
    text: str


_Kinds = Mapping[str, ChromaVectors]
_Vectors = tuple[list[str], list[str], "NDArray[np.float32]"]
"""Ids, the document of each, and their vectors."""

LoadAdvice = Callable[[Sequence[str]], Iterable[Advice]]
"""The recommendations of the documents with the given ids."""


class DenseIndex:
    """The Chroma of one workspace."""

    def __init__(self, folder: Path, embedder: Embedder, url: str | None = None) -> None:
        """`folder` is the index's."""
        self._index_folder = folder
        self._folder = folder / "chroma"
        self._embedder = embedder
        self._url = url

    # Writing

    def mend(self, load: LoadAdvice, *, progress: Progress | None = None) -> Drift:
        """Brings Chroma in step with the index; says what was amiss."""
        with self._open(PATIENCE_SECONDS) as kinds:
            found = self._bring_in_step(kinds, load, progress)
            unwritten = [vectors.write_seldom(False) for vectors in kinds.values()]
            damaged = _damaged(kinds)
        if any(unwritten):
            with self._open(PATIENCE_SECONDS) as kinds:
                damaged = _damaged(kinds)
        if damaged:
            self.rebuild(load, progress=progress)
        return found or Drift(outdated=damaged)

    def rebuild(self, load: LoadAdvice, *, progress: Progress | None = None) -> None:
        """Fills Chroma anew, also where what was in it cannot be read or was made with another model."""
        forget(self._folder, self._url)
        with self._open(PATIENCE_SECONDS) as kinds:
            self._bring_in_step(kinds, load, progress)
            for vectors in kinds.values():
                vectors.write_seldom(False)

    def _bring_in_step(self, kinds: _Kinds, load: LoadAdvice, progress: Progress | None) -> Drift:
        index = self._index()
        wanted = _wanted(index)
        found = _drift(kinds, index)
        for vectors in kinds.values():
            vectors.remove(found.surplus)
        todo = [*found.missing, *found.outdated]
        if len(todo) > _MANY:
            kinds[PASSAGES].write_seldom(True)
        for first in range(0, len(todo), _DOCUMENTS):
            part = todo[first : first + _DOCUMENTS]
            versions = {id: wanted[id] for id in part}
            kinds[PASSAGES].put(versions, *_passages(index, part))
            kinds[ADVICE].put(versions, *self._advice(load(part)))
            if progress:
                progress(first + len(part), len(todo))
        return found

    # Reading

    def nearest(
        self, vector: NDArray[np.float32], count: int, *, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the nearest passages with their cosine, nearest first; none while somebody writes."""
        with self._reading(PASSAGES) as passages:
            return passages.nearest(vector, count, documents=documents) if passages else []

    def groups(self, advice: Sequence[Advice]) -> list[list[int]]:
        """The places of the recommendations that say the same thing, group by group, the most typical first."""
        with self._reading(ADVICE) as kept:
            vectors = kept.vectors([each.id for each in advice]) if kept else {}
        lacking = [each for each in advice if each.id not in vectors]
        made = self._embedder.embed([each.text for each in lacking], role="passage")
        vectors |= {each.id: vector for each, vector in zip(lacking, made, strict=True)}
        if not advice:
            return []
        rows = np.stack([vectors[each.id] for each in advice])
        return same_advice(rows, [each.document_id for each in advice], self._embedder)

    @contextmanager
    def _reading(self, kind: str) -> Iterator[VectorStore | None]:
        """The vectors of a kind, or None while somebody writes to an embedded Chroma: readers do not wait."""
        with ExitStack() as stack:
            try:
                kinds = stack.enter_context(self._open(READERS_PATIENCE_SECONDS))
            except Busy:
                kinds = {}
            yield kinds.get(kind)

    @contextmanager
    def _open(self, patience: float) -> Iterator[_Kinds]:
        with chroma(self._folder, self._url, patience=patience) as opened:
            yield {kind: opened.vectors(kind, self._embedder.name) for kind in (PASSAGES, ADVICE)}

    def _index(self) -> Index | None:
        return Index.open(self._index_folder, self._embedder)

    def _advice(self, advice: Iterable[Advice]) -> _Vectors:
        chosen = list(advice)
        vectors = self._embedder.embed([each.text for each in chosen], role="passage")
        return [each.id for each in chosen], [each.document_id for each in chosen], vectors


def _wanted(index: Index | None) -> Mapping[str, str]:
    return index.lexical.held() if index else {}


def _drift(kinds: _Kinds, index: Index | None) -> Drift:
    wanted = _wanted(index)
    each = [drift(vectors.held(), wanted) for vectors in kinds.values()]
    missing = {id for one in each for id in one.missing}
    outdated = {id for one in each for id in one.outdated}
    surplus = {id for one in each for id in one.surplus}
    return Drift(
        missing=tuple(sorted(missing)), outdated=tuple(sorted(outdated - missing)), surplus=tuple(sorted(surplus))
    )


def _damaged(kinds: _Kinds) -> tuple[str, ...]:
    """The documents that have to be put again since a kind has other vectors than it should."""
    if all(vectors.is_whole() for vectors in kinds.values()):
        return ()
    return tuple(sorted({id for vectors in kinds.values() for id in vectors.held()}))


def _passages(index: Index | None, documents: Sequence[str]) -> _Vectors:
    """The passages of the documents with the vectors that the index has of them."""
    if index is None:
        return [], [], np.zeros((0, 0), dtype=np.float32)
    candidates = index.lexical.search({}, Filter(documents=tuple(documents)), _MOST_PASSAGES)
    stored = index.lexical.entries(candidates)
    vectors = index.rows.vectors([candidate.row for candidate in candidates])
    return [each["id"] for each in stored], [each["document_id"] for each in stored], vectors
