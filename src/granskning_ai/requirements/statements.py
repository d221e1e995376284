"""A document as statements: every sentence with its place, whose word it is, and why it may be no evidence at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from granskning_ai.model import AUDITORS_WORD, Block, BlockKind, DocType, Document
from granskning_ai.requirements.cues import cue, shows
from granskning_ai.requirements.wildcards import plain
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.municipalities import mentions_in
from granskning_ai.swedish.verdicts import is_assessment


class Skip(StrEnum):
    """Why a sentence says nothing of how things are in the municipality; the value is Swedish, for notes."""

    NO = ""
    FRAME = "avsnitt om uppdraget"
    MACHINE = "text som riktar sig till en maskin"
    QUESTION = "fråga"
    RECOMMENDATION = "rekommendation"
    NORM = "vad lagen säger"
    ELSEWHERE = "annan kommun"
    WISH = "önskemål"
    EARLIER = "tidigare granskning"
    QUOTED = "återgivna ord av revisorn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence. `plain` is how it is matched; `before` the list's lead; `codes` the municipalities it speaks of."""

    index: int
    text: str
    plain: str
    start: int
    end: int
    block: int
    kind: BlockKind
    headings: tuple[str, ...]
    before: str
    doc_type: DocType
    codes: tuple[str, ...]
    skip: Skip = Skip.NO
    assessing: bool = False
    """The writer assesses in this very sentence."""
    in_assessment: bool = False
    """It stands under an assessing heading, or follows an assessing sentence in its paragraph."""
    in_compliance: bool = False
    """It stands where the document tests against the law."""
    attributed: bool = False
    """Somebody else's word: an interviewed person's, the municipality's."""

    @property
    def auditor(self) -> bool:
        """Whether an auditor writes."""
        return self.doc_type in AUDITORS_WORD

    @property
    def in_background(self) -> bool:
        """Whether it stands in a section that tells of the matter at large."""
        return any(shows("heading_background", heading) for heading in self.headings)

    @property
    def heading(self) -> str:
        """The heading directly over the sentence, as it is matched."""
        return self.headings[-1] if self.headings else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What the blocks before a block give it."""

    headings: tuple[str, ...]
    lead: str
    doc_type: DocType
    heading_codes: tuple[str, ...]


_MAIN_CLAUSE = re.compile(r",?\s+(?:trots att|trots|vilket|i strid med)\b")
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE, BlockKind.HEADING})
_NUMBER = re.compile(r"^(?:kapitel\s+|avsnitt\s+)?(?:\d+(?:\.\d+)*\.?|[a-z]\))\s+")


def heading_words(text: str) -> str:
    """A heading as it is matched, without its number."""
    return _NUMBER.sub("", plain(text))


def read(document: Document) -> tuple[Statement, ...]:
    """Every sentence of the document's prose and table cells, in reading order."""
    found: list[Statement] = []
    path: list[Block] = []
    lead = ""
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            path = [heading for heading in path if (heading.level or 1) < (block.level or 1)]
        place = _Place(
            headings=tuple(heading_words(heading.text) for heading in path),
            lead=lead if block.kind is BlockKind.LIST_ITEM else "",
            doc_type=_doc_type_at(document, block.start),
            heading_codes=tuple(code for heading in path for code in _codes(heading.text, document)),
        )
        found.extend(_block_statements(document, block, index, place, len(found)))
        if block.kind is BlockKind.HEADING:
            path.append(block)
            lead = block.text
        elif block.kind is not BlockKind.LIST_ITEM:
            lead = block.text
    return tuple(found)


def _doc_type_at(document: Document, offset: int) -> DocType:
    for part in document.parts:
        if part.start <= offset < part.end and part.doc_type is not DocType.OTHER:
            return part.doc_type
    return document.metadata.doc_type


def _block_statements(document: Document, block: Block, index: int, place: _Place, first: int) -> Iterator[Statement]:
    if block.kind is BlockKind.TABLE:
        pieces = _cells(block)
    elif block.kind in _PROSE:
        pieces = [(block.start, block.text, "")]
    else:
        return
    machine = shows("machine", plain(block.text))
    for offset, text, column in pieces:
        after_assessment = False
        for start, end in sentences(text):
            statement = _statement(document, block, index, place, first, (offset + start, text[start:end]))
            statement = _judge(statement, document, column=column, machine=machine)
            after_assessment = after_assessment or statement.assessing
            yield replace(statement, in_assessment=statement.in_assessment or after_assessment)
            first += 1


def _cells(block: Block) -> list[tuple[int, str, str]]:
    """Each cell once, with its column's heading."""
    header = block.header
    seen: dict[int, tuple[int, str, str]] = {}
    for row in block.cells:
        for column, cell in enumerate(row):
            if cell.text:
                seen.setdefault(
                    cell.start, (cell.start, cell.text, plain(header[column]) if column < len(header) else "")
                )
    return [seen[start] for start in sorted(seen)]


def _statement(
    document: Document, block: Block, index: int, place: _Place, number: int, sentence: tuple[int, str]
) -> Statement:
    start, text = sentence
    codes = _codes(text, document)
    return Statement(
        index=number,
        text=text,
        plain=plain(text),
        start=start,
        end=start + len(text),
        block=index,
        kind=block.kind,
        headings=place.headings,
        before=plain(place.lead),
        doc_type=place.doc_type,
        codes=codes or place.heading_codes,
    )


def _codes(text: str, document: Document) -> tuple[str, ...]:
    """The municipalities that a text names; a police district of that name is none."""
    named: list[str] = []
    for mention in mentions_in(text):
        before = text[max(0, mention.start - 22) : mention.start].lower()
        if not re.search(r"(?:lpo|polisområde\w*|polisregion\w*|lokalpolis\w*)\s+$", before):
            named.append(mention.code)
    own = document.metadata.municipality_codes
    return tuple(dict.fromkeys(code for code in named if code in own)) or tuple(dict.fromkeys(named))


def _judge(statement: Statement, document: Document, *, column: str, machine: bool) -> Statement:
    skip = Skip.MACHINE if machine else _reason_to_skip(statement, document, column)
    assessing = statement.auditor and is_assessment(statement.text) and not shows("attributed", statement.plain)
    return replace(
        statement,
        skip=skip,
        assessing=assessing,
        in_assessment=assessing
        or "bedömning" in column
        or any(shows("heading_assessment", heading) for heading in statement.headings[-1:]),
        in_compliance=any(shows("heading_compliance", heading) for heading in statement.headings),
        attributed=shows("attributed", statement.plain),
    )


def _reason_to_skip(statement: Statement, document: Document, column: str) -> Skip:
    text = statement.plain
    if text.endswith("?"):
        return Skip.QUESTION
    frame = _frame(statement)
    if frame:
        return frame
    if (
        shows("recommendation", text)
        or shows("imperative", text)
        or "rekommendation" in column
        or (statement.before and shows("recommendation_lead", statement.before) and statement.auditor)
    ):
        return Skip.RECOMMENDATION
    if shows("norm", _MAIN_CLAUSE.split(text)[0]) or (
        statement.before.endswith(":") and shows("norm_lead", statement.before)
    ):
        return Skip.NORM
    if statement.before and shows("asked", statement.before + " "):
        return Skip.QUESTION
    if shows("asked", text):
        return Skip.QUESTION
    if shows("wish", text):
        return Skip.WISH
    older = cue("older_audit").search(text)
    written = document.metadata.year or int((document.metadata.date or "0")[:4])
    if older and int(older["year"]) < written and not re.search(r"\b(?:sedan dess|numera|i dag|idag|nu)\b", text):
        return Skip.EARLIER
    if _is_elsewhere(statement, document):
        return Skip.ELSEWHERE
    if statement.doc_type is DocType.RESPONSE and shows("auditors_words_in_reply", text):
        return Skip.QUOTED
    return Skip.NO


def _frame(statement: Statement) -> Skip:
    """Sections that give the audit's frame, judged by the innermost heading that says anything."""
    for heading in reversed(statement.headings):
        if shows("heading_assessment", heading):
            return Skip.NO
        if shows("heading_earlier", heading):
            return Skip.EARLIER
        if shows("heading_frame", heading) and statement.auditor:
            return Skip.FRAME
        if shows("heading_recommendation", heading) and statement.kind is not BlockKind.TABLE:
            return Skip.RECOMMENDATION
        if shows("heading_law", heading) and not shows("heading_finding", heading):
            return Skip.NO if statement.assessing or not statement.auditor else Skip.NORM
    return Skip.NO


def _is_elsewhere(statement: Statement, document: Document) -> bool:
    if shows("elsewhere", statement.plain):
        return True
    own = document.metadata.municipality_codes
    foreign = statement.codes and not any(code in own for code in statement.codes)
    return bool(foreign) and not re.search(r"\bkommunens?\b", statement.plain)


def speaks_of(statement: Statement, code: str, codes: Sequence[str]) -> bool:
    """Whether the sentence is about the given municipality, where the document is about several."""
    if len(codes) < 2 or code in statement.codes:
        return True
    if re.search(r"\bbåda kommunerna\b", statement.plain):
        return True
    collective = re.search(r"\b(?:båda|samtliga|alla|parterna|gemensam\w*|kommunerna)\b", statement.plain)
    return not statement.codes and (statement.doc_type is DocType.AGREEMENT or collective is not None)


def own_words(statement: Statement) -> bool:
    """Whether the sentence is the writer's own word on how things are."""
    return statement.skip is Skip.NO and not statement.attributed
