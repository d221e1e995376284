"""HTML pages: the main content as blocks, and what the page hides from a reader."""

from __future__ import annotations

import pytest

from granskning_ai.errors import ParsingError
from granskning_ai.model import BlockKind, Document, SourceFile
from granskning_ai.parsing.html import HtmlParser


def parse(html: str | bytes) -> Document:
    data = html if isinstance(html, bytes) else html.encode()
    return HtmlParser().parse(SourceFile.of("prov.html", data, "html"), data)


def body(html: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in parse(f"<html><body>{html}</body></html>").blocks]


def test_menus_heads_feet_and_scripts_are_no_content() -> None:
    document = parse(
        "<html><head><title>Granskning av skolan</title><script>x()</script></head><body>"
        "<header><nav><a href='/'>Start</a></nav>Vittsunds kommun</header><nav><a href='/a'>Meny</a></nav>"
        "<main><h1>Granskning av skolan</h1><p>Nämnden följer upp planen.</p></main>"
        "<aside>Läs också</aside><footer>Postadress</footer></body></html>"
    )
    assert [(b.kind.value, b.text) for b in document.blocks] == [
        ("heading", "Granskning av skolan"),
        ("paragraph", "Nämnden följer upp planen."),
    ]
    assert document.metadata.title == "Granskning av skolan"


def test_a_documents_own_head_and_contents_page_are_furniture_and_its_headings_begin_at_one() -> None:
    document = parse(
        "<body><header><h1>Förstudie</h1><p>Mars 2024</p></header><nav><a href='#a'>Bakgrund</a></nav>"
        "<h2 id='a'>Bakgrund</h2><p>Text om bakgrunden.</p><h3>Metod</h3><p>Text om metoden.</p></body>"
    )
    assert [(b.kind.value, b.level, b.text) for b in document.blocks][:5] == [
        ("furniture", None, "Förstudie"),
        ("furniture", None, "Mars 2024"),
        ("furniture", None, "Bakgrund"),
        ("heading", 1, "Bakgrund"),
        ("paragraph", None, "Text om bakgrunden."),
    ]
    assert document.metadata.title == "Förstudie"


def test_lists_nest_and_keep_the_marks_a_browser_prints() -> None:
    document = parse(
        "<body><ol type='a'><li>Ta fram <b>en plan</b><ul><li>för alla skolor</li></ul></li>"
        "<li><p>Följa upp den</p></li></ol><ol start='3'><li>Tredje</li></ol></body>"
    )
    assert [(b.marker, b.level, b.text) for b in document.blocks] == [
        ("a.", 1, "Ta fram en plan"),
        ("•", 2, "för alla skolor"),
        ("b.", 1, "Följa upp den"),
        ("3.", 1, "Tredje"),
    ]


def test_merged_cells_stand_in_every_row_and_column_they_cover() -> None:
    document = parse(
        "<body><table><caption>Tabell 1: Svar</caption>"
        "<tr><th rowspan=2>Fråga</th><th colspan=2>Svar</th></tr><tr><th>Ja</th><th>Nej</th></tr>"
        "<tr><td>Finns<br>plan?<ul><li>Skriftlig?</li></ul></td><td>12</td><td></td></tr></table></body>"
    )
    caption, table = document.blocks
    assert caption.kind is BlockKind.CAPTION
    assert [[cell.text for cell in row] for row in table.cells] == [
        ["Fråga", "Svar", "Svar"],
        ["Fråga", "Ja", "Nej"],
        ["Finns plan?\n• Skriftlig?", "12", ""],
    ]
    assert table.text.count("Fråga") == 1


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    assert body("<table role=presentation><tr><td><h2>Mål</h2><p>Planen gäller.</p></td></tr></table>") == [
        ("heading", "Mål"),
        ("paragraph", "Planen gäller."),
    ]


def test_a_span_of_a_million_columns_is_refused_or_cut() -> None:
    html = "<table>" + "<tr>" + "<td rowspan=60000 colspan=9999999>x</td>" * 40 + "</tr>" * 3000 + "</table>"
    with pytest.raises(ParsingError, match="orimligt många celler"):
        parse(f"<body>{html}<table>{'<tr><td colspan=200>x</td></tr>' * 600}</table></body>")


def test_footnotes_are_called_by_superscripts_and_lose_their_backlinks() -> None:
    document = parse(
        "<body><p>Ökningen var stor 2022<sup><a href='#fn1' id='r1'>1</a></sup>, se m<sup>2</sup>.</p>"
        "<section role=doc-endnotes><ol><li id=fn1>Preliminära siffror. <a href='#r1'>↩</a></li></ol></section></body>"
    )
    paragraph, note = document.blocks
    assert paragraph.text == "Ökningen var stor 2022¹, se m²."
    assert (note.kind, note.marker, note.text) == (BlockKind.FOOTNOTE, "1", "Preliminära siffror.")


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Allt är uppfyllt.</p>",
        "<p style='display: none !important'>Allt är uppfyllt.</p>",
        "<p style='visibility:hidden'>Allt är uppfyllt.</p>",
        "<p class=dold>Allt är uppfyllt.</p>",
        "<p id=gömd>Allt är uppfyllt.</p>",
        "<p>Synligt. <span style='color:#FFF'>Allt är uppfyllt.</span></p>",
        "<p>Synligt. <span style='font-size:0'>Allt är uppfyllt.</span></p>",
        "<p style='position:absolute;left:-9999px'>Allt är uppfyllt.</p>",
        "<table><tr><td>a</td><td>b<i hidden>Allt är uppfyllt.</i></td></tr><tr><td>c</td><td>d</td></tr></table>",
        "<ul><li hidden>Allt är uppfyllt.</li><li>Synligt</li></ul>",
    ],
)
def test_what_no_reader_sees_is_kept_apart(hidden: str) -> None:
    style = "<style>/* x */ .dold, .annan { display : none } #gömd{color:white}</style>"
    document = parse(f"<html><head>{style}</head><body><p>Planen saknas.</p>{hidden}</body></html>")
    assert "Planen saknas." in document.text
    assert "uppfyllt" not in document.text
    assert document.hidden == ("Allt är uppfyllt.",)


def test_white_on_a_colour_can_be_read() -> None:
    document = parse("<body><div style='background:#036'><p style='color:#fff'>Synligt.</p></div></body>")
    assert document.text == "Synligt."
    assert not document.hidden


def test_loose_text_and_typed_marks_become_blocks() -> None:
    assert body("Löst stycke.<br><br>Nytt <b>stycke</b>.<div>- typad punkt</div><p>Figur 2: Diagram</p>") == [
        ("paragraph", "Löst stycke."),
        ("paragraph", "Nytt stycke."),
        ("list_item", "typad punkt"),
        ("caption", "Figur 2: Diagram"),
    ]


def test_a_line_in_bold_before_a_body_is_a_heading() -> None:
    assert body("<h2>Resultat</h2><p><b>Organisation</b></p><p>Det finns en tydlig organisation.</p>")[1] == (
        "heading",
        "Organisation",
    )


def test_a_page_without_marked_headings_is_read_as_plain_text_is() -> None:
    assert ("heading", "Bakgrund") in body("<p>Bakgrund</p><p>Granskningen ingår i revisionsplanen för året.</p>")


@pytest.mark.parametrize(
    "data",
    [
        "<body><p>Åtgärder följs upp.</p></body>".encode(),
        "<meta charset=utf-8><body><p>Åtgärder följs upp.</p></body>".encode("cp1252"),
        "<meta http-equiv=x content='text/html; charset=iso-8859-15'><p>Åtgärder följs upp.</p>".encode("iso-8859-15"),
        "<body><p>Åtgärder följs upp.</p></body>".encode("utf-16"),
    ],
)
def test_the_encoding_is_read_from_the_bytes_and_the_declaration(data: bytes) -> None:
    assert parse(data).text == "Åtgärder följs upp."


def test_a_page_that_needs_scripts_is_an_error_that_says_so() -> None:
    with pytest.raises(ParsingError, match="ingen text"):
        parse("<html><body><div id=root></div><script>x</script></body></html>")
