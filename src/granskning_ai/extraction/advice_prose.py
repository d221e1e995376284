"""Recommendations in running prose: 'Vi rekommenderar …', and 'Nämnden bör …' where nothing is recommended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from granskning_ai.extraction.addressees import addressees_in, names_an_addressee
from granskning_ai.extraction.advice import (
    Advice,
    infinitive_lines,
    is_elsewhere,
    says_what_ought_to_be_done,
    tells_somebody,
)
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.structure import PROSE, Placed, Sentence, block_sentences
from granskning_ai.swedish.verdicts import is_assessment

_CONCLUDING = frozenset({"assessment", "overall_assessment", "summary", "recommendations", "answers"})
"""Sections in which a 'bör' without subject is the auditor's advice."""


def recommended(placed: list[Placed]) -> Iterator[Advice]:
    """'Vi rekommenderar kommunstyrelsen att …' in running prose, and what goes on from there in the same paragraph."""
    for item in placed:
        if item.block.kind not in PROSE or item.role == "sources":
            continue
        silent = item.role in ("background", "method", "criteria", "law")
        addressees: tuple[str, ...] | None = None
        for sentence in block_sentences(item):
            if phrase("previous").search(sentence.text) or phrase("reported").search(sentence.text):
                continue
            if silent and not phrase("we_recommend").search(sentence.text):
                continue
            found = list(_recommended(sentence))
            if not found and addressees is not None and _continues(sentence.text):
                found = [_advice(sentence.text, sentence.start, addressees_in(sentence.text), item)]
            for advice in found:
                advice.addressees = advice.addressees or addressees or ()
                addressees = advice.addressees
            yield from found


def _recommended(sentence: Sentence) -> Iterator[Advice]:
    """The advice of a sentence with 'rekommenderar', one for each 'att' that 'och' or 'samt' joins."""
    match = phrase("recommendation_sentence").search(sentence.text)
    that = re.search(r"\batt\s+(?=\w+)", sentence.text[match.end() :]) if match else None
    if not match or not that or sentence.text.rstrip().endswith(":"):
        return
    addressees = addressees_in(sentence.text[: match.end() + that.start() + 4])
    at = match.end() + that.end()
    for text in re.split(r"(,?\s+(?:och|samt|dels)\s+att\s+|,\s+att\s+)", sentence.text[at:])[::2]:
        start = sentence.text.index(text, at)
        at = start + len(text)
        if len(text.split()) >= 2:
            for a, b in infinitive_lines(text):
                told = text[a:b].removeprefix("att ")
                yield _advice(told, sentence.start + start + b - len(told), addressees, sentence.placed)


def _continues(text: str) -> bool:
    """'Kommunstyrelsen behöver även …' or 'Vidare bör …' after a sentence that recommends."""
    told = names_an_addressee(text) and re.match(r"(?:\S+\s+){1,6}(?:bör|behöver)\b", text) is not None
    return told or (phrase("further").match(text) is not None and says_what_ought_to_be_done(text))


def _advice(text: str, start: int, addressees: tuple[str, ...], item: Placed) -> Advice:
    stripped = text.strip()
    start += len(text) - len(text.lstrip())
    return Advice(
        text=stripped[:1].upper() + stripped[1:],
        places=[(start, start + len(stripped))],
        rule="recommendation_sentence",
        addressees=addressees,
        index=item.index,
    )


def ought(placed: list[Placed], found: Sequence[Advice]) -> Iterator[Advice]:
    """What ought to be done, said without the word recommend.

    Beside recommendations that are said to be such, 'bör' mostly gives their grounds: there only what stands in their
    section counts. Without a board that is told, it counts only among the auditor's conclusions.
    """
    given = {advice.index for advice in found if not advice.quoted}
    sections = {placed[index].headings for index in given if index >= 0}
    assessed = False
    for item in placed:
        if item.block.kind not in PROSE:
            continue
        assessed = assessed or (
            is_assessment(item.block.text) and phrase("we_assess").search(item.block.text) is not None
        )
        if is_elsewhere(item, assessed=assessed):
            continue
        beside = item.role == "recommendations" or item.headings in sections
        if given and (not beside or item.index < min(given)):
            continue
        concluding = item.role in _CONCLUDING or is_assessment(item.block.text)
        for sentence in block_sentences(item):
            text = sentence.text
            if phrase("reported").search(text) or phrase("previous").search(text):
                continue
            concluding = concluding or phrase("stressed").search(text) is not None
            if tells_somebody(text) or (concluding and says_what_ought_to_be_done(text)):
                yield Advice(
                    text=text,
                    places=[(sentence.start, sentence.end)],
                    rule="recommendation_should",
                    addressees=addressees_in(text),
                    index=item.index,
                )
