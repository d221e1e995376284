"""Reading a document's blocks in order: its texts with their offsets, and the list that follows a block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from granskning_ai.model import Block, BlockKind, Document, stable_id

BESIDE = frozenset({BlockKind.FURNITURE, BlockKind.FOOTNOTE})
"""Blocks that stand between a list and its continuation without ending it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A text that a quote may be cut from: a block, or a cell of a table. `index` is the block's place."""

    text: str
    start: int
    index: int
    block: Block


def stretches(document: Document) -> Iterator[Stretch]:
    """Every text of the document in order, page furniture left out; of a table each cell once."""
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.kind is BlockKind.TABLE:
            for start, text in sorted({(cell.start, cell.text) for row in block.cells for cell in row if cell.text}):
                yield Stretch(text=text, start=start, index=index, block=block)
        else:
            yield Stretch(text=block.text, start=block.start, index=index, block=block)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRun:
    """The list that follows a block directly. `items` are its top-level items with what belongs to each.

    `clean` is false where the list may go on: something cuts it (a heading, a table, a list of another kind), or items
    of the same kind stand a little further down.
    """

    items: tuple[tuple[Block, ...], ...]
    end: int
    clean: bool


def list_after(blocks: Sequence[Block], index: int) -> ListRun:
    """The list that begins directly after `blocks[index]`; empty where none does.

    An item that a page break cuts goes on in a paragraph that begins with a small letter.
    """
    items: list[list[Block]] = []
    at = index + 1
    while at < len(blocks):
        block = blocks[at]
        if block.kind in BESIDE:
            at += 1
            continue
        if block.kind is BlockKind.LIST_ITEM:
            if not items or _is_sibling(block, items[0][0]):
                items.append([block])
            elif (block.level or 1) > (items[0][0].level or 1):
                items[-1].append(block)
            else:
                break
        elif items and _goes_on(blocks, at):
            items[-1].append(block)
        else:
            break
        at += 1
    clean = bool(items) and _ends_clean(blocks, at, items[0][0])
    return ListRun(items=tuple(tuple(item) for item in items), end=at, clean=clean)


AHEAD = 4
"""How many blocks after a list are looked at for items that may belong to it."""


def _ends_clean(blocks: Sequence[Block], at: int, first: Block) -> bool:
    if at < len(blocks) and blocks[at].kind is not BlockKind.PARAGRAPH:
        return False
    for block in blocks[at : at + AHEAD]:
        if block.kind is BlockKind.HEADING or block.text.rstrip().endswith(":"):
            return True
        if block.kind is BlockKind.LIST_ITEM and _is_sibling(block, first):
            return False
    return True


def _is_sibling(block: Block, first: Block) -> bool:
    return (block.level or 1) == (first.level or 1) and marker_kind(block) == marker_kind(first)


def _goes_on(blocks: Sequence[Block], at: int) -> bool:
    """Whether the paragraph goes on with the item before it."""
    return blocks[at].kind is BlockKind.PARAGRAPH and blocks[at].text[:1].islower()


def marker_kind(block: Block) -> str:
    """What sort of mark a list item has: 'number', 'letter' or the mark itself."""
    marker = (block.marker or "").strip()
    if re.fullmatch(r"\(?\d+[.):]?\)?", marker):
        return "number"
    return "letter" if re.fullmatch(r"\(?[a-zåäö][.)]\)?", marker) else marker


class Ids:
    """Gives findings their ids: the same document, kind and words give the same id, repeated words a running number."""

    def __init__(self, prefix: str, document: Document) -> None:
        self._prefix = prefix
        self._document_id = document.id
        self._seen: Counter[str] = Counter()

    def next(self, *words: str) -> str:
        """The id of the next finding that `words` tell apart."""
        key = "\x1e".join(words)
        self._seen[key] += 1
        return stable_id(self._prefix, self._document_id, key, self._seen[key])
