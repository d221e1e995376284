"""Answers that stand under their question: from where it is repeated to where the next one begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from granskning_ai.extraction.answer_text import (
    Answer,
    asks_existence,
    echo,
    first_sentence,
    is_open,
    is_own_assessment,
    label_length,
    read_labelled,
    read_stated,
    summed,
)
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.questions import Asked, by_number, find_asked
from granskning_ai.extraction.structure import PROSE, Placed, Sentence, block_sentences, role_of
from granskning_ai.model import BlockKind
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.verdict_scales import Scale
from granskning_ai.swedish.verdicts import Reading, assessed_clause, read_assertion, read_clause, read_sentence

ECHOES = 0.5
"""From this share of the question's content a sentence under it is taken to answer it without saying who judges."""

_ANSWERING = frozenset({"assessment", "overall_assessment", "observations"})
"""Roles of headings that go on with the question over them."""


@dataclass(slots=True, kw_only=True)
class Span:
    """What stands under a repeated question: its blocks, the first perhaps after the question itself."""

    index: int
    items: list[tuple[Placed, int]] = field(default_factory=list)
    """Each block with the offset in its text from which it belongs to the answer."""


def answers_below(placed: list[Placed], asked: list[Asked], scale: Scale, *, explicit_only: bool) -> dict[int, Answer]:
    """The answer that stands under each question; with `explicit_only` only those that are labelled as such."""
    answers: dict[int, Answer] = {}
    for span in spans(placed, asked):
        answer = _answer(span, asked[span.index].text, scale, explicit_only=explicit_only)
        if answer and span.index not in answers:
            answers[span.index] = answer
    return answers


# --- Where a question is repeated ---


def spans(placed: list[Placed], asked: list[Asked]) -> Iterator[Span]:
    """The stretches under repeated questions, in reading order."""
    texts = [item for item in placed if item.block.kind in PROSE or item.block.kind is BlockKind.HEADING]
    marks = [_mark(item, asked) for item in texts]
    span: Span | None = None
    over: Placed | None = None
    for at, item in enumerate(texts):
        mark = marks[at]
        if mark is not None:
            if span and span.items:
                yield span
            index, rest = mark
            around = [marks[i] for i in (at - 1, at + 1) if 0 <= i < len(texts)]
            numbered = _numbered(item.block.text, asked) is not None
            listed = not rest and item.block.kind is not BlockKind.HEADING and any(m and not m[1] for m in around)
            repeats = not listed and (numbered or _repeats(item, asked[index]))
            span, over = (Span(index=index), item) if repeats else (None, None)
            if span and rest:
                span.items.append((item, rest))
        elif span and over:
            if item.block.kind is BlockKind.HEADING and _ends(item, over):
                if span.items:
                    yield span
                span = None
            else:
                span.items.append((item, 0))
    if span and span.items:
        yield span


def _mark(item: Placed, asked: list[Asked]) -> tuple[int, int] | None:
    """The question that a block repeats, and where in the block its answer begins (0: in the next block)."""
    text = item.block.text
    number = _numbered(text, asked)
    if number is not None:
        return number, 0
    whole = repeated(item, asked)
    if whole is not None:
        return asked.index(whole), 0
    end = text.find("?") + 1
    if 0 < end < min(len(text), LONGEST):
        first = find_asked(asked, without_label(text[:end]))
        rest = text[end:].strip()
        if first is not None and rest and not any(rest[a:b].endswith("?") for a, b in sentences(rest)):
            return asked.index(first), end
    return None


def repeated(item: Placed, asked: list[Asked]) -> Asked | None:
    """The question that a block as a whole repeats; what answers in the question's own words repeats it not."""
    text = item.block.text
    known = find_asked(asked, without_label(text)) if len(text) < LONGEST else None
    answers = known is not None and known.text.endswith("?") and not text.rstrip().endswith("?")
    return None if answers and item.block.kind in PROSE else known


LONGEST = 600
"""Characters. A longer block is no question."""


def without_label(text: str) -> str:
    """A text without 'Fråga 2:' or its number."""
    label = phrase("question_label").match(text)
    return text[label.end() :] if label else re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", text)


def _numbered(text: str, asked: list[Asked]) -> int | None:
    """'Kontrollmål 2' by itself points back to the second question."""
    match = re.match(rf"^(?:[\d.]+\s+)?{phrase('question_words').pattern}\s+(\d+)\s*$", text.strip(), re.IGNORECASE)
    return by_number(match.group(match.lastindex or 0), asked) if match else None


def _repeats(item: Placed, question: Asked) -> bool:
    """Whether the question is taken up to be answered, rather than asked for the first time."""
    if item.block.kind is BlockKind.HEADING or question.headed:
        return True
    first = any(item.block.start <= start < item.block.end for start, _ in question.places[:1])
    return not first and item.role not in ("questions", "purpose", "contents")


def _ends(heading: Placed, over: Placed) -> bool:
    text = heading.block.text
    if phrase("answer_label").match(text + ":") or role_of(text) in _ANSWERING:
        return role_of(text) == "overall_assessment" and phrase("overall_head").search(text) is not None
    return over.block.kind is not BlockKind.HEADING or (heading.block.level or 1) <= (over.block.level or 1)


# --- What answers it ---


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    rank: int
    echo: float
    answer: Answer


def _answer(span: Span, question: str, scale: Scale, *, explicit_only: bool) -> Answer | None:
    """The plainest answer of the stretch: a labelled one, an answer's first word, an assessment, an echo."""
    found: list[_Candidate] = []
    under_answer = False
    for at, (item, offset) in enumerate(span.items):
        if item.block.kind is BlockKind.HEADING:
            under_answer = phrase("answer_label").match(item.block.text + ":") is not None
            continue
        found += _stated(item, offset, scale, first=at == 0, under=under_answer)
        if under_answer and not explicit_only and not is_open(question):
            found += _plainly(item, question)
        if not explicit_only:
            found += _judged(item, offset, question, scale, open_question=is_open(question))
    best = min(found, key=lambda c: (c.rank, -c.echo), default=None)
    return best.answer if best else None


def _stated(item: Placed, offset: int, scale: Scale, *, first: bool, under: bool) -> Iterator[_Candidate]:
    """What is set off as the answer: after a label, or as the first words of the stretch."""
    label = label_length(item) if not offset else 0
    text = item.block.text[offset + label :]
    start = item.block.start + offset + label + len(text) - len(text.lstrip())
    text = text.strip()
    if not (label or first or under or _is_answer_word(text)):
        inner = phrase("inner_label").search(text)
        if not inner:
            return
        start, text, label = start + inner.end(), text[inner.end() :], 1
    short = len(text) < 60 or re.match(r"^[\wåäö ,]{2,40}[.,;:–-]", text) is not None
    reading = read_stated(text, scale) if short else None
    if reading is None and (label or under):
        reading = read_labelled(text, scale)
    if reading:
        end = first_sentence(text)
        answer = Answer(reading=reading, text=text[:end], start=start, end=start + end, tie="svar på frågan")
        yield _Candidate(rank=0 if label or under else 1, echo=1.0, answer=answer)


def _plainly(item: Placed, question: str) -> Iterator[_Candidate]:
    """The first sentence under 'Bedömning', where it takes the question up as a plain statement."""
    first = next(iter(block_sentences(item)), None)
    likeness = echo(question, first.text) if first else 0.0
    if first is None or likeness < TAKEN_UP or is_own_assessment(first):
        return
    reading = read_assertion(first.text, existence=asks_existence(question))
    if reading:
        answer = Answer(reading=reading, text=first.text, start=first.start, end=first.end, tie="plats under frågan")
        yield _Candidate(rank=3, echo=likeness, answer=answer)


TAKEN_UP = 0.4
"""From this share the first sentence of an assessment is taken to answer the question that it stands under."""


def _is_answer_word(text: str) -> bool:
    return phrase("answer_word").match(text) is not None


def _judged(item: Placed, offset: int, question: str, scale: Scale, *, open_question: bool) -> Iterator[_Candidate]:
    """Sentences that judge, or that repeat the question as a statement."""
    for sentence in block_sentences(item):
        if sentence.start < item.block.start + offset or phrase("reported").search(sentence.text):
            continue
        likeness = echo(question, sentence.text)
        reading, rank = _read(sentence, question, scale, likeness)
        if reading is None or (open_question and rank > 2 and reading.verdict.value != "undetermined"):
            continue
        answer = Answer(
            reading=reading, text=sentence.text, start=sentence.start, end=sentence.end, tie="plats under frågan"
        )
        yield _Candidate(rank=rank, echo=likeness, answer=answer)


def _read(sentence: Sentence, question: str, scale: Scale, likeness: float) -> tuple[Reading | None, int]:
    if is_own_assessment(sentence):
        parts = read_sentence(sentence.text)
        graded = scale.read(sentence.text) or summed(parts)
        if graded:
            return graded, 2 if likeness >= 0.3 else 4
        clause = assessed_clause(sentence.text)
        if clause and echo(question, clause) >= ECHOES:
            return read_assertion(clause, existence=asks_existence(question)), 3
        return None, 9
    reading = read_clause(sentence.text)
    if reading and likeness >= ECHOES:
        return reading, 5
    if likeness >= REPEATS:
        return read_assertion(sentence.text, existence=asks_existence(question)), 6
    return None, 9


REPEATS = 0.65
"""From this share a sentence with no word of a verdict is taken to repeat the question as a statement."""
