"""The parts of Swedish compounds ('samverkansöverenskommelsen': samverkan + överenskommelsen).

The first elements and the last were counted in statutes and parliamentary print; see data/ordleder.txt.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from granskning_ai.swedish.terms import stem

_SHORTEST = 3
_SHORTEST_COMPOUND = 7


@cache
def _elements() -> tuple[frozenset[str], frozenset[str]]:
    text = files("granskning_ai.swedish").joinpath("data/ordleder.txt").read_text(encoding="utf-8")
    first, _, last = text.partition("[förleder]")[2].partition("[efterleder]")
    return frozenset(first.split()), frozenset(last.split())


@lru_cache(maxsize=65536)
def compound_parts(word: str) -> tuple[str, ...]:
    """The parts of a compound in lower case, without the s that joins them; the word alone if it is none.

    >>> compound_parts("samverkansöverenskommelsen"), compound_parts("kommunen")
    (('samverkan', 'överenskommelsen'), ('kommunen',))
    """
    if len(word) < _SHORTEST_COMPOUND:
        return (word,)
    firsts, lasts = _elements()
    best: tuple[str, ...] = ()
    for at in range(_SHORTEST, len(word) - _SHORTEST):
        head, tail = word[:at], word[at:]
        if head not in firsts:
            continue
        parts = compound_parts(tail)
        # The longest first element that leaves a known word: 'ordnings|vakt', not 'ordning|svakt'.
        if len(parts) > 1 or stem(tail) in lasts:
            best = (_unjoined(head, lasts), *parts)
    return best or (word,)


def is_known(word: str) -> bool:
    """Whether a word in lower case is a common one, or made of such.

    >>> is_known("verksamhetsmålen"), is_known("rekomendationer")
    (True, False)
    """
    firsts, lasts = _elements()
    return word in firsts or stem(word) in lasts or len(compound_parts(word)) > 1


def _unjoined(head: str, words: frozenset[str]) -> str:
    """A first element as a word of its own: 'samverkan' for 'samverkans', but 'polis' as it stands."""
    joined = head.endswith("s") and stem(head) not in words and stem(head[:-1]) in words
    return head[:-1] if joined else head
