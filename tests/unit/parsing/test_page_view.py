"""A page as a picture: what was found is marked on it, in the colour that the legend gives it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from granskning_ai.errors import ParsingError
from granskning_ai.model import FINDING_KINDS, Box, SourceFile
from granskning_ai.parsing.page_view import DPI, KINDS, Mark, draw

if TYPE_CHECKING:
    from .conftest import Pdf

SCALE = DPI / 72


def drawn(data: bytes, *marks: Mark, page: int = 1) -> Image.Image:
    return Image.open(io.BytesIO(draw(SourceFile.of("rapport.pdf", data, "pdf"), data, page, marks)))


def colour_at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = picture.getpixel((round(x * SCALE), round(y * SCALE)))
    assert isinstance(found, tuple)
    return found


def test_every_kind_of_finding_has_a_name_and_a_colour_of_its_own() -> None:
    assert set(KINDS) == {*FINDING_KINDS, "requirement_status"}
    assert len({colour for _, colour in KINDS.values()}) == len({name for name, _ in KINDS.values()}) == len(KINDS)


def test_marks_tint_their_rectangles_and_nothing_else(pdf: Pdf) -> None:
    pdf.page().text(100, 200, "Nämnden bör följa upp planen.")
    mark = Mark(kind="recommendation", boxes=(Box(page=1, x0=100, y0=300, x1=200, y1=320),))
    picture, bare = drawn(pdf.data(), mark), drawn(pdf.data())
    red, green, blue = colour_at(picture, 150, 310)
    assert red < green < blue < 255, "the blue of recommendations, light enough to read through"
    assert colour_at(bare, 150, 310) == colour_at(picture, 150, 330) == (255, 255, 255)
    letters = (0, 0, round(595 * SCALE), round(290 * SCALE))
    assert picture.crop(letters).tobytes() == bare.crop(letters).tobytes()


def test_two_kinds_on_the_same_words_both_show(pdf: Pdf) -> None:
    box = Box(page=1, x0=100, y0=300, x1=200, y1=320)
    marks = [Mark(kind=kind, boxes=(box,)) for kind in ("recommendation", "risk")]
    picture = drawn(pdf.page().data(), *marks)
    colours = {color for _, color in picture.convert("RGB").getcolors(1 << 20) or ()}
    assert {KINDS["recommendation"][1], KINDS["risk"][1]} <= colours


def test_the_legend_stands_below_the_page_and_names_what_is_marked(pdf: Pdf) -> None:
    mark = Mark(kind="audit_question", boxes=(Box(page=1, x0=100, y0=300, x1=200, y1=320),))
    page = round(842 * SCALE)
    picture, bare = drawn(pdf.page().data(), mark), drawn(pdf.data())
    assert picture.width == bare.width
    assert picture.height == bare.height > page
    for shown, printed in ((picture, "a name"), (bare, "that nothing was found")):
        legend = shown.crop((0, page + 3, shown.width, shown.height)).convert("L")
        assert min(legend.tobytes()) < 80, printed
    assert picture.crop((0, page, *picture.size)).tobytes() != bare.crop((0, page, *bare.size)).tobytes()


def test_a_mark_beyond_the_edge_of_the_page_does_no_harm(pdf: Pdf) -> None:
    mark = Mark(
        kind="unknown", boxes=(Box(page=1, x0=-50, y0=-20, x1=9000, y1=-1), Box(page=1, x0=0, y0=0, x1=0, y1=0))
    )
    assert drawn(pdf.page().data(), mark).width == pytest.approx(595 * SCALE, abs=1)


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_refused(pdf: Pdf, page: int) -> None:
    with pytest.raises(ParsingError, match="har 2 sidor") as raised:
        drawn(pdf.page().page().data(), page=page)
    assert raised.value.hint


@pytest.mark.parametrize(("form", "what"), [("docx", "Worddokument"), ("html", "webbsida"), ("text", "textfil")])
def test_a_file_without_pages_says_so(form: str, what: str) -> None:
    with pytest.raises(ParsingError, match=what) as raised:
        draw(SourceFile.of("fil", b"", form), b"", 1, ())
    assert "PDF" in raised.value.hint
