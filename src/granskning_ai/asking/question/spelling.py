"""Puts misspelt words right: only words that nothing is known of, and only towards words that questions are made of."""

from __future__ import annotations

from collections.abc import Collection

from granskning_ai.swedish.compounds import is_known
from granskning_ai.swedish.terms import stem

_SHORTEST = 6
_ENDING = 4
_LONG = 10
"""Letters. Two slips are put right in a word of this length, one in a shorter."""


def corrected(word: str, vocabulary: Collection[str], *, whole: bool = False) -> str | None:
    """The word with its misspelt beginning replaced by the nearest in the vocabulary; None where none is near.

    Another form of a known word is no slip, nor is a compound of known words. One letter may be wrong, missing or in
    the wrong place, two in a long word. The first letter is always right. With `whole` the entire word must be near,
    not just its beginning.

    >>> corrected("rekomendationer", {"rekommend"}), corrected("väder", {"värde"})
    ('rekommendationer', None)
    >>> corrected("verksamhetsmålen", {"verksamheten"})
    """
    if is_known(word):
        return None
    best: tuple[int, int, str] | None = None
    for known in vocabulary:
        if len(known) < _SHORTEST or known[0] != word[0] or stem(known) == stem(word):
            continue
        allowed = 2 if len(known) >= _LONG else 1
        lengths = [len(word)] if whole else range(len(known) - 1, len(known) + 2)
        for length in lengths:
            ending = len(word) - length
            # What is longer than an ending is most often another word ('intervju' is no slip for 'intern').
            longest = _ENDING if len(known) < _LONG - 1 else len(known)
            if not 0 <= ending <= longest or abs(length - len(known)) > allowed:
                continue
            steps = distance(word[:length], known, allowed)
            if 0 < steps <= allowed:
                candidate = (steps, -len(known), known + word[length:])
                best = min(best, candidate) if best else candidate
    return best[2] if best else None


def distance(first: str, second: str, most: int) -> int:
    """How many letters must be changed, added, left out or swapped; `most` + 1 where it is more than `most`.

    >>> distance("hudinge", "huddinge", 2), distance("salme", "salem", 2), distance("salem", "solna", 2)
    (1, 1, 3)
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        last, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if last and i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
