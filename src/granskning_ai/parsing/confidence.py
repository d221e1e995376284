"""How surely a document has been read: a grade for each page and for the whole, with the reasons.

A page whose text the file itself holds is read as surely as its words look like words. A page that is a picture is
never better than fair, and poor where the reading of it was unsure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from granskning_ai.model import (
    Block,
    BlockKind,
    Document,
    DocumentRecord,
    Doubt,
    Finding,
    Grade,
    PageQuality,
    Quality,
    Reason,
    RequirementStatus,
    Status,
)
from granskning_ai.parsing.lines import begins_low, is_open
from granskning_ai.swedish.spelling import missing_letters, odd_words

DOUBTFUL = "Sidan är inläst med låg säkerhet: jämför med originalet."
"""The note on what stands on a page that was poorly read."""

Found = TypeVar("Found", bound=Finding | RequirementStatus)

_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd\x00-\x08\x0e-\x1f\x7f-\x9f]")
_FEW_WORDS = 25
"""Fewer words than this on a page do not tell whether it was misread."""
_ODD, _VERY_ODD = 0.06, 0.15
_GLYPHS, _MANY_GLYPHS = 0.002, 0.03
_UNSURE, _VERY_UNSURE = 0.88, 0.78
_LETTERS_LOST = 0.6
"""How sure a text is that has lost a letter of the alphabet."""
_OCR, _BROKEN_TABLE = 0.97, 0.85
_FAIR, _POOR = 0.9, 0.7
_MUCH, _SOME = 0.2, 0.05
"""Shares of a document: so much of it poor makes all of it poor, so much in doubt makes it fair."""


@dataclass(slots=True)
class _Page:
    """What is known of one page."""

    text: str = ""
    letters: int = 0
    ocr_letters: int = 0
    ocr_weight: float = 0.0
    broken_tables: int = 0
    unread: bool = False


def assess(document: Document, *, unread: Collection[int] = (), unread_attachments: int = 0) -> Quality:
    """Grades the document. `unread` are pages with pictures that could not be read."""
    pages = _pages(document)
    for number in unread:
        pages[number].unread = True
    lost = bool(missing_letters(document.text))
    graded = [_graded(number, page, lost=lost) for number, page in sorted(pages.items())]
    reasons = _reasons(pages, graded, lost=lost)
    if unread_attachments:
        reasons.append(Reason(kind=Doubt.UNREAD_ATTACHMENT, share=1.0))
    confidence = _mean([(page.confidence, max(1, pages[page.page].letters)) for page in graded])
    return Quality(
        grade=_grade_of_all(pages, graded, doubt=bool(unread_attachments)),
        confidence=round(confidence, 3),
        reasons=tuple(reasons),
        pages=tuple(page for page in graded if page.grade is not Grade.GOOD or page.reasons),
    )


def unread_pages(quality: Quality | None) -> tuple[int, ...]:
    """The pages that could not be read."""
    return tuple(
        page.page
        for page in (quality.pages if quality else ())
        if any(reason.kind is Doubt.UNREAD_PAGE for reason in page.reasons)
    )


def _pages(document: Document) -> dict[int, _Page]:
    pages: dict[int, _Page] = defaultdict(_Page)
    for run in document.pages:
        page = pages[run.number]
        text = document.text[run.start : run.end]
        page.text += text + "\n"
        page.letters += sum(map(str.isalnum, text))
    for block in document.blocks:
        if block.confidence is None:
            continue
        for number, start, end in _stretches(document, block):
            letters = sum(map(str.isalnum, document.text[start:end]))
            pages[number].ocr_letters += letters
            pages[number].ocr_weight += letters * block.confidence
    for block in _broken_tables(document):
        pages[document.page_at(max(block.start, block.end - 1))].broken_tables += 1
    return pages


def _stretches(document: Document, block: Block) -> Iterator[tuple[int, int, int]]:
    """The stretches of the block by page: (page, start, end)."""
    for run in document.pages:
        if run.start < block.end and block.start < run.end:
            yield run.number, max(run.start, block.start), min(run.end, block.end)


def _broken_tables(document: Document) -> list[Block]:
    """Tables that end in the middle of a sentence that goes on outside them."""
    found = []
    for block, following in zip(document.blocks, document.blocks[1:], strict=False):
        if block.kind is not BlockKind.TABLE or len(block.cells) < 2:
            continue
        last = [cell.text for cell in block.cells[-1] if cell.text]
        cut = bool(last) and (last[-1].endswith("-") or (is_open(last[-1]) and len(last[-1].split()) > 3))
        if cut and following.kind is BlockKind.PARAGRAPH and begins_low(following.text):
            found.append(block)
    return found


def _graded(number: int, page: _Page, *, lost: bool) -> PageQuality:
    """The page's grade: each reason takes its part of the confidence."""
    if page.unread:
        unread = (Reason(kind=Doubt.UNREAD_PAGE, share=1.0),)
        return PageQuality(page=number, grade=Grade.POOR, confidence=0.0, reasons=unread)
    reasons: list[Reason] = []
    confidence = 1.0
    if page.ocr_letters:
        share = page.ocr_letters / max(1, page.letters)
        sure = page.ocr_weight / page.ocr_letters
        reasons.append(_reason(Doubt.OCR, share))
        confidence *= _OCR * _falling(1 - sure, 1 - _UNSURE, 1 - _VERY_UNSURE)
        if sure < _UNSURE:
            reasons.append(_reason(Doubt.UNSURE_OCR, 1 - sure))
    glyphs = len(_UNKNOWN.findall(page.text)) / max(1, page.letters)
    if glyphs > _GLYPHS:
        reasons.append(_reason(Doubt.UNKNOWN_GLYPHS, glyphs))
        confidence *= _falling(glyphs, _GLYPHS, _MANY_GLYPHS)
    odd, words = odd_words(page.text)
    if words >= _FEW_WORDS and odd > _ODD * words:
        reasons.append(_reason(Doubt.ODD_WORDS, odd / words))
        confidence *= _falling(odd / words, _ODD, _VERY_ODD)
    if lost:
        confidence *= _LETTERS_LOST
    if page.broken_tables:
        reasons.append(_reason(Doubt.BROKEN_TABLE, 1.0))
        confidence *= _BROKEN_TABLE
    confidence = round(confidence, 3)
    grade = Grade.POOR if confidence < _POOR else Grade.FAIR if page.ocr_letters or confidence < _FAIR else Grade.GOOD
    return PageQuality(page=number, grade=grade, confidence=confidence, reasons=tuple(reasons))


def _falling(value: float, some: float, much: float) -> float:
    """1 up to `some`, just under the border of what is poor at `much`, and less beyond it."""
    if value <= some:
        return 1.0
    return max(0.1, 1.0 - (1.0 - _POOR + 0.01) * (value - some) / (much - some))


def _reason(kind: Doubt, share: float) -> Reason:
    return Reason(kind=kind, share=round(min(1.0, share), 3))


def _reasons(pages: dict[int, _Page], graded: list[PageQuality], *, lost: bool) -> list[Reason]:
    """The pages' reasons, each with the share of the document that it concerns."""
    weight: dict[Doubt, int] = defaultdict(int)
    for page in graded:
        for reason in page.reasons:
            own = pages[page.page]
            weight[reason.kind] += own.ocr_letters if reason.kind is Doubt.OCR else max(1, own.letters)
    total = sum(max(1, page.letters) for page in pages.values())
    if Doubt.UNREAD_PAGE in weight:
        weight[Doubt.UNREAD_PAGE] = round(total * sum(page.unread for page in pages.values()) / len(pages))
    found = [_reason(kind, weight[kind] / max(1, total)) for kind in Doubt if kind in weight]
    return [*found, _reason(Doubt.MISSING_LETTERS, 1.0)] if lost else found


def _grade_of_all(pages: dict[int, _Page], graded: list[PageQuality], *, doubt: bool) -> Grade:
    total = sum(max(1, page.letters) for page in pages.values()) or 1
    poor = sum(max(1, pages[page.page].letters) for page in graded if page.grade is Grade.POOR) / total
    fair = sum(max(1, pages[page.page].letters) for page in graded if page.grade is Grade.FAIR) / total
    unread = sum(page.unread for page in pages.values())
    if poor > _MUCH or unread > _MUCH * len(pages):
        return Grade.POOR
    return Grade.FAIR if doubt or unread or poor or fair > _SOME else Grade.GOOD


def _mean(weighted: list[tuple[float, int]]) -> float:
    total = sum(weight for _, weight in weighted)
    return sum(value * weight for value, weight in weighted) / total if total else 1.0


def with_doubt(record: DocumentRecord) -> DocumentRecord:
    """The record with less confidence in what stands on poorly read pages only, and a note that says why.

    What is not found in the document has a note too: it may stand on one of those pages.
    """
    quality = record.document.quality
    if quality is None or not quality.poor_pages:
        return record
    return replace(
        record,
        findings=tuple(_doubted(finding, quality) for finding in record.findings),
        statuses=tuple(_doubted(status, quality) for status in record.statuses),
    )


def _doubted(found: Found, quality: Quality) -> Found:
    if isinstance(found, RequirementStatus) and found.status is Status.NOT_ADDRESSED:
        return replace(found, note=f"{found.note} {quality.caution}".strip())
    doubt = quality.doubt(evidence.page for evidence in found.evidence)
    if doubt is None:
        return found
    return replace(found, confidence=min(found.confidence, doubt), note=f"{found.note} {DOUBTFUL}".strip())
