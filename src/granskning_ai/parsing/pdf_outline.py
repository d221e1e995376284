"""Headings that a file's bookmarks name, for files whose headings are set like the body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from granskning_ai.model import BlockKind
from granskning_ai.parsing.pdf_chunks import Chunk

Bookmark = tuple[int, str, int | None]
"""Level from 1, title, page."""

_LEAST = 3
_NUMBER = re.compile(r"^[\d.]+\s+")


def mark_bookmarked(chunks: Sequence[Chunk], outline: Sequence[Bookmark]) -> None:
    """Makes headings of the paragraphs that bookmarks name, if the bookmarks do name the document's headings."""
    wanted = {(_flat(title), page): level for level, title, page in outline}
    found: dict[int, int] = {}
    for index, chunk in enumerate(chunks):
        if chunk.lines and chunk.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            text = f"{chunk.marker or ''} {chunk.plain}"
            level = wanted.get((_flat(text), chunk.page)) or wanted.get((_flat(chunk.plain), chunk.page))
            if level:
                found[index] = level
    if len(found) < max(_LEAST, len(wanted) // 2):
        return
    for index, level in found.items():
        chunk = chunks[index]
        if chunk.kind is not BlockKind.HEADING:
            chunk.kind, chunk.level = BlockKind.HEADING, level


def _flat(text: str) -> str:
    return re.sub(r"\W", "", _NUMBER.sub("", text.strip())).lower()
