"""Vectors, by the commands that a user types: likeness, grouped advice, the doctor, another model."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from granskning_ai.indexing.static_embedder import SHIPPED

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "exempel"
TEXTS = ["eklunda-2025-granskning.txt", "tjarnas-2021-granskning.txt"]
ADVICE = "Rekommendationer\n\nVi rekommenderar kommunstyrelsen att:\n\n- {advice}\n"
SAME = {
    "Björkdala": "Upprätta en dokumenthanteringsplan för socialtjänstens akter.",
    "Vittsund": "Besluta om en dokumenthanteringsplan som omfattar socialtjänstens akter.",
}


def granskning(workspace: Path, *arguments: str | Path, expect: int = 0, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **environment},
        check=False,
        timeout=300,
    )
    assert done.returncode == expect, done.stderr
    return done.stdout if expect == 0 else done.stderr


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vektorer")
    reports = []
    for name, advice in SAME.items():
        report = folder / f"{name.lower()}.txt"
        report.write_text(
            f"Granskning av dokumenthantering\n{name}s kommun\nRevisionsrapport 2024\n\n"
            f"1 {ADVICE.format(advice=advice)}",
            encoding="utf-8",
        )
        reports.append(report)
    granskning(
        folder / "arbetsyta", "importera", *reports, *[CORPUS / name for name in TEXTS],
        "--register", CORPUS / "kommuner.csv",
    )  # fmt: skip
    return folder / "arbetsyta"


def test_advice_that_two_municipalities_were_given_is_shown_together(workspace: Path) -> None:
    groups: list[list[dict[str, Any]]] = json.loads(granskning(workspace, "rekommendationer", "--gruppera", "--json"))
    assert [{row["text"] for row in group} for group in groups] == [set(SAME.values())]
    shown = granskning(workspace, "rekommendationer", "--gruppera")
    assert shown.startswith("\n2 kommuner: ")
    assert "vittsund.txt, sida 1." in shown
    alone = granskning(workspace, "rekommendationer", "--gruppera", "--kommun", "Vittsund")
    assert alone == "Inget råd i urvalet har getts till flera kommuner.\n"


def test_passages_like_a_hit(workspace: Path) -> None:
    question = "Hur många bilar brändes sommaren 2020?"
    hit = json.loads(granskning(workspace, "sok", question, "--antal", "1", "--json"))["hits"][0]
    by_number = json.loads(granskning(workspace, "sok", question, "--liknar", "1", "--json"))["hits"]
    by_id = json.loads(granskning(workspace, "sok", "--liknar", hit["passage_id"], "--json"))["hits"]
    assert by_number == by_id
    assert by_id
    assert hit["passage_id"] not in {other["passage_id"] for other in by_id}
    assert "Skriv en fråga och numret" in granskning(workspace, "sok", "--liknar", "1", expect=2)


def test_the_doctor_mends_what_is_derived(workspace: Path, tmp_path: Path) -> None:
    ill = tmp_path / "arbetsyta"
    shutil.copytree(workspace, ill)
    shutil.rmtree(ill / "index" / "chroma" / "data")
    [generation] = [path for path in (ill / "index").glob("g*") if path.is_dir()]
    (generation / "lexikal" / "meta.json").write_text("{", encoding="utf-8")
    said = granskning(ill, "doktor")
    assert "✔ Sökindexet: Gick inte att läsa och är nu ombyggt." in said
    assert "✔ Vektordatabasen: Lagat: 4 dokument saknades." in said
    said = granskning(ill, "doktor")
    assert "✔ Sökindexet: Alla dokument finns." in said
    assert "✔ Vektordatabasen: Alla dokument finns." in said


def test_another_model_is_refused_until_the_indexes_are_built_anew(workspace: Path, tmp_path: Path) -> None:
    model, other = tmp_path / "modell", tmp_path / "arbetsyta"
    shutil.copytree(SHIPPED, model)
    weights = model / "model.safetensors"
    data = weights.read_bytes()
    # A block in the middle of the table that the model's mark is taken of.
    at = len(data) // 2
    weights.write_bytes(data[:at] + bytes(100_000) + data[at + 100_000 :])
    shutil.copytree(workspace, other)
    said = granskning(other, "sok", "bilar", expect=1, GRANSKNING_MODELL=str(model))
    assert "Sökindexet är byggt med modellen statisk:" in said
    assert "granskning doktor --bygg-om" in said
    assert "✘ Sökindexet" in granskning_doctor(other, model)
    granskning(other, "doktor", "--bygg-om", GRANSKNING_MODELL=str(model))
    assert "tjarnas" in granskning(other, "sok", "bilar", GRANSKNING_MODELL=str(model))


def granskning_doctor(workspace: Path, model: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), "doktor"],
        capture_output=True,
        text=True,
        env={**os.environ, "GRANSKNING_MODELL": str(model)},
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
    return done.stdout
