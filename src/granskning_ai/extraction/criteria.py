"""Audit criteria (revisionskriterier): the laws, policies and decisions that an audit judges against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.laws import act_cited
from granskning_ai.extraction.reading import Ids, list_after
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
        act = act_cited(found.text, date)
        criteria.append(
            Criterion(
                id=ids.next(found.text),
                evidence=tuple(proofs),
                found_by=f"rule:{found.rule}",
                text=found.text,
                law=act.number if act else None,
            )
        )
    return criteria


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_yaml("criteria.yml")[name], re.IGNORECASE)


def _read(blocks: Sequence[Block]) -> Iterator[_Found]:
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.kind is BlockKind.HEADING and _pattern("words").search(block.text):
            found, index = _section(blocks, index)
            yield from found
            continue
        if block.kind is BlockKind.PARAGRAPH and _is_lead(block.text):
            yield from _items(blocks, index)
        elif block.kind is BlockKind.PARAGRAPH:
            yield from _prose(block)
        elif block.kind is BlockKind.TABLE:
            yield from _column(block)
        index += 1


def _is_lead(text: str) -> bool:
    """Whether a paragraph ends by introducing a list of criteria."""
    last = text[slice(*sentences(text)[-1])] if text.strip() else ""
    return last.endswith(":") and bool(_pattern("words").search(last) or _pattern("test_lead").search(last))


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
        if introduces and not (at > index and _pattern("other_list").search(block.text)):
            found = list(_items(blocks, at))
            if found:
                return found, end
    found = []
    for block in blocks[index + 1 : end]:
        if block.kind is BlockKind.PARAGRAPH:
            found += list(_prose(block)) or list(_short(block))
    return found, end


def _items(blocks: Sequence[Block], index: int) -> Iterator[_Found]:
    """The items of the list after `blocks[index]`, unless they are the audit's questions."""
    items = [item[0] for item in list_after(blocks, index).items]
    asking = sum(item.text.rstrip().endswith("?") or bool(_pattern("question").match(item.text)) for item in items)
    if asking * 2 >= len(items):
        return
    for item in items:
        yield _Found(_clean(item.text), item.start, item.end, "criteria_list")


def _clean(text: str) -> str:
    """A list item's words without the punctuation that belongs to the list."""
    return re.sub(r"(?:,\s*(?:och|samt)|[;,]|\s+(?:och|samt))\s*$", "", text.strip()).rstrip(" .")


def _column(block: Block) -> Iterator[_Found]:
    """A table whose column heading is 'Revisionskriterier'."""
    for column, heading in enumerate(block.header):
        if re.fullmatch(rf"(?:{_pattern('words').pattern})", heading.strip(), re.IGNORECASE):
            cells = {row[column].start: row[column] for row in block.cells[1:] if row[column].text}
            found = [
                _Found(_clean(cell.text), cell.start, cell.start + len(cell.text), "criteria_table")
                for cell in cells.values()
            ]
            if sum(item.text.endswith("?") for item in found) * 2 < len(found):
                yield from found


def _prose(block: Block) -> Iterator[_Found]:
    """Criteria in a sentence: 'Revisionskriterierna utgörs av A, B och C'."""
    for start, end in sentences(block.text):
        sentence = block.text[start:end]
        named = _pattern("words").search(sentence)
        verb = _pattern("prose").search(sentence, named.end()) if named else None
        if named is None or verb is None or verb.start() - named.end() > 60 or sentence.endswith((":", "?")):
            continue
        if not _pattern("nouns").search(sentence[verb.end() :]):
            continue
        for a, b in _series(sentence, verb.end()):
            text = _clean(sentence[a:b])
            at = block.start + start + a
            yield _Found(text[:1].upper() + text[1:], at, at + len(text), "criteria_prose")


def _series(sentence: str, at: int) -> list[tuple[int, int]]:
    """The spans of the members of a series, or the whole where it cannot be cut with certainty."""
    end = len(sentence.rstrip(" ."))
    cuts = [at]
    depth = 0
    for match in re.finditer(r"[()]|,\s+(?:samt\s+|och\s+)?|\s+samt\s+|\s+och\s+", sentence[:end]):
        if match.group() in "()":
            depth += 1 if match.group() == "(" else -1
        elif match.start() > at and depth == 0 and _separates(sentence[:end], match):
            cuts += [match.start(), match.end()]
    cuts.append(end)
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    if all(_pattern("nouns").search(sentence[a:b]) for a, b in spans):
        return spans
    # 'mål och budget' is one thing: try the commas and the last conjunction alone.
    joined: list[tuple[int, int]] = []
    for a, b in spans:
        if joined and not _pattern("nouns").search(sentence[a:b]):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined if all(_pattern("nouns").search(sentence[a:b]) for a, b in joined) else [(at, end)]


def _separates(sentence: str, match: re.Match[str]) -> bool:
    """Whether a comma or conjunction ends a member; 'mål och budget' and 'plan- och bygglagen' are one."""
    if sentence[: match.start()].endswith("-"):
        return False
    if match.group().strip() != "och":
        return True
    rest = sentence[match.end() :]
    last = re.search(r",\s|\s(?:samt|och)\s", rest) is None
    return last and (len(rest.split()) > 1 or rest.endswith(("lagen", "lag", "balken", "förordningen")))


def _short(block: Block) -> Iterator[_Found]:
    """A line that names an act, as some houses set each criterion on a line of its own."""
    if len(block.text.split()) <= 12 and not block.text.rstrip().endswith((".", ":", "?")) and act_cited(block.text):
        yield _Found(_clean(block.text), block.start, block.end, "criteria_line")
