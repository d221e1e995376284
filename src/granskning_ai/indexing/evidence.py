"""How well a passage's own words answer a question: which of the words it has, and whether a sentence has the answer.

Words are looked for by their stems, inside compounds too, in the text as it stands: it takes a few microseconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from granskning_ai.swedish.compounds import compound_parts
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import stem, words

_INSIDE = 5
"""Stems of this many letters are looked for inside words, shorter ones only where a word begins."""

_SYNONYM = 0.7
_PART = 0.6

_NUMBER = (
    r"(?:\d[\d ]*(?:[.,]\d+)?|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tjugo|hälften|tredjedel|ingen|inga"
    r"|samtliga|alla|flera|flertalet|majoriteten)"
)
_MONTH = "(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of the question: what it weighs, and the forms that count for it, the best first."""

    weight: float
    forms: tuple[tuple[float, str], ...]

    def found_in(self, text: str) -> float:
        """How surely the word, in some form, stands in the text (as `spaced` gives it), from 0 to 1."""
        return next((worth for worth, form in self.forms if form in text), 0.0)


def spaced(text: str) -> str:
    """The text's words in lower case, each with a space before it."""
    return " " + " ".join(words(text))


def wanted(
    asked: Sequence[str], synonyms: Mapping[str, Sequence[str]], rarity: Callable[[str], float]
) -> tuple[Wanted, ...]:
    """The question's words as they are looked for; a rare word (by its stem) weighs more."""
    found = []
    for word in asked:
        forms = [(1.0, _form(stem(word)))]
        forms += [(_SYNONYM, _form(stem(other))) for other in synonyms.get(word, ())]
        parts = compound_parts(word)
        forms += [(_PART, _form(stem(part))) for part in (parts if len(parts) > 1 else ())]
        found.append(Wanted(rarity(stem(word)), tuple(forms)))
    return tuple(found)


def coverage(text: str, wanted_words: Sequence[Wanted]) -> float:
    """The share of the question that the text (as `spaced` gives it) has, by weight."""
    total = sum(word.weight for word in wanted_words)
    return sum(word.weight * word.found_in(text) for word in wanted_words) / total if total else 0.0


def answering(text: str, wanted_words: Sequence[Wanted], kinds: Sequence[re.Pattern[str]]) -> float:
    """The best coverage of a sentence that has what an answer to such a question has; 0 without a kind."""
    if not kinds:
        return 0.0
    pieces = (text[start:end].lower() for start, end in sentences(text))
    shown = ((sum(bool(kind.search(piece)) for kind in kinds) / len(kinds), piece) for piece in pieces)
    return max((share * coverage(spaced(piece), wanted_words) for share, piece in shown if share), default=0.0)


def kinds_of_answer(question: str) -> tuple[re.Pattern[str], ...]:
    """What a sentence with the answer has, for each way in which the question (normalised) is put."""
    return tuple(shows for asks, shows in _kinds() if asks.search(question))


def rarity(count: int, among: int) -> float:
    """What a word weighs that stands in `count` passages of `among`."""
    return math.log(1 + among / (1 + count))


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    text = files("granskning_ai.indexing").joinpath("data/svarsslag.txt").read_text(encoding="utf-8")
    lines = [line.replace("TAL", _NUMBER).replace("MÅNAD", _MONTH) for line in text.splitlines()]
    patterns = [re.compile(line) for line in lines if line and not line.startswith("#")]
    return tuple(zip(patterns[::2], patterns[1::2], strict=True))


def _form(form: str) -> str:
    return form if len(form) >= _INSIDE else f" {form}"
