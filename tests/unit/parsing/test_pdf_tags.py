"""PDF files with a tag tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from granskning_ai.model import Block, BlockKind, Document

if TYPE_CHECKING:
    from tests.unit.parsing.conftest import Pdf, Setting

PROSE = (
    "Kommunstyrelsen i Björkdala har enligt reglementet ansvar för att leda och",
    "samordna arbetet med uppföljning. Granskningen visar att rutinerna i huvudsak",
    "är kända i verksamheten men att de inte tillämpas lika överallt.",
)


def paragraph(
    pdf: Pdf, y: float, *lines: str, kind: str = "P", x: float = 72, **setting: Unpack[Setting]
) -> tuple[str, list[Any]]:
    return kind, [pdf.tagged(x, y + 13 * index, line, **setting) for index, line in enumerate(lines)]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


def texts(block: Block) -> list[list[str]]:
    return [[cell.text for cell in row] for row in block.cells]


def test_the_tree_tells_order_and_headings_though_all_is_set_alike(pdf: Pdf) -> None:
    pdf.page().text(72, 40, "Sidhuvud", mark="/Artifact BMC")
    second = paragraph(pdf, 300, *PROSE)
    heading = paragraph(pdf, 100, "Bakgrund", kind="H1")
    own = paragraph(pdf, 130, "Metod", kind="Rubrik1")
    first = paragraph(pdf, 160, *PROSE[:2], "ska göra.")
    pdf.tree = [("Document", [heading, first, own, second])]
    document = pdf.parse()
    assert kinds(document) == [
        ("heading", "Bakgrund"),
        ("paragraph", f"{PROSE[0]} {PROSE[1]} ska göra."),
        ("heading", "Metod"),
        ("paragraph", " ".join(PROSE)),
    ]
    assert [block.level for block in document.blocks if block.kind is BlockKind.HEADING] == [1, 1]


def test_lists_give_items_with_mark_and_level(pdf: Pdf) -> None:
    def item(y: float, mark: str, text: str, *nested: Any) -> Any:  # noqa: ANN401  nested tuples
        label = ("Lbl", [pdf.tagged(80, y, mark)])
        return "LI", [label, ("LBody", [pdf.tagged(100, y, text), *nested])]

    pdf.page()
    lead = paragraph(pdf, 100, *PROSE)
    inner = ("L", [item(160, "a)", "Beslutas av nämnden.")])
    items = ("L", [item(145, "1.", "Ta fram en plan.", inner), item(175, "2.", "Följ upp planen.")])
    pdf.tree = [("Document", [lead, items])]
    found = [(block.marker, block.level, block.text) for block in pdf.parse().blocks[1:]]
    assert found == [("1.", 1, "Ta fram en plan."), ("a)", 2, "Beslutas av nämnden."), ("2.", 1, "Följ upp planen.")]


def test_tables_have_spans_and_empty_cells_that_the_tree_leaves_out(pdf: Pdf) -> None:
    def cell(x: float, y: float, text: str, more: str = "", kind: str = "TD") -> Any:  # noqa: ANN401  nested tuples
        return kind, [("P", [pdf.tagged(x, y, text)])], more

    pdf.page()
    lead = paragraph(pdf, 60, *PROSE)
    pdf.tree = [
        (
            "Document",
            [
                lead,
                (
                    "Table",
                    [
                        (
                            "TR",
                            [
                                cell(x, 120, text, kind="TH")
                                for x, text in ((72, "Område"), (200, "Åtgärd"), (330, "Nämnd"))
                            ],
                        ),
                        (
                            "TR",
                            [
                                cell(72, 140, "Skola", "/A<</O/Table/RowSpan 2>>"),
                                cell(200, 140, "Elevhälsa"),
                                cell(330, 140, "Skolnämnden"),
                            ],
                        ),
                        ("TR", [cell(330, 160, "Styrelsen")]),
                    ],
                ),
            ],
        )
    ]
    table = pdf.parse().blocks[1]
    assert texts(table) == [
        ["Område", "Åtgärd", "Nämnd"],
        ["Skola", "Elevhälsa", "Skolnämnden"],
        ["Skola", "", "Styrelsen"],
    ]


def test_actual_text_stands_for_what_is_shown(pdf: Pdf) -> None:
    pdf.page()
    start = pdf.tagged(72, 100, "Granskningen gäller brottsföre")
    hyphen = ("Span", [pdf.tagged(210, 100, "-")], "/ActualText<FEFF00AD>")
    rest = [pdf.tagged(72, 113, "byggande arbete och")]
    seal = ("Span", [pdf.tagged(170, 113, "#")], "/ActualText(tillsyn)")
    pdf.tree = [("Document", [("P", [start, hyphen, *rest, seal]), paragraph(pdf, 150, *PROSE)])]
    assert pdf.parse().blocks[0].text == "Granskningen gäller brottsförebyggande arbete och tillsyn"


def test_a_note_within_a_paragraph_stands_after_it(pdf: Pdf) -> None:
    pdf.page()
    start = pdf.tagged(72, 100, "Antalet ökade under 2022")
    call = ("Reference", [("Lbl", [pdf.tagged(188, 96, "1", size=6)])])
    note = ("Note", [pdf.tagged(72, 780, "1", size=6), pdf.tagged(78, 783, "Preliminära siffror.", size=8)])
    end = pdf.tagged(72, 113, "och minskade därefter.")
    pdf.tree = [("Document", [("P", [start, call, note, end]), paragraph(pdf, 150, *PROSE)])]
    blocks = pdf.parse().blocks
    assert blocks[0].text == "Antalet ökade under 2022¹ och minskade därefter."
    assert (blocks[1].kind, blocks[1].marker, blocks[1].text) == (BlockKind.FOOTNOTE, "1", "Preliminära siffror.")


def test_contents_are_furniture_and_captions_captions(pdf: Pdf) -> None:
    pdf.page()
    contents = (
        "TOC",
        [("TOCI", [pdf.tagged(72, 100, "Bakgrund ...... 2")]), ("TOCI", [pdf.tagged(72, 115, "Metod ...... 3")])],
    )
    caption = ("Caption", [pdf.tagged(72, 140, "Figur 1: Utfall")])
    pdf.tree = [("Document", [contents, caption, paragraph(pdf, 170, *PROSE)])]
    assert [kind for kind, _ in kinds(pdf.parse())] == ["furniture", "furniture", "caption", "paragraph"]


def test_text_that_the_tags_leave_out_is_put_where_it_stands(pdf: Pdf) -> None:
    pdf.page()
    first = paragraph(pdf, 100, *PROSE)
    pdf.text(72, 160, "En ruta som ingen har märkt upp.")
    last = paragraph(pdf, 200, *PROSE, PROSE[0])
    pdf.tree = [("Document", [first, last])]
    assert kinds(pdf.parse())[1] == ("paragraph", "En ruta som ingen har märkt upp.")


def test_a_tree_that_covers_little_of_the_text_is_not_trusted(pdf: Pdf) -> None:
    pdf.page()
    pdf.text(72, 80, "1 Bakgrund", size=16, font="F2").lines(72, 110, *PROSE)
    pdf.tree = [("Document", [paragraph(pdf, 700, "En enda märkt rad.", kind="H1")])]
    assert kinds(pdf.parse())[:2] == [("heading", "1 Bakgrund"), ("paragraph", " ".join(PROSE))]


def test_a_tree_that_tags_lines_as_paragraphs_is_not_trusted(pdf: Pdf) -> None:
    pdf.page()
    pdf.tree = [("Document", [paragraph(pdf, 100 + 13 * n, line) for n, line in enumerate(PROSE * 3)])]
    assert kinds(pdf.parse()) == [("paragraph", " ".join(PROSE * 3))]


def test_a_loop_in_the_tree_ends(pdf: Pdf) -> None:
    pdf.page()
    pdf.tree = [("Document", [paragraph(pdf, 100, *PROSE)])]
    data = pdf.data()
    start = data.index(b"/S/Document")
    end = data.index(b"]", start)
    kids = data.index(b"/K[", start) + 3
    number = data[:start].rsplit(b" 0 obj", 1)[0].rsplit(b"\n", 1)[-1]
    looped = data[:kids] + (number + b" 0 R").ljust(end - kids) + data[end:]
    from granskning_ai.model import SourceFile
    from granskning_ai.parsing.pdf import PdfParser

    document = PdfParser().parse(SourceFile.of("fil.pdf", looped, "pdf"), looped)
    assert document.text == " ".join(PROSE)


def test_headings_are_told_by_type_where_the_tree_names_none(pdf: Pdf) -> None:
    pdf.page()
    heading = paragraph(pdf, 100, "Sammanfattning", size=16, font="F2")
    pdf.tree = [("Document", [heading, paragraph(pdf, 140, *PROSE)])]
    assert kinds(pdf.parse())[0] == ("heading", "Sammanfattning")


def test_a_head_painted_again_on_the_next_page_counts_once(pdf: Pdf) -> None:
    pdf.page()
    lead = paragraph(pdf, 60, *PROSE)
    first = [pdf.tagged(x, 740, text) for x, text in ((72, "Område"), (200, "Åtgärd"))]
    row1 = [pdf.tagged(72, 760, "Skola"), pdf.tagged(200, 760, "Elevhälsa")]
    pdf.page()
    again = [pdf.tagged(x, 80, text) for x, text in ((72, "Område"), (200, "Åtgärd"))]
    row2 = [pdf.tagged(72, 100, "Centrum"), pdf.tagged(200, 100, "Belysning")]
    head = ("TR", [("TH", [a, b]) for a, b in zip(first, again, strict=True)])
    body = [("TR", [("TD", [part]) for part in cells]) for cells in (row1, row2)]
    pdf.tree = [("Document", [lead, ("Table", [head, *body])])]
    assert texts(pdf.parse().blocks[1]) == [["Område", "Åtgärd"], ["Skola", "Elevhälsa"], ["Centrum", "Belysning"]]


def test_bold_lines_over_text_are_headings_below_the_tagged_ones(pdf: Pdf) -> None:
    pdf.page()
    nodes = [paragraph(pdf, 80, "2 Resultat", kind="H2", size=14)]
    for row in range(2):
        nodes.append(paragraph(pdf, 120 + 100 * row, "Bedömning", font="F2"))
        nodes.append(paragraph(pdf, 140 + 100 * row, *PROSE))
    pdf.tree = [("Document", nodes)]
    headings = [(block.level, block.text) for block in pdf.parse().blocks if block.kind is BlockKind.HEADING]
    assert headings == [(2, "2 Resultat"), (3, "Bedömning"), (3, "Bedömning")]


def test_contents_tagged_as_paragraphs_with_their_numbers_apart_are_furniture(pdf: Pdf) -> None:
    titles = ("Bakgrund", "Resultat", "Slutsats")
    pdf.page()
    entries = [paragraph(pdf, 80, "Innehåll")]
    for index, title in enumerate(titles):
        entries += [paragraph(pdf, 110 + 20 * index, title), paragraph(pdf, 110 + 20 * index, str(index + 2), x=500)]
    body = []
    for title in titles:
        pdf.page()
        body += [paragraph(pdf, 80, title, kind="H1"), paragraph(pdf, 110, *PROSE)]
    pdf.tree = [("Document", [*entries, *body])]
    found = [kind for kind, _ in kinds(pdf.parse())]
    assert found == ["furniture"] * 7 + ["heading", "paragraph"] * 3


def test_lines_of_a_cell_stay_in_it_under_a_centred_head(pdf: Pdf) -> None:
    def cell(kind: str, x: float, y: float, *lines: str) -> tuple[str, list[Any]]:
        return kind, [paragraph(pdf, y, *lines, x=x)]

    pdf.page()
    head = ("TR", [cell("TH", 72, 100, "Fråga"), cell("TH", 225, 100, "Svar"), cell("TH", 400, 100, "Kommentar")])
    rows = [
        (
            "TR",
            [
                cell("TD", 72, y, "Finns en plan?"),
                cell("TD", 210, y, "Nej"),
                cell("TD", 330, y, "Planen är inte", "klar."),
            ],
        )
        for y in (130, 170)
    ]
    pdf.tree = [("Document", [("Table", [head, *rows])])]
    assert texts(pdf.parse().blocks[0])[1:] == [["Finns en plan?", "Nej", "Planen är inte klar."]] * 2
