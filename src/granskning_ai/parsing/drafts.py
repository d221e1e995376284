"""What Word and HTML files have in common once their markup has been read: covers, typed lists, unmarked headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

from granskning_ai.model import BlockKind, Draft
from granskning_ai.parsing.headings import find_headings
from granskning_ai.parsing.invisible import without_invisible
from granskning_ai.parsing.lines import Line, is_open, start_of
from granskning_ai.parsing.paragraphs import Unit
from granskning_ai.parsing.plain_tables import is_contents_heading, is_table_head, plain_title
from granskning_ai.parsing.words import SECTION_WORDS

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_COVER_LINE = 140
_COVER_LINES = 25
_HEADING_LENGTH = 110
_CAPTION_LENGTH = 300
_UNIT_KINDS = {BlockKind.PARAGRAPH: "text", BlockKind.LIST_ITEM: "item", BlockKind.TABLE: "table"}


def tidy(text: str) -> str:
    """The text in NFC on one line, without what no reader sees: soft hyphens and zero-width characters."""
    return " ".join(
        unicodedata.normalize("NFC", without_invisible(text.replace("\u00ad", ""))).replace("\u2011", "-").split()
    )


def superscript(text: str) -> str:
    """Digits as superscripts, so that a footnote's call stays apart from the year it stands by; other text as it is."""
    return text.translate(_SUPERSCRIPTS) if text.strip().isdigit() else text


def number_text(number: int, style: str) -> str:
    """The number as a list prints it.

    >>> number_text(3, "lowerLetter"), number_text(4, "upperRoman"), number_text(7, "decimal")
    ('c', 'IV', '7')
    """
    if style.endswith("Letter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style.startswith("upper") else letter
    if style.endswith("Roman"):
        text, rest = "", number
        for value, sign in _ROMANS:
            text, rest = text + sign * (rest // value), rest % value
        return text.upper() if style.startswith("upper") else text
    return f"{number:02d}" if style == "decimalZero" else str(number)


def finish(
    drafts: Sequence[Draft], *, strong: Collection[int] = (), title: str = "", title_at: int | None = None
) -> tuple[list[Draft], str]:
    """Reads what the markup left unsaid; returns the drafts and the document's title.

    `strong` are the indexes of paragraphs in bold type throughout; `title` is what the markup says the title is,
    and `title_at` the index of the paragraph that is marked as the title.
    """
    found = [_typed(draft) for draft in drafts]
    found = _contents(found)
    cover = _cover(found, title_at)
    if cover:
        title = title or found[0].text
        found[:cover] = [replace(draft, kind=BlockKind.FURNITURE, level=None) for draft in found[:cover]]
    if title_at is not None and title_at >= cover:
        found[title_at] = replace(found[title_at], kind=BlockKind.HEADING, level=1)
    found = _strong_headings(found, {index for index in strong if index >= cover and index != title_at})
    if sum(draft.kind is BlockKind.HEADING for draft in found) <= 1:
        found = _inferred_headings(found, cover)
    first = next((draft.text for draft in found if draft.kind is BlockKind.HEADING), "")
    return found, title or (first if plain_title(first) not in SECTION_WORDS else "")


def _typed(draft: Draft) -> Draft:
    """A paragraph that begins with a typed bullet is a list item; one that begins with 'Figur 2:' is a caption."""
    if draft.kind is not BlockKind.PARAGRAPH:
        return draft
    start = start_of(draft.text)
    if start is None:
        return draft
    if start.kind == "bullet":
        return replace(draft, kind=BlockKind.LIST_ITEM, level=1, marker=start.mark, text=start.rest)
    if start.kind == "caption" and len(draft.text) <= _CAPTION_LENGTH:
        return replace(draft, kind=BlockKind.CAPTION)
    return draft


def _contents(drafts: list[Draft]) -> list[Draft]:
    """The heading over a contents page belongs to it."""
    return [
        replace(draft, kind=BlockKind.FURNITURE, level=None) if is_contents_heading(draft.text) else draft
        for draft in drafts
    ]


def _cover(drafts: Sequence[Draft], title_at: int | None) -> int:
    """How many drafts at the beginning are a cover: short lines on a page of their own, or before the contents.

    A letter begins so too (sender, date, addressee), but its heading follows on the same page.
    """
    for count, draft in enumerate(drafts[:_COVER_LINES]):
        if draft.kind in (BlockKind.HEADING, BlockKind.FURNITURE) or plain_title(draft.text) in SECTION_WORDS:
            titled = title_at is not None and title_at < count
            alone = draft.kind is BlockKind.FURNITURE or draft.page > drafts[0].page
            return count if count >= 2 and (titled or alone) else 0
        if draft.kind is not BlockKind.PARAGRAPH or len(draft.text) > _COVER_LINE or not is_open(draft.text):
            return 0
    return 0


def _strong_headings(drafts: list[Draft], strong: Collection[int]) -> list[Draft]:
    """Short paragraphs in bold type before a body are headings, one level below the last that is marked as one."""
    found = list(drafts)
    level = 0
    for index, draft in enumerate(drafts):
        if draft.kind is BlockKind.HEADING:
            level = draft.level or 1
        elif index in strong and _is_titlelike(draft) and index + 1 < len(drafts):
            after = drafts[index + 1]
            body = after.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE) or not is_open(after.text)
            if body or len(after.text) > _HEADING_LENGTH:
                found[index] = replace(draft, kind=BlockKind.HEADING, level=level + 1)
    return found


def _is_titlelike(draft: Draft) -> bool:
    text = draft.text
    return (
        draft.kind is BlockKind.PARAGRAPH
        and len(text) <= _HEADING_LENGTH
        and is_open(text)
        and not text.endswith(",")
        and text[:1].isalnum()
        and not text[:1].islower()
        and not is_table_head(text)
    )


def _inferred_headings(drafts: list[Draft], cover: int) -> list[Draft]:
    """Headings of a document that marks none, found as in plain text."""
    body = drafts[cover:]
    units: list[Unit] = []
    for draft in body:
        start = start_of(draft.text) if draft.kind is BlockKind.PARAGRAPH else None
        kind = _UNIT_KINDS.get(draft.kind, "furniture")
        mark = draft.marker or ""
        if start is not None and start.kind in ("section", "numbered"):
            kind, mark = ("section" if start.kind == "section" else "item"), start.mark
        text = start.rest if start is not None and mark else draft.text
        units.append(Unit(kind, [Line(text=text)], mark, texts=[text]))
    levels = find_headings(units, [unit.texts[0] for unit in units], (), width=10_000, wrapped=False)
    for index, level in levels.items():
        if body[index].kind is BlockKind.PARAGRAPH:
            drafts[cover + index] = replace(body[index], kind=BlockKind.HEADING, level=level)
    return drafts
