"""Passages like another passage."""

from __future__ import annotations

import numpy as np

from granskning_ai.errors import ConfigError
from granskning_ai.indexing.index import Index
from granskning_ai.indexing.nouns import SearchResult
from granskning_ai.indexing.ranking import Weights, collapsed, fuse
from granskning_ai.indexing.search import CANDIDATES, Near, as_hit
from granskning_ai.swedish.filters import Filter
from granskning_ai.swedish.terms import STOP_WORDS, stem, words

_WEIGHTS = Weights(dense=0.7, neighbour=0.0)
"""A passage has so many words that its vector tells more than they do."""


def like(index: Index, near: Near, passage_id: str, *, filters: Filter, count: int = 10) -> SearchResult:
    """The passages that are most like another, by their vectors and their words; `near` finds them by vector.

    Raises:
        ConfigError: there is no such passage.
    """
    lexical, rows = index.lexical, index.rows
    own = lexical.passage(passage_id)
    if own is None:
        raise ConfigError(
            f"Det finns inget stycke med id {passage_id}.",
            hint='Stycken har sina id i det som granskning sok "…" --json skriver.',
        )
    vector = rows.vectors([own.row])[0]
    text = lexical.entries([own])[0]["text"]
    weights = {"=" + stem(word): 1.0 for word in words(text) if word not in STOP_WORDS}
    found = lexical.search(weights, filters, CANDIDATES)
    by_vector = [id for id, _ in near(vector, CANDIDATES, documents=filters.documents)]
    known = {candidate.row for candidate in found}
    found += [candidate for candidate in lexical.rescore(weights, by_vector, filters) if candidate.row not in known]
    found = [candidate for candidate in found if candidate.row != own.row]
    scores = fuse(found, rows.cosines([candidate.row for candidate in found], vector), _WEIGHTS)
    order = np.argsort(-scores, kind="stable")[: 3 * count]
    scored = zip((float(scores[at]) for at in order), lexical.entries([found[at] for at in order]), strict=True)
    hits = tuple(as_hit(*each, ()) for each in collapsed(list(scored), count))
    return SearchResult(hits=hits, total=len(found), understood=Filter(), facets={})
