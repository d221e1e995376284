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
_BLOCK = 32
_LEAST_PAPER = 0.6
"""The paper is nowhere darker than this share of its usual shade: what is darker is printed."""
_MAX_SLANT = 6.0
_LEAST_SLANT = 0.08
_SLANT_DOTS = 150_000
_RULE_LENGTH = 24.0
_RULE_PIECE = 14.0
_RULE_THICKNESS = 3.5
"""Lengths in points: the shortest ruling line, the shortest unbroken piece of one, and the thickest line."""
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

    def rules(self) -> tuple[list[Rule], list[Rule]]:
        """The ruling lines across and down the page, in points."""
        return self._rules(self.ink), self._rules(self.ink.T)

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
    high, wide = max(1, rows // _BLOCK), max(1, columns // _BLOCK)
    if rows < _BLOCK or columns < _BLOCK:
        return raw
    blocks = raw[: high * _BLOCK, : wide * _BLOCK].reshape(high, _BLOCK, wide, _BLOCK)
    # Not the lightest dot, which may be a speck, but what most of the paper in the block is at least as light as.
    ground = np.percentile(blocks[:, ::4, :, ::4], 80, axis=(1, 3))
    ground = np.maximum(ground, _LEAST_PAPER * np.median(ground))
    whole = np.asarray(Image.fromarray(ground.astype(np.float32)).resize((columns, rows), Image.Resampling.BILINEAR))
    return np.clip(raw * (250.0 / np.maximum(whole, 1.0)), 0, 255).astype(np.uint8)


def _slant_of(ink: Mask) -> float:
    """By how many degrees the lines of text go down to the right. Level lines have the sharpest profile."""
    import numpy as np

    step = max(1, ink.shape[0] // 1000)
    ys, xs = (part.astype(np.float32) for part in ink[::step, ::step].nonzero())
    if len(ys) < 100:
        return 0.0
    every = max(1, len(ys) // _SLANT_DOTS)
    ys, xs = ys[::every], xs[::every]

    def sharpness(angle: float) -> float:
        profile = np.bincount((ys - xs * math.tan(math.radians(angle)) + 1.2 * ink.shape[1] / step).astype(np.int32))
        steps = np.diff(profile.astype(np.float64))
        return float((steps * steps).sum())

    best = max((angle / 4 for angle in range(int(-4 * _MAX_SLANT), int(4 * _MAX_SLANT) + 1)), key=sharpness)
    best = max((best + part / 40 for part in range(-10, 11)), key=sharpness)
    if abs(best) < _LEAST_SLANT or sharpness(best) < 1.05 * sharpness(0.0):
        return 0.0
    return round(best, 3)


def _turned(pixels: Pixels, angle: float) -> Pixels:
    import numpy as np
    from PIL import Image

    picture = Image.fromarray(pixels)
    return np.asarray(picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255))


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
