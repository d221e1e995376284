"""Audit criteria (revisionskriterier): the laws, policies and decisions that an audit judges against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from granskning_ai.extraction.criteria_prose import criteria_in, introduces_grounds, is_certain, is_criterion, pattern
from granskning_ai.extraction.laws import act_cited, find_citations, number_cited
from granskning_ai.extraction.reading import Ids, list_after
from granskning_ai.extraction.structure import heading_text
from granskning_ai.model import SELF_REPORTS, Block, BlockKind, Criterion, Document, Evidence, Finding
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import same_statement


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    start: int
    end: int
    rule: str


def find_criteria(document: Document) -> list[Finding]:
    """Every audit criterion once, however often the document repeats it. Plans and agreements have none."""
    if document.metadata.doc_type in SELF_REPORTS:
        return []
    merged: list[tuple[_Found, list[Evidence]]] = []
    for found in _read(document.blocks):
        proof = document.cite(found.start, found.end)
        known = next((proofs for first, proofs in merged if same_statement(first.text, found.text)), None)
        if known is None:
            merged.append((found, [proof]))
        else:
            known.append(proof)
    ids = Ids("kriterium", document)
    date = document.metadata.date or (str(document.metadata.year) if document.metadata.year else None)
    criteria: list[Finding] = []
    for found, proofs in merged:
        criteria.append(
            Criterion(
                id=ids.next(found.text),
                evidence=tuple(proofs),
                found_by=f"rule:{found.rule}",
                text=found.text,
                law=number_cited(found.text, date),
            )
        )
    return criteria


def _read(blocks: Sequence[Block]) -> Iterator[_Found]:
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.kind is BlockKind.HEADING and _is_heading(block):
            found, index = _section(blocks, index)
            yield from found
            continue
        if block.kind is BlockKind.PARAGRAPH and _is_lead(block.text):
            yield from _items(blocks, index)
        elif block.kind is BlockKind.PARAGRAPH and _introduces_grounds(block.text):
            yield from _grounds(blocks, index)
        elif block.kind is BlockKind.PARAGRAPH:
            yield from _prose(block)
        elif block.kind is BlockKind.TABLE:
            yield from _column(block)
        index += 1


def _is_heading(block: Block) -> bool:
    return bool(pattern("words").search(block.text) or pattern("heading").fullmatch(heading_text(block.text)))


def _introduces_grounds(text: str) -> bool:
    return text.endswith(":") and introduces_grounds(text[slice(*sentences(text)[-1])])


def _grounds(blocks: Sequence[Block], index: int) -> list[_Found]:
    """The list after 'Vi har utgått från:', if it is one of acts and rules rather than of papers that were read."""
    items = list(_items(blocks, index))
    judged = all(is_criterion(item.text) for item in items) and any(is_certain(item.text) for item in items)
    return items if judged else []


def _is_lead(text: str) -> bool:
    """Whether a paragraph ends by introducing a list of criteria."""
    last = text[slice(*sentences(text)[-1])] if text.strip() else ""
    return last.endswith(":") and bool(pattern("words").search(last) or pattern("test_lead").search(last))


def _section(blocks: Sequence[Block], index: int) -> tuple[list[_Found], int]:
    """The criteria in the section under a heading: its first list, else its prose; and the index after the section."""
    end = index + 1
    while end < len(blocks) and blocks[end].kind is not BlockKind.HEADING:
        end += 1
    for at in range(index, end):
        block = blocks[at]
        if block.kind is BlockKind.TABLE:
            return list(_column(block)), end
        introduces = at == index or (block.kind is BlockKind.PARAGRAPH and block.text.rstrip().endswith(":"))
        if introduces and not (at > index and pattern("other_list").search(block.text)):
            found = list(_items(blocks, at))
            if found:
                return found, end
    paragraphs = [block for block in blocks[index + 1 : end] if block.kind is BlockKind.PARAGRAPH]
    found = [item for block in paragraphs for item in (list(_prose(block)) or list(_short(block)))]
    return found or [item for block in paragraphs for item in _cited(block)], end


def _items(blocks: Sequence[Block], index: int) -> Iterator[_Found]:
    """The items of the list after `blocks[index]`, unless they are the audit's questions."""
    items = [item[0] for item in list_after(blocks, index).items]
    asking = sum(item.text.rstrip().endswith("?") or bool(pattern("question").match(item.text)) for item in items)
    if asking * 2 >= len(items):
        return
    for item in items:
        yield _Found(_clean(item.text), item.start, item.end, "criteria_list")


def _clean(text: str) -> str:
    """A list item's words without the punctuation that belongs to the list."""
    text = re.sub(r"(?:,\s*(?:och|samt)|[;,]|\s+(?:och|samt))\s*$", "", text.strip())
    return text if text.endswith("kap.") else text.rstrip(" .")


def _column(block: Block) -> Iterator[_Found]:
    """A table whose column heading is 'Revisionskriterier'."""
    for column, heading in enumerate(block.header):
        if re.fullmatch(rf"(?:{pattern('words').pattern})", heading.strip(), re.IGNORECASE):
            cells = {row[column].start: row[column] for row in block.cells[1:] if row[column].text}
            found = [
                _Found(_clean(cell.text), cell.start, cell.start + len(cell.text), "criteria_table")
                for cell in cells.values()
            ]
            if sum(item.text.endswith("?") for item in found) * 2 < len(found):
                yield from found


def _prose(block: Block) -> Iterator[_Found]:
    """Criteria in a sentence: 'Revisionskriterierna utgörs av A, B och C', 'Granskningen utgår från A och B'."""
    for a, b in criteria_in(block.text):
        text = _clean(block.text[a:b])
        at = block.start + a
        yield _Found(text[:1].upper() + text[1:], at, at + len(text), "criteria_prose")


def _short(block: Block) -> Iterator[_Found]:
    """A line that names an act, as some houses set each criterion on a line of its own."""
    if len(block.text.split()) <= 12 and not block.text.rstrip().endswith((".", ":", "?")) and act_cited(block.text):
        yield _Found(_clean(block.text), block.start, block.end, "criteria_line")


_PROVISION = r"(?:\d+\s*(?:[a-z]\s)?(?:kap\.|§§?)|(?:,|och|–|-)\s*\d+\s*(?:[a-z]\s)?(?:§§?|kap\.)?)"
_PROVISION_AFTER = re.compile(
    rf",?\s*\d+\s*(?:[a-z]\s)?(?:kap\.|§§?)(?:\s*{_PROVISION}|\s*\d+)*(?!\s*(?:\d|i\s|[\wåäö]*(?:lag|balk)))"
)
_PROVISION_BEFORE = re.compile(rf"(?:{_PROVISION}|\d+)(?:\s*(?:{_PROVISION}|\d+))*\s+(?:i\s+)?$")


def _cited(block: Block) -> Iterator[_Found]:
    """The acts that a section on criteria tells about, with the provisions that stand beside their names."""
    for citation in find_citations(block.text):
        if not (citation.named or citation.number):
            continue
        after = _PROVISION_AFTER.match(block.text, citation.end)
        before = _PROVISION_BEFORE.search(block.text[: citation.start])
        start = before.start() if before else citation.start
        text = _clean(block.text[start : after.end() if after else citation.end])
        yield _Found(
            text[:1].upper() + text[1:], block.start + start, block.start + start + len(text), "criteria_cited"
        )
