"""Tables in PDF files without tags: ruled, partly ruled and unruled, over pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning_ai.model import Block, BlockKind, Document

if TYPE_CHECKING:
    from tests.unit.parsing.conftest import Pdf

PROSE = (
    "Kommunstyrelsen i Björkdala har enligt reglementet ansvar för att leda och",
    "samordna arbetet med uppföljning. Granskningen visar att rutinerna i huvudsak",
    "är kända i verksamheten men att de inte tillämpas lika överallt.",
)
XS = (72.0, 200.0, 360.0, 520.0)


def tables(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE]


def texts(block: Block) -> list[list[str]]:
    return [[cell.text for cell in row] for row in block.cells]


def row(pdf: Pdf, y: float, *cells: str, font: str = "F1") -> None:
    for x, text in zip(XS, cells, strict=False):
        if text:
            pdf.text(x + 4, y, text, font=font)


def test_a_ruled_table_has_its_cells_and_paragraphs_around_it(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    pdf.grid(XS, [160, 180, 220, 240])
    row(pdf, 174, "Revisionsfråga", "Bedömning", "Rekommendation", font="F2")
    row(pdf, 194, "Är ansvaret", "Delvis", "")
    row(pdf, 207, "tydligt?")
    row(pdf, 234, "Sker uppföljning?", "Nej", "Följ upp varje tertial")
    pdf.lines(72, 270, *PROSE)
    document = pdf.parse()
    assert [block.kind.value for block in document.blocks] == ["paragraph", "table", "paragraph"]
    assert texts(document.blocks[1]) == [
        ["Revisionsfråga", "Bedömning", "Rekommendation"],
        ["Är ansvaret tydligt?", "Delvis", ""],
        ["Sker uppföljning?", "Nej", "Följ upp varje tertial"],
    ]


def test_merged_cells_stand_in_every_row_and_column_they_span(pdf: Pdf) -> None:
    pdf.page()
    for y in (100, 160):
        pdf.rule(72, y, 520, y)
    pdf.rule(200, 120, 520, 120).rule(200, 140, 520, 140)
    for x, top in ((72, 100), (200, 100), (360, 120), (520, 100)):
        pdf.rule(x, top, x, 160)
    pdf.text(76, 114, "Trygghet").text(204, 114, "Antal svar")
    pdf.text(204, 134, "Ja").text(364, 134, "Nej").text(204, 154, "21").text(364, 154, "5")
    (table,) = tables(pdf.parse())
    assert texts(table) == [
        ["Trygghet", "Antal svar", "Antal svar"],
        ["Trygghet", "Ja", "Nej"],
        ["Trygghet", "21", "5"],
    ]
    assert table.cells[0][0] is table.cells[2][0]


def test_a_band_of_heads_without_lines_is_parted_by_its_columns(pdf: Pdf) -> None:
    pdf.page().fill(72, 100, 448, 20, "0 0.2 0.5")
    pdf.grid(XS, [120, 140, 160])
    for x, head in zip(XS, ("Område", "Åtgärd", "Ansvarig"), strict=False):
        pdf.text(x + 4, 114, head, font="F2", colour="1 1 1")
    row(pdf, 134, "Skola", "Elevhälsa", "Nämnden")
    row(pdf, 154, "Centrum", "Belysning", "Gatukontoret")
    (table,) = tables(pdf.parse())
    assert texts(table)[0] == ["Område", "Åtgärd", "Ansvarig"]


def test_a_box_around_text_is_no_table(pdf: Pdf) -> None:
    pdf.page().grid([60, 540], [80, 150])
    pdf.lines(72, 100, *PROSE)
    assert [block.kind.value for block in pdf.parse().blocks] == ["paragraph"]


def test_a_table_that_goes_on_is_one_without_its_repeated_heads_and_a_cut_row_is_whole(pdf: Pdf) -> None:
    heads = ("Område", "Åtgärd", "Ansvarig")
    pdf.page().lines(72, 100, *PROSE)
    pdf.grid(XS, [700, 720, 740, 780])
    row(pdf, 714, *heads, font="F2")
    row(pdf, 734, "Skola", "Elevhälsa", "Nämnden")
    row(pdf, 754, "Centrum", "Belysningen byggs ut i", "Gatukontoret")
    pdf.page().grid(XS, [60, 80, 100, 120])
    row(pdf, 74, *heads, font="F2")
    row(pdf, 94, "", "gångstråken", "")
    row(pdf, 114, "Hamnen", "Vakter", "Hamnbolaget")
    pdf.lines(72, 160, *PROSE)
    document = pdf.parse()
    (table,) = tables(document)
    assert texts(table) == [
        list(heads),
        ["Skola", "Elevhälsa", "Nämnden"],
        ["Centrum", "Belysningen byggs ut i gångstråken", "Gatukontoret"],
        ["Hamnen", "Vakter", "Hamnbolaget"],
    ]
    assert document.page_at(table.cells[3][0].start) == 2
    assert [box.page for box in table.boxes] == [1, 2]


def test_other_heads_on_the_next_page_begin_another_table(pdf: Pdf) -> None:
    for page, verdict in enumerate(("Ja", "Nej")):
        pdf.page()
        top = 740 if page == 0 else 60
        pdf.fill(72, top, 448, 20, "0.8 0.9 1").grid(XS, [top, top + 20, top + 40])
        row(pdf, top + 14, "Revisionsfråga", f"Bedömning: {verdict}", "Rekommendation", font="F2")
        row(pdf, top + 34, f"Fråga {page + 1}?", "Vi bedömer det så.", "Ingen.")
    assert [texts(table)[0][1] for table in tables(pdf.parse())] == ["Bedömning: Ja", "Bedömning: Nej"]


def test_tables_that_touch_are_parted_at_their_heads(pdf: Pdf) -> None:
    pdf.page().fill(72, 100, 448, 20, "0.8 0.9 1").fill(72, 140, 448, 20, "0.8 0.9 1")
    pdf.grid(XS, [100, 120, 140, 160, 180])
    for number, top in enumerate((100, 140), start=1):
        row(pdf, top + 14, "Revisionsfråga", f"Bedömning {number}", "Rekommendation", font="F2")
        row(pdf, top + 34, f"Fråga {number}?", "Delvis", "Ingen")
    assert [texts(table)[1][0] for table in tables(pdf.parse())] == ["Fråga 1?", "Fråga 2?"]


def test_figures_in_columns_are_a_table_without_any_lines(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    row(pdf, 160, "Mål", "2022", "2023", font="F2")
    row(pdf, 180, "Trygghet utomhus", "63 %", "68 %")
    row(pdf, 200, "Förtroende för", "41 %", "44 %")
    row(pdf, 213, "kommunen")
    row(pdf, 233, "Bra plats", "89 %", "93 %")
    pdf.lines(72, 270, *PROSE)
    document = pdf.parse()
    assert [block.kind.value for block in document.blocks] == ["paragraph", "table", "paragraph"]
    assert texts(document.blocks[1]) == [
        ["Mål", "2022", "2023"],
        ["Trygghet utomhus", "63 %", "68 %"],
        ["Förtroende för kommunen", "41 %", "44 %"],
        ["Bra plats", "89 %", "93 %"],
    ]


def test_prose_cells_under_bold_heads_are_a_table_without_lines(pdf: Pdf) -> None:
    pdf.page()
    row(pdf, 100, "Revisionsfråga", "Bedömning", "Rekommendation", font="F2")
    for y, cells in (
        (118, ("Är ansvaret tydligt", "Reglementet anger vem som", "Förtydliga ansvaret i")),
        (131, ("fördelat?", "leder arbetet.", "delegationsordningen.")),
        (160, ("Sker uppföljning?", "Uppföljning sker inte.", "Följ upp målen.")),
    ):
        row(pdf, y, *cells)
    (table,) = tables(pdf.parse())
    assert texts(table)[1:] == [
        [
            "Är ansvaret tydligt fördelat?",
            "Reglementet anger vem som leder arbetet.",
            "Förtydliga ansvaret i delegationsordningen.",
        ],
        ["Sker uppföljning?", "Uppföljning sker inte.", "Följ upp målen."],
    ]


def test_two_columns_of_prose_are_no_table(pdf: Pdf) -> None:
    pdf.page()
    for x in (60, 310):
        pdf.lines(x, 100, *("Nämnden har under året följt upp alla mål",) * 10)
    assert tables(pdf.parse()) == []


def test_list_items_in_a_cell_keep_their_marks(pdf: Pdf) -> None:
    pdf.page().grid(XS[:3], [100, 120, 170])
    row(pdf, 114, "Fråga", "Rekommendationer", font="F2")
    pdf.text(76, 134, "Ansvar").text(204, 134, "-").text(214, 134, "Se över alla forum för")
    pdf.text(214, 147, "samverkan.").text(204, 160, "-").text(214, 160, "Följa upp beslut.")
    (table,) = tables(pdf.parse())
    assert texts(table)[1][1] == "- Se över alla forum för samverkan.\n- Följa upp beslut."
