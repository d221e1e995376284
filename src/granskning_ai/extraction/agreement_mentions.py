"""What each sentence of a document says of an agreement: its kind, its period, its parties and its areas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from granskning_ai.extraction.agreement_areas import areas_of
from granskning_ai.extraction.agreement_words import any_kind, kind_of, words
from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.parties import Around, canonical, parties_around, parties_at
from granskning_ai.extraction.reading import Stretch, list_after, stretches
from granskning_ai.extraction.structure import heading_text
from granskning_ai.model import Block, BlockKind, DocType, Document
from granskning_ai.swedish.dates import PeriodMention, find_periods, find_points
from granskning_ai.swedish.language import sentences

BESIDE = 25
"""How many characters may stand between an agreement (its parties told) and the period that belongs to it."""

NEAR = 600
"""How many characters before an agreement's name are searched for its parties."""

FRONT = 3
"""In how many headings and lines at its beginning an agreement may tell its period without a verb."""

OPENING = 6
"""In how many blocks at its beginning an agreement may name its parties in a line of their own."""

Period = tuple[str | None, str | None]
Span = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Mention:
    """What one sentence says of an agreement. `listed` are the items of its list.

    `past` where it is an earlier one, `extended` where its end was put off. `began` is when it was entered into or
    renewed: its first day where nothing else is said. `ours` where the sentence gives the other party alone, and the
    document's municipality is the first.
    """

    kind: str
    span: Span
    period: Period | None = None
    began: str | None = None
    parties: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    listed: list[Span] = field(default_factory=list)
    past: bool = False
    extended: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the document says of itself: its own kind of agreement, its municipality, and the year it was written."""

    own: str | None
    code: str | None
    year: int | None


def find_mentions(document: Document) -> Iterator[Mention]:
    """Every mention of an agreement in the document, in order."""
    date = document.metadata.date
    setting = Setting(
        own=_own_kind(document), code=document.metadata.municipality_code, year=int(date[:4]) if date else None
    )
    if setting.own:
        yield from _stated_by_itself(document, setting.own, setting)
    last: str | None = setting.own
    for text in stretches(document):
        if not (any_kind().search(text.text) or setting.own):
            continue
        spoken_of = setting.own
        for start, end in sentences(text.text):
            found = list(_in_sentence(text, start, end, last or setting.own, setting))
            yield from found
            if found:
                last = spoken_of = found[-1].kind
            elif spoken_of:
                yield from _extended(text, start, end, spoken_of, setting.year)
    if last:
        yield from _areas(document, setting.own)


def _own_kind(document: Document) -> str | None:
    """The kind of agreement that the document itself is."""
    if document.metadata.doc_type is not DocType.AGREEMENT:
        return None
    opening = " ".join([document.metadata.title, *(block.text for block in document.blocks[:8])])
    match = any_kind().search(opening) or any_kind().search(document.text)
    return kind_of(match.group()) if match else "överenskommelse"


# In a sentence


def _in_sentence(text: Stretch, start: int, end: int, known: str | None, setting: Setting) -> Iterator[Mention]:
    sentence = text.text[start:end]
    names = [match for match in any_kind().finditer(sentence)]
    if not names or sentence.endswith("?"):
        return
    periods = find_periods(sentence, year=setting.year)
    for match in names:
        kind = kind_of(match.group())
        if kind == "överenskommelse" and known and re.search(r"sen\b|sens\b|n\b", match.group()):
            # 'Överenskommelsen' is the agreement just spoken of.
            kind = known
        before, after = sentence[: match.start()], sentence[match.end() :]
        past = bool(words("past").search(before))
        if not past and _is_wished_for(before, after):
            continue
        around = parties_around(before[-NEAR:], after)
        if around.others and len(around.parties) < 2:
            continue
        extended = _new_end(sentence, periods)
        period = extended or _period_of(sentence, match, names, periods, around)
        yield Mention(
            kind=kind,
            span=(text.start + start, text.start + end),
            period=period or _year_of(sentence, match, kind),
            began=_began(sentence, match, period),
            parties=_named(around.parties, setting.code),
            past=past,
            extended=extended is not None,
            ours=around.ours,
        )


def _extended(text: Stretch, start: int, end: int, kind: str, year: int | None) -> Iterator[Mention]:
    """'Den har förlängts till och med 2025', of the agreement just spoken of."""
    sentence = text.text[start:end]
    period = _new_end(sentence, find_periods(sentence, year=year)) if words("it").search(sentence) else None
    if period:
        yield Mention(kind=kind, span=(text.start + start, text.start + end), period=period, extended=True)


def _new_end(sentence: str, periods: Sequence[PeriodMention]) -> Period | None:
    """The last end that a sentence gives an agreement that was extended."""
    ends = [period.valid_to for period in periods if period.valid_to]
    return (None, max(ends)) if ends and words("extended").search(sentence) else None


def _is_wished_for(before: str, after: str) -> bool:
    """Whether the agreement is lacking, planned, advised or required rather than there."""
    return bool(words("coming").search(before) or words("unreal").search(before) or words("unreal_after").match(after))


def _period_of(
    sentence: str,
    name: re.Match[str],
    names: Sequence[re.Match[str]],
    periods: Sequence[PeriodMention],
    around: Around,
) -> Period | None:
    """The period that the sentence gives the agreement: beside its name, or tied to it by a word of validity."""
    for period in periods:
        nearest = min(names, key=lambda other: _distance(other, period))
        if nearest is not name:
            continue
        follows = name.end() <= period.start
        between = sentence[name.end() : period.start] if follows else sentence[period.end : name.start()]
        if words("handled").search(between) or ";" in between:
            continue
        shown = sentence[name.end() : period.end] if follows else between
        if words("validity").search(shown):
            return period.valid_from, period.valid_to
        gap = between[around.end :] if follows else between
        # 'programmet 2019–2022 och överenskommelsen': what stands before the conjunction has the period.
        joined = re.search(r"\b(?:och|samt|eller)\b(?!\s+med\b)|,\s+\w", gap)
        if len(gap) <= BESIDE and not joined and not words("coming").search(sentence[: period.start]):
            return period.valid_from, period.valid_to
    return None


def _year_of(sentence: str, name: re.Match[str], kind: str) -> Period | None:
    """'Medborgarlöfte 2024' and '2024 års medborgarlöften' are for that year."""
    if kind not in load_yaml("agreements.yml")["yearly"]:
        return None
    after = re.match(
        r"\s+(?:i\s+[A-ZÅÄÖ][\w-]+\s+(?:kommun\s+)?)?(?:för\s+)?(?:år(?:et)?\s+)?((?:19|20)\d\d)\b(?!\s*[–/-]|:)",
        sentence[name.end() :],
    )
    before = re.search(r"\b((?:19|20)\d\d)\s+års\s+$", sentence[: name.start()])
    year = after or before
    return (year[1], year[1]) if year else None


def _began(sentence: str, name: re.Match[str], period: Period | None) -> str | None:
    """Since when there is the agreement or when it was renewed; when it was signed, if its end or length is told."""
    if period and period[0]:
        return None
    points = find_points(sentence)
    if not points:
        return None
    bounded = period or words("length").search(sentence, name.end())
    for match in words("signed" if bounded else "renewed").finditer(sentence, name.end()):
        # 'förnyades i januari 2024', 'undertecknades av parterna den 3 mars 2023'.
        point = next((p for p in points if p.start > match.end()), None)
        told = point and re.fullmatch(r"\s+(?:\w+\s+){0,5}", sentence[match.end() : point.start])
        if point and told and not re.search(r"[;:]", sentence[name.end() : match.start()]):
            return point.iso
    before = [point for point in points if point.end <= name.start()]
    since = before and words("since").search(sentence[: before[-1].start])
    has = since and re.search(r"\b(?:har|finns)\b", sentence[: name.start()])
    return before[-1].iso if has else None


def _distance(name: re.Match[str], period: PeriodMention) -> int:
    return period.start - name.end() if name.end() <= period.start else name.start() - period.end


def _named(parties: Sequence[str], code: str | None) -> list[str]:
    return [name for party in parties if (name := canonical(party, code))]


# What an agreement says of itself


def _stated_by_itself(document: Document, kind: str, setting: Setting) -> Iterator[Mention]:
    """The period and the parties of a document that is an agreement, where no sentence names its kind."""
    yield from _party_lists(document, kind, setting.code)
    for index, block in enumerate(document.blocks):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING):
            continue
        titled = index < FRONT or (
            block.kind is BlockKind.HEADING and _matches_heading(block, "areas_heading", "validity_heading")
        )
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            periods = find_periods(sentence, year=setting.year)
            if not periods or not (titled or words("own_validity").search(sentence)):
                continue
            if not words("extended").search(sentence) and not words("past").search(sentence[: periods[0].start]):
                period = (periods[0].valid_from, periods[0].valid_to)
                yield Mention(kind=kind, span=(block.start + start, block.start + end), period=period)


def _matches_heading(block: Block, *names: str) -> bool:
    """Whether a heading, without its number and its years, is one of those that the patterns describe."""
    title = re.sub(r"\s+(?:för\s+)?(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)?\d\d)?$", "", heading_text(block.text))
    return any(words(name).fullmatch(title) for name in names)


def _party_lists(document: Document, kind: str, code: str | None) -> Iterator[Mention]:
    """The list or the line of the parties; where there is none, those who sign."""
    found = False
    blocks = document.blocks
    for index, block in enumerate(blocks):
        lead = block.kind is BlockKind.PARAGRAPH and words("parties_lead").search(block.text)
        if lead or _matches_heading(block, "parties_heading"):
            items = [item[0] for item in list_after(blocks, index).items]
            named = [((item.start, item.end), own) for item in items if (own := _party_item(item.text, code))]
            named = named or [line for line in [_party_line(blocks[index + 1 : index + 2], code)] if line]
            if named:
                found = True
                yield _party_mention(kind, named)
        elif index < OPENING and (line := _party_line([block], code)):
            found = True
            yield _party_mention(kind, [line])
    if not found:
        signed = list(_signatures(document, code))
        if len(signed) > 1:
            yield _party_mention(kind, signed)


def _party_line(blocks: Sequence[Block], code: str | None) -> tuple[Span, list[str]] | None:
    """A block that is nothing but a series of parties: 'Polisen och Vittsunds kommun'."""
    for block in blocks:
        parties, end = parties_at(block.text, 0)
        named = _named(parties, code)
        if len(named) > 1 and end == len(block.text.rstrip(" .")) and block.kind is not BlockKind.LIST_ITEM:
            return (block.start, block.end), named
    return None


def _party_item(text: str, code: str | None) -> list[str]:
    """The party that an item of a list is; none where the item says something else."""
    found, end = parties_at(text, 0)
    whole = re.fullmatch(r"s?[\s.;]*(?:[,(:–-].*|genom\s.*|(?:och|samt)\s*)?", text[end:], re.DOTALL)
    return _named(found, code) if whole else []


def _party_mention(kind: str, named: Sequence[tuple[Span, list[str]]]) -> Mention:
    spans = [span for span, _ in named]
    return Mention(kind=kind, span=spans[0], parties=[name for _, own in named for name in own], listed=spans)


_SIGNS = re.compile(r"^För\s+")


def _signatures(document: Document, code: str | None) -> Iterator[tuple[Span, list[str]]]:
    """Lines such as 'För Vittsunds kommun', in a paragraph or in a table of signatures."""
    for text in stretches(document):
        sign = _SIGNS.match(text.text) if len(text.text.split()) <= 20 else None
        own, end = parties_at(text.text, sign.end()) if sign else ([], 0)
        if own and re.match(r"\s*(?:$|[:,\n])", text.text[end:]) and (names := _named(own, code)):
            yield (text.start, text.start + end), names


# Areas


def _areas(document: Document, own: str | None) -> Iterator[Mention]:
    """The areas of an agreement: enumerated in a paragraph that names it, or listed after it."""
    heading: Block | None = None
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            heading = block
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        subject = words("areas").search(block.text)
        under = own is not None and heading is not None and _matches_heading(heading, "areas_heading")
        names = list(any_kind().finditer(block.text)) if subject else []
        if not (subject or under) or not (names or own):
            continue
        areas, spans = areas_of(document.blocks, index)
        ahead = [match for match in names if not spans or block.start + match.start() < spans[0][1]]
        if len(areas) < 2 or (ahead and words("past").search(block.text[: ahead[-1].start()])):
            continue
        kind = kind_of(ahead[0].group()) if ahead else own
        if kind:
            yield Mention(kind=kind, span=spans[0], areas=areas, listed=spans)
