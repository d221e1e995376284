"""Parsed real documents against what is known of their structure."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from granskning_ai.model import BlockKind, SourceFile
from granskning_ai.parsing import parse

SHARED = Path(__file__).resolve().parents[4] / "shared"
ALL = ("words", "headings", "levels", "list items", "paragraphs", "cells")


def scorer() -> Any:  # noqa: ANN401  a script outside the project
    spec = importlib.util.spec_from_file_location("score_parse", SHARED / "tools" / "score_parse.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(path: Path, format: str) -> dict[str, float]:
    data = path.read_bytes()
    document = parse(SourceFile.of(path.name, data, format), data)
    blocks = [
        {
            "kind": block.kind.value,
            "level": block.level,
            "text": block.text,
            "cells": [[cell.text for cell in row] for row in block.cells],
            "start": block.start,
        }
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    ]
    facit = SHARED / "corpora" / "typeset" / "facit" / f"{path.stem}.json"
    tool = scorer()
    wanted = tool.truth(tool.flatten(json.loads(facit.read_text(encoding="utf-8"))))
    return dict(tool.compare(tool.parsed(blocks), wanted))


@pytest.mark.real
@pytest.mark.parametrize(
    ("pattern", "format", "least"),
    [
        ("typeset/*.docx", "docx", dict.fromkeys(ALL, 0.98)),
        ("typeset/*.html", "html", dict.fromkeys(ALL, 0.98)),
        ("huddinge*.txt", "text", {"words": 0.99, "headings": 1.0, "levels": 0.98}),
        ("salem*.txt", "text", {"words": 0.99, "headings": 1.0, "list items": 1.0, "paragraphs": 0.9}),
        ("sodertalje*.txt", "text", {"words": 0.99, "headings": 0.94, "list items": 0.84}),
        ("sollentuna*.txt", "text", dict.fromkeys((*ALL[:2], *ALL[3:]), 0.99)),
        ("storsthlm*.txt", "text", {"words": 0.99, "headings": 1.0, "list items": 0.97, "paragraphs": 0.93}),
    ],
)
def test_real_documents_come_out_as_they_are_known_to_be(pattern: str, format: str, least: dict[str, float]) -> None:
    (path,) = (SHARED / "corpora").glob(pattern)
    found = figures(path, format)
    assert {name: value for name, value in found.items() if value < least.get(name, 0)} == {}
    assert found["noise"] <= 0.03
