"""The matrix in the terminal: a symbol in colour for each value, numbered columns, and a legend."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from granskning_ai.export.appearance import CONFLICT_LABEL, LOOKS, MEANINGS, groups, has_conflict, values_in
from granskning_ai.export.files import write_whole
from granskning_ai.export.safe import one_line
from granskning_ai.model import LABELS, Matrix, MatrixCell, Row

_STYLES = {
    "good": "bold green",
    "fair": "cyan",
    "partial": "yellow",
    "bad": "bold red",
    "lacking": "red",
    "open": "magenta",
    "empty": "dim",
    "failed": "bold magenta",
}
_CONFLICT = "*"
"""One column wide in every terminal, which the sign in the other formats is not."""
_COLUMN = 5
"""Room for one column: a symbol, the mark for conflict, and the space between columns."""
_FILE_WIDTH = 100


class TextMatrix:
    """Writes the matrix as plain text, as it stands in the terminal but without colour."""

    suffix = ".txt"

    def write(self, matrix: Matrix, path: Path) -> None:
        """Writes `matrix` to `path`, whole or not at all."""
        write_whole(path, as_text(matrix).encode())


def as_text(matrix: Matrix, width: int = _FILE_WIDTH) -> str:
    """The matrix as text without colour."""
    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    show(matrix, console)
    output = console.file
    assert isinstance(output, io.StringIO)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines()) + "\n"


def show(matrix: Matrix, console: Console) -> None:
    """Prints the matrix; whether in colour is up to the console (NO_COLOR, a pipe)."""
    console.print(Group(*_parts(matrix, console.width)), soft_wrap=False)


def _parts(matrix: Matrix, width: int) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(one_line(matrix.title), style="bold"), Text()]
    if not matrix.rows:
        parts.append(Text("Det finns inga kommuner att visa. Importera dokument med: granskning importera SÖKVÄG"))
        return parts
    parts += [_columns(matrix), Text()]
    names = max(len(_name(matrix, row)) for row in matrix.rows)
    at_once = max((width - names - 2) // _COLUMN, 1)
    for first in range(0, len(matrix.columns), at_once):
        parts += [_table(matrix, range(first, min(first + at_once, len(matrix.columns)))), Text()]
    parts.append(_legend(matrix))
    parts += [Text(f"Obs: {one_line(note)}") for note in matrix.notes]
    return parts


def _columns(matrix: Matrix) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    table.add_column(no_wrap=True)
    for group, indexes in groups(matrix):
        table.add_row("", Text(one_line(group), style="bold"), "")
        for index in indexes:
            coverage = matrix.coverage[index]
            filled = Text(f"uppgift om {coverage.filled} av {coverage.total}", style="dim")
            table.add_row(Text(str(index + 1), style="bold"), Text(one_line(matrix.columns[index].label)), filled)
    return table


def _table(matrix: Matrix, indexes: Sequence[int]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    # A name is never cut: it is what the reader looks for.
    table.add_column("Kommun", no_wrap=True, min_width=max(len(_name(matrix, row)) for row in matrix.rows))
    for index in indexes:
        table.add_column(str(index + 1), justify="center", no_wrap=True, width=_COLUMN - 1)
    for row in matrix.rows:
        table.add_row(Text(_name(matrix, row)), *(_symbol(row.cells[index]) for index in indexes))
    return table


def _by_year(matrix: Matrix) -> bool:
    return any(row.year is not None for row in matrix.rows)


def _name(matrix: Matrix, row: Row) -> str:
    name = one_line(row.municipality)
    return f"{name} {row.year or '–'}" if _by_year(matrix) else name


def _symbol(cell: MatrixCell) -> Text:
    look = LOOKS[cell.value]
    text = Text(look.symbol, style=_STYLES[look.tone])
    return text.append(_CONFLICT, style="bold") if cell.conflict else text


def _legend(matrix: Matrix) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for value in values_in(matrix):
        look = LOOKS[value]
        style = _STYLES[look.tone]
        table.add_row(Text(look.symbol, style=style), Text(LABELS[value], style=style), Text(MEANINGS[value]))
    if has_conflict(matrix):
        table.add_row(Text(_CONFLICT, style="bold"), CONFLICT_LABEL, "en annan uppgift säger något annat; läs beläggen")
    return table


def print_matrix(matrix: Matrix) -> None:
    """Prints the matrix on standard output, in colour where that is a terminal."""
    show(matrix, Console(highlight=False))
