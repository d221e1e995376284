"""Printed pages: a PDF page that shows a spread is two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from granskning_ai.parsing.pdf_grid import Grid, ruled_grids
from granskning_ai.parsing.pdf_lines import Line, lines_of
from granskning_ai.parsing.pdf_page import Fill, PageContent, Rect, Rule

_SPREAD_RATIO = 1.2
_SPREAD_WIDTH = 800.0
"""A PDF page on its side that is wider than this may be a spread: A4 landscape (842) is, if its middle is free."""


@dataclass(slots=True)
class Sheet:
    """One printed page: its lines, and the rules, fills and pictures that lie on it."""

    content: PageContent
    index: int
    area: Rect
    lines: list[Line]
    across: list[Rule]
    down: list[Rule]
    fills: list[Fill]
    pictures: list[Rect]
    grids: list[Grid] = field(default_factory=list)
    """The ruled tables; what stands in them is in `lines` as well until `take_tables`."""
    furniture: list[Line] = field(default_factory=list)
    """Running headers and footers, taken out of `lines`."""
    margin: list[Line] = field(default_factory=list)
    """What stands small and alone at the very edge of this one page."""

    @property
    def page(self) -> int:
        """The number of the PDF page."""
        return self.content.number

    def grid_at(self, line: Line) -> Grid | None:
        """The table that the line stands in."""
        x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
        return next((grid for grid in self.grids if grid.area.holds(x, y)), None)

    def take_tables(self) -> None:
        """Leaves in `lines` only what stands outside the tables."""
        self.lines = [line for line in self.lines if self.grid_at(line) is None]

    @property
    def word_count(self) -> int:
        """How many words the sheet has, running headers and footers aside."""
        return sum(len(line.words) for line in self.lines)


def sheets_of(pages: Iterable[PageContent]) -> list[Sheet]:
    """The printed pages of a file in order."""
    sheets: list[Sheet] = []
    read = [(page, lines_of((word for word in page.words if not word.artifact), page.number)) for page in pages]
    spreads = _spreads(read)
    for content, lines in read:
        for area in _halves(content) if content.number in spreads else [_whole(content)]:
            sheets.append(_sheet(content, len(sheets), area, lines))
    _drop_weak(sheets)
    return sheets


def _drop_weak(sheets: Sequence[Sheet]) -> None:
    """Keeps a box of two cells as a table only where it goes on from or to a table on the next page."""
    for index, sheet in enumerate(sheets):
        before = sheets[index - 1].grids[-1:] if index else []
        after = sheets[index + 1].grids[:1] if index + 1 < len(sheets) else []
        kept = []
        for grid in sheet.grids:
            joins = (grid is sheet.grids[0] and any(_alike(grid, other) for other in before)) or (
                grid is sheet.grids[-1] and any(_alike(grid, other) for other in after)
            )
            if not grid.weak or joins:
                kept.append(grid)
        sheet.grids = kept


def _alike(a: Grid, b: Grid) -> bool:
    return len(a.edges) == len(b.edges) and all(abs(x - y) < 4 for x, y in zip(a.edges, b.edges, strict=True))


def body_size(sheets: Iterable[Sheet]) -> float:
    """The type size that most of the text is set in."""
    letters: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            letters[line.size] += len(line.text)
    return max(letters, key=lambda size: (letters[size], -size)) if letters else 10.0


def _whole(content: PageContent) -> Rect:
    return Rect(0.0, 0.0, content.width, content.height)


def _halves(content: PageContent) -> list[Rect]:
    middle = content.width / 2
    return [Rect(0.0, 0.0, middle, content.height), Rect(middle, 0.0, content.width, content.height)]


def _spreads(pages: Sequence[tuple[PageContent, list[Line]]]) -> set[int]:
    """The pages that show two printed pages side by side, as most pages of their size do."""
    wide = [(page, lines) for page, lines in pages if page.width >= max(_SPREAD_RATIO * page.height, _SPREAD_WIDTH)]
    free = {page.number for page, lines in wide if _has_free_middle(page, lines)}
    return {
        page.number
        for page, _ in wide
        if page.number in free
        and 2 * sum(other.number in free for other, _ in wide if abs(other.width - page.width) < 2)
        >= sum(bool(lines) for other, lines in wide if abs(other.width - page.width) < 2)
    }


def _has_free_middle(content: PageContent, lines: Sequence[Line]) -> bool:
    middle = content.width / 2
    crossed = any(line.x0 < middle - 2 and line.x1 > middle + 2 for line in lines)
    ruled = any(rule.start < middle - 5 and rule.end > middle + 5 for rule in content.across)
    left = sum(line.x1 <= middle + 2 for line in lines)
    right = sum(line.x0 >= middle - 2 for line in lines)
    return not crossed and not ruled and min(left, right) >= 3


def _sheet(content: PageContent, index: int, area: Rect, lines: list[Line]) -> Sheet:
    def inside(x: float) -> bool:
        return area.x0 <= x < area.x1 or (area.x0 == 0 and x < 0) or (area.x1 == content.width and x >= area.x1)

    sheet = Sheet(
        content=content,
        index=index,
        area=area,
        lines=[line for line in lines if inside((line.x0 + line.x1) / 2)],
        across=[rule for rule in content.across if inside((rule.start + rule.end) / 2)],
        down=[rule for rule in content.down if inside(rule.at)],
        fills=[fill for fill in content.fills if inside((fill.rect.x0 + fill.rect.x1) / 2)],
        pictures=[rect for rect in content.pictures if inside((rect.x0 + rect.x1) / 2)],
    )
    words = [word for line in sheet.lines for word in line.words]
    sheet.grids = ruled_grids(words, sheet.across, sheet.down, sheet.fills, area, content.number)
    return sheet
