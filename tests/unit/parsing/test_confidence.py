"""What was poorly read is never silently trusted: grades, reasons, and notes on what was found there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from granskning_ai.model import (
    Basis,
    BlockKind,
    Document,
    DocumentRecord,
    Doubt,
    Draft,
    Grade,
    RequirementStatus,
    Risk,
    SourceFile,
    Status,
    assemble,
)
from granskning_ai.parsing.confidence import DOUBTFUL, assess, with_doubt

TEXT = (
    "Nämnden har under året följt upp målen för verksamheten, och revisorerna bedömer att uppföljningen är "
    "tillräcklig men att nämnden behöver besluta om hur resultatet ska redovisas för kommunfullmäktige varje år."
)


def document(*sure: float | None) -> Document:
    """One page for each figure, read so surely; None is a page whose text the file holds."""
    drafts = [
        Draft(kind=BlockKind.PARAGRAPH, text=f"{TEXT} Sidan är nummer {page}.", page=page, confidence=confidence)
        for page, confidence in enumerate(sure, start=1)
    ]
    read = assemble(SourceFile.of("skannad.pdf", b"", "pdf"), drafts, page_count=len(sure))
    return replace(read, quality=assess(read))


def test_the_grade_follows_how_surely_the_pages_were_read() -> None:
    quality = document(None, 0.95, 0.8, 0.6).quality
    assert quality is not None
    assert [(page.page, page.grade) for page in quality.pages] == [
        (2, Grade.FAIR),
        (3, Grade.FAIR),
        (4, Grade.POOR),
    ]
    assert [page.confidence for page in quality.pages] == sorted((p.confidence for p in quality.pages), reverse=True)
    shares = {reason.kind: reason.share for reason in quality.reasons}
    assert shares[Doubt.OCR] == pytest.approx(0.75, abs=0.02)
    assert Doubt.UNSURE_OCR in shares
    assert quality.grade is Grade.POOR, "a quarter of it is poor"
    assert quality.poor_pages == (4,)


def test_a_file_with_text_of_its_own_is_read_surely() -> None:
    quality = document(None, None).quality
    assert quality is not None
    assert (quality.grade, quality.reasons, quality.pages, quality.caution) == (Grade.GOOD, (), (), "")


def risk(read: Document, page: int) -> Risk:
    start = read.text.index(f"Sidan är nummer {page}.")
    proof = read.cite(start, start + 10)
    return Risk(id=f"r{page}", found_by="rule:risks", evidence=(proof,), text="Risk")


def status(read: Document, value: Status, page: int | None) -> RequirementStatus:
    evidence = risk(read, page).evidence if page else ()
    basis = Basis.AUDITOR_OBSERVATION if page else Basis.NONE
    return RequirementStatus(
        id=f"k{page}",
        document_id=read.id,
        municipality_code="0128",
        law="2023:196",
        requirement="ledning",
        status=value,
        basis=basis,
        evidence=evidence,
    )


def test_what_stands_on_a_poor_page_only_is_doubted_and_so_is_what_is_missing() -> None:
    read = document(0.95, 0.6)
    record = with_doubt(
        DocumentRecord(
            document=read,
            path="",
            findings=(risk(read, 1), risk(read, 2)),
            statuses=(status(read, Status.PRESENT, 2), status(read, Status.NOT_ADDRESSED, None)),
        )
    )
    sure, unsure = record.findings
    assert (sure.note, sure.confidence) == ("", 1.0)
    assert unsure.note == DOUBTFUL
    assert unsure.confidence < 0.7
    present, missing = record.statuses
    assert (present.note, present.confidence < 0.7) == (DOUBTFUL, True)
    assert missing.note == "Sidan 2 är inläst med låg säkerhet, och uppgiften kan stå där."


def test_a_document_without_poor_pages_is_left_as_it_is() -> None:
    read = document(0.95)
    record = DocumentRecord(document=read, path="", findings=(risk(read, 1),))
    assert with_doubt(record) is record
