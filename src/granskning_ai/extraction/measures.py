"""The measures (åtgärder, insatser) of a plan: from its tables, and from lists and entries under headings for measures.

Only what a plan or an agreement sets out to do is a measure; an audit report's words about measures are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from granskning_ai.extraction.plan_lines import rows_of_lines
from granskning_ai.extraction.plan_lists import list_rows
from granskning_ai.extraction.plan_tables import (
    Piece,
    Row,
    assign,
    group_role,
    pieces_of,
    read_flat_head,
    role_of_heading,
    roles_of_headings,
)
from granskning_ai.extraction.reading import BESIDE, Ids
from granskning_ai.model import Block, BlockKind, Cell, DocType, Document, Finding, Measure

PLANS = frozenset({DocType.ACTION_PLAN, DocType.AGREEMENT})
FIELDS = ("area", "purpose", "goal", "description", "responsible")


def find_measures(document: Document) -> list[Finding]:
    """Every measure of a plan, in order. Other documents have none."""
    blocks = _plan_blocks(document)
    ids = Ids("atgard", document)
    found: list[Measure] = []
    rows = sorted(
        [*_table_rows(blocks), *_flat_rows(blocks), *list_rows(blocks)],
        key=lambda row: min(piece.start for pieces in row.cells.values() for piece in pieces),
    )
    for row in rows:
        measure = _measure(document, row, ids)
        if measure:
            found.append(measure)
    return list(found)


def _plan_blocks(document: Document) -> list[Block]:
    """The blocks of the plan that the document is, or of those of its parts that are plans."""
    if document.metadata.doc_type in PLANS:
        spans = [(0, len(document.text))]
    else:
        spans = [(part.start, part.end) for part in document.parts if part.doc_type in PLANS]
    return [
        block
        for block in document.blocks
        if block.kind not in BESIDE and any(start <= block.start < end for start, end in spans)
    ]


def _measure(document: Document, row: Row, ids: Ids) -> Measure | None:
    name = row.cells.get("name")
    if not name:
        # An empty name cell: the row is called by its first filled cell.
        name = next((row.cells[role] for role in ("purpose", "goal", "description") if row.cells.get(role)), None)
    if not name:
        return None
    title = " ".join(name[0].text.split()).rstrip(" .")
    pieces = [*name, *(p for role, cell in row.cells.items() if role in FIELDS and cell is not name for p in cell)]
    said = {role: _text(row.cells.get(role, [])) for role in FIELDS}
    said |= {role: said[role].replace("\n", " ") for role in FIELDS if role != "description"}
    return Measure(
        id=ids.next(said["area"], title),
        evidence=tuple(document.cite(piece.start, piece.end) for piece in pieces),
        found_by="rule:measures",
        name=title,
        area=said["area"],
        purpose=said["purpose"],
        goal=said["goal"],
        description=said["description"],
        responsible=said["responsible"],
    )


_BULLET = re.compile(r"^\s*[•●▪■◦○·»–—*\uf0b7-]\s+")


def _text(pieces: Sequence[Piece]) -> str:
    """The pieces' words; list items and the lines of a cell stay on lines of their own, without their marks."""
    lines = [" ".join(_BULLET.sub("", line).split()) for piece in pieces for line in piece.text.split("\n")]
    return "\n".join(line for line in lines if line)


# Tables


Merged = dict[str, list[Piece]]
"""The cells that hold for the rows below them, where these are empty: the area, or a merged first column."""


def _table_rows(blocks: Sequence[Block]) -> Iterator[Row]:
    roles: list[str] | None = None
    merged: Merged = {}
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.TABLE:
            continue
        head = next((n for n in (0, 1) if n < len(block.cells) and _roles_of_row(block.cells[n])), None)
        if head is not None:
            roles, merged = _roles_of_row(block.cells[head]), _title_row(block.cells[:head])
        elif roles is None or len(roles) != len(block.cells[0]) or not _adjoins(blocks, index):
            # A table without headings goes on from the one before it, on the next page.
            roles = None
            continue
        rows: list[Row] = []
        for cells in block.cells[0 if head is None else head + 1 :]:
            _add_row(rows, cells, roles or [], merged)
        yield from rows


def _title_row(rows: Sequence[Sequence[Cell]]) -> Merged:
    """The area that a merged row over the headings names ('Fokusområde: Trygga miljöer')."""
    if not rows or len({cell.start for cell in rows[0] if cell.text}) != 1:
        return {}
    cell = next(cell for cell in rows[0] if cell.text)
    label, colon, rest = cell.text.partition(":")
    if not colon or role_of_heading(label) != "area":
        return {"area": [Piece(text=cell.text, start=cell.start, end=cell.end)]}
    start = cell.end - len(rest.lstrip())
    return {"area": [Piece(text=rest.strip(), start=start, end=cell.end)]}


def _roles_of_row(cells: Sequence[Cell]) -> list[str] | None:
    """The roles of the columns, if the row holds their headings; a parser may have merged them into one cell."""
    texts = list({cell.start: cell.text for cell in cells if cell.text}.values())
    if len(texts) == 1:
        roles = read_flat_head(texts[0])
        return roles if roles and len(roles) == len(cells) else None
    return roles_of_headings([cell.text for cell in cells])


def _adjoins(blocks: Sequence[Block], index: int) -> bool:
    return index > 0 and blocks[index - 1].kind is BlockKind.TABLE


def _add_row(rows: list[Row], cells: Sequence[Cell], roles: Sequence[str], merged: Merged) -> None:
    """Adds the row to `rows`, with the merged cells that hold for it; notes those that hold for the rows below."""
    if _roles_of_row(cells):
        return
    row = Row()
    for cell, role in zip(cells, roles, strict=False):
        if cell.text and role not in row.cells:
            row.cells[role] = [Piece(text=cell.text, start=cell.start, end=cell.end)]
    grouping = {"area", group_role(roles)}
    own = {role for role in row.cells if role not in ("other", "time")}
    if rows and len(own) == 1 and not own & {"name", *grouping}:
        # A single cell without a name: the row above goes on over a page break.
        for role, pieces in row.cells.items():
            rows[-1].cells.setdefault(role, []).extend(pieces)
        return
    merged.update({role: pieces for role, pieces in row.cells.items() if role in grouping})
    row.cells = {**merged, **row.cells}
    # A row that only names an area heads the rows below it.
    if own - grouping:
        rows.append(row)


# Run-together tables


def _flat_rows(blocks: Sequence[Block]) -> Iterator[Row]:
    index = 0
    while index < len(blocks):
        head = _flat_head(blocks, index)
        if head is None:
            index += 1
            continue
        roles, index = head
        body: list[Block] = []
        while index < len(blocks) and _is_cell(blocks, index):
            body.append(blocks[index])
            index += 1
        lines = rows_of_lines(body, roles)
        if lines is not None:
            yield from lines
            continue
        pieces = [piece for block in body for piece in pieces_of(block, has_area="area" in roles)]
        role = group_role(roles)
        merged: list[Piece] = []
        for row in assign(pieces, roles):
            if role:
                merged = row.cells.get(role) or merged
                row.cells = {role: merged, **row.cells} if merged else row.cells
            if set(row.cells) - {role, "time", "other"}:
                yield row


def _flat_head(blocks: Sequence[Block], index: int) -> tuple[list[str], int] | None:
    """The columns of a run-together table whose headings begin in `blocks[index]`, in one block or one block each."""
    block = blocks[index]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return None
    words, end = block.text, index + 1
    while end < len(blocks) and blocks[end].kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        text = blocks[end].text
        if len(text.split()) > 4 or not (role_of_heading(text) or read_flat_head(text)):
            break
        words, end = f"{words} {text}", end + 1
    roles = read_flat_head(words)
    if roles:
        return roles, end
    roles = read_flat_head(block.text)
    return (roles, index + 1) if roles else None


def _is_cell(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or _flat_head(blocks, index):
        return False
    return not re.match(r"(?:nedan|i\s+tabellen|tabellen|källa|figur|tabell)\b", block.text, re.IGNORECASE)
