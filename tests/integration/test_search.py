"""Searching what was imported, by the command that a user types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "exempel"
TEXTS = ["eklunda-2025-granskning.txt", "tjarnas-2021-granskning.txt", "vittsund-2024-yttrande.txt"]


def granskning(workspace: Path, *arguments: str | Path, expect: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
        timeout=300,
    )
    assert done.returncode == expect, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sok") / "arbetsyta"
    granskning(folder, "importera", *[CORPUS / name for name in TEXTS], "--register", CORPUS / "kommuner.csv")
    return folder


def hits(workspace: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(granskning(workspace, "sok", *arguments, "--json"))["hits"]
    return found


def test_what_is_imported_can_be_found_at_its_place(workspace: Path) -> None:
    first = hits(workspace, "Hur många bilar brändes sommaren 2020?")[0]
    assert first["file_name"] == "tjarnas-2021-granskning.txt"
    assert "fjorton bilar" in " ".join(first["text"].split())
    assert {"document_id", "page", "start", "end", "score"} <= first.keys()


def test_the_named_municipality_comes_first_and_a_filter_shuts_the_others_out(workspace: Path) -> None:
    assert hits(workspace, "Vad gör Eklundas områdesvärdar?")[0]["municipality_codes"] == ["9907"]
    only = hits(workspace, "trygghet", "--kommun", "Tjärnås")
    assert only
    assert all(hit["municipality_codes"] == ["9906"] for hit in only)


def test_the_doctor_sees_that_everything_can_be_found(workspace: Path) -> None:
    checks = json.loads(granskning(workspace, "doktor", "--json"))
    assert {"name": "Sökindexet", "ok": True, "text": "Alla dokument finns."} in checks
