"""Tables of a tagged PDF: where each cell stands, also where the file leaves out empty cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median_low

from granskning_ai.parsing.pdf_grid import Grid, Place, drop_empty_rows
from granskning_ai.parsing.pdf_lines import Line
from granskning_ai.parsing.pdf_page import Rect
from granskning_ai.parsing.pdf_tags import Node

FilledRow = Sequence[tuple[Node, list[Line]]]
_SLACK = 6.0


def grid_of_cells(rows: Sequence[FilledRow]) -> Grid | None:
    """The table whose rows hold the given cells with their lines; None where it has no text."""
    rows = [[(cell, _once(lines)) for cell, lines in row] for row in rows]
    cells, spans, width = _place(rows, None)
    edges = _edges(cells, width)
    if edges and any(sum((i, j) in cells or (i, j) in spans for j in range(width)) < width for i in range(len(rows))):
        cells, spans, width = _place(rows, edges)
    if not any(cells.values()):
        return None
    table = [[cells.get((i, j), []) for j in range(width)] for i in range(len(rows))]
    _put_right(table)
    return _grid(table, {place: first for place, first in spans.items() if place[1] < width})


def _once(lines: list[Line]) -> list[Line]:
    """A head that is painted again in each column or page that its table goes on to counts once."""
    texts = [line.text for line in lines]
    for size in range(1, len(lines) // 2 + 1):
        again = len(lines) % size == 0 and all(texts[i] == texts[i % size] for i in range(len(lines)))
        if again and any(
            lines[i].page != lines[0].page or lines[i].base <= lines[0].base for i in range(1, len(lines))
        ):
            return lines[:size]
    return lines


def _place(
    rows: Sequence[FilledRow], edges: list[float] | None
) -> tuple[dict[Place, list[Line]], dict[Place, Place], int]:
    """Gives each cell its row and column. With `edges`, a cell goes to the column that it stands in on the page."""
    cells: dict[Place, list[Line]] = {}
    spans: dict[Place, Place] = {}
    width = len(edges) if edges else 0
    for i, row in enumerate(rows):
        missing = width - sum(cell.column_span for cell, _ in row) - sum((i, j) in spans for j in range(width))
        j = 0
        for cell, lines in row:
            while (i, j) in cells or (i, j) in spans:
                j += 1
            if edges and missing > 0 and lines:
                home = _home(lines[0].x0, edges)
                while j < home and missing > 0:
                    missing -= (i, j) not in spans
                    j += 1
                while (i, j) in spans:
                    j += 1
            for a in range(i, min(i + cell.row_span, len(rows))):
                for b in range(j, j + cell.column_span):
                    if (a, b) != (i, j) and (a, b) not in cells:
                        spans[a, b] = (i, j)
            cells[i, j] = lines
            j += cell.column_span
            width = max(width, j)
    return cells, spans, width


def _put_right(table: list[list[list[Line]]]) -> None:
    """Moves lines that the file has tagged into a cell of the row although they stand in another column."""
    pages = sorted({line.page for row in table for cell in row for line in cell})
    known = {page: edges for page in pages if (edges := _edges_on(table, page)) is not None}
    if not known:
        return
    for row in table:
        for j, cell in enumerate(row):
            for line in list(cell):
                edges = known.get(line.page, known[min(known)])
                if _strays(line, j, edges) and _keeps_columns(row, j, line.page, edges):
                    cell.remove(line)
                    row[_home(line.x0, edges)].append(line)


def _keeps_columns(row: Sequence[list[Line]], column: int, page: int, edges: Sequence[float]) -> bool:
    """Whether the other cells of the row stand where their columns do: a table that goes on elsewhere has moved."""
    starts = [
        (j, min(line.x0 for line in cell if line.page == page))
        for j, cell in enumerate(row)
        if j != column and any(line.page == page for line in cell)
    ]
    return bool(starts) and all(abs(x - edges[j]) <= 4 * _SLACK for j, x in starts)


def _edges_on(table: list[list[list[Line]]], page: int) -> list[float] | None:
    """Where the columns begin on a page, by the rows there that have all their cells. Heads may be centred."""
    rows = [[cell[0].x0 for cell in row] for row in table if all(cell and cell[0].page == page for cell in row)]
    if not rows:
        return None
    edges = [median_low(column) for column in zip(*rows, strict=True)]
    return edges if all(b - a > 4 * _SLACK for a, b in itertools.pairwise(edges)) else None


def _strays(line: Line, column: int, edges: Sequence[float]) -> bool:
    before = line.x1 < edges[column] - _SLACK
    beyond = column + 1 < len(edges) and line.x0 > edges[column + 1] - _SLACK
    return before or beyond


def _home(x: float, edges: Sequence[float]) -> int:
    return max((j for j, edge in enumerate(edges) if edge <= x + _SLACK), default=0)


def _edges(cells: dict[Place, list[Line]], width: int) -> list[float] | None:
    """Where each column begins, where that is plain from the rows that have all their cells."""
    starts: list[list[float]] = [[] for _ in range(width)]
    full = {i for i, _ in cells if all((i, j) in cells for j in range(width))}
    for (i, j), lines in cells.items():
        if i in full and lines:
            starts[j].append(min(line.x0 for line in lines))
    if not all(starts):
        return None
    edges = [min(column) for column in starts]
    return edges if edges == sorted(edges) else None


def _grid(table: list[list[list[Line]]], spans: dict[Place, Place]) -> Grid:
    """The table with its place on the pages."""
    lines = [line for row in table for cell in row for line in cell]
    pages = sorted({line.page for line in lines})
    areas = [(page, _around([line for line in lines if line.page == page])) for page in pages]
    edges: list[float] = []
    for j in range(len(table[0])):
        starts = [line.x0 for row in table for line in row[j]]
        edges.append(min(starts) if starts else (edges[-1] if edges else areas[0][1].x0))
    row_pages: list[int] = []
    for row in table:
        own = [line.page for cell in row for line in cell]
        row_pages.append(min(own) if own else (row_pages[-1] if row_pages else areas[0][0]))
    grid = Grid(areas[0][1], areas[0][0], [*edges, areas[0][1].x1], table, spans, [None] * len(table))
    grid.row_pages, grid.areas = row_pages, areas
    drop_empty_rows(grid)
    return grid


def _around(lines: Sequence[Line]) -> Rect:
    return Rect(
        min(line.x0 for line in lines),
        min(line.y0 for line in lines),
        max(line.x1 for line in lines),
        max(line.y1 for line in lines),
    )
