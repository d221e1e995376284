"""How much of a document's known structure its parsed blocks hold."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from granskning_ai.model import BlockKind, Document

BUILDER = Path(__file__).resolve().parents[3] / "corpora" / "bygg"
SHARED = Path(__file__).resolve().parents[4] / "shared"
_TYPED_MARK = re.compile(r"[a-z]\)\s")


@dataclass
class Known:
    """What stands in a document: each text without anything but letters and digits."""

    words: Counter[str] = field(default_factory=Counter)
    headings: dict[str, int] = field(default_factory=dict)
    items: Counter[str] = field(default_factory=Counter)
    paragraphs: Counter[str] = field(default_factory=Counter)
    cells: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add_table(self, rows: list[list[str]]) -> None:
        """Adds the cells, each with the head of its column."""
        for row in rows:
            for head, text in zip(rows[0], row, strict=True):
                self.cells[flat(head), flat(text)] += 1
                self.words.update(_words(text))


def flat(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"(\w)-\s+(?=[a-zåäö])", r"\1", text).lower())


def from_source(name: str) -> Known:
    """What the example document with this name was built of."""
    if str(BUILDER) not in sys.path:
        sys.path.append(str(BUILDER))
    source: Any = import_module("renderers.source")
    known, level = Known(), 0
    for block in source.read(BUILDER / "kallor" / f"{name}.md").blocks:
        kind = type(block).__name__
        if kind == "Table":
            rows: list[list[str]] = []
            for row in block.rows:
                rows.append([rows[-1][j] if cell is None else source.plain(cell) for j, cell in enumerate(row)])
            known.add_table(rows)
            continue
        texts = [source.plain(item) for item in block.items] if kind == "ListBlock" else []
        texts = [source.plain(block.runs)] if kind in ("Heading", "Paragraph") else texts
        for text in texts:
            known.words.update(_words(text))
            if kind == "Heading":
                level = block.level
                known.headings[flat(text)] = level
            elif kind == "Paragraph" and all(run.bold for run in block.runs):
                known.headings[flat(text)] = level + 1
            elif kind == "ListBlock" or _TYPED_MARK.match(text):
                known.items[flat(_TYPED_MARK.sub("", text))] += 1
            else:
                known.paragraphs[flat(text)] += 1
    return known


def from_document(document: Document) -> Known:
    """What the parser found."""
    known = Known()
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.kind is BlockKind.TABLE:
            known.add_table([[cell.text for cell in row] for row in block.cells])
            continue
        known.words.update(_words(block.text))
        if block.kind is BlockKind.HEADING:
            known.headings[flat(block.text)] = block.level or 1
        elif block.kind is BlockKind.LIST_ITEM:
            known.items[flat(block.text)] += 1
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION):
            known.paragraphs[flat(block.text)] += 1
    return known


def compare(found: Known, wanted: Known) -> dict[str, float]:
    """Shares between 0 and 1: of words that are found, of words that are noise, and F1 of the rest."""
    common = found.headings.keys() & wanted.headings.keys()
    base = [min((known.headings[text] for text in common), default=1) for known in (found, wanted)]
    levels = sum(found.headings[text] - base[0] == wanted.headings[text] - base[1] for text in common)
    return {
        "words": (found.words & wanted.words).total() / wanted.words.total(),
        "noise": (found.words - wanted.words).total() / max(1, found.words.total()),
        "headings": _f1(Counter(found.headings.keys()), Counter(wanted.headings.keys())),
        "levels": levels / len(common) if common else 1.0,
        "list items": _f1(found.items, wanted.items),
        "paragraphs": _f1(found.paragraphs, wanted.paragraphs),
        "cells": _f1(found.cells, wanted.cells),
    }


def _f1(found: Counter[Any], wanted: Counter[Any]) -> float:
    total = found.total() + wanted.total()
    return 2 * (found & wanted).total() / total if total else 1.0


def without_tags(data: bytes) -> bytes:
    """A PDF without its tag tree, its bookmarks, and the marks that tell decoration from text."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ContentStream, NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    root: Any = writer.root_object
    for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines"):
        root.pop(NameObject(key), None)
    for page in writer.pages:
        content = ContentStream(page.get_contents(), writer)
        kept = [(operands, name) for operands, name in content.operations if name not in (b"BDC", b"BMC", b"EMC")]
        content.operations = kept
        page.replace_contents(content)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def official_scorer() -> Any:  # noqa: ANN401  a script outside the project
    """The script that scores an export against what is known of the real documents."""
    spec = importlib.util.spec_from_file_location("score_parse", SHARED / "tools" / "score_parse.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def exported(document: Document) -> list[dict[str, Any]]:
    """The blocks as the export holds them."""
    return [
        {
            "kind": block.kind.value,
            "level": block.level,
            "text": None if block.kind is BlockKind.FURNITURE else block.text,
            "cells": [[cell.text for cell in row] for row in block.cells],
            "start": block.start,
        }
        for block in document.blocks
    ]
