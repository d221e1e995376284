"""The overall assessment, where it is stated: never made from the answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from granskning_ai.extraction.answer_content import NOT_ASSESSING
from granskning_ai.extraction.answer_text import Answer, echo, is_own_assessment
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.structure import PROSE, Placed, Sentence, block_sentences
from granskning_ai.model import DocType, Document, OverallAssessment, Part, Verdict, stable_id
from granskning_ai.swedish.terms import same_statement
from granskning_ai.swedish.verdict_scales import Scale
from granskning_ai.swedish.verdicts import Reading, read_clause, read_sentence

_SILENT = ("criteria", "sources", "contents")

ECHOES = 0.5
"""How much of the audit's purpose a sentence repeats that answers it."""

_Found = tuple[Sentence, Reading]


def find_overall(
    document: Document, placed: list[Placed], answers: Collection[Answer], scale: Scale
) -> list[OverallAssessment]:
    """The overall assessment where it is stated, with every place that repeats it.

    Statements that differ in verdict are kept apart (a cover letter and its report may disagree). Where none is called
    overall, it is the first assessment of the audit's purpose that does not answer one of several questions.
    """
    found = list(_called_overall(placed, scale))
    if not found:
        taken = {answer.start for answer in answers} if len(answers) > 1 else set()
        found = _first_in_section(placed, taken, scale) or _of_purpose(placed, taken, scale)
    letter = next((part for part in document.parts if part.doc_type is DocType.COVER_LETTER), None)
    if letter and not any(letter.start <= sentence.start < letter.end for sentence, _ in found):
        found = _in_letter(placed, letter, scale) + found
    return _merged(document, found, letter)


def _called_overall(placed: list[Placed], scale: Scale) -> Iterator[_Found]:
    for item in placed:
        if item.block.kind not in PROSE or item.role in _SILENT:
            continue
        for sentence in block_sentences(item):
            if not phrase("overall").search(sentence.text) or phrase("reported").search(sentence.text):
                continue
            reading = _read(sentence, scale)
            if reading and not _about_a_goal(sentence.text):
                yield sentence, reading


def _read(sentence: Sentence, scale: Scale) -> Reading | None:
    return scale.read(sentence.text) or next((reading for _, reading in read_sentence(sentence.text)), None)


def _about_a_goal(text: str) -> bool:
    """'den samlade bedömningen utifrån målet är att det är delvis uppnått' is the municipality's own word."""
    return (
        re.search(r"\b\w*(?:målet|måluppfyllelse\w*)\b[^.]{0,60}\b(?:uppnå|nå)\w*|\buppnå\w*\s+mål", text.lower())
        is not None
    )


def _first_in_section(placed: list[Placed], taken: Collection[int], scale: Scale) -> list[_Found]:
    """The first assessment under a heading like 'Slutsats', failing that in the summary."""
    candidates = [item for role in ("overall_assessment", "summary") for item in placed if item.roles[:1] == (role,)]
    judging = [item for item in placed if item.roles[:1] == ("assessment",)]
    if len({item.headings[-1].start for item in judging}) == 1:
        # A short report has one section of assessment, and what it says first is the answer to the audit's purpose.
        candidates += judging
    for item in candidates:
        if item.block.kind in PROSE:
            for sentence in block_sentences(item):
                reading = _read(sentence, scale) if is_own_assessment(sentence) else None
                if reading and sentence.start not in taken:
                    return [(sentence, reading)]
    return []


def _of_purpose(placed: list[Placed], taken: Collection[int], scale: Scale) -> list[_Found]:
    """The first assessment that takes up what the audit is to judge, else the first where nothing else is judged."""
    sentences = [
        sentence
        for item in placed
        if item.block.kind in PROSE and item.role not in _SILENT
        for sentence in block_sentences(item)
        if not phrase("reported").search(sentence.text)
    ]
    purposes = [m.group("what") for s in sentences if (m := phrase("purpose").search(s.text))]
    for sentence in sentences:
        own = is_own_assessment(sentence)
        if sentence.start in taken or phrase("purpose").search(sentence.text):
            continue
        about = any(echo(purpose, sentence.text) >= ECHOES for purpose in purposes)
        reading = _read(sentence, scale) if own else (read_clause(sentence.text) if about else None)
        plain = sentence.placed.role not in NOT_ASSESSING or phrase("we_assess").search(sentence.text) is not None
        first = own and not taken and plain
        if reading and (about or first):
            return [(sentence, reading)]
    return []


def _in_letter(placed: list[Placed], letter: Part, scale: Scale) -> list[_Found]:
    """The elected auditors' own word in the letter that hands the report over."""
    for item in placed:
        if item.block.kind in PROSE and letter.start <= item.block.start < letter.end:
            for sentence in block_sentences(item):
                reading = _read(sentence, scale) if is_own_assessment(sentence) else None
                if reading:
                    return [(sentence, reading)]
    return []


def _merged(document: Document, found: list[_Found], letter: Part | None) -> list[OverallAssessment]:
    groups: list[tuple[Verdict, list[_Found]]] = []
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
            note=group[0][1].note + _whose(group, letter),
        )
        for verdict, group in groups
    ]


def _whose(group: list[_Found], letter: Part | None) -> str:
    """Says so where only the letter holds the assessment: it is the elected auditors' and not the report's."""
    if letter and all(letter.start <= sentence.start < letter.end for sentence, _ in group):
        return " Står i missivet: de förtroendevalda revisorernas egen bedömning."
    return ""
