"""The lexical index: tantivy over our own terms. tantivy is imported here and nowhere else.

The analysis is ours: terms are written with spaces between them, and tantivy only parts at the spaces. Beside the
passages it holds a note of each document's version, written in the same commit, so what it holds is always known.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from granskning_ai.errors import StoreError
from granskning_ai.indexing.nouns import Entry
from granskning_ai.swedish.filters import Filter
from granskning_ai.swedish.terms import act_terms, index_terms, words

if TYPE_CHECKING:
    from tantivy import DocAddress, Index, IndexWriter, Query, Schema, Searcher

_WRITER_MEMORY = 60_000_000
_ALL = 1_000_000

_STORED = tuple(field.name for field in fields(Entry) if field.name != "frame")

FACETS = {
    "municipality": "kommun",
    "county": "lan",
    "year": "ar",
    "issuer": "utgivare",
    "doc_type": "typ",
}
"""What passages can be counted and chosen by, with the index field that holds it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that shares terms with the question. Passages that follow each other have rows that do."""

    address: DocAddress
    row: int
    document: int
    score: float


class LexicalIndex:
    """One folder with a tantivy index; opened for reading, with a writer on request."""

    def __init__(self, folder: Path) -> None:
        """Opens the index, and makes it if it is not there.

        Raises:
            StoreError: what is in the folder cannot be read.
        """
        import tantivy

        self._tantivy = tantivy
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index: Index = (
                tantivy.Index.open(str(folder))
                if tantivy.Index.exists(str(folder))
                else tantivy.Index(_schema(), path=str(folder))
            )
        except ValueError as error:
            raise StoreError(
                "Sökindexet går inte att läsa.", hint="Bygg det på nytt med: granskning doktor --bygg-om"
            ) from error
        self._schema: Schema = self._index.schema
        self._searcher: Searcher = self._index.searcher()

    # Writing

    def writer(self) -> LexicalWriter:
        """Opens a writer; the caller holds the writers' lock."""
        return LexicalWriter(self._index.writer(_WRITER_MEMORY, 2), self._tantivy)

    # Reading

    def held(self) -> dict[str, str]:
        """The version of each document that the index holds, from the last commit."""
        found = self._searcher.search(self._kind("dokument"), _ALL).hits
        notes = (self._stored(address) for _, address in found)
        return {note["id"]: note["version"] for note in notes}

    @cached_property
    def values(self) -> dict[str, frozenset[str]]:
        """The municipality codes and issuers that the index has documents of."""
        return {
            name: frozenset(value for value, _ in self._searcher.terms_with_prefix(FACETS[name], "", limit=10_000))
            for name in ("municipality", "issuer", "county")
        }

    def passages_with(self, term: str) -> tuple[int, int]:
        """How many passages have the term, and how many there are (with those removed lately)."""
        return self._searcher.doc_freq("termer", term), self._searcher.num_docs

    def search(
        self, weights: Mapping[str, float], filters: Filter, count: int, *, required: Collection[str] = ()
    ) -> list[Candidate]:
        """The passages with the highest BM25 over the weighted terms, best first; each has the required terms."""
        hits = self._searcher.search(self._query(weights, filters, required), count, count=False).hits
        return self._candidates([(score, address) for score, address in hits])

    def rescore(self, weights: Mapping[str, float], passage_ids: Sequence[str], filters: Filter) -> list[Candidate]:
        """The given passages with their BM25, which is 0 for one that shares no term."""
        chosen = self._tantivy.Query.term_set_query(self._schema, "stycke", list(passage_ids))
        must, should = self._tantivy.Occur.Must, self._tantivy.Occur.Should
        terms = self._terms(weights)
        query = self._tantivy.Query.boolean_query(
            [(must, self._tantivy.Query.const_score_query(chosen, 0.0)), (should, terms), *self._musts(filters)]
        )
        hits = self._searcher.search(query, max(1, len(passage_ids)), count=False).hits
        return self._candidates([(score, address) for score, address in hits])

    def entries(self, candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
        """What is stored of each candidate: the fields of its Entry but for the frame."""
        return [self._stored(candidate.address) for candidate in candidates]

    def passage(self, passage_id: str) -> Candidate | None:
        """The passage of that id."""
        query = self._tantivy.Query.term_query(self._schema, "stycke", passage_id)
        hits = self._searcher.search(query, 1, count=False).hits
        return self._candidates([(score, address) for score, address in hits])[0] if hits else None

    def among(self, candidates: Sequence[Candidate], filters: Filter) -> set[int]:
        """The rows of the candidates that the filters choose."""
        if not candidates:
            return set()
        query = self._tantivy.Query.boolean_query(
            [(self._tantivy.Occur.Must, self._rows(candidates)), *self._musts(filters)]
        )
        hits = self._searcher.search(query, len(candidates), count=False).hits
        return {candidate.row for candidate in self._candidates([(0.0, address) for _, address in hits])}

    def facets(self, candidates: Sequence[Candidate]) -> dict[str, dict[str, int]]:
        """How many of the candidates there are of each municipality, county, year, issuer and kind of document."""
        if not candidates:
            return {name: {} for name in FACETS}
        asked = {name: {"terms": {"field": field, "size": 1000}} for name, field in FACETS.items()}
        counted = self._searcher.aggregate(self._rows(candidates), asked)
        return {
            name: {_text(bucket["key"]): int(bucket["doc_count"]) for bucket in counted[name]["buckets"]}
            for name in FACETS
        }

    def _candidates(self, hits: Iterable[tuple[Any, DocAddress]]) -> list[Candidate]:
        found = list(hits)
        addresses = [address for _, address in found]
        rows = self._searcher.fast_field_values("rad", addresses)
        documents = self._searcher.fast_field_values("forsta_rad", addresses)
        return [
            Candidate(address, int(row or 0), int(document or 0), float(score))
            for (score, address), row, document in zip(found, rows, documents, strict=True)
        ]

    def _stored(self, address: DocAddress) -> dict[str, Any]:
        stored: dict[str, Any] = json.loads(bytes(self._searcher.doc(address)["post"][0]))
        return stored

    def _rows(self, candidates: Sequence[Candidate]) -> Query:
        return self._tantivy.Query.term_set_query(self._schema, "rad", [candidate.row for candidate in candidates])

    def _kind(self, kind: str) -> Query:
        return self._tantivy.Query.term_query(self._schema, "slag", kind, index_option="basic")

    def _terms(self, weights: Mapping[str, float]) -> Query:
        should, term_query = self._tantivy.Occur.Should, self._tantivy.Query.term_query
        boost = self._tantivy.Query.boost_query
        parts = []
        for term, weight in weights.items():
            query = term_query(self._schema, "termer", term, index_option="freq")
            parts.append((should, query if weight == 1.0 else boost(query, weight)))
        return self._tantivy.Query.boolean_query(parts)

    def _query(self, weights: Mapping[str, float], filters: Filter, required: Collection[str]) -> Query:
        must = self._tantivy.Occur.Must
        musts = self._musts(filters)
        for term in required:
            query = self._tantivy.Query.term_query(self._schema, "termer", term, index_option="freq")
            musts.append((must, self._tantivy.Query.const_score_query(query, 0.0)))
        if not weights:
            return self._tantivy.Query.boolean_query([(must, self._kind("stycke")), *musts])
        terms = self._terms(weights)
        return self._tantivy.Query.boolean_query([(must, terms), *musts]) if musts else terms

    def _musts(self, filters: Filter) -> list[tuple[Any, Query]]:
        """The filters as parts of a query that choose without adding to the score."""
        chosen: list[tuple[str, Collection[str] | Collection[int]]] = [
            ("kommun", filters.municipalities),
            ("lan", filters.counties),
            ("ar", filters.years),
            ("utgivare", filters.issuers),
            ("typ", filters.doc_types),
        ]
        if filters.documents is not None:
            chosen.append(("dokument", filters.documents or ("-",)))
        query = self._tantivy.Query
        return [
            (
                self._tantivy.Occur.Must,
                query.const_score_query(query.term_set_query(self._schema, field, list(values)), 0.0),
            )
            for field, values in chosen
            if values
        ]


class LexicalWriter:
    """Adds and removes documents; nothing is seen by readers until `commit`."""

    def __init__(self, writer: IndexWriter, tantivy: Any) -> None:  # noqa: ANN401 - the library's module
        self._writer = writer
        self._tantivy = tantivy

    def put(self, document_id: str, version: str, entries: Sequence[Entry], first_row: int) -> None:
        """Adds a document's passages, whose vectors stand from `first_row` on, in place of those it had."""
        self.remove(document_id)
        note = {"id": document_id, "version": version}
        self._writer.add_document(self._tantivy.Document(slag="dokument", dokument=document_id, post=_bytes(note)))
        for row, entry in enumerate(entries, start=first_row):
            stored = {name: getattr(entry, name) for name in _STORED}
            document = self._tantivy.Document(
                slag="stycke",
                termer=terms_of(entry),
                stycke=entry.id,
                dokument=document_id,
                kommun=list(entry.municipality_codes),
                lan=list(entry.county_codes),
                utgivare=entry.issuer,
                typ=entry.doc_type,
                rad=row,
                forsta_rad=first_row,
                post=_bytes(stored),
            )
            if entry.year is not None:
                document.add_integer("ar", entry.year)
            self._writer.add_document(document)

    def remove(self, document_id: str) -> None:
        """Removes a document's passages and its note."""
        self._writer.delete_documents_by_term("dokument", document_id)

    def commit(self) -> None:
        """Makes what was done since the last commit seen, all of it or nothing."""
        self._writer.commit()

    def close(self) -> None:
        """Lets go; what was not committed is forgotten."""
        self._writer.wait_merging_threads()


def terms_of(entry: Entry) -> str:
    """The terms that an entry is found by, with spaces between them."""
    return " ".join([*act_terms(entry.text), *map(_terms_of_word, words(f"{entry.frame} {entry.text}"))])


@lru_cache(maxsize=1 << 17)
def _terms_of_word(word: str) -> str:
    return " ".join(index_terms(word))


def _bytes(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _text(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def _schema() -> Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("termer", tokenizer_name="whitespace", index_option="freq")
    for name in ("slag", "stycke", "dokument"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("kommun", "lan", "utgivare", "typ"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("ar", "rad", "forsta_rad"):
        builder.add_integer_field(name, indexed=name != "forsta_rad", fast=True)
    builder.add_bytes_field("post", stored=True, indexed=False)
    return builder.build()
