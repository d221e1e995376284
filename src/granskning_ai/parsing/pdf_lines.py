"""Puts the words of a PDF page together to lines, and reads what a line begins with."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from granskning_ai.parsing.pdf_page import SUPERSCRIPTS, Rect, Style, Word

BULLETS = frozenset("•◦▪▫■□●○◆◇►▶▸▹➢➤➔→✓✔✗❖»›–—―‒−-*·∙‣⁃")
DASHES = frozenset("–—―‒−-")
_BULLET_LETTER = "o"
"""Courier's 'o', which Word uses as the bullet of the second level."""
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zåäö]|[ivx]{1,4})[.)]$|\(?\d{1,2}\)$")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?$|[A-Z]\.\d{1,2}(?:\.\d{1,2})*\.?$")
_RAISED = 0.12
_SMALL = 0.9
_TAB = 0.9
"""A gap wider than this many ems parts two segments of a line."""
_WIDE_TAB = 1.8
"""The same where both words belong to one run of text: justified lines have wide gaps."""
_MAX_STRETCH, _ALIKE = 8.0, 0.12
_FULL_LINE, _JUSTIFIED = 4, 3
_TOUCH = 0.55
_MARKER_GAP = 5.0
_SPACE = 0.18


@dataclass(slots=True)
class Line:
    """Words on one baseline. `marker` is the mark of a list item or the number of a heading, `text` the rest."""

    words: list[Word]
    page: int
    marker: str | None = None
    skip: int = 0
    """How many words the marker takes."""
    left: float = 0.0
    right: float = 0.0
    """The margins of the column that the line stands in."""
    origin: float = 0.0
    """The left edge of the printed page."""
    gap_before: float = 0.0
    head: bool | None = None
    """Whether the line begins a paragraph, where the file itself tells."""
    x0: float = field(init=False)
    x1: float = field(init=False)
    y0: float = field(init=False)
    y1: float = field(init=False)
    base: float = field(init=False)
    style: Style = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Computes what follows from the words."""
        words = self.words
        letters: Counter[Style] = Counter()
        for word in words[self.skip :]:
            letters[word.style] += len(word.text)
        self.style = max(letters, key=lambda style: (letters[style], style.size)) if letters else words[0].style
        main = [word for word in words if word.style is self.style or word.style.size >= self.style.size * _SMALL]
        self.base = (main or words)[-1].base
        self.x0, self.x1 = words[0].x0, max(word.x1 for word in words)
        self.y0, self.y1 = min(word.y0 for word in words), max(word.y1 for word in words)
        self.text = _text_of(words[self.skip :], self.style, self.base)

    @property
    def size(self) -> float:
        """The line's type size."""
        return self.style.size

    @property
    def text_x(self) -> float:
        """Where the text begins, after the marker."""
        return self.words[self.skip].x0 if self.skip < len(self.words) else self.x1

    @property
    def has_raised(self) -> bool:
        """Whether a note's call stands in the line; it pushes the lines apart."""
        return any(self.base - word.base > _RAISED * self.style.size for word in self.words)

    @property
    def rect(self) -> Rect:
        """The line's box."""
        return Rect(self.x0, self.y0, self.x1, self.y1)

    @property
    def all_bold(self) -> bool:
        """Whether every word of the text is bold."""
        return all(word.style.bold for word in self.words[self.skip :])

    @property
    def full_text(self) -> str:
        """The text with its marker."""
        return f"{self.marker} {self.text}".strip() if self.marker else self.text

    def places(self) -> list[tuple[int, float, float]]:
        """The length of each word of the text with its left and right edge; nothing where that is not known."""
        places = []
        rest = self.words[self.skip :]
        for text in self.text.split():
            taken = letters = 0
            while letters < len(text) and taken < len(rest):
                letters += len(rest[taken].text)
                taken += 1
            if letters != len(text):
                return []
            places.append((letters, rest[0].x0, rest[taken - 1].x1))
            rest = rest[taken:]
        return places

    def take_marker(self, *, numbers: bool = True) -> None:
        """Parts the mark of a list item from the text, where the line begins with one."""
        if self.marker is not None or self.skip:
            return
        mark = leading_mark(self.words, numbers=numbers)
        if mark is not None and len(self.words) > 1:
            self.marker, self.skip = mark, 1
            self.refresh()


def leading_mark(words: Sequence[Word], *, numbers: bool = True) -> str | None:
    """The first word if it is the mark of a list item ('•' for any glyph of a symbol font)."""
    first = words[0]
    text = first.text
    if len(words) > 1 and not words[1].spaced and words[1].x0 - first.x1 < _SPACE * first.style.size:
        return None
    if is_bullet(first):
        return "•" if "\ue000" <= text <= "\uf8ff" else text
    if text == _BULLET_LETTER and len(words) > 1:
        apart = words[1].x0 - first.x1 > 0.6 * first.style.size
        return text if apart or first.style.font != words[1].style.font else None
    if numbers and _NUMBER.match(text):
        return text
    return None


def is_bullet(word: Word) -> bool:
    """Whether the word is a bullet: a dash, a dot, or a single glyph of private use."""
    return len(word.text) == 1 and (word.text in BULLETS or "\ue000" <= word.text <= "\uf8ff")


def is_number_mark(text: str) -> bool:
    """Whether the text is the number of a list item or of a heading and nothing else."""
    return bool(_NUMBER.match(text) or _SECTION.match(text))


def section_depth(text: str) -> int | None:
    """How deep a heading's number is: 1 for '2', 2 for '2.1'; None where the text begins with no number."""
    match = re.match(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?(?=\s+\S)", text)
    return match.group(1).count(".") + 1 if match else None


def lines_of(words: Iterable[Word], page: int) -> list[Line]:
    """The segments of lines on a page, top to bottom and left to right. Wide gaps part two segments."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _goes_on(runs[-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    lines = [Line(words=run, page=page) for run in runs]
    return _merge_touching(lines)


def lines_in_order(words: Iterable[Word], page_of: Mapping[int, int]) -> list[Line]:
    """The lines of a paragraph whose words are given in reading order; tabs do not part a line."""
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and page_of[id(last)] == page_of[id(word)] and _on_same_line(last, word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Line(words=run, page=page_of[id(run[0])]) for run in runs]


def _on_same_line(last: Word, word: Word) -> bool:
    if word.turned or last.turned:
        return word.turned == last.turned and abs(word.x0 - last.x0) <= 0.5 * max(word.style.size, 1)
    size = max(last.style.size, word.style.size, 1.0)
    return abs(word.base - last.base) <= max(0.5, _drift(last, word)) * size and word.x0 >= last.x0 - 0.3 * size


def _goes_on(run: list[Word], word: Word) -> bool:
    last = run[-1]
    if word.turned != last.turned:
        return False
    size = max(last.style.size, word.style.size, 1.0)
    if last.turned:
        return _goes_on_turned(last, word, size)
    if abs(word.base - last.base) > _drift(last, word) * size:
        return False
    gap = word.x0 - last.x1
    if gap < -0.6 * size:
        return False
    return gap <= (_WIDE_TAB if word.tied else _TAB) * size


def _drift(last: Word, word: Word) -> float:
    """How far, in ems, the baselines of two words on one line may differ: calls of notes are raised."""
    small = last if last.style.size < word.style.size else word
    smaller = small.style.size < _SMALL * max(last.style.size, word.style.size)
    return (
        0.62
        if smaller and (len(small.text) <= 3 or small.style.size < 0.7 * max(last.style.size, word.style.size))
        else 0.3
    )


def _goes_on_turned(last: Word, word: Word, size: float) -> bool:
    if last.turned == 180:
        return abs(word.base - last.base) <= 0.3 * size and abs(last.x0 - word.x1) <= _TAB * size
    upwards = last.turned == 90
    gap = last.y0 - word.y1 if upwards else word.y0 - last.y1
    return abs(word.x0 - last.x0) <= 0.3 * size and -0.6 * size <= gap <= _TAB * size


def _merge_touching(lines: list[Line]) -> list[Line]:
    """Joins segments that were painted apart but stand on one baseline without a gap."""
    upright = sorted((line for line in lines if not line.words[0].turned), key=lambda line: (line.base, line.x0))
    rows: list[list[Line]] = []
    for line in upright:
        if rows and line.base - rows[-1][0].base <= 0.25 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    full = [line for line in upright if len(line.words) >= _FULL_LINE]
    merged: list[Line] = []
    for row in rows:
        row.sort(key=lambda line: line.x0)
        if len(row) > 1:
            row = _join_justified(row, full)
        for line in row:
            last = merged[-1] if merged and line is not row[0] else None
            if last and -0.3 * line.size <= line.x0 - last.x1 <= _TOUCH * line.size:
                last.words.extend(line.words)
                last.refresh()
            else:
                merged.append(line)
    return merged + [line for line in lines if line.words[0].turned]


def _join_justified(row: list[Line], full: Sequence[Line]) -> list[Line]:
    """Joins the words of a line that was stretched to the margin: the gaps between them are wide but alike."""
    joined: list[Line] = []
    index = 0
    while index < len(row):
        end = index + 1
        while end < len(row) and _is_stretched(row[index : end + 1]):
            end += 1
        run = row[index:end]
        if len(run) > 1 and _is_prose(run) and _ends_at_margin(run, full):
            joined.append(Line(words=[word for line in run for word in line.words], page=run[0].page))
            index = end
        else:
            joined.append(row[index])
            index += 1
    return joined


def _is_stretched(run: list[Line]) -> bool:
    """Whether the last two of the run are single words, parted by the gap that the words before are parted by."""
    if any(any(word.spaced for word in line.words[1:]) for line in run[-2:]):
        return False
    if is_bullet(run[0].words[0]):
        return False
    size = run[0].size
    gap, first = run[-1].x0 - run[-2].x1, run[1].x0 - run[0].x1
    in_order = run[-1].words[0].order > run[-2].words[0].order
    return 0 < gap < _MAX_STRETCH * size and abs(gap - first) <= _ALIKE * size and in_order


def _ends_at_margin(run: list[Line], full: Sequence[Line]) -> bool:
    """Whether other lines of running text end exactly where the run ends, and begin about where it begins."""
    start, end, size = run[0].x0, run[-1].x1, run[0].size
    alike = sum(abs(line.x1 - end) <= 1.2 and -0.5 * size <= start - line.x0 <= 4 * size for line in full)
    return alike >= _JUSTIFIED


def _is_prose(run: list[Line]) -> bool:
    """Whether the words are not a row of figures set at even distances."""
    widths = [line.x1 - line.x0 for line in run]
    letters = sum(any(char.isalpha() for char in line.text) for line in run)
    return max(widths) > 1.2 * min(widths) and letters >= 0.6 * len(run)


def attach_markers(lines: list[Line], *, numbers: bool = True) -> list[Line]:
    """Joins a bullet or number that stands alone with the text to its right, and parts markers from text.

    `lines` stand in one column, sorted by baseline and x.
    """
    kept = sorted(lines, key=lambda line: (round(line.base), line.x0))
    for mark in [line for line in kept if _is_lone_mark(line, numbers)]:
        beside = [line for line in kept if line is not mark and not line.skip and _stands_beside(mark, line)]
        if beside:
            line = min(beside, key=lambda line: line.x0)
            line.words = [*mark.words, *line.words]
            line.marker = leading_mark(line.words) or mark.words[0].text
            line.skip = 1
            line.refresh()
            kept = [other for other in kept if other is not mark]
    for line in kept:
        line.take_marker(numbers=numbers)
    return kept


def _is_lone_mark(line: Line, numbers: bool) -> bool:
    word = line.words[0]
    if len(line.words) != 1:
        return False
    return is_bullet(word) or word.text == _BULLET_LETTER or (numbers and is_number_mark(word.text))


def _stands_beside(mark: Line, line: Line) -> bool:
    size = max(mark.size, line.size)
    return abs(mark.base - line.base) <= 0.35 * size and -1 <= line.x0 - mark.x1 <= _MARKER_GAP * size


def _text_of(words: Sequence[Word], style: Style, base: float) -> str:
    pieces: list[str] = []
    last: Word | None = None
    wide = _letter_spaced(words)
    for word in words:
        if last is not None and _is_apart(last, word, wide):
            pieces.append(" ")
        raised = word.style.size < _SMALL * style.size and base - word.base > _RAISED * style.size
        pieces.append(word.text.translate(SUPERSCRIPTS) if raised and word.text.isdigit() else word.text)
        last = word
    return "".join(pieces)


def _is_apart(last: Word, word: Word, wide: float | None) -> bool:
    if word.turned or last.turned:
        return word.spaced
    gap = word.x0 - last.x1
    if wide is not None:
        return gap > wide
    return word.spaced or gap > _SPACE * max(word.style.size, last.style.size)


def _letter_spaced(words: Sequence[Word]) -> float | None:
    """The gap above which two letters of a line set with wide letter spacing belong to different words."""
    if len(words) < 5 or sum(len(word.text) == 1 for word in words) < 0.8 * len(words):
        return None
    gaps = sorted(b.x0 - a.x1 for a, b in itertools.pairwise(words))
    usual = gaps[len(gaps) // 2]
    return max(usual * 1.8, usual + 0.1 * words[0].style.size)
