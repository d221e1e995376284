"""Puts together what a page or column break has cut: paragraphs, list items, tables and table rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from granskning_ai.model import BlockKind
from granskning_ai.parsing.lines import begins_low, is_open
from granskning_ai.parsing.pdf_chunks import Chunk, is_full
from granskning_ai.parsing.pdf_grid import Grid, rows_of
from granskning_ai.parsing.pdf_lines import Line

_ASIDE = {BlockKind.TABLE, BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.FURNITURE}
_BESIDE = {BlockKind.FOOTNOTE, BlockKind.FURNITURE}
_TEXT = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
_SAME_EDGE = 5.0


def join_columns(columns: Sequence[list[Chunk]]) -> list[Chunk]:
    """The chunks of all columns in order, those that a break has cut joined to one."""
    done: list[Chunk] = []
    for chunks in columns:
        rest = list(chunks)
        if done and rest:
            _join_text(done, rest)
            _join_tables(done, rest)
        done.extend(rest)
    return done


def _join_text(done: list[Chunk], rest: list[Chunk]) -> None:
    before = _first(reversed(done))
    after = _first(rest)
    if before is None or after is None:
        return
    skipped = rest[0] is not after or any(c.kind not in _BESIDE for c in done[done.index(before) + 1 :])
    # A table that goes on over the break stands between two texts that have nothing to do with each other.
    if before.kind in _TEXT and after.kind in _TEXT and goes_on(before, after, strict=skipped):
        before.lines.extend(after.lines)
        rest.remove(after)


def _first(chunks: Iterable[Chunk]) -> Chunk | None:
    """The first chunk of running text, with at most two tables or captions before it."""
    skipped = 0
    for chunk in chunks:
        if chunk.kind not in _ASIDE:
            return chunk if chunk.lines else None
        skipped += chunk.kind not in _BESIDE
        if skipped > 2:
            break
    return None


def goes_on(a: Chunk, b: Chunk, *, strict: bool = False) -> bool:
    """Whether `b` at the head of a column goes on from `a` at the foot of the one before."""
    last, first = a.lines[-1], b.lines[0]
    if b.marker is not None or abs(last.size - first.size) > 0.07 * last.size or last.all_bold != first.all_bold:
        return False
    if last.words[0].turned or first.words[0].turned or not _same_indent(a, first):
        return False
    if begins_low(b.plain):
        return is_open(last.text) or is_full(last, first)
    if strict or not is_open(last.text):
        return not strict and _is_stretched(a)
    return last.text.endswith("-") or (is_full(last, first) and a.kind is BlockKind.PARAGRAPH and len(a.lines) > 1)


def _is_stretched(chunk: Chunk) -> bool:
    """Whether the paragraph is justified and its last line as well, which the last line of a paragraph is not."""
    ends = [line.x1 for line in chunk.lines[-4:]]
    return len(ends) >= 3 and max(ends) - min(ends) <= 0.6


def _same_indent(a: Chunk, line: Line) -> bool:
    last = a.lines[-1]
    if a.kind is BlockKind.PARAGRAPH and len(a.lines) == 1:
        return True
    expected = a.lines[0].text_x if len(a.lines) == 1 else last.x0
    shift = (line.x0 - line.origin) - (expected - last.origin)
    within_column = (line.x0 - line.left) - (expected - last.left)
    slack = max(_SAME_EDGE, 0.6 * line.size)
    if abs(shift) <= slack or abs(within_column) <= slack:
        return True
    # A page that holds nothing but the end of a list item has no margin to measure from.
    return line.left == line.x0 and begins_low(line.text)


def _join_tables(done: list[Chunk], rest: list[Chunk]) -> None:
    before = next((chunk for chunk in reversed(done) if chunk.kind not in _BESIDE), None)
    after = rest[0] if rest else None
    if before is None or after is None or before.grid is None or after.grid is None:
        return
    if continues(before.grid, after.grid):
        append(before.grid, after.grid)
        rest.remove(after)


def continues(a: Grid, b: Grid) -> bool:
    """Whether table `b` goes on from table `a` on the page before."""
    if a.width != b.width:
        return False
    if _same_row(a, 0, b, 0):
        return True
    shift = b.edges[0] - a.edges[0]
    if any(abs(y - x - shift) > _SAME_EDGE for x, y in zip(a.edges, b.edges, strict=True)):
        return False
    return not is_head(b, 0)


def append(a: Grid, b: Grid) -> None:
    """Adds the rows of `b` to `a`, without repeated heads; a row that the break has cut becomes whole."""
    repeated = 0
    while repeated < min(len(a.cells), len(b.cells)) and _same_row(a, repeated, b, repeated):
        repeated += 1
    if repeated == len(b.cells):
        repeated = 0
    start = repeated
    if start < len(b.cells) and is_cut(a.cells[-1], b.cells[start]):
        for column, lines in enumerate(b.cells[start]):
            i, j = a.spans.get((len(a.cells) - 1, column), (len(a.cells) - 1, column))
            a.cells[i][j].extend(lines)
        start += 1
    offset = len(a.cells) - start
    for place, origin in b.spans.items():
        if place[0] >= start:
            first = origin if origin[0] >= start else (start, origin[1])
            if first != place:
                a.spans[place[0] + offset, place[1]] = (first[0] + offset, first[1])
    _carry_merged(a, b, start, offset)
    a.cells.extend(b.cells[start:])
    a.row_fills.extend(b.row_fills[start:])
    a.row_pages.extend(b.row_pages[start:])
    a.areas.extend(b.areas)


def _carry_merged(a: Grid, b: Grid, start: int, offset: int) -> None:
    """A merged cell that the break has cut is empty on the next page: it covers the rows there too."""
    if start >= len(b.cells):
        return
    for column in range(a.width):
        merged = any(place[1] == column and origin[1] == column for place, origin in a.spans.items())
        if merged and not b.cells[start][column] and a.cells[-1] and (start, column) not in b.spans:
            last = len(a.cells) - 1
            origin = a.spans.get((last, column), (last, column))
            rows = [start] + [place[0] for place, first in b.spans.items() if first == (start, column)]
            for row in rows:
                a.spans[row + offset, column] = origin


def is_cut(above: Sequence[Sequence[Line]], below: Sequence[Sequence[Line]]) -> bool:
    """Whether two rows are one row that a page break has cut: some cell goes on in the middle of a sentence."""
    for a, b in zip(above, below, strict=True):
        if a and b and begins_low(b[0].text) and is_open(a[-1].text) and not b[0].marker:
            return True
    return False


def is_head(grid: Grid, row: int) -> bool:
    """Whether the row looks like column heads: filled or bold unlike the rows after it."""
    cells = [lines for lines in grid.cells[row] if lines]
    if not cells:
        return False
    bold = all(line.all_bold for lines in cells for line in lines)
    rest = [lines for other in grid.cells[row + 1 :] for lines in other if lines]
    plain = not rest or any(not line.all_bold for lines in rest for line in lines)
    fill = grid.row_fills[row]
    own_fill = fill is not None and any(other != fill for other in grid.row_fills[row + 1 :])
    return (bold and plain) or (own_fill and bold)


def _same_row(a: Grid, row_a: int, b: Grid, row_b: int) -> bool:
    texts_a = [_flat(lines) for lines in a.cells[row_a]]
    texts_b = [_flat(lines) for lines in b.cells[row_b]]
    return any(texts_a) and texts_a == texts_b


def _flat(lines: Sequence[Line]) -> str:
    return "".join(line.text for line in lines).replace(" ", "").lower()


def split_at_heads(grid: Grid) -> list[Grid]:
    """Parts tables that touch each other: a row of heads in the middle, like another row of heads, begins a new one."""
    heads = [row for row in range(len(grid.cells)) if _is_inner_head(grid, row)]
    alike = [row for row in heads if row > 0 and any(_alike(grid, row, other) for other in heads if other != row)]
    if not alike:
        return [grid]
    borders = [0, *alike, len(grid.cells)]
    return [rows_of(grid, start, end) for start, end in itertools.pairwise(borders) if end > start]


def _is_inner_head(grid: Grid, row: int) -> bool:
    fill = grid.row_fills[row]
    merged = any((row, column) in grid.spans for column in range(grid.width))
    cells = [lines for lines in grid.cells[row] if lines]
    if merged or grid.width < 2 or len(cells) < 2:
        return False
    bold = all(line.all_bold for lines in cells for line in lines)
    rest = [lines for index, other in enumerate(grid.cells) if index != row for lines in other]
    plain = any(not line.all_bold for lines in rest for line in lines)
    return bold and (plain or any(other != fill for other in grid.row_fills))


def _alike(grid: Grid, a: int, b: int) -> bool:
    same = sum(bool(x) and _flat(x) == _flat(y) for x, y in zip(grid.cells[a], grid.cells[b], strict=True))
    return grid.row_fills[a] == grid.row_fills[b] and same * 2 >= grid.width
