"""A writer that dies at the worst moment: the doctor says what is missing and adds it; nobody waits for the dead."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "corpora" / "exempel" / "tjarnas-2021-granskning.txt"
OTHER = ROOT / "corpora" / "exempel" / "eklunda-2025-granskning.txt"

DIES = """
import os, signal, sys
from granskning_ai.indexing.{module} import {name}
from granskning_ai.pipeline import Pipeline

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

{name}.{method} = die
with Pipeline.open(sys.argv[1]) as pipeline:
    pipeline.import_paths([sys.argv[2]])
"""


def granskning(workspace: Path, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one document."""
    workspace = tmp_path_factory.mktemp("avbrott") / "arbetsyta"
    granskning(workspace, "importera", OTHER)
    return workspace


@pytest.mark.parametrize(
    ("module", "name", "method", "said"),
    [
        ("index", "Indexer", "put", "✔ Sökindexet: Lagat: 1 dokument saknades."),
        ("lexical", "LexicalWriter", "commit", "✔ Sökindexet: Lagat: 1 dokument saknades."),
        ("chroma_store", "ChromaVectors", "put", "✔ Vektordatabasen: Lagat: 1 dokument saknades."),
    ],
    ids=["mellan databas och index", "mitt i indexet", "före Chroma"],
)
def test_the_doctor_tells_the_truth_and_mends(
    tmp_path: Path, begun: Path, module: str, name: str, method: str, said: str
) -> None:
    workspace = tmp_path / "arbetsyta"
    shutil.copytree(begun, workspace)
    script = DIES.format(module=module, name=name, method=method)
    killed = subprocess.run([sys.executable, "-c", script, workspace, REPORT], check=False, timeout=120)
    assert killed.returncode == -9
    checks = granskning(workspace, "doktor")
    assert "✔ Databasen: 2 dokument" in checks
    assert said in checks
    assert "Lagat" not in granskning(workspace, "doktor")


@pytest.mark.slow
def test_two_processes_import_and_ask_while_one_is_killed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "samtidigt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "GRANSKNING_MINUTER": "0.4"},
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Inget dokument är borta" in done.stdout
    longest = re.search(r"längst (\d+) ms", done.stdout)
    assert longest
    assert int(longest[1]) <= 200
