"""Merged cells of tables without a full set of lines: heads over several columns, cells that lines pass by."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from granskning_ai.parsing.pdf_grid import Grid, Place
from granskning_ai.parsing.pdf_page import Rule

_COVERED = 0.6
_SLACK = 3.0
Interval = tuple[float, float]


def merge_heads(grid: Grid) -> None:
    """Where two rows of heads stand over each other, an empty cell in the upper belongs to the head to its left.

    A head with nothing below it takes both rows.
    """
    heads = list(itertools.takewhile(lambda row: _is_bold(grid, row), range(len(grid.cells))))
    if len(heads) != 2 or len(heads) == len(grid.cells):
        return
    upper, lower = grid.cells[0], grid.cells[1]
    if not any(lines and not upper[j] for j, lines in enumerate(lower)):
        return
    origin: Place | None = None
    for j in range(grid.width):
        if upper[j]:
            origin = (0, j) if lower[j] else None
            if not lower[j]:
                grid.spans[1, j] = (0, j)
        elif origin is not None and lower[j]:
            grid.spans[0, j] = origin


def merge_unruled(grid: Grid, columns: Sequence[Interval], rows: Sequence[Interval], across: Sequence[Rule]) -> None:
    """A line between two rows that does not pass a column leaves the cells there one, over both rows."""
    for i, (above, below) in enumerate(itertools.pairwise(rows), start=1):
        rules = [rule for rule in across if above[1] - _SLACK <= rule.at <= below[0] + _SLACK]
        passed = [_is_passed(column, rules) for column in columns]
        # A row without lines of its own, such as one of two lines of heads, tells nothing.
        if sum(passed) * 2 < len(columns) or all(passed):
            continue
        for j in range(grid.width):
            if not passed[j] and (i, j) not in grid.spans:
                first = grid.spans.get((i - 1, j), (i - 1, j))
                grid.cells[first[0]][first[1]].extend(grid.cells[i][j])
                grid.cells[i][j] = []
                grid.spans[i, j] = first


def _is_bold(grid: Grid, row: int) -> bool:
    lines = [line for cell in grid.cells[row] for line in cell]
    return bool(lines) and all(line.all_bold for line in lines)


def _is_passed(column: Interval, rules: Sequence[Rule]) -> bool:
    covered = sum(max(0.0, min(rule.end, column[1]) - max(rule.start, column[0])) for rule in rules)
    return covered >= _COVERED * (column[1] - column[0])
