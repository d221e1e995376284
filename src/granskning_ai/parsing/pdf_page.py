"""What stands on a PDF page: words with their boxes and style, ruling lines, filled areas and pictures.

All coordinates are points with the origin at the top left of the page as it is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

Colour = tuple[int, int, int]

ASCENT, DESCENT = 0.78, 0.22
"""How far a line of text reaches above and below its baseline, as shares of the type size."""

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Style:
    """How a word is set."""

    font: str
    size: float
    bold: bool
    italic: bool
    colour: Colour | None


@dataclass(slots=True)
class Word:
    """A run of characters without white space, set in one style.

    `spaced` tells that white space stands before it in the file; `mcid` is the id of its marked content, which
    the tag tree refers to; `artifact` that the file itself declares it decoration. `turned` is the direction of
    the text in degrees (0 is upright), `z` its place in the order of painting, `mode` the render mode. `tied`
    tells that the space before it is a character of the file, not a gap; `drawn` that it is a shape, not type;
    `confidence` how surely it was read from a picture.
    """

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    style: Style
    spaced: bool
    order: int
    mcid: int | None = None
    artifact: bool = False
    in_form: bool = False
    turned: int = 0
    z: int = 0
    mode: int = 0
    tied: bool = False
    drawn: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """The rectangle's width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """The rectangle's height."""
        return self.y1 - self.y0

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether the point lies in the rectangle."""
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack

    def overlaps(self, other: Rect) -> bool:
        """Whether the two rectangles share an area."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area. `colour` is None where it is not known; `z` is its place in the order of painting."""

    rect: Rect
    colour: Colour | None
    z: int
    exact: bool = True
    """The area is the rectangle, not something round within it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: `at` is its y (horizontal) or x (vertical), `start` and `end` its ends."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """Everything that stands on one page. `turn` is how far the content was turned to be upright, in degrees."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    curves: list[Rect] = field(default_factory=list)
    dots: list[Rect] = field(default_factory=list)
    """Small drawn shapes, such as the bullets of a browser."""
    hidden: list[str] = field(default_factory=list)
    turn: int = 0
    slant: float = 0.0
    """How far the lines of a scanned page went down to the right before they were made level, in degrees."""
    unknown_glyphs: int = 0

    def shown(self, rect: Rect) -> Rect:
        """`rect` as it lies on the page that a reader sees, where the content had to be turned or made level."""
        rect = self._slanted(rect) if self.slant else rect
        if self.turn == 90:
            return Rect(rect.y0, self.width - rect.x1, rect.y1, self.width - rect.x0)
        if self.turn == 270:
            return Rect(self.height - rect.y1, rect.x0, self.height - rect.y0, rect.x1)
        if self.turn == 180:
            return Rect(self.width - rect.x1, self.height - rect.y1, self.width - rect.x0, self.height - rect.y0)
        return rect

    def _slanted(self, rect: Rect) -> Rect:
        dx, dy = (rect.x0 + rect.x1 - self.width) / 2, (rect.y0 + rect.y1 - self.height) / 2
        sine, cosine = math.sin(math.radians(self.slant)), math.cos(math.radians(self.slant))
        x, y = dx * cosine - dy * sine + self.width / 2, dy * cosine + dx * sine + self.height / 2
        return Rect(x - rect.width / 2, y - rect.height / 2, x + rect.width / 2, y + rect.height / 2)
