"""Which findings a question means: those that fit most of what it names, and at least half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.phrases import PhraseBook, tokens_of
from granskning_ai.asking.question.understanding import Understanding
from granskning_ai.asking.reply.matching import FAMILY, Words
from granskning_ai.model import Topic

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a finding says, its topic, and what the document that it stands in is about."""

    text: str = ""
    topic: Topic | None = None
    subject: str = ""


Criterion = Callable[[Said], bool]
"""Whether a finding is what one part of the question asks for."""


def criteria_of(u: Understanding, lexicon: Lexicon) -> list[Criterion]:
    """What a question asks of a finding: one criterion for each requirement, topic and remaining word."""
    criteria: list[Criterion] = [_about_requirement(key, lexicon) for key in u.requirements]
    criteria += [_on_topic(topic, lexicon) for topic in u.topics]
    return [*criteria, *with_words(u.words)]


def with_words(words: Sequence[str]) -> list[Criterion]:
    """One criterion for each word."""
    return [_with_word(word) for word in words]


def select(items: Sequence[Item], criteria: Sequence[Criterion], said: Callable[[Item], Said]) -> list[Item]:
    """The items that fit the criteria best, if they fit at least half of them; all where there are no criteria.

    What few items fit tells more than what many do: 'ny belysning i gångtunneln' is about the tunnel.
    """
    if not criteria:
        return list(items)
    fitting = [[fits(said(item)) for fits in criteria] for item in items]
    weights = [1 / (sum(column) or 1) for column in zip(*fitting, strict=True)]
    enough = [2 * sum(row) >= len(criteria) for row in fitting]
    scores = [sum(w for w, fits in zip(weights, row, strict=True) if fits) for row in fitting]
    best = max((score for score, is_enough in zip(scores, enough, strict=True) if is_enough), default=0.0)
    return [item for item, score in zip(items, scores, strict=True) if score == best] if best else []


def _about_requirement(key: str, lexicon: Lexicon) -> Criterion:
    book = lexicon.one_requirement.get(key, PhraseBook({}))
    return lambda said: _has(book, said.text)


def _on_topic(wanted: Topic, lexicon: Lexicon) -> Criterion:
    book = lexicon.one_topic.get(wanted.value, PhraseBook({}))
    return lambda said: said.topic is wanted or _has(book, said.text)


def _has(book: PhraseBook, text: str) -> bool:
    return bool(book.find([token.low for token in tokens_of(text)]))


def _with_word(word: str) -> Criterion:
    """Advice of an audit of home care is on home care, whether it says so or not."""
    words = Words([word])

    def fits(said: Said) -> bool:
        found = words.found_in(f"{said.subject} {said.text}")
        return all(found.get(part, 0.0) >= FAMILY for part in words.wanted)

    return fits
