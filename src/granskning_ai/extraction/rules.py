"""Extraction by rules: the built-in Extractor, which needs no language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from granskning_ai.extraction.agreements import find_agreements
from granskning_ai.extraction.anomalies import find_anomalies
from granskning_ai.extraction.answer_text import Answer
from granskning_ai.extraction.answers import answer_rows
from granskning_ai.extraction.assessments import answer_questions, unread_answer
from granskning_ai.extraction.criteria import find_criteria
from granskning_ai.extraction.indicators import find_indicators
from granskning_ai.extraction.measures import find_measures
from granskning_ai.extraction.metadata import read_metadata
from granskning_ai.extraction.overall import find_overall
from granskning_ai.extraction.parts import find_parts
from granskning_ai.extraction.questions import Asked, find_questions
from granskning_ai.extraction.recommendations import as_finding, find_recommendations
from granskning_ai.extraction.risks import find_observations, find_risks
from granskning_ai.extraction.structure import place
from granskning_ai.extraction.topics import topic_of
from granskning_ai.model import (
    AuditQuestion,
    DocType,
    Document,
    ExtractionResult,
    Finding,
    Passage,
    Verdict,
    stable_id,
)
from granskning_ai.swedish.verdict_scales import stated_scale

ASKING = frozenset(
    {DocType.AUDIT_REPORT, DocType.FOLLOW_UP, DocType.PRE_STUDY, DocType.REGIONAL_REPORT, DocType.COVER_LETTER}
)
"""Kinds of documents that ask audit questions."""

JUDGING = frozenset({DocType.AUDIT_REPORT, DocType.FOLLOW_UP, DocType.COVER_LETTER})
"""Kinds of documents in which running prose gives verdicts; a förstudie and a mapping comment, they do not judge."""


class RuleExtractor:
    """Finds what the standard phrasing of Swedish audit reports, plans and agreements says."""

    name = "rule"

    def describe(self, document: Document) -> Document:
        """Returns the document with its metadata and parts filled in."""
        metadata, parts = read_metadata(document), find_parts(document)
        main = next((part for part in parts if part.doc_type is metadata.doc_type and part.date), None)
        if main:
            # The report's own date, not that of the letter it came with.
            metadata = replace(metadata, date=main.date)
        return replace(document, metadata=metadata, parts=parts)

    def extract(self, document: Document, passages: Sequence[Passage]) -> ExtractionResult:
        """Returns every finding of a described document, in reading order within each kind."""
        placed = place(document)
        scale = stated_scale(document.text)
        rows = answer_rows(placed, scale)
        doc_type = document.metadata.doc_type
        asked = find_questions(placed, rows) if doc_type in ASKING else []
        answers = answer_questions(placed, asked, scale, explicit_only=doc_type not in JUDGING)
        questions, ids = _questions(document, asked, answers)
        findings: list[Finding] = list(questions)
        if doc_type in JUDGING:
            findings += find_overall(document, placed, answers.values(), scale)
        findings += [
            as_finding(document, advice, ids) for advice in find_recommendations(document, placed, rows, asked)
        ]
        for find in (
            find_risks,
            find_observations,
            find_criteria,
            find_measures,
            find_indicators,
            find_agreements,
            find_anomalies,
        ):
            findings += find(document)
        return ExtractionResult(findings=tuple(findings))


def _questions(
    document: Document, asked: list[Asked], answers: dict[int, Answer]
) -> tuple[list[AuditQuestion], dict[int, str]]:
    ids = {id(question): stable_id("fraga", document.id, question.text) for question in asked}
    findings: list[AuditQuestion] = []
    for index, question in enumerate(asked):
        answer = answers.get(index)
        evidence = [document.cite(start, end) for start, end in sorted(question.places)]
        if answer:
            proof = document.cite(answer.start, answer.end)
            evidence = [proof, *(e for e in evidence if (e.start, e.end) != (proof.start, proof.end))]
        unread = unread_answer(question) if answer is None else None
        findings.append(
            AuditQuestion(
                id=ids[id(question)],
                evidence=tuple(evidence),
                found_by="rule:questions",
                confidence=0.8 if answer and answer.tie == "bedömningens innehåll" else 1.0,
                text=question.text,
                number=question.number,
                parent_id=ids[id(question.parent)] if question.parent else None,
                topic=topic_of(question.text),
                verdict=answer.reading.verdict if answer else Verdict.NOT_ASSESSED,
                verdict_text=answer.text if answer else unread,
                note=_note(answer, unread),
            )
        )
    return findings, ids


def _note(answer: Answer | None, unread: str | None) -> str:
    if answer:
        return f"{answer.reading.note} Knuten till frågan genom {answer.tie}."
    return f"Svaret ”{unread}” känns inte igen och har inte tolkats." if unread else ""
