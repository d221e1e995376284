"""Untagged PDF by ReportLab in four layouts, with the fonts that every reader has."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate, Spacer
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from .source import Heading, ListBlock, PageBreak, Paragraph, Runs, Source, Table

rl_config.invariant = 1

INK = colors.HexColor("#22313f")
LINE = colors.HexColor("#8a97a3")
SHADE = colors.HexColor("#e6ebef")
MARGIN = 22 * mm

COLUMN_WIDTHS = {2: (0.7, 0.3), 5: (0.46, 0.12, 0.12, 0.12, 0.18)}
"""Shares of the width for tables with so many columns; others are divided evenly."""

Decorate = Callable[[Canvas, BaseDocTemplate], None]


def write(source: Source, target: Path) -> None:
    """Writes the document in the layout that its head names."""
    layout = source.head["layout"]
    size = landscape(A4) if layout == "liggande" else A4
    document = BaseDocTemplate(str(target), pagesize=size, title=source.title, lang="sv-SE")
    decorate = _decoration(source)
    cover = PageTemplate("cover", [_frame(size, 0, 1)], onPage=lambda *_: None)
    columns = 2 if layout == "spalter" else 1
    body = PageTemplate("body", [_frame(size, i, columns) for i in range(columns)], onPage=decorate)
    document.addPageTemplates([cover, body] if source.cover else [body])
    width = body.frames[0]._aW
    document.build([*_cover(source), *_story(source, width)])


def _frame(size: tuple[float, float], index: int, columns: int) -> Frame:
    gutter = 8 * mm
    width = (size[0] - 2 * MARGIN - gutter * (columns - 1)) / columns
    left = MARGIN + index * (width + gutter)
    return Frame(left, MARGIN, width, size[1] - 2 * MARGIN, leftPadding=0, rightPadding=0)


def _decoration(source: Source) -> Decorate:
    """Draws the running head and foot of a page, of which the plainest layout has none."""

    def draw(canvas: Canvas, document: BaseDocTemplate) -> None:
        width, height = document.pagesize
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(INK)
        canvas.setStrokeColor(LINE)
        for part, text in enumerate(str(source.head.get("sidhuvud", "")).split(" | ")):
            place = canvas.drawString if part == 0 else canvas.drawRightString
            place(MARGIN if part == 0 else width - MARGIN, height - 14 * mm, text)
        if source.head.get("sidhuvud"):
            canvas.line(MARGIN, height - 16 * mm, width - MARGIN, height - 16 * mm)
        if source.head.get("sidfot"):
            canvas.drawString(MARGIN, 13 * mm, source.head["sidfot"])
        canvas.drawRightString(width - MARGIN, 13 * mm, str(document.page))
        canvas.restoreState()

    return draw


def _styles(source: Source) -> dict[str, ParagraphStyle]:
    serif = source.head["layout"] in ("enkel", "spalter")
    face, bold = ("Times-Roman", "Times-Bold") if serif else ("Helvetica", "Helvetica-Bold")
    size = {"spalter": 9.5, "liggande": 9, "enkel": 11.5}.get(source.head["layout"], 10)
    body = ParagraphStyle(
        "body", fontName=face, fontSize=size, leading=size * 1.35, spaceAfter=size * 0.6, textColor=INK
    )
    heading = {"parent": body, "fontName": bold, "keepWithNext": 1, "spaceBefore": size}
    return {
        "body": body,
        "h1": ParagraphStyle("h1", **heading, fontSize=size * 1.5, leading=size * 1.8),
        "h2": ParagraphStyle("h2", **heading, fontSize=size * 1.15, leading=size * 1.45),
        "item": ParagraphStyle("item", parent=body, leftIndent=14, spaceAfter=size * 0.3),
        "cell": ParagraphStyle("cell", parent=body, fontSize=size - 0.8, leading=size * 1.2, spaceAfter=0),
        "head": ParagraphStyle(
            "head", parent=body, fontName=bold, fontSize=size - 0.8, leading=size * 1.2, spaceAfter=0
        ),
        "title": ParagraphStyle("title", parent=body, fontName=bold, fontSize=26, leading=31, spaceAfter=18),
        "cover": ParagraphStyle("cover", parent=body, fontSize=13, leading=19),
    }


def _cover(source: Source) -> Iterator[Flowable]:
    if not source.cover:
        return
    styles = _styles(source)
    yield Spacer(1, 70 * mm if source.head["layout"] != "liggande" else 35 * mm)
    yield Text(_markup(source.title), styles["title"])
    for line in source.cover:
        yield Text(html.escape(line), styles["cover"])
    yield NextPageTemplate("body")
    yield NewPage()


def _story(source: Source, width: float) -> Iterator[Flowable]:
    styles = _styles(source)
    for block in source.blocks:
        match block:
            case Heading(level=level, runs=runs):
                yield Text(_inline(runs), styles[f"h{min(level, 2)}"])
            case Paragraph(runs=runs):
                yield Text(_inline(runs), styles["body"])
            case ListBlock(ordered=ordered, items=items):
                for number, item in enumerate(items, start=1):
                    yield Text(_inline(item), styles["item"], bulletText=f"{number}." if ordered else "•")
            case Table():
                yield _grid(block, width, styles)
                yield Spacer(1, 4 * mm)
            case PageBreak():
                yield NewPage()


def _grid(table: Table, width: float, styles: dict[str, ParagraphStyle]) -> Grid:
    columns = len(table.rows[0])
    shares = COLUMN_WIDTHS.get(columns, (1 / columns,) * columns)
    merged = any(cell is None for row in table.rows for cell in row)
    if merged:
        shares = (0.16, 0.26, 0.3, 0.16, 0.12)
    cells = [
        [Text(_inline(cell or ()), styles["cell" if number else "head"]) for cell in row]
        for number, row in enumerate(table.rows)
    ]
    look: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, LINE),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    for column in range(columns):
        for first, last in _spans(table, column):
            look.append(("SPAN", (column, first), (column, last)))
    return Grid(cells, colWidths=[share * width for share in shares], style=look, repeatRows=1)


def _spans(table: Table, column: int) -> Iterator[tuple[int, int]]:
    first = 0
    for number in range(1, len(table.rows) + 1):
        if number == len(table.rows) or table.rows[number][column] is not None:
            if number - first > 1:
                yield first, number - 1
            first = number


def _markup(text: str) -> str:
    return html.escape(text, quote=False)


def _inline(runs: Runs) -> str:
    parts = []
    for run in runs:
        text = "<br/>" if run.text == "\n" else _markup(run.text)
        text = f"<b>{text}</b>" if run.bold else text
        parts.append(f"<i>{text}</i>" if run.italic else text)
    return "".join(parts)
