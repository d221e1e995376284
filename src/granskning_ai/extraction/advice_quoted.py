"""Recommendations of another report that a reply, a table or a follow-up restates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from granskning_ai.extraction.addressees import addressees_in
from granskning_ai.extraction.advice import Advice, is_imperative, piece, says_what_ought_to_be_done
from granskning_ai.extraction.advice_lists import labelled, listed, number_of
from granskning_ai.extraction.flat_cells import stacked_tables
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.structure import PROSE, Placed, block_sentences
from granskning_ai.model import BlockKind
from granskning_ai.swedish.language import sentences


def followed_up(placed: list[Placed]) -> Iterator[Advice]:
    """The recommendations of an earlier report in a table that says what has become of each."""
    for item in placed:
        header = item.block.header
        if not header or not any(phrase("column_outcome").search(text.strip()) for text in header):
            continue
        if any(phrase("column_question").search(text.strip()) for text in header):
            # An answer table: its recommendations are the report's own.
            continue
        column = next((i for i, text in enumerate(header) if phrase("column_previous").search(text.strip())), None)
        for row in item.block.cells[1:] if column is not None else ():
            cell = row[column or 0]
            if len(cell.text.split()) >= 3:
                yield _quoted(" ".join(cell.text.split()), cell.start, cell.end, item)
    yield from _flat_rows(placed)
    yield from _stacked_rows(placed)


def restated(placed: list[Placed]) -> Iterator[Advice]:
    """What a reply quotes: behind a label, in a list under a lead, or before each answer."""
    sources = (labelled(placed), _introduced(placed), _answered(placed), told_of(placed, now=True), _in_quotes(placed))
    for source in sources:
        for advice in source:
            advice.quoted = True
            yield advice


def told_of(placed: list[Placed], *, now: bool = False) -> Iterator[Advice]:
    """'2020 rekommenderades nämnden att …', 'Revisionen skrev då att planerna behöver …'.

    With `now` also what a reply says that the auditors advise: 'Revisionen rekommenderar att …'.
    """
    for item in placed:
        if item.block.kind not in PROSE:
            continue
        for sentence in block_sentences(item):
            lead = phrase("recommended_before").search(sentence.text)
            lead = lead or (phrase("recommended_now").search(sentence.text) if now else None)
            text = sentence.text[lead.end() :].strip(" .") if lead else ""
            if lead and len(text.split()) >= 2 and not sentence.text.rstrip().endswith(":"):
                start = sentence.start + lead.end()
                yield _quoted(text, start, start + len(text), item)


def _quoted(text: str, start: int, end: int, item: Placed, number: str | None = None) -> Advice:
    return Advice(
        text=text,
        places=[(start, end)],
        rule="recommendation_followed_up",
        number=number,
        addressees=addressees_in(text),
        quoted=True,
        index=item.index,
    )


# --- Replies ---


def _introduced(placed: list[Placed]) -> Iterator[Advice]:
    """Lists under a lead that speaks of recommendations; what the board itself thinks ought to be done is none."""
    for advice in listed(placed):
        block = placed[advice.index].block
        if not _is_own(block.text) and not phrase("answer_begins").match(block.text):
            yield advice


def _in_quotes(placed: list[Placed]) -> Iterator[Advice]:
    """Advice between quotation marks: '”Nämnden bör besluta om en plan.”'."""
    for item in placed:
        if item.block.kind not in PROSE:
            continue
        for match in re.finditer(r"[”“\"»](?P<said>[^”“\"»«]{12,300})[”“\"«]", item.block.text):
            said = match["said"].strip()
            if says_what_ought_to_be_done(said) or is_imperative(said):
                start = item.block.start + match.start("said")
                yield _quoted(said, start, start + len(match["said"].rstrip()), item)


def _is_own(text: str) -> bool:
    return phrase("boards_own").search(text) is not None


def _answered(placed: list[Placed]) -> Iterator[Advice]:
    """Items that are each followed by its answer ('b) Nämnden bör … Ja, det är gjort')."""
    items = [item for item in placed if item.block.kind in PROSE or item.block.kind is BlockKind.HEADING]
    for position, item in enumerate(items):
        block = item.block
        if _is_own(block.text):
            continue
        number = number_of(block.marker)
        numbered = re.match(r"^(?:rekommendation\s+)?(\d+|[a-z])[.):]\s+", block.text, re.IGNORECASE)
        offset = numbered.end() if numbered and not number else 0
        number = number or (numbered.group(1) if numbered else None)
        following = items[position + 1] if position + 1 < len(items) else None
        spans = sentences(block.text[offset:])
        if number is None or (
            len(spans) == 1 and (following is None or following.block.kind is not BlockKind.PARAGRAPH)
        ):
            continue
        for a, b in spans:
            text = block.text[offset + a : offset + b]
            if not says_what_ought_to_be_done(text) and not is_imperative(text):
                break
            found = piece(text, block.start + offset + a)
            yield _quoted(found.text, found.start, found.end, item, number)


# --- Tables that a text dump has flattened ---


def _flat_rows(placed: list[Placed]) -> Iterator[Advice]:
    """Rows of 'Nr Rekommendation Svar Läge' with their cells one after the other: cut where the answer begins."""
    for at, header in enumerate(placed):
        if not phrase("flat_previous_header").match(header.block.text.strip()):
            continue
        for item in placed[at + 1 :]:
            row = re.match(r"^(?:(\d+|[a-z])[.)]?\s+)?", item.block.text)
            outcome = phrase("outcome").search(item.block.text)
            if outcome is None or row is None or item.block.kind is BlockKind.TABLE:
                break
            text = item.block.text[row.end() : outcome.start()].strip()
            start = item.block.start + row.end()
            number = row.group(1) or number_of(item.block.marker)
            if len(text.split()) >= 3:
                yield _quoted(text, start, start + len(text), item, number)


def _stacked_rows(placed: list[Placed]) -> Iterator[Advice]:
    """Tables whose cells stand one under the other, where a column tells what the auditors wanted."""
    for table in stacked_tables(placed, phrase("column_outcome")):
        column = next((i for i, text in enumerate(table.heading) if phrase("column_previous").search(text)), None)
        for row in table.rows if column is not None else ():
            cell = row[column or 0]
            if len(cell.text.split()) < 3:
                break
            yield _quoted(cell.text, cell.start, cell.end, cell.item)
