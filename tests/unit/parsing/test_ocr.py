"""Pages that are pictures: made level, read with Tesseract, built up like other pages, and never wholly trusted."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning_ai.errors import NoTextLayer
from granskning_ai.model import BlockKind, Document, Doubt, Grade, SourceFile
from granskning_ai.parsing import ocr
from granskning_ai.parsing.means import Means
from granskning_ai.parsing.ocr_page import is_scan, merged
from granskning_ai.parsing.ocr_picture import Scan
from granskning_ai.parsing.ocr_words import ReadLine, ReadPage, ReadWord, cleaned, words_of
from granskning_ai.parsing.pdf import PdfParser
from granskning_ai.parsing.pdf_page import PageContent, Rect, Style, Word

from .scans import needs_tesseract, picture_of, scanned

if TYPE_CHECKING:
    from .conftest import Pdf

PROSE = (
    "Revisorerna i Vittsunds kommun har granskat hur nämnden följer upp målen.",
    "Vi bedömer att uppföljningen i allt väsentligt är ändamålsenlig, men att",
    "nämnden bör få en samlad redovisning av åtgärderna varje år.",
)
ITEMS = ("Besluta om en plan för tillsynen.", "Följa upp åtgärderna minst en gång om året.")


def page_of_report(pdf: Pdf) -> Pdf:
    pdf.page().text(72, 90, "1 Sammanfattning", size=18, font="F2")
    y = pdf.lines(72, 125, *PROSE, size=12, leading=16)
    pdf.lines(72, y + 10, "Vi rekommenderar nämnden att:", size=12)
    for index, item in enumerate(ITEMS):
        pdf.text(76, y + 32 + 20 * index, "•", size=12)
        pdf.text(92, y + 32 + 20 * index, item, size=12)
    pdf.text(72, y + 90, "2 Metod", size=18, font="F2")
    pdf.lines(72, y + 115, "Granskningen bygger på intervjuer och på nämndens protokoll.", size=12)
    return pdf


def parse(data: bytes, processes: int = 1) -> Document:
    return PdfParser(Means(processes=processes)).parse(SourceFile.of("skannad.pdf", data, "pdf"), data)


# The picture


@pytest.mark.parametrize("angle", [-3.4, -0.5, 0.0, 0.9, 4.2])
def test_the_slant_of_a_page_is_measured_and_taken_out(pdf: Pdf, angle: float) -> None:
    scan = Scan(picture_of(page_of_report(pdf).data(), angle=angle))
    assert scan.slant == pytest.approx(angle, abs=0.1)
    level = scan.ink.sum(axis=1)
    assert (level == 0).mean() > 0.6, "between the lines of a level page there are rows without ink"


def test_a_blank_page_with_specks_is_blank(pdf: Pdf) -> None:
    assert Scan(picture_of(pdf.page().data(), noise=8)).is_blank
    assert not Scan(picture_of(page_of_report(type(pdf)()).data(), noise=8)).is_blank


def test_rules_and_dark_areas_are_found_where_they_lie(pdf: Pdf) -> None:
    pdf.page().grid([72, 250, 500], [100, 130, 160]).fill(72, 300, 200, 40, "0.2 0.2 0.2")
    scan = Scan(picture_of(pdf.data(), dpi=200))
    across, down = scan.rules()
    assert sorted(round(rule.at) for rule in across) == [100, 130, 160]
    assert sorted(round(rule.at) for rule in down) == [72, 250, 500]
    (block,) = scan.blocks
    assert (block.x0, block.y0, block.x1, block.y1) == pytest.approx((72, 300, 272, 340), abs=5)


def test_a_bullet_is_a_bullet_and_the_dot_of_an_i_is_none(pdf: Pdf) -> None:
    pdf.page().text(76, 100, "•", size=12).text(92, 100, "Pröva idén i åtta skolor.", size=12)
    pdf.text(72, 200, "Identifierade brister", size=26)
    scan = Scan(picture_of(pdf.data(), dpi=300))
    assert len(scan.bullets) == 1
    assert 70 < scan.bullets[0].x0 / scan.dots_per_point < 82


# From words to lines, sizes and boldness


def read_line(text: str, *, base: float, size: float, bold: bool = False, confidence: float = 0.9) -> ReadLine:
    words, x = [], 100.0
    for part in text.split():
        tall = any(char in "bdfhkltABDEFGHIJKLMNOPRSTUVX0123456789" for char in part)
        top = base - size * (0.73 if tall else 0.54)
        words.append(ReadWord(part, Rect(x, top, x + 9 * len(part), base), confidence))
        x += 9 * len(part) + 8
    line = ReadLine(words, base, size)
    line.strokes = [0.13 if bold else 0.09] * len(words)
    return line


def test_sizes_that_differ_by_a_hair_are_one_and_thick_strokes_are_bold() -> None:
    lines = [read_line("Nämnden följer bara delvis", base=100 + 50 * n, size=46 + n % 3) for n in range(8)]
    lines.append(read_line("Bedömning", base=600, size=47, bold=True))
    lines.append(read_line("Bilaga", base=700, size=75, bold=True))
    words = words_of([ReadPage(3, 300 / 72, lines)])[3]
    assert {word.style.size for word in words[:-1]} == {11.5}
    assert words[-1].style.size == 18.0
    assert [word.text for word in words if word.style.bold] == ["Bedömning", "Bilaga"]
    assert words[0].base == pytest.approx(100 * 72 / 300)
    assert all(word.confidence == 0.9 for word in words)


@pytest.mark.parametrize("text", ["på nämnden", "uppnå målen?", "mer om oss", "Hel plan"])
def test_the_type_size_is_told_from_letters_whose_height_is_known(text: str) -> None:
    def height(word: str) -> float:
        return 0.84 if "å" in word else 0.73 if set("Hdl") & set(word) else 0.54

    words = [ReadWord(word, Rect(0, 100 - 40 * height(word), 50, 100), 1) for word in text.split()]
    assert ReadLine(words, 100, 50).size == pytest.approx(40, abs=0.5)


def test_specks_and_look_alikes_are_put_right(pdf: Pdf) -> None:
    scan = Scan(picture_of(pdf.page().data()))
    specks = read_line("| ~ .", base=40, size=20, confidence=0.3)
    law = read_line("Enligt 6 kap. 1 8 ska lnspektören rapportera", base=100, size=20)
    (kept,) = cleaned([specks, law], scan)
    assert " ".join(word.text for word in kept.words) == "Enligt 6 kap. 1 § ska Inspektören rapportera"


def test_a_stroke_that_begins_a_sentence_is_the_word_i(pdf: Pdf) -> None:
    scan = Scan(picture_of(pdf.page().data()))
    line = read_line("Styrelsen leder arbetet. | praktiken sköts det | andra hand | skolan.", base=100, size=20)
    for word in line.words:
        if word.text == "|":
            word.box = Rect(word.box.x1 - 3, 100 - 0.73 * line.size, word.box.x1, 100)
    (kept,) = cleaned([line], scan)
    assert " ".join(word.text for word in kept.words).startswith("Styrelsen leder arbetet. I praktiken sköts det andra")


def test_a_sign_that_is_put_right_stays_however_unsure_it_was(pdf: Pdf) -> None:
    scan = Scan(picture_of(pdf.page().data()))
    law = read_line("Kommunallagen (2017:725) 6 kap. 6 8", base=100, size=20)
    law.words[-1].confidence = 0.5
    (kept,) = cleaned([law], scan)
    assert kept.words[-1].text == "§"


# Which pages are read as pictures


def stamp(x: float, y: float) -> Word:
    return Word("Dnr", x, x + 20, y - 8, y + 2, y, Style("", 8, False, False, None), True, 0)


def test_a_page_with_words_is_not_read_as_a_picture_unless_they_are_a_stamp_on_it() -> None:
    whole = Rect(0, 0, 595, 842)
    assert is_scan(PageContent(1, 595, 842, pictures=[whole]))
    assert not is_scan(PageContent(1, 595, 842))
    assert not is_scan(PageContent(1, 595, 842, words=[stamp(200, 400)], pictures=[whole]))
    stamped = PageContent(1, 595, 842, words=[stamp(20, 20)], pictures=[whole])
    assert is_scan(stamped)
    assert not is_scan(PageContent(1, 595, 842, words=[stamp(20, 20)], pictures=[Rect(0, 0, 100, 100)]))
    read = PageContent(1, 595, 842, words=[stamp(21, 20.5), stamp(200, 400)])
    assert [word.x0 for word in merged(stamped, read).words] == [200, 20], "the file's own word stands for the read one"


# The whole way


@needs_tesseract
def test_a_scan_comes_out_as_the_page_that_was_scanned(pdf: Pdf) -> None:
    page = page_of_report(pdf)
    printed, read = page.parse(), parse(scanned(page.data(), angle=1.5, dpi=200, noise=12))
    assert [(b.kind, b.level, b.text) for b in read.blocks] == [(b.kind, b.level, b.text) for b in printed.blocks]
    assert [b.kind for b in read.blocks].count(BlockKind.LIST_ITEM) == 2
    assert all(block.confidence is not None and block.confidence > 0.8 for block in read.blocks)
    assert all(block.confidence is None for block in printed.blocks)
    assert read.quality is not None
    assert (read.quality.grade, [r.kind for r in read.quality.reasons]) == (Grade.FAIR, [Doubt.OCR])
    assert read.quality.reasons[0].share == 1.0


@needs_tesseract
def test_a_quote_on_a_page_that_lay_askew_is_found_where_it_stands(pdf: Pdf) -> None:
    angle = 1.5
    page = page_of_report(pdf)
    read = parse(scanned(page.data(), angle=angle, dpi=200))
    quote = "allt väsentligt är ändamålsenlig"
    at, was = read.text.index(quote), page.parse()
    (straight,) = was.cite(was.text.index(quote), was.text.index(quote) + len(quote)).boxes
    boxes = read.cite(at, at + len(quote)).boxes
    dx, dy = (straight.x0 + straight.x1) / 2 - 595 / 2, (straight.y0 + straight.y1) / 2 - 842 / 2
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    x = (min(box.x0 for box in boxes) + max(box.x1 for box in boxes)) / 2
    y = (min(box.y0 for box in boxes) + max(box.y1 for box in boxes)) / 2
    assert x == pytest.approx(595 / 2 + dx * cosine - dy * sine, abs=4)
    assert y == pytest.approx(842 / 2 + dx * sine + dy * cosine, abs=4)
    assert sum(box.x1 - box.x0 for box in boxes) < 1.1 * (straight.x1 - straight.x0)


@needs_tesseract
def test_a_page_on_its_head_is_turned(pdf: Pdf) -> None:
    read = parse(scanned(page_of_report(pdf).data(), turn=180, dpi=200))
    heading = read.blocks[0]
    assert heading.text == "1 Sammanfattning"
    assert heading.boxes[0].y0 > 700, "the box lies where the heading stands on the page as it is shown"


@needs_tesseract
def test_only_the_pages_without_text_are_read_as_pictures(pdf: Pdf) -> None:
    from pypdf import PdfReader, PdfWriter

    text = page_of_report(type(pdf)()).data()
    pdf.page().lines(72, 100, *PROSE, size=12, leading=16)
    pdf.page().lines(72, 100, "Bilaga med svar från nämnden.", "Nämnden delar vår bedömning.", size=12, leading=30)
    writer = PdfWriter()
    for data in (text, scanned(pdf.data(), pages=(1, 2), dpi=200)):
        for page in PdfReader(io.BytesIO(data)).pages:
            writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    told: list[int] = []
    data = out.getvalue()
    source = SourceFile.of("blandad.pdf", data, "pdf")
    document = PdfParser(Means(processes=2, tell_scanned=told.append)).parse(source, data)
    assert told == [2]
    assert {block.page for block in document.blocks if block.confidence is None} == {1}
    assert {block.page for block in document.blocks if block.confidence is not None} == {2, 3}
    assert document.text.count(PROSE[0]) == 2
    assert document.quality is not None
    assert [page.page for page in document.quality.pages] == [2, 3]
    assert 0.3 < document.quality.reasons[0].share < 0.7
    assert document == PdfParser(Means(processes=1)).parse(source, data), "however many are read at a time"


@needs_tesseract
def test_a_picture_without_text_gives_no_text_and_no_words(pdf: Pdf) -> None:
    data = scanned(pdf.page().fill(100, 100, 300, 300, "0.4 0.4 0.4").data())
    with pytest.raises(NoTextLayer, match="ingen text går att läsa"):
        parse(data)


# Where it cannot be done


@pytest.mark.parametrize(("lacking", "said"), [("program", "finns inte på datorn"), ("swedish", "språkdata")])
def test_without_tesseract_or_swedish_the_error_says_what_to_install(
    pdf: Pdf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lacking: str, said: str
) -> None:
    program = tmp_path / "tesseract"
    if lacking == "swedish":
        program.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=None)
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(program))
    ocr.why_not.cache_clear()
    try:
        with pytest.raises(NoTextLayer, match=said) as raised:
            parse(scanned(page_of_report(pdf).data()))
    finally:
        ocr.why_not.cache_clear()
    assert "apt install tesseract-ocr tesseract-ocr-swe" in raised.value.hint


def test_without_tesseract_a_document_with_some_pictures_is_read_and_says_which_pages_were_not(
    pdf: Pdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "why_not", lambda: "Tesseract finns inte")
    page_of_report(pdf).page().raw("q 500 0 0 700 50 70 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q")
    document = parse(pdf.data())
    assert PROSE[0] in document.text
    assert document.quality is not None
    assert document.quality.poor_pages == (2,)
    assert [reason.kind for reason in document.quality.pages[0].reasons] == [Doubt.UNREAD_PAGE]
