"""The lines, filled areas and pictures of a PDF page."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from granskning_ai.parsing.pdf_api import Api, Matrix
from granskning_ai.parsing.pdf_page import Colour, Fill, PageContent, Rect, Rule

Point = tuple[float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THIN = 3.0
"""A filled area no thicker than this is a line."""
_DOT, _LEAST_DOT = 7.0, 1.5
"""How large and how small a drawn bullet is."""
_OPAQUE = 250
_SHORT = 5.0
_STRAIGHT = 0.6
_MAX_SEGMENTS = 4_000
_MAX_SUBPATHS = 40_000


class PathReader:
    """Adds what is drawn to a page's content."""

    def __init__(self, api: Api, content: PageContent, place: Callable[[float, float], Point]) -> None:
        self._api, self._content, self._place = api, content, place
        self._matrices: list[Matrix] = [_IDENTITY]
        self._subpaths = 0

    @contextmanager
    def inside(self, form: int) -> Iterator[None]:
        """What is read meanwhile stands in `form`, whose matrix moves it."""
        self._matrices.append(_times(self._api.object_matrix(form), self._matrices[-1]))
        try:
            yield
        finally:
            self._matrices.pop()

    def read(self, item: int, kind: int, z: int) -> None:
        """Reads a path, picture or shading."""
        raw = self._api.raw
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._read_path(item, z)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            rect = self._bounds(item)
            if rect and kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._content.pictures.append(rect)
            if rect:
                self._content.fills.append(Fill(rect, None, z, exact=False))

    def _bounds(self, item: int) -> Rect | None:
        box = self._api.bounds(item)
        if box is None:
            return None
        left, bottom, right, top = box
        outer = self._matrices[-1]
        return _around([self._place(*_apply(outer, x, y)) for x, y in ((left, bottom), (right, top), (left, top))])

    def _read_path(self, item: int, z: int) -> None:
        fills, strokes = self._api.draw_mode(item)
        if not fills and not strokes:
            return
        count = self._api.segment_count(item)
        if count > _MAX_SEGMENTS or self._subpaths > _MAX_SUBPATHS:
            rect = self._bounds(item)
            if rect:
                self._content.curves.append(rect)
            return
        colour, opaque = self._fill_colour(item) if fills else (None, False)
        for points, curved in self._subpaths_of(item, count):
            self._subpaths += 1
            rect = _around(points)
            box = not curved and _is_box(points)
            if not box:
                self._content.curves.append(rect)
            if fills:
                self._add_fill(rect, colour if opaque else None, z, exact=box)
            if strokes:
                self._add_edges([] if curved else points, rect)

    def _subpaths_of(self, item: int, count: int) -> Iterator[tuple[list[Point], bool]]:
        api, raw = self._api, self._api.raw
        matrix = _times(api.object_matrix(item), self._matrices[-1])
        points: list[Point] = []
        curved = False
        for index in range(count):
            segment = api.segment(item, index)
            kind = api.segment_kind(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, curved
                points, curved = [], False
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            points.append(self._place(*_apply(matrix, *api.segment_point(segment))))
            if api.segment_closes(segment) and points[0] != points[-1]:
                points.append(points[0])
        if len(points) > 1:
            yield points, curved

    def _fill_colour(self, item: int) -> tuple[Colour | None, bool]:
        colour = self._api.fill(item)
        if colour is None:
            return None, False
        return colour[:3], colour[3] >= _OPAQUE and not self._api.see_through(item)

    def _add_fill(self, rect: Rect, colour: Colour | None, z: int, *, exact: bool) -> None:
        if not exact and max(rect.width, rect.height) <= _DOT and min(rect.width, rect.height) >= _LEAST_DOT:
            self._content.dots.append(rect)
        if rect.height <= _THIN and rect.width > max(_SHORT, rect.height):
            self._content.across.append(Rule((rect.y0 + rect.y1) / 2, rect.x0, rect.x1))
        elif rect.width <= _THIN and rect.height > max(_SHORT, rect.width):
            self._content.down.append(Rule((rect.x0 + rect.x1) / 2, rect.y0, rect.y1))
        elif rect.width > _THIN and rect.height > _THIN:
            if exact and max(rect.width, rect.height) <= _DOT:
                self._content.dots.append(rect)
            self._content.fills.append(Fill(rect, colour, z, exact))

    def _add_edges(self, points: list[Point], rect: Rect) -> None:
        if max(rect.width, rect.height) <= _DOT and min(rect.width, rect.height) >= _LEAST_DOT:
            self._content.dots.append(rect)
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            if abs(ay - by) <= _STRAIGHT and abs(ax - bx) > _SHORT:
                self._content.across.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) <= _STRAIGHT and abs(ay - by) > _SHORT:
                self._content.down.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _around(points: list[Point]) -> Rect:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _is_box(points: list[Point]) -> bool:
    """Whether the path is a straight line or an upright rectangle."""
    return len(points) <= 6 and all(
        abs(ax - bx) <= _STRAIGHT or abs(ay - by) <= _STRAIGHT for (ax, ay), (bx, by) in itertools.pairwise(points)
    )
