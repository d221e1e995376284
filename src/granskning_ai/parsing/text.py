"""Plain text: every format's poorest relation, and the one that the other parsers' output is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from granskning_ai.model import BlockKind, Document, Draft, SourceFile, assemble
from granskning_ai.parsing.headings import find_headings
from granskning_ai.parsing.invisible import spelled, without_invisible
from granskning_ai.parsing.lines import Line, decode, is_open, is_wrapped, read_lines, usual_width
from granskning_ai.parsing.paragraphs import Unit, split_units
from granskning_ai.parsing.plain_tables import find_contents, plain_title, read_rows
from granskning_ai.parsing.words import SECTION_WORDS
from granskning_ai.swedish.hyphenation import join_lines, vocabulary_of

_KINDS = {
    "text": BlockKind.PARAGRAPH,
    "section": BlockKind.PARAGRAPH,
    "item": BlockKind.LIST_ITEM,
    "footnote": BlockKind.FOOTNOTE,
    "caption": BlockKind.CAPTION,
    "furniture": BlockKind.FURNITURE,
}
_BULLET = "•"
"""What the private-use signs are that Word's symbol fonts leave behind."""
_COVER_LINE = 140
_LETTERHEAD = 10


class TextParser:
    """Reads text files and Markdown: hard-wrapped lines as well as one line per paragraph."""

    formats: tuple[str, ...] = ("text",)

    def parse(self, source: SourceFile, data: bytes, *, password: str | None = None) -> Document:
        """Parses `data`. Form feeds are page breaks.

        Raises:
            ParsingError: the bytes are no text.
        """
        text = decode(data)
        lines = read_lines(without_invisible(text))
        vocabulary = vocabulary_of(line.text for line in lines)
        contents, titles = find_contents([line.text for line in lines])
        units = split_units(lines, contents)
        texts = [join_lines(unit.texts, vocabulary) for unit in units]
        cover = _cover(units, texts)
        levels = find_headings(
            units[cover:], texts[cover:], titles, width=usual_width(lines), wrapped=is_wrapped(lines)
        )
        levels = {index + cover: level for index, level in levels.items()}
        drafts = _drafts(units, texts, levels, cover, vocabulary)
        pages = max((line.page for line in lines), default=1)
        title = _title(units, texts, levels, cover)
        return assemble(source, drafts, page_count=pages, title=title, hidden=tuple(spelled(text)))


def _cover(units: Sequence[Unit], texts: Sequence[str]) -> int:
    """How many units at the beginning are a cover: two or more short lines before the contents or the first section."""
    for count, (unit, text) in enumerate(zip(units, texts, strict=True)):
        if unit.kind == "furniture" or unit.kind == "section" or plain_title(text) in SECTION_WORDS:
            return count if count >= 2 else 0
        if unit.kind != "text" or len(text) > _COVER_LINE or not is_open(text) or "@" in text:
            return 0
    return 0


def _title(units: Sequence[Unit], texts: Sequence[str], levels: dict[int, int], cover: int) -> str:
    """The first line of the cover, or a heading that opens the document and is not just 'Sammanfattning'."""
    if cover:
        return texts[0]
    first = next(iter(levels), None)
    if first is None or units[first].mark not in ("", "#") or plain_title(texts[first]) in SECTION_WORDS:
        return ""
    letterhead = all(len(text) <= _COVER_LINE and is_open(text) for text in texts[:first])
    return texts[first] if first < _LETTERHEAD and letterhead else ""


def _drafts(
    units: Sequence[Unit], texts: Sequence[str], levels: dict[int, int], cover: int, vocabulary: frozenset[str]
) -> list[Draft]:
    drafts: list[Draft] = []
    families: list[str] = []
    for index, (unit, text) in enumerate(zip(units, texts, strict=True)):
        page = unit.lines[0].page
        if index < cover:
            drafts.append(Draft(kind=BlockKind.FURNITURE, text=text, page=page))
        elif index in levels:
            numbered = unit.kind == "section" or unit.kind == "item"
            text = f"{unit.mark} {text}" if numbered else text
            drafts.append(Draft(kind=BlockKind.HEADING, text=text, page=page, level=levels[index]))
        elif unit.kind == "table":
            drafts.append(_table(unit, page))
        elif unit.kind == "item":
            drafts.append(_item(unit, text, families, vocabulary))
            continue
        else:
            drafts.append(_block(unit, text, vocabulary))
        if unit.kind not in ("footnote", "furniture"):
            families.clear()
    return drafts


def _table(unit: Unit, page: int) -> Draft:
    rows, spans = read_rows(unit.texts)
    if len(rows) == 1 and len(rows[0]) < 3:
        return Draft(kind=BlockKind.PARAGRAPH, text=" ".join(rows[0]), page=page)
    row_pages = tuple(line.page for line in unit.lines)
    return Draft(kind=BlockKind.TABLE, page=page, rows=rows, spans=spans, row_pages=row_pages)


def _item(unit: Unit, text: str, families: list[str], vocabulary: frozenset[str]) -> Draft:
    family = "1" if unit.mark[:1].isdigit() else "a" if unit.mark[:1].isalpha() else unit.mark
    if family == "1" and unit.mark.strip("().") != "1" and family not in families:
        families[:] = [family]
    elif family in families:
        del families[families.index(family) + 1 :]
    else:
        families.append(family)
    return Draft(
        kind=BlockKind.LIST_ITEM,
        text=text,
        page=unit.lines[0].page,
        level=len(families),
        marker=_BULLET if "\ue000" <= unit.mark <= "\uf8ff" else unit.mark or None,
        page_breaks=_page_breaks(unit.lines, unit.texts, vocabulary),
    )


def _block(unit: Unit, text: str, vocabulary: frozenset[str]) -> Draft:
    prefix = f"{unit.mark} " if unit.kind == "section" else ""
    return Draft(
        kind=_KINDS[unit.kind],
        text=prefix + text,
        page=unit.lines[0].page,
        marker=unit.mark or None if unit.kind == "footnote" else None,
        page_breaks=tuple((at + len(prefix), page) for at, page in _page_breaks(unit.lines, unit.texts, vocabulary)),
    )


def _page_breaks(
    lines: Sequence[Line], texts: Sequence[str], vocabulary: frozenset[str]
) -> tuple[tuple[int, int], ...]:
    """Where in the joined text each new page begins."""
    breaks: list[tuple[int, int]] = []
    for index in range(1, len(lines)):
        if lines[index].page != lines[index - 1].page:
            joined = join_lines([*texts[: index + 1]], vocabulary)
            before = join_lines(texts[:index], vocabulary)
            same = next((i for i, (a, b) in enumerate(zip(before, joined, strict=False)) if a != b), len(before))
            breaks.append((same + (joined[same : same + 1] == " "), lines[index].page))
    return tuple(breaks)
