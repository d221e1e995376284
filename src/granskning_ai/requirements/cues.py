"""The words that tell what a sentence is: read from data/cues.yml, compiled once."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import yaml

THING = "‹T›"
"""Stands in a clause where the requirement's thing is named, so that one pattern serves every requirement."""

_PHRASE_BREAK = (
    r"i|av|utav|till|inför|utöver|bland|för|mellan|utifrån|med|kring|enligt|från|på|inom|som|ur|mot|vid|genom|efter|"
    r"över|hos|gällande|avseende|att|hur|när|där|vilka|vilken|vilket|vad|huruvida|och\s+(?:har|är|finns|saknas)"
)
_PARTICIPLE = r"(?!ett\b|nytt\b|gott\b|\w+(?:lt|gt|nt|skt)\b)\w+(?:at|ats|it|its|tt|ts)\b"
_GAPS = {
    # words of the same noun phrase: no preposition and no subordinator between
    "{g}": rf"(?:,?\s+(?!(?:{_PHRASE_BREAK}|om)\b)[^\s,;:‹›]+){{0,7}}?",
    # the same, and no verb either
    "{n}": rf"(?:\s+(?!(?:{_PHRASE_BREAK}|om|ska|skall|bör|har|är|kommer|kan)\b)[^\s,;:‹›]+){{0,3}}?",
    # 'har' as a full verb: no participle between, which would make it an auxiliary
    "{h}": rf"(?:,?\s+(?!(?:{_PHRASE_BREAK})\b|{_PARTICIPLE})[^\s,;:‹›]+){{0,7}}?",
    # any few words up to a subordinate clause
    "{w}": r"(?:\s+(?!(?:som|att)\b)[^\s,;‹›]+){0,9}?",
    "{s}": r"(?:\s+(?!(?:som|att|för att)\b)[^\s,;‹›]+){0,4}?",
}


@cache
def _raw() -> dict[str, list[str]]:
    text = files("granskning_ai.requirements").joinpath("data/cues.yml").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.safe_load(text)
    return loaded


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of a list in data/cues.yml."""
    joined = "|".join(f"(?:{pattern})" for pattern in _raw()[name])
    for gap, pattern in _GAPS.items():
        joined = joined.replace(gap, pattern)
    return re.compile(joined)


def shows(name: str, text: str) -> bool:
    """Whether `text` has the cue."""
    return _shows(name, text)


@lru_cache(maxsize=65536)
def _shows(name: str, text: str) -> bool:
    return cue(name).search(text) is not None
