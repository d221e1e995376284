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

_DARK = 140
"""What is darker than this is ink, once the paper is white."""
_WHITE = 250.0
_CELL, _BLOCK = 8, 5
"""The paper's shade is read in blocks of so many cells of so many dots on each side."""
_LEAST_PAPER = 0.6
"""The paper is nowhere darker than this share of its usual shade: what is darker is printed."""
_MAX_SLANT = 6.0
_LEAST_SLANT = 0.08
_SLANT_COLUMNS, _SLANT_DOTS = 300, 200
"""The slant is told from so many columns of the picture, and from no fewer dots of ink."""
_RULE_LENGTH = 24.0
_RULE_PIECE = 14.0
_RULE_THICKNESS = 3.5
"""Lengths in points: the shortest ruling line, the shortest unbroken piece of one, and the thickest line."""
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
        self.pixels: Pixels = _turned(white, self.slant) if self.slant else white

    @cached_property
    def ink(self) -> Mask:
        """Where there is ink."""
        return self.pixels < _DARK

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
        return [
            Rect(box.x0 / scale, box.y0 / scale, box.x1 / scale, box.y1 / scale) for box in _dark_blocks(self.ink)
        ]

    def rules(self) -> tuple[list[Rule], list[Rule]]:
        """The ruling lines across and down the page, in points."""
        ink, scale = self.ink.copy(), self.dots_per_point
        for block in self.blocks:
            ink[int(block.y0 * scale) : int(block.y1 * scale) + 1, int(block.x0 * scale) : int(block.x1 * scale) + 1] = 0
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
        """How thick the strokes of the letters in the box are, on average."""
        ink = self._cut(box)
        area = float(ink.sum())
        if not area:
            return 0.0
        edge = (ink[:, 1:] != ink[:, :-1]).sum() + (ink[1:] != ink[:-1]).sum()
        return 2 * area / max(1.0, float(edge)) * math.pi / 4

    def has_dot(self, box: Rect, size: float) -> bool:
        """Whether what is printed in the box is a bullet: one small, compact, filled shape. `size` is that of the type."""
        ink = self._cut(box)
        ys, xs = ink.any(axis=1).nonzero()[0], ink.any(axis=0).nonzero()[0]
        if not len(ys):
            return False
        height, width = ys[-1] - ys[0] + 1, xs[-1] - xs[0] + 1
        filled = float(ink.sum()) / float(height * width)
        return 0.12 * size <= max(height, width) <= 0.6 * size and 0.6 <= width / height <= 1.7 and filled >= 0.68

    def _cut(self, box: Rect) -> Mask:
        rows, columns = self.ink.shape
        y0, y1 = max(0, math.floor(box.y0)), min(rows, math.ceil(box.y1))
        x0, x1 = max(0, math.floor(box.x0)), min(columns, math.ceil(box.x1))
        return self.ink[y0:y1, x0:x1]


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
    return np.clip(raw * (_WHITE / np.maximum(whole, 1.0)), 0, 255).astype(np.uint8)


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


def _turned(pixels: Pixels, angle: float) -> Pixels:
    import numpy as np
    from PIL import Image

    picture = Image.fromarray(pixels)
    return np.asarray(picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255))


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
    import numpy as np

    # A line that is a little off level goes from row to row; three rows together hold it.
    band = ink.copy()
    band[1:] |= ink[:-1]
    band[:-1] |= ink[1:]
    edges = np.diff(np.pad(band, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = (edges == 1).nonzero()
    ends = (edges == -1).nonzero()[1]
    long = (ends - starts) >= least
    done: list[list[int]] = []
    current: list[list[int]] = []
    for row, start, end in zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True):
        still = []
        for stretch in current:
            (still if stretch[1] >= row - 1 else done).append(stretch)
        current = still
        for stretch in current:
            if start < stretch[3] and stretch[2] < end:
                stretch[1], stretch[2], stretch[3] = row, min(stretch[2], start), max(stretch[3], end)
                break
        else:
            current.append([row, row, start, end])
    # The band is one row thicker on each side than the line itself.
    return [(top + 1, max(top + 1, bottom - 1), start, end) for top, bottom, start, end in [*done, *current]]
