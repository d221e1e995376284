"""The documents that one file holds: e-mail, cover letter, memo and report are told apart by how each begins."""

from __future__ import annotations

import re

from granskning_ai.extraction.metadata import date_of, doc_type_of, zones_of
from granskning_ai.model import Block, BlockKind, DocType, Document, Part
from granskning_ai.swedish.dates import find_dates

_MAIL = re.compile(r"^\s*(?:från|from)\s*:\s*\S", re.IGNORECASE)
_MAIL_FIELDS = re.compile(r"(?:^|\s)(?:till|to|skickat|sent|ämne|ärende|subject|datum|date)\s*:", re.IGNORECASE)
_LETTER = re.compile(
    r"^\s*(?:Till\s+(?:kommun|nämnd|styrelse|[A-ZÅÄÖ])|(?:Följebrev|FÖLJEBREV|Missiv|MISSIV|Revisionsskrivelse)\s*$)"
)
_LETTER_ENDS = re.compile(
    r"hälsning|översänd|överlämna|återfinns\s+i|för\s+kännedom|svar\s+senast|enligt\s+uppdrag", re.IGNORECASE
)
_MEMO = re.compile(r"^\s*(?:PM|Promemoria)\b(?!.*\.\w{3,4}$)")
_ANEW = re.compile(r"^\s*(?:\d+\.?\s+)?(?:sammanfattning|innehållsförteckning|innehåll)\s*$", re.IGNORECASE)
_BEGINS = re.compile(
    r"^\s*(?:\d+\.?\s+)?(?:sammanfattning|innehållsförteckning|innehåll|inledning|bakgrund)\s*$", re.IGNORECASE
)


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
    last = starts[-1][1] if starts else None
    if block.kind is BlockKind.TABLE or len(text) > 1500:
        return None
    if _MAIL.match(text) and len(_MAIL_FIELDS.findall(_lines(document, index, 6))) >= 2:
        return DocType.EMAIL
    if len(text) < 120 and _LETTER.match(text) and _is_letter(document, index):
        return DocType.COVER_LETTER
    if len(text) < 120 and _MEMO.match(text) and last is not None:
        # The list of a mail's attachments names the memo too; the memo itself is followed by a heading.
        follows = document.blocks[index + 1 : index + 2]
        return (
            DocType.MEMO
            if block.kind is BlockKind.HEADING or (follows and follows[0].kind is BlockKind.HEADING)
            else None
        )
    begins = _ANEW if last is DocType.MEMO else _BEGINS
    if last in (DocType.EMAIL, DocType.COVER_LETTER, DocType.MEMO) and begins.match(text):
        return DocType.AUDIT_REPORT
    return None


def _lines(document: Document, index: int, count: int) -> str:
    return "\n".join(block.text for block in document.blocks[index : index + count])


def _is_letter(document: Document, index: int) -> bool:
    """A letter stands beside its date and closes with a greeting or hands something over."""
    before = _lines(document, max(0, index - 3), min(3, index))
    after = _lines(document, index, 14)
    return bool(find_dates(before + "\n" + after)) and _LETTER_ENDS.search(after) is not None


def _part(document: Document, first: int, last: int, kind: DocType) -> Part:
    blocks = document.blocks[first:last]
    piece = Document(
        source=document.source, text=document.text, blocks=blocks, pages=document.pages, page_count=document.page_count
    )
    own = doc_type_of(zones_of(piece)) if kind in (DocType.AUDIT_REPORT, DocType.OTHER) else kind
    title = next((b.text for b in blocks[:6] if 8 < len(b.text) < 160 and not find_dates(b.text)), blocks[0].text[:160])
    return Part(
        doc_type=own, title=title.split("\n")[0], start=blocks[0].start, end=blocks[-1].end, date=date_of(piece)
    )
