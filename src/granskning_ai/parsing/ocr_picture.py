"""The picture of a page made ready for reading, and what can be measured in it: slant, ruling lines, bullets, boldness.

Works with greyscale arrays (0 is black, 255 white). numpy and Pillow are imported late: most files need neither.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from granskning_ai.parsing.pdf_page import Rect, Rule

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, np.dtype[np.uint8]]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]
    Numbers = np.ndarray[Any, np.dtype[np.int64]]

_DARK, _GREY = 140, 195
"""What is darker than this is ink, and what is darker than this is printed, once the paper is white."""
_WHITE = 250.0
_CELL, _BLOCK = 8, 5
"""The paper's shade is read in blocks of so many cells of so many dots on each side."""
_LEAST_PAPER = 0.6
"""The paper is nowhere darker than this share of its usual shade: what is darker is printed."""
_MAX_SLANT = 6.0
_LEAST_SLANT = 0.08
_READABLE_SLANT = 1.0
"""Tesseract reads a page that slants by no more degrees than this as it is."""
_SLANT_COLUMNS, _SLANT_DOTS = 300, 200
"""The slant is told from so many columns of the picture, and from no fewer dots of ink."""
_RULE_LENGTH = 24.0
_RULE_PIECE = 14.0
_RULE_THICKNESS = 3.5
"""Lengths in points: the shortest ruling line, the shortest unbroken piece of one, and the thickest line."""
_DOT_SIZE, _DOT_APART, _DOT_ALONE = (2.2, 9.0), 2.4, 1.4
"""Sizes of bullets and how far they stand from other text, in points; and their distance from letters to the left,
above and below as a share of their size. The dots of 'i' and 'ö' in a title are as large, but stand over a letter."""
_DOT_FILLED, _DOT_SPECKS = 0.66, 6
_TILE, _TILES, _SOLID = 24, 6, 0.6
"""A dark area covers so many tiles of so many dots on each side, each of them for the most part."""
_BLANK = 0.0004
"""A page with less ink than this share of its area is blank but for specks."""
_MARGIN = 0.015


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """A rendered page: rows of grey bytes, and the size of the page in points."""

    number: int
    width: float
    height: float
    columns: int
    rows: int
    pixels: bytes


class Scan:
    """A page's picture with white paper and level lines. Rectangles are in pixels unless said otherwise."""

    def __init__(self, picture: PagePicture) -> None:
        import numpy as np

        raw = np.frombuffer(picture.pixels, dtype=np.uint8).reshape(picture.rows, picture.columns)
        self.dots_per_point = picture.columns / picture.width
        white = _with_white_paper(raw)
        self.slant = _slant_of(white < _DARK)
        self._is_level = abs(self.slant) > _READABLE_SLANT
        level = _turned(white, self.slant, sharp=self._is_level) if self.slant else white
        self.ink: Mask = level < _DARK
        """Where there is ink, on the level page."""
        self.grey: Mask = level < _GREY
        """Where there is anything at all: ruling lines are often grey."""
        readable = level if self._is_level else white
        dots = _dots(readable < _DARK, self.dots_per_point)
        self.pixels: Pixels = _without(dots, readable)
        """The picture to read: turning blurs the letters a little, and a small slant does no harm. Bullets are left
        out, which Tesseract takes for letters."""
        self.bullets = [self.level(dot) for dot in dots]
        """Small, compact, filled shapes that stand alone."""

    def level(self, box: Rect) -> Rect:
        """Where a box of `pixels` lies on the level page."""
        if self._is_level or not self.slant:
            return box
        x, y = self.level_point((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        wide, high = box.width / 2, box.height / 2
        return self._fitted(Rect(x - wide, y - high, x + wide, y + high))

    def level_point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of `pixels` lies on the level page."""
        if self._is_level or not self.slant:
            return x, y
        rows, columns = self.ink.shape
        dx, dy = x - columns / 2, y - rows / 2
        sine, cosine = math.sin(math.radians(self.slant)), math.cos(math.radians(self.slant))
        return dx * cosine + dy * sine + columns / 2, dy * cosine - dx * sine + rows / 2

    def _fitted(self, box: Rect) -> Rect:
        """The box with the height of the word in it: boxes are too high around slanted words, and cut others short."""
        slack = 0.4 * box.height
        # Thin strokes are grey.
        cut = self._cut(Rect(box.x0, box.y0 - slack, box.x1, box.y1 + slack), self.grey)
        ink = [bool(row.any()) for row in cut]
        top = max(0, math.floor(box.y0 - slack))
        middle = round(box.y0 + box.height / 2) - top
        if not 0 <= middle < len(ink) or not ink[middle] or all(ink):
            return box
        first = last = middle
        while first > 0 and ink[first - 1]:
            first -= 1
        while last + 1 < len(ink) and ink[last + 1]:
            last += 1
        return Rect(box.x0, top + first, box.x1, top + last + 1)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on the page; shadows along the edges of the glass do not count."""
        rows, columns = self.ink.shape
        y, x = int(rows * _MARGIN), int(columns * _MARGIN)
        return float(self.ink[y : rows - y, x : columns - x].mean()) < _BLANK

    @cached_property
    def blocks(self) -> list[Rect]:
        """The areas that are printed dark all over, such as a row of column heads, in points."""
        scale = self.dots_per_point
        return [Rect(box.x0 / scale, box.y0 / scale, box.x1 / scale, box.y1 / scale) for box in _dark_blocks(self.ink)]

    def rules(self) -> tuple[list[Rule], list[Rule]]:
        """The ruling lines across and down the page, in points."""
        ink, scale = self.grey.copy(), self.dots_per_point
        for block in self.blocks:
            ink[
                int(block.y0 * scale) : int(block.y1 * scale) + 1, int(block.x0 * scale) : int(block.x1 * scale) + 1
            ] = 0
        return self._rules(ink), self._rules(ink.T)

    def _rules(self, ink: Mask) -> list[Rule]:
        scale = self.dots_per_point
        rules = []
        for top, bottom, start, end in _long_runs(ink, int(_RULE_PIECE * scale)):
            thick = (bottom - top + 1) / scale
            length = (end - start) / scale
            if thick <= _RULE_THICKNESS and length >= max(_RULE_LENGTH, 6 * thick):
                rules.append(Rule((top + bottom + 1) / 2 / scale, start / scale, end / scale))
        return rules

    def stroke(self, box: Rect) -> float:
        """How thick the strokes of the letters in the box are, on average; 0 for light letters on a dark ground."""
        ink = self._cut(box)
        area = float(ink.sum())
        if not area or area > _SOLID * ink.size:
            return 0.0
        edge = (ink[:, 1:] != ink[:, :-1]).sum() + (ink[1:] != ink[:-1]).sum()
        return 2 * area / max(1.0, float(edge)) * math.pi / 4

    def _cut(self, box: Rect, mask: Mask | None = None) -> Mask:
        mask = self.ink if mask is None else mask
        rows, columns = mask.shape
        y0, y1 = max(0, math.floor(box.y0)), min(rows, math.ceil(box.y1))
        x0, x1 = max(0, math.floor(box.x0)), min(columns, math.ceil(box.x1))
        return mask[y0:y1, x0:x1]


def _with_white_paper(raw: Pixels) -> Pixels:
    """Takes out the shade of the paper and of the light: each part of the page is measured against its own ground."""
    import numpy as np
    from PIL import Image

    rows, columns = raw.shape
    small = np.asarray(Image.fromarray(raw).reduce(_CELL), dtype=np.float32)
    high, wide = small.shape[0] // _BLOCK, small.shape[1] // _BLOCK
    if not high or not wide:
        return raw
    # The lightest cell of each block: a cell is large enough for specks not to count, and small enough to fit
    # between two lines of text.
    blocks = small[: high * _BLOCK, : wide * _BLOCK].reshape(high, _BLOCK, wide, _BLOCK)
    ground = blocks.max(axis=(1, 3))
    ground = np.maximum(ground, _LEAST_PAPER * np.median(ground))
    whole = np.asarray(Image.fromarray(ground).resize((columns, rows), Image.Resampling.BILINEAR))
    white: Pixels = np.clip(raw * (_WHITE / np.maximum(whole, 1.0)), 0, 255).astype(np.uint8)
    return white


def _slant_of(ink: Mask) -> float:
    """By how many degrees the lines of text go down to the right. Level lines have the sharpest profile."""
    import numpy as np

    every = max(1, ink.shape[1] // _SLANT_COLUMNS)
    ys, xs = (part.astype(np.float32) for part in ink[:, ::every].nonzero())
    if len(ys) < _SLANT_DOTS:
        return 0.0
    xs *= every
    spread = ink.shape[1] * math.tan(math.radians(_MAX_SLANT + 1))

    def sharpness(angle: float) -> float:
        steps = np.diff(np.bincount((ys - xs * math.tan(math.radians(angle)) + spread).astype(np.int32) // 2))
        return float((steps.astype(np.float64) ** 2).sum())

    best = max((angle / 4 for angle in range(int(-4 * _MAX_SLANT), int(4 * _MAX_SLANT) + 1)), key=sharpness)
    best = max((best + part / 50 for part in range(-13, 14)), key=sharpness)
    if abs(best) < _LEAST_SLANT or sharpness(best) < 1.05 * sharpness(0.0):
        return 0.0
    return round(best, 3)


def _turned(pixels: Pixels, angle: float, *, sharp: bool) -> Pixels:
    import numpy as np
    from PIL import Image

    picture = Image.fromarray(pixels)
    method = Image.Resampling.BICUBIC if sharp else Image.Resampling.BILINEAR
    return np.asarray(picture.rotate(angle, resample=method, fillcolor=255))


def _without(dots: list[Rect], pixels: Pixels) -> Pixels:
    if not dots:
        return pixels
    cleared = pixels.copy()
    for dot in dots:
        cleared[int(dot.y0) - 2 : int(dot.y1) + 3, int(dot.x0) - 2 : int(dot.x1) + 3] = 255
    return cleared


def _dots(ink: Mask, scale: float) -> list[Rect]:
    """The round or square filled shapes that stand alone and are larger than a full stop: bullets."""
    import numpy as np

    least, most, apart = (int(size * scale) for size in (_DOT_SIZE[0], _DOT_SIZE[1], _DOT_APART))
    rows, starts, ends = _runs(ink)
    alone = (ends - starts >= max(2, least // 2)) & (ends - starts <= most)
    before, after = np.empty_like(starts), np.empty_like(starts)
    before[0:1], after[-1:] = apart, apart
    before[1:] = np.where(rows[1:] == rows[:-1], starts[1:] - ends[:-1], apart)
    after[:-1] = before[1:]
    alone &= (before >= apart) & (after >= apart)
    dots = []
    for top, bottom, start, end in _stacked(rows[alone], starts[alone], ends[alone]):
        wide, high = end - start, bottom - top + 1
        shape = ink[top : bottom + 1, start:end]
        far = round(_DOT_ALONE * max(wide, high))
        around = ink[max(0, top - far) : bottom + 1 + far, max(0, start - far) : end + wide // 2]
        square = 0.75 * wide <= high <= 1.34 * wide and least <= max(wide, high) <= most
        if square and shape.mean() >= _DOT_FILLED and around.sum() <= shape.sum() + _DOT_SPECKS:
            dots.append(Rect(start, top, end, bottom + 1))
    return dots


def _dark_blocks(ink: Mask) -> list[Rect]:
    """The rectangles around areas of ink that are larger than letters and lines."""
    rows, columns = ink.shape[0] // _TILE, ink.shape[1] // _TILE
    tiles = ink[: rows * _TILE, : columns * _TILE].reshape(rows, _TILE, columns, _TILE).mean(axis=(1, 3)) > _SOLID
    left = {(int(row), int(column)) for row, column in zip(*tiles.nonzero(), strict=True)}
    blocks = []
    while left:
        area, edge = set(), [min(left)]
        while edge:
            row, column = edge.pop()
            if (row, column) in left:
                left.remove((row, column))
                area.add((row, column))
                edge += [(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)]
        if len(area) >= _TILES:
            ys, xs = [row for row, _ in area], [column for _, column in area]
            blocks.append(_grown(ink, min(xs) * _TILE, min(ys) * _TILE, (max(xs) + 1) * _TILE, (max(ys) + 1) * _TILE))
    return blocks


def _grown(ink: Mask, x0: int, y0: int, x1: int, y1: int) -> Rect:
    """The rectangle moved outwards to where the ink ends."""
    high, wide = ink.shape
    while y0 > 0 and ink[y0 - 1, x0:x1].mean() > _SOLID:
        y0 -= 1
    while y1 < high and ink[y1, x0:x1].mean() > _SOLID:
        y1 += 1
    while x0 > 0 and ink[y0:y1, x0 - 1].mean() > _SOLID:
        x0 -= 1
    while x1 < wide and ink[y0:y1, x1].mean() > _SOLID:
        x1 += 1
    return Rect(x0, y0, x1, y1)


def _long_runs(ink: Mask, least: int) -> list[tuple[int, int, int, int]]:
    """Stretches of ink along the rows of the mask, at least so long: (first row, last row, start, end).

    Runs on neighbouring rows that overlap are one stretch.
    """
    # A line that is a little off level goes from row to row; three rows together hold it.
    band = ink.copy()
    band[1:] |= ink[:-1]
    band[:-1] |= ink[1:]
    rows, starts, ends = _runs(band)
    long = (ends - starts) >= least
    # The band is one row thicker on each side than the line itself.
    return [
        (top + 1, max(top + 1, bottom - 1), start, end)
        for top, bottom, start, end in _stacked(rows[long], starts[long], ends[long])
    ]


def _runs(ink: Mask) -> tuple[Numbers, Numbers, Numbers]:
    """The stretches of ink along the rows: row, start and end of each."""
    import numpy as np

    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = (edges == 1).nonzero()
    return rows, starts, (edges == -1).nonzero()[1]


def _stacked(rows: Numbers, starts: Numbers, ends: Numbers) -> list[tuple[int, int, int, int]]:
    """Runs on neighbouring rows that overlap put together: (first row, last row, start, end)."""
    done: list[list[int]] = []
    current: list[list[int]] = []
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if current and current[0][1] < row - 1:
            done += [stretch for stretch in current if stretch[1] < row - 1]
            current = [stretch for stretch in current if stretch[1] >= row - 1]
        for stretch in current:
            if start < stretch[3] and stretch[2] < end:
                stretch[1], stretch[2], stretch[3] = row, min(stretch[2], start), max(stretch[3], end)
                break
        else:
            current.append([row, row, start, end])
    return [(top, bottom, start, end) for top, bottom, start, end in [*done, *current]]
