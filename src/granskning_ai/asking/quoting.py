"""Answers in the documents' own words: the sentences of the found passages that have most of what is asked for.

Whether the passages answer at all is decided by the question's own words: how many of those that carry meaning stand
together in a sentence or two. A passage that merely resembles the question is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.asking.answers import Draft
from granskning_ai.asking.data_files import load
from granskning_ai.asking.matching import Words
from granskning_ai.asking.material import Hit, Material, name_of
from granskning_ai.asking.phrases import fits
from granskning_ai.asking.scope import Scope, described
from granskning_ai.asking.understanding import Understanding
from granskning_ai.asking.wording import listed, quoted
from granskning_ai.swedish.language import sentences

_HITS = 20
_LIGHT = 0.3
"""The weight of a word that asks more than it tells ('hände'), against 1 for others."""

_ENOUGH = 0.6
"""How much of the question's weight the quoted sentences must have."""

_ENOUGH_AROUND = 0.75
"""How much the whole passage with its headings must have, where the sentences have less."""

_AT_LEAST = 0.4

_SECOND = 0.97
"""A second quote is given where it fits about as well as the first."""

_LONGEST_LIST = 700

_LEANS = re.compile(
    r"(?:Den|Det|De|Dessa|Denna|Detta|Hon|Han|Där|Då|Dess|Deras|Samma|Sådana|Båda|Gruppen|Rådet|Planen|Lösningen)\b"
)
"""A sentence that begins so means something in the one before, which is then quoted with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A stretch of one to three sentences in a passage, and how well it fits."""

    hit: Hit
    start: int
    end: int
    score: float
    cover: float
    around: float

    @property
    def is_answer(self) -> bool:
        """Whether it has enough of what is asked for."""
        return self.cover >= _ENOUGH or (self.cover >= _AT_LEAST and self.around >= _ENOUGH_AROUND)


def quote_passages(u: Understanding, scope: Scope, material: Material, draft: Draft) -> bool:
    """Quotes what answers the question; says false where nothing does."""
    words = Words([word for word in u.words if len(word) > 1])
    if not len(words):
        return False
    best = _best(u, words, material, scope.ids)
    if not best and u.municipalities:
        best = _elsewhere(u, words, material)
    if not best:
        return False
    kept = [quote for quote in best[1:] if quote.score >= _SECOND * best[0].score and not _same(quote, best[0])][:1]
    for quote in (best[0], *kept):
        _say(quote, material, draft)
    return True


def _best(
    u: Understanding, words: Words, material: Material, documents: Collection[str] | None
) -> list[Quote]:
    hits = material.searcher.search(u.query, documents=documents, count=_HITS)
    years = frozenset(str(year) for year in u.years if len(u.years) <= 3)
    weights = _weights(words, hits)
    shows = _shows(u.query)
    quotes = [
        quote for rank, hit in enumerate(hits) for quote in _quotes(hit, rank, words, weights, shows, years)
    ]
    return sorted((quote for quote in quotes if quote.is_answer), key=lambda quote: -quote.score)


def _elsewhere(u: Understanding, words: Words, material: Material) -> list[Quote]:
    """What documents about no single municipality say of the one that is named; its name must stand in the quote."""
    others = [key for key, summary in material.summaries.items() if len(summary.metadata.municipality_codes) != 1]
    if not others:
        return []
    names = Words([name_of(code).lower() for code in u.municipalities])
    found = _best(u, words, material, others)
    return [quote for quote in found if names.found_in(_text(quote))]


def _weights(words: Words, hits: Sequence[Hit]) -> dict[str, float]:
    """Rare words weigh more, words that ask more than they tell hardly anything."""
    texts = [words.found_in(hit.text) for hit in hits]
    weights = {}
    for word in words.wanted:
        share = sum(word in found for found in texts) / (len(texts) or 1)
        light = any(fits(word, pattern) for pattern in load("answering.yml")["light"])
        weights[word] = _LIGHT if light else 1.5 - 0.5 * share
    return weights


def _quotes(
    hit: Hit, rank: int, words: Words, weights: dict[str, float], shows: re.Pattern[str] | None, years: frozenset[str]
) -> list[Quote]:
    total = sum(weights.values())
    around = _weight(words.found_in(f"{hit.section} {hit.text}"), weights) / total
    if around < _AT_LEAST:
        return []
    spans = _sentences(hit.text)
    found: list[Quote] = []
    for first in range(len(spans)):
        for count in (1, 2):
            if first + count > len(spans):
                break
            start, end = spans[first][0], spans[first + count - 1][1]
            text = hit.text[start:end]
            cover = _weight(words.found_in(text), weights) / total
            score = cover + 0.25 * around - 0.02 * rank - 0.06 * (count - 1)
            score += 0.2 if shows and shows.search(text.lower()) else 0.0
            score += 0.1 if years and any(year in text for year in years) else 0.0
            start, end = _completed(hit.text, spans, first, first + count - 1)
            found.append(Quote(hit=hit, start=start, end=end, score=score, cover=cover, around=around))
    return found


def _weight(found: Collection[str], weights: dict[str, float]) -> float:
    return sum(weights[word] for word in found)


def _completed(text: str, spans: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """With the sentence that the first one leans on, and the list that the last one leads in."""
    if first > 0 and _LEANS.match(text, spans[first][0]):
        first -= 1
    start = spans[first][0]
    if text[: spans[last][1]].endswith(":"):
        while last + 1 < len(spans) and spans[last + 1][1] - start <= _LONGEST_LIST:
            last += 1
    return start, spans[last][1]


def _sentences(text: str) -> list[tuple[int, int]]:
    return list(sentences(text))


@cache
def _kinds() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    return [(re.compile(k["first"]), re.compile(k["shows"])) for k in load("answering.yml")["kinds"]]


def _shows(question: str) -> re.Pattern[str] | None:
    """What a sentence with the answer to a question of this kind has: a number, a time, a reason."""
    return next((shows for first, shows in _kinds() if first.search(question.lower().strip())), None)


def _same(one: Quote, other: Quote) -> bool:
    overlap = one.hit.document_id == other.hit.document_id and (
        one.hit.start + one.start < other.hit.start + other.end and other.hit.start + other.start < one.hit.start + one.end
    )
    return overlap or " ".join(_text(one).split()) == " ".join(_text(other).split())


def _text(quote: Quote) -> str:
    return quote.hit.text[quote.start : quote.end]


def _say(quote: Quote, material: Material, draft: Draft) -> None:
    summary = material.summaries[quote.hit.document_id]
    evidence = material.document(summary.id).cite(quote.hit.start + quote.start, quote.hit.start + quote.end)
    codes = summary.metadata.municipality_codes
    draft.about(*codes)
    names = listed([name_of(code) for code in codes]) or summary.metadata.region
    draft.paragraph(f"{names or summary.source.name} ({described(summary)}): {quoted(evidence.quote)} {draft.cite(evidence)}")
