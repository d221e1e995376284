"""Footnotes: small lines at the foot of a page that begin with a number or a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from granskning_ai.model import BlockKind
from granskning_ai.parsing.pdf_chunks import Chunk
from granskning_ai.parsing.pdf_lines import Line
from granskning_ai.parsing.pdf_sheets import Sheet

_SMALL = 0.94
_MARK = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}|\*{1,3}|[†‡])(?:[).])?\s*")
_GLUED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?=\w)")
_TO_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RULE_GAP = 20.0


def take_footnotes(sheet: Sheet, size: float) -> list[Chunk]:
    """Takes the footnotes out of the sheet's lines. `size` is the type size of the body."""
    start = _start(sheet, size)
    if start is None:
        return []
    small = [line for line in sheet.lines if line.base >= start - 1]
    sheet.lines = [line for line in sheet.lines if line.base < start - 1]
    notes: list[Chunk] = []
    for line in sorted(small, key=lambda line: (round(line.base), line.x0)):
        mark = _mark_of(line, notes)
        if mark is not None:
            notes.append(Chunk(BlockKind.FOOTNOTE, [line], marker=mark))
        elif notes and abs(notes[-1].lines[-1].base - line.base) < 2 and len(notes[-1].lines[-1].words) <= 1:
            # The number stands in a segment of its own.
            head = notes[-1].lines[-1]
            head.words.extend(line.words)
            head.refresh()
        elif notes:
            notes[-1].lines.append(line)
        else:
            sheet.lines.append(line)
    for note in notes:
        _strip_mark(note)
    return notes


def _start(sheet: Sheet, size: float) -> float | None:
    """The baseline of the first footnote: all below it is small, and it begins with a mark."""
    ordered = sorted(sheet.lines, key=lambda line: -line.base)
    lowest: float | None = None
    for line in ordered:
        if line.size > _SMALL * size or line.base < 0.35 * sheet.area.height:
            break
        if _MARK.match(line.text) and _is_note_head(line, sheet):
            lowest = line.base
    return lowest


def _is_note_head(line: Line, sheet: Sheet) -> bool:
    first = line.words[0]
    raised = first.style.size < 0.85 * line.size or first.base < line.base - 0.1 * line.size
    mark = _MARK.match(line.text)
    if not mark or mark.group(1)[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡" or raised:
        return True
    ruled = any(line.y0 - rule.at > 0 and rule.end - rule.start < 0.6 * sheet.area.width for rule in sheet.across)
    return ruled and len(first.text.rstrip(").")) == len(mark.group(1))


def _mark_of(line: Line, notes: Sequence[Chunk]) -> str | None:
    match = _MARK.match(line.text)
    if not match:
        return None
    mark = match.group(1).translate(_TO_DIGITS)
    if notes and mark.isdigit():
        last = notes[-1].marker or ""
        if last.isdigit() and int(mark) != int(last) + 1:
            return None
    if not mark.isdigit() and not match.group(0).strip():
        return None
    return mark


def _strip_mark(note: Chunk) -> None:
    """Parts the note's mark from its text."""
    head = note.lines[0]
    first = head.words[0]
    if len(head.words) > 1 and _MARK.fullmatch(first.text.translate(_TO_DIGITS)):
        head.skip = 1
        head.refresh()
    elif (glued := _GLUED.match(first.text)) is not None:
        first.text = first.text[glued.end() :]
        head.refresh()
