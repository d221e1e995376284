"""Fictional documents written as a few lines of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from granskning_ai.model import BlockKind, DocType, Document, Draft, Metadata, SourceFile, assemble

MakeDocument = Callable[..., Document]


def _table(lines: list[str]) -> Draft:
    """Rows of cells between bars; '<' goes on from the left, '^' from above."""
    rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in lines]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell in ("<", "^"):
                origin = (i, j - 1) if cell == "<" else (i - 1, j)
                if min(origin) >= 0:
                    spans[i, j] = spans.get(origin, origin)
    texts = tuple(tuple("" if (i, j) in spans else cell for j, cell in enumerate(row)) for i, row in enumerate(rows))
    return Draft(kind=BlockKind.TABLE, rows=texts, spans=spans)


def _draft(line: str) -> Draft:
    heading = re.match(r"(#+) (.*)", line)
    if heading:
        return Draft(kind=BlockKind.HEADING, level=len(heading[1]), text=heading[2])
    item = re.match(r"(\s*)([-•—]|\d+\.|[a-z]\)) (.*)", line)
    if item:
        return Draft(kind=BlockKind.LIST_ITEM, level=1 + len(item[1]) // 2, marker=item[2], text=item[3])
    for mark, kind in (("~ ", BlockKind.FURNITURE), ("> ", BlockKind.CAPTION)):
        if line.startswith(mark):
            return Draft(kind=kind, text=line[2:])
    return Draft(kind=BlockKind.PARAGRAPH, text=line)


@pytest.fixture
def made() -> MakeDocument:
    """Builds a document: '# ' headings, '- ' and '1. ' list items (two spaces nest), '| | ' rows, '~ ' furniture."""

    def make(
        text: str,
        doc_type: DocType = DocType.AUDIT_REPORT,
        codes: tuple[str, ...] = (),
        date: str | None = None,
        year: int | None = None,
        title: str = "",
    ) -> Document:
        drafts: list[Draft] = []
        rows: list[str] = []
        for line in [*(line for line in text.split("\n") if line.strip()), ""]:
            if line.startswith("|"):
                rows.append(line)
                continue
            if rows:
                drafts.append(_table(rows))
                rows = []
            if line:
                drafts.append(_draft(line))
        document = assemble(SourceFile.of("paxfall.txt", text.encode(), "text"), drafts, page_count=1)
        metadata = Metadata(title=title, doc_type=doc_type, municipality_codes=codes, date=date, year=year)
        return replace(document, metadata=metadata)

    return make
