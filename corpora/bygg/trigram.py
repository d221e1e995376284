"""Writes the list of letter triples that Swedish words have, from the texts of this repository.

The list tells words from what is left of them when a page has been misread. Run it when the texts have grown:

    .venv/bin/python corpora/bygg/trigram.py
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "src" / "granskning_ai" / "swedish" / "data" / "trigram.txt"
SOURCES = (
    *("corpora/bygg/kallor/*.md", "evals/husstilar/dokument/*.txt", "docs/**/*.md", "README.md"),
    *("src/granskning_ai/swedish/data/kommuner.csv", "src/granskning_ai/swedish/data/synonymer.txt"),
    *("src/granskning_ai/**/data/*.yml", "src/granskning_ai/requirements/catalogues/*.yaml"),
)
WORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
HEAD = """# Bokstavsföljder om tre som förekommer i svenska ord; ^ och $ är ordets början och slut.
# Skriven av corpora/bygg/trigram.py ur projektets egna texter.
"""
ROW = 30


def main() -> None:
    """Writes the list."""
    found: set[str] = set()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            text = CODE.sub(" ", path.read_text(encoding="utf-8"))
            for word in set(WORD.findall(text)):
                edged = f"^{word.lower()}$"
                found.update(edged[index : index + 3] for index in range(len(edged) - 2))
    triples = sorted(found)
    rows = [" ".join(triples[index : index + ROW]) for index in range(0, len(triples), ROW)]
    TARGET.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
