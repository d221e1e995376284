"""The lines, filled areas and pictures of a PDF page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from granskning_ai.parsing.pdf_page import Colour, Fill, PageContent, Rect, Rule

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THIN = 3.0
"""A filled area no thicker than this is a line."""
_SHORT = 5.0
_STRAIGHT = 0.6
_MAX_SEGMENTS = 4_000
_MAX_SUBPATHS = 40_000


class PathReader:
    """Adds what is drawn to a page's content."""

    def __init__(self, raw: Any, content: PageContent, place: Callable[[float, float], Point]) -> None:
        self._raw, self._content, self._place = raw, content, place
        self._matrices: list[Matrix] = [_IDENTITY]
        self._subpaths = 0

    @contextmanager
    def inside(self, form: Any) -> Iterator[None]:
        """What is read meanwhile stands in `form`, whose matrix moves it."""
        self._matrices.append(_times(self._matrix(form), self._matrices[-1]))
        try:
            yield
        finally:
            self._matrices.pop()

    def read(self, item: Any, kind: int, z: int) -> None:
        """Reads a path, picture or shading."""
        raw = self._raw
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._read_path(item, z)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            rect = self._bounds(item)
            if rect and kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._content.pictures.append(rect)
            if rect:
                self._content.fills.append(Fill(rect, None, z, exact=False))

    def _matrix(self, item: Any) -> Matrix:
        matrix = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(item, matrix):
            return _IDENTITY
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _bounds(self, item: Any) -> Rect | None:
        box = [ctypes.c_float() for _ in range(4)]
        if not self._raw.FPDFPageObj_GetBounds(item, *box):
            return None
        left, bottom, right, top = (value.value for value in box)
        outer = self._matrices[-1]
        return _around([self._place(*_apply(outer, x, y)) for x, y in ((left, bottom), (right, top), (left, top))])

    def _read_path(self, item: Any, z: int) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self._raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        count = self._raw.FPDFPath_CountSegments(item)
        if count > _MAX_SEGMENTS or self._subpaths > _MAX_SUBPATHS:
            rect = self._bounds(item)
            if rect:
                self._content.curves.append(rect)
            return
        colour, opaque = self._fill_colour(item)
        for points, curved in self._subpaths_of(item, count):
            self._subpaths += 1
            rect = _around(points)
            if curved or not _is_box(points):
                self._content.curves.append(rect)
            if fill.value:
                self._add_fill(rect, colour if opaque else None, z, exact=not curved and _is_box(points))
            if stroke.value:
                self._add_edges(points)

    def _subpaths_of(self, item: Any, count: int) -> Iterator[tuple[list[Point], bool]]:
        raw = self._raw
        matrix = _times(self._matrix(item), self._matrices[-1])
        points: list[Point] = []
        curved = False
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, curved
                points, curved = [], False
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._place(*_apply(matrix, x.value, y.value)))
            if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
                points.append(points[0])
        if len(points) > 1:
            yield points, curved

    def _fill_colour(self, item: Any) -> tuple[Colour | None, bool]:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not self._raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
            return None, False
        see_through = alpha.value < 250 or self._raw.FPDFPageObj_HasTransparency(item)
        return (red.value, green.value, blue.value), not see_through

    def _add_fill(self, rect: Rect, colour: Colour | None, z: int, *, exact: bool) -> None:
        if rect.height <= _THIN and rect.width > max(_SHORT, rect.height):
            self._content.across.append(Rule((rect.y0 + rect.y1) / 2, rect.x0, rect.x1))
        elif rect.width <= _THIN and rect.height > max(_SHORT, rect.width):
            self._content.down.append(Rule((rect.x0 + rect.x1) / 2, rect.y0, rect.y1))
        elif rect.width > _THIN and rect.height > _THIN:
            self._content.fills.append(Fill(rect, colour, z, exact))

    def _add_edges(self, points: list[Point]) -> None:
        for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
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
        abs(ax - bx) <= _STRAIGHT or abs(ay - by) <= _STRAIGHT
        for (ax, ay), (bx, by) in zip(points, points[1:], strict=False)
    )
