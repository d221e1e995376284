"""DOCX with the styles of Word (headings, lists, tables), and the tagged PDF that LibreOffice makes of it."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from .dates import MOMENT, freeze_pdf, freeze_zip
from .source import Heading, ListBlock, PageBreak, Paragraph, Run, Runs, Source, Table

FONT = "Arial"
PDF_FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def write(source: Source, target: Path) -> None:
    """Writes the document as DOCX."""
    document = docx.Document()
    _properties(document, source)
    _cover(document, source)
    for block in source.blocks:
        match block:
            case Heading(level=level, runs=runs):
                _fill(document.add_paragraph(style=f"Heading {level}"), runs)
            case Paragraph(runs=runs):
                _fill(document.add_paragraph(), runs)
            case ListBlock(ordered=ordered, items=items):
                _add_list(document, ordered, items)
            case Table():
                _add_table(document, block)
            case PageBreak():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.save(str(target))
    freeze_zip(target)


def print_pdf(source: Source, target: Path) -> None:
    """Writes the document as the tagged PDF that LibreOffice exports."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / f"{source.name}.docx"
        write(source, paper)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", PDF_FILTER, "--outdir", str(target.parent), str(paper)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    freeze_pdf(target)


def _properties(document: Document, source: Source) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = source.title, "Exempeldokument", "sv-SE"
    properties.created = properties.modified = MOMENT
    properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    normal.element.get_or_add_rPr().append(language)
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.element.rPr.rFonts.attrib.clear()  # the theme's font would win over the style's own
        style.font.name, style.font.color.rgb = FONT, RGBColor(0x1F, 0x3A, 0x4D)
    section = document.sections[0]
    if source.cover:
        section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = source.head.get("sidhuvud", source.title)


def _cover(document: Document, source: Source) -> None:
    if not source.cover:
        return
    _fill(document.add_paragraph(style="Title"), (Run(source.title),))
    for line in source.cover:
        document.add_paragraph(line, style="Subtitle")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _fill(paragraph: WordParagraph, runs: Runs) -> None:
    for run in runs:
        if run.text == "\n":
            paragraph.add_run().add_break()
        else:
            part = paragraph.add_run(run.text)
            part.bold, part.italic = run.bold or None, run.italic or None


def _add_list(document: Document, ordered: bool, items: tuple[Runs, ...]) -> None:
    number = _restarted_numbering(document) if ordered else None
    for item in items:
        paragraph = document.add_paragraph(style="List Number" if ordered else "List Bullet")
        _fill(paragraph, item)
        if number is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number


def _restarted_numbering(document: Document) -> int:
    """A numbering of its own for one list: Word would otherwise go on from the list before."""
    numbering = document.part.numbering_part.numbering_definitions._numbering
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(n.abstractNumId.val for n in numbering.num_lst if n.numId == style)
    definition = numbering.add_num(abstract)
    definition.add_lvlOverride(0).add_startOverride(1)
    return int(definition.numId)


def _add_table(document: Document, table: Table) -> None:
    grid = document.add_table(rows=len(table.rows), cols=len(table.rows[0]), style="Table Grid")
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is None:
                grid.cell(number - 1, column).merge(grid.cell(number, column))
            else:
                _fill(grid.cell(number, column).paragraphs[0], cell)
    for cell in grid.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    head = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(head)
    document.add_paragraph()
