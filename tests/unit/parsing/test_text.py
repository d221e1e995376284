"""Text files: which lines belong together, and what each block is."""

from __future__ import annotations

import pytest

from granskning_ai.errors import ParsingError
from granskning_ai.model import BlockKind, Document, SourceFile
from granskning_ai.parsing.text import TextParser


def parse(text: str | bytes) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return TextParser().parse(SourceFile.of("prov.txt", data, "text"), data)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.text for block in document.blocks if block.kind is kind]


# A blank at a line's end is written ~ here.
WRAPPED = """ 1 Sammanfattning~
Nordrev har på uppdrag av revisorerna i Vittsunds kommun granskat elevhälsan. Granskningen~
visar att elevhälsan är organiserad på ett sätt som är tydligt för både elever och personal,~
men att uppföljningen brister.~

Vi rekommenderar barn- och utbildningsnämnden att:~

— Ta fram en plan för elevhälsans förebyggande arbete som gäller samtliga skolor och som~
följs upp varje år.~

— Följa upp tillgången till skolpsykologer.
 2 Bakgrund~
2.1 Syfte och frågor~
Granskningens syfte är att bedöma om nämnden har en ändamålsenlig elevhälsa, med särskild~
hänsyn till det förebyggande arbetet. Elevhälsan ska enligt lagen vara främst föreby-
ggande, och verka för att eleverna når målen. Huvudmannen ansvarar för att det finns till-
räckliga resurser, och för att~
 personalen har den kompetens som krävs för uppdraget.~

2.2 Lag (1999:999) om stöd till elever med särskilda~
behov~
Lagen gäller alla skolor.~

Följande funktioner har intervjuats:~

 Elevhälsochef, ordförande~

 Rektorer~

 Skolpsykolog
""".replace("~", " ")


def test_hard_wrapped_lines_become_paragraphs_headings_and_items() -> None:
    document = parse(WRAPPED)
    assert [(b.level, b.text) for b in document.blocks if b.kind is BlockKind.HEADING] == [
        (1, "1 Sammanfattning"),
        (1, "2 Bakgrund"),
        (2, "2.1 Syfte och frågor"),
        (2, "2.2 Lag (1999:999) om stöd till elever med särskilda behov"),
    ]
    items = [(b.marker, b.text) for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert items[0][0] == "—"
    assert items[0][1].endswith("samtliga skolor och som följs upp varje år.")
    assert [text for _, text in items[2:]] == ["Elevhälsochef, ordförande", "Rektorer", "Skolpsykolog"]


def test_a_paragraph_cut_by_a_page_break_is_whole_and_its_hyphens_are_gone() -> None:
    (paragraph,) = [text for text in texts(parse(WRAPPED), BlockKind.PARAGRAPH) if text.startswith("Granskningens")]
    assert "främst förebyggande, och" in paragraph
    assert paragraph.endswith("och för att personalen har den kompetens som krävs för uppdraget.")


def test_blocks_are_slices_of_the_text() -> None:
    document = parse(WRAPPED)
    assert all(document.text[b.start : b.end] == b.text for b in document.blocks)


def test_the_question_list_is_not_a_heading_and_short_lines_in_it_neither() -> None:
    document = parse("Granskningen ska svara på:\n\nOrganisation\n\nResurser\n\nUppföljning\n")
    assert not texts(document, BlockKind.HEADING)


EVERY_OTHER_LINE_EMPTY = """1. Bakgrund och mål

Enligt lagen ska varje kommun ta fram en plan för sitt förebyggande arbete och

följa upp den. Planen ska bygga på en lägesbild av brottsligheten i kommunen.

Syftet med planen är att ge nämnderna gemensamma mål och att göra det brotts-

förebyggande arbetet mer långsiktigt än det har varit.

Planen gäller till och med år 2027 och ska därefter ses över av kommunstyrel-

sen tillsammans med polisen.

Trygga skolor
•\tStärka samarbetet mellan skola, socialtjänst och polis i hela kom-

munen

\t» Ta fram gemensamma rutiner för orosanmälningar som gäller alla

förvaltningar

\t» Utbilda personal
"""


def test_an_empty_line_after_every_line_is_no_paragraph_break() -> None:
    document = parse(EVERY_OTHER_LINE_EMPTY)
    first, *_ = texts(document, BlockKind.PARAGRAPH)
    assert first.startswith("Enligt lagen ska varje kommun ta fram en plan för sitt förebyggande arbete och följa")
    assert "brottsförebyggande" in document.text
    items = [(b.marker, b.level, b.text) for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert items == [
        ("•", 1, "Stärka samarbetet mellan skola, socialtjänst och polis i hela kommunen"),
        ("»", 2, "Ta fram gemensamma rutiner för orosanmälningar som gäller alla förvaltningar"),
        ("»", 2, "Utbilda personal"),
    ]
    assert texts(document, BlockKind.HEADING) == ["1. Bakgrund och mål", "Trygga skolor"]


LONG = "Kommunen har under året arbetat med frågan på flera sätt, och nämnderna har redovisat sina insatser. " * 2

ONE_LINE_PER_PARAGRAPH = f"""Förstudie om tryggt resande

Björkdala kommuns revisorer

Mars 2024

Innehållsförteckning

Sammanfattning\t2
Inledning\t3
Bakgrund\t3
Iakttagelser\t5

Sammanfattning

{LONG}

Inledning

Bakgrund

{LONG}Arbetet bedrivs i samarbete med

andra kommuner i länet.¹

¹ Se bilaga 2.

*Tabell 1: Resande efter kommundel
(Källa: enkät 2023)*

\tBjörkdala\tVittsund
Buss\t54 %\t67 %
Tåg\t44 %\t46 %

Kommentarer

- **Fråga 1:** *Hur* ofta sker [uppföljning](https://exempel.invalid/x)?
- Resor med<br>tåg

2024-03-05

Anna Lind

Uppdragsledare

Bilaga 1 - Intervjuade

{LONG}
"""


def test_one_line_per_paragraph_with_cover_contents_tables_and_markdown() -> None:
    document = parse(ONE_LINE_PER_PARAGRAPH)
    assert document.metadata.title == "Förstudie om tryggt resande"
    furniture = texts(document, BlockKind.FURNITURE)
    assert furniture[:3] == ["Förstudie om tryggt resande", "Björkdala kommuns revisorer", "Mars 2024"]
    assert furniture[4] == "Sammanfattning 2"
    assert [(b.level, b.text) for b in document.blocks if b.kind is BlockKind.HEADING] == [
        (1, "Sammanfattning"),
        (1, "Inledning"),
        (2, "Bakgrund"),
        (3, "Kommentarer"),
        (1, "Bilaga 1 - Intervjuade"),
    ]
    assert any(
        text.endswith("i samarbete med andra kommuner i länet.¹") for text in texts(document, BlockKind.PARAGRAPH)
    )
    assert [(b.marker, b.text) for b in document.blocks if b.kind is BlockKind.FOOTNOTE] == [("¹", "Se bilaga 2.")]
    assert texts(document, BlockKind.CAPTION) == ["Tabell 1: Resande efter kommundel (Källa: enkät 2023)"]
    assert texts(document, BlockKind.LIST_ITEM) == ["Fråga 1: Hur ofta sker uppföljning?", "Resor med tåg"]


def test_a_table_keeps_its_empty_corner() -> None:
    (table,) = [b for b in parse(ONE_LINE_PER_PARAGRAPH).blocks if b.kind is BlockKind.TABLE]
    assert [[cell.text for cell in row] for row in table.cells] == [
        ["", "Björkdala", "Vittsund"],
        ["Buss", "54 %", "67 %"],
        ["Tåg", "44 %", "46 %"],
    ]


def test_a_head_cell_over_several_columns_stands_in_each() -> None:
    document = parse("Fråga\tAntal\t\tAndel\t\n\tJa\tNej\tJa\tNej\nFinns en plan?\t21\t5\t81%\t19%\n")
    (table,) = document.blocks
    assert [[cell.text for cell in row] for row in table.cells] == [
        ["Fråga", "Antal", "Antal", "Andel", "Andel"],
        ["Fråga", "Ja", "Nej", "Ja", "Nej"],
        ["Finns en plan?", "21", "5", "81%", "19%"],
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Kontrollfråga Bedömning: Delvis Rekommendation",
        "Område Insats/aktivitet Syfte Mål Ansvarig",
        "Kontrollmål Svar Kommentar",
    ],
)
def test_the_head_of_a_flattened_table_is_a_paragraph_of_its_own_and_its_cells_no_headings(head: str) -> None:
    document = parse(
        "2 Resultat\nNedan redovisas våra bedömningar för var och en av de frågor som granskningen omfattar.\n\n"
        f"{head}\n\nFinns det en plan som\nnämnden har antagit?\n\nTryggare skolor\n\n"
        "Planen är antagen men\nföljs inte upp.\n"
    )
    assert ("paragraph", head) in kinds(document)
    assert texts(document, BlockKind.HEADING) == ["2 Resultat"]
    assert "Finns det en plan som nämnden har antagit?" in texts(document, BlockKind.PARAGRAPH)


def test_the_private_use_sign_of_a_symbol_font_is_a_bullet_and_one_without_text_is_nothing() -> None:
    document = parse("Intervjuade:\n\uf0b7 Rektor\n\uf0b7\n\uf0b7 Skolchef\n")
    assert [(b.marker, b.text) for b in document.blocks[1:]] == [("•", "Rektor"), ("•", "Skolchef")]


def test_numbered_lines_in_a_row_are_a_list_and_alone_before_a_body_a_heading() -> None:
    document = parse(
        "Frågor:\n\n1. Polis\n2. Räddningstjänst\n3. Skola\n\n1. Inför en gemensam rutin\n\n"
        + LONG
        + "\n\n2. Utbilda fler\n\n"
        + LONG
    )
    assert texts(document, BlockKind.LIST_ITEM) == ["Polis", "Räddningstjänst", "Skola"]
    assert texts(document, BlockKind.HEADING) == ["1. Inför en gemensam rutin", "2. Utbilda fler"]


def test_form_feeds_are_page_breaks_and_running_headers_furniture() -> None:
    page = "Vittsunds kommun          Nordrev AB\n\n{body}\n\n{number}\n"
    bodies = [
        "1 Inledning\nGranskningen omfattar elevhälsan i hela kommunen, och den har genomförts\n"
        "under våren av två revisorer som har läst dokument och",
        "intervjuat rektorer.1 Alla har svarat.\n\n1 Två av dem i grupp.",
        "2 Resultat\nArbetet fungerar väl i de flesta skolor.",
    ]
    text = "\f".join(page.format(body=body, number=i) for i, body in enumerate(bodies, 1))
    document = parse(text)
    assert document.page_count == 3
    (paragraph,) = [b for b in document.blocks if b.text.startswith("Granskningen omfattar")]
    assert paragraph.text.endswith("läst dokument och intervjuat rektorer.1 Alla har svarat.")
    assert document.page_at(paragraph.start) == 1
    assert document.page_at(document.text.index("intervjuat rektorer")) == 2
    assert texts(document, BlockKind.FOOTNOTE) == ["Två av dem i grupp."]
    assert document.page_at(document.text.index("Arbetet fungerar")) == 3
    assert texts(document, BlockKind.HEADING) == ["1 Inledning", "2 Resultat"]


def test_headings_in_capitals_and_lines_without_empty_lines_between() -> None:
    document = parse(
        "PLAN FÖR TRYGGHET\nBjörkdala kommun\n\nINLEDNING\nPlanen beskriver kommunens arbete.\nMÅL\n"
        "Fler ska känna sig trygga.\n"
        "OMRÅDEN\nTryggt centrum\nBelysningen ska bli bättre.\nÅtgärder\n- Fler lampor\nUnga\nKommunen erbjuder stöd.\n"
    )
    assert [(b.level, b.text) for b in document.blocks if b.kind is BlockKind.HEADING] == [
        (1, "INLEDNING"),
        (1, "MÅL"),
        (1, "OMRÅDEN"),
        (2, "Tryggt centrum"),
        (2, "Åtgärder"),
        (2, "Unga"),
    ]


def test_the_end_of_a_letter_holds_no_headings() -> None:
    document = parse(
        "Svar på granskning\n\nKommunstyrelsen har behandlat rapporten och delar revisorernas bedömning.\n\n"
        "Med vänlig hälsning\n\nKarin Holm\n\nKommundirektör\n\nTel: 012-345 67\n"
    )
    assert texts(document, BlockKind.HEADING) == ["Svar på granskning"]


SWEDISH = "Åtgärdsplan\n\nKommunen följer upp planen – årligen – för 1 250 kr."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    assert parse(SWEDISH.encode(encoding)).text == SWEDISH


def test_the_text_is_nfc_before_any_offset_exists() -> None:
    assert parse("A\u030atga\u0308rder följs upp.").text == "Åtgärder följs upp."


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ParsingError, match="innehåller inte text"):
        parse(bytes(range(256)) * 20)


def test_lines_that_look_like_formulas_are_kept_as_printed() -> None:
    document = parse(
        "Rekommendationer:\n\n=SUMMA(A1) ska ses över.\n\n-1 dag är för kort.\n\n+46 8 000 00 00 gäller.\n"
    )
    assert texts(document, BlockKind.PARAGRAPH)[1:] == [
        "=SUMMA(A1) ska ses över.",
        "-1 dag är för kort.",
        "+46 8 000 00 00 gäller.",
    ]
