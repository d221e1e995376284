"""Which findings a question means: those that fit most of what it names, and at least half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.phrases import PhraseBook, tokens_of
from granskning_ai.asking.question.understanding import Understanding
from granskning_ai.asking.reply.matching import Words
from granskning_ai.model import Topic

Item = TypeVar("Item")

Criterion = Callable[[str, Topic | None], bool]
"""Whether a finding, by its text and its topic, is what one part of the question asks for."""


def criteria_of(u: Understanding, lexicon: Lexicon) -> list[Criterion]:
    """What a question asks of a finding: one criterion for each requirement, topic and remaining word."""
    criteria: list[Criterion] = [_about_requirement(key, lexicon) for key in u.requirements]
    criteria += [_on_topic(topic, lexicon) for topic in u.topics]
    return [*criteria, *with_words(u.words)]


def with_words(words: Sequence[str]) -> list[Criterion]:
    """One criterion for each word."""
    return [_with_word(word) for word in words]


def select(
    items: Sequence[Item],
    criteria: Sequence[Criterion],
    text: Callable[[Item], str],
    topic: Callable[[Item], Topic | None],
) -> list[Item]:
    """The items that fit the most criteria, if that is at least half of them; all where there are none."""
    if not criteria:
        return list(items)
    scores = [sum(fits(text(item), topic(item)) for fits in criteria) for item in items]
    best = max(scores, default=0)
    if best == 0 or 2 * best < len(criteria):
        return []
    return [item for item, score in zip(items, scores, strict=True) if score == best]


def _about_requirement(key: str, lexicon: Lexicon) -> Criterion:
    book = lexicon.one_requirement.get(key, PhraseBook({}))

    def fits(text: str, topic: Topic | None) -> bool:
        return bool(book.find([token.low for token in tokens_of(text)]))

    return fits


def _on_topic(wanted: Topic, lexicon: Lexicon) -> Criterion:
    book = lexicon.one_topic.get(wanted.value, PhraseBook({}))

    def fits(text: str, topic: Topic | None) -> bool:
        return topic is wanted or bool(book.find([token.low for token in tokens_of(text)]))

    return fits


def _with_word(word: str) -> Criterion:
    words = Words([word])

    def fits(text: str, topic: Topic | None) -> bool:
        return bool(words.found_in(text))

    return fits
