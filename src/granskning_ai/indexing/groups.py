"""Puts advice that says the same thing together, by the vectors of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from granskning_ai.ports import Embedder

_UNRELATED = Path(__file__).parent / "data" / "olika.txt"

SAME = 0.47
"""How far from unrelated (0) to identical (1) two groups of advice must lie to say the same thing.

Among the recommendations of the example corpus and of five real reports, groups from 0.45 up say one thing each; at
0.43 advice on what to end and advice on what to report fall together, and at 0.55 the reports on a council part.
"""

_NEAREST = 50
"""How many of its neighbours each piece of advice is compared with; more matter only where all say the same."""

_BLOCK = 1000


def same_advice(vectors: NDArray[np.float32], documents: Sequence[str], embedder: Embedder) -> list[list[int]]:
    """The rows that say the same thing, group by group; the one that is most like the others first in its group.

    Two groups become one where their advice is on average alike enough, the most alike first, unless one of the
    `documents` has advice in both: nobody gives the same advice twice. Each row is in one group, most of them alone.
    """
    unrelated = _unrelated(embedder)
    limit = unrelated + (1.0 - unrelated) * SAME
    groups = {row: [row] for row in range(len(vectors))}
    given_in = {row: {document} for row, document in enumerate(documents)}
    group_of = list(range(len(vectors)))
    sums = vectors.astype(np.float64)
    for first, second in _pairs(vectors, limit):
        kept, gone = sorted((group_of[first], group_of[second]))
        if kept == gone:
            continue
        average = float(sums[kept] @ sums[gone]) / (len(groups[kept]) * len(groups[gone]))
        if average < limit or given_in[kept] & given_in[gone]:
            continue
        given_in[kept] |= given_in.pop(gone)
        for row in groups[gone]:
            group_of[row] = kept
        groups[kept] += groups.pop(gone)
        sums[kept] += sums[gone]
    return [_centre_first(rows, vectors, sums[key]) for key, rows in groups.items()]


def _pairs(vectors: NDArray[np.float32], limit: float) -> Iterator[tuple[int, int]]:
    """The pairs that lie close enough, closest first; pairs that are equally close in the order of the rows."""
    found: list[tuple[float, int, int]] = []
    for start in range(0, len(vectors), _BLOCK):
        # Rounded, so that the same texts come in the same order whatever processor multiplied them.
        cosines = np.round(vectors[start : start + _BLOCK] @ vectors.T, 4)
        for at, row in enumerate(cosines, start=start):
            near = np.flatnonzero(row >= limit)
            near = near[np.argsort(-row[near], kind="stable")][: _NEAREST + 1]
            found += [(-float(row[other]), min(at, other), max(at, other)) for other in near.tolist() if other != at]
    return ((first, second) for _, first, second in sorted(set(found)))


def _centre_first(rows: Sequence[int], vectors: NDArray[np.float32], total: NDArray[np.float64]) -> list[int]:
    centre = max(rows, key=lambda row: (round(float(vectors[row] @ total), 4), -row))
    return [centre, *sorted(row for row in rows if row != centre)]


def _unrelated(embedder: Embedder) -> float:
    """The mean cosine of texts that have nothing to do with each other."""
    lines = _UNRELATED.read_text(encoding="utf-8").splitlines()
    vectors = embedder.embed([line for line in lines if not line.startswith("#")], role="passage")
    count = len(vectors)
    return float((vectors @ vectors.T).sum() - count) / (count * (count - 1))
