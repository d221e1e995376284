"""Finds tables without a full set of ruling lines: by column heads, by aligned columns, by bands of colour."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from granskning_ai.parsing.lines import begins_low
from granskning_ai.parsing.pdf_grid import Grid, rows_of
from granskning_ai.parsing.pdf_lines import Line, is_bullet, is_number_mark
from granskning_ai.parsing.pdf_merged import merge_heads, merge_unruled
from granskning_ai.parsing.pdf_page import Fill, Rect, Rule

_GAP = 0.9
"""The least gap between two columns, in ems."""
_LOOSE = 1.13
"""A distance between baselines of this many leadings parts two rows."""
_EVEN = 1.35
_FAR = 3.2
_MIN_ROWS, _MAX_BANDS = 3, 3
_REACH = 6.0
_OVERLAP = 0.25
_PROSE_WORDS = 4.5
_NUMERIC = re.compile(
    r"[<>≥≤±~+–-]?\s*[\d\s.,:/]+\s*(?:%|kr|tkr|mnkr|st|procent)?$|[-–—]$|(?:ja|nej|x|n/a|i\.u\.)$", re.IGNORECASE
)

Interval = tuple[float, float]
Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is drawn on the page and may part the rows of a table."""

    across: Sequence[Rule]
    fills: Sequence[Fill]


@dataclass(slots=True)
class _Strip:
    """Lines on one baseline, left to right; or a row that has its cells already."""

    lines: list[Line]
    base: float
    row: Grid | None = None

    @property
    def spans(self) -> list[Interval]:
        """The intervals that the strip's text takes along the line."""
        if self.row is not None:
            cells = [cell for cell in self.row.cells[0] if cell]
            return [(min(line.x0 for line in cell), max(line.x1 for line in cell)) for cell in cells]
        return [(line.x0, line.x1) for line in self.lines]

    @property
    def own(self) -> list[Line]:
        """The strip's lines, also where it is a row that has its cells already."""
        return [line for cell in self.row.cells[0] for line in cell] if self.row else self.lines

    @property
    def size(self) -> float:
        """The largest type size."""
        return max((line.size for line in self.lines), default=10.0)

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.row.area.y0 if self.row else min(line.y0 for line in self.lines)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.row.area.y1 if self.row else max(line.y1 for line in self.lines)


def with_tables(items: Sequence[Line | Grid], ruling: Ruling, size: float) -> list[Line | Grid]:
    """The items with the lines of each table found among them replaced by the table."""
    bands = {id(item): _bands(item) for item in items if isinstance(item, Grid)}
    parts = [part for item in items for part in bands.get(id(item), [item])]
    for strips in (_strips(parts), _overlapping(_strips(parts))):
        found, used = _tables_in(strips, ruling, size)
        if found and all(len({id(part) in used for part in own}) == 1 for own in bands.values()):
            whole = used | {key for key, own in bands.items() if id(own[0]) in used}
            return [item for item in items if id(item) not in whole] + list(found)
    return list(items)


def _bands(grid: Grid) -> list[Grid]:
    """The rows of a table that only bands of colour make: rows without colour may stand between and around them."""
    if grid.spans or len(grid.cells) > _MAX_BANDS or any(fill is None for fill in grid.row_fills):
        return [grid]
    return [rows_of(grid, row, row + 1) for row in range(len(grid.cells))]


def _tables_in(strips: list[_Strip], ruling: Ruling, size: float) -> tuple[list[Grid], set[int]]:
    found: list[Grid] = []
    used: set[int] = set()
    index = 0
    while index < len(strips):
        end = _table_end(strips, index, ruling, size)
        grid = _grid(strips[index:end], ruling, size) if end else None
        if grid is None:
            index += 1
            continue
        found.append(grid)
        for strip in strips[index:end]:
            used.update(id(line) for line in strip.lines)
            used.add(id(strip.row))
        index = end
    return found, used


def _overlapping(strips: list[_Strip]) -> list[_Strip]:
    """Strips that overlap in height as one: cells centred beside a cell of several lines stand between its lines."""
    merged: list[_Strip] = []
    for strip in strips:
        last = merged[-1] if merged else None
        if last and not (last.row or strip.row) and strip.top < last.bottom - _OVERLAP * strip.size:
            last.lines = sorted([*last.lines, *strip.lines], key=lambda line: (line.x0, line.base))
        else:
            merged.append(_Strip(list(strip.lines), strip.base, strip.row))
    return merged


def _strips(items: Sequence[Line | Grid]) -> list[_Strip]:
    strips: list[_Strip] = []
    lines = [item for item in items if isinstance(item, Line) and not item.words[0].turned]
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if strips and line.base - strips[-1].base <= 0.3 * line.size:
            strips[-1].lines.append(line)
        else:
            strips.append(_Strip([line], line.base))
    for strip in strips:
        strip.lines.sort(key=lambda line: line.x0)
    rows = [item for item in items if isinstance(item, Grid) and len(item.cells) == 1 and item.width >= 2]
    strips += [_Strip([], row.area.y0 + 1, row) for row in rows]
    return sorted(strips, key=lambda strip: strip.top)


def _table_end(strips: list[_Strip], start: int, ruling: Ruling, size: float) -> int:
    """Where the table that begins with the strip at `start` ends; 0 where none begins there."""
    first = strips[start]
    headed = _is_head(strips, start)
    if not headed and (len(_segments(first)) < 2 or first.row is not None):
        return 0
    columns = _columns(first.spans, size)
    end, index = start + 1, start + 1
    heading = True
    while index < len(strips) and strips[index].top - strips[index - 1].bottom < _FAR * size:
        strip = strips[index]
        bold = _all_bold(strip)
        heading = heading and bold
        if strip.lines and strip.lines[0].size > 1.12 * max(size, first.lines[0].size if first.lines else size):
            break
        if not heading and bold and _is_head(strips, index) and strip.row is None:
            break
        grown = _columns([*columns, *strip.spans], size)
        if len(grown) < len(columns) or (strip.row is not None and not _goes_with(strip.row, strips[start:index])):
            break
        columns = grown
        gap = strip.base - strips[index - 1].base
        several = strip.row is not None or len(_homes(strip, columns)) >= 2
        if several or (end == index and gap < (1.9 if headed else 1.6) * strip.size):
            end = index + 1
        elif index - end > 4:
            break
        index += 1
    body = strips[start:end]
    return end if _is_table(body, columns, headed, ruling) else 0


def _goes_with(row: Grid, strips: Sequence[_Strip]) -> bool:
    """Whether the row has as many cells as the rows before it that have theirs already."""
    return all(strip.row is None or strip.row.width == row.width for strip in strips)


def _segments(strip: _Strip) -> list[Line]:
    """The strip's segments, numbers and bullets of lists aside."""
    lines = strip.lines
    if len(lines) >= 2 and len(lines[0].words) == 1:
        word = lines[0].words[0]
        if is_bullet(word) or is_number_mark(word.text):
            return lines[1:] if len(lines) == 2 else lines
    return lines


def _all_bold(strip: _Strip) -> bool:
    return bool(strip.own) and all(line.all_bold for line in strip.own)


def _is_head(strips: list[_Strip], index: int) -> bool:
    """Whether the strip looks like column heads: two or more bold segments over text that is not bold."""
    strip = strips[index]
    if not _all_bold(strip):
        return False
    if strip.row is None and len(_segments(strip)) < 2:
        return False
    for following in strips[index + 1 : index + 5]:
        if not _all_bold(following):
            return following.top - strip.bottom < 6 * strips[index].bottom - 6 * strips[index].top
    return False


def _columns(spans: Sequence[Interval], size: float) -> list[Interval]:
    """The intervals that the spans make together; those closer than a column gap become one."""
    merged: list[Interval] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1] + 0.45 * size:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _homes(strip: _Strip, columns: Sequence[Interval]) -> set[int]:
    return {index for index, column in enumerate(columns) for start, end in strip.spans if _meets(column, start, end)}


def _meets(column: Interval, start: float, end: float) -> bool:
    return start < column[1] and end > column[0]


def _is_table(body: list[_Strip], columns: Sequence[Interval], headed: bool, ruling: Ruling) -> bool:
    if len(columns) < 2 or len(body) < 2:
        return False
    lines = [line for strip in body for line in strip.lines]
    several = [strip for strip in body if strip.row is not None or len(_homes(strip, columns)) >= 2]
    words = sum(len(line.words) for line in lines) / max(1, len(lines))
    if headed:
        if len(columns) == 2 and words > _PROSE_WORDS and not any(strip.row for strip in body):
            return len(body) < 12 or _is_ruled_across(body, columns, ruling)
        return len(several) >= 2 or len(columns) >= 3
    if len(several) < _MIN_ROWS or len(several) < 0.6 * len(body):
        return False
    numeric = sum(bool(_NUMERIC.match(line.text)) for strip in several for line in strip.lines[1:])
    others = sum(len(strip.lines) - 1 for strip in several)
    if len(columns) == 2:
        return numeric >= 0.8 * others
    return numeric >= 0.5 * others or (words < 3.0 and sum(len(strip.lines) >= 3 for strip in several) >= _MIN_ROWS)


def _is_ruled_across(body: Sequence[_Strip], columns: Sequence[Interval], ruling: Ruling) -> bool:
    """Whether lines run below the heads from the first column to the last: they tie the columns to one table."""
    top, bottom, (left, right) = body[0].top, body[-1].bottom, (columns[0][0], columns[-1][0])
    inside: dict[int, list[Rule]] = {}
    for rule in ruling.across:
        if top < rule.at < bottom:
            inside.setdefault(round(rule.at), []).append(rule)
    return any(
        min(rule.start for rule in rules) <= left + _REACH and max(rule.end for rule in rules) > right + _REACH
        for rules in inside.values()
    )


def _grid(strips: list[_Strip], ruling: Ruling, size: float) -> Grid | None:
    columns = _merge_marks(_columns([span for strip in strips for span in strip.spans], size), strips)
    if len(columns) < 2:
        return None
    first = next(line for strip in strips for line in strip.own)
    area = Rect(columns[0][0], strips[0].top, columns[-1][1], strips[-1].bottom)
    rows = _rows(strips, columns, ruling, area)
    cells: list[list[list[Line]]] = []
    fills = []
    for row in rows:
        content: list[list[Line]] = [[] for _ in columns]
        for strip in row:
            for line in strip.own:
                middle = (line.x0 + min(line.x1, line.x0 + 2 * line.size)) / 2
                content[_nearest(columns, middle)].append(line)
        cells.append(content)
        y = (row[0].top + row[0].bottom) / 2
        under = [fill for fill in ruling.fills if fill.exact and fill.rect.holds(area.x0 + 2, y) and fill.colour]
        fills.append(under[-1].colour if under and under[-1].rect.height < area.height * 0.9 else None)
    edges = [column[0] for column in columns] + [columns[-1][1]]
    grid = Grid(area, first.page, edges, cells, {}, fills)
    grid.row_pages = [first.page] * len(cells)
    grid.areas = [(first.page, area)]
    merge_heads(grid)
    merge_unruled(grid, columns, [(row[0].top, row[-1].bottom) for row in rows], ruling.across)
    return grid


def _merge_marks(columns: list[Interval], strips: Sequence[_Strip]) -> list[Interval]:
    """A column that holds nothing but bullets belongs to the column after it."""
    merged: list[Interval] = []
    pending: float | None = None
    for column in columns:
        own = [line for strip in strips for line in strip.lines if _meets(column, line.x0, line.x1)]
        marks = bool(own) and all(len(line.words) == 1 and is_bullet(line.words[0]) for line in own)
        start = pending if pending is not None else column[0]
        pending = start if marks else None
        if not marks:
            merged.append((start, column[1]))
    return merged


def _nearest(columns: Sequence[Interval], x: float) -> int:
    for index, (start, end) in enumerate(columns):
        if start - 1 <= x <= end + 1:
            return index
    return min(range(len(columns)), key=lambda i: min(abs(x - columns[i][0]), abs(x - columns[i][1])))


def _rows(strips: list[_Strip], columns: Sequence[Interval], ruling: Ruling, area: Rect) -> list[list[_Strip]]:
    """The strips of each row: rows are parted by lines, edges of bands, or space."""
    borders = [
        rule.at for rule in ruling.across if min(rule.end, area.x1) - max(rule.start, area.x0) > 0.4 * area.width
    ]
    for fill in ruling.fills:
        if fill.exact and fill.rect.overlaps(area) and fill.rect.height < 0.9 * area.height:
            borders += [fill.rect.y0, fill.rect.y1]
    plain = [strip for strip in strips if strip.row is None]
    lead = _lead(plain)
    dense = _is_dense(strips, columns)
    rows: list[list[_Strip]] = []
    for strip in strips:
        last = rows[-1][-1] if rows else None
        homes = _homes(strip, columns)
        if last is None or strip.row or last.row:
            new = True
        elif dense:
            new = len(homes) > 1 or 0 in homes
        else:
            ruled = any(last.bottom - 3 <= y <= strip.top + 3 for y in borders)
            spaced = strip.base - last.base > _LOOSE * lead and (0 in homes or len(homes) > 1)
            new = (
                ruled
                or spaced
                or _is_figures(strip, homes)
                or (len(rows) == 1 and _all_bold(last) and not _all_bold(strip))
            )
        if new:
            rows.append([strip])
        else:
            rows[-1].append(strip)
    return rows


def _is_figures(strip: _Strip, homes: set[int]) -> bool:
    """Whether the strip is a row of figures with its name before them."""
    figures = sum(bool(_NUMERIC.match(line.text)) for line in strip.lines[1:])
    return 0 in homes and len(homes) >= 3 and figures >= max(2, 0.5 * (len(strip.lines) - 1))


def _lead(strips: Sequence[_Strip]) -> float:
    """The distance between two lines of one cell: the smallest that is common."""
    steps = sorted(b.base - a.base for a, b in itertools.pairwise(strips))
    size = max((line.size for strip in strips for line in strip.lines), default=10.0)
    steps = [step for step in steps if step > 0.9 * size]
    return steps[len(steps) // 10] if steps else 1.2 * size


def _is_dense(strips: Sequence[_Strip], columns: Sequence[Interval]) -> bool:
    """Whether every line is a row of its own: nearly all lines fill several columns, evenly spaced."""
    steps = [b.base - a.base for a, b in itertools.pairwise(strips)]
    if max(steps) > _EVEN * min(steps):
        return False
    if all(len(homes := _homes(strip, columns)) > 1 and 0 in homes for strip in strips):
        return not any(begins_low(strip.lines[0].text) for strip in strips if strip.lines)
    full = sum(len(_homes(strip, columns)) >= max(2, 0.6 * len(columns)) for strip in strips)
    cells = [line for strip in strips for line in strip.lines]
    short = sum(bool(_NUMERIC.match(line.text)) for line in cells) >= 0.3 * len(cells)
    return short and full >= 0.8 * len(strips)
