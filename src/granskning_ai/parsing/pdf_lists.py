"""How deep list items are nested, told by their indents and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from granskning_ai.model import BlockKind
from granskning_ai.parsing.pdf_chunks import Chunk

_SAME = 3.0
_ASIDE = {BlockKind.FOOTNOTE, BlockKind.FURNITURE, BlockKind.CAPTION}


@dataclass(slots=True)
class _Level:
    indent: float
    kind: str
    """The bullet's glyph, or 'number'."""


def mark_levels(chunks: Sequence[Chunk]) -> None:
    """Gives each list item its level, 1 for the outermost."""
    stack: list[_Level] = []
    column: tuple[int, float] | None = None
    for chunk in chunks:
        if chunk.kind in _ASIDE:
            continue
        if chunk.kind is not BlockKind.LIST_ITEM or not chunk.lines:
            stack.clear()
            continue
        first = chunk.lines[0]
        here = (first.page, first.left)
        level = _Level(first.x0, _kind_of(chunk.marker))
        depth = _depth(stack, level, same_column=here == column)
        del stack[depth:]
        stack.append(level)
        chunk.level = depth + 1
        column = here


def _kind_of(marker: str | None) -> str:
    return "number" if marker and any(char.isalnum() for char in marker) and marker != "o" else marker or ""


def _depth(stack: Sequence[_Level], level: _Level, *, same_column: bool) -> int:
    """How many levels of the stack the item is nested in."""
    if not same_column:
        # On a new page or column only the mark tells, for the margin may be another.
        alike = [depth for depth, other in enumerate(stack) if other.kind == level.kind]
        return alike[-1] if alike else 0
    for depth, other in enumerate(stack):
        if level.indent <= other.indent + _SAME:
            return depth
    return len(stack)
