"""The measures of a plan that stand in lists, in entries ('Åtgärd 1: ...') or under a heading each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.plan_tables import Piece, Row
from granskning_ai.extraction.structure import heading_text
from granskning_ai.model import Block, BlockKind
from granskning_ai.swedish.language import sentences

TITLE = 8
"""How many words the name may have that a list item begins with ('Områdesvärdar. Två värdar ...')."""

ENTRY = 25
"""How many words an entry may have besides its number; a longer one is a paragraph that mentions a measure."""

SHORT = 2
"""How many words after a dash are still part of the name ('TSI – pilotprojekt')."""


@dataclass(slots=True, kw_only=True)
class _Section:
    """The measures under one heading: those of its list, those of its paragraphs, or the heading itself.

    `over` is the heading for measures or for an area that it stands under, `measure` the heading as a measure. `closed`
    where the heading is for something else (organisation, follow-up).
    """

    over: Block | None = None
    area: list[Piece] = field(default_factory=list)
    measure: Row | None = None
    closed: bool = False
    listed: list[Row] = field(default_factory=list)
    paragraphs: list[Row] = field(default_factory=list)

    def told(self) -> list[Row]:
        """The measures of which something is told."""
        heading = [row for row in [self.measure] if row and _is_told(row)]
        listed = [row for row in self.listed if _is_told(row)]
        # A single paragraph under a heading tells of the heading, several are measures each.
        paragraphs = [] if heading and len(self.paragraphs) == 1 else self.paragraphs
        return [*listed, *paragraphs] or heading


def list_rows(blocks: Sequence[Block]) -> Iterator[Row]:
    """The measures in the order of the text. Only what is told of is one: who does it, why, or to what end."""
    section = _Section()
    row: Row | None = None
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            row = None
        elif block.kind is BlockKind.HEADING:
            yield from section.told()
            section = _under(block, section)
            row = section.measure
        elif begun := _begin(block, section):
            row = begun
        elif row:
            _add_block(row, block)
    yield from section.told()


def _is_told(row: Row) -> bool:
    return bool(row.cells.keys() & {"responsible", "purpose", "goal"})


# Headings


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(load_yaml("measures.yml")[name], re.IGNORECASE)


def _under(block: Block, before: _Section) -> _Section:
    """What the heading `block` makes of the blocks below it."""
    within = before.over is not None and (block.level or 1) > (before.over.level or 1)
    if _words("list_heading").fullmatch(heading_text(block.text)):
        return _Section(over=block, area=_area_of(before.over) if within else [])
    named = _area_of(block)
    if named:
        return _Section(over=block, area=named)
    over = before.over if within else None
    entry = _words("entry").match(block.text) or _words("entry_heading").match(block.text)
    if entry:
        row = _row(entry["name"], block.start + entry.start("name"), _area_of(over), entry=True)
        return _Section(over=over, area=_area_of(over), measure=row)
    number = re.match(r"\d+(?:\.\d+)*\.?\s+", block.text)
    start = number.end() if number else 0
    whole = Piece(text=block.text[start:], start=block.start + start, end=block.end)
    if over is None:
        title = heading_text(block.text)
        closed = bool(_words("closed_heading").match(title))
        # Any heading but the document's own may name the area of a list whose items say who is responsible.
        own = block.start > 0 and not closed and not _words("no_area").match(title)
        return _Section(area=[whole] if own else [], closed=closed)
    # Under 'Åtgärder' a sub-heading is an area or a measure, under 'Insatsområde 1: ...' it is a measure.
    area = _area_of(over)
    measure = Row(cells={"name": [whole], **({"area": list(area)} if area else {})})
    return _Section(over=over, area=area or [whole], measure=measure)


def _area_of(heading: Block | None) -> list[Piece]:
    """The area that a heading names: 'Fabriksgatan' of 'Insatsområde 1: Fabriksgatan'."""
    named = _words("area_heading").match(heading.text) if heading else None
    if heading is None or named is None:
        return []
    return [Piece(text=named["name"], start=heading.start + named.start("name"), end=heading.end)]


# Rows


def _begin(block: Block, section: _Section) -> Row | None:
    """The row that begins in `block`: an entry, or a list item or paragraph that names a measure and tells of it."""
    entry = _words("entry").match(block.text)
    if entry and len(entry["name"].split()) <= ENTRY:
        section.listed.append(_row(entry["name"], block.start + entry.start("name"), section.area, entry=True))
        return section.listed[-1]
    if block.kind not in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH) or _starts_labelled(block) or section.closed:
        return None
    says_who = any(label.role == "responsible" for label in _labelled(block.text))
    item = block.kind is BlockKind.LIST_ITEM and (block.level or 1) == 1
    if item and (section.over or says_who):
        section.listed.append(_row(block.text, block.start, section.area, entry=False))
        return section.listed[-1]
    if section.over and says_who and block.kind is BlockKind.PARAGRAPH:
        if section.measure:
            _add_block(section.measure, block)
        section.paragraphs.append(_row(block.text, block.start, section.area, entry=False))
        return section.paragraphs[-1]
    return None


def _row(text: str, start: int, area: Sequence[Piece], *, entry: bool) -> Row:
    row = Row(cells={"area": list(area)} if area else {})
    labels = _labelled(text)
    said = text[: labels[0].begin if labels else len(text)].rstrip(" –-(")
    name = len(said) if entry else _name_length(said)
    title = said[:name].rstrip(". :–-")
    row.cells["name"] = [Piece(text=title, start=start, end=start + len(title))]
    _add_sentences(row, said[name:], start + name)
    _add_labels(row, labels, start)
    return row


def _name_length(text: str) -> int:
    """How much of a list item is the measure's name: a title before a colon, a dash or a full stop, or its sentence."""
    bounds = sentences(text)
    if not bounds:
        return len(text)
    first = text[: bounds[0][1]]
    mark = re.search(r":\s+|\s[–-]\s+", first)
    if mark and len(first[: mark.start()].split()) <= TITLE and len(first[mark.end() :].split()) > SHORT:
        return mark.end()
    where = _RESPONSIBLE_LAST.search(first) if len(bounds) == 1 else None
    return where.start() if where else len(first)


_RESPONSIBLE_LAST = re.compile(r"\s+\([^()]{3,80}\)\s*\.?$")


def _add_block(row: Row, block: Block) -> None:
    labels = _labelled(block.text)
    if labels and _starts_labelled(block):
        _add_labels(row, labels, block.start)
    elif block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and "responsible" not in row.cells:
        before = block.text[: labels[0].begin] if labels else block.text
        _add_sentences(row, before, block.start, whole=block.kind is BlockKind.LIST_ITEM)
        _add_labels(row, labels, block.start)


def _add_sentences(row: Row, text: str, offset: int, *, whole: bool = False) -> None:
    """What is told of a measure without labels: its purpose, its goal and who is responsible, else its description."""
    bounds = [(0, len(text))] if whole and text.strip() else sentences(text)
    told: list[tuple[str, int, int]] = []
    for start, end in bounds:
        role, a, b = _role_of(text[start:end])
        if role == "description" and told and told[-1][0] == role:
            told[-1] = (role, told[-1][1], start + b)
        else:
            told.append((role, start + a, start + b))
    for role, a, b in told:
        if role not in row.cells or role == "description":
            piece = Piece(text=text[a:b].strip(), start=offset + a, end=offset + b)
            row.cells.setdefault(role, []).append(piece)


def _role_of(sentence: str) -> tuple[str, int, int]:
    """What a sentence tells of a measure, and the span of its words that do."""
    for name in ("says_responsible", "bracket_responsible"):
        match = _words(name).search(sentence)
        if match:
            return "responsible", *match.span("who")
    cues = load_yaml("measures.yml")["cues"]
    for role in ("purpose", "goal"):
        if re.search(cues[f"{role}_sentence"], sentence, re.IGNORECASE):
            return role, 0, len(sentence)
    return "description", 0, len(sentence)


# Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A labelled stretch ('Ansvarig: tekniska nämnden'): where its label begins, and the span and words after it."""

    role: str
    begin: int
    start: int
    text: str


@cache
def _label_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    labels: dict[str, str] = load_yaml("measures.yml")["labels"]
    roles = {word: role for role, words in labels.items() for word in words.split("|")}
    joined = "|".join(sorted(map(re.escape, roles), key=lambda word: (-len(word), word)))
    who = "|".join(sorted(map(re.escape, labels["responsible"].split("|")), key=lambda word: (-len(word), word)))
    # A label stands at the beginning of a line or a clause; with a capital letter anywhere ('... lås Ansvarig: X').
    place = r"(?:^|(?<=[.;,\n(–-])\s*|(?<=\s)(?-i:(?=[A-ZÅÄÖ])))"
    return re.compile(rf"{place}(?:(?P<label>{joined})\s*:|(?P<who>{who})\s+är\b)\s*", re.IGNORECASE), roles


def _labelled(text: str) -> list[_Label]:
    """The labelled stretches of a text ('Syfte: ... Ansvarig: ...'), each with what it says."""
    pattern, roles = _label_pattern()
    matches = list(pattern.finditer(text))
    if not matches:
        return []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [
        _Label(
            role=roles[(match["label"] or match["who"]).lower()],
            begin=match.start(),
            start=match.end(),
            text=text[match.end() : end].rstrip(" .;,()–-\n"),
        )
        for match, end in zip(matches, ends, strict=True)
    ]


def _starts_labelled(block: Block) -> bool:
    pattern, _ = _label_pattern()
    return pattern.match(block.text) is not None


def _add_labels(row: Row, labels: Sequence[_Label], offset: int) -> None:
    for label in labels:
        if label.text.strip():
            start = offset + label.start
            piece = Piece(text=label.text, start=start, end=start + len(label.text))
            row.cells.setdefault(label.role, []).append(piece)
