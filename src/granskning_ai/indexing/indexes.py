"""Both indexes of a workspace, kept in step with what is stored: the one that search reads, and Chroma."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from granskning_ai.errors import Busy
from granskning_ai.indexing.index import Indexer
from granskning_ai.indexing.likeness import like
from granskning_ai.indexing.lock import writers_lock
from granskning_ai.indexing.models import load_embedder
from granskning_ai.indexing.search import Search
from granskning_ai.model import DocumentRecord, Finding, Recommendation

if TYPE_CHECKING:
    from granskning_ai.indexing.dense import Advice, DenseIndex
    from granskning_ai.indexing.index import Index
    from granskning_ai.indexing.nouns import Drift, SearchResult
    from granskning_ai.swedish.filters import Filter


class Stored(Protocol):
    """What is asked of the store."""

    def load(self, document_id: str) -> DocumentRecord:
        """The record of a document."""
        ...

    def records(self) -> Iterable[DocumentRecord]:
        """Every record."""
        ...

    def findings_of(self, kinds: Collection[str], documents: Collection[str] | None = None) -> Iterable[Finding]:
        """The findings of the given kinds in the given documents, or in all."""
        ...


class Chosen(Protocol):
    """What the user has chosen."""

    @property
    def index(self) -> Path:
        """The folder of the indexes."""
        ...

    @property
    def modell(self) -> str | None:
        """The model's folder or name, or None for the one that ships."""
        ...

    @property
    def hamta_modell(self) -> bool:
        """Whether the model may be fetched from the network."""
        ...

    @property
    def chroma_url(self) -> str | None:
        """The Chroma server, or None for one in the workspace."""
        ...


class Indexes:
    """Used as a context while documents are stored: when it ends, everything that was put can be found."""

    def __init__(self, chosen: Chosen, stored: Callable[[], Stored], wanted: Callable[[], Mapping[str, str]]) -> None:
        """`stored` opens the store, which a search does without; `wanted` gives the version of each document in it."""
        self._chosen = chosen
        self._stored = stored
        self._wanted = wanted
        self._embedder = load_embedder(chosen.modell, download=chosen.hamta_modell)
        self._indexer = Indexer(chosen.index, self._embedder)
        self._searched: tuple[object, Search] | None = None

    @cached_property
    def dense(self) -> DenseIndex:
        """What Chroma holds."""
        # Imported late: an ordinary question does without it.
        from granskning_ai.indexing.dense import DenseIndex

        return DenseIndex(self._chosen.index, self._embedder, self._chosen.chroma_url)

    # Writing

    def __enter__(self) -> Self:
        """Adds what an import that was broken off has left out.

        Raises:
            ConfigError: the index was made with another model.
        """
        if self._indexer.needs_mending:
            self.mend_index()
        self._changed = self._replaced = False
        return self

    def begin(self) -> None:
        """Call before a document is stored: should the process die, the next start sees it."""
        self._changed = True
        self._indexer.begin()

    def put(self, record: DocumentRecord, *, new: bool) -> None:
        """Takes in a stored document; `new` if neither it nor what its path led to was stored before."""
        if new:
            self._indexer.put(record)
        else:
            self._replaced = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._indexer.flush()
        if kind is not None:
            # The note of what was begun stays, and the next start does the rest.
            return
        if self._replaced:
            self.mend_index()
        if self._changed:
            # Where another run is filling Chroma at this moment, the next one adds what it passed by.
            with suppress(Busy):
                self.mend_dense()
        self._indexer.close()

    def mend_index(self) -> Drift:
        """Brings the index in step with what is stored; says what was amiss."""
        return self._indexer.mend(self._wanted, self._stored().load)

    def mend_dense(self) -> Drift:
        """Brings Chroma in step with the index; says what was amiss."""
        return self.dense.mend(self._advice)

    def rebuild_index(self) -> None:
        """Makes the index anew of what is stored."""
        self._indexer.rebuild(self._stored().records())

    def rebuild_dense(self) -> None:
        """Fills Chroma anew from the index."""
        self.dense.rebuild(self._advice)

    def _advice(self, documents: Sequence[str]) -> Iterator[Advice]:
        from granskning_ai.indexing.dense import Advice

        for finding in self._stored().findings_of([Recommendation.kind], documents):
            if isinstance(finding, Recommendation):
                yield Advice(finding.id, finding.document_id, finding.text)

    # Reading

    @property
    def search(self) -> Search:
        """Search as things are now; what a broken-off import left out is added first, unless somebody is writing.

        Raises:
            ConfigError: the index was made with another model.
        """
        if self._indexer.needs_mending and self._nobody_writes():
            self.mend_index()
        now = self._indexer.state()
        if self._searched is None or self._searched[0] != now:
            near = self.dense.nearest if self._embedder.slow_to_load else None
            self._searched = (now, Search(self.open(), near=near))
        return self._searched[1]

    def open(self) -> Index:
        """The index as it is now.

        Raises:
            ConfigError: it was made with another model.
            StoreError: there is none.
        """
        return self._indexer.open()

    def like(self, passage_id: str, filters: Filter, count: int) -> SearchResult:
        """The passages most like another.

        Raises:
            ConfigError: there is no such passage.
        """
        return like(self.open(), self.dense.nearest, passage_id, filters=filters, count=count)

    def groups(self, advice: Sequence[Recommendation]) -> list[list[int]]:
        """The places of the recommendations that say the same thing, group by group, the most typical first."""
        from granskning_ai.indexing.dense import Advice

        return self.dense.groups([Advice(each.id, each.document_id, each.text) for each in advice])

    def _nobody_writes(self) -> bool:
        try:
            with writers_lock(self._chosen.index / "las", patience=0):
                return True
        except Busy:
            return False
