"""Tables in PDF files that have bands of colour or a few lines only, and columns that look like tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning_ai.model import BlockKind, Document

if TYPE_CHECKING:
    from tests.unit.parsing.conftest import Pdf

LEFT, RIGHT = 72, 320
XS = (72.0, 250.0, 400.0)
NARROW = (
    "Nämnden i Vittsund har under",
    "året följt upp beslutade mål",
    "och redovisat utfallet vidare",
    "till fullmäktige i tertialer.",
)
PROSE = (
    "Kommunstyrelsen i Björkdala har enligt reglementet ansvar för att leda och",
    "samordna arbetet med uppföljning. Granskningen visar att rutinerna i huvudsak",
    "är kända i verksamheten men att de inte tillämpas lika överallt.",
)
CRIMES = (("Brottstyp", "2022", "2023"), ("Stöld", "212", "198"), ("Våld", "87", "91"), ("Rån", "12", "9"))


def row(pdf: Pdf, y: float, *cells: str, font: str = "F1", xs: tuple[float, ...] = XS) -> None:
    for x, text in zip(xs, cells, strict=False):
        if text:
            pdf.text(x + 4, y, text, font=font)


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.cells]
        for block in document.blocks
        if block.kind is BlockKind.TABLE
    ]


def test_bands_behind_every_other_row_make_one_table_with_the_rows_between(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    for index in (0, 1, 3):
        for x, width in ((72, 178), (250, 150), (400, 120)):
            pdf.fill(x, 160 + 20 * index, width, 20, "0.9 0.9 0.9")
    for index, cells in enumerate(CRIMES):
        row(pdf, 174 + 20 * index, *cells, font="F1" if index else "F2")
    assert tables(pdf.parse()) == [[list(cells) for cells in CRIMES]]


def test_ticks_in_different_columns_stand_in_rows_of_their_own(pdf: Pdf) -> None:
    rows = (
        ("Fråga", "Ja", "Nej", "Vet ej"),
        ("Finns en lägesbild?", "x", "", ""),
        ("Finns en plan?", "", "x", ""),
        ("Finns ett råd?", "", "", "x"),
    )
    pdf.page().lines(72, 100, *PROSE)
    for index, cells in enumerate(rows):
        row(pdf, 174 + 20 * index, *cells, font="F1" if index else "F2", xs=(72, 250, 330, 410))
    assert tables(pdf.parse()) == [[list(cells) for cells in rows]]


def test_a_head_over_two_columns_counts_for_both_without_any_line(pdf: Pdf) -> None:
    xs = (72.0, 200.0, 280.0, 360.0, 440.0)
    pdf.page().lines(72, 100, *PROSE)
    row(pdf, 170, "Brottstyp", "Anmälda", "", "Uppklarade", font="F2", xs=xs)
    row(pdf, 190, "", "2022", "2023", "2022", "2023", font="F2", xs=xs)
    for index, name in enumerate(("Stöld", "Våld", "Rån")):
        row(pdf, 210 + 20 * index, name, "212", "198", "40", "38", xs=xs)
    (table,) = tables(pdf.parse())
    assert table[:2] == [
        ["Brottstyp", "Anmälda", "Anmälda", "Uppklarade", "Uppklarade"],
        ["Brottstyp", "2022", "2023", "2022", "2023"],
    ]


def test_a_line_that_passes_a_column_by_leaves_its_cell_whole(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    row(pdf, 174, "Område", "Åtgärd", "Ansvar", font="F2")
    row(pdf, 194, "Trygga offentliga", "Belysning", "Nämnden")
    row(pdf, 207, "miljöer")
    row(pdf, 214, "", "Städning", "Bolaget")
    row(pdf, 234, "Unga", "Fritidsgård", "Nämnden")
    pdf.rule(72, 180, 520, 180).rule(250, 200, 520, 200).rule(72, 220, 520, 220).rule(72, 240, 520, 240)
    assert tables(pdf.parse()) == [
        [
            ["Område", "Åtgärd", "Ansvar"],
            ["Trygga offentliga miljöer", "Belysning", "Nämnden"],
            ["Trygga offentliga miljöer", "Städning", "Bolaget"],
            ["Unga", "Fritidsgård", "Nämnden"],
        ]
    ]


def test_lines_across_tie_wordy_columns_to_a_table(pdf: Pdf) -> None:
    pdf.page().lines(72, 100, *PROSE)
    row(pdf, 174, "Revisionsfråga", "Iakttagelse", font="F2")
    y = 194.0
    for _ in range(6):
        pdf.rule(72, y - 14, 520, y - 14)
        pdf.text(76, y, "Är ansvaret fördelat?")
        y = pdf.lines(254, y, *NARROW) + 7
    (table,) = tables(pdf.parse())
    assert table == [
        ["Revisionsfråga", "Iakttagelse"],
        *[["Är ansvaret fördelat?", " ".join(NARROW)]] * 6,
    ]


def test_heads_repeated_on_each_page_are_no_running_headers(pdf: Pdf) -> None:
    for page in range(3):
        pdf.page()
        row(pdf, 60, "Åtgärd", "Ansvarig", "Klart", font="F2")
        for index in range(12):
            row(pdf, 84 + 24 * index, f"Insats {12 * page + index}", "Nämnden", "2025")
    (table,) = tables(pdf.parse())
    assert table[0] == ["Åtgärd", "Ansvarig", "Klart"]
    assert [cells[0] for cells in table[1:]] == [f"Insats {index}" for index in range(36)]


def test_a_last_column_that_ends_early_is_read_after_the_one_before_it(pdf: Pdf) -> None:
    pdf.page().text(LEFT, 80, "Uppföljning", size=14, font="F2").text(RIGHT, 80, "Slutsats", size=14, font="F2")
    pdf.lines(LEFT, 110, *(line.replace("Nämnden", "Styrelsen") for line in NARROW * 5))
    pdf.lines(RIGHT, 110, *NARROW)
    found = [(block.kind.value, block.text.split()[0]) for block in pdf.parse().blocks]
    assert found == [
        ("heading", "Uppföljning"),
        ("paragraph", "Styrelsen"),
        ("heading", "Slutsats"),
        ("paragraph", "Nämnden"),
    ]


def test_a_table_within_a_column_does_not_make_a_table_of_the_columns(pdf: Pdf) -> None:
    pdf.page()
    y = pdf.lines(LEFT, 100, *(line.replace("Nämnden", "Styrelsen") for line in NARROW * 3)) + 10
    for index, cells in enumerate(CRIMES):
        row(pdf, y + 16 * index, *cells, font="F1" if index else "F2", xs=(LEFT, LEFT + 90, LEFT + 150))
    pdf.lines(RIGHT, 100, *NARROW * 5)
    kinds = [(block.kind.value, block.text.split()[0]) for block in pdf.parse().blocks]
    assert kinds == [("paragraph", "Styrelsen"), ("table", "Brottstyp"), ("paragraph", "Nämnden")]
