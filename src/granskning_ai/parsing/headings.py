"""Which units of a text file are headings, and how deep?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from granskning_ai.parsing.lines import is_dangling, is_open
from granskning_ai.parsing.paragraphs import Unit
from granskning_ai.parsing.plain_tables import is_column_name, is_table_head, plain_title
from granskning_ai.parsing.words import (
    CLOSING_PHRASES,
    COLUMN_WORDS,
    NEVER_PARENT,
    ROLE_ENDINGS,
    SECTION_WORDS,
    TOP_WORDS,
)

_LONGEST = 110
_MOST_WORDS = 16
_SHORTEST = 4
_SHORTEST_CAPS = 3
"""A heading has a word of at least this many letters."""
_LONGEST_NAME = 13
_ROW = 3
"""So many short lines one after the other are names, an address or cells."""
_LONG = 150
"""A text of this many characters is a paragraph even without a full stop."""
_APPENDIX = re.compile(r"(?:Bilaga|Bilagor|Appendix)\b[\s\dA-Z.:–-]*", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?:den|\w+ den)\s+)?\d{0,2}\s*(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|"
    r"december)\s*(?:\d{4})?$|\d{4}-\d\d(?:-\d\d)?\b|\d{6,}",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"@|www\.|https?:|\b\d{3}\s?\d\d\b|\d{2,4}[-–]\d{3}|^[\w /]{2,20}:\s")
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Head:
    index: int
    style: str
    """'mark' ('## '), 'number' ('2.1'), 'point' ('1.'), 'appendix', 'caps' or 'plain'."""
    number: tuple[int, ...]
    text: str


def find_headings(
    units: Sequence[Unit], texts: Sequence[str], titles: Collection[str], *, width: int, wrapped: bool
) -> dict[int, int]:
    """The level of each unit that is a heading, by its index. `titles` are what a contents page names."""
    heads = _Finder(units, texts, titles, width if wrapped else 10_000, wrapped).run()
    return _levels(heads, titles)


class _Finder:
    def __init__(
        self, units: Sequence[Unit], texts: Sequence[str], titles: Collection[str], width: int, wrapped: bool
    ) -> None:
        self.units, self.texts, self.titles, self.width, self.wrapped = units, texts, titles, width, wrapped
        self.words = _lower_words(texts)
        self.dense = sum(unit.blank for unit in units) < 0.3 * len(units)
        self.zone = False
        self.top = 0
        self.point = 0
        self.accepted: set[int] = set()

    def run(self) -> list[_Head]:
        heads: list[_Head] = []
        for index, unit in enumerate(self.units):
            head = self._head(index, unit)
            if head is not None:
                heads.append(head)
                self.zone = False
                self.accepted.add(index)
                if head.style == "point":
                    self.point = head.number[0]
                if head.style == "number" or (head.style == "point" and head.number[0] == self.top + 1):
                    self.top = head.number[0]
            elif is_table_head(self.texts[index]):
                self.zone = True
            elif self._is_full(index):
                self.zone = False
        return heads

    def _head(self, index: int, unit: Unit) -> _Head | None:
        text = self.texts[index]
        if unit.kind == "title":
            return _Head(index, "mark", (len(unit.mark),), text)
        if unit.kind == "section" and self._is_section(index, unit.mark, text):
            number = tuple(int(part) for part in unit.mark.strip(".").split("."))
            return _Head(index, "number", number, text)
        if unit.kind == "item" and re.fullmatch(r"\d{1,2}\.", unit.mark) and self._is_point(index, text):
            return _Head(index, "point", (int(unit.mark[:-1]),), text)
        if unit.kind == "text" and self._is_plain(index, unit, text):
            letters = _LETTER.findall(text)
            if _APPENDIX.match(text):
                return _Head(index, "appendix", (), text)
            caps = len(letters) >= _SHORTEST_CAPS and sum(letter.isupper() for letter in letters) >= 0.85 * len(letters)
            return _Head(index, "caps" if caps else "plain", (), text)
        return None

    def _is_section(self, index: int, mark: str, text: str) -> bool:
        if len(text) > 150 or not (is_open(text) or text.endswith("?")) or _DATE.match(f"{mark} {text}"):
            return False
        if is_dangling(text):
            return False
        if "." in mark.rstrip("."):
            return True
        number = int(mark.rstrip("."))
        expected = number in (1, self.top, self.top + 1) or self.top == 0 or self._is_known(text)
        return number <= 30 and expected and len(text) <= _LONGEST and not is_table_head(text)

    def _is_point(self, index: int, text: str) -> bool:
        """Whether '1. Text' is a heading and not one of several items."""
        number = int(self.units[index].mark[:-1])
        text = _ASIDE.sub("", text)
        if len(text) > _LONGEST or not text[:1].isupper() or not (is_open(text) or text.endswith("?")):
            return False
        if is_dangling(text) or self._after_colon(index) or number not in (1, self.top + 1, self.point + 1):
            return False
        before, after = self._neighbour(index, -1), self._neighbour(index, 1)
        if after is None:
            return False
        if before is not None and self.units[before].kind == "item" and before not in self.accepted:
            return self._is_known(text) or self._breaks_list(index, before, after, number)
        if self.units[after].kind == "item":
            sibling = next((u.mark for u in self.units[index + 1 :] if u.kind == "item" and u.mark[:1].isdigit()), "")
            return sibling != f"{number + 1}."
        return self._is_known(text) or self._is_body(after) or self.units[after].kind in ("text", "section")

    def _breaks_list(self, index: int, before: int, after: int, number: int) -> bool:
        """Whether the point stands apart from the list before it: by the chapters' count or a new one."""
        if not self.units[index].blank:
            return False
        mark = re.match(r"\d+", self.units[before].mark)
        if mark is None:
            return number == self.top + 1
        return int(mark.group()) >= number and self.units[after].kind == "text" and self._is_body(after)

    def _is_plain(self, index: int, unit: Unit, text: str) -> bool:
        if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or not text[0].isalnum() or text[0].islower():
            return False
        if len(unit.lines) > 3 or not is_open(text) or is_dangling(text) or self._is_other(index, text):
            return False
        direct = self._stands_on_body(index)
        after_head = index > 0 and is_table_head(self.texts[index - 1])
        if (self.zone or after_head) and not direct:
            return False
        if after_head and is_column_name(text):
            return False
        after = self._neighbour(index, 1)
        if self._is_known(text) or _APPENDIX.match(text):
            return after is not None and (self._is_body(after) or not self._after_colon(index))
        if self._after_colon(index) or not self._is_apart(index, unit, text):
            return False
        return direct or self._leads(index)

    def _is_apart(self, index: int, unit: Unit, text: str) -> bool:
        """Whether something sets the line off: an empty line, a heading above, or capitals."""
        if unit.blank or index - 1 in self.accepted:
            return True
        return (self.dense or text.isupper()) and not self._is_titlelike(index - 1)

    def _leads(self, index: int) -> bool:
        """Whether a body follows: at once, or after one more heading; and no row of short lines stands here."""
        after = self._neighbour(index, 1)
        if after is None:
            return False
        if self._short_run(index) >= _ROW and not (self.texts[index].isupper() and self._is_body(after)):
            return False
        if self._is_body(after) or self.units[after].kind in ("section", "title", "table"):
            return True
        letterhead = self.texts[index].isupper() and plain_title(self.texts[after]) in NEVER_PARENT
        stacked = not (self.units[after].blank or self.dense or self.texts[index].isupper())
        if letterhead or stacked:
            return False
        further = self._neighbour(after, 1)
        return self._is_titlelike(after) and further is not None and self._is_body(further)

    def _short_run(self, index: int) -> int:
        """How many short, unmarked units stand in a row here: names, addresses, cells."""
        first = last = index
        while first > 0 and last - first < _ROW and self._is_cell(first - 1):
            first -= 1
        while last + 1 < len(self.units) and last - first < _ROW and self._is_cell(last + 1):
            last += 1
        return last - first + 1

    def _is_cell(self, index: int) -> bool:
        text = self.texts[index]
        return self._is_titlelike(index) and not self._is_known(text) and not self._is_other(index, text)

    def _is_titlelike(self, index: int) -> bool:
        unit = self.units[index]
        return unit.kind == "text" and len(self.texts[index]) <= _LONGEST and is_open(self.texts[index])

    def _is_body(self, index: int) -> bool:
        unit = self.units[index]
        if unit.kind in ("item", "table"):
            return True
        text = self.texts[index]
        if unit.kind != "text" or (len(text) < _LONG and _CONTACT.search(text)):
            return False
        return len(text) >= _LONG or not is_open(text)

    def _stands_on_body(self, index: int) -> bool:
        """Whether a paragraph or list begins on the very next line."""
        after = index + 1
        if after >= len(self.units) or self.units[after].blank or not self.units[index].blank:
            return False
        if self.zone:
            return self._is_full(after)
        return self._is_body(after)

    def _is_full(self, index: int) -> bool:
        """Whether the unit is a paragraph over the page's whole width: no cell of a flattened table."""
        unit = self.units[index]
        if unit.kind != "text":
            return False
        if not self.wrapped:
            return len(self.texts[index]) >= 2 * _LONGEST
        return any(len(text) >= 0.8 * self.width for text in unit.texts)

    def _neighbour(self, index: int, step: int) -> int | None:
        at = index + step
        while 0 <= at < len(self.units):
            if self.units[at].kind not in ("furniture", "footnote", "caption"):
                return at
            at += step
        return None

    def _after_colon(self, index: int) -> bool:
        before = self._neighbour(index, -1)
        return before is not None and self.units[before].kind == "text" and self.texts[before].rstrip().endswith(":")

    def _is_known(self, text: str) -> bool:
        plain = plain_title(text)
        return plain in SECTION_WORDS or plain in self.titles

    def _is_other(self, index: int, text: str) -> bool:
        """Whether the line is a date, an address, a name, a title under a name or the end of a letter."""
        low = text.lower()
        if _DATE.match(text) or _CONTACT.search(text) or low.startswith(CLOSING_PHRASES) or text.startswith("Till "):
            return True
        words = _WORD.findall(text)
        shortest = _SHORTEST_CAPS if text.isupper() else _SHORTEST
        if is_table_head(text) or max(map(len, words), default=0) < shortest:
            return True
        if len(words) <= 4 and words[-1].lower().endswith(ROLE_ENDINGS):
            return True
        after = self.texts[index + 1] if index + 1 < len(self.texts) else ""
        if not 2 <= len(words) <= 4 or after.startswith(words[0]) or text.isupper():
            return False
        # The surname may be an ordinary word ('Berg', 'Lind'), the first name is not.
        unknown = sum(word.lower() not in self.words for word in words)
        return all(w[0].isupper() and len(w) <= _LONGEST_NAME for w in words) and (
            unknown >= len(words) - 1 and words[0].lower() not in self.words
        )


def _lower_words(texts: Sequence[str]) -> frozenset[str]:
    """The words that occur in lower case: a line of none of them is a name."""
    prose = (" ".join(word for word in text.split() if not _is_address(word)) for text in texts)
    return frozenset(word for text in prose for word in _WORD.findall(text) if word.islower()) | COLUMN_WORDS


def _is_address(word: str) -> bool:
    return "@" in word or "://" in word or "www." in word


def _levels(heads: Sequence[_Head], titles: Collection[str]) -> dict[int, int]:
    numbered = any(head.style in ("number", "point") for head in heads)
    unnumbered = [head.style for head in heads if head.style in ("caps", "plain")]
    caps_first = bool(unnumbered) and unnumbered[0] == "caps" and not numbered
    levels: dict[int, int] = {}
    ladder = _Ladder(numbered, caps_first, any(plain_title(h.text) in TOP_WORDS for h in heads), frozenset(titles))
    for head in heads:
        levels[head.index] = ladder.level(head)
    return levels


class _Ladder:
    """Gives each heading its level, from its own number or from what stands above it."""

    def __init__(self, numbered: bool, caps_first: bool, has_top: bool, titles: frozenset[str]) -> None:
        self.numbered, self.caps_first, self.has_top, self.titles = numbered, caps_first, has_top, titles
        self.base = 0
        self.marked = 0
        self.top = 0
        self.nested = 0
        self.plain = 0
        self.last: _Head | None = None
        self.last_level = 0

    def level(self, head: _Head) -> int:
        level = {
            "mark": self._mark,
            "number": self._number,
            "point": self._point,
            "appendix": lambda _: self._chapter(),
            "caps": self._caps,
            "plain": self._plain,
        }[head.style](head)
        self.last, self.last_level = head, level
        return level

    def _mark(self, head: _Head) -> int:
        self.base = self.marked = head.number[0]
        return self.base

    def _number(self, head: _Head) -> int:
        self.base, self.plain, self.nested = len(head.number), 0, 0
        self.top = head.number[0]
        return self.base

    def _point(self, head: _Head) -> int:
        number = head.number[0]
        if self.nested and number == self.nested + 1 and number != self.top + 1:
            self.nested = number
            return self.base + 1
        parent = self.last
        restarts = number == 1 and parent is not None and plain_title(parent.text) not in NEVER_PARENT
        if restarts and (self.top or (parent is not None and parent.style != "number")):
            self.base, self.nested = self.last_level, 1
            return self.base + 1
        self.base, self.plain, self.nested, self.top = 1, 0, 0, number
        return 1

    def _chapter(self) -> int:
        self.base, self.plain, self.nested = 1, 0, 0
        return 1

    def _caps(self, head: _Head) -> int:
        if self.caps_first:
            self.base = 1
            return 1
        return (self.plain or self.base) + 1

    def _plain(self, head: _Head) -> int:
        title = plain_title(head.text)
        if self.marked:
            return self.marked
        if title in NEVER_PARENT or (title in TOP_WORDS and not self.top):
            self.base, self.plain, self.nested = 0, 1, 0
            return 1
        if self.top or self.caps_first:
            level = self.base + (2 if self.nested else 1)
        elif self.titles:
            level = (2 if self.has_top else 1) if title in self.titles else (3 if self.has_top else 2)
        else:
            level = 2 if self.has_top and self.last is not None else 1
        self.plain = level
        return level
