"""Tables, contents pages and table heads in text files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from granskning_ai.parsing.words import COLUMN_WORDS, CONTENTS_WORDS

_PAGE = re.compile(r"(?:[.…·_]{3,}|\s)\s*(\d{1,3})$")
_LEADERS = re.compile(r"\w\s*(?:[.…·_] ?){4,}\s*\d{0,3}$")
_LONGEST_ENTRY = 160
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?)\s+")
_WORDS = re.compile(r"[^\W\d_]+")

Spans = dict[tuple[int, int], tuple[int, int]]


def read_rows(lines: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], Spans]:
    """The rows of a table whose cells are separated by tabs, with the merged cells of a head of two rows."""
    split = [[" ".join(cell.split()) for cell in line.split("\t")] for line in lines]
    columns = max(len(row) for row in split)
    rows = [tuple(row + [""] * (columns - len(row))) for row in split]
    return tuple(rows), _head_spans(rows)


def _head_spans(rows: list[tuple[str, ...]]) -> Spans:
    """A head cell that stands over several columns of a second head row, and one that stands beside it."""
    if len(rows) < 3 or rows[1][0] or not rows[0][0]:
        return {}
    first, second = rows[0], rows[1]
    if "" not in first[1:] or any(not below for above, below in zip(first, second, strict=True) if not above):
        return {}
    spans: Spans = {}
    origin = 0
    for column, text in enumerate(first):
        if text:
            origin = column
        elif origin:
            spans[0, column] = (0, origin)
        if not second[column] and text:
            spans[1, column] = (0, column)
    return spans


def is_contents_heading(text: str) -> bool:
    """Whether the line heads a contents page."""
    return text.strip(" :").lower() in CONTENTS_WORDS


def contents_entry(text: str) -> str | None:
    """The heading that a line of a contents page names, without its page number; None for any other line."""
    match = _PAGE.search(text) if len(text) <= _LONGEST_ENTRY else None
    return text[: match.start()].strip(" .\t…·_") or None if match else None


def find_contents(lines: Sequence[str]) -> tuple[frozenset[int], frozenset[str]]:
    """The indexes of the lines of contents pages, and the headings that they name (see `plain_title`)."""
    known = Counter(plain_title(line) for line in lines)
    indexes: set[int] = set()
    titles: set[str] = set()
    for index, line in enumerate(lines):
        if index in indexes:
            continue
        if is_contents_heading(line):
            found = {index} | _entries(lines, index + 1, known, trusted=True)
        else:
            found = _entries(lines, index, known, trusted=False)
        indexes |= found
        titles |= {plain_title(contents_entry(lines[i]) or lines[i]) for i in found if i != index or len(found) == 1}
    return frozenset(indexes), frozenset(titles - {""})


def _entries(lines: Sequence[str], first: int, known: Counter[str], *, trusted: bool) -> set[int]:
    """The entries of a contents page from `first` on; `trusted` under a heading that says so."""
    found: list[int] = []
    last_page = 0
    for index in range(first, len(lines)):
        if len(lines[index]) > _LONGEST_ENTRY:
            break
        entry = _PAGE.search(lines[index])
        title = plain_title(contents_entry(lines[index]) or lines[index])
        leads = bool(_LEADERS.search(lines[index]))
        page = int(entry.group(1)) if entry else last_page
        again = bool(found) and not leads and title == plain_title(contents_entry(lines[found[0]]) or lines[found[0]])
        if again or page < last_page:
            break
        if not leads and not (entry and (trusted or "\t" in lines[index])):
            following = lines[index + 1][:_LONGEST_ENTRY] if found and index + 1 < len(lines) else ""
            wrapped = _LEADERS.search(following)
            if not wrapped and not (trusted and known[title] > 1):
                break
        found.append(index)
        last_page = page
    if trusted:
        return set(found)
    named = sum(known[plain_title(contents_entry(lines[i]) or "")] > 0 for i in found)
    leading = sum(bool(_LEADERS.search(lines[i])) for i in found)
    return set(found) if len(found) >= 3 and (leading >= 3 or named >= 3) else set()


def plain_title(text: str) -> str:
    """The heading's words alone, for comparison: without number, marks and capitals."""
    return " ".join(_WORDS.findall(_NUMBER.sub("", text.strip()).lower()))


def is_table_head(text: str) -> bool:
    """Whether the line is the head row of a flattened table: several column names, each with its capital.

    >>> is_table_head("Revisionsfråga Bedömning: Delvis Rekommendationer")
    True
    >>> is_table_head("Bedömning och rekommendationer")
    False
    """
    if len(text) > 140 or "\t" in text or text.rstrip().endswith((".", "?")):
        return False
    words = _WORDS.findall(text)
    named = [word for word in words if word[0].isupper() and word.lower() in COLUMN_WORDS]
    if len(named) < 2 or not words or words[0] not in named:
        return False
    return len(named) >= 3 or len(named) * 2 + 2 >= len(words) or all(w[0].isupper() for w in words)


def is_column_name(text: str) -> bool:
    """Whether the line is one column's name."""
    return text.strip().lower() in COLUMN_WORDS
