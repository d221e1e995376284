from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files
from itertools import product

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from granskning_ai.export.html import _hyphenated, render
from granskning_ai.model import LABELS, Matrix

CSS = files("granskning_ai.export").joinpath("templates/matris.css").read_text(encoding="utf-8")


def soup(matrix: Matrix) -> BeautifulSoup:
    return BeautifulSoup(render(matrix), "lxml")


def test_nothing_comes_from_outside(matrix: Matrix) -> None:
    page = soup(matrix)
    assert page.find_all(["link", "img", "iframe", "object", "base", "form"]) == []
    assert [tag for tag in page.find_all(True) if {"src", "style"} & set(tag.attrs)] == []
    assert [tag["href"] for tag in page.find_all(href=True)] == ["#matris"]
    assert not re.search(r"@import|url\(|https?:", CSS)


def test_the_policy_allows_the_pages_own_style_and_script_only(matrix: Matrix) -> None:
    page = soup(matrix)
    meta = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert isinstance(meta, Tag)
    policy = str(meta["content"])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name in ("style", "script"):
        [tag] = page.find_all(name)
        digest = base64.b64encode(hashlib.sha256(tag.get_text().encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_text_from_documents_is_escaped(matrix: Matrix) -> None:
    text = render(matrix)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in text
    assert "+plan&lt;b&gt;.docx" in text


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_no_text_changes_the_pages_structure(matrix: Matrix, text: str) -> None:
    row, column = matrix.rows[0], matrix.columns[0]
    cell = row.cells[0]
    statement = replace(
        cell.statements[0],
        title=text,
        note=text,
        text="t",
        file_name=text,
        evidence=(replace(cell.statements[0].evidence[0], quote=text, section=text),),
    )

    def page(statement_text: str, label: str) -> list[str]:
        small = replace(
            matrix,
            rows=(replace(row, cells=(replace(cell, statements=(statement,), searched=statement_text),)),),
            columns=(replace(column, label=label, text=label, group=label),),
            coverage=matrix.coverage[:1],
            notes=(statement_text,),
        )
        return [tag.name for tag in BeautifulSoup(render(small), "html.parser").find_all(True)]

    assert page(text, text or "x") == page("x", "x")


def test_every_cell_is_a_button_that_names_its_evidence(matrix: Matrix) -> None:
    page = soup(matrix)
    buttons = page.select("table.matris td > button")
    assert len(buttons) == sum(len(row.cells) for row in matrix.rows)
    by_evidence = {button["data-belagg"]: button for button in buttons}
    by_id = {row["id"]: row for row in page.select(".bilaga tbody tr")}
    for r, row in enumerate(matrix.rows):
        for c, cell in enumerate(row.cells):
            button, evidence = by_evidence[f"b{r}-{c}"], by_id[f"b{r}-{c}"]
            assert LABELS[cell.value] in button.get_text()
            assert ("uppgifterna går isär" in button.get_text()) is cell.conflict
            shown = [quote.get_text() for quote in evidence.select("blockquote")]
            wanted = [e.quote.replace("\a", "") for s in cell.statements for e in s.evidence]
            assert shown == wanted
            assert wanted or cell.searched in evidence.get_text()


def test_the_headings_and_labels_that_assistive_technology_needs(matrix: Matrix) -> None:
    page = soup(matrix)
    assert page.html is not None
    assert page.html["lang"] == "sv"
    for grid in page.select("table.matris"):
        assert grid["role"] == "grid"
        assert page.find(id=str(grid["aria-labelledby"])) is not None
        assert len(grid.select("thead th[scope=col]")) == len(grid.select("tbody tr:first-child > *"))
        assert all(row.find("th", attrs={"scope": "row"}) for row in grid.select("tbody tr"))
    assert all(label.find(["input", "select"]) for label in page.select("label"))
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_rows_of_several_years_are_told_apart(matrix: Matrix) -> None:
    rows = (replace(matrix.rows[0], year=2024), replace(matrix.rows[1], year=None))
    heads = [head.get_text() for head in soup(replace(matrix, rows=rows)).select("table.matris tbody th")]
    assert heads[0].startswith("Almvik 2024")
    assert heads[1].startswith("Björkdala okänt år")


def test_an_empty_matrix_is_a_page_too(matrix: Matrix) -> None:
    assert "Det finns inga kommuner att visa" in render(replace(matrix, rows=()))


def test_the_same_matrix_gives_the_same_page(matrix: Matrix) -> None:
    assert render(matrix) == render(matrix)


@pytest.mark.parametrize("text", ["Samverkansöverenskommelse", "Samordningsfunktion", "Brottsförebyggande"])
def test_long_words_can_be_broken_and_nothing_else_changes(text: str) -> None:
    assert _hyphenated(text).replace("\u00ad", "") == text
    assert max(map(len, _hyphenated(text).split("\u00ad"))) <= 14
    assert _hyphenated("Lägesbild") == "Lägesbild"


def _themes() -> list[dict[str, str]]:
    return [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block))
        for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    ]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_all_text_has_the_contrast_that_wcag_asks_for() -> None:
    themes = _themes()
    assert len(themes) == 3
    for theme in themes:
        theme = {**themes[0], **theme}
        pairs = [(theme[name], theme[f"{name[:-2]}-b"]) for name in theme if name.endswith("-t")]
        pairs += list(product((theme["text"], theme["svag"]), (theme["sida"], theme["yta"])))
        assert len(pairs) == 12
        for text, background in pairs:
            assert _contrast(text, background) >= 4.5, (text, background)
        assert _contrast(theme["fokus"], theme["yta"]) >= 3
