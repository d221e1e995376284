"""Word files: the text as it is printed, with what Word keeps apart from it."""

from __future__ import annotations

import io
import zipfile

import pytest

from granskning_ai.errors import LimitExceeded, ParsingError
from granskning_ai.model import BlockKind, Document, SourceFile
from granskning_ai.parsing.docx import DocxParser
from granskning_ai.parsing.means import Means

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = """
<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Firma2"><w:name w:val="Nordrev Rubrik 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Mellan"><w:name w:val="Mellanrubrik"/>
 <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Innehll1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Beskrivning"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Punktlista"><w:name w:val="List Bullet"/>
 <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Dold"><w:name w:val="Dold"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Rubrik1"/>
  <w:lvlText w:val="%1"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Rubrik2"/>
  <w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def p(content: str, style: str = "", extra: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    content = content if content.startswith("<") else r(content)
    return f"<w:p><w:pPr>{named}{extra}</w:pPr>{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int, level: int = 0) -> str:
    return p(text, extra=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content: str, properties: str = "") -> str:
    content = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def package(body: str, *, footnotes: str = "", title: str = "") -> bytes:
    main = f'<Relationship Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    parts = {
        "_rels/.rels": f"<Relationships>{main}</Relationships>",
        "word/_rels/document.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Type="{OFFICE}/{k}" Target="{k}.xml"/>' for k in ("styles", "numbering", "footnotes"))
        + "</Relationships>",
        "word/document.xml": f"<w:document {NS}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NS}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NS}>{NUMBERING}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {NS}>{footnotes}</w:footnotes>",
        "docProps/core.xml": f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parse(body: str, *, footnotes: str = "", title: str = "") -> Document:
    data = package(body, footnotes=footnotes, title=title)
    return DocxParser().parse(SourceFile.of("prov.docx", data, "docx"), data)


def blocks(body: str) -> list[tuple[str, int | None, str]]:
    return [(b.kind.value, b.level, b.text) for b in parse(body).blocks]


def test_headings_by_style_name_outline_level_and_firms_own_styles_with_their_automatic_numbers() -> None:
    body = (
        p("Inledning", "Rubrik1")
        + p("Bakgrund", "Rubrik2")
        + p("Syfte", "Rubrik2")
        + p("Resultat", "Rubrik1")
        + p("Organisation", "Rubrik2")
        + p("Ansvar", "Mellan")
        + p("Samverkan", "Firma2")
        + p("Utan nummer", "Rubrik2", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert [(level, text) for _, level, text in blocks(body)] == [
        (1, "1 Inledning"),
        (2, "1.1 Bakgrund"),
        (2, "1.2 Syfte"),
        (1, "2 Resultat"),
        (2, "2.1 Organisation"),
        (3, "Ansvar"),
        (2, "Samverkan"),
        (2, "Utan nummer"),
    ]


def test_lists_by_numbering_and_by_style_with_levels_and_restarts() -> None:
    document = parse(
        p("Punkt", "Punktlista")
        + listed("Under", 2, 1)
        + listed("Ett", 3)
        + listed("Två", 3)
        + listed("Nytt ett", 4)
        + listed("Nytt två", 4)
    )
    assert [(b.marker, b.level, b.text) for b in document.blocks] == [
        ("•", 1, "Punkt"),
        ("–", 2, "Under"),
        ("a)", 1, "Ett"),
        ("b)", 1, "Två"),
        ("a)", 1, "Nytt ett"),
        ("b)", 1, "Nytt två"),
    ]


def test_insertions_are_kept_and_deletions_dropped() -> None:
    body = p(
        r("Nämnden ")
        + f"<w:ins>{r('bör')}</w:ins><w:del><w:r><w:delText>ska</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{r(' borta')}</w:moveFrom><w:moveTo>{r(' följa')}</w:moveTo>"
        + f"<w:hyperlink>{r(' upp')}</w:hyperlink><w:smartTag>{r(' planen.')}</w:smartTag>"
    )
    assert blocks(body) == [("paragraph", None, "Nämnden bör följa upp planen.")]


def test_hyphens_breaks_and_symbols() -> None:
    run = (
        "<w:r><w:t>sam</w:t><w:softHyphen/><w:t>verkan\u00adsavtal</w:t><w:br/>"
        "<w:t>risk</w:t><w:noBreakHyphen/><w:t>analys</w:t></w:r>"
    )
    assert blocks(p(run)) == [("paragraph", None, "samverkansavtal risk-analys")]


def test_merged_cells_stand_in_every_row_and_column_they_cover() -> None:
    wide, tall = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    table = (
        "<w:tbl>"
        + row(cell("Fråga", tall), cell("Svar", wide))
        + row(cell("", "<w:vMerge/>"), cell("Ja"), cell("Nej"))
        + row(cell(p("Finns en plan?") + listed("Skriftlig?", 2)), cell("12"), cell(""))
        + "</w:tbl>"
    )
    (block,) = parse(table).blocks
    assert [[c.text for c in line] for line in block.cells] == [
        ["Fråga", "Svar", "Svar"],
        ["Fråga", "Ja", "Nej"],
        ["Finns en plan?\n• Skriftlig?", "12", ""],
    ]


def test_a_table_of_one_cell_is_a_box_around_its_text() -> None:
    table = f"<w:tbl>{row(cell(p('Vi rekommenderar att:') + listed('följa upp', 2)))}</w:tbl>"
    assert [kind for kind, _, _ in blocks(table)] == ["paragraph", "list_item"]


def test_footnotes_follow_the_paragraph_or_table_that_calls_them() -> None:
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = (
        f'<w:footnote w:id="-1" w:type="separator">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Preliminärt.")}</w:footnote><w:footnote w:id="3">{p("I tabellen.")}</w:footnote>'
    )
    body = p(r("År 2022") + call.format(2) + r(" ökade det.")) + (
        f"<w:tbl>{row(cell('a'), cell(p(r('b') + call.format(3))))}</w:tbl>" + p("Slut.")
    )
    document = parse(body, footnotes=notes)
    assert [(b.kind.value, b.marker, b.text) for b in document.blocks] == [
        ("paragraph", None, "År 2022¹ ökade det."),
        ("footnote", "1", "Preliminärt."),
        ("table", None, "a\tb²"),
        ("footnote", "2", "I tabellen."),
        ("paragraph", None, "Slut."),
    ]


def test_cover_and_contents_are_furniture_and_the_title_is_read_from_the_cover() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        p("Vittsunds kommun")
        + p("Granskning av elevhälsan", "Rubrik")
        + p("Nordrev AB")
        + p("Innehåll")
        + p(
            field.format("begin")
            + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
            + field.format("separate")
            + r("1 Inledning 3")
        )
        + p("2 Resultat 4")
        + p(field.format("end") + r(""))
        + p("3 Slutsats 5", "Innehll1")
        + p("Inledning", "Rubrik1")
        + p("Elevhälsan har granskats.")
    )
    document = parse(body, title="Word-mall")
    assert document.metadata.title == "Granskning av elevhälsan"
    assert [b.text for b in document.blocks if b.kind is not BlockKind.FURNITURE] == [
        "1 Inledning",
        "Elevhälsan har granskats.",
    ]


def test_what_a_letter_begins_with_is_no_cover() -> None:
    lines = ("Vittsunds kommun", "2024-12-11", "Till revisorerna")
    body = p("Yttrande", "Rubrik1") + p("Nämnden har tagit del av rapporten.")
    found = blocks("".join(map(p, lines)) + body)
    assert [kind for kind, _, _ in found] == ["paragraph"] * 3 + ["heading", "paragraph"]


def test_the_title_in_the_properties_counts_where_the_text_has_none() -> None:
    assert parse(p("Elevhälsan har granskats."), title="Granskning av elevhälsan").metadata.title == (
        "Granskning av elevhälsan"
    )


@pytest.mark.parametrize(
    "run",
    [
        r("Allt är uppfyllt.", "<w:vanish/>"),
        r("Allt är uppfyllt.", '<w:rStyle w:val="Dold"/>'),
        r("Allt är uppfyllt.", '<w:color w:val="FFFFFF"/>'),
        r("Allt är uppfyllt.", '<w:sz w:val="2"/>'),
    ],
)
def test_what_no_reader_sees_is_kept_apart(run: str) -> None:
    document = parse(p(r("Planen saknas. ") + run))
    assert document.text == "Planen saknas."
    assert document.hidden == ("Allt är uppfyllt.",)


def test_white_text_on_a_coloured_cell_can_be_read() -> None:
    white = p(r("Rubrik", '<w:color w:val="FFFFFF"/>'))
    shaded = cell(white, '<w:shd w:fill="003366"/>')
    table = f"<w:tbl>{row(shaded, cell('b'))}</w:tbl>"
    assert parse(table).text == "Rubrik\tb"


def test_a_text_box_is_read_once_and_captions_are_captions() -> None:
    box = f"<w:txbxContent>{p('I rutan.')}</w:txbxContent>"
    run = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert blocks(p(r("Utanför.") + run) + p("Karta över kommunen", "Beskrivning")) == [
        ("paragraph", None, "Utanför."),
        ("paragraph", None, "I rutan."),
        ("caption", None, "Karta över kommunen"),
    ]


def test_pages_are_those_word_last_laid_out() -> None:
    broken = "<w:r><w:t>Första sidan </w:t><w:lastRenderedPageBreak/><w:t>andra sidan.</w:t></w:r>"
    document = parse(p(broken) + p("<w:r><w:lastRenderedPageBreak/><w:t>Tredje sidan.</w:t></w:r>"))
    assert document.page_count == 3
    assert [document.page_at(document.text.index(word)) for word in ("Första", "andra", "Tredje")] == [1, 2, 3]


def test_bold_lines_are_headings_where_the_file_marks_none() -> None:
    bold = r("Iakttagelser", "<w:b/>")
    assert blocks(p(bold) + p("Det finns en plan.") + p(r("Viktigt.", "<w:b/>")))[0] == ("heading", 1, "Iakttagelser")


@pytest.mark.parametrize("data", [b"PK\x03\x04", package("")[:400], package("<w:p>")])
def test_a_damaged_file_is_an_error_that_says_what_to_do(data: bytes) -> None:
    with pytest.raises(ParsingError) as caught:
        DocxParser().parse(SourceFile.of("prov.docx", data, "docx"), data)
    assert "skadad" in caught.value.message
    assert caught.value.hint


def test_a_file_that_unpacks_beyond_the_limit_is_not_read() -> None:
    data = package(p("Planen följs upp. " * 1000))
    with pytest.raises(LimitExceeded, match="för stor uppackad"):
        DocxParser(Means(max_unpacked=10_000)).parse(SourceFile.of("prov.docx", data, "docx"), data)


def test_entities_that_grow_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "ccccc">]><a>&b;</a>')
    with pytest.raises(ParsingError, match="skadad"):
        DocxParser().parse(SourceFile.of("prov.docx", stream.getvalue(), "docx"), stream.getvalue())
