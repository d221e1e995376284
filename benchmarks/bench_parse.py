"""How fast and in how much memory PDF files are parsed, against those that only take out their text, in the same run.

The others give words; ours gives headings, paragraphs, lists, tables and boxes as well. Each contender runs in a
process of its own over the same files: the example corpus' PDF files, copied to the number of documents.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpora" / "exempel"
COUNTS = (1, 20, 200)
PEER = "pypdf"


class Cost(NamedTuple):
    """What a contender took for its files."""

    wall: float
    processor: float
    memory: float


def ours(files: list[Path]) -> None:
    from granskning_ai.model import SourceFile
    from granskning_ai.parsing import parse

    for file in files:
        data = file.read_bytes()
        parse(SourceFile.of(file.name, data, "pdf"), data)


def ours_on_all_cores(files: list[Path]) -> None:
    from granskning_ai.model import Document, SourceFile
    from granskning_ai.parsing.sandbox import ParserPool

    class Item:
        def __init__(self, file: Path) -> None:
            self.file = file

        def load(self) -> tuple[SourceFile, bytes]:
            data = self.file.read_bytes()
            return SourceFile.of(self.file.name, data, "pdf"), data

    with ParserPool() as pool:
        assert all(isinstance(outcome, Document) for _, outcome in pool.parse_all(map(Item, files)))


def pypdf_text(files: list[Path]) -> None:
    import pypdf

    for file in files:
        for page in pypdf.PdfReader(file).pages:
            page.extract_text()


def pdfplumber_text(files: list[Path]) -> None:
    import pdfplumber

    for file in files:
        with pdfplumber.open(file) as document:
            for page in document.pages:
                page.extract_text()


def poppler_text(files: list[Path]) -> None:
    for file in files:
        subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, stdout=subprocess.DEVNULL)


CONTENDERS: dict[str, Callable[[list[Path]], None]] = {
    PEER: pypdf_text,
    "pdftotext": poppler_text,
    "pdfplumber": pdfplumber_text,
    "granskning": ours,
    "granskning, all cores": ours_on_all_cores,
}


def serve(name: str, files: list[Path]) -> None:
    """Runs one contender here and prints its cost."""
    import resource

    run = CONTENDERS[name]
    if not name.endswith("cores"):
        run(files[:1])  # what is imported and compiled once is no cost of a file
    before, begun = os.times(), time.perf_counter()
    run(files)
    wall, after = time.perf_counter() - begun, os.times()
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024
    print(json.dumps(Cost(wall, sum(after[:4]) - sum(before[:4]), memory)))


def cost(name: str, files: Iterable[Path]) -> Cost:
    command = [sys.executable, "-m", "benchmarks.bench_parse", name, *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return Cost(*json.loads(done.stdout))


@contextmanager
def copies(count: int) -> Iterator[list[Path]]:
    """So many documents: the corpus' PDF files, each as often as it takes."""
    originals = sorted(CORPUS.glob("*.pdf"))
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{index:03d}.pdf" for index in range(count)]
        for index, file in enumerate(files):
            shutil.copyfile(originals[index % len(originals)], file)
        yield files


def pages_in(files: list[Path]) -> int:
    import pypdf

    return sum(len(pypdf.PdfReader(file).pages) for file in files)


def main() -> None:
    names = [name for name in CONTENDERS if name != "pdftotext" or shutil.which("pdftotext")]
    print(f"{'':24}{'documents':>10}{'pages/s':>10}{'per core':>10}{'x pypdf per core':>18}{'memory':>10}")
    for count in COUNTS:
        with copies(count) as files:
            pages = pages_in(files)
            costs = {name: cost(name, files) for name in names}
        peer = pages / costs[PEER].processor
        for name, (wall, processor, memory) in costs.items():
            core = pages / processor
            ratio = f"{core / peer:.2f}"
            print(f"{name:24}{count:>10}{pages / wall:>10.0f}{core:>10.0f}{ratio:>18}{memory:>7.0f} MB")
    print(f"({os.cpu_count()} cores; per core: pages for each second of processor time)")


if __name__ == "__main__":
    if sys.argv[1:]:
        serve(sys.argv[1], [Path(argument) for argument in sys.argv[2:]])
    else:
        main()
