"""Scales that a report states itself: first the scale is read, then what stands on it.

'Skalan är Betryggande (3), Utvecklingsbar (2) och Svag (1)' gives three steps; the upper is `yes`, the lower `no`, what
lies between has its place in the order. A scale of which nobody can tell which end is the better one is not used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from granskning_ai.model import Verdict
from granskning_ai.swedish.verdict_clauses import Reading
from granskning_ai.swedish.verdict_words import lowered, pattern, squeezed
from granskning_ai.swedish.verdicts import read_answer

_BY_SIZE = {
    2: (Verdict.YES, Verdict.NO),
    3: (Verdict.YES, Verdict.PARTLY, Verdict.NO),
    4: (Verdict.YES, Verdict.LARGELY, Verdict.PARTLY, Verdict.NO),
    5: (Verdict.YES, Verdict.LARGELY, Verdict.PARTLY, Verdict.NO, Verdict.NO),
}
"""What each step means, the best first, by how many steps there are."""

_STEP = re.compile(
    r"^(?:(?:nivå |steg )?(?P<before>\d)\s*[=:–-]?\s*)?(?P<words>[^\d()=:]{2,40}?)\s*(?:[(=]\s*(?P<after>\d)\s*\)?)?$"
)
_BETWEEN = re.compile(r"\s*(?:[,;/]|\boch\b|\bsamt\b|\beller\b|\btill\b|[–—]| - )\s*")
_LONGEST_STEP = 4
"""Words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a scale: its words, the figure that stands for it (if any) and what it means."""

    words: str
    figure: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The steps of a stated scale; without steps it reads nothing."""

    steps: tuple[Step, ...] = ()

    def read(self, text: str) -> Reading | None:
        """Reads an answer that begins with a step ('Svag. …', '3') or says that something is one ('är svag')."""
        low = lowered(squeezed(text)).strip(" .")
        label = pattern("answer_label").match(low)
        low = low[label.end() :].strip() if label else low
        for step in sorted(self.steps, key=lambda step: -len(step.words)):
            named = re.escape(step.words)
            figure = rf"|(?:nivå |betyg )?{step.figure}(?!\d| ?%)" if step.figure else ""
            stands = re.match(rf"(?:{named}{figure})(?=$|\s*[.,;:(–-])", low)
            said = re.search(
                rf"\b(?:är|bedöms(?: som| vara)?|anses(?: vara)?|som|vara)\s+{named}(?=$|\s*[.,;:(–])", low
            )
            if stands or said:
                return Reading(verdict=step.verdict, words=step.words, rule="rapportens egen skala")
        return None


def stated_scale(text: str) -> Scale:
    """The scale that a text states in a sentence; an empty one where it states none."""
    for match in pattern("scale_lead").finditer(lowered(squeezed(text))):
        scale = _scale(_BETWEEN.split(match["steps"].strip()))
        if scale.steps:
            return scale
    return Scale()


def _scale(parts: list[str]) -> Scale:
    matches = [_STEP.match(part.strip()) for part in parts if part.strip()]
    found = [(m["words"].strip(), m["before"] or m["after"] or "") for m in matches if m]
    if len(found) != len(matches) or len(found) not in _BY_SIZE:
        return Scale()
    if any(len(words.split()) > _LONGEST_STEP for words, _ in found):
        return Scale()
    if _is_worst_first([words for words, _ in found]):
        found.reverse()
    elif not _is_worst_first([words for words, _ in reversed(found)]):
        return Scale()
    meanings = _BY_SIZE[len(found)]
    return Scale(
        steps=tuple(
            Step(words=words, figure=figure, verdict=meaning)
            for (words, figure), meaning in zip(found, meanings, strict=True)
        )
    )


def _is_worst_first(words: list[str]) -> bool:
    """Whether the first step is surely bad or the last surely good."""
    return _tone(words[0]) is Verdict.NO or _tone(words[-1]) is Verdict.YES


def _tone(words: str) -> Verdict | None:
    if pattern("poor_step").fullmatch(words):
        return Verdict.NO
    if pattern("good_step").fullmatch(words):
        return Verdict.YES
    reading = read_answer(words)
    return reading.verdict if reading else None
