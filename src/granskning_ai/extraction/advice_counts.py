"""How many recommendations a report announces against how many it lists; told only where the lists are certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.reading import BESIDE, Ids, list_after, marker_kind
from granskning_ai.extraction.structure import heading_text
from granskning_ai.model import AUDITORS_WORD, Anomaly, AnomalyKind, Block, BlockKind, DocType, Document
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import same_statement


@dataclass(frozen=True, slots=True, kw_only=True)
class _Announced:
    """A sentence that says how many recommendations the report gives."""

    number: int
    words: str
    start: int
    end: int


def check_advice(document: Document) -> Iterator[Anomaly]:
    """The first announced number of recommendations that the report's own lists contradict."""
    if document.metadata.doc_type not in AUDITORS_WORD | {DocType.COVER_LETTER}:
        return
    announced = _announcements(document.blocks)
    chapters = _listed(document.blocks) if announced else None
    if not chapters:
        return
    distinct = _distinct([item for items in chapters for item in items])
    counts = {len(_distinct(items)) for items in chapters} | {len(distinct)}
    # A summary that words its advice in its own way cannot be told from further advice.
    if len(distinct) != max(len(_distinct(items)) for items in chapters):
        return
    for said in announced:
        if said.number in counts:
            continue
        ids = Ids("avv-rek", document)
        yield Anomaly(
            id=ids.next(said.words),
            evidence=(
                document.cite(said.start, said.end),
                *(document.cite(item.start, item.end) for item in distinct),
            ),
            found_by="rule:announced_advice",
            confidence=0.8,
            anomaly=AnomalyKind.INCONSISTENT_COUNT,
            text=f"Dokumentet anger ”{said.words}” men räknar upp {len(distinct)}.",
            expected=str(len(distinct)),
        )
        return


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = load_yaml("anomalies.yml")
    number = "|".join([*words["numbers"], r"\d{1,2}"])
    return re.compile(words["advice"][name].replace("NUMBER", rf"(?P<number>{number})"), re.IGNORECASE)


def _announcements(blocks: Sequence[Block]) -> list[_Announced]:
    numbers: dict[str, int] = load_yaml("anomalies.yml")["numbers"]
    found = []
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH or "rekommendationer" not in block.text:
            continue
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            match = _pattern("announced").search(sentence)
            if match is None or sentence.endswith(":") or _pattern("earlier").search(sentence):
                continue
            word = match["number"].lower()
            number = numbers.get(word) or int(word)
            words = sentence[match.start("number") : match.end()]
            found.append(_Announced(number=number, words=words, start=block.start + start, end=block.start + end))
    return found


def _listed(blocks: Sequence[Block]) -> list[list[Block]] | None:
    """The listed recommendations of each top chapter; None where there may be others that stand in no list."""
    chapters: list[list[Block]] = [[]]
    within: int | None = None
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            level = block.level or 1
            if within is not None and level <= within:
                within = None
            if level == 1:
                chapters.append([])
            if within is None and _pattern("heading").fullmatch(heading_text(block.text)):
                within = level
        elif block.kind is BlockKind.TABLE and within is not None:
            return None
        elif block.kind is BlockKind.LIST_ITEM and within is not None and (block.level or 1) == 1:
            chapters[-1].append(block)
        elif block.kind is BlockKind.PARAGRAPH:
            listed = _under_lead(blocks, index)
            if listed is None or (within is not None and _pattern("in_prose").search(block.text)):
                return None
            chapters[-1] += listed if within is None else []
    filled = [items for items in chapters if items]
    return filled if filled and all(_is_whole(items) for items in filled) else None


def _under_lead(blocks: Sequence[Block], index: int) -> list[Block] | None:
    """The list after 'Vi rekommenderar nämnden att:'; None where a sentence recommends without a list."""
    text = blocks[index].text
    if "rekommender" not in text.lower():
        return []
    for start, end in sentences(text):
        sentence = text[start:end]
        if not _pattern("recommends").search(sentence) or _pattern("earlier").search(sentence):
            continue
        run = list_after(blocks, index) if end == len(text) and sentence.endswith(":") else None
        after = next((block for block in blocks[run.end :] if block.kind not in BESIDE), None) if run else None
        if run is None or not run.items or (after and re.match(r"\d+\.\s", after.text) and not _is_heading(after)):
            return None
        return [item[0] for item in run.items]
    return []


def _is_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING


def _is_whole(items: Sequence[Block]) -> bool:
    """Whether numbered items count without a gap, over one list or from one again in each."""
    if marker_kind(items[0]) != "number":
        return True
    expected = 1
    for item in items:
        number = int(re.sub(r"\D", "", item.marker or "") or 0)
        if number not in (expected, 1):
            return False
        expected = number + 1
    return True


def _distinct(items: Sequence[Block]) -> list[Block]:
    found: list[Block] = []
    for item in items:
        if not any(same_statement(item.text, other.text) for other in found):
            found.append(item)
    return found
