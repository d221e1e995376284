"""Covers, back covers and contents pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from granskning_ai.model import BlockKind
from granskning_ai.parsing.pdf_chunks import Chunk
from granskning_ai.parsing.pdf_lines import Line
from granskning_ai.parsing.pdf_sheets import Sheet
from granskning_ai.parsing.words import CONTENTS_WORDS

_COVER_WORDS = 90
_BACK_WORDS = 60
_TITLE_RATIO = 1.3
_MIN_SHEETS = 2
_LEADER = re.compile(r"(?:\s*[.·…_]\s*){4,}(\d{1,3}|[ivxlc]{1,6})?\s*$|(?:\s*[.·…]){3,}\s*(?:\d{1,3})$")
_ENDS_IN_NUMBER = re.compile(r"\s(\d{1,3})$")
_MIN_ENTRIES = 3
_ENTRY_LENGTH = 70


def is_cover(sheets: Sequence[Sheet], index: int, size: float) -> bool:
    """Whether the sheet is a cover (few words, a large title, no running text) or a back cover."""
    sheet = sheets[index]
    words = sheet.word_count
    if len(sheets) < _MIN_SHEETS or not words:
        return False
    bare = not sheet.furniture
    others = sum(bool(other.furniture) for other in sheets)
    largest = max(line.size for line in sheet.lines)
    if _has_running_text(sheet, size):
        return False
    if index == 0:
        return words <= _COVER_WORDS and largest >= _TITLE_RATIO * size
    if not bare or others < 0.5 * len(sheets):
        return False
    if index == len(sheets) - 1:
        return words <= _BACK_WORDS
    top = max(line.size for other in sheets for line in other.lines)
    return words <= _COVER_WORDS and largest >= max(0.95 * top, 1.5 * size)


def _has_running_text(sheet: Sheet, size: float) -> bool:
    """Whether three lines follow each other as in a paragraph."""
    lines = sorted((line for line in sheet.lines if line.size <= 1.25 * size), key=lambda line: line.base)
    run = 1
    for a, b in itertools.pairwise(lines):
        close = 0 < b.base - a.base <= 1.7 * b.size and abs(a.x0 - b.x0) < 3
        run = run + 1 if close and min(len(a.words), len(b.words)) >= 7 else 1
        if run >= 3:
            return True
    return False


def cover_chunks(sheet: Sheet) -> list[Chunk]:
    """The lines of a cover, those of one style under each other as one block."""
    chunks: list[Chunk] = []
    for line in sorted(sheet.lines, key=lambda line: (line.base, line.x0)):
        last = chunks[-1].lines[-1] if chunks else None
        if (
            last
            and last.style == line.style
            and line.base - last.base <= 1.4 * line.size
            and abs(last.x0 - line.x0) < 3
        ):
            chunks[-1].lines.append(line)
        else:
            chunks.append(Chunk(BlockKind.FURNITURE, [line]))
    return chunks


def take_contents(sheet: Sheet, *, continued: bool) -> list[Chunk]:
    """Takes a table of contents out of the sheet's lines: a heading, and lines that end in page numbers.

    `continued` tells that the sheet before ended in one.
    """
    rows = _rows(sheet.lines)
    heading = next((i for i, row in enumerate(rows) if _is_contents_heading(row)), None)
    entries = [i for i, row in enumerate(rows) if _is_entry(row, sheet, loose=heading is not None or continued)]
    if heading is not None:
        entries = _ascending([i for i in entries if i > heading], rows)
    elif not continued and sum(bool(_LEADER.search(_text(rows[i]))) for i in entries) < _MIN_ENTRIES:
        return []
    if len(entries) < (_MIN_ENTRIES if not continued else 2):
        return []
    first, last = entries[0] if heading is None else heading, entries[-1]
    if last - first + 1 > 2 * (len(entries) + 2):
        return []
    taken = {id(line) for row in rows[first : last + 1] for line in row}
    sheet.grids = [
        g for g in sheet.grids if not any(id(line) in taken and sheet.grid_at(line) is g for line in sheet.lines)
    ]
    sheet.lines = [line for line in sheet.lines if id(line) not in taken]
    chunks: list[Chunk] = []
    open_entry = False
    for index in range(first, last + 1):
        row = rows[index]
        if open_entry:
            chunks[-1].lines.extend(row)
        else:
            chunks.append(Chunk(BlockKind.FURNITURE, list(row)))
        open_entry = index != heading and index not in entries
    return chunks


def _ascending(entries: list[int], rows: Sequence[Sequence[Line]]) -> list[int]:
    """The entries as long as their page numbers do not go down and no more than one row stands between two."""
    kept: list[int] = []
    last = 0
    for index in entries:
        match = re.search(r"(\d{1,4})\s*$", _text(rows[index]))
        number = int(match.group(1)) if match else last
        if number < last or (kept and index - kept[-1] > 2):
            break
        kept.append(index)
        last = number
    return kept


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if rows and line.base - rows[-1][0].base <= 0.35 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _text(row: Sequence[Line]) -> str:
    return " ".join(line.text for line in row)


def _is_contents_heading(row: Sequence[Line]) -> bool:
    text = _text(row).strip().rstrip(":").lower()
    return text in CONTENTS_WORDS or text in {"contents", "table of contents"}


def _is_entry(row: Sequence[Line], sheet: Sheet, *, loose: bool) -> bool:
    text = _text(row)
    leader = _LEADER.search(text)
    if leader and re.search(r"\d\s*$", text):
        return True
    number = _ENDS_IN_NUMBER.search(text)
    if not loose or not number or int(number.group(1)) > 2000:
        return False
    apart = len(row) > 1 and row[-1].text.isdigit()
    return apart or row[-1].x1 > 0.8 * sheet.area.x1 or len(text) < _ENTRY_LENGTH


def mark_contents(chunks: Sequence[Chunk]) -> None:
    """Makes furniture of a table of contents that is tagged or set as ordinary text, with page numbers or without."""
    later: Counter[str] = Counter(_plain(chunk) for chunk in chunks if chunk.kind is BlockKind.HEADING)
    for index, chunk in enumerate(chunks):
        if not chunk.lines or not _is_contents_heading(chunk.lines):
            continue
        run = list(itertools.takewhile(lambda other: _is_contents_entry(other, later), chunks[index + 1 :]))
        # The first heading of the text itself repeats an entry too, but text follows it.
        while run and run[-1].kind is BlockKind.HEADING and _plain(run[-1]) in {_plain(other) for other in run[:-1]}:
            run.pop()
        if len(run) >= _MIN_ENTRIES:
            for entry in (chunk, *run):
                entry.kind, entry.level = BlockKind.FURNITURE, None
            return


def _is_contents_entry(chunk: Chunk, headings: Counter[str]) -> bool:
    if not chunk.lines:
        return False
    named = headings[_plain(chunk)] - (chunk.kind is BlockKind.HEADING) > 0
    plain = chunk.plain.strip()
    numbered = plain.isdigit() or _ENDS_IN_NUMBER.search(plain) or _LEADER.search(plain)
    return chunk.kind is BlockKind.FURNITURE or named or (bool(numbered) and chunk.kind is not BlockKind.HEADING)


def _plain(chunk: Chunk) -> str:
    text = f"{chunk.marker or ''} {chunk.plain}"
    return re.sub(r"[\W\d_]", "", text).lower()
