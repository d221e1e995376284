from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from granskning_ai.export.appearance import LOOKS, MEANINGS
from granskning_ai.export.terminal import TextMatrix, as_text, show
from granskning_ai.model import LABELS, Matrix, Status, Verdict


def test_every_value_has_a_look_a_meaning_and_a_label() -> None:
    values = {*Status, *Verdict}
    assert set(LOOKS) == set(MEANINGS) == values
    assert all(value in LABELS for value in values)


def test_no_two_values_of_one_column_share_a_symbol() -> None:
    for values in (Status, Verdict):
        symbols = [LOOKS[value].symbol for value in values]
        assert len(set(symbols)) == len(symbols)


def test_eight_columns_and_26_municipalities_are_readable_at_100_columns(matrix: Matrix) -> None:
    lines = as_text(replace(matrix, notes=()), width=100).splitlines()
    assert max(map(len, lines)) <= 100
    table = lines[next(i for i, line in enumerate(lines) if line.startswith("Kommun ")) :]
    for row, line in zip(matrix.rows, table[1:], strict=False):
        name, *symbols = line.split()
        assert name == row.municipality
        expected = [LOOKS[cell.value].symbol + ("*" if cell.conflict else "") for cell in row.cells]
        assert symbols == expected


def test_columns_are_numbered_and_named_with_their_coverage(matrix: Matrix) -> None:
    text = as_text(matrix)
    for number, (column, coverage) in enumerate(zip(matrix.columns, matrix.coverage, strict=True), start=1):
        assert re.search(rf"^ *{number} +{re.escape(column.label)} +uppgift om {coverage.filled} av 26$", text, re.M)


def test_the_legend_explains_what_occurs_and_nothing_else(matrix: Matrix) -> None:
    text = as_text(matrix)
    assert "! kunde inte läsas" in text
    assert "* uppgifterna går isär" in text
    assert "ingen bedömning" not in text


def test_a_narrow_terminal_gets_several_tables_and_whole_names(matrix: Matrix) -> None:
    text = as_text(matrix, width=40)
    assert len(re.findall(r"^Kommun ", text, re.M)) > 1
    assert text.count("Övre-Hällesta ") == len(re.findall(r"^Kommun ", text, re.M))
    assert max(map(len, text.splitlines())) <= 40


def test_colour_only_where_the_terminal_has_it(matrix: Matrix) -> None:
    def shown(*, no_color: bool = False) -> str:
        out = io.StringIO()
        show(matrix, Console(file=out, width=100, force_terminal=True, color_system="truecolor", no_color=no_color))
        return out.getvalue()

    assert "\x1b[1;31m✘" in shown()
    assert "31m" not in shown(no_color=True)
    assert "\x1b" not in as_text(matrix)


def test_a_file_name_cannot_steer_the_terminal(matrix: Matrix) -> None:
    text = as_text(replace(matrix, notes=("Filen \x1b[2J\x9b1m[red]x\u202ecod.pdf kunde inte läsas.",)))
    assert "[2J1m[red]xcod.pdf" in text
    assert "\x1b" not in text


def test_an_empty_workspace_says_what_to_do(matrix: Matrix, tmp_path: Path) -> None:
    TextMatrix().write(replace(matrix, rows=()), tmp_path / "ny" / "matris.txt")
    assert "granskning importera" in (tmp_path / "ny" / "matris.txt").read_text(encoding="utf-8")
