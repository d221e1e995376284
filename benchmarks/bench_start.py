"""How long the program takes to start, and to import documents, against bare Python and bare pypdf in the same run."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = (ROOT / ".." / "shared" / "corpora").resolve()
ROUNDS = 5


def seconds(command: list[str], rounds: int = ROUNDS) -> tuple[float, float]:
    """The best wall-clock time of some rounds, and the most memory that any child has used, in megabytes."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - started)
    return best, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def imported(files: list[Path]) -> tuple[float, float]:
    """Imports the files into a new workspace, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "granskning_ai", "--arbetsyta", folder, "importera", *map(str, files)]
        return seconds(command, rounds=1)


def main() -> None:
    bare, _ = seconds([sys.executable, "-c", "pass"])
    shown, memory = seconds([sys.executable, "-m", "granskning_ai", "--help"])
    print(f"granskning --help      {shown:6.2f} s  {shown / bare:5.1f} x bare Python   {memory:5.0f} MB")
    texts = sorted(SHARED.glob("*.txt")) or sorted((ROOT / "corpora" / "exempel").glob("*.txt"))
    spent, memory = imported(texts)
    peer, _ = seconds([sys.executable, "-c", "import spacy; spacy.blank('sv')"])
    print(f"import of {len(texts)} texts      {spent:6.2f} s  {spent / peer:5.1f} x importing spaCy {memory:5.0f} MB")
    pdfs = sorted((ROOT / "corpora" / "exempel").glob("*.pdf"))
    spent, memory = imported(pdfs)
    script = "import sys, pypdf\nfor f in sys.argv[1:]:\n    [p.extract_text() for p in pypdf.PdfReader(f).pages]"
    peer, _ = seconds([sys.executable, "-c", script, *map(str, pdfs)], rounds=1)
    print(f"import of {len(pdfs)} PDF files  {spent:6.2f} s  {spent / peer:5.1f} x pypdf's text    {memory:5.0f} MB")
    print(f"({os.cpu_count()} cores)")
