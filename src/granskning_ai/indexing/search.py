"""Search: a question in plain Swedish to passages, best first.

The words find candidates, the vectors weigh them. With a larger model the vectors find candidates too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from granskning_ai.indexing.evidence import answering, coverage, kinds_of_answer, rarity, spaced, wanted
from granskning_ai.indexing.highlighting import Spans, highlights
from granskning_ai.indexing.index import Index
from granskning_ai.indexing.lexical import Candidate
from granskning_ai.indexing.nouns import Hit, SearchResult
from granskning_ai.indexing.ranking import DEFAULT, Weights, collapsed, fuse, varied
from granskning_ai.indexing.understanding import Question, understand
from granskning_ai.swedish.filters import Filter
from granskning_ai.swedish.terms import STOP_WORDS, grams, normalise, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANDIDATES = 200
"""How many passages are weighed; twice as many change nothing measurable."""

READ = 40
"""How many of them are read, to be weighed by their own words."""

_WITH_PHRASE = 1000
_EXPANSION = 0.5
"""What the words of the same meaning count for in the question's vector."""


class Near(Protocol):
    """Finds the passages nearest to a vector among all that there are."""

    def __call__(
        self, vector: NDArray[np.float32], count: int, *, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the nearest passages with their cosine; in the given documents, or in all."""
        ...


class Search:
    """Searches one index. `weights` are for measuring what each signal is worth."""

    def __init__(
        self, index: Index, *, near: Near | None = None, weights: Weights = DEFAULT, synonyms: bool = True
    ) -> None:
        """With `near`, passages are found by their vectors as well as by their words."""
        self._index = index
        self._near = near
        self._weights = weights
        self._synonyms = synonyms

    def search(self, query: str, *, documents: Collection[str] | None = None, count: int = 10) -> tuple[Hit, ...]:
        """The passages that answer the question best; in the given documents, or in all."""
        filters = Filter(documents=tuple(documents) if documents is not None else None)
        return self.find(query, filters=filters, count=count, plain=True).hits

    def find(
        self, query: str, *, filters: Filter | None = None, count: int = 10, page: int = 1, plain: bool = False
    ) -> SearchResult:
        """A page of hits (from 1) among what the filters choose; a plain one is without highlights and facets."""
        chosen = self._with_known_issuers(filters or Filter())
        question = self._understand(query)
        last = max(1, page) * count
        candidates = self._candidates(question, chosen, max(CANDIDATES, 2 * last))
        scores = self._scores(question, candidates)
        order = np.argsort(-scores, kind="stable")[: max(READ, 2 * last)]
        stored = self._index.lexical.entries([candidates[at] for at in order])
        scored = self._read(question, [float(scores[at]) for at in order], stored)
        if question.compares:
            scored = varied(scored)
        kept = collapsed(scored, last)[last - count :]
        texts = [passage["text"] for _, passage, _ in kept]
        spans = [()] * len(texts) if plain else highlights(texts, question.words, question.synonyms)
        return SearchResult(
            hits=tuple(as_hit(*found, marked) for found, marked in zip(kept, spans, strict=True)),
            total=len(candidates),
            understood=question.pointed,
            facets={} if plain else self._index.lexical.facets(candidates),
        )

    def _with_known_issuers(self, filters: Filter) -> Filter:
        """The issuers' names as the index has them, whatever case they are written in."""
        wanted_names = {name.lower() for name in filters.issuers}
        known = [name for name in self._index.lexical.values["issuer"] if name.lower() in wanted_names]
        return replace(filters, issuers=tuple(sorted(known)) or filters.issuers)

    def _understand(self, query: str) -> Question:
        values = self._index.lexical.values
        return understand(
            query, municipalities=values["municipality"], issuers=values["issuer"], synonyms=self._synonyms
        )

    # Candidates

    def _candidates(self, question: Question, filters: Filter, count: int) -> list[Candidate]:
        """The passages of what the question names before others, those that its words find before other likenesses."""
        lexical = self._index.lexical
        if question.phrases:
            return self._with_phrases(question, filters)
        named = question.pointed.municipalities
        found: list[Candidate] = []
        if named and not filters.municipalities:
            found = lexical.search(question.weights, replace(filters, municipalities=named), count)
        if len(found) < count // 4:
            rows = {candidate.row for candidate in found}
            others = lexical.search(question.weights, filters, count)
            found += [candidate for candidate in others if candidate.row not in rows]
        return found + self._by_vector(question, filters, found, count)

    def _with_phrases(self, question: Question, filters: Filter) -> list[Candidate]:
        """The passages in which every quoted phrase stands, word for word."""
        lexical = self._index.lexical
        required = {
            gram
            for phrase in question.phrases
            for word in words(phrase)
            if word not in STOP_WORDS
            for gram in grams(word)
        }
        found = lexical.search(question.weights, filters, _WITH_PHRASE, required=sorted(required))
        texts = (normalise(stored["text"]) for stored in lexical.entries(found))
        return [
            candidate
            for candidate, text in zip(found, texts, strict=True)
            if all(phrase in text for phrase in question.phrases)
        ]

    def _by_vector(
        self, question: Question, filters: Filter, found: Sequence[Candidate], count: int
    ) -> list[Candidate]:
        if self._near is None:
            return []
        near = self._near(self._vector(question), count, documents=filters.documents)
        rows = {candidate.row for candidate in found}
        others = self._index.lexical.rescore(question.weights, [id for id, _ in near], filters)
        return [candidate for candidate in others if candidate.row not in rows]

    # Scores

    def _scores(self, question: Question, candidates: Sequence[Candidate]) -> NDArray[np.float64]:
        if not candidates:
            return np.zeros(0)
        cosines = self._index.rows.cosines([candidate.row for candidate in candidates], self._vector(question))
        scores = fuse(candidates, cosines, self._weights)
        for weight, pointed in self._pointed(question.pointed):
            chosen = self._index.lexical.among(candidates, pointed)
            scores += weight * np.array([candidate.row in chosen for candidate in candidates])
        return scores

    def _read(
        self, question: Question, scores: Sequence[float], stored: Sequence[dict[str, Any]]
    ) -> list[tuple[float, dict[str, Any]]]:
        """The best passages, weighed once more by what their own words say."""
        weights, lexical = self._weights, self._index.lexical
        asked = wanted(question.words, question.synonyms, lambda form: rarity(*lexical.passages_with("=" + form)))
        kinds = kinds_of_answer(normalise(question.text))
        scored = [
            (
                score
                + weights.coverage * coverage(spaced(passage["text"]), asked)
                + weights.answering * answering(passage["text"], asked, kinds),
                passage,
            )
            for score, passage in zip(scores, stored, strict=True)
        ]
        return sorted(scored, key=lambda pair: -pair[0])

    def _pointed(self, pointed: Filter) -> list[tuple[float, Filter]]:
        """What the question points out, one thing at a time, with what it counts for."""
        weights = self._weights
        each = [
            (weights.municipality, Filter(municipalities=pointed.municipalities), pointed.municipalities),
            (weights.issuer, Filter(issuers=pointed.issuers), pointed.issuers),
            (weights.county, Filter(counties=pointed.counties), pointed.counties),
            (weights.year, Filter(years=pointed.years), pointed.years),
            (weights.doc_type, Filter(doc_types=pointed.doc_types), pointed.doc_types),
        ]
        return [(weight, filters) for weight, filters, values in each if values and weight]

    def _vector(self, question: Question) -> NDArray[np.float32]:
        embedder = self._index.embedder
        if embedder.slow_to_load or not question.expanded:
            vector: NDArray[np.float32] = embedder.embed([question.text], role="query")[0]
            return vector
        own, other = embedder.embed([question.text, question.expanded], role="query")
        vector = own + np.float32(_EXPANSION) * other
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length or 1.0)


def as_hit(score: float, stored: Mapping[str, Any], repeats: tuple[str, ...], marked: Spans) -> Hit:
    """A stored passage as what search gives out."""
    return Hit(
        passage_id=stored["id"],
        document_id=stored["document_id"],
        file_name=stored["file_name"],
        page=stored["page"],
        start=stored["start"],
        end=stored["end"],
        section=stored["section"],
        text=stored["text"],
        title=stored["title"],
        doc_type=stored["doc_type"],
        issuer=stored["issuer"],
        municipality_codes=tuple(stored["municipality_codes"]),
        year=stored["year"],
        score=round(score, 6),
        highlights=marked,
        repeated_in=repeats,
    )
