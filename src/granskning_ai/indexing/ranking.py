"""Weighing candidates against each other: words, vectors, neighbours, what the question points out; then variety.

The weights were chosen on the development questions and checked on others; docs/sokning.md has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from granskning_ai.indexing.lexical import Candidate
from granskning_ai.swedish.terms import words

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each signal counts for; the lexical and the dense part sum to one."""

    dense: float = 0.4
    neighbour: float = 0.1
    """The best of the two passages beside it: what is said before and after tells what a passage is about."""
    coverage: float = 0.1
    """The share of the question's words that the passage has, rare words before common ones."""
    answering: float = 0.3
    """A sentence with those words and with what an answer has: a number to 'hur många', a reason to 'varför'."""
    municipality: float = 1.0
    issuer: float = 0.3
    county: float = 0.1
    year: float = 0.1
    doc_type: float = 0.05


DEFAULT = Weights()

_SAME_WORDS = 0.9
"""Passages that share this much of their words are one passage in two places."""

_AGAIN = 0.93
"""What each further passage from the same municipality keeps of its score where the question compares."""


def fuse(
    candidates: Sequence[Candidate], cosines: NDArray[np.float32], weights: Weights = DEFAULT
) -> NDArray[np.float64]:
    """One score for each candidate from its words, its vector and its neighbours."""
    lexical = np.array([candidate.score for candidate in candidates], dtype=np.float64)
    lexical /= max(float(lexical.max(initial=0.0)), 1e-9)
    low, high = float(cosines.min(initial=0.0)), float(cosines.max(initial=0.0))
    if len(candidates):
        low = float(cosines.min())
    dense = (cosines.astype(np.float64) - low) / max(high - low, 1e-9)
    scores = (1 - weights.dense) * lexical + weights.dense * dense
    by_row = {candidate.row: score for candidate, score in zip(candidates, scores, strict=True)}
    first = {candidate.row: candidate.document for candidate in candidates}
    beside = [
        max(
            (by_row[row] for row in (candidate.row - 1, candidate.row + 1) if first.get(row) == candidate.document),
            default=0.0,
        )
        for candidate in candidates
    ]
    result: NDArray[np.float64] = scores + weights.neighbour * np.array(beside)
    return result


def varied(scored: Sequence[tuple[float, dict[str, Any]]]) -> list[tuple[float, dict[str, Any]]]:
    """Puts the best of each municipality (or document, where there is none) before the third and fourth of another."""
    taken: dict[str, int] = {}
    left = list(scored)
    result: list[tuple[float, dict[str, Any]]] = []
    while left:
        best = max(range(len(left)), key=lambda at: (left[at][0] * _AGAIN ** taken.get(_place(left[at][1]), 0), -at))
        score, stored = left.pop(best)
        place = _place(stored)
        result.append((score * _AGAIN ** taken.get(place, 0), stored))
        taken[place] = taken.get(place, 0) + 1
    return result


def _place(stored: Mapping[str, Any]) -> str:
    return ",".join(stored["municipality_codes"]) or str(stored["document_id"])


def collapsed(
    scored: Sequence[tuple[float, dict[str, Any]]], count: int
) -> list[tuple[float, dict[str, Any], tuple[str, ...]]]:
    """The first `count` passages with different words, each with the ids of documents that repeat it."""
    kept: list[tuple[float, dict[str, Any], frozenset[str], list[str]]] = []
    for score, stored in scored:
        own = frozenset(words(stored["text"]))
        same = next((other for other in kept if _same(own, other[2])), None)
        if same is not None:
            same[3].append(stored["document_id"])
        elif len(kept) < count:
            kept.append((score, stored, own, []))
        else:
            break
    return [
        (score, stored, tuple(dict.fromkeys(id for id in repeats if id != stored["document_id"])))
        for score, stored, _, repeats in kept
    ]


def _same(first: frozenset[str], second: frozenset[str]) -> bool:
    return len(first & second) >= _SAME_WORDS * len(first | second)
