"""Bullets that a file draws as shapes instead of setting them as type, as browsers do."""

from __future__ import annotations

from collections.abc import Sequence

from granskning_ai.parsing.pdf_page import PageContent, Rect, Word

_MAX_DOTS = 400
_REACH = 2.6
"""How far to the left of its text a bullet stands at most, in ems."""
_SQUARE = 1.6


def add_drawn_bullets(content: PageContent) -> None:
    """Adds a word '•' for each small shape that stands before a line of text."""
    dots = [dot for dot in content.dots if _is_round(dot)]
    if not dots or len(dots) > _MAX_DOTS:
        return
    upright = [word for word in content.words if word.turned == 0]
    added: list[tuple[Word, Word]] = []
    taken: set[int] = set()
    for dot in dots:
        word = _text_beside(dot, upright)
        if word is not None and id(word) not in taken:
            taken.add(id(word))
            added.append((word, _bullet(dot, word)))
    before = {id(word): bullet for word, bullet in added}
    content.words = [
        item for word in content.words for item in ((before[id(word)], word) if id(word) in before else (word,))
    ]


def _is_round(dot: Rect) -> bool:
    short, long = sorted((dot.width, dot.height))
    return short > 0 and long / short <= _SQUARE


def _text_beside(dot: Rect, words: Sequence[Word]) -> Word | None:
    """The first word of the line that the shape stands before, if nothing else stands to its left."""
    middle = (dot.y0 + dot.y1) / 2
    row = [word for word in words if word.base - 0.75 * word.style.size <= middle <= word.base + 0.05 * word.style.size]
    right = [word for word in row if word.x0 >= dot.x1 - 0.5]
    if not right:
        return None
    word = min(right, key=lambda word: word.x0)
    size = word.style.size
    if word.x0 - dot.x1 > _REACH * size or max(dot.width, dot.height) > 0.7 * size:
        return None
    if any(dot.x0 - 1.5 * size < other.x1 <= dot.x0 + 1 for other in row):
        return None
    return word


def _bullet(dot: Rect, word: Word) -> Word:
    return Word(
        "•",
        dot.x0,
        dot.x1,
        word.y0,
        word.y1,
        word.base,
        word.style,
        True,
        word.order,
        word.mcid,
        word.artifact,
        word.in_form,
        0,
        word.z,
        0,
        False,
        True,
    )
