"""The areas of an agreement, as a paragraph enumerates them or introduces a list of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from granskning_ai.extraction.agreement_words import words
from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.reading import list_after
from granskning_ai.model import Block
from granskning_ai.swedish.language import sentences

LONGEST = 8
"""How many words an area in a series may have; a longer one is a sentence of its own."""

Span = tuple[int, int]


def areas_of(blocks: Sequence[Block], index: int) -> tuple[list[str], list[Span]]:
    """The areas that the paragraph `blocks[index]` names or whose list it introduces, and the spans that prove them."""
    block = blocks[index]
    areas, spans = _enumerated(block)
    if not areas and block.text.rstrip().endswith(":") and words("areas").search(block.text):
        items = [item[0] for item in list_after(blocks, index).items]
        areas = [re.sub(r"(?:,|;|,?\s+(?:och|samt))\s*$", "", item.text).rstrip(" .") for item in items]
        spans = [(item.start, item.end) for item in items]
    return areas, spans


_MARK = re.compile(r"\(?\b(\d)\)[,.]?\s+")


def _enumerated(block: Block) -> tuple[list[str], list[Span]]:
    """'(1) trygghet i centrum, (2) hedersförtryck och (3) droger' as areas, proved by the sentence."""
    for start, end in sentences(block.text):
        sentence = block.text[start:end]
        marks = list(_MARK.finditer(sentence))
        if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
            continue
        if not words("areas").search(block.text[:end]):
            continue
        ends = [mark.start() for mark in marks[1:]] + [len(sentence)]
        areas = [sentence[mark.end() : stop] for mark, stop in zip(marks, ends, strict=True)]
        cleaned = [re.sub(r"[,;]?\s*(?:och|samt)?\s*\(?$", "", area.strip()).strip(" ,.;") for area in areas]
        return cleaned, [(block.start + start, block.start + end)]
    return _in_series(block)


def _in_series(block: Block) -> tuple[list[str], list[Span]]:
    """'Fokusområdena är trygghet i centrum, hedersförtryck och droger'; an announced number must fit."""
    numbers: dict[str, int] = load_yaml("anomalies.yml")["numbers"]
    for start, end in sentences(block.text):
        listed = words("areas_listed").search(block.text[start:end].rstrip(" ."))
        if listed is None:
            continue
        word = (listed["number"] or "").lower()
        number = numbers.get(word) or (int(word) if word.isdigit() else None)
        areas = _cut(listed["series"], number)
        if areas and all(0 < len(area.split()) <= LONGEST for area in areas):
            return areas, [(block.start + start, block.start + end)]
    return [], []


_SURE = re.compile(r",\s+(?:och\s+|samt\s+)?|\s+samt\s+")
_AND = re.compile(r"\s+och\s+")


def _cut(series: str, number: int | None) -> list[str]:
    """The members of a series; none where they cannot be told apart with certainty.

    A comma and 'samt' always part two members, 'och' parts them or joins what is one ('alkohol och droger').

    >>> _cut("trygga platser, alkohol och droger samt våld", 3), _cut("trygga platser, våld och hot", 3)
    (['trygga platser', 'alkohol och droger', 'våld'], ['trygga platser', 'våld', 'hot'])
    >>> _cut("alkohol och droger, våld och hot", 3), _cut("alkohol och droger samt våld", None)
    ([], [])
    """
    members = [member.strip() for member in _SURE.split(series)]
    finer = [part.strip() for member in members for part in _AND.split(member)]
    if number is not None:
        return next((found for found in (members, finer) if len(found) == number), [])
    certain = len(_AND.findall(series)) < 2 and not re.search(r"\bsamt\b.*\boch\b|\boch\b.*\bsamt\b", series)
    return finer if certain and len(finer) > 2 else []
