"""The overall assessment, where it is stated: never made from the answers."""

from __future__ import annotations

import re

from granskning_ai.extraction.answer_text import is_own_assessment
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.structure import PROSE, Placed, Sentence, block_sentences
from granskning_ai.model import Document, OverallAssessment, Verdict, stable_id
from granskning_ai.swedish.terms import same_statement
from granskning_ai.swedish.verdicts import Reading, read_sentence


def find_overall(document: Document, placed: list[Placed]) -> list[OverallAssessment]:
    """The overall assessment where it is stated, with every place that repeats it; never made from the answers.

    Statements that differ in verdict are kept apart (a cover letter and its report may disagree).
    """
    found: list[tuple[Sentence, Reading]] = []
    for item in placed:
        if item.block.kind not in PROSE or item.role in (
            "background",
            "criteria",
            "method",
            "law",
            "sources",
            "contents",
        ):
            continue
        for sentence in block_sentences(item):
            if not phrase("overall").search(sentence.text) or phrase("reported").search(sentence.text):
                continue
            readings = read_sentence(sentence.text)
            if readings and not _about_a_goal(sentence.text):
                found.append((sentence, readings[0][1]))
    found = found or _first_in_section(placed)
    return _merged(document, found)


def _about_a_goal(text: str) -> bool:
    """'den samlade bedömningen utifrån målet är att det är delvis uppnått' is the municipality's own word."""
    return (
        re.search(r"\b\w*(?:målet|måluppfyllelse\w*)\b[^.]{0,60}\b(?:uppnå|nå)\w*|\buppnå\w*\s+mål", text.lower())
        is not None
    )


def _first_in_section(placed: list[Placed]) -> list[tuple[Sentence, Reading]]:
    """The first assessment under a heading like 'Slutsats', failing that in the summary."""
    candidates = [item for role in ("overall_assessment", "summary") for item in placed if item.roles[:1] == (role,)]
    judging = [item for item in placed if item.roles[:1] == ("assessment",)]
    if len({item.headings[-1].start for item in judging}) == 1:
        # A short report has one section of assessment, and what it says first is the answer to the audit's purpose.
        candidates += judging
    for item in candidates:
        if item.block.kind in PROSE:
            for sentence in block_sentences(item):
                readings = read_sentence(sentence.text) if is_own_assessment(sentence) else []
                if readings:
                    return [(sentence, readings[0][1])]
    return []


def _merged(document: Document, found: list[tuple[Sentence, Reading]]) -> list[OverallAssessment]:
    groups: list[tuple[Verdict, list[tuple[Sentence, Reading]]]] = []
    for sentence, reading in found:
        for verdict, group in groups:
            if verdict is reading.verdict or same_statement(group[0][0].text, sentence.text):
                group.append((sentence, reading))
                break
        else:
            groups.append((reading.verdict, [(sentence, reading)]))
    return [
        OverallAssessment(
            id=stable_id("bed", document.id, group[0][0].text),
            evidence=tuple(document.cite(sentence.start, sentence.end) for sentence, _ in group),
            found_by="rule:overall",
            text=group[0][0].text,
            verdict=verdict,
            note=group[0][1].note,
        )
        for verdict, group in groups
    ]
