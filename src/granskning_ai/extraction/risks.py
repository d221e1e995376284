"""Risks and observations that a document itself lists as its findings; not every sentence that mentions a risk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.reading import BESIDE, Ids, list_after
from granskning_ai.extraction.structure import heading_text
from granskning_ai.model import Block, BlockKind, Document, Evidence, Finding, Observation, Risk
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import same_statement


@dataclass(frozen=True, slots=True)
class _Listed:
    text: str
    spans: tuple[tuple[int, int], ...]


def find_risks(document: Document) -> list[Finding]:
    """Every risk of the document's own lists and tables of risks, each once."""
    ids = Ids("risk", document)
    return [
        Risk(id=ids.next(text), evidence=proofs, found_by="rule:listed_risks", text=text)
        for text, proofs in _once(document, _risks(document.blocks))
    ]


def find_observations(document: Document) -> list[Finding]:
    """Every observation of the document's own lists, and the numbered headings of a chapter of observations."""
    ids = Ids("iakttagelse", document)
    return [
        Observation(id=ids.next(text), evidence=proofs, found_by="rule:listed_observations", text=text)
        for text, proofs in _once(document, _observations(document.blocks))
    ]


def _once(document: Document, listed: Iterator[_Listed]) -> list[tuple[str, tuple[Evidence, ...]]]:
    """Each statement once, with every place where the document makes it."""
    merged: list[tuple[str, list[Evidence]]] = []
    for item in listed:
        own = [document.cite(start, end) for start, end in item.spans]
        known = next((proofs for text, proofs in merged if same_statement(text, item.text)), None)
        if known is None:
            merged.append((item.text, own))
        else:
            known.extend(own)
    return [(text, tuple(proofs)) for text, proofs in merged]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_yaml("risks.yml")[name], re.IGNORECASE)


def _last_sentence(block: Block) -> str:
    bounds = sentences(block.text)
    return block.text[slice(*bounds[-1])] if bounds else ""


def _items(blocks: Sequence[Block], index: int) -> Iterator[_Listed]:
    """The list after `blocks[index]`; a nested item belongs to the item above it."""
    for item in list_after(blocks, index).items:
        yield _Listed(" ".join(block.text for block in item), tuple((block.start, block.end) for block in item))


def _risks(blocks: Sequence[Block]) -> Iterator[_Listed]:
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and _pattern("risk_heading").fullmatch(heading_text(block.text).rstrip(":")):
            yield from _items(blocks, index)
        elif block.kind is BlockKind.PARAGRAPH:
            lead = _last_sentence(block)
            if _introduces_risks(lead):
                yield from _items(blocks, index)
        elif block.kind is BlockKind.TABLE:
            yield from _risk_column(block)


def _introduces_risks(lead: str) -> bool:
    announced = _pattern("risk_lead").search(lead) and _pattern("risk_cue").search(lead)
    return bool(announced) and not _pattern("risk_of_others").search(lead)


def _risk_column(block: Block) -> Iterator[_Listed]:
    for column, heading in enumerate(block.header):
        if _pattern("risk_column").fullmatch(heading.strip()):
            cells = {row[column].start: row[column] for row in block.cells[1:] if len(row[column].text.split()) > 2}
            for cell in cells.values():
                yield _Listed(" ".join(cell.text.split()), ((cell.start, cell.end),))


def _observations(blocks: Sequence[Block]) -> Iterator[_Listed]:
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            title = heading_text(block.text).rstrip(":")
            if _pattern("observation_heading").fullmatch(title):
                numbered = _numbered(blocks, index)
                yield from numbered or _under_heading(
                    blocks, index, summed_up=bool(_pattern("summed_up").search(title))
                )
        elif block.kind is BlockKind.PARAGRAPH and _pattern("observation_lead").search(_last_sentence(block)):
            yield from _items(blocks, index)


def _under_heading(blocks: Sequence[Block], index: int, *, summed_up: bool) -> list[_Listed]:
    """The list under a heading for observations; a chapter of prose with lists of other things gives nothing."""
    direct = list(_items(blocks, index))
    if direct or not summed_up:
        return direct
    after = next((n for n in range(index + 1, len(blocks)) if blocks[n].kind not in BESIDE), index)
    return list(_items(blocks, after)) if blocks[after].kind is BlockKind.PARAGRAPH else []


_NUMBER = re.compile(r"^(\d{1,2})[.)]?\s+(?=\S)")


def _numbered(blocks: Sequence[Block], index: int) -> list[_Listed]:
    """The headings numbered 1, 2, 3 ... that follow a heading, each with prose of its own below it."""
    found: list[_Listed] = []
    for at in range(index + 1, len(blocks)):
        block = blocks[at]
        number, skipped = _own_number(block)
        if number == len(found) + 1 and _has_prose(blocks, at):
            found.append(_Listed(block.text[skipped:].rstrip(), ((block.start + skipped, block.end),)))
        elif block.kind is BlockKind.HEADING or (number and number > len(found) + 1):
            break
    return found if len(found) > 1 else []


def _own_number(block: Block) -> tuple[int, int]:
    """The number of a numbered heading or list item, and how many characters of its text are the number."""
    if block.kind is BlockKind.LIST_ITEM:
        digits = re.sub(r"\D", "", block.marker or "")
        return (int(digits), 0) if digits else (0, 0)
    match = _NUMBER.match(block.text) if block.kind is BlockKind.HEADING else None
    return (int(match[1]), match.end()) if match else (0, 0)


def _has_prose(blocks: Sequence[Block], at: int) -> bool:
    after = [block for block in blocks[at + 1 : at + 4] if block.kind not in BESIDE]
    return bool(after) and after[0].kind is BlockKind.PARAGRAPH
