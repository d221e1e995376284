"""Audit topics: what a question or recommendation is about. The words are data (data/topics.yml)."""

from __future__ import annotations

import re
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.model import Topic


@cache
def _patterns() -> tuple[tuple[Topic, tuple[tuple[re.Pattern[str], int], ...]], ...]:
    return tuple(
        (Topic(name), tuple((re.compile(pattern), weight) for pattern, weight in patterns))
        for name, patterns in load_yaml("topics.yml").items()
    )


def topic_of(text: str) -> Topic:
    """The topic whose words weigh most in `text`; `Topic.OTHER` where none stands in it.

    >>> topic_of("Är de resurser som tilldelats tillräckliga för att nå målen?").value
    'resources'
    """
    lowered = text.lower()
    scores = [(sum(w for p, w in patterns if p.search(lowered)), topic) for topic, patterns in _patterns()]
    best = max(score for score, _ in scores)
    return next(topic for score, topic in scores if score == best) if best >= 2 else Topic.OTHER
