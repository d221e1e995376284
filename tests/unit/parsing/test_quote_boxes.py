"""Every quote knows its rectangles: those of its own words, not of the block that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning_ai.model import Box, Document, Run

if TYPE_CHECKING:
    from .conftest import Pdf


def boxes_of(document: Document, quote: str) -> tuple[Box, ...]:
    start = document.text.index(quote)
    return document.cite(start, start + len(quote)).boxes


def test_a_quote_within_a_line_has_the_edges_of_its_words(pdf: Pdf) -> None:
    pdf.page().text(72, 100, "Nämnden följer").text(250, 100, "alltid upp").text(400, 100, "målen.")
    document = pdf.parse()
    (box,) = boxes_of(document, "alltid upp")
    assert box.x0 == pytest.approx(250, abs=1.5)
    assert 285 < box.x1 < 400
    assert 90 < box.y0 < 100 < box.y1 < 104
    (last,) = boxes_of(document, "målen.")
    assert last.x0 == pytest.approx(400, abs=1.5)


def test_a_quote_over_lines_has_one_rectangle_for_each(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, "Planen gäller till och med år", "2027 och följs upp av kommun-", "styrelsen varje år.")
    boxes = boxes_of(pdf.parse(), "2027 och följs upp av kommunstyrelsen")
    assert [round(box.y0) for box in boxes] == [105, 118]
    assert boxes[0].x0 == pytest.approx(72, abs=1)
    assert boxes[1].x1 < boxes[0].x1


def test_a_list_items_mark_is_no_part_of_its_quote(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, "Nämnden bör:")
    for y in (130, 150):
        pdf.text(76, y, "•").text(92, y, f"Pröva förslag {y} på nytt.")
    (box,) = boxes_of(pdf.parse(), "Pröva förslag 130 på nytt.")
    assert box.x0 == pytest.approx(92, abs=1.5)


def test_a_headings_number_is_part_of_its_quote(pdf: Pdf) -> None:
    pdf.page().text(72, 100, "2.1", size=16, font="F2").text(110, 100, "Metod", size=16, font="F2")
    pdf.lines(72, 130, "Granskningen bygger på intervjuer och dokument som vi har läst.")
    boxes = boxes_of(pdf.parse(), "2.1 Metod")
    assert min(box.x0 for box in boxes) == pytest.approx(72, abs=1.5)
    assert max(box.x1 for box in boxes) > 150


def test_a_quote_in_a_cell_lies_in_that_cell(pdf: Pdf) -> None:
    pdf.page().grid([72, 250, 400], [100, 130, 160, 190])
    for x, column in ((78, ("Fråga", "Finns en plan?", "Följs den upp?")), (256, ("Svar", "Ja", "Delvis"))):
        for y, text in zip((118, 148, 178), column, strict=True):
            pdf.text(x, y, text)
    (box,) = boxes_of(pdf.parse(), "Delvis")
    assert box.x0 == pytest.approx(256, abs=1.5)
    assert 160 < box.y0 < box.y1 < 190


def test_without_the_words_edges_letters_are_as_wide_as_they_usually_are() -> None:
    text = "iiii mmmm"
    run = Run(start=0, end=9, page=1, x0=100, y0=0, x1=200, y1=12)
    assert run.cut(text, 0, 9) == Box(page=1, x0=100, y0=0, x1=200, y1=12)
    assert run.cut(text, 5, 9).x0 > 125
    exact = Run(start=0, end=9, page=1, x0=100, y0=0, x1=200, y1=12, stops=(160.0,))
    assert exact.cut(text, 5, 9).x0 == 160
    assert exact.cut(text, 5, 7).x1 == 180


def test_text_that_runs_down_the_page_is_marked_as_a_whole() -> None:
    run = Run(start=0, end=9, page=1, x0=100, y0=50, x1=112, y1=150)
    assert run.cut("aaaa bbbb", 5, 9) == Box(page=1, x0=100, y0=50, x1=112, y1=150)
