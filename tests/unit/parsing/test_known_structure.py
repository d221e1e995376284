"""Parsed documents against what is known of their structure: the example corpus and the real documents."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from granskning_ai.model import Document, SourceFile
from granskning_ai.parsing import parse

from .scoring import SHARED, compare, exported, from_document, from_source, official_scorer, without_tags

EXAMPLES = Path(__file__).resolve().parents[3] / "corpora" / "exempel"
BUILT = sorted(path.name for path in EXAMPLES.glob("*-*") if path.suffix in (".pdf", ".docx", ".html"))
FIGURES = ("words", "headings", "levels", "list items", "paragraphs", "cells")

TAGGED = dict.fromkeys(FIGURES, 0.99) | {"paragraphs": 0.97}
UNTAGGED = dict.fromkeys(FIGURES, 0.95) | {"words": 0.985, "paragraphs": 0.93}
REAL_PDFS = {
    "huddinge-2023-granskning": TAGGED,
    "salem-2022-granskning": UNTAGGED,
    "sollentuna-2023-forstudie": UNTAGGED,
    # What is known ranks the plan's smaller headings above its larger ones.
    "sodertalje-2025-atgardsplan": UNTAGGED | {"levels": 0.0},
    "storsthlm-2020-trygghetsrapport": UNTAGGED,
}
MOST_NOISE = {"huddinge-2023-granskning": 0.01}
MAY_LOSE = 0.03


def parsed(path: Path, data: bytes | None = None) -> Document:
    data = path.read_bytes() if data is None else data
    return parse(SourceFile.of(path.name, data, {".txt": "text"}.get(path.suffix, path.suffix[1:])), data)


def worse(found: dict[str, float], wanted: dict[str, float]) -> dict[str, float]:
    return {name: found[name] for name, least in wanted.items() if found[name] < least}


@pytest.mark.parametrize("name", BUILT)
def test_an_example_document_holds_what_it_was_built_of(name: str) -> None:
    wanted = from_source(Path(name).stem)
    found = compare(from_document(parsed(EXAMPLES / name)), wanted)
    assert worse(found, dict.fromkeys(FIGURES, 0.99)) == {}
    assert found["noise"] == 0


@pytest.mark.parametrize("name", [name for name in BUILT if name.endswith(".pdf")])
def test_an_example_document_without_tags_holds_it_too(name: str) -> None:
    path = EXAMPLES / name
    bare = parsed(path, without_tags(path.read_bytes()))
    found = compare(from_document(bare), from_source(path.stem))
    assert worse(found, dict.fromkeys(FIGURES, 0.99 - MAY_LOSE)) == {}
    assert found["noise"] <= MAY_LOSE


def known(name: str, *, merged: bool = False) -> Any:  # noqa: ANN401  as the scorer reads it
    """What is known of a real document; `merged` repeats merged cells as the export does."""
    tool = official_scorer()
    facit = json.loads((SHARED / "corpora" / "typeset" / "facit" / f"{name}.json").read_text(encoding="utf-8"))
    blocks = tool.flatten(facit)
    if merged:
        for block in blocks:
            if block.get("type") == "table":
                block["rows"] = repeated([[tool.cell_text(cell) for cell in row] for row in block["rows"]])
    named = re.search(r'The heading "([^"]+)"', facit.get("note", "") if isinstance(facit, dict) else "")
    if named:
        blocks.append({"type": "heading1", "text": named.group(1)})
    return tool.truth(blocks)


def repeated(rows: list[list[str]]) -> list[list[str]]:
    """The rows with each empty cell of a first column, and of heads in two rows, filled from the cell it belongs to."""
    in_two = len(rows) > 1 and not rows[1][0] and rows[0].count("") > 0
    filled = [list(row) for row in rows]
    for j in range(1, len(filled[0]) if in_two else 0):
        filled[0][j] = filled[0][j] or filled[0][j - 1]
    for i in range(1, len(filled)):
        filled[i][0] = filled[i][0] or filled[i - 1][0]
    return filled


def figures(name: str, document: Document, *, merged: bool = False) -> dict[str, float]:
    tool = official_scorer()
    return dict(tool.compare(tool.parsed(exported(document)), known(name, merged=merged)))


@pytest.mark.real
@pytest.mark.parametrize("name", REAL_PDFS)
def test_real_pdf_files_come_out_as_they_are_known_to_be_with_tags_and_without(name: str) -> None:
    path = SHARED / "corpora" / "typeset" / f"{name}.pdf"
    found = figures(name, parsed(path), merged=True)
    bare = figures(name, parsed(path, without_tags(path.read_bytes())), merged=True)
    assert worse(found, REAL_PDFS[name]) == {}
    assert found["noise"] <= MOST_NOISE.get(name, 0.02)
    assert worse(bare, {key: found[key] - MAY_LOSE for key in FIGURES}) == {}
    assert bare["noise"] <= found["noise"] + MAY_LOSE


@pytest.mark.real
@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        ("typeset/*.docx", dict.fromkeys(FIGURES, 0.98)),
        ("typeset/*.html", dict.fromkeys(FIGURES, 0.98)),
        ("huddinge*.txt", {"words": 0.99, "headings": 1.0, "levels": 0.98}),
        ("salem*.txt", {"words": 0.99, "headings": 1.0, "list items": 1.0, "paragraphs": 0.9}),
        ("sodertalje*.txt", {"words": 0.99, "headings": 0.94, "list items": 0.84}),
        ("sollentuna*.txt", dict.fromkeys((*FIGURES[:2], *FIGURES[3:]), 0.99)),
        ("storsthlm*.txt", {"words": 0.99, "headings": 1.0, "list items": 0.97, "paragraphs": 0.93}),
    ],
)
def test_other_real_files_come_out_as_they_are_known_to_be(pattern: str, least: dict[str, float]) -> None:
    (path,) = (SHARED / "corpora").glob(pattern)
    found = figures(path.stem, parsed(path))
    assert worse(found, least) == {}
    assert found["noise"] <= 0.03
