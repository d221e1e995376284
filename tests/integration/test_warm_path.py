"""A search must not wait for what it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "exempel"
SLOW = ("torch", "sentence_transformers", "spacy", "chromadb", "langchain", "langchain_core", "sqlalchemy", "pypdf")
PROGRAM = f"""
import sys
from granskning_ai.pipeline import Pipeline
with Pipeline.open(sys.argv[1]) as pipeline:
    assert pipeline.search("Vad hände sommaren 2020?").hits
print(" ".join(name for name in {SLOW!r} if name in sys.modules))
"""


def test_a_search_imports_no_slow_library(tmp_path: Path) -> None:
    from granskning_ai.pipeline import Pipeline

    with Pipeline.open(tmp_path) as pipeline:
        pipeline.import_paths([CORPUS / "tjarnas-2021-granskning.txt"])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == ""
