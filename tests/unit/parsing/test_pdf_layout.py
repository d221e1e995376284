"""PDF files without tags: what the place of the words on the page tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning_ai.model import Block, BlockKind, Document

if TYPE_CHECKING:
    from tests.unit.parsing.conftest import Pdf

LEFT, RIGHT = 72, 320
PROSE = (
    "Kommunstyrelsen i Björkdala har enligt reglementet ansvar för att leda och",
    "samordna arbetet med uppföljning. Granskningen visar att rutinerna i huvudsak",
    "är kända i verksamheten men att de inte tillämpas lika överallt.",
)
NARROW = (
    "Nämnden i Vittsund har under",
    "året följt upp beslutade mål",
    "och redovisat utfallet vidare",
    "till fullmäktige i tertialer.",
)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


def of_kind(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def test_running_headers_footers_and_counting_numbers_go(pdf: Pdf) -> None:
    for number in range(1, 6):
        pdf.page().text(72, 40, "Björkdala kommun", size=8).text(450, 40, "Granskning 2024", size=8)
        pdf.lines(72, 120, f"Avsnitt {number} handlar om annat.", *PROSE)
        pdf.text(72, 815, f"Sida {number} av 5", size=8)
    text = pdf.parse().text
    assert "Björkdala kommun" not in text
    assert "Granskning 2024" not in text
    assert "Sida" not in text
    assert text.count("samordna arbetet") == 5


def test_chapter_numbers_at_the_head_of_pages_are_no_page_numbers(pdf: Pdf) -> None:
    titles = ("Sammanfattning", "Bakgrund", "Resultat", "Slutsats")
    for number, title in enumerate(titles, start=1):
        pdf.page().text(72, 80, str(number), size=18, font="F2").text(110, 80, title, size=18, font="F2")
        pdf.lines(72, 120, *PROSE)
        pdf.text(300, 815, str(number), size=8)
    headings = [block.text for block in of_kind(pdf.parse(), BlockKind.HEADING)]
    assert headings == [f"{number} {title}" for number, title in enumerate(titles, start=1)]


def test_columns_are_read_one_after_the_other_whatever_the_order_of_painting(pdf: Pdf) -> None:
    pdf.page()
    pdf.lines(RIGHT, 120, *(line.replace("Nämnden", "Styrelsen") for line in NARROW * 2))
    pdf.lines(LEFT, 120, *NARROW * 2)
    pdf.text(LEFT, 80, "Uppföljning av mål i nämnder och styrelse", size=16, font="F2")
    found = kinds(pdf.parse())
    assert found[0] == ("heading", "Uppföljning av mål i nämnder och styrelse")
    assert found[1][1].startswith("Nämnden")
    assert found[2][1].startswith("Styrelsen")


def test_a_spread_is_two_printed_pages(pdf: Pdf) -> None:
    pdf.page(1190, 842)
    pdf.lines(660, 100, "Högra sidan har sin text.", *NARROW)
    pdf.lines(60, 100, "Vänstra sidan har sin text.", *NARROW)
    texts = [text for _, text in kinds(pdf.parse())]
    assert texts[0].startswith("Vänstra")
    assert texts[-1].startswith("Högra")


def test_a_page_on_its_side_with_a_free_middle_is_no_spread_where_the_others_are_none(pdf: Pdf) -> None:
    for _ in range(3):
        pdf.page(842, 595).lines(60, 100, *(f"{line} {line}" for line in PROSE), size=8)
    pdf.page(842, 595).text(60, 100, "Innehåll", size=14, font="F2")
    for index, title in enumerate(("Bakgrund", "Syfte", "Resultat", "Slutsats")):
        pdf.text(60, 130 + 20 * index, title).text(780, 130 + 20 * index, str(index + 3))
    entries = [block.text for block in of_kind(pdf.parse(), BlockKind.FURNITURE)]
    assert entries[1] == "Bakgrund 3"


def test_headings_in_one_style_are_ranked_by_their_own_numbers_below_a_title_without(pdf: Pdf) -> None:
    pdf.page().text(72, 60, "Förstudie om uppföljning", size=20, font="F2")
    titles = ("1 Bakgrund", "2 Resultat", "2.1 Mål", "2.2 Ansvar", "3 Risker")
    for index, title in enumerate(titles):
        pdf.text(72, 90 + 80 * index, title, size=13, font="F2").lines(72, 110 + 80 * index, *PROSE)
    headings = of_kind(pdf.parse(), BlockKind.HEADING)
    assert [block.level for block in headings] == [1, 2, 2, 3, 3, 2]


def test_an_address_set_like_nothing_else_is_no_level_between_others(pdf: Pdf) -> None:
    pdf.page().text(72, 60, "Till nämndens ledamöter", size=14, font="F4")
    pdf.text(72, 90, "Granskning", size=18, font="F2").lines(72, 110, *PROSE)
    for index in range(3):
        y = 170 + 80 * index
        pdf.text(72, y, f"Rubrik {'abc'[index]}", size=12, font="F2").lines(72, y + 20, *PROSE)
    levels = {block.text: block.level for block in of_kind(pdf.parse(), BlockKind.HEADING)}
    assert levels["Rubrik a"] == 2


def test_paragraphs_of_one_line_stay_apart_where_they_are_most_of_the_text(pdf: Pdf) -> None:
    pdf.page(842, 595)
    for index in range(8):
        pdf.text(72, 80 + 18 * index, f"Del {index} av yrkandet avslås av nämnden.")
    pdf.lines(72, 240, *(f"{line} {line}" for line in PROSE))
    assert len(of_kind(pdf.parse(), BlockKind.PARAGRAPH)) == 9


def test_headings_are_ranked_by_how_they_are_set(pdf: Pdf) -> None:
    pdf.page().text(72, 80, "1 Resultat", size=18, font="F2")
    pdf.lines(72, 110, *PROSE)
    pdf.text(72, 180, "1.1 Styrning", size=14, font="F2")
    pdf.lines(72, 205, *PROSE)
    pdf.text(72, 270, "Bedömning", font="F2")
    pdf.lines(72, 290, *PROSE)
    pdf.text(72, 360, "1.2 Uppföljning av mål och uppdrag", size=14, font="F2").text(
        72, 377, "i nämnderna", size=14, font="F2"
    )
    pdf.lines(72, 400, *PROSE)
    found = [(block.level, block.text) for block in of_kind(pdf.parse(), BlockKind.HEADING)]
    assert found == [
        (1, "1 Resultat"),
        (2, "1.1 Styrning"),
        (3, "Bedömning"),
        (2, "1.2 Uppföljning av mål och uppdrag i nämnderna"),
    ]


def test_a_bold_sentence_is_no_heading(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    pdf.lines(72, 160, "Vår samlade bedömning är att styrningen delvis är ändamålsenlig.", font="F2")
    pdf.lines(72, 190, *PROSE)
    assert of_kind(pdf.parse(), BlockKind.HEADING) == []


def test_list_items_stand_one_by_one_with_mark_and_level(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE[:2], "Vi rekommenderar nämnden att:")
    pdf.text(90, 150, "•").text(108, 150, "Ta fram en uppdragsbeskrivning som gäller för alla enheter i")
    pdf.text(108, 163, "förvaltningen.")
    pdf.text(108, 183, "-").text(126, 183, "Beskrivningen beslutas av nämnden.")
    pdf.text(90, 203, "•").text(108, 203, "Stärka uppföljningen.")
    pdf.text(90, 223, "3.").text(108, 223, "Redovisa utfallet.")
    items = of_kind(pdf.parse(), BlockKind.LIST_ITEM)
    assert [(item.marker, item.level, item.text) for item in items] == [
        ("•", 1, "Ta fram en uppdragsbeskrivning som gäller för alla enheter i förvaltningen."),
        ("-", 2, "Beskrivningen beslutas av nämnden."),
        ("•", 1, "Stärka uppföljningen."),
        ("3.", 1, "Redovisa utfallet."),
    ]


def test_drawn_bullets_are_bullets(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    for y, text in ((160, "Se över riktlinjerna."), (180, "Följa upp besluten.")):
        foot = 842 - y + 1.5
        top = foot + 3
        pdf.raw(f"0 g 92 {foot} m 94 {foot} 94 {top} 92 {top} c 90 {top} 90 {foot} 92 {foot} c f")
        pdf.text(104, y, text)
    items = of_kind(pdf.parse(), BlockKind.LIST_ITEM)
    assert [(item.marker, item.text) for item in items] == [
        ("•", "Se över riktlinjerna."),
        ("•", "Följa upp besluten."),
    ]


def test_footnotes_are_tied_to_their_raised_call(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    pdf.text(72, 152, "Antalet ärenden ökade under 2022")
    pdf.text(224, 148, "1", size=6).text(229, 152, "enligt nämndens statistik.")
    pdf.rule(72, 760, 200, 760)
    pdf.text(72, 772, "1", size=6).text(78, 775, "Siffrorna är preliminära.", size=8)
    document = pdf.parse()
    assert "2022¹ enligt" in document.text
    (note,) = of_kind(document, BlockKind.FOOTNOTE)
    assert (note.marker, note.text) == ("1", "Siffrorna är preliminära.")


def test_a_footnote_does_not_part_the_paragraph_that_goes_on(pdf: Pdf) -> None:
    pdf.page().lines(72, 700, *PROSE[:2])
    pdf.rule(72, 760, 200, 760).text(72, 772, "1", size=6).text(78, 775, "Siffrorna är preliminära.", size=8)
    pdf.page().lines(72, 80, PROSE[2])
    assert kinds(pdf.parse()) == [("paragraph", " ".join(PROSE)), ("footnote", "Siffrorna är preliminära.")]


def test_a_cover_and_a_table_of_contents_are_furniture(pdf: Pdf) -> None:
    pdf.page().text(72, 300, "Granskning av uppföljning", size=26, font="F2").text(72, 340, "Björkdala kommun", size=14)
    pdf.page().text(72, 80, "Innehållsförteckning", size=16, font="F2")
    for y, title, page in ((110, "Sammanfattning", 3), (130, "Bakgrund", 3), (150, "Metod", 4), (170, "Slutsats", 4)):
        pdf.text(72, y, title + " " + "." * (90 - len(title))).text(515, y, str(page))
    for title in ("Sammanfattning", "Metod"):
        pdf.page().text(72, 80, title, size=16, font="F2")
        pdf.lines(72, 110, *PROSE * 3)
    document = pdf.parse()
    outside = [block.text for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    assert outside[0] == "Sammanfattning"
    assert outside[2] == "Metod"
    assert [block.text for block in of_kind(document, BlockKind.FURNITURE)][:3] == [
        "Granskning av uppföljning",
        "Björkdala kommun",
        "Innehållsförteckning",
    ]


def test_first_line_indents_part_paragraphs_without_space(pdf: Pdf) -> None:
    y = pdf.page().lines(72, 100, *PROSE)
    for _ in range(5):
        pdf.text(88, y, "Nämnden har under året följt upp målen, och av protokollen framgår att")
        y = pdf.lines(72, y + 13, "utfallet har redovisats.")
    assert len(pdf.parse().blocks) == 6


def test_captions_stand_apart(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    pdf.text(72, 160, "Figur 1. Andel som känner sig trygga", size=9, font="F2")
    pdf.lines(72, 190, *PROSE)
    assert [block.text for block in of_kind(pdf.parse(), BlockKind.CAPTION)] == ["Figur 1. Andel som känner sig trygga"]


def test_labels_of_a_drawn_chart_are_no_prose(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    for number in range(4):
        x = 100 + 60 * number
        pdf.fill(x, 300 - 30 * number, 30, 60 + 30 * number, "0.2 0.4 0.7").text(x, 375, str(2020 + number), size=8)
    pdf.raw("1 0 0 RG 100 520 m 150 600 250 500 310 640 c S")
    pdf.lines(72, 420, *PROSE)
    document = pdf.parse()
    prose = " ".join(block.text for block in of_kind(document, BlockKind.PARAGRAPH))
    assert "2021" not in prose
    assert len(of_kind(document, BlockKind.FURNITURE)) == 4


def test_a_dash_that_happens_to_stand_first_on_a_line_begins_no_list(pdf: Pdf) -> None:
    pdf.page().lines(
        72,
        100,
        "Handboken beskriver hur man arbetar enligt metoden effektiv samordning (EST)",
        "- en samling exempel från hela landet som kommunerna kan använda.",
        PROSE[0],
    )
    assert [kind for kind, _ in kinds(pdf.parse())] == ["paragraph"]


def test_bookmarks_name_headings_that_are_set_like_the_body(pdf: Pdf) -> None:
    pdf.outline = [("Bakgrund", 1), ("Metod", 1), ("Slutsats", 1)]
    y = 100.0
    pdf.page()
    for title in ("Bakgrund", "Metod", "Slutsats"):
        pdf.text(72, y, title)
        y = pdf.lines(72, y + 30, *PROSE) + 20
    assert [block.text for block in of_kind(pdf.parse(), BlockKind.HEADING)] == ["Bakgrund", "Metod", "Slutsats"]


@pytest.mark.parametrize(("own", "expected"), [("fem-gradig", "fem-gradig"), ("femgradig", "femgradig")])
def test_the_document_itself_decides_about_a_hyphen(pdf: Pdf, own: str, expected: str) -> None:
    pdf.page().lines(72, 100, f"Skalan är {own} och används i alla rapporter från kommunens revisorer.")
    pdf.lines(72, 150, "Bedömningen görs enligt den skala som nämnden beslutat om, vilken är en fem-", "gradig skala.")
    assert f"en {expected} skala" in pdf.parse().text


def test_a_lone_page_number_goes_and_a_lone_header_is_set_aside(pdf: Pdf) -> None:
    pdf.page().text(72, 35, "Björkdala kommun", size=8).text(300, 820, "1", size=8)
    pdf.lines(72, 100, *PROSE)
    assert kinds(pdf.parse()) == [("furniture", "Björkdala kommun"), ("paragraph", " ".join(PROSE))]


def test_a_sentence_that_names_a_table_is_no_caption(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, "Tabell 1 visar hur kommunerna har svarat.")
    pdf.text(72, 130, "Tabell 1 Svar per kommun", size=9).lines(72, 160, *PROSE)
    assert [kind for kind, _ in kinds(pdf.parse())] == ["paragraph", "caption", "paragraph"]


def test_contents_without_page_numbers_are_told_by_the_headings_they_name(pdf: Pdf) -> None:
    titles = ("Sammanfattning", "Bakgrund", "Metod", "Slutsats")
    pdf.page().text(72, 80, "Innehåll", size=16, font="F2")
    for row, title in enumerate(titles):
        pdf.text(72, 120 + 25 * row, title)
    pdf.page()
    for row, title in enumerate(titles):
        pdf.text(72, 80 + 100 * row, title, size=16, font="F2").lines(72, 110 + 100 * row, *PROSE)
    document = pdf.parse()
    assert [block.text for block in of_kind(document, BlockKind.FURNITURE)] == ["Innehåll", *titles]
    assert [block.text for block in of_kind(document, BlockKind.HEADING)] == list(titles)
