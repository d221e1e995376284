"""HTML: as a web page, and as the paper that Chromium prints to a tagged PDF."""

from __future__ import annotations

import html
import subprocess
import tempfile
from pathlib import Path

from .dates import freeze_pdf
from .source import Block, Heading, ListBlock, PageBreak, Paragraph, Runs, Source, Table, plain

STYLES = Path(__file__).with_name("styles")


def write(source: Source, target: Path) -> None:
    """Writes the document as a web page with the site's own header and footer around it."""
    frame = (STYLES / f"{source.head['stil']}.html").read_text(encoding="utf-8")
    body = "\n".join(_block(block) for block in source.blocks)
    page = frame.replace("{{title}}", html.escape(source.title)).replace("{{body}}", body)
    target.write_text(page, encoding="utf-8")


def print_pdf(source: Source, target: Path) -> None:
    """Prints the document with Chromium, which tags headings, lists and tables."""
    css = (STYLES / "paper.css").read_text(encoding="utf-8") + (STYLES / f"{source.head['stil']}.css").read_text(
        encoding="utf-8"
    )
    css = css.replace("{{foot}}", source.head.get("sidfot", source.cover[0] if source.cover else ""))
    page = (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{html.escape(source.title)}</title>'
        f"<style>{css}</style></head><body>{_cover(source)}{_contents(source)}"
        + "\n".join(_block(block) for block in source.blocks)
        + "</body></html>"
    )
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.html"
        paper.write_text(page, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += ["--generate-pdf-document-outline", f"--print-to-pdf={target}", paper.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    freeze_pdf(target)


def _cover(source: Source) -> str:
    if not source.cover:
        return ""
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in source.cover)
    return f'<section class="cover"><p class="title">{html.escape(source.title)}</p>{lines}</section>'


def _contents(source: Source) -> str:
    """A list of contents without page numbers, which many reports have."""
    if not source.head.get("innehall"):
        return ""
    lines = (plain(b.runs) for b in source.blocks if isinstance(b, Heading) and b.level == 1)
    return (
        '<section class="contents"><p class="label">Innehåll</p>' + "".join(f"<p>{t}</p>" for t in lines) + "</section>"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, runs=runs):
            return f"<h{level}>{_inline(runs)}</h{level}>"
        case Paragraph(runs=runs):
            return f"<p>{_inline(runs)}</p>"
        case ListBlock(ordered=ordered, items=items):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + f"</{tag}>"
        case Table():
            return _table(block)
        case PageBreak():
            return '<div class="break"></div>'


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_inline(cell or ())}</th>' for cell in table.rows[0])
    rows = []
    for number, row in enumerate(table.rows[1:], start=1):
        cells = []
        for column, cell in enumerate(row):
            if cell is None:
                continue
            below = 1
            while number + below < len(table.rows) and table.rows[number + below][column] is None:
                below += 1
            cells.append(f"<td{f' rowspan={below}' if below > 1 else ''}>{_inline(cell)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _inline(runs: Runs) -> str:
    parts = []
    for run in runs:
        text = "<br>" if run.text == "\n" else html.escape(run.text, quote=False)
        text = f"<strong>{text}</strong>" if run.bold else text
        parts.append(f"<em>{text}</em>" if run.italic else text)
    return "".join(parts)
