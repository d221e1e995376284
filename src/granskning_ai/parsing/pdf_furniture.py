"""Finds what is not a document's own prose: running headers and footers, page numbers, covers and contents pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from granskning_ai.parsing.pdf_lines import Line
from granskning_ai.parsing.pdf_sheets import Sheet

_ZONE = 0.16
"""How much of the page's height headers and footers may take, at each end."""
_SAME_HEIGHT = 3.0
_OFTEN = 3
_EDGE, _SMALL, _LONELY = 54.0, 0.97, 2.4
_APART = 1.9
"""How many ems stand between furniture and body at least."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:sid(?:a|an|nr)?|page|s)\.?\s*)?[-–—(|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*"
    r"(?:(?:av|of|/|\()\s*\d{1,4}\)?)?\s*[-–—)|]?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Candidate:
    line: Line
    sheet: Sheet
    top: bool
    base: float
    """Distance of the baseline from the nearer end of the page."""


def remove_furniture(sheets: list[Sheet], size: float) -> None:
    """Moves running headers, footers and page numbers from each sheet's `lines` to its `furniture`.

    `size` is the type size of the body. What comes back at the same height on several pages is furniture, and so is
    a number that counts with the pages, and what stands on the same baseline as furniture elsewhere.
    """
    candidates = [candidate for sheet in sheets for candidate in _candidates(sheet)]
    running = [group for group in _groups(candidates) if _is_running(group, len(sheets), size)]
    found = _clear_of_body(running)
    found |= _counting(candidates, found, size)
    _spare_tables(sheets, found)
    _take(sheets, found)
    more = _neighbours(candidates, found, size)
    _spare_tables(sheets, more)
    _take(sheets, more)
    _take_margins(sheets, size)


def is_page_number(text: str) -> bool:
    """Whether the text is a page number and nothing else ('7', 'Sida 3 av 10', '1 (5)')."""
    return bool(_PAGE_NUMBER.match(text.strip()))


def _candidates(sheet: Sheet) -> list[_Candidate]:
    height = sheet.area.height
    found = []
    for line in sheet.lines:
        if not any(char.isalnum() for char in line.text):
            continue
        if line.y1 <= _ZONE * height:
            found.append(_Candidate(line, sheet, True, line.base))
        elif line.y0 >= (1 - _ZONE) * height:
            found.append(_Candidate(line, sheet, False, height - line.base))
    return found


def _groups(candidates: list[_Candidate]) -> list[list[_Candidate]]:
    """Candidates with the same words, numbers aside, at the same height."""
    by_text: dict[tuple[bool, str], list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_text[candidate.top, _NUMBER.sub("#", candidate.line.text)].append(candidate)
    groups: list[list[_Candidate]] = []
    for alike in by_text.values():
        alike.sort(key=lambda candidate: (candidate.base, candidate.sheet.index))
        for candidate in alike:
            if groups and groups[-1][0] in alike and candidate.base - groups[-1][-1].base <= _SAME_HEIGHT:
                groups[-1].append(candidate)
            else:
                groups.append([candidate])
    return groups


def _is_running(group: list[_Candidate], sheet_count: int, size: float) -> bool:
    indexes = sorted({candidate.sheet.index for candidate in group})
    if len(indexes) < 2 or (len(indexes) < _OFTEN and sheet_count > 4 and indexes[1] - indexes[0] > 2):
        return False
    line = group[0].line
    same = len({candidate.line.text for candidate in group}) == 1
    if not same and not _tracks(group):
        return False
    if line.size > 1.15 * size and (len(indexes) < _OFTEN or not same):
        return False
    if line.size > 1.3 * size and len(indexes) < 0.6 * sheet_count:
        return False
    if len(indexes) == 2 and sheet_count > 4 and line.size >= size:
        return False
    # Headers sit on most pages of the stretch that they run through; a heading that comes back does not.
    return len(indexes) >= 0.4 * (indexes[-1] - indexes[0] + 1) or len(indexes) >= 0.25 * sheet_count


def _clear_of_body(groups: list[list[_Candidate]]) -> set[int]:
    """The lines of the groups that stand apart from the body: the heads of a table that goes on do not."""
    while True:
        found = {id(candidate.line) for group in groups for candidate in group}
        clear = [
            group for group in groups if sum(_is_apart(candidate, found) for candidate in group) >= 0.5 * len(group)
        ]
        if len(clear) == len(groups):
            return found
        groups = clear


def _tracks(group: list[_Candidate]) -> bool:
    """Whether some number in the lines counts with the pages; runs that start anew are allowed."""
    steps = good = 0
    ordered = sorted(group, key=lambda candidate: candidate.sheet.index)
    for a, b in itertools.pairwise(ordered):
        pages = {b.sheet.index - a.sheet.index, b.sheet.page - a.sheet.page}
        pairs = zip(_NUMBER.findall(a.line.text), _NUMBER.findall(b.line.text), strict=False)
        steps += 1
        good += any(int(y) - int(x) in pages for x, y in pairs if len(x) < 7 and len(y) < 7)
    return steps > 0 and good >= 0.6 * steps


def _counting(candidates: list[_Candidate], found: set[int], size: float) -> set[int]:
    """Lone numbers that count with the pages, wherever along the edge they stand."""
    numbers = [
        candidate
        for candidate in candidates
        if is_page_number(candidate.line.text)
        and candidate.line.size <= 1.2 * size
        and not _heads_text(candidate, found)
    ]
    offsets: dict[tuple[bool, int], set[int]] = defaultdict(set)
    keys: list[tuple[_Candidate, list[tuple[bool, int]]]] = []
    for candidate in numbers:
        first = _NUMBER.search(candidate.line.text)
        if not first:
            continue
        value = int(first.group())
        own = [(candidate.top, value - candidate.sheet.index), (candidate.top, 10_000 + value - candidate.sheet.page)]
        keys.append((candidate, own))
        for key in own:
            offsets[key].add(candidate.sheet.index)
    return {id(candidate.line) for candidate, own in keys if max(len(offsets[key]) for key in own) >= 2}


def _heads_text(candidate: _Candidate, found: set[int]) -> bool:
    """Whether the number stands right before other text on its line, as a heading's or a note's number does."""
    line = candidate.line
    return any(
        abs(other.base - line.base) <= _SAME_HEIGHT
        and 0 < other.x0 - line.x1 <= 5 * line.size
        and id(other) not in found
        for other in candidate.sheet.lines
    )


def _neighbours(candidates: list[_Candidate], found: set[int], size: float) -> set[int]:
    """What stands on a baseline where other pages have furniture, apart from the page's body."""
    bases: Counter[tuple[bool, int]] = Counter()
    for candidate in candidates:
        if id(candidate.line) in found:
            bases[candidate.top, round(candidate.base)] += 1
    usual = [key for key, count in bases.items() if count >= _OFTEN]
    more: set[int] = set()
    for candidate in candidates:
        line = candidate.line
        if id(line) in found or line.size > 1.05 * size or len(line.text) > 120:
            continue
        near = any(top == candidate.top and abs(base - candidate.base) <= _SAME_HEIGHT for top, base in usual)
        if near and _is_apart(candidate, found):
            more.add(id(line))
    return more


def _is_apart(candidate: _Candidate, found: set[int]) -> bool:
    """Whether the line keeps more distance from the body than the body's lines from each other."""
    line = candidate.line
    if _heads_columns(candidate):
        return False
    gaps = [
        (other.base - line.base) if candidate.top else (line.base - other.base)
        for other in candidate.sheet.lines
        if id(other) not in found and abs(other.base - line.base) > _SAME_HEIGHT
    ]
    inwards = [gap for gap in gaps if gap > 0]
    return not inwards or min(inwards) > _APART * line.size


def _heads_columns(candidate: _Candidate) -> bool:
    """Whether the line stands in a row of a table at the head of a page, each cell right over a column of others."""
    line, others = candidate.line, candidate.sheet.lines
    if not candidate.top:
        return False
    row = [other for other in others if abs(other.base - line.base) <= 1]
    columns = [
        cell
        for cell in row
        if sum(abs(other.x0 - cell.x0) <= 1 and other.base > cell.base for other in others) >= _OFTEN
    ]
    least = 2 if all(cell.all_bold for cell in row) else 3
    return line in columns and len(columns) >= least


def _take_margins(sheets: list[Sheet], size: float) -> None:
    """What stands small and alone at the edge of a page: its own number goes, the rest is set aside."""
    for sheet in sheets:
        own = [candidate for candidate in _candidates(sheet) if candidate.line.size <= size and _is_alone(candidate)]
        for candidate in own:
            line = candidate.line
            number = _NUMBER.search(line.text)
            counts = number is not None and int(number.group()) in (sheet.page, sheet.index + 1)
            if counts and is_page_number(line.text):
                sheet.furniture.append(line)
            elif candidate.base <= _EDGE and line.size <= _SMALL * size:
                sheet.margin.append(line)
            else:
                continue
            sheet.lines = [other for other in sheet.lines if other is not line]


def _is_alone(candidate: _Candidate) -> bool:
    """Whether nothing but other small lines at the edge stands near the line."""
    line = candidate.line
    return candidate.sheet.grid_at(line) is None and all(
        abs(other.base - line.base) > _LONELY * line.size
        for other in candidate.sheet.lines
        if other is not line and (other.size > line.size or abs(other.base - line.base) > _SAME_HEIGHT)
    )


def _spare_tables(sheets: list[Sheet], found: set[int]) -> None:
    """A table is furniture as a whole (a ruled letterhead) or not at all."""
    for sheet in sheets:
        for grid in list(sheet.grids):
            own = {id(line) for line in sheet.lines if sheet.grid_at(line) is grid}
            if own and len(own & found) >= 0.8 * len(own):
                found |= own
                sheet.grids.remove(grid)
            else:
                found -= own


def _take(sheets: list[Sheet], found: set[int]) -> None:
    if not found:
        return
    for sheet in sheets:
        sheet.furniture += [line for line in sheet.lines if id(line) in found]
        sheet.lines = [line for line in sheet.lines if id(line) not in found]
