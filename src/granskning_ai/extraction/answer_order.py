"""Answers that are tied to their questions by a number, or by standing in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from granskning_ai.extraction.answer_spans import repeated
from granskning_ai.extraction.answer_text import (
    Answer,
    asks_existence,
    echo,
    first_sentence,
    label_length,
    read_labelled,
    read_stated,
)
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.questions import Asked, by_number
from granskning_ai.extraction.structure import PROSE, Placed, block_sentences
from granskning_ai.model import BlockKind
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.verdict_scales import Scale
from granskning_ai.swedish.verdicts import Reading, read_assertion


def numbered_answers(placed: list[Placed], asked: list[Asked], scale: Scale) -> dict[int, Answer]:
    """'Svar på revisionsfråga 2: Delvis.' answers the second question, wherever it stands."""
    answers: dict[int, Answer] = {}
    for item in placed:
        match = phrase("numbered_answer").match(item.block.text) if item.block.kind in PROSE else None
        index = by_number(match["number"], asked) if match else None
        if match is None or index is None or index in answers:
            continue
        reading = read_stated(match["answer"], scale) or read_labelled(match["answer"], scale)
        if reading:
            length = first_sentence(match["answer"])
            end = item.block.start + match.start("answer") + length
            text = match["answer"][:length]
            answers[index] = Answer(reading=reading, text=text, start=item.block.start, end=end, tie="svarets nummer")
    for index, answer in _ordinal_answers(placed, asked, scale):
        answers.setdefault(index, answer)
    return answers


_ORDINALS = ("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde")


def _ordinal_answers(placed: list[Placed], asked: list[Asked], scale: Scale) -> Iterator[tuple[int, Answer]]:
    """'Svaret på den första frågan är ja', 'Den fjärde frågan kan inte besvaras'."""
    for item in placed:
        for sentence in block_sentences(item) if item.block.kind in PROSE else ():
            match = phrase("ordinal_answer").match(sentence.text)
            index = by_number(str(_ORDINALS.index(match["ordinal"].lower()) + 1), asked) if match else None
            if match is None or index is None:
                continue
            said = re.sub(
                r"^\W*(?:är|blir|besvaras(?:\s+med)?)\s+(?:svaret\s+(?:är\s+)?)?(?:att\s+)?", "", match["rest"]
            )
            reading = read_stated(said, scale) or read_labelled(sentence.text, scale) or read_labelled(said, scale)
            if reading:
                yield (
                    index,
                    Answer(
                        reading=reading,
                        text=sentence.text,
                        start=sentence.start,
                        end=sentence.end,
                        tie="svarets ordningstal",
                    ),
                )


def answers_in_turn(
    placed: list[Placed], asked: list[Asked], answered: dict[int, Answer], scale: Scale
) -> dict[int, Answer]:
    """Answers that stand in the order of the questions and are as many; nothing where any of them was found before."""
    mains = [i for i, question in enumerate(asked) if question.parent is None]
    # An overall question may stand before those that are numbered.
    for wanted in (mains, [i for i in mains if asked[i].number]):
        if len(wanted) < FEWEST or any(index in answered for index in wanted):
            continue
        for said in (_pointing_back(placed, scale), _listed(placed, asked, wanted, scale)):
            if len(said) == len(wanted):
                return {index: answer for index, answer in zip(wanted, said, strict=True) if answer}
    return {}


FEWEST = 2
"""With one question there is no order to go by."""


def _pointing_back(placed: list[Placed], scale: Scale) -> list[Answer | None]:
    """Assessments that only say 'Bedömning: Kontrollmålet är uppfyllt' or 'Kravet i 2 kap. 3 § är uppfyllt'."""
    said: list[Answer | None] = []
    for item in placed:
        label = label_length(item) if item.block.kind in PROSE else 0
        text = item.block.text[label:]
        pointing = re.match(
            r"(?:kontrollmålet|frågan|revisionsfrågan|kravet|målet|kriteriet|påståendet)\b", text.lower()
        )
        if not pointing or not (label or phrase("demand_answer").match(text)):
            continue
        reading = read_labelled(text, scale)
        if reading is None:
            return []
        said.append(_answer(item, label, reading))
    return said


def _listed(placed: list[Placed], asked: list[Asked], mains: list[int], scale: Scale) -> list[Answer | None]:
    """Blocks under a heading such as 'Svar', or right after the last question: one for each, in their order."""
    last = max((end for index in mains for _, end in asked[index].places[:1]), default=0)
    for at, heading in enumerate(placed):
        headed = heading.block.kind is BlockKind.HEADING and phrase("answer_head").match(heading.block.text)
        if not headed and heading.block.end != last:
            continue
        items: list[Placed] = []
        for item in placed[at + 1 :]:
            if item.block.kind not in PROSE:
                break
            items.append(item)
        kinds = {item.block.kind for item in items[: len(mains)]}
        items = items[: len(mains)]
        if len(items) < len(mains) or len(kinds) != 1 or any(repeated(item, asked) for item in items):
            continue
        if not all(_in_place(item, asked[index]) for item, index in zip(items, mains, strict=True)):
            continue
        readings = [_read(item, asked[index].text, scale) for item, index in zip(items, mains, strict=True)]
        if sum(reading is not None for reading in readings) * 2 >= len(mains):
            return [
                _answer(item, 0, reading) if reading else None for item, reading in zip(items, readings, strict=True)
            ]
    return []


def _in_place(item: Placed, question: Asked) -> bool:
    """Whether the block answers that question: it has its number, speaks of it, or is but a word or two."""
    number = (item.block.marker or "").strip("().")
    if number and question.number:
        return number == question.number
    return len(item.block.text) < ECHOLESS or echo(question.text, item.block.text) >= SHARED


ECHOLESS = 60
"""Characters. An answer that short need not repeat its question."""

SHARED = 0.3
"""How much of a question's content a longer answer shares with it."""


def _read(item: Placed, question: str, scale: Scale) -> Reading | None:
    text = item.block.text
    stated = read_stated(text, scale) or read_labelled(text, scale)
    if stated:
        return stated
    first = text[: first_sentence(text)]
    if echo(question, first) >= ECHOES:
        return read_assertion(first, existence=asks_existence(question))
    later = (read_labelled(text[a:b], scale) for a, b in sentences(text)[1:])
    return next((reading for reading in later if reading), None)


ECHOES = 0.5
"""From this share of the question's content a plain statement is taken to answer it."""


def _answer(item: Placed, offset: int, reading: Reading) -> Answer:
    text = item.block.text[offset:]
    start = item.block.start + offset
    return Answer(reading=reading, text=text, start=start, end=item.block.end, tie="svarens ordning")
