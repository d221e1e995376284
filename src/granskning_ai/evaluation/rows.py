"""The house styles: one half at a time, and row by row of the catalogue of styles (evals/husstilar/README.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from granskning_ai.errors import ConfigError
from granskning_ai.evaluation.score import Figure, Gold, score
from granskning_ai.model import DocumentRecord

_LAYOUT = ("revisionsfrågor", "bedömningar", "rekommendationer")
MEASURED: dict[str, Sequence[str]] = {
    "1": ("revisionsfrågor",),
    "2": ("bedömningar", "samlade bedömningar"),
    "3": ("rekommendationer",),
    "4": ("adressater",),
    "5": (*_LAYOUT, "kommun", "utgivare", "datum"),
    "6": ("lagkrav", "lagkrav (kommunallagen)", "revisionskriterier", "avvikelser"),
    "7": ("överenskommelser", "åtgärder", "citerade rekommendationer", "rekommendationer"),
}
"""What a row is about, by the number of its section in the catalogue."""

NEGATIVE = "negativ"
"""The row of documents that hold no finding of an auditor: whatever is found in them is invented."""


def half_of(gold: dict[str, Gold], split: Path, half: str) -> dict[str, Gold]:
    """The gold of the documents whose house style belongs to the half.

    Raises:
        ConfigError: the split cannot be read, or has no such half.
    """
    if not split.is_file():
        raise ConfigError(f"Filen {split} finns inte.", hint="Uppdelningen ska ligga bredvid facit och heta split.yml.")
    styles = yaml.safe_load(split.read_text(encoding="utf-8")).get(half)
    if not isinstance(styles, list):
        raise ConfigError(f"Det finns ingen halva som heter {half}.", hint="Skriv develop eller report.")
    return {stem: entry for stem, entry in gold.items() if entry.get("style") in styles}


def score_rows(records: Iterable[DocumentRecord], gold: dict[str, Gold]) -> list[Figure]:
    """Scores the documents of each row by themselves, on what the row is about."""
    known = list(records)
    rows = sorted({row for entry in gold.values() for row in entry.get("rows") or []}, key=_in_order)
    figures: list[Figure] = []
    for row in rows:
        of_row = {stem: entry for stem, entry in gold.items() if row in (entry.get("rows") or [])}
        figures += _named(row, score(known, of_row), MEASURED[row.split(".")[0]])
    without = {stem: entry for stem, entry in gold.items() if entry.get("rows") == []}
    return figures + _named(NEGATIVE, score(known, without), ("revisionsfrågor", "samlade bedömningar", *_LAYOUT[2:]))


def _in_order(row: str) -> tuple[int, ...]:
    return tuple(int(part) for part in row.split("."))


def _named(row: str, figures: Sequence[Figure], names: Sequence[str]) -> list[Figure]:
    """The figures that the row is about. What went wrong is told once, under the figures of the whole half."""
    return [
        Figure(name=f"{row} {figure.name}", right=figure.right, wanted=figure.wanted, found=figure.found)
        for figure in figures
        if figure.name in names and figure.wanted + figure.found
    ]
