"""Excel workbooks: text that stays text, and the same bytes for the same content. openpyxl is imported here only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from granskning_ai.errors import ConfigError
from granskning_ai.export.safe import looks_like_formula, plain

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | bool | None

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of everything in the file: the earliest that a zip archive can hold."""
_MOST_CHARACTERS = 32_767
_MOST_ROWS = 1_048_576
_CUT = " … [avkortat]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a cell looks; colours are RRGGBB."""

    bold: bool = False
    size: int = 11
    colour: str = "1C2228"
    fill: str = ""
    wrap: bool = False


PLAIN = Style()


class Book:
    """A workbook that is written sheet by sheet."""

    def __init__(self) -> None:
        from openpyxl import Workbook

        self._workbook = Workbook()
        self._workbook.remove(self._workbook.worksheets[0])
        self._styles: dict[Style, StyleArray] = {}

    def sheet(self, title: str) -> Sheet:
        """Adds an empty sheet."""
        return Sheet(self._workbook.create_sheet(title), self._styles)

    def to_bytes(self) -> bytes:
        """The file."""
        return _saved(self._workbook)


class Sheet:
    """One sheet of a `Book`; rows and columns count from 1."""

    def __init__(self, worksheet: Worksheet, styles: dict[Style, StyleArray]) -> None:
        self._worksheet = worksheet
        self._styles = styles

    def put(self, row: int, column: int, value: Value, style: Style = PLAIN, *, link: str = "") -> None:
        """Writes a cell; `link` is the place in the same workbook that it leads to, like 'Belägg!A5'."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell = self._worksheet.cell(row, column)
        if style in self._styles:
            # To look every font and colour up again takes ten times as long as all the rest.
            cell._style = copy(self._styles[style])
        else:
            _dress(cell, style)
            self._styles[style] = copy(cell._style)
        _fill(cell, value)
        if link:
            sheet, place = link.rsplit("!", 1)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{place}")

    def height(self, row: int, points: float) -> None:
        """Sets a row's height: programs do not agree on whether they fit it to wrapped text."""
        self._worksheet.row_dimensions[row].height = points

    def layout(self, *, widths: Sequence[float], header: int, last: int) -> None:
        """Widths, a frozen header row and first column, a filter, and a page that prints on landscape A4."""
        from openpyxl.utils import get_column_letter

        sheet = self._worksheet
        for index, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.freeze_panes = f"B{header + 1}"
        if last > header:
            sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(widths))}{last}"
        sheet.print_title_rows = f"{header}:{header}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = "9"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def place(row: int, column: int) -> str:
    """The name of a cell, like 'B7'."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"


def tables_workbook(tables: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]]) -> bytes:
    """A workbook with a sheet for each (name, header, rows), written as a stream because tables can be long.

    Raises:
        ConfigError: a table has more rows than a sheet can hold.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    for name, header, rows in tables:
        sheet = workbook.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, row in enumerate([header, *rows], start=1):
            if number > _MOST_ROWS:
                raise ConfigError(
                    f"Tabellen {name} har fler rader än ett kalkylblad rymmer.",
                    hint="Exportera till csv, jsonl eller parquet i stället.",
                )
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet)
                _fill(cell, value)
                if number == 1:
                    _dress(cell, Style(bold=True))
                cells.append(cell)
            sheet.append(cells)
    return _saved(workbook)


def _fill(cell: Cell | WriteOnlyCell, value: Value) -> None:
    if isinstance(value, str):
        value = plain(value) or None
    if isinstance(value, str) and len(value) > _MOST_CHARACTERS:
        value = value[: _MOST_CHARACTERS - len(_CUT)] + _CUT
    cell.value = value
    if isinstance(value, str):
        # openpyxl would take '=…' for a formula and '#N/A' for an error. The quote prefix keeps the text from
        # becoming a formula when somebody edits the cell.
        cell.data_type = "s"
        if looks_like_formula(value):
            cell.quotePrefix = True


def _dress(cell: Cell | WriteOnlyCell, style: Style) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name="Calibri", size=style.size, bold=style.bold, color=style.colour)
    cell.alignment = Alignment(vertical="top", wrap_text=style.wrap)
    if style.fill:
        cell.fill = PatternFill("solid", fgColor=style.fill)
        edge = Side(style="thin", color="FFFFFF")
        cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)


def _saved(workbook: Workbook) -> bytes:
    from openpyxl.writer.excel import ExcelWriter

    workbook.properties.creator = "granskning-ai"
    workbook.properties.created = workbook.properties.modified = datetime(*_EPOCH)  # noqa: DTZ001 - openpyxl wants it naive
    raw = io.BytesIO()
    # Workbook.save would set the time of writing.
    ExcelWriter(workbook, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED)).save()
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            fixed = zipfile.ZipInfo(item.filename, date_time=_EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 0
            target.writestr(fixed, source.read(item))
    return out.getvalue()
