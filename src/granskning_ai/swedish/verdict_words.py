"""The words of audit verdicts (data/verdicts.yml) and how they hang together: marks, and the level each stands on.

A sentence is read once, from left to right, into marks: words of degree, negations, predicates, words that open a
subordinate clause. In 'nämnden delvis har säkerställt att barn inte far illa' the word 'inte' stands one level down.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

VERBAL = frozenset({"verb", "can", "wish", "does", "did", "lacks", "act", "exist"})
DEGREE = frozenset({"partly", "largely", "fully", "neg"})
LIGHT = DEGREE | {"noise", "limited"}
BAD = frozenset({"negative", "lacks", "defect"})
CERTAINTY = frozenset({"undetermined", "assurance", "no_defect"})
FULL = CERTAINTY | BAD | {"does", "strong", "enough"}
"""Predicates that are a verdict by themselves."""
EMPTY = frozenset({"weak", "did", "act", "exist", "thing", "state"})
"""Predicates that say little by themselves; a full one in the same clause wins over them."""
COPULA = frozenset({"är", "var", "varit", "vara", "blir", "blivit"})
OPEN_ENDED = frozenset({"trots", "oaktat", "liksom", "såsom", "sedan"})
"""Openers that need no verb of their own ('trots vissa brister')."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word or phrase with its part in the grammar; `depth` counts the subordinate clauses that it stands in."""

    tag: str
    text: str
    start: int
    end: int
    depth: int = 0


@cache
def _data() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(
        files("granskning_ai.swedish").joinpath("data/verdicts.yml").read_text(encoding="utf-8")
    )
    return raw


def _alternatives(entry: str | list[str]) -> str:
    joined = entry if isinstance(entry, str) else "|".join(entry)
    for name, words in _data()["macros"].items():
        joined = joined.replace(f"{{{name}}}", words)
    return joined


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The compiled entry `name` of the data; it matches whole words only."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(_data()[name])})(?!\w)")


@cache
def _scanner() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{tag}>{_alternatives(entry)})" for tag, entry in _data()["marks"].items())
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)|(?P<stop>[,;:()–—]|(?<= )-(?= ))|(?P<slash>/)|(?P<word>\w+)")


def squeezed(text: str) -> str:
    """The text with single blanks, so that no pattern needs a repeated blank (slow on long runs of them)."""
    return " ".join(text.split())


def lowered(text: str) -> str:
    """The text in lower case and of the same length, which `str.lower` does not promise ('İ')."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def marks_of(text: str) -> list[Mark]:
    """The marks of a text that is squeezed and in lower case."""
    marks = [
        Mark(tag=match.lastgroup or "word", text=match.group(), start=match.start(), end=match.end())
        for match in _scanner().finditer(text)
    ]
    for index, mark in enumerate(marks):
        if mark.tag in ("word", "verb") and pattern("state").fullmatch(mark.text):
            previous = _before(marks, index)
            if previous is not None and previous.text in COPULA:
                marks[index] = replace(mark, tag="state")
    return marks


def is_verbal(mark: Mark) -> bool:
    """Whether the mark is a verb of the main level."""
    return mark.tag in VERBAL and mark.depth == 0


def levels(marks: Sequence[Mark]) -> list[Mark]:
    """The marks with their depth. A word like 'som' opens a level; the second finite verb after it closes the level.

    'de insatser som görs inte är tillräckliga': 'görs' is the relative clause's verb, so 'inte är' is the main one's.
    """
    leveled = list(marks)
    has_verb = [False]
    infinitive_at = -1
    for index, mark in enumerate(leveled):
        if mark.tag == "opener":
            if _introduces_complement(leveled, index):
                has_verb = [True]
            else:
                if len(has_verb) > 1 and has_verb[-1] and index and leveled[index - 1].tag == "and":
                    has_verb.pop()
                has_verb.append(mark.text in OPEN_ENDED)
                if starts_infinitive(leveled, index):
                    has_verb[-1], infinitive_at = True, index + 1
        elif index != infinitive_at and _is_verb(leveled, index):
            if len(has_verb) > 1 and has_verb[-1] and _is_finite(leveled, index):
                while len(has_verb) > 1 and has_verb[-1]:
                    has_verb.pop()
                _lift(leveled, index, len(has_verb) - 1)
            has_verb[-1] = True
        leveled[index] = replace(mark, depth=len(has_verb) - 1)
    return leveled


def _lift(leveled: list[Mark], index: int, depth: int) -> None:
    """Takes the adverbs that stand right before a main verb up to its level."""
    light = LIGHT | {"stop", "manner", "enough"}
    while index and (leveled[index - 1].tag in light or leveled[index - 1].text == "sätt"):
        index -= 1
        leveled[index] = replace(leveled[index], depth=min(depth, leveled[index].depth))


def _introduces_complement(marks: Sequence[Mark], index: int) -> bool:
    """Whether 'som' introduces what something is judged as.

    'bedömer vi som i huvudsak tillräcklig'; also 'har en plan som är ändamålsenlig', where the judgement stands in the
    relative clause.
    """
    following = [mark for mark in marks[index + 1 : index + 8] if mark.tag not in LIGHT]
    if marks[index].text != "som" or not following:
        return False
    if following[0].text in COPULA and _has_before(marks, index):
        following = following[1:]
        return bool(following) and following[0].tag in ("strong", "negative")
    return following[0].tag in ("strong", "negative", "weak", "need")


def _has_before(marks: Sequence[Mark], index: int) -> bool:
    """Whether what is had or exists stands right before 'som' ('har en plan som', 'finns rutiner som')."""
    verb = next((i for i in range(index - 1, -1, -1) if marks[i].tag in VERBAL), None)
    return verb is not None and index - verb <= HAD and marks[verb].text in ("har", "finns")


HAD = 4
"""How many words what is had may take before 'som'."""


def starts_infinitive(marks: Sequence[Mark], index: int) -> bool:
    """Whether the 'att' at `index` opens an infinitive phrase ('att säkerställa'), not a clause ('att nämnden har')."""
    following = next((mark for mark in marks[index + 1 : index + 3] if mark.tag not in LIGHT), None)
    if following is None or not marks[index].text.endswith("att"):
        return False
    return pattern("infinitive").fullmatch(following.text.split()[0]) is not None


def _before(marks: Sequence[Mark], index: int) -> Mark | None:
    """The mark before `index`, adverbs left out (at most a handful of them)."""
    return next((marks[i] for i in range(index - 1, max(index - 7, -1), -1) if marks[i].tag not in LIGHT), None)


def _is_verb(marks: Sequence[Mark], index: int) -> bool:
    """Whether the mark is a verb; an unknown word is where it follows 'som' ('som arbetar', 'som inte omfattas')."""
    mark = marks[index]
    if mark.tag in VERBAL | {"undetermined"}:
        return True
    if mark.tag != "word" or re.fullmatch(r"\w+(?:r|s|de|te|t)", mark.text) is None:
        return False
    previous = _before(marks, index)
    return previous is not None and previous.text in ("som", "vilken", "vilket", "vilka")


def _is_finite(marks: Sequence[Mark], index: int) -> bool:
    """Whether a verb begins a clause of its own: no infinitive, no participle, not joined to the verb before it."""
    previous = _before(marks, index)
    return (previous is None or previous.tag not in ("and", "can", "wish")) and is_finite_form(marks[index])


def is_finite_form(mark: Mark) -> bool:
    """Whether a verb has a form that carries a clause ('säkerställer', not 'säkerställt')."""
    return pattern("finite").fullmatch(mark.text.split()[0]) is not None
