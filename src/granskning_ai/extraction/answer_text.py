"""Reading the verdict of a stretch of text that is known to answer something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.structure import Placed, Sentence
from granskning_ai.model import Verdict
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import content_stems
from granskning_ai.swedish.verdict_scales import Scale
from granskning_ai.swedish.verdicts import (
    Reading,
    is_assessment,
    read_answer,
    read_clause,
    read_sentence,
)

SPLIT = "delat svar: en del av frågan är uppfylld, en annan inte helt"
"""The rule of a reading that sums up parts which were judged differently."""

_GOOD = frozenset({Verdict.YES, Verdict.LARGELY})
_ORDER = (Verdict.YES, Verdict.LARGELY, Verdict.PARTLY, Verdict.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The verdict on a question: its reading, the words in the document, and how the two were tied."""

    reading: Reading
    text: str
    start: int
    end: int
    tie: str


def summed(parts: Sequence[tuple[str, Reading]]) -> Reading | None:
    """One verdict for parts that were judged by themselves; each stays visible in the words, with what it is about."""
    readings = [reading for _, reading in parts]
    verdicts = {reading.verdict for reading in readings}
    if len(verdicts) < 2:
        return readings[0] if readings else None
    words = " … ".join(reading.words for reading in readings)
    if verdicts <= _GOOD:
        return next(reading for reading in readings if reading.verdict is Verdict.LARGELY)
    return Reading(verdict=Verdict.PARTLY, words=words[:120], rule=SPLIT)


def read_labelled(text: str, scale: Scale) -> Reading | None:
    """The verdict of a text that is labelled as an assessment: its first sentence needs no 'vi bedömer'."""
    graded = scale.read(text)
    if graded:
        return graded
    spans = sentences(text)
    readings = [next((r for _, r in read_sentence(text[a:b])), None) or read_clause(text[a:b]) for a, b in spans]
    first = readings[0] if readings else None
    # That something is not so may be the grounds; as an assessment, or with a word of grade, it is a second verdict.
    graded_later = (
        r
        for r, (a, b) in zip(readings[1:], spans[1:], strict=True)
        if r and (r.rule in ("gradord", "nekat heltord") or (r.rule == "nekat omdöme" and is_assessment(text[a:b])))
    )
    later = next(graded_later, None)
    if first and later and first.verdict in _GOOD and later.verdict not in _GOOD:
        return summed([(text, first), (text, later)])
    return first


def read_stated(text: str, scale: Scale) -> Reading | None:
    """The verdict of an answer's cell, or of what follows 'Svar:'."""
    return scale.read(text) or read_answer(text)


def first_sentence(text: str) -> int:
    """Where the first sentence of a text ends."""
    spans = sentences(text)
    return spans[0][1] if spans else len(text)


def label_length(item: Placed) -> int:
    """How long the label is that makes a paragraph an assessment ('Bedömning: …'); 0 where it has none."""
    label = phrase("answer_label").match(item.block.text)
    return label.end() if label else 0


def is_own_assessment(sentence: Sentence) -> bool:
    """Whether the one who writes assesses here; what interviewees or a board think is not the auditor's word."""
    return is_assessment(sentence.text) and not phrase("reported").search(sentence.text)


def echo(question: str, text: str) -> float:
    """How much of the question's content a text repeats, or how much of a short text is out of the question, 0-1."""
    asked, said = set(content_stems(question)), set(content_stems(text))
    if not asked or not said:
        return 0.0
    recall = sum(_has(stem, said) for stem in asked) / len(asked)
    precision = sum(_has(stem, asked) for stem in said) / len(said)
    return max(recall, precision if len(said) <= SHORT else 0.0)


def asks_existence(question: str) -> bool:
    """'Finns det …?' and 'Det finns …' ask whether something exists."""
    return phrase("existence").match(question) is not None


def is_open(question: str) -> bool:
    """'Hur …?' and 'Vilka …?' ask for facts; that a fact is told is no verdict."""
    return phrase("open_question").match(question) is not None


SHORT = 4
"""How many words of content a clause may have that only takes the question up again ('att det prövas')."""


def _has(stem: str, stems: set[str]) -> bool:
    return stem in stems or (len(stem) >= 5 and any(other.startswith(stem[:6]) or stem in other for other in stems))
