"""Scores search on questions whose answers are known word for word (evals/README.md describes the format)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from granskning_ai.errors import ConfigError
from granskning_ai.evaluation.score import Figure
from granskning_ai.pipeline import Pipeline

_PIECE = 24
_STEP = 4
_HALVES = {"dev": "utveckling", "test": "rapport"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchCase:
    """A question, and the texts that answer it."""

    id: str
    split: str
    question: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How one question went: the rank of the first right passage among ten (0 if none), and the gold texts found."""

    first: int
    found: int
    wanted: int

    @property
    def reciprocal(self) -> float:
        """1 / rank."""
        return 1 / self.first if self.first else 0.0


def load_searches(directory: Path) -> list[SearchCase]:
    """Reads the questions of a folder.

    Raises:
        ConfigError: there are none.
    """
    files = sorted(directory.glob("*.yaml"))
    if not files:
        raise ConfigError(f"Det finns inga frågor (*.yaml) i {directory}.", hint="Ange mappen med frågorna.")
    return [
        SearchCase(id=entry["id"], split=entry["split"], question=entry["question"], gold=tuple(entry["gold"]))
        for path in files
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def score_search(pipeline: Pipeline, cases: Sequence[SearchCase]) -> Iterator[Figure]:
    """For each half: the share of questions with a right passage first, among the first five, and of gold found."""
    for split, half in _HALVES.items():
        first, five, ten = (Figure(name=f"sökning, {half}: {what}") for what in ("överst", "bland fem", "bland tio"))
        for case in cases:
            if case.split == split:
                hits = pipeline.search(case.question).hits
                ranking = rank([hit.text for hit in hits], case.gold)
                note = f"{case.id} {case.question} (plats {ranking.first or 'över tio'})"
                first.add(int(ranking.first == 1), 1, 1, note)
                five.add(int(0 < ranking.first <= 5), 1, 1, note)
                ten.add(ranking.found, ranking.wanted, ranking.wanted, note)
        yield from (first, five, ten)


def rank(texts: Sequence[str], gold: Sequence[str]) -> Ranking:
    """Where among the first ten passages the gold texts stand."""
    squeezed = [_squeezed(text) for text in texts[:10]]
    places = [next((at for at, text in enumerate(squeezed, start=1) if _covers(text, wanted)), 0) for wanted in gold]
    return Ranking(first=min(filter(None, places), default=0), found=sum(map(bool, places)), wanted=len(gold))


def _covers(passage: str, gold: str) -> bool:
    """Whether the (squeezed) passage has the gold text, or at least half of its pieces."""
    wanted = _squeezed(gold)
    pieces = {wanted[at : at + _PIECE] for at in range(0, max(1, len(wanted) - _PIECE + 1), _STEP)}
    return wanted in passage or 2 * sum(piece in passage for piece in pieces) >= len(pieces)


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())
