"""Lines to blocks: where a paragraph, a list item or a heading begins and ends."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from granskning_ai.model import BlockKind
from granskning_ai.parsing.lines import is_open
from granskning_ai.parsing.pdf_columns import Column
from granskning_ai.parsing.pdf_grid import Grid
from granskning_ai.parsing.pdf_lines import BULLETS, DASHES, Line

CAPTION = re.compile(
    r"(?i:figur|tabell|diagram|bild|karta|graf|tablå|fig\.?|tab\.?|figure|table)\s+\d{1,3}"
    r"(?:(?:[.:–-]\d{1,2})*[a-z]?\s*[.:–-]|[a-z]?\s+(?=[A-ZÅÄÖ]))"
)
_LABEL = re.compile(r"([^\W\d_]{2,20})\s(\d{1,3})[.:)]\s")
_CLOSED = re.compile(r"[.!?:…][\"”’»)\]]*$")
_LOOSE = 0.24
"""How much more than the usual leading, in ems, parts two paragraphs."""
_PUSHED = 0.3
"""How much further apart a raised note call pushes two lines."""
_INDENT, _MAX_INDENT = 0.7, 3.5
_ENOUGH = 3


@dataclass(slots=True)
class Chunk:
    """A block before it becomes a draft: lines of one paragraph, or a table."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    grid: Grid | None = None
    level: int | None = None
    marker: str | None = None
    indent: float = 0.0
    gap_before: float = 0.0
    gap_after: float = 0.0

    @property
    def page(self) -> int:
        """The page on which the chunk begins."""
        return self.lines[0].page if self.lines else self.grid.row_pages[0] if self.grid else 1

    @property
    def plain(self) -> str:
        """The text without any care for hyphens."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Metrics:
    """What is usual in the document: type size of the body and leading by type size."""

    size: float
    leading: dict[float, float]
    indent: float = 0.0
    """How far the first line of a paragraph is indented, where the document does so."""

    def lead(self, size: float) -> float:
        """The usual distance between two baselines in this type size."""
        own = self.leading.get(size)
        if own is not None and size != self.size:
            # Few lines in an uncommon size tell the space between headings rather than within them.
            body = self.leading.get(self.size, 1.2 * self.size) / self.size
            return min(own, max(body, 1.25) * size)
        return own or 1.2 * size


def metrics_of(columns: Iterable[Column], size: float) -> Metrics:
    """Reads the usual leading of each type size: from lines that run on, where there are any."""
    steps: dict[float, Counter[float]] = defaultdict(Counter)
    running: dict[float, Counter[float]] = defaultdict(Counter)
    indents: Counter[int] = Counter()
    pairs = 0
    for column in columns:
        lines = [item for item in column.items if isinstance(item, Line)]
        for a, b in itertools.pairwise(lines):
            step = round((b.base - a.base) * 2) / 2
            if a.size != b.size or b.marker is not None or not 0.8 * a.size < step < 2.4 * a.size:
                continue
            steps[a.size][step] += 1
            if is_full(a, b):
                running[a.size][step] += 1
            if a.size == size:
                pairs += 1
                shift = b.x0 - b.left
                if _INDENT * size < shift < _MAX_INDENT * size and abs(a.x0 - a.left) < 2 and a.marker is None:
                    indents[round(shift)] += 1
    usual = max(indents, key=lambda shift: (indents[shift], -shift)) if indents else 0
    indent = float(usual) if indents[usual] >= max(4, 0.04 * pairs) else 0.0
    leading = {own: _usual(counter) for own, counter in steps.items()}
    for own, counter in running.items():
        leading[own] = _usual(counter) if counter.total() >= _ENOUGH else min(_usual(counter), leading[own])
    return Metrics(size, leading, indent)


def _usual(counter: Counter[float]) -> float:
    """The smallest step that is common: the steps between paragraphs are larger."""
    most = max(counter.values())
    return min(step for step, count in counter.items() if count >= 0.4 * most)


def chunks_of(column: Column, metrics: Metrics) -> list[Chunk]:
    """The blocks of a column in order."""
    chunks: list[Chunk] = []
    last: Line | None = None
    for item in column.items:
        if isinstance(item, Grid):
            chunks.append(Chunk(BlockKind.TABLE, grid=item))
            last = None
            continue
        item.gap_before = item.base - last.base if last else 0.0
        if last is None or _begins(chunks[-1], last, item, metrics):
            chunks.append(_new_chunk(item))
        else:
            chunks[-1].lines.append(item)
        last = item
    _measure_gaps(chunks, column)
    return chunks


def _new_chunk(line: Line) -> Chunk:
    if line.marker is not None:
        return Chunk(BlockKind.LIST_ITEM, [line], marker=line.marker, indent=line.x0)
    return Chunk(BlockKind.PARAGRAPH, [line], indent=line.x0)


def _measure_gaps(chunks: Sequence[Chunk], column: Column) -> None:
    for a, b in itertools.pairwise(chunks):
        end = a.lines[-1].base if a.lines else a.grid.area.y1 if a.grid else 0.0
        start = b.lines[0].base if b.lines else b.grid.area.y0 if b.grid else 0.0
        a.gap_after = b.gap_before = start - end


def _begins(chunk: Chunk, last: Line, line: Line, metrics: Metrics) -> bool:
    """Whether `line` begins a new block after `last`, the last line of `chunk`."""
    if line.words[0].turned != last.words[0].turned:
        return True
    gap = line.base - last.base
    if gap <= 0 or _changes_style(last, line):
        return True
    slack = _LOOSE + (_PUSHED if line.has_raised or last.has_raised else 0.0)
    if gap > max(metrics.lead(line.size), metrics.lead(last.size) * 0.95) + slack * line.size:
        return True
    if line.marker is not None:
        return not _is_accidental_mark(chunk, last, line)
    if _counts_on(chunk.lines[0].text, line.text):
        return True
    if chunk.marker is not None:
        return _leaves_item(chunk, last, line, metrics)
    if metrics.indent and abs(line.x0 - line.left - metrics.indent) <= 2 and abs(last.x0 - last.left) <= 2:
        return True
    if metrics.indent and len(chunk.lines) == 1 and abs(line.x0 - last.x0) <= 2:
        return abs(line.x0 - line.left - metrics.indent) <= 2 and not is_full(last, line)
    return _changes_indent(chunk, last, line)


def _is_accidental_mark(chunk: Chunk, last: Line, line: Line) -> bool:
    """Whether a dash or number only happens to stand first on a line in the middle of a sentence."""
    indented = len(chunk.lines) == 1 and -1 < last.x0 - line.x0 <= _MAX_INDENT * line.size
    if chunk.marker is not None or line.marker in BULLETS - DASHES or not (indented or abs(line.x0 - last.x0) <= 1):
        return False
    if not is_open(last.text) or last.text.endswith(":") or not is_full(last, line):
        return False
    line.marker, line.skip = None, 0
    line.refresh()
    return True


def _counts_on(first: str, text: str) -> bool:
    """Whether both texts begin with the same word and a number, as captions do and 'Punkt 3.' after 'Punkt 2.'."""
    a, b = _LABEL.match(first), _LABEL.match(text)
    return bool(a and b and a.group(1) == b.group(1) and int(b.group(2)) > int(a.group(2)))


def _leaves_item(chunk: Chunk, last: Line, line: Line, metrics: Metrics) -> bool:
    hang = chunk.lines[1].x0 if len(chunk.lines) > 1 else chunk.lines[0].text_x
    if line.x0 >= hang - _INDENT * line.size:
        return line.x0 > hang + 2 * line.size
    # Without a hanging indent the item goes on under its marker, if its line was full.
    under_marker = abs(line.x0 - chunk.lines[0].x0) <= 2
    if under_marker and last.size > 1.1 * metrics.size and last.style == line.style:
        return False
    return not (under_marker and len(chunk.lines) == 1 and is_full(last, line) and not _CLOSED.search(last.text))


def _changes_indent(chunk: Chunk, last: Line, line: Line) -> bool:
    shift = line.x0 - last.x0
    if abs(shift) <= _INDENT * line.size:
        return False
    if abs((line.x0 + line.x1) - (last.x0 + last.x1)) <= 4 and shift:
        return False
    if shift < 0:
        # The second line of a paragraph whose first line is indented stands further out.
        return not (len(chunk.lines) == 1 and is_full(last, line))
    ended = bool(_CLOSED.search(last.text)) or not is_full(last, line)
    return ended or shift > 3 * line.size


def is_full(line: Line, following: Line) -> bool:
    """Whether the first word of `following` would not have fitted on `line`."""
    first = following.words[following.skip] if following.skip < len(following.words) else following.words[0]
    return line.x1 + (first.x1 - first.x0) + 0.25 * line.size >= line.right - 1


def _changes_style(a: Line, b: Line) -> bool:
    if abs(a.size - b.size) > 0.07 * max(a.size, b.size):
        return True
    if a.all_bold != b.all_bold:
        if a.all_bold:
            alike = a.style.font == b.style.font and a.style.colour == b.style.colour and not a.text.isupper()
            runs_on = b.words[b.skip].style.bold or (alike and len(a.words) > 5 and is_full(a, b) and is_open(a.text))
        else:
            runs_on = a.words[-1].style.bold or (len(b.words) < 4 and b.text[:1].islower())
        return not runs_on
    return bool(a.style.font != b.style.font and _one_font(a) and _one_font(b))


def _one_font(line: Line) -> bool:
    return len({word.style.font for word in line.words[line.skip :]}) == 1
