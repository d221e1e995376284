"""Documents to index entries: each passage with the frame that it is found by beside its own words."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence

from granskning_ai.indexing.nouns import Entry
from granskning_ai.model import Block, BlockKind, DocumentRecord, Metadata, Passage
from granskning_ai.swedish.filters import county_codes
from granskning_ai.swedish.municipalities import municipality

FORMAT = "1"
"""Changes when the same record gives other entries, so that older indexes are seen to be out of date."""

_LONGEST_LEAD_IN = 40


def version(document_id: str, file_name: str, metadata: Metadata, versions: Sequence[tuple[str, str]]) -> str:
    """Tells whether an index holds a document as it is now stored; `versions` are those that read it."""
    parts = (FORMAT, document_id, file_name, metadata, tuple(versions))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def entries(record: DocumentRecord) -> list[Entry]:
    """The record's passages as the index holds them, in reading order."""
    document, metadata = record.document, record.document.metadata
    places = [entry for code in metadata.municipality_codes if (entry := municipality(code))]
    about = [metadata.title, *(place.full_name for place in places[:3]), str(metadata.year or "")]
    frame = _Frame(document.blocks)
    return [
        Entry(
            id=passage.id,
            document_id=document.id,
            file_name=document.source.name,
            page=passage.page,
            start=passage.start,
            end=passage.end,
            section=passage.section,
            text=passage.text,
            frame=" ".join([*about, passage.section, frame.around(passage)]).strip(),
            title=metadata.title,
            doc_type=metadata.doc_type.value,
            issuer=metadata.issuer,
            municipality_codes=metadata.municipality_codes,
            county_codes=county_codes(metadata),
            year=metadata.year,
        )
        for passage in record.passages
    ]


class _Frame:
    """Finds what a passage in the middle of a table or list leans on."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks
        self._starts = [block.start for block in blocks]

    def around(self, passage: Passage) -> str:
        """The header of the table that the passage begins inside, or the lead-in of its list."""
        index = bisect_right(self._starts, passage.start) - 1
        if index < 0:
            return ""
        block = self._blocks[index]
        if block.kind is BlockKind.TABLE:
            return " ".join(block.header) if block.start < passage.start else ""
        return self._lead_in(index) if block.kind is BlockKind.LIST_ITEM else ""

    def _lead_in(self, index: int) -> str:
        while index >= 0 and self._blocks[index].kind is BlockKind.LIST_ITEM:
            index -= 1
        block = self._blocks[index] if index >= 0 else None
        if block is None or block.kind is not BlockKind.PARAGRAPH:
            return ""
        return " ".join(block.text.split()[-_LONGEST_LEAD_IN:])
