"""Reading order: parts a page into columns and reads each from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from granskning_ai.parsing.pdf_aligned import Ruling, with_tables
from granskning_ai.parsing.pdf_grid import Grid
from granskning_ai.parsing.pdf_lines import Line, attach_markers
from granskning_ai.parsing.pdf_page import Rect

_GUTTER = 0.8
"""The least width of the gap between two columns, in ems."""
_MIN_COLUMN = 36.0
_MIN_LINES = 2
_MIN_PROSE = 8
_PROSE_WORDS, _PROSE_LENGTH = 5, 26
"""A line of running text has so many words, or letters: Swedish words are long."""
_MIXED, _EARLY = 0.3, 0.7
"""A column that ends above this share of the height of its neighbour ends early."""
_LARGER = 1.08
_MAX_DEPTH = 12

Item = Line | Grid


@dataclass(slots=True)
class Column:
    """Lines and tables under each other, with the margins that they share."""

    items: list[Item]
    x0: float
    x1: float


@dataclass(slots=True)
class _Strip:
    """Items that overlap in height, so that no line across the page parts them."""

    items: list[Item]
    y0: float
    y1: float


def rect_of(item: Item) -> Rect:
    """The item's box."""
    return item.area if isinstance(item, Grid) else item.rect


def columns_of(items: Sequence[Item], size: float, ruling: Ruling) -> list[Column]:
    """The columns on a page in reading order. `size` is the type size of the body."""
    columns = _arrange(list(items), size, ruling, 0)
    for column in columns:
        for item in column.items:
            if isinstance(item, Line):
                item.left, item.right = column.x0, column.x1
    return columns


def _arrange(items: list[Item], size: float, ruling: Ruling, depth: int) -> list[Column]:
    if not items:
        return []
    found = _best_gutter(_strips(items), size) if depth < _MAX_DEPTH else None
    if found is None or not _is_running_text(found[1], found[3]):
        items = with_tables(items, ruling, size)
        found = _best_gutter(_strips(items), size) if depth < _MAX_DEPTH else None
    if found is None:
        return [_single(items)]
    before, run, after, x = found
    left = [item for item in run if rect_of(item).x1 <= x + 0.5]
    right = [item for item in run if rect_of(item).x1 > x + 0.5]
    return [column for part in (before, left, right, after) for column in _arrange(part, size, ruling, depth + 1)]


def _single(items: list[Item]) -> Column:
    lines = attach_markers([item for item in items if isinstance(item, Line)])
    items = [*lines, *(item for item in items if not isinstance(item, Line))]
    ordered = sorted(items, key=lambda item: (_line_of(item), rect_of(item).x0))
    boxes = [rect_of(item) for item in items]
    return Column(_rows_joined(ordered), min(box.x0 for box in boxes), max(box.x1 for box in boxes))


def _line_of(item: Item) -> float:
    return round(item.base / 2) if isinstance(item, Line) else round(item.area.y0 / 2)


def _rows_joined(items: list[Item]) -> list[Item]:
    """Joins segments on one baseline that are no columns: a label and its value, a number and its heading."""
    joined: list[Item] = []
    for item in items:
        last = joined[-1] if joined else None
        if (
            isinstance(item, Line)
            and isinstance(last, Line)
            and abs(item.base - last.base) <= 0.3 * item.size
            and item.x0 >= last.x1
            and not item.marker
            and not item.words[0].turned
            and not last.words[0].turned
        ):
            last.words.extend(item.words)
            last.refresh()
        else:
            joined.append(item)
    return joined


def _strips(items: list[Item]) -> list[_Strip]:
    strips: list[_Strip] = []
    for item in sorted(items, key=lambda item: rect_of(item).y0):
        box = rect_of(item)
        # Boxes of lines set close overlap a little; half a line is no overlap.
        if strips and box.y0 < strips[-1].y1 - 0.3 * (item.size if isinstance(item, Line) else 10.0):
            strips[-1].items.append(item)
            strips[-1].y1 = max(strips[-1].y1, box.y1)
        else:
            strips.append(_Strip([item], box.y0, box.y1))
    return strips


def _best_gutter(strips: list[_Strip], size: float) -> tuple[list[Item], list[Item], list[Item], float] | None:
    """The gutter that parts most lines: what stands before, within and after its stretch, and its x."""
    best: tuple[int, int, int, float] | None = None
    tried: set[int] = set()
    for strip in strips:
        for x in _gaps(strip.items, size):
            if round(x / 4) in tried:
                continue
            tried.add(round(x / 4))
            for start, end in _stretches(strips, x, size):
                weight = sum(len(part.items) for part in strips[start:end])
                if best is None or weight > best[0]:
                    best = (weight, start, end, x)
    if best is None:
        return None
    _, start, end, x = best
    before, run, after = strips[:start], strips[start:end], strips[end:]
    return _items(before), _items(run), _items(after), x


def _is_running_text(run: list[Item], x: float) -> bool:
    """Whether the two sides of a gutter are columns of running text, not of a table: long lines, no common heads."""
    left = [item for item in run if rect_of(item).x1 <= x + 0.5]
    right = [item for item in run if rect_of(item).x1 > x + 0.5]
    if not (_is_column(left) and _is_column(right)) and not _ends_early(left, right) and not _ends_early(right, left):
        return False
    return not _has_common_heads([item for item in run if isinstance(item, Line)])


def _is_column(side: list[Item]) -> bool:
    """Whether a side is a column by itself: a ruled table stands in it, or enough running text beside its tables."""
    return any(isinstance(item, Grid) for item in side) or _is_prose(side, least=_MIN_PROSE, share=_MIXED)


def _is_prose(side: list[Item], *, least: int, share: float) -> bool:
    lines = [item for item in side if isinstance(item, Line)]
    long = sum(len(line.words) >= _PROSE_WORDS or len(line.text) >= _PROSE_LENGTH for line in lines)
    return long >= least and long >= share * len(lines)


def _ends_early(side: list[Item], other: list[Item]) -> bool:
    """Whether the side is the last column of a text: it ends where the other goes on, as no column of a table does."""
    if not _is_column(other) or not _is_prose(side, least=_MIN_LINES, share=0.5):
        return False
    top, bottom = min(rect_of(item).y0 for item in other), max(rect_of(item).y1 for item in other)
    return max(rect_of(item).y1 for item in side) <= top + _EARLY * (bottom - top)


def _has_common_heads(lines: list[Line]) -> bool:
    """Whether the columns begin with bold heads side by side, and no bold line further down is a heading of a text."""
    first = min((line.base for line in lines), default=0.0)
    heads = [line for line in lines if line.base - first <= 0.3 * line.size]
    if len(heads) < 2 or not all(line.all_bold for line in heads):
        return False
    below = [line for line in lines if line.base - first > 2 * line.size]
    larger = min(line.size for line in heads) > _LARGER * max((line.size for line in below), default=0.0)
    alone = [a for a in below if a.all_bold and not any(b is not a and abs(a.base - b.base) <= 2 for b in below)]
    return not larger and not alone


def _items(strips: list[_Strip]) -> list[Item]:
    return [item for strip in strips for item in strip.items]


def _gaps(items: list[Item], size: float) -> list[float]:
    """Where a gutter may run: the middles and right ends of the free vertical bands between items."""
    boxes = sorted((rect_of(item) for item in items), key=lambda box: box.x0)
    gaps: list[float] = []
    end = boxes[0].x1
    for box in boxes[1:]:
        if box.x0 - end >= _GUTTER * size:
            # Lines further down may be longer: the gutter runs close to the column on its right.
            gaps += [(end + box.x0) / 2, box.x0 - 0.5 * _GUTTER * size]
        end = max(end, box.x1)
    return gaps


def _stretches(strips: list[_Strip], x: float, size: float) -> list[tuple[int, int]]:
    """The stretches of strips that a gutter at `x` runs through, trimmed to where both sides have text."""
    found: list[tuple[int, int]] = []
    start = 0
    for index in range(len(strips) + 1):
        if index < len(strips) and not _crosses(strips[index], x):
            continue
        trimmed = _trim(strips, start, index, x)
        if trimmed and _are_columns(_items(strips[trimmed[0] : trimmed[1]]), x, size):
            found.append(trimmed)
        start = index + 1
    return found


def _crosses(strip: _Strip, x: float) -> bool:
    return any(rect_of(item).x0 < x - 1 and rect_of(item).x1 > x + 1 for item in strip.items)


def _trim(strips: list[_Strip], start: int, end: int, x: float) -> tuple[int, int] | None:
    """Cuts what stands on one side only from both ends, unless it is the running text of a column."""
    both = [index for index in range(start, end) if len({rect_of(item).x1 <= x for item in strips[index].items}) == 2]
    if not both:
        return None
    first, last = both[0], both[-1] + 1
    return _grow(strips, first, start, -1, x, first, last), _grow(strips, last, end, 1, x, first, last)


def _grow(strips: list[_Strip], edge: int, limit: int, step: int, x: float, first: int, last: int) -> int:
    """Moves an end outwards over strips whose lines fill a column or follow closely on it."""
    inner = _items(strips[first:last])
    sides = {True: [], False: []}  # type: dict[bool, list[Rect]]
    for item in inner:
        sides[rect_of(item).x1 <= x].append(rect_of(item))
    grown = edge
    index = edge if step > 0 else edge - 1
    while (index < limit) if step > 0 else (index >= limit):
        strip = strips[index]
        side = rect_of(strip.items[0]).x1 <= x
        column = sides[side]
        left, right = min(box.x0 for box in column), max(box.x1 for box in column)
        neighbour = strips[index - step]
        gap = strip.y0 - neighbour.y1 if step > 0 else neighbour.y0 - strip.y1
        box = Rect(min(rect_of(item).x0 for item in strip.items), 0, max(rect_of(item).x1 for item in strip.items), 0)
        fills = box.x1 >= right - 0.12 * (right - left) and box.x1 <= right + 3 and box.x0 >= left - 3
        if fills or (gap < 4 and box.x0 >= left - 3 and box.x1 <= right + 3):
            grown = index + 1 if step > 0 else index
        elif gap > 30:
            break
        index += step
    return grown


def _are_columns(items: list[Item], x: float, size: float) -> bool:
    left = [item for item in items if rect_of(item).x1 <= x]
    right = [item for item in items if rect_of(item).x1 > x]
    if min(len(left), len(right)) < _MIN_LINES and not any(isinstance(item, Grid) for item in items):
        return False
    if not left or not right:
        return False
    if max(rect_of(i).x1 for i in left) + _GUTTER * size > min(rect_of(i).x0 for i in right) + 0.1:
        return False
    for side in (left, right):
        if max(rect_of(i).x1 for i in side) - min(rect_of(i).x0 for i in side) < _MIN_COLUMN:
            return False
    return _is_flush(right) and not _are_labels(left, right)


def _is_flush(side: list[Item]) -> bool:
    """Whether the lines of a column begin at one or two common edges; words after a wide gap do not."""
    starts: dict[int, int] = {}
    for item in side:
        start = round(rect_of(item).x0)
        key = next((known for known in starts if abs(known - start) <= 2), start)
        starts[key] = starts.get(key, 0) + 1
    common = sorted(starts.values(), reverse=True)[:2]
    return sum(common) >= 0.6 * len(side) and (common[0] > 1 or len(side) < 3)


def _are_labels(left: list[Item], right: list[Item]) -> bool:
    """Whether the left side only names what stands beside it on the right ('Datum:  2024-03-01')."""
    lines = [item for item in left if isinstance(item, Line)]
    if len(lines) < len(left) or not lines:
        return False
    bases = [item.base for item in right if isinstance(item, Line)]
    beside = sum(any(abs(base - line.base) <= 0.3 * line.size for base in bases) for line in lines)
    if beside < 0.8 * len(lines) or any(line.marker for line in lines):
        return False
    named = sum(line.text.endswith(":") for line in lines)
    return named >= 0.6 * len(lines)
