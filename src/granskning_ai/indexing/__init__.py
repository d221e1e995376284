"""The stage that makes documents findable: an index derived from the store, and search over it."""

from granskning_ai.indexing.entries import version
from granskning_ai.indexing.index import Index, Indexer
from granskning_ai.indexing.indexes import Indexes
from granskning_ai.indexing.nouns import Drift, Hit, SearchResult
from granskning_ai.indexing.search import Search
from granskning_ai.indexing.static_embedder import StaticEmbedder

__all__ = ["Drift", "Hit", "Index", "Indexer", "Indexes", "Search", "SearchResult", "StaticEmbedder", "version"]
