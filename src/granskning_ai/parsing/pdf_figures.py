"""Labels of drawn charts and diagrams: words that stand in a drawing are no prose."""

from __future__ import annotations

from granskning_ai.model import BlockKind
from granskning_ai.parsing.pdf_chunks import Chunk
from granskning_ai.parsing.pdf_lines import Line
from granskning_ai.parsing.pdf_page import Rect
from granskning_ai.parsing.pdf_sheets import Sheet

_NEAR = 14.0
_MIN_PARTS = 5
_MIN_WIDTH, _MIN_HEIGHT = 90.0, 50.0
_MAX_PARTS = 1_500
_MAX_SHARE = 0.7
_LABEL_WORDS = 7
_MIN_LABELS = 3
_MIN_BOXES, _MAX_BOX, _BOX_LINES = 2, 0.5, 3
"""Of a scanned figure: so many dark boxes, each narrower than this share of the page, with so few lines in it."""
_MARGIN = 14.0
_REACH = 3.0


def take_labels(sheet: Sheet, size: float) -> list[Chunk]:
    """Takes the labels of drawings out of the sheet's lines; `size` is the type size of the body."""
    taken: list[Line] = []
    for area in _drawings(sheet):
        labels = [line for line in sheet.lines if _is_label(line, area, size) and line not in taken]
        if len(labels) >= _MIN_LABELS:
            taken += labels
    taken += _boxed(sheet)
    if not taken:
        return []
    ids = {id(line) for line in taken}
    sheet.lines = [line for line in sheet.lines if id(line) not in ids]
    return [Chunk(BlockKind.FURNITURE, [line]) for line in taken]


def _boxed(sheet: Sheet) -> list[Line]:
    """The lines in the dark boxes of a scanned figure, whose lines and arrows are not known."""
    boxes = [fill.rect for fill in sheet.fills if fill.rect.width < _MAX_BOX * sheet.area.width]
    boxes = [box for box in boxes if not any(grid.area.overlaps(box) for grid in sheet.grids)]
    short = [line for line in sheet.lines if line.words[0].confidence is not None and len(line.words) <= _LABEL_WORDS]
    held = [[line for line in short if box.holds((line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2)] for box in boxes]
    labels = [lines for lines in held if 0 < len(lines) <= _BOX_LINES]
    return [line for lines in labels for line in lines] if len(labels) >= _MIN_BOXES else []


def _drawings(sheet: Sheet) -> list[Rect]:
    """The areas where many curves and filled shapes stand close together, tables aside."""
    page = sheet.area.width * sheet.area.height
    curves = [rect for rect in sheet.content.curves if _inside(rect, sheet.area)]
    if not curves or len(curves) > _MAX_PARTS:
        return []
    shapes = [fill.rect for fill in sheet.fills if fill.exact and fill.colour is not None]
    parts = [rect for rect in [*curves, *shapes] if rect.width * rect.height < _MAX_SHARE * page]
    parts = [rect for rect in parts if not any(grid.area.overlaps(rect) for grid in sheet.grids)]
    areas: list[tuple[Rect, int, int]] = []
    for rect in parts:
        merged, count, bends = rect, 1, int(rect in curves)
        near = [area for area in areas if _grown(area[0]).overlaps(merged)]
        while near:
            areas = [area for area in areas if area not in near]
            for area, other, more in near:
                merged, count, bends = _around(area, merged), count + other, bends + more
            near = [area for area in areas if _grown(area[0]).overlaps(merged)]
        areas.append((merged, count, bends))
    return [
        area
        for area, count, bends in areas
        if count >= _MIN_PARTS and bends and area.width >= _MIN_WIDTH and area.height >= _MIN_HEIGHT
    ]


def _inside(rect: Rect, area: Rect) -> bool:
    return area.holds((rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2)


def _grown(rect: Rect) -> Rect:
    return Rect(rect.x0 - _NEAR, rect.y0 - _NEAR, rect.x1 + _NEAR, rect.y1 + _NEAR)


def _around(a: Rect, b: Rect) -> Rect:
    return Rect(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))


def _is_label(line: Line, area: Rect, size: float) -> bool:
    if len(line.words) > _LABEL_WORDS or line.size > 1.02 * size:
        return False
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    if area.holds(x, y, _MARGIN):
        return line.x0 >= area.x0 - 4 * _MARGIN and line.x1 <= area.x1 + 4 * _MARGIN
    # Scales and legends stand beside the drawing.
    reach = _REACH * size
    return len(line.words) <= 2 and area.x0 - reach <= x <= area.x1 + reach and area.y0 <= y <= area.y1
