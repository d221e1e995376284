"""A document read into statements: every sentence of its prose and of its tables' cells, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from granskning_ai.model import Block, BlockKind, DocType, Document
from granskning_ai.requirements.cues import shows
from granskning_ai.requirements.skipping import reason_to_skip
from granskning_ai.requirements.statements import Skip, Statement
from granskning_ai.requirements.wildcards import plain
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.municipalities import mentions_in
from granskning_ai.swedish.verdicts import is_assessment

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE, BlockKind.HEADING})
_NUMBER = re.compile(r"^(?:kapitel\s+|avsnitt\s+)?(?:\d+(?:\.\d+)*\.?|[a-z]\))\s+")
_POLICE_DISTRICT = re.compile(r"(?:lpo|polisområde\w*|polisregion\w*|lokalpolis\w*)\s+$")
_DISTRICT_REACH = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A block, and what the blocks before it give it."""

    document: Document
    block: Block
    number: int
    headings: tuple[Block, ...]
    lead: str

    @property
    def doc_type(self) -> DocType:
        """The type of the part that the block stands in; the auditors' own cover letter is their word."""
        part = next((p for p in self.document.parts if p.start <= self.block.start < p.end), None)
        metadata = self.document.metadata
        if part is None or part.doc_type is DocType.OTHER:
            return metadata.doc_type
        issuer = f"{part.issuer or metadata.issuer} {metadata.commissioned_by}".lower()
        auditors_letter = part.doc_type is DocType.COVER_LETTER and "revis" in issuer
        return DocType.AUDIT_REPORT if auditors_letter else part.doc_type


def read(document: Document) -> tuple[Statement, ...]:
    """Every statement of the document."""
    found: list[Statement] = []
    path: list[Block] = []
    lead = ""
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            path = [heading for heading in path if (heading.level or 1) < (block.level or 1)]
        over = lead if block.kind is BlockKind.LIST_ITEM else ""
        place = _Place(document=document, block=block, number=number, headings=tuple(path), lead=over)
        found.extend(_statements(place, len(found)))
        if block.kind is BlockKind.HEADING:
            path.append(block)
        if block.kind is not BlockKind.LIST_ITEM:
            lead = block.text
    return tuple(found)


def _statements(place: _Place, first: int) -> Iterator[Statement]:
    headings = tuple(_NUMBER.sub("", plain(heading.text)) for heading in place.headings)
    doc_type, before = place.doc_type, plain(place.lead)
    heading_codes = tuple(code for heading in place.headings for code in _codes(heading.text, place.document))
    for offset, text, column in _pieces(place.block):
        machine = shows("machine", plain(text))
        after_assessment = False
        for start, end in sentences(text):
            statement = Statement(
                index=first,
                text=text[start:end],
                plain=plain(text[start:end]),
                start=offset + start,
                end=offset + end,
                block=place.number,
                kind=place.block.kind,
                headings=headings,
                before=before,
                doc_type=doc_type,
                codes=_codes(text[start:end], place.document) or heading_codes,
            )
            statement = _judge(statement, place.document, column, machine=machine)
            after_assessment = after_assessment or statement.assessing
            yield replace(statement, in_assessment=statement.in_assessment or after_assessment)
            first += 1


def _pieces(block: Block) -> list[tuple[int, str, str]]:
    """A block's texts with their places; of a table each cell once, with its column's heading."""
    if block.kind in _PROSE:
        return [(block.start, block.text, "")]
    header = [plain(text) for text in block.header]
    cells: dict[int, tuple[int, str, str]] = {}
    for row in block.cells:
        for number, cell in enumerate(row):
            if cell.text:
                cells.setdefault(cell.start, (cell.start, cell.text, header[number] if number < len(header) else ""))
    return [cells[start] for start in sorted(cells)]


def _codes(text: str, document: Document) -> tuple[str, ...]:
    """The municipalities that a text names, the document's own if any of them is; a police district is none."""
    named = [
        mention.code
        for mention in mentions_in(text)
        if not _POLICE_DISTRICT.search(text[max(0, mention.start - _DISTRICT_REACH) : mention.start].lower())
    ]
    own = [code for code in named if code in document.metadata.municipality_codes]
    return tuple(dict.fromkeys(own or named))


def _judge(statement: Statement, document: Document, column: str, *, machine: bool) -> Statement:
    attributed = shows("attributed", statement.plain)
    assessing = statement.auditor and not attributed and is_assessment(statement.text)
    under_assessment = any(shows("heading_assessment", heading) for heading in statement.headings[-1:])
    judged = replace(
        statement,
        assessing=assessing,
        in_assessment=assessing or under_assessment or "bedömning" in column,
        in_compliance=any(shows("heading_compliance", heading) for heading in statement.headings),
        attributed=attributed,
    )
    # What addresses a machine taints the whole paragraph.
    return replace(judged, skip=Skip.MACHINE if machine else reason_to_skip(judged, document, column))
