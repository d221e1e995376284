"""The XLSX and CSV of the matrix, and what no spreadsheet may ever hold: a formula from a document."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from granskning_ai.export.csv import CsvMatrix, csv_bytes
from granskning_ai.export.safe import looks_like_formula, plain
from granskning_ai.export.workbook import Book, tables_workbook
from granskning_ai.export.xlsx import XlsxMatrix
from granskning_ai.model import LABELS, Matrix

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "=", "#N/A", "'=1"]
texts = st.one_of(
    st.sampled_from(DANGEROUS), st.text(), st.sampled_from("=+-@\t\r").flatmap(lambda c: st.text().map(c.__add__))
)


@pytest.fixture
def workbook(matrix: Matrix, tmp_path: Path) -> Workbook:
    XlsxMatrix().write(matrix, tmp_path / "m.xlsx")
    return openpyxl.load_workbook(tmp_path / "m.xlsx")


def test_the_first_sheet_shows_every_value_in_words_and_colour(workbook: Workbook, matrix: Matrix) -> None:
    sheet = workbook["Matris"]
    assert [sheet.cell(5, 5 + c).value for c in range(len(matrix.columns))] == [c.label for c in matrix.columns]
    for r, row in enumerate(matrix.rows, start=6):
        assert sheet.cell(r, 1).value == row.municipality
        assert sheet.cell(r, 2).value == row.municipality_code
        for c, cell in enumerate(row.cells, start=5):
            shown = sheet.cell(r, c)
            assert LABELS[cell.value] in shown.value
            assert ("⚠" in shown.value) is cell.conflict
            assert shown.fill.fill_type == "solid"
    assert sheet.freeze_panes == "B6"
    below = [sheet.cell(r, 1).value for r in range(33, sheet.max_row + 1)]
    assert "Teckenförklaring" in below
    assert "! kunde inte läsas" in below


def test_a_cell_leads_to_its_evidence_and_the_evidence_back(workbook: Workbook, matrix: Matrix) -> None:
    front, back = workbook["Matris"], workbook["Belägg"]
    heads = {cell.value: cell.column for cell in back[1]}
    for r, row in enumerate(matrix.rows, start=6):
        for c, cell in enumerate(row.cells, start=5):
            sheet, place = front.cell(r, c).hyperlink.location.split("!")
            assert sheet == "'Belägg'"
            line = back[place].row
            assert back.cell(line, heads["Kommun"]).value == row.municipality
            assert back.cell(line, heads["Krav eller ämne"]).value == matrix.columns[c - 5].label
            assert back.cell(line, heads["Status"]).value == LABELS[cell.value]
            assert back.cell(line, 1).hyperlink.location == f"'Matris'!{front.cell(r, c).coordinate}"
            if cell.statements:
                first = cell.statements[0]
                assert back.cell(line, heads["Citat"]).value == plain(first.evidence[0].quote)
                assert back.cell(line, heads["Sida"]).value == first.evidence[0].page
                assert back.cell(line, heads["Avgör rutan"]).value == "ja"
            else:
                assert back.cell(line, heads["Anmärkning"]).value == cell.searched


def test_every_piece_of_evidence_has_a_row(workbook: Workbook, matrix: Matrix) -> None:
    cells = [cell for row in matrix.rows for cell in row.cells]
    wanted = sum(max(1, sum(len(s.evidence) for s in cell.statements)) for cell in cells)
    assert workbook["Belägg"].max_row == wanted + 1


def test_no_cell_of_the_matrix_is_a_formula(workbook: Workbook, tmp_path: Path) -> None:
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in "sn", (sheet.title, cell.coordinate, cell.value)
                if isinstance(cell.value, str) and looks_like_formula(cell.value):
                    assert cell.quotePrefix
    with zipfile.ZipFile(tmp_path / "m.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
        assert not any("externalLink" in name for name in archive.namelist())


def test_the_same_matrix_gives_the_same_bytes(matrix: Matrix, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        XlsxMatrix().write(matrix, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


@settings(max_examples=50, deadline=None)
@given(text=texts)
def test_any_text_in_a_workbook_comes_back_as_that_text(text: str) -> None:
    book = Book()
    book.sheet("x").put(1, 1, text)
    for data in (book.to_bytes(), tables_workbook([("x", [text], [])])):
        cell = openpyxl.load_workbook(io.BytesIO(data))["x"]["A1"]
        wanted = plain(text)
        # XML has one kind of line break.
        assert (cell.value or "") == wanted.replace("\r\n", "\n").replace("\r", "\n")
        assert cell.data_type == ("s" if wanted else "n")


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    book = Book()
    book.sheet("x").put(1, 1, "å" * 40_000)
    value = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["x"]["A1"].value
    assert len(value) == 32_767
    assert value.endswith("[avkortat]")


@settings(max_examples=200)
@given(row=st.lists(texts, min_size=1, max_size=4))
def test_no_field_of_a_csv_file_starts_a_formula(row: list[str]) -> None:
    data = csv_bytes([f"k{n}" for n in range(len(row))], [row]).decode("utf-8-sig")
    _, fields = csv.reader(io.StringIO(data, newline=""), delimiter=";")
    assert len(fields) == len(row)
    for field, text in zip(fields, row, strict=True):
        assert not re.match(r"\s*[=+\-@]|[\t\r\n]", field)
        assert field.removeprefix("'") == plain(text).removeprefix("'")


def test_numbers_in_csv_stay_numbers_with_a_decimal_comma() -> None:
    assert csv_bytes(["a", "b", "c", "d"], [[-3.5, 4, None, True]]).decode("utf-8-sig").splitlines()[1] == (
        '"-3,5";"4";"";"true"'
    )


def test_the_csv_of_the_matrix(matrix: Matrix, tmp_path: Path) -> None:
    CsvMatrix().write(matrix, tmp_path / "m.csv")
    data = (tmp_path / "m.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == len(matrix.rows)
    bjorkdala = next(row for row in rows if row["Kommun"] == "Björkdala")
    assert bjorkdala["Kommunkod"] == "9900"
    assert bjorkdala["Åtgärdsplan"] == "inte uppfyllt"
    assert bjorkdala["Åtgärdsplan: grund"] == "revisorns bedömning, 2024, uppgifterna går isär"
    assert bjorkdala["Lägesbild: grund"] == "kommunens egen uppgift, 2026"


def test_a_hostile_label_or_name_is_text_too(matrix: Matrix, tmp_path: Path) -> None:
    columns = (replace(matrix.columns[0], label="=1+1", group="@x"), *matrix.columns[1:])
    rows = (replace(matrix.rows[0], municipality="=2+2"), *matrix.rows[1:])
    hostile = replace(matrix, columns=columns, rows=rows, title="+3", notes=("-4",))
    XlsxMatrix().write(hostile, tmp_path / "m.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    CsvMatrix().write(hostile, tmp_path / "m.csv")
    assert '"\'=1+1"' in (tmp_path / "m.csv").read_text(encoding="utf-8-sig")
