#!/usr/bin/env python3
"""Builds the example corpus from its sources. For maintainers: the built files are committed.

    python corpora/bygg/bygg.py                  # every document
    python corpora/bygg/bygg.py vittsund-2024    # those whose name begins so

Needs python-docx, pyyaml, markdown-it-py (all come with the project), reportlab (`pip install reportlab`), and the
programs chromium and soffice (LibreOffice) on the path, each for the documents whose source names it. The committed
files were built with Chromium 156, LibreOffice 7.4, ReportLab 5.1 and the DejaVu fonts alone. Dates and ids are fixed:
with the same programs and fonts the same source gives the same bytes.

A source is Markdown with a YAML head: `format` (pdf, docx, html, txt), `byggare` and `layout` for PDF, `stil` (the
house style), `titel`, and where wanted `omslag`, `sidhuvud`, `sidfot`, `innehall`. The builder `skanner` prints the
document and scans it, each page askew by its own angle (`vinklar`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from renderers import paper, scan, text, web, word
from renderers.source import Source, read

HERE = Path(__file__).resolve().parent
TARGET, SCANS = HERE.parent / "exempel", HERE.parent / "skannade"
"""Scans have a folder of their own: the examples can be read without Tesseract."""
COLOPHON = "Exempeldokument."
LARGEST = 150_000

BUILDERS: dict[str, Callable[[Source, Path], None]] = {
    "pdf chromium": web.print_pdf,
    "pdf libreoffice": word.print_pdf,
    "pdf reportlab": paper.write,
    "pdf skanner": scan.write,
    "docx": word.write,
    "html": web.write,
    "txt": text.write,
}


def build(path: Path) -> Path:
    """Builds one document and returns the built file."""
    if COLOPHON not in path.read_text(encoding="utf-8"):
        raise ValueError(f"{path.name} does not say that it is fictional")
    source = read(path)
    kind = source.head["format"]
    builder = f"{kind} {source.head['byggare']}" if kind == "pdf" else kind
    target = (SCANS if builder == "pdf skanner" else TARGET) / f"{path.stem}.{kind}"
    BUILDERS[builder](source, target)
    if target.stat().st_size > LARGEST:
        raise ValueError(f"{target.name} is larger than {LARGEST} bytes")
    return target


def main(beginnings: list[str]) -> None:
    """Builds the documents whose name begins as asked for, or all."""
    for path in sorted((HERE / "kallor").glob("*.md")):
        if not beginnings or path.stem.startswith(tuple(beginnings)):
            target = build(path)
            sys.stderr.write(f"{target.name}: {target.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
