"""The documents that one file holds: e-mail, cover letter, memo and report are told apart by how each begins."""

from __future__ import annotations

import re

from granskning_ai.extraction.metadata import date_of, doc_type_of, zones_of
from granskning_ai.model import Block, BlockKind, DocType, Document, Part
from granskning_ai.swedish.dates import find_dates

_MAIL = re.compile(r"(?:^|\n)\s*(?:från|from)\s*:.*\n(?:.*\n){0,4}?\s*(?:till|to|skickat|sent)\s*:", re.IGNORECASE)
_MAIL_LINE = re.compile(r"^\s*(?:från|from)\s*:\s*\S", re.IGNORECASE)
_LETTER = re.compile(r"^\s*(?:till\s+(?:kommun|nämnd|styrelse|[A-ZÅÄÖ])|följebrev|missiv|revisionsskrivelse)", re.IGNORECASE)
_MEMO = re.compile(r"^\s*(?:PM|promemoria)\b", re.IGNORECASE)
_REPORT_START = re.compile(r"^\s*(?:\d+\.?\s+)?(?:sammanfattning|innehållsförteckning|innehåll|inledning|bakgrund)\b", re.IGNORECASE)


def find_parts(document: Document) -> tuple[Part, ...]:
    """The parts of a compound file in order, or nothing where the file holds one document.

    A part begins with an e-mail's header, with a letter's salutation, with a memo's heading, or where a report begins
    anew (a summary or contents page) after one of these.
    """
    starts: list[tuple[int, DocType]] = []
    for index, block in enumerate(document.blocks):
        kind = _starts(document, index, block, starts)
        if kind:
            starts.append((index, kind))
    if not starts or (len(starts) == 1 and starts[0][1] is DocType.AUDIT_REPORT):
        return ()
    if starts[0][0] > 2:
        starts.insert(0, (0, DocType.OTHER))
    parts: list[Part] = []
    for position, (index, kind) in enumerate(starts):
        end_index = starts[position + 1][0] if position + 1 < len(starts) else len(document.blocks)
        parts.append(_part(document, index, end_index, kind))
    return tuple(parts) if len(parts) > 1 else ()


def _starts(document: Document, index: int, block: Block, starts: list[tuple[int, DocType]]) -> DocType | None:
    text = block.text
    if block.kind is not BlockKind.TABLE and (_MAIL.search(text) or _is_mail_line(document, index)):
        return DocType.EMAIL
    if len(text) < 120 and _LETTER.match(text) and _letter_follows(document, index):
        return DocType.COVER_LETTER
    if len(text) < 120 and _MEMO.match(text) and block.kind is BlockKind.HEADING:
        return DocType.MEMO
    after_other = starts and starts[-1][1] in (DocType.EMAIL, DocType.COVER_LETTER, DocType.MEMO)
    if after_other and _REPORT_START.match(text) and len(text) < 60 and block.kind in (BlockKind.HEADING, BlockKind.FURNITURE):
        # An 'Inledning' inside a memo is no new document: only a summary or a contents page begins one there.
        inside_memo = starts[-1][1] is DocType.MEMO and not re.match(r"\s*(?:\d+\.?\s+)?(?:sammanf|innehåll)", text, re.I)
        return None if inside_memo else DocType.AUDIT_REPORT
    return None


def _is_mail_line(document: Document, index: int) -> bool:
    """A header whose lines became blocks of their own."""
    following = " ".join(block.text for block in document.blocks[index : index + 5])
    return bool(_MAIL_LINE.match(document.blocks[index].text)) and bool(re.search(r"\b(?:Till|To)\s*:", following))


def _letter_follows(document: Document, index: int) -> bool:
    """A letter has a date nearby and a closing ('Med vänlig hälsning', signatures) or hands something over."""
    around = " ".join(block.text for block in document.blocks[max(0, index - 3) : index + 14])
    hands_over = re.search(r"hälsning|översänd|överlämna|bifoga|återfinns\s+i|för\s+kännedom|svar\s+senast", around, re.IGNORECASE)
    return hands_over is not None and bool(find_dates(around))


def _part(document: Document, first: int, last: int, kind: DocType) -> Part:
    blocks = document.blocks[first:last]
    piece = Document(
        source=document.source, text=document.text, blocks=blocks, pages=document.pages, page_count=document.page_count
    )
    own = doc_type_of(zones_of(piece)) if kind in (DocType.AUDIT_REPORT, DocType.OTHER) else kind
    title = next((b.text for b in blocks[:6] if 8 < len(b.text) < 160 and not find_dates(b.text)), blocks[0].text[:160])
    return Part(doc_type=own, title=title.split("\n")[0], start=blocks[0].start, end=blocks[-1].end, date=date_of(piece))
