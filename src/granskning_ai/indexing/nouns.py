"""What goes into the index and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from granskning_ai.swedish.filters import Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A passage as the index holds it.

    `text` is the document's from `start` to `end`. `frame` is what it is found by beside its own words: the
    document's title, municipality and year, its heading path, its table's header or its list's lead-in.
    """

    id: str
    document_id: str
    file_name: str
    page: int
    start: int
    end: int
    section: str
    text: str
    frame: str
    title: str
    doc_type: str
    issuer: str
    municipality_codes: tuple[str, ...] = ()
    county_codes: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that search found; `highlights` are the spans in `text` of the words that were asked for."""

    passage_id: str
    document_id: str
    file_name: str
    page: int
    start: int
    end: int
    section: str
    text: str
    title: str
    doc_type: str
    issuer: str
    municipality_codes: tuple[str, ...]
    year: int | None
    score: float
    highlights: tuple[tuple[int, int], ...] = ()
    repeated_in: tuple[str, ...] = ()
    """The ids of documents in which a passage of (nearly) the same words was found, and left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """A page of hits, best first; `total` counts the passages that were weighed against each other.

    `facets` counts those passages by field ('municipality', 'county', 'year', 'issuer', 'doc_type') and value.
    `understood` is what the words of the question were taken to point out.
    """

    hits: tuple[Hit, ...]
    total: int
    understood: Filter
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How an index differs from the store, by document id."""

    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.surplus)


def drift(held: Mapping[str, str], wanted: Mapping[str, str]) -> Drift:
    """Compares what an index holds with what it should hold: the version of each document by its id."""
    return Drift(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        outdated=tuple(sorted(id for id in wanted.keys() & held.keys() if wanted[id] != held[id])),
        surplus=tuple(sorted(held.keys() - wanted.keys())),
    )
