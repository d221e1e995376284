"""A workspace of 300,000 passages: how fast text goes into both indexes, how long a question takes, how much memory.

GRANSKNING_STYCKEN sets another size; GRANSKNING_STOR names a folder in which the workspace is kept from one run to the
next (it is then built only once).
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.material import records, sentences
from granskning_ai.pipeline import Pipeline, versions

ROUNDS = 5
QUESTIONS = 200
_ASKED = (
    "Hur följs {word} upp i {place}?",
    "Vilka brister finns i {word}?",
    "Vad säger revisorerna om {word} och {other}?",
    "Vem ansvarar för {word} i {place}?",
    "{word} {other}",
)
_PLACES = ("Salem", "Huddinge", "Kiruna", "Malmö", "Nacka", "Umeå")
COLD = (
    ("sok", "Hur följs upphandlingen upp i Salem?"),
    ("fraga", "Vilka rekommendationer fick Huddinge om uppföljning?"),
    ("fraga", "Vilka kommuner saknar en lägesbild?"),
    ("fraga", "Hur följs hemtjänsten upp i Salem?"),
)


def build(workspace: Path, passages: int) -> None:
    """Stores reports and indexes them as an import does once it has read them; says how fast the indexes were."""
    stored = indexed = 0.0
    with Pipeline.open(workspace) as pipeline:
        indexes = pipeline.indexes
        indexes.__enter__()
        for record in records(passages, versions=versions(pipeline.catalogues)):
            started = time.perf_counter()
            indexes.begin()
            pipeline.store.save(record)
            stored += time.perf_counter() - started
            started = time.perf_counter()
            indexes.put(record, new=True)
            indexed += time.perf_counter() - started
        started = time.perf_counter()
        indexes.__exit__(None, None, None)
        dense = time.perf_counter() - started
    print(f"{passages} stycken i databasen      {stored:6.0f} s  {passages / stored:8.0f} stycken/s")
    print(f"    i sökindexet           {indexed:6.0f} s  {passages / indexed:8.0f} stycken/s")
    print(f"    i Chroma               {dense:6.0f} s  {passages / dense:8.0f} stycken/s")
    both = indexed + dense
    print(f"    i båda indexen         {both:6.0f} s  {passages / both:8.0f} stycken/s (mål: över 1 000)")


def questions() -> list[str]:
    """Questions with words that stand in the reports, the same in every run."""
    chance = random.Random(11)
    words = [word.strip(".,") for sentence in sentences(chance, 400) for word in sentence.split() if len(word) > 8]
    return [
        chance.choice(_ASKED).format(
            word=chance.choice(words), other=chance.choice(words), place=chance.choice(_PLACES)
        )
        for _ in range(QUESTIONS)
    ]


def warm(workspace: Path) -> None:
    """Search inside one process, workspace open."""
    with Pipeline.open(workspace) as pipeline:
        asked = questions()
        pipeline.search(asked[0])
        spent, computed = [], []
        for question in asked:
            started, busy = time.perf_counter(), time.process_time()
            pipeline.search(question)
            spent.append(time.perf_counter() - started)
            computed.append(time.process_time() - busy)
    for name, times in (("", sorted(spent)), (" (processortid)", sorted(computed))):
        middle, late = times[len(times) // 2] * 1000, times[int(len(times) * 0.95)] * 1000
        print(f"sökning i processen{name:16} median {middle:5.1f} ms  95 % under {late:5.1f} ms (mål: 25)")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"minne för sökning i processen {memory:6.0f} MB (mål: 1 000)")


def cold(workspace: Path) -> None:
    """The command, from a shell: interpreter, imports, opening, answer."""
    for command, question in COLD:
        line = [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), command, question]
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - started)
        times.sort()
        print(f"granskning {command} “{question}”  bäst {times[0]:.2f} s  median {times[ROUNDS // 2]:.2f} s (mål: 1)")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"mest minne för ett sådant kommando {memory:6.0f} MB (mål: 1 000)")


def main() -> None:
    passages = int(os.environ.get("GRANSKNING_STYCKEN", "300000"))
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(os.environ.get("GRANSKNING_STOR") or folder) / "arbetsyta"
        if not (workspace / "granskning.db").exists():
            # In a process of its own, so that its memory is not counted as a question's.
            script = f"from benchmarks.bench_sok import build, Path; build(Path({str(workspace)!r}), {passages})"
            subprocess.run([sys.executable, "-c", script], check=True)
        cold(workspace)
        warm(workspace)


if __name__ == "__main__":
    main()
