"""Finds ruled tables: ruling lines that meet make cells, and lines that are missing between two cells merge them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from granskning_ai.parsing.pdf_lines import Line, lines_of
from granskning_ai.parsing.pdf_page import Colour, Fill, Rect, Rule, Word

_NEAR = 3.0
"""Lines no further apart than this are the same line."""
_COVERED = 0.6
_MAX_RULES = 1_500
_MAX_CELLS = 20_000
_MAX_AREA = 0.85
"""A filled area that covers more of the page than this is its background."""

Place = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """A table: `cells[row][column]` holds the lines of each cell; `spans` where a merged cell begins.

    `edges` are the x of the column borders. `heading_fill` tells for each row the colour behind its first cell.
    """

    area: Rect
    page: int
    edges: list[float]
    cells: list[list[list[Line]]]
    spans: dict[Place, Place] = field(default_factory=dict)
    row_fills: list[Colour | None] = field(default_factory=list)
    row_pages: list[int] = field(default_factory=list)
    areas: list[tuple[int, Rect]] = field(default_factory=list)
    weak: bool = False
    """One column of two cells only: a table if it goes on from or to another page, else a box of text."""

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.edges) - 1


def ruled_grids(
    words: list[Word], across: list[Rule], down: list[Rule], fills: list[Fill], area: Rect, page: int
) -> list[Grid]:
    """The ruled tables on a page, top to bottom. A box that holds one cell only is no table."""
    shades = [fill for fill in fills if _is_shade(fill, area)]
    rows = _merged([*across, *(rule for fill in shades for rule in _across_edges(fill.rect))])
    columns = _merged([*down, *(rule for fill in shades for rule in _down_edges(fill.rect))])
    if not rows or not columns or len(rows) > _MAX_RULES or len(columns) > _MAX_RULES:
        return []
    grids = []
    for own_rows, own_columns in _components(rows, columns):
        grid = _grid(own_rows, own_columns, words, shades, page)
        if grid:
            grids.append(grid)
    grids.sort(key=lambda grid: (grid.area.y0, grid.area.x0))
    return [grid for grid in grids if not any(_within(grid.area, other.area) for other in grids if other is not grid)]


def _is_shade(fill: Fill, area: Rect) -> bool:
    size = fill.rect.width * fill.rect.height
    return fill.exact and fill.colour is not None and size < _MAX_AREA * area.width * area.height


def _across_edges(rect: Rect) -> list[Rule]:
    return [Rule(rect.y0, rect.x0, rect.x1), Rule(rect.y1, rect.x0, rect.x1)]


def _down_edges(rect: Rect) -> list[Rule]:
    return [Rule(rect.x0, rect.y0, rect.y1), Rule(rect.x1, rect.y0, rect.y1)]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch, as one rule."""
    tracks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.at, rule.start)):
        if tracks and rule.at - tracks[-1][-1].at <= _NEAR / 2 and rule.at - tracks[-1][0].at <= _NEAR:
            tracks[-1].append(rule)
        else:
            tracks.append([rule])
    merged: list[Rule] = []
    for track in tracks:
        at = sum(rule.at for rule in track) / len(track)
        track.sort(key=lambda rule: rule.start)
        start, end = track[0].start, track[0].end
        for rule in track[1:]:
            if rule.start > end + _NEAR:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        merged.append(Rule(at, start, end))
    return merged


def _components(rows: list[Rule], columns: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that meet."""
    parent = list(range(len(rows) + len(columns)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            meets = row.start - _NEAR <= column.at <= row.end + _NEAR
            if meets and column.start - _NEAR <= row.at <= column.end + _NEAR:
                parent[root(i)] = root(len(rows) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(columns):
        groups.setdefault(root(len(rows) + j), ([], []))[1].append(column)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 1]


def _grid(rows: list[Rule], columns: list[Rule], words: list[Word], shades: list[Fill], page: int) -> Grid | None:
    xs = _positions([c.at for c in columns] + [min(r.start for r in rows), max(r.end for r in rows)])
    ys = _positions([r.at for r in rows] + [min(c.start for c in columns), max(c.end for c in columns)])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MAX_CELLS:
        return None
    area = Rect(xs[0], ys[0], xs[-1], ys[-1])
    own = [word for word in words if area.holds(*_centre(word))]
    if not own:
        return None
    height, width = len(ys) - 1, len(xs) - 1
    root = _merge_cells(rows, columns, xs, ys)
    texts: dict[Place, list[Word]] = {}
    for word in own:
        x, y = _centre(word)
        place = (_index(ys, y), _index(xs, x))
        texts.setdefault(root(place), []).append(word)
    cells: list[list[list[Line]]] = [[[] for _ in range(width)] for _ in range(height)]
    spans: dict[Place, Place] = {}
    for i in range(height):
        for j in range(width):
            origin = root((i, j))
            if origin == (i, j):
                cells[i][j] = lines_of(texts.get(origin, []), page)
            else:
                spans[i, j] = origin
    grid = Grid(area, page, xs, cells, spans, [_shade_at(shades, xs, ys, i) for i in range(height)])
    grid.row_pages = [page] * height
    grid.areas = [(page, area)]
    tidy(grid)
    return grid if _is_table(grid) else None


def _positions(values: list[float]) -> list[float]:
    """Sorted values, those that are the same line only once."""
    kept: list[list[float]] = []
    for value in sorted(values):
        if kept and value - kept[-1][0] <= _NEAR + 1:
            kept[-1].append(value)
        else:
            kept.append([value])
    return [sum(group) / len(group) for group in kept]


def _centre(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2


def _index(edges: list[float], value: float) -> int:
    for index in range(len(edges) - 2):
        if value < edges[index + 1]:
            return index
    return len(edges) - 2


def _merge_cells(rows: list[Rule], columns: list[Rule], xs: list[float], ys: list[float]) -> Callable[[Place], Place]:
    """A function from a cell to the first cell of the merged cell that it belongs to."""
    parent: dict[Place, Place] = {(i, j): (i, j) for i in range(len(ys) - 1) for j in range(len(xs) - 1)}

    def root(place: Place) -> Place:
        while parent[place] != place:
            place = parent[place]
        return place

    down = [[rule for rule in columns if abs(rule.at - x) <= _NEAR + 1] for x in xs]
    across = [[rule for rule in rows if abs(rule.at - y) <= _NEAR + 1] for y in ys]
    for i, j in list(parent):
        if j + 2 < len(xs) and not _is_ruled(down[j + 1], ys[i], ys[i + 1]):
            _join(parent, root((i, j)), root((i, j + 1)))
        if i + 2 < len(ys) and not _is_ruled(across[i + 1], xs[j], xs[j + 1]):
            _join(parent, root((i, j)), root((i + 1, j)))
    return _made_square(parent, root)


def _join(parent: dict[Place, Place], a: Place, b: Place) -> None:
    if a != b:
        parent[max(a, b)] = min(a, b)


def _made_square(parent: dict[Place, Place], root: Callable[[Place], Place]) -> Callable[[Place], Place]:
    """Merged cells are rectangles: where the lines leave another shape, its cells stay apart."""
    groups: dict[Place, list[Place]] = {}
    for place in parent:
        groups.setdefault(root(place), []).append(place)
    for members in groups.values():
        height = max(i for i, _ in members) - min(i for i, _ in members) + 1
        width = max(j for _, j in members) - min(j for _, j in members) + 1
        first = min(members)
        for place in members:
            parent[place] = first if height * width == len(members) else place
    return lambda place: parent[place]


def _is_ruled(rules: list[Rule], start: float, end: float) -> bool:
    """Whether the rules, which lie on one line, cover most of the way from `start` to `end`."""
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= _COVERED * (end - start)


def _shade_at(shades: list[Fill], xs: list[float], ys: list[float], row: int) -> Colour | None:
    x, y = (xs[0] + xs[1]) / 2, (ys[row] + ys[row + 1]) / 2
    under = [fill for fill in shades if fill.rect.holds(x, y)]
    return under[-1].colour if under else None


def tidy(grid: Grid) -> None:
    """Drops rows and columns without text of their own, and parts a band of column heads that has no lines."""
    _part_bands(grid)
    keep_rows = [i for i in range(len(grid.cells)) if any(grid.cells[i])]
    keep_columns = [j for j in range(grid.width) if any(row[j] for row in grid.cells) or _is_empty_head(grid, j)]
    if len(keep_rows) < len(grid.cells) or len(keep_columns) < grid.width:
        _select(grid, keep_rows, keep_columns)


def drop_empty_rows(grid: Grid) -> None:
    """Drops the rows that hold no text."""
    rows = [i for i in range(len(grid.cells)) if any(grid.cells[i])]
    if rows and len(rows) < len(grid.cells):
        _select(grid, rows, list(range(grid.width)))


def _is_empty_head(grid: Grid, column: int) -> bool:
    return (
        all((i, column) not in grid.spans for i in range(len(grid.cells)))
        and grid.edges[column + 1] - grid.edges[column] > 20
    )


def _select(grid: Grid, rows: list[int], columns: list[int]) -> None:
    new_row, new_column = {old: new for new, old in enumerate(rows)}, {old: new for new, old in enumerate(columns)}
    spans: dict[Place, Place] = {}
    for (i, j), origin in grid.spans.items():
        if i in new_row and j in new_column:
            first = min(
                (new_row[a], new_column[b])
                for a in rows
                for b in columns
                if (a, b) == origin or grid.spans.get((a, b)) == origin
            )
            if first != (new_row[i], new_column[j]):
                spans[new_row[i], new_column[j]] = first
    grid.cells = [[grid.cells[i][j] for j in columns] for i in rows]
    grid.row_fills = [grid.row_fills[i] for i in rows]
    grid.row_pages = [grid.row_pages[i] for i in rows]
    grid.edges = [grid.edges[j] for j in columns] + [grid.edges[-1]]
    grid.spans = spans


def rows_of(grid: Grid, start: int, end: int) -> Grid:
    """The rows from `start` to `end` as a table of their own."""
    spans: dict[Place, Place] = {}
    for (i, j), (a, b) in grid.spans.items():
        if start <= i < end:
            first = (max(a, start) - start, b)
            if first != (i - start, j):
                spans[i - start, j] = first
    lines = [line for row in grid.cells[start:end] for lines in row for line in lines]
    top, bottom = min(line.y0 for line in lines), max(line.y1 for line in lines)
    area = Rect(grid.area.x0, top, grid.area.x1, bottom)
    return Grid(
        area,
        grid.page,
        list(grid.edges),
        grid.cells[start:end],
        spans,
        grid.row_fills[start:end],
        grid.row_pages[start:end],
        [(grid.page, area)],
    )


def _part_bands(grid: Grid) -> None:
    """Parts a cell merged over columns whose words keep to the columns: a band of heads or a row without lines."""
    for origin in sorted(set(grid.spans.values())):
        members = [place for place, first in grid.spans.items() if first == origin]
        if any(i != origin[0] for i, _ in members):
            continue
        words = [word for line in grid.cells[origin[0]][origin[1]] for word in line.words]
        columns = sorted({origin[1], *(j for _, j in members)})
        homes = [_home(word, grid.edges, columns) for word in words]
        if None in homes or len(set(homes)) < 2 or _crosses_edge(words, homes):
            continue
        for place in members:
            del grid.spans[place]
        for j in columns:
            own = [word for word, home in zip(words, homes, strict=True) if home == j]
            grid.cells[origin[0]][j] = lines_of(own, grid.page)


def _home(word: Word, edges: list[float], columns: list[int]) -> int | None:
    for j in columns:
        if edges[j] - _NEAR <= word.x0 and word.x1 <= edges[j + 1] + _NEAR:
            return j
    return None


def _crosses_edge(words: list[Word], homes: list[int | None]) -> bool:
    """Whether text runs on from one column to the next with no more than a word space between."""
    for i, word in enumerate(words):
        for other, home in zip(words, homes, strict=True):
            same_line = abs(word.base - other.base) < 0.3 * word.style.size
            if same_line and homes[i] != home and 0 <= other.x0 - word.x1 < 0.42 * word.style.size:
                return True
    return False


def _is_table(grid: Grid) -> bool:
    height, width = len(grid.cells), grid.width
    if height == 0 or width == 0 or not any(lines for row in grid.cells for lines in row):
        return False
    filled = sum(bool(lines) for row in grid.cells for lines in row)
    if width == 1:
        grid.weak = filled < 3
        return filled >= 2
    return filled >= 2


def _within(inner: Rect, outer: Rect) -> bool:
    return (
        outer.x0 - _NEAR <= inner.x0
        and outer.y0 - _NEAR <= inner.y0
        and inner.x1 <= outer.x1 + _NEAR
        and inner.y1 <= outer.y1 + _NEAR
        and (outer.width * outer.height) > (inner.width * inner.height)
    )
