"""The dataset's rows, as plain dictionaries with the fields of the schema in its order.

What is unknown is None, never an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from granskning_ai.model import (
    Agreement,
    Anomaly,
    AuditQuestion,
    Block,
    BlockKind,
    Box,
    Criterion,
    DocumentRecord,
    Evidence,
    Finding,
    Indicator,
    Matrix,
    MatrixCell,
    Measure,
    Metadata,
    Observation,
    OverallAssessment,
    Part,
    Quality,
    Reason,
    Recommendation,
    RequirementStatus,
    Risk,
    Searched,
    SourceFile,
    SurveyAnswer,
)
from granskning_ai.swedish.municipalities import municipality

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Row = dict[str, Json]


def rows_of(name: str, records: Sequence[DocumentRecord]) -> Iterator[Row]:
    """Yields the rows of one table. They follow the documents' names and ids, and the order in which things stand."""
    for record in sorted(records, key=lambda record: (record.document.source.name, record.document.id)):
        document = record.document
        if name == "documents":
            yield document_row(document)
        elif name == "blocks":
            for index, block in enumerate(document.blocks):
                yield {"document_id": document.id, "block_id": f"{document.id}-{index}", **_block(block)}
        elif name == "requirement_statuses":
            for status in record.statuses:
                yield _status(status)
        else:
            kind, _ = _FINDINGS[name]
            yield from (finding_row(f, document.metadata) for f in record.findings if isinstance(f, kind))


def finding_row(finding: Finding, metadata: Metadata) -> Row:
    """The row of one finding, in the table of its kind."""
    fields = next(fields for kind, fields in _FINDINGS.values() if isinstance(finding, kind))
    return {
        "document_id": finding.document_id,
        **fields(finding, metadata),
        "note": finding.note or None,
        "evidence": _evidence(finding.evidence),
        "found_by": finding.found_by,
        "confidence": finding.confidence,
    }


def matrix_json(matrix: Matrix) -> Row:
    """The matrix as JSON: columns, and rows with a cell for each column's key."""
    return {
        "title": matrix.title,
        "columns": [
            {"key": c.key, "label": c.label, "group": c.group, "kind": c.kind, "filled": coverage.filled}
            for c, coverage in zip(matrix.columns, matrix.coverage, strict=True)
        ],
        "rows": [
            {
                "municipality_code": row.municipality_code,
                "municipality": row.municipality,
                "year": row.year,
                "cells": {c.key: _cell(cell) for c, cell in zip(matrix.columns, row.cells, strict=True)},
            }
            for row in matrix.rows
        ],
        "notes": list(matrix.notes),
    }


def _cell(cell: MatrixCell) -> Row:
    return {
        "value": cell.value.value,
        "basis": cell.basis.value,
        "conflict": cell.conflict,
        "searched": cell.searched or None,
        "statements": [
            {
                "document_id": s.document_id,
                "file_name": s.file_name,
                "date": s.date,
                "year": s.year,
                "value": s.value.value,
                "basis": s.basis.value,
                "text": s.text,
                "note": s.note or None,
                "evidence": _evidence(s.evidence),
            }
            for s in cell.statements
        ],
    }


class Described(Protocol):
    """A document, or a summary of one: what the table of documents tells of it."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def source(self) -> SourceFile: ...  # noqa: D102

    @property
    def metadata(self) -> Metadata: ...  # noqa: D102

    @property
    def page_count(self) -> int: ...  # noqa: D102

    @property
    def parts(self) -> tuple[Part, ...]: ...  # noqa: D102

    @property
    def quality(self) -> Quality | None: ...  # noqa: D102


def document_row(document: Described) -> Row:
    """The row of one document."""
    metadata, source = document.metadata, document.source
    entry = municipality(metadata.municipality_code)
    return {
        "document_id": document.id,
        "file_name": source.name,
        "title": metadata.title or None,
        "doc_type": metadata.doc_type.value,
        "issuer": metadata.issuer or None,
        "commissioned_by": metadata.commissioned_by or None,
        "municipality_code": metadata.municipality_code,
        "municipality": entry.name if entry else None,
        "municipality_codes": list(metadata.municipality_codes),
        "region": metadata.region or None,
        "date": metadata.date,
        "year": metadata.year,
        "pages": document.page_count,
        "sha256": source.sha256,
        "parts": [_part(part) for part in document.parts],
        "quality": _quality(document.quality) if document.quality else None,
    }


def _quality(quality: Quality) -> Row:
    return {
        "grade": quality.grade.value,
        "confidence": quality.confidence,
        "reasons": _reasons(quality.reasons),
        "pages": [
            {
                "page": page.page,
                "grade": page.grade.value,
                "confidence": page.confidence,
                "reasons": _reasons(page.reasons),
            }
            for page in quality.pages
        ],
    }


def _reasons(reasons: Sequence[Reason]) -> list[Json]:
    return [{"kind": reason.kind.value, "share": reason.share} for reason in reasons]


def _part(part: Part) -> Row:
    return {
        "doc_type": part.doc_type.value,
        "title": part.title or None,
        "start": part.start,
        "end": part.end,
        "issuer": part.issuer,
        "date": part.date,
    }


def _block(block: Block) -> Row:
    """Furniture is not the document's own prose: its words stand in a field of their own."""
    furniture = block.kind is BlockKind.FURNITURE
    return {
        "kind": block.kind.value,
        "level": block.level,
        "marker": block.marker,
        "text": None if furniture else block.text,
        "furniture_text": block.text if furniture else None,
        "cells": [[cell.text for cell in row] for row in block.cells] if block.cells else None,
        "page": block.page,
        "start": block.start,
        "end": block.end,
        "boxes": _boxes(block.boxes),
        "confidence": block.confidence,
    }


def _boxes(boxes: Sequence[Box]) -> list[Json]:
    return [{"page": box.page, "x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1} for box in boxes]


def _evidence(evidence: Sequence[Evidence]) -> list[Json]:
    return [
        {
            "page": quote.page,
            "start": quote.start,
            "end": quote.end,
            "quote": quote.quote,
            "section": quote.section,
            "match": quote.match,
            "boxes": _boxes(quote.boxes),
        }
        for quote in evidence
    ]


def _status(status: RequirementStatus) -> Row:
    return {
        "document_id": status.document_id,
        "requirement_status_id": status.id,
        "municipality_code": status.municipality_code,
        "law": status.law,
        "requirement": status.requirement,
        "status": status.status.value,
        "basis": status.basis.value,
        "note": status.note or None,
        "searched": _searched(status.searched) if status.searched else None,
        "evidence": _evidence(status.evidence),
        "found_by": status.found_by,
        "confidence": status.confidence,
    }


def _searched(searched: Searched) -> Row:
    return {"passages": searched.passages, "candidates": searched.candidates, "terms": list(searched.terms)}


def _recommendation(found: Recommendation, metadata: Metadata) -> Row:
    return {
        "recommendation_id": found.id,
        "text": found.text,
        "number": found.number,
        "addressees": list(found.addressees),
        "audit_question_ids": list(found.audit_question_ids),
        "topic": found.topic.value,
        "municipality_code": metadata.municipality_code,
        "year": metadata.year,
        "quoted": found.quoted,
    }


def _audit_question(found: AuditQuestion, _: Metadata) -> Row:
    return {
        "audit_question_id": found.id,
        "parent_id": found.parent_id,
        "number": found.number,
        "text": found.text,
        "topic": found.topic.value,
        "verdict": found.verdict.value,
        "verdict_text": found.verdict_text,
    }


def _overall_assessment(found: OverallAssessment, _: Metadata) -> Row:
    return {
        "overall_assessment_id": found.id,
        "verdict": found.verdict.value,
        "text": found.text,
    }


def _risk(found: Risk, _: Metadata) -> Row:
    return {"risk_id": found.id, "text": found.text}


def _observation(found: Observation, _: Metadata) -> Row:
    return {"observation_id": found.id, "text": found.text}


def _measure(found: Measure, _: Metadata) -> Row:
    return {
        "measure_id": found.id,
        "area": found.area or None,
        "name": found.name,
        "purpose": found.purpose or None,
        "goal": found.goal or None,
        "description": found.description or None,
        "responsible": found.responsible or None,
    }


def _indicator(found: Indicator, _: Metadata) -> Row:
    return {
        "indicator_id": found.id,
        "name": found.name,
        "period": found.period,
        "value": found.value,
        "unit": found.unit or None,
        "target": found.target or None,
        "outcome": found.outcome or None,
    }


def _survey_answer(found: SurveyAnswer, _: Metadata) -> Row:
    return {
        "survey_answer_id": found.id,
        "question": found.question,
        "answer": found.answer,
        "count": found.count,
        "share": found.share,
    }


def _agreement(found: Agreement, _: Metadata) -> Row:
    return {
        "agreement_id": found.id,
        "kind": found.agreement_kind,
        "parties": list(found.parties),
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
        "areas": list(found.areas),
    }


def _criterion(found: Criterion, _: Metadata) -> Row:
    return {"criterion_id": found.id, "text": found.text, "law": found.law}


def _anomaly(found: Anomaly, _: Metadata) -> Row:
    return {
        "anomaly_id": found.id,
        "kind": found.anomaly.value,
        "text": found.text,
        "expected": found.expected or None,
    }


_FINDINGS: dict[str, tuple[type[Finding], Callable[..., Row]]] = {
    "recommendations": (Recommendation, _recommendation),
    "audit_questions": (AuditQuestion, _audit_question),
    "overall_assessments": (OverallAssessment, _overall_assessment),
    "risks": (Risk, _risk),
    "observations": (Observation, _observation),
    "measures": (Measure, _measure),
    "indicators": (Indicator, _indicator),
    "survey_answers": (SurveyAnswer, _survey_answer),
    "agreements": (Agreement, _agreement),
    "criteria": (Criterion, _criterion),
    "anomalies": (Anomaly, _anomaly),
}
