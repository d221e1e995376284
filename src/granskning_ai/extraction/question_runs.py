"""Questions that no sentence announces: runs of them, questions as heads over their answers, demands answered in turn.

Only where a report asks in none of the announced ways; what respondents are asked ('du', 'ni') is no audit question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from granskning_ai.extraction.answers import Quote
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.structure import PROSE, Placed
from granskning_ai.model import BlockKind
from granskning_ai.swedish.language import sentences

_ELSEWHERE = frozenset({"sources", "method", "contents", "law"})
"""Roles of sections whose questions were put to others or are no questions of the audit."""

FEWEST = 2
"""How many questions make a run, and how many heads that are questions make it sure that they are audit questions."""


def _asks(item: Placed) -> bool:
    return item.block.text.rstrip().endswith("?")


def questions_of(item: Placed) -> list[Quote]:
    """The audit questions of a block that holds nothing else."""
    block = item.block
    label = phrase("question_label").match(block.text)
    offset = label.end() if label else 0
    text = block.text[offset:]
    spans = [(a, b) for a, b in sentences(text)]
    if not spans or not all(_is_question(text[a:b]) for a, b in spans) or _is_elsewhere(item):
        return []
    start = block.start + offset
    return [Quote(text=text[a:b], start=start + a, end=start + b) for a, b in spans]


def _is_question(text: str) -> bool:
    bare = re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", text)
    asked = bare.endswith("?") and len(bare.split()) >= 2
    return asked and not phrase("respondent").search(bare) and not phrase("head_question").match(bare)


def _is_elsewhere(item: Placed) -> bool:
    return bool(_ELSEWHERE & set(item.roles)) or any(phrase("survey").search(head.text) for head in item.headings)


def run_of_questions(placed: list[Placed]) -> list[Quote]:
    """The first questions that follow each other directly."""
    run: list[Quote] = []
    example = False
    for item in _texts(placed):
        quotes = questions_of(item) if item.block.kind in PROSE and not example else []
        example = phrase("for_instance").search(item.block.text) is not None or (example and _asks(item))
        if not quotes and len(run) >= FEWEST:
            return run
        run = run + quotes if quotes else []
    return run if len(run) >= FEWEST else []


def _texts(placed: list[Placed]) -> list[Placed]:
    """The blocks that may ask; none of a paper that speaks to its reader ('du kan', 'ni ska')."""
    texts = [item for item in placed if item.block.kind in PROSE or item.block.kind is BlockKind.HEADING]
    addressed = sum(len(phrase("respondent").findall(item.block.text)) for item in texts)
    return texts if addressed < SPEAKS_TO_READER else []


SPEAKS_TO_READER = 3
"""How many times 'du' or 'ni' makes it plain that a paper speaks to its reader."""


def over_answers(placed: list[Placed]) -> list[Quote]:
    """Questions that each stand over the answer to it; one alone only under a head such as 'Fråga och svar'."""
    found: list[Quote] = []
    sure = False
    texts = _texts(placed)
    for item, following in zip_longest(texts, texts[1:]):
        quotes = questions_of(item) or _first_question(item)
        if quotes and not (following and questions_of(item) and questions_of(following)):
            found += quotes
            sure = sure or any(phrase("question_head").search(head.text) for head in item.headings)
    return _without_numbers(found) if sure or len(found) >= FEWEST else []


def _first_question(item: Placed) -> list[Quote]:
    """The question that begins a paragraph whose other sentences answer it."""
    block = item.block
    spans = list(sentences(block.text)) if block.kind in PROSE and not _is_elsewhere(item) else []
    if len(spans) < 2 or any(block.text[b - 1] == "?" for _, b in spans[1:]):
        return []
    a, b = spans[0]
    asked = _is_question(block.text[a:b])
    return [Quote(text=block.text[a:b], start=block.start + a, end=block.start + b)] if asked else []


_BEFORE = re.compile(r"[:–]\s+(?=[A-ZÅÄÖ])|^\W*[Ff]ör\s+det\s+\w+[:,]?\s+")
"""What stands before a question in its own sentence: 'Frågan lyder: …', 'För det andra: …'."""


def lone_questions(placed: list[Placed]) -> list[Quote]:
    """Questions in running text that speaks of what the audit is to answer: 'Vi har ställt frågan: Är …?'."""
    found: list[Quote] = []
    for item in _texts(placed):
        block = item.block
        if block.kind not in PROSE or _is_elsewhere(item) or not phrase("asks_beside").search(block.text):
            continue
        for a, b in sentences(block.text):
            if not block.text[a:b].endswith("?"):
                continue
            lead = _BEFORE.search(block.text[a:b])
            start = a + lead.end() if lead else a
            if _is_question(block.text[start:b]):
                found.append(Quote(text=block.text[start:b], start=block.start + start, end=block.start + b))
    return found


def _without_numbers(quotes: list[Quote]) -> list[Quote]:
    apart = []
    for quote in quotes:
        number = re.match(r"\d+(?:\.\d+)*\.?\s+", quote.text)
        cut = number.end() if number else 0
        apart.append(Quote(text=quote.text[cut:], start=quote.start + cut, end=quote.end))
    return apart


def demands(placed: list[Placed]) -> list[Quote]:
    """The demands of a list ('Kraven är:') that the report judges one by one ('Kravet i 2 kap. 36 § är uppfyllt')."""
    judged = sum(bool(phrase("demand_answer").match(item.block.text)) for item in placed if item.block.kind in PROSE)
    if judged < FEWEST:
        return []
    for index, lead in enumerate(placed):
        if lead.block.kind in PROSE and phrase("demand_lead").search(lead.block.text):
            items = list(_items(placed[index + 1 :]))
            if len(items) == judged:
                return items
    return []


def _items(following: list[Placed]) -> Iterator[Quote]:
    for item in following:
        if item.block.kind is not BlockKind.LIST_ITEM:
            return
        yield Quote(text=item.block.text.rstrip(" ,;"), start=item.block.start, end=item.block.end)
