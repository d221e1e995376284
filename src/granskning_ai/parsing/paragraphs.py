"""Cuts the lines of a text file into units: which lines belong together?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from granskning_ai.parsing.lines import (
    Line,
    Start,
    begins_low,
    frequent,
    is_dangling,
    is_open,
    is_page_number,
    is_wrapped,
    start_of,
    trails,
    usual_width,
)
from granskning_ai.parsing.plain_tables import plain_title
from granskning_ai.parsing.words import SECTION_WORDS

_FIRST_WORD = re.compile(r"\S+")
_MARK_NUMBER = re.compile(r"\d+|[a-zåäö]")
_LONG = 100
"""A line of this length is no heading and no cell: if it breaks off, something else broke it."""
_MOST_COLUMNS = 100
_CELLS_BETWEEN = 6
"""How many units may stand between the halves of a sentence that a page's end cut."""
_SENTENCE = 60
_CALL_REACH = 60
"""How many lines above its text a footnote's number may stand."""


@dataclass(slots=True)
class Unit:
    """Lines that belong together. `kind`: text, item, section, title, table, footnote, caption or furniture."""

    kind: str
    lines: list[Line]
    mark: str = ""
    blank: bool = True
    cut: bool = False
    texts: list[str] = field(default_factory=list)
    """The lines' texts, without the mark that the first one begins with."""

    @property
    def last(self) -> str:
        """The text of the last line."""
        return self.texts[-1]

    @property
    def length(self) -> int:
        """The number of characters, roughly."""
        return sum(len(text) + 1 for text in self.texts) - 1


def split_units(lines: Sequence[Line], contents: Collection[int] = ()) -> list[Unit]:
    """The units of the file, in order. `contents` are the indexes of the lines of contents pages."""
    return _Splitter(list(lines), contents).run()


class _Splitter:
    def __init__(self, lines: list[Line], contents: Collection[int]) -> None:
        self.contents = contents
        self.lines = lines
        self.width = usual_width(lines)
        self.wrapped = is_wrapped(lines)
        self.trails = trails(lines)
        self.spread = _spread(lines)
        self.local, self.apart = _columns(lines, self.width)
        self.repeated = _repeated(lines)
        first_page = [line.text for line in lines if line.page == 1]
        self.has_cover = all(is_open(text) and len(text) < 0.8 * self.width for text in first_page)
        self.units: list[Unit] = []
        self.across: Unit | None = None
        """The unit further up that the line before went on with, over a page's end."""

    def run(self) -> list[Unit]:
        for index, line in enumerate(self.lines):
            self._take(index, line)
        return self.units

    def _take(self, index: int, line: Line) -> None:
        if index in self.contents or self._is_furniture(index, line):
            self._open("furniture", index, line, line.text)
            self.across = None
            return
        if line.lost_bullet:
            self._open("item", index, line, line.text)
            return
        start = start_of(line.text)
        owner = self._owner(index, line, start)
        self.across = owner if owner is not None and owner is not self.units[-1] else None
        if owner is not None:
            owner.lines.append(line)
            owner.texts.append(line.text)
            return
        rest = start.rest if start else line.text
        if 0 < rest.strip().count("\t") <= _MOST_COLUMNS:
            self._row(index, line)
        elif start is None:
            self._open("text", index, line, line.text)
        elif start.kind == "section" and self._is_note(index, start):
            self._open("footnote", index, line, rest, start.mark)
        else:
            kind = "item" if start.kind in ("bullet", "numbered") else start.kind
            self._open(kind, index, line, rest, start.mark)

    def _open(self, kind: str, index: int, line: Line, text: str, mark: str = "") -> None:
        self.units.append(Unit(kind, [line], mark, line.blank or line.cut or index == 0, line.cut, [text]))

    def _row(self, index: int, line: Line) -> None:
        last = self.units[-1] if self.units else None
        if last is not None and last.kind == "table" and (not line.blank or line.text.count("\t") >= 2):
            last.lines.append(line)
            last.texts.append(line.text)
        else:
            self._open("table", index, line, line.text)

    def _is_furniture(self, index: int, line: Line) -> bool:
        if (line.page > 1 or not self.has_cover) and re.sub(r"\d+", "#", line.text) in self.repeated:
            return True
        if not is_page_number(line.text):
            return False
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        at_edge = line.cut or following is None or following.cut
        return at_edge and (line.page > 1 or (following is not None and following.cut))

    def _is_note(self, index: int, start: Start) -> bool:
        """Whether '1 Text' is a footnote: its number is glued to a word above, and the page ends after it."""
        if "." in start.mark or is_dangling(start.rest) or plain_title(start.rest) in SECTION_WORDS:
            return False
        end = index + 1
        while end < len(self.lines) and not (self.lines[end].blank or self.lines[end].cut):
            end += 1
        while end < len(self.lines) and self._is_furniture(end, self.lines[end]) and not self.lines[end].cut:
            end += 1
        page_ends = end >= len(self.lines) or self.lines[end].cut
        call = re.compile(rf"(?:[a-zåäö][.,]?|[”)]){start.mark}(?![\d\w]|[.,:-]\d)")
        above = self.lines[max(0, index - _CALL_REACH) : index]
        return page_ends and any(call.search(line.text) for line in above)

    def _owner(self, index: int, line: Line, start: Start | None) -> Unit | None:
        """The unit that the line goes on with, if any."""
        if not self.units:
            return None
        if self.across is not None and start is None and not line.blank and not line.cut:
            return self.across
        previous = self.units[-1]
        if previous.kind in ("footnote", "caption") and not line.blank and not line.cut and start is None:
            return previous
        body = next((unit for unit in reversed(self.units) if unit.kind not in ("footnote", "furniture")), None)
        if body is None or body is previous:
            if body is not None and self._goes_on(body, index, line, start):
                return body
            return self._across(index, line, start) if line.cut else None
        return self._across(index, line, start)

    def _across(self, index: int, line: Line, start: Start | None) -> Unit | None:
        """The unit whose sentence the page's end, a footnote, a running header or the next cell of a row cut off."""
        if start is not None or not begins_low(line.text):
            return None
        for unit in self.units[:-_CELLS_BETWEEN:-1]:
            if unit.kind in ("text", "item") and is_open(unit.last) and (unit.length >= _SENTENCE or self.wrapped):
                return unit
            if unit.kind in ("section", "title", "table"):
                break
        return None

    def _goes_on(self, body: Unit, index: int, line: Line, start: Start | None) -> bool:
        if body.kind in ("table", "title") or "\t" in line.text:
            return False
        if start is not None:
            return self._is_false_start(body, index, line, start)
        if not line.blank and not line.cut:
            return self._goes_on_next_line(body, index, line)
        return self._goes_on_after_gap(body, index, line)

    def _is_false_start(self, body: Unit, index: int, line: Line, start: Start) -> bool:
        """Whether a dash or number only happens to stand first in a line of running text."""
        if line.blank or line.cut or not is_open(body.last) or body.kind not in ("text", "item", "section"):
            return False
        if body.mark and _family(body.mark) == _family(start.mark):
            return False
        if start.kind == "numbered" and body.last.endswith((" att", ":")):
            return False
        if start.kind == "bullet":
            return start.mark in "–—−" and begins_low(start.rest)
        if start.kind in ("numbered", "section"):
            return self.wrapped and not self._fits(index, body.last, line.text, 0.92)
        return False

    def _goes_on_next_line(self, body: Unit, index: int, line: Line) -> bool:
        previous = body.last
        low = begins_low(line.text)
        if not self.wrapped:
            return is_open(previous) and low and (len(previous) >= _LONG or is_dangling(previous))
        if is_dangling(previous) or (is_open(previous) and (low or line.text[0].isdigit())):
            return True
        if not low and (self._ended(body) or (is_open(previous) and self.apart[index])):
            return False
        return not self._fits(index, previous, line.text, 0.92 if is_open(previous) else 0.85)

    def _goes_on_after_gap(self, body: Unit, index: int, line: Line) -> bool:
        previous = body.last
        if body.kind not in ("text", "item") or _is_contact(previous):
            return False
        if is_open(previous):
            if begins_low(line.text):
                return self.wrapped or len(previous) >= _LONG or is_dangling(previous)
            broken = line.cut or self.spread[index] or len(previous) >= _LONG
            lead_in = previous.endswith(" att") or self._short(index, previous)
            return broken and is_dangling(previous) and not lead_in
        if previous.endswith(":") or begins_low(line.text) or self._ended(body) or not self.wrapped:
            return False
        broken = line.cut or self.spread[index]
        return broken and not self._stands_alone(index) and not self._fits(index, previous, line.text, 1.0)

    def _stands_alone(self, index: int) -> bool:
        """Whether a short line without a full stop has an empty line after it: a heading, not a paragraph's end."""
        line, following = self.lines[index], self.lines[index + 1 : index + 2]
        goes_on = bool(following) and start_of(following[0].text) is None
        goes_on = goes_on and (not following[0].blank or begins_low(following[0].text))
        return is_open(line.text) and not goes_on and self._short(index, line.text)

    def _ended(self, body: Unit) -> bool:
        """Whether the file shows by its blanks that the paragraph ended with the last line."""
        return self.trails and not body.lines[-1].trail and not body.last.endswith("-")

    def _short(self, index: int, text: str) -> bool:
        return self.wrapped and len(text) < 0.6 * self.local[index]

    def _fits(self, index: int, previous: str, following: str, share: float) -> bool:
        """Whether the next word would have had room on the line before: then the line was ended on purpose."""
        word = _FIRST_WORD.match(following)
        needed = len(previous) + 1 + (len(word.group()) if word else 0)
        return needed <= share * max(self.local[index], self.local[index - 1] if index else 0)


def _is_contact(text: str) -> bool:
    return "@" in text or "www." in text


def _family(mark: str) -> str:
    return _MARK_NUMBER.sub("1", mark)


def _columns(lines: list[Line], usual: int) -> tuple[list[int], list[bool]]:
    """For each line, the width of the column it stands in, and whether the lines there are separate.

    The cells of a flattened table are narrow and their lines belong together; the lines of a cover or an address are
    narrow as well, but none of them begins in the middle of a sentence.
    """
    lengths = [len(line.text) for line in lines]
    widths = [max(usual, *lengths[max(0, i - 6) : i + 7]) for i in range(len(lines))]
    apart = [False] * len(lines)
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].blank:
            if index - first >= 3:
                widest = max(lengths[first:index])
                widths[first:index] = [widest] * (index - first)
                low = any(begins_low(line.text) for line in lines[first + 1 : index])
                apart[first:index] = [widest < 0.7 * usual and not low] * (index - first)
            first = index
    return widths, apart


def _spread(lines: list[Line]) -> list[bool]:
    """For each line, whether it stands in a stretch where an empty line follows every line of a paragraph."""
    signs: list[tuple[int, bool]] = []
    for index in range(1, len(lines)):
        line, before = lines[index], lines[index - 1]
        if line.blank:
            signs.append((index, is_open(before.text) and begins_low(line.text) and start_of(line.text) is None))
    spread = [False] * len(lines)
    for position, (index, _) in enumerate(signs):
        near = signs[max(0, position - 6) : position + 7]
        spread[index] = sum(sign for _, sign in near) >= max(3, len(near) // 3)
    return spread


def _repeated(lines: list[Line]) -> frozenset[str]:
    """Lines (digits aside) that come back at the edge of three or more pages: running headers and footers."""
    pages = max((line.page for line in lines), default=1)
    if pages < 3:
        return frozenset()
    edges: list[Line] = []
    for number in range(1, pages + 1):
        own = [line for line in lines if line.page == number]
        edges += own[:3] + (own[-3:] if len(own) > 3 else [])
    return frozenset(text for text, count in frequent(edges).items() if count >= 3)
