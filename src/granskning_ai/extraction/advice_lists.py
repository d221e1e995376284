"""Recommendations in lists: after a lead, under a heading, run together in a paragraph, or behind a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from granskning_ai.extraction.addressees import addressees_in, addressees_named, names_an_addressee
from granskning_ai.extraction.advice import (
    Advice,
    Piece,
    advising_sentences,
    infinitive_lines,
    inline_items,
    is_imperative,
    piece,
    says_what_ought_to_be_done,
    without_lead,
)
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.structure import PROSE, Placed, role_of
from granskning_ai.model import Block, BlockKind
from granskning_ai.swedish.language import sentences

_SILENT = frozenset({"method", "background", "criteria", "sources", "contents"})


def listed(placed: list[Placed]) -> Iterator[Advice]:
    """What stands under leads and headings of recommendations."""
    index = 0
    while index < len(placed):
        lead = placed[index]
        index += 1
        inline = _inline(lead)
        if inline is not None:
            yield from inline
            continue
        if not leads(lead, placed[index : index + 1]):
            continue
        addressees = _named_in_lead(lead.block) or _addressees_before(placed, lead.index)
        quoted = phrase("previous").search(f"{lead.heading} {lead.block.text}") is not None
        while index < len(placed) and _is_item(placed[index], lead, placed[index + 1 : index + 2]):
            block = placed[index].block
            index += 1
            if addressees_in(block.text) and block.text.rstrip().endswith(":"):
                addressees = addressees_in(block.text)
                continue
            for found in _item_pieces(block):
                yield _advice(found, found.named or addressees, block, index - 1, quoted=quoted)


def _advice(found: Piece, addressees: tuple[str, ...], block: Block, index: int, *, quoted: bool = False) -> Advice:
    return Advice(
        text=found.text,
        places=[(found.start, found.end)],
        rule="recommendation_list",
        number=number_of(block.marker),
        addressees=addressees,
        quoted=quoted,
        index=index,
    )


def number_of(marker: str | None) -> str | None:
    """A list item's number or letter."""
    text = (marker or "").strip("().")
    return text if re.fullmatch(r"\d+|[a-z]", text) and text != "o" else None


def leads(item: Placed, following: list[Placed]) -> bool:
    """Whether the block introduces recommendations; one without a colon only where a list follows."""
    block = item.block
    if item.role in _SILENT and block.kind is not BlockKind.HEADING and not _is_plain(block.text):
        return False
    if block.kind is BlockKind.HEADING:
        # A short line that only goes on in a list looks like a heading.
        return role_of(block.text) == "recommendations" or _leads_softly(block.text, following)
    if block.kind not in PROSE:
        return False
    plain = phrase("recommendation_lead").search(block.text.strip()) is not None
    if plain and phrase("stress_lead").search(block.text) and not _says_what_to_do(following):
        return False
    return plain or _leads_softly(block.text, following)


def _is_plain(text: str) -> bool:
    """'Vi rekommenderar' is the auditor's advice wherever it stands; an earlier report's advice is that one's."""
    return phrase("we_recommend").search(text) is not None or phrase("previous").search(text) is not None


def _leads_softly(text: str, following: list[Placed]) -> bool:
    lists = bool(following) and following[0].block.kind is BlockKind.LIST_ITEM
    return lists and phrase("soft_lead").search(text.strip()) is not None and _says_what_to_do(following)


def _says_what_to_do(following: list[Placed]) -> bool:
    """Whether the first item says what is to be done; a list of what was found gives the grounds."""
    text = following[0].block.text if following else ""
    return (
        is_line(text)
        or text.startswith("att ")
        or any(says_what_ought_to_be_done(text[a:b]) for a, b in sentences(text))
    )


def _inline(item: Placed) -> list[Advice] | None:
    """The items of a list that stands in the lead's own paragraph; None where there is none."""
    block = item.block
    apart = block.kind is BlockKind.PARAGRAPH and (item.role not in _SILENT or _is_plain(block.text))
    split = inline_items(block.text) if apart else None
    if split is None:
        return None
    lead, spans = split
    if not phrase("recommendation_lead").search(lead) and not phrase("soft_lead").search(lead):
        return None
    addressees = addressees_in(lead) or addressees_in(f"{lead}:")
    quoted = phrase("previous").search(f"{item.heading} {lead}") is not None
    pieces = [piece(block.text[a:b], block.start + a) for a, b in spans]
    return [_advice(found, found.named or addressees, block, item.index, quoted=quoted) for found in pieces]


def _is_item(item: Placed, lead: Placed, following: list[Placed]) -> bool:
    block = item.block
    if block.kind is BlockKind.LIST_ITEM:
        return not phrase("recommendation_lead").search(block.text) or len(block.text.split()) > 12
    advised = phrase("recommendation_sentence").search(block.text)
    if block.kind is not BlockKind.PARAGRAPH or leads(item, following) or advised:
        return False
    if addressees_in(block.text) and block.text.rstrip().endswith(":") and len(block.text) < 160:
        return True
    # Under a heading of recommendations, or a lead that says so, prose that says what ought to be done is advice.
    under = lead.block.kind is BlockKind.HEADING or phrase("recommendation_lead").search(lead.block.text) is not None
    return under and (
        any(says_what_ought_to_be_done(block.text[a:b]) for a, b in sentences(block.text)) or is_line(block.text)
    )


LONGEST_LINE = 250
"""Characters. A longer paragraph is no line of a list that has lost its marks."""


def is_line(text: str) -> bool:
    """A line of a list without marks: 'Upprätta en plan', 'Kommunstyrelsen vidareutvecklar sin uppföljning'."""
    if len(text) > LONGEST_LINE or len(text.split()) < 2:
        return False
    return (
        is_imperative(text)
        or text.lower().startswith("att ")
        or (names_an_addressee(text) and phrase("present").search(text) is not None)
    )


def _item_pieces(block: Block) -> Iterator[Piece]:
    """A list item is one advice; one of several sentences that each advise is several; a paragraph one per sentence."""
    text = block.text
    spans = sentences(text)
    if block.kind is BlockKind.LIST_ITEM:
        advising = [says_what_ought_to_be_done(text[a:b]) for a, b in spans]
        if len(spans) > 1 and all(advising):
            yield from advising_sentences(text, block.start)
        else:
            yield without_lead(text, block.start)
        return
    found = [
        piece(text[a:b], block.start + a)
        for a, b in spans
        if says_what_ought_to_be_done(text[a:b]) or (is_line(text[a:b]) and len(spans) > 1)
    ]
    if found:
        yield from found
    else:
        yield from (piece(text[a:b], block.start + a) for a, b in infinitive_lines(text))


def labelled(placed: list[Placed]) -> Iterator[Advice]:
    """'Rekommendation 3. Inrätta ett råd.', by itself or at the end of a paragraph."""
    for item in placed:
        block = item.block
        if block.kind not in PROSE and block.kind is not BlockKind.HEADING:
            continue
        label = phrase("recommendation_label").search(block.text)
        if label is None or len(block.text[label.end() :].split()) < 2:
            continue
        number = label["number"] or label["other"]
        rest = block.text[label.end() :]
        told = rest if number else rest[: sentences(rest)[0][1]]
        found = without_lead(told, block.start + label.end())
        yield Advice(
            text=found.text,
            places=[(found.start, found.end)],
            rule="recommendation_label",
            number=number,
            addressees=found.named or addressees_in(label.group()) or addressees_named(block.text[: label.start()]),
            quoted=_is_followed_up(block.text[found.end - block.start :], placed[item.index + 1 : item.index + 2]),
            index=item.index,
        )


def _is_followed_up(rest: str, following: list[Placed]) -> bool:
    """Whether what comes right after the advice tells what has become of it."""
    after = rest.strip() or (following[0].block.text if following else "")
    return phrase("became").search(after[:NEXT]) is not None


NEXT = 120
"""Characters of what follows in which the outcome is told."""


def _named_in_lead(block: Block) -> tuple[str, ...]:
    """Whom the lead names; of a heading only what it says of advice."""
    text = block.text.strip()
    soft = phrase("soft_lead").search(text) is not None
    return addressees_in(text) or (addressees_in(f"{text}:") if soft else ())


def _addressees_before(placed: list[Placed], index: int) -> tuple[str, ...]:
    """The addressees that the paragraph before a bare lead or heading names."""
    for item in reversed(placed[max(0, index - 2) : index]):
        # Who is to answer which number is told by itself.
        split = phrase("answers_numbers").search(item.block.text) is not None
        if item.block.kind in PROSE and not split and re.search(r"rekommend", item.block.text, re.IGNORECASE):
            return addressees_in(item.block.text)
    return ()
