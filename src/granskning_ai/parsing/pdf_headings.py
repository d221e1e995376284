"""Which blocks are headings, and how deep: told by how they are set compared with the body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from granskning_ai.model import BlockKind
from granskning_ai.parsing.pdf_chunks import CAPTION, Chunk, Metrics
from granskning_ai.parsing.pdf_lines import section_depth
from granskning_ai.parsing.pdf_page import Colour, Style

_LARGER, _MUCH_LARGER, _SOMEWHAT_LARGER = 1.1, 1.25, 1.03
_LEAST, _BOLD_LEAST = 0.95, 0.9
"""How small, compared with the body, a heading may be."""
_MAX_LENGTH = 200
_MAX_LENGTH_PLAIN = 140
_MAX_LINES = 4
_OTHER_COLOUR = 60
_ESTABLISHED = 3
_NUMBERED = re.compile(
    r"(?:(?:bilaga|kapitel|kap\.|avsnitt|del)\s+\w{1,3}\b|\d{1,2}(?:\.\d{1,2})*\.?\s)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Look:
    """What tells one kind of heading from another."""

    size: float
    bold: bool
    caps: bool
    italic: bool
    colour: Colour | None
    font: str


class _Rank(NamedTuple):
    """The level of a look; where its headings have numbers, how many levels are above those of one number."""

    level: int
    above_numbers: int | None = None


def mark_headings(chunks: Sequence[Chunk], metrics: Metrics, part_of: Callable[[int], int]) -> None:
    """Makes headings and captions of the paragraphs that are. `part_of` tells which part of the file a page is in."""
    body = _body_style(chunks, metrics)
    for chunk in chunks:
        if chunk.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            continue
        if CAPTION.match(chunk.plain) and len(chunk.plain) < 400 and _is_captionlike(chunk, body):
            chunk.kind = BlockKind.CAPTION
    sure = Counter(_look(chunk) for index, chunk in enumerate(chunks) if _is_heading(chunks, index, body, metrics, ()))
    known = {look for look, count in sure.items() if count >= _ESTABLISHED}
    looks = {
        index: _look(chunk) for index, chunk in enumerate(chunks) if _is_heading(chunks, index, body, metrics, known)
    }
    for index, level in _levels(chunks, looks, part_of).items():
        chunks[index].kind, chunks[index].level = BlockKind.HEADING, level


def mark_bold_headings(chunks: Sequence[Chunk], metrics: Metrics) -> None:
    """Makes headings of bold lines over text in a file whose tags name the larger headings only."""
    body = _body_style(chunks, metrics)
    found = [
        index
        for index, chunk in enumerate(chunks)
        if chunk.kind is BlockKind.PARAGRAPH and _is_heading(chunks, index, body, metrics, ())
    ]
    looks = Counter(_look(chunks[index]) for index in found)
    level = 1
    above: dict[int, int] = {}
    for index, chunk in enumerate(chunks):
        level = chunk.level or level if chunk.kind is BlockKind.HEADING else level
        above[index] = level
    for index in found:
        if looks[_look(chunks[index])] >= _ESTABLISHED - 1:
            chunks[index].kind, chunks[index].level = BlockKind.HEADING, above[index] + 1


def _body_style(chunks: Sequence[Chunk], metrics: Metrics) -> Style:
    letters: Counter[Style] = Counter()
    for chunk in chunks:
        for line in chunk.lines:
            if line.size == metrics.size:
                letters[line.style] += len(line.text)
    if not letters:
        return Style("", metrics.size, False, False, None)
    return max(letters, key=lambda style: (letters[style], style.font, style.size))


def _is_captionlike(chunk: Chunk, body: Style) -> bool:
    line = chunk.lines[0]
    return line.size < 0.97 * body.size or line.all_bold or line.style.italic or len(chunk.plain) < 160


def _look(chunk: Chunk) -> _Look:
    line = chunk.lines[0]
    style = line.style
    return _Look(
        round(style.size * 2) / 2, line.all_bold, _is_caps(chunk.plain), style.italic, style.colour, style.font
    )


def _is_caps(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 3 and all(char.isupper() for char in letters)


def _is_heading(chunks: Sequence[Chunk], index: int, body: Style, metrics: Metrics, known: Container[_Look]) -> bool:
    """Whether the chunk is a heading. `known` are the looks that are headings elsewhere."""
    chunk = chunks[index]
    if chunk.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not chunk.lines or _is_bulleted(chunk):
        return False
    text = chunk.plain
    if len(text) > _MAX_LENGTH or len(chunk.lines) > _MAX_LINES or not any(char.isalpha() for char in text):
        return False
    line = chunk.lines[0]
    if line.words[0].turned:
        return False
    ratio = line.size / body.size
    marks = _marks(chunk, body)
    if ratio >= _LARGER:
        closed = text.endswith((".", ",", ";")) and len(text) > 40
        return not closed and (ratio >= _MUCH_LARGER or bool(marks) or (len(chunk.lines) == 1 and len(text) < 80))
    if (
        ratio < (_BOLD_LEAST if "bold" in marks else _LEAST)
        or len(text) > _MAX_LENGTH_PLAIN
        or len(chunk.lines) > 3
        or text.endswith((".", ",", ";", ":"))
    ):
        return False
    if not ({"bold", "caps"} & marks or len(marks) >= 2):
        return False
    return _stands_over_text(chunks, index, metrics, known)


def _is_bulleted(chunk: Chunk) -> bool:
    return chunk.marker is not None and not chunk.marker.rstrip(".)").replace(".", "").isdigit()


def _marks(chunk: Chunk, body: Style) -> set[str]:
    """In what ways the chunk is set apart from the body."""
    lines = chunk.lines
    marks = set()
    if all(line.all_bold for line in lines) and not body.bold:
        marks.add("bold")
    if _is_caps(chunk.plain):
        marks.add("caps")
    if all(_differs(line.style.colour, body.colour) for line in lines):
        marks.add("colour")
    if all(line.style.font != body.font for line in lines):
        marks.add("font")
    if all(line.style.italic for line in lines) and not body.italic:
        marks.add("italic")
    if lines[0].size >= _SOMEWHAT_LARGER * body.size:
        marks.add("size")
    return marks


def _differs(a: Colour | None, b: Colour | None) -> bool:
    if a is None or b is None:
        return False
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) >= _OTHER_COLOUR


def _stands_over_text(chunks: Sequence[Chunk], index: int, metrics: Metrics, known: Container[_Look]) -> bool:
    """Whether text set otherwise follows, and a space or another heading goes before."""
    chunk = chunks[index]
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    if following is None or following.kind in (BlockKind.FOOTNOTE, BlockKind.FURNITURE):
        return False
    look = _look(chunk)
    if look not in known:
        if following.lines and following.kind is not BlockKind.CAPTION and _look(following) == look:
            return False
        before = chunks[index - 1] if index else None
        if before is not None and before.lines and before.kind is BlockKind.PARAGRAPH and _look(before) == look:
            return False
    lead = metrics.lead(chunk.lines[0].size)
    return chunk.gap_before == 0 or chunk.gap_before > 1.1 * lead


def _levels(chunks: Sequence[Chunk], looks: dict[int, _Look], part_of: Callable[[int], int]) -> dict[int, int]:
    """The level of each heading: its look's rank among the looks of its family, put right by the headings' numbers."""
    families = _families({index: (look, part_of(chunks[index].page)) for index, look in looks.items()})
    levels: dict[int, int] = {}
    for members in families:
        ranks = _ranks(
            {look: [_depth(chunks[i]) for i in members if looks[i] == look] for look in {looks[i] for i in members}}
        )
        for index in members:
            rank, depth = ranks[looks[index]], _depth(chunks[index])
            levels[index] = rank.level if rank.above_numbers is None or depth is None else rank.above_numbers + depth
    return dict(sorted(levels.items()))


def _depth(chunk: Chunk) -> int | None:
    text = f"{chunk.marker} {chunk.plain}" if chunk.marker else chunk.plain
    return section_depth(text)


def _families(placed: dict[int, tuple[_Look, int]]) -> list[list[int]]:
    """Headings whose looks occur together in some part of the file. Documents bound together do not mix."""
    parent: dict[object, object] = {}

    def root(key: object) -> object:
        parent.setdefault(key, key)
        while parent[key] != key:
            key = parent[key]
        return key

    for look, part in placed.values():
        parent[root(look)] = root(part)
    groups: dict[object, list[int]] = defaultdict(list)
    for index, (look, _) in placed.items():
        groups[root(look)].append(index)
    return list(groups.values())


def _ranks(depths: dict[_Look, list[int | None]]) -> dict[_Look, _Rank]:
    ordered = sorted(
        depths,
        key=lambda look: (-look.size, not look.bold, not look.caps, look.italic, look.font, str(look.colour)),
    )
    least = min((depth for own in depths.values() for depth in own if depth is not None), default=1)
    fonts = Counter(look.font for look in ordered for _ in depths[look])
    ranks: dict[_Look, _Rank] = {}
    above: tuple[_Look, int] | None = None
    top: int | None = None
    for look in ordered:
        level = 1 if above is None else above[1] if _is_variant(above[0], look) else above[1] + 1
        numbered = [depth for depth in depths[look] if depth is not None]
        if len(numbered) * 2 > len(depths[look]):
            deep = Counter(numbered).most_common(1)[0][0]
            # Under a title that has no number, the sections '1', '2' are the second level.
            top = max(0, level - least) if top is None else top
            ranks[look] = _Rank(top + deep, above_numbers=top)
        else:
            ranks[look] = _Rank(level)
            if above is not None and len(depths[look]) == 1 and fonts[look.font] == 1:
                # An address or a signature, set like nothing else: it is no level between two others.
                continue
        above = (look, ranks[look].level)
    return ranks


def _is_variant(a: _Look, b: _Look) -> bool:
    """Whether two looks differ only in what does not tell levels apart."""
    return a.size == b.size and a.bold == b.bold and a.caps == b.caps and a.italic == b.italic and a.font == b.font
