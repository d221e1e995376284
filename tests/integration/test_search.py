"""Searching what was imported, by the command that a user types."""

from __future__ import annotations

import json
import os
import shutil
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


def test_the_doctor_says_that_the_index_lacked_documents_and_mends_it(tmp_path: Path) -> None:
    folder = tmp_path / "arbetsyta"
    granskning(folder, "importera", CORPUS / TEXTS[0], "--register", CORPUS / "kommuner.csv")
    shutil.rmtree(folder / "index")
    assert "Sökindexet: Lagat: 1 dokument saknades." in granskning(folder, "doktor")
    assert "✔ Sökindexet: Alla dokument finns." in granskning(folder, "doktor", "--bygg-om")
    assert hits(folder, "områdesvärdar")


def test_a_search_adds_what_the_index_lacks(tmp_path: Path) -> None:
    folder = tmp_path / "arbetsyta"
    granskning(folder, "importera", CORPUS / TEXTS[0], "--register", CORPUS / "kommuner.csv")
    shutil.rmtree(folder / "index")
    assert hits(folder, "områdesvärdar")


def test_a_new_version_of_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder, file = tmp_path / "arbetsyta", tmp_path / "rapport.txt"
    text = (CORPUS / TEXTS[0]).read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    granskning(folder, "importera", file, "--register", CORPUS / "kommuner.csv")
    old = {hit["document_id"] for hit in hits(folder, "områdesvärdar")}
    file.write_text(text.replace("stod tomma", "var utrymda"), encoding="utf-8")
    granskning(folder, "importera", file)
    new = {hit["document_id"] for hit in hits(folder, "områdesvärdar")}
    assert len(old) == len(new) == 1
    assert old != new


def test_nothing_found_says_what_was_searched(workspace: Path) -> None:
    assert "Inget textstycke passar. Sökt i 1 dokument (Eklunda)." in granskning(
        workspace, "sok", '"finns inte i någon rapport"', "--kommun", "Eklunda"
    )
    assert "Det finns inga dokument i urvalet (Salem)." in granskning(workspace, "sok", "plan", "--kommun", "Salem")


def test_the_terminal_shows_where_each_hit_stands(workspace: Path) -> None:
    said = granskning(workspace, "sok", "Hur många bilar brändes?", "--antal", "2")
    assert said.startswith("1. tjarnas-2021-granskning.txt, sida 1\n")
    assert "Träff 1–2. Sökt i 3 dokument." in said
    assert "Fler träffar: --sida 2" in said
    assert "Träff 3–4." in granskning(workspace, "sok", "Hur många bilar brändes?", "--antal", "2", "--sida", "2")
