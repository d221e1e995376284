"""Recommendations: what the auditor advises the audited body, each once, with every place that says it.

In order of certainty: lists after a lead ('rekommenderar vi nämnden att:'), the recommendation column of answer tables,
sentences with 'rekommenderar', and - only where a report gives no advice in any of these ways - 'bör' sentences in its
assessments. A plan's aims, what interviewees wish and what another report advised are not recommendations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from granskning_ai.extraction.addressees import addressees_in, names_an_addressee
from granskning_ai.extraction.answers import AnswerRow
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.questions import Asked, find_asked
from granskning_ai.extraction.structure import PROSE, Placed, Sentence, block_sentences, role_of
from granskning_ai.extraction.topics import topic_of
from granskning_ai.model import Block, BlockKind, DocType, Document, Recommendation, stable_id
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import same_statement, words
from granskning_ai.swedish.verdicts import is_assessment

ADVISING = frozenset(
    {
        DocType.AUDIT_REPORT,
        DocType.FOLLOW_UP,
        DocType.COVER_LETTER,
        DocType.OTHER,
        DocType.PRE_STUDY,
        DocType.REGIONAL_REPORT,
    }
)
"""Kinds of documents that may give recommendations of their own."""

_AUDIT = re.compile(r"\brevis(?:or|ion)|\bgranskning", re.IGNORECASE)
"""What a document of no known kind must speak of for its advice to be an auditor's."""

QUOTING = frozenset({DocType.RESPONSE, DocType.MINUTES})
"""Kinds of documents that restate the recommendations of another."""


@dataclass(slots=True, kw_only=True)
class Advice:
    """A recommendation while the document is read."""

    text: str
    places: list[tuple[int, int]]
    rule: str
    number: str | None = None
    addressees: tuple[str, ...] = ()
    questions: list[Asked] = field(default_factory=list)
    quoted: bool = False


def find_recommendations(
    document: Document, placed: list[Placed], rows: list[AnswerRow], asked: list[Asked]
) -> list[Advice]:
    """Every recommendation of the document, in reading order."""
    doc_type = document.metadata.doc_type
    if doc_type not in ADVISING | QUOTING:
        return []
    if doc_type is DocType.OTHER and not _AUDIT.search(document.text):
        return []
    found: list[Advice] = []
    for source in (_listed(placed), _labelled(placed), _followed_up(placed)):
        for advice in source:
            _merge(found, advice)
    for row in rows:
        for advice in _from_row(row, asked):
            _merge_cell(found, advice)
    for advice in _sentences(placed):
        _merge(found, advice)
    if not found and doc_type in (DocType.AUDIT_REPORT, DocType.FOLLOW_UP):
        for advice in _should(placed):
            _merge(found, advice)
    if doc_type in QUOTING:
        for advice in found:
            advice.quoted = True
    _share_addressees(found)
    return sorted(found, key=lambda advice: advice.places[0])


def as_finding(document: Document, advice: Advice, question_ids: dict[int, str]) -> Recommendation:
    """The finding for an Advice; `question_ids` maps `id(Asked)` to the audit question's id."""
    return Recommendation(
        id=stable_id("rek", document.id, advice.text, advice.quoted),
        evidence=tuple(document.cite(start, end) for start, end in sorted(advice.places)),
        found_by=f"rule:{advice.rule}",
        confidence={"recommendation_should": 0.7, "recommendation_sentence": 0.9}.get(advice.rule, 1.0),
        text=advice.text,
        number=advice.number,
        addressees=advice.addressees,
        audit_question_ids=tuple(
            question_ids[id(question)] for question in advice.questions if id(question) in question_ids
        ),
        topic=topic_of(advice.text),
        quoted=advice.quoted,
    )


def _merge(found: list[Advice], advice: Advice) -> None:
    """Adds an advice, or adds its place to the one that already says the same."""
    for known in found:
        if known.quoted is advice.quoted and same_statement(known.text, advice.text):
            known.places += [place for place in advice.places if place not in known.places]
            known.questions += [question for question in advice.questions if question not in known.questions]
            known.number = known.number or advice.number
            known.addressees = known.addressees or advice.addressees
            return
    found.append(advice)


def _merge_cell(found: list[Advice], advice: Advice) -> None:
    """Adds a table cell's advice; a cell that runs several known recommendations together is a place of each."""
    cell = " ".join(words(advice.text))
    parts = [known for known in found if not known.quoted and " ".join(words(known.text)) in cell]
    if len(parts) < 2:
        _merge(found, advice)
        return
    for known in parts:
        known.places += [place for place in advice.places if place not in known.places]
        known.questions += [question for question in advice.questions if question not in known.questions]


def _labelled(placed: list[Placed]) -> Iterator[Advice]:
    """'Rekommendation 3. Inrätta ett råd.' as a paragraph, list item or heading of its own."""
    for item in placed:
        block = item.block
        label = phrase("recommendation_label").match(block.text)
        if label and (block.kind in PROSE or block.kind is BlockKind.HEADING) and len(block.text.split()) > 4:
            yield Advice(
                text=block.text[label.end() :].strip(),
                places=[(block.start + label.end(), block.end)],
                rule="recommendation_label",
                number=label["number"],
            )


def _followed_up(placed: list[Placed]) -> Iterator[Advice]:
    """The recommendations of an earlier report in a table that says what has become of each."""
    for item in placed:
        header = item.block.header
        if not header or not phrase("column_previous").search(header[0].strip()):
            continue
        if not any(phrase("column_outcome").search(text.strip()) for text in header[1:]):
            continue
        for row in item.block.cells[1:]:
            if len(row[0].text.split()) >= 3:
                yield Advice(
                    text=" ".join(row[0].text.split()),
                    places=[(row[0].start, row[0].end)],
                    rule="recommendation_followed_up",
                    quoted=True,
                )


def _listed(placed: list[Placed]) -> Iterator[Advice]:
    index = 0
    while index < len(placed):
        lead = placed[index]
        index += 1
        if not _leads(lead):
            continue
        addressees = addressees_in(lead.block.text) or _addressees_before(placed, lead.index)
        quoted = phrase("previous").search(f"{lead.heading} {lead.block.text}") is not None
        while index < len(placed) and _is_item(placed[index], lead):
            block = placed[index].block
            index += 1
            if addressees_in(block.text) and block.text.rstrip().endswith(":"):
                addressees = addressees_in(block.text)
                continue
            for text, start, end, named in _item_texts(block):
                yield Advice(
                    text=text,
                    places=[(start, end)],
                    rule="recommendation_list",
                    number=_number(block.marker),
                    addressees=named or addressees,
                    quoted=quoted,
                )


def _item_texts(block: Block) -> Iterator[tuple[str, int, int, tuple[str, ...]]]:
    """A list item is one advice, without a 'Vi rekommenderar nämnden att' of its own; a paragraph one per sentence."""
    lead = phrase("recommendation_sentence").search(block.text)
    that = re.search(r"\batt\s+(?=\w+)", block.text[lead.end() :]) if lead else None
    if lead and that and block.kind is BlockKind.LIST_ITEM:
        at = lead.end() + that.end()
        text = block.text[at:].strip()
        yield (
            text[:1].upper() + text[1:],
            block.start + at,
            block.end,
            addressees_in(block.text[: lead.end() + that.start() + 4]),
        )
    elif block.kind is BlockKind.LIST_ITEM:
        yield block.text.strip(), block.start, block.end, ()
    else:
        for start, end in sentences(block.text):
            if _says_what_ought_to_be_done(block.text[start:end]):
                text = block.text[start:end]
                yield text, block.start + start, block.start + end, addressees_in(text)


def _leads(item: Placed) -> bool:
    block = item.block
    if item.role in ("method", "background", "criteria", "sources", "contents") and block.kind is not BlockKind.HEADING:
        return False
    if block.kind is BlockKind.HEADING:
        return role_of(block.text) == "recommendations"
    return block.kind in PROSE and phrase("recommendation_lead").search(block.text.strip()) is not None


def _is_item(item: Placed, lead: Placed) -> bool:
    block = item.block
    if block.kind is BlockKind.LIST_ITEM:
        return not phrase("recommendation_lead").search(block.text) or len(block.text.split()) > 12
    if block.kind is not BlockKind.PARAGRAPH or _leads(item) or phrase("recommendation_sentence").search(block.text):
        return False
    if addressees_in(block.text) and block.text.rstrip().endswith(":") and len(block.text) < 160:
        return True
    # Under a heading of recommendations, or a lead with a colon, prose that says what ought to be done is advice.
    under = lead.block.kind is BlockKind.HEADING or lead.block.text.rstrip().endswith(":")
    return under and any(_says_what_ought_to_be_done(block.text[a:b]) for a, b in sentences(block.text))


def _number(marker: str | None) -> str | None:
    text = (marker or "").strip("().")
    return text if re.fullmatch(r"\d+|[a-z]", text) else None


def _from_row(row: AnswerRow, asked: list[Asked]) -> Iterator[Advice]:
    question = find_asked(asked, row.question.text) if row.question else None
    for quote in row.recommendations:
        if len(quote.text.split()) < 3 or re.match(
            r"(?:inga|ingen)\b|se\s+(?:ovan|nedan|avsnitt|punkt)", quote.text.lower()
        ):
            continue
        yield Advice(
            text=quote.text,
            places=[(quote.start, quote.end)],
            rule="recommendation_table",
            questions=[question] if question else [],
        )


def _sentences(placed: list[Placed]) -> Iterator[Advice]:
    """'Vi rekommenderar kommunstyrelsen att …' in running prose, and what goes on from there in the same paragraph."""
    for item in placed:
        if item.block.kind not in PROSE or item.role in ("background", "method", "criteria", "sources", "law"):
            continue
        advising = False
        for sentence in block_sentences(item):
            if phrase("previous").search(sentence.text) or phrase("reported").search(sentence.text):
                continue
            found = list(_recommended(sentence))
            if not found and advising and _continues(sentence.text):
                found = [_advice(sentence.text, sentence.start, addressees_in(sentence.text))]
            advising = advising or bool(found)
            yield from found


def _recommended(sentence: Sentence) -> Iterator[Advice]:
    """The advice of a sentence with 'rekommenderar', one for each 'att' that 'och' or 'samt' joins."""
    match = phrase("recommendation_sentence").search(sentence.text)
    that = re.search(r"\batt\s+(?=\w+)", sentence.text[match.end() :]) if match else None
    if not match or not that or sentence.text.rstrip().endswith(":"):
        return
    addressees = addressees_in(sentence.text[: match.end() + that.start() + 4])
    at = match.end() + that.end()
    for piece in re.split(r"(,?\s+(?:och|samt)\s+att\s+)", sentence.text[at:])[::2]:
        start = sentence.text.index(piece, at)
        at = start + len(piece)
        if len(piece.split()) >= 3:
            yield _advice(piece, sentence.start + start, addressees)


def _continues(text: str) -> bool:
    """'Kommunstyrelsen behöver även …' after a sentence that recommends."""
    return names_an_addressee(text) and re.match(r"(?:\S+\s+){1,6}(?:bör|behöver)\b", text) is not None


def _advice(text: str, start: int, addressees: tuple[str, ...]) -> Advice:
    stripped = text.strip()
    start += len(text) - len(text.lstrip())
    return Advice(
        text=stripped[:1].upper() + stripped[1:],
        places=[(start, start + len(stripped))],
        rule="recommendation_sentence",
        addressees=addressees,
    )


def _should(placed: list[Placed]) -> Iterator[Advice]:
    """'Nämnden bör …' beside an assessment, for reports that never use the word recommend."""
    for item in placed:
        if item.block.kind not in PROSE or item.role in (
            "background",
            "method",
            "criteria",
            "law",
            "sources",
            "purpose",
        ):
            continue
        assessing = item.role in ("assessment", "overall_assessment", "summary") or is_assessment(item.block.text)
        for sentence in block_sentences(item):
            text = sentence.text
            if not _says_what_ought_to_be_done(text) or phrase("reported").search(text):
                continue
            if assessing or (names_an_addressee(text) and re.match(r"(?:\S+\s+){1,6}bör\b", text)):
                yield Advice(
                    text=text,
                    places=[(sentence.start, sentence.end)],
                    rule="recommendation_should",
                    addressees=addressees_in(text),
                )


def _says_what_ought_to_be_done(sentence: str) -> bool:
    """'X bör …', 'Det finns anledning för X att …', and 'X behöver …' where X is a board or company."""
    if phrase("should_address").search(sentence):
        return True
    return names_an_addressee(sentence) and re.match(r"(?:\S+\s+){1,5}behöver\b", sentence) is not None


def _addressees_before(placed: list[Placed], index: int) -> tuple[str, ...]:
    """The addressees that the paragraph before a bare lead or heading names."""
    for item in reversed(placed[max(0, index - 2) : index]):
        if item.block.kind in PROSE and re.search(r"rekommend", item.block.text, re.IGNORECASE):
            return addressees_in(item.block.text)
    return ()


def _share_addressees(found: list[Advice]) -> None:
    """A table's advice that names nobody goes to those whom all of the report's leads name, if they agree."""
    named = {advice.addressees for advice in found if advice.addressees}
    if len(named) == 1:
        for advice in found:
            if advice.rule == "recommendation_table" and not advice.addressees:
                advice.addressees = next(iter(named))
