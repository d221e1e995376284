"""Agreements that a document is or speaks of: kind, parties, period and areas, put together from every mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.parties import canonical, merge_parties, parties_around, parties_at, party_key
from granskning_ai.extraction.reading import Ids, Stretch, list_after, stretches
from granskning_ai.extraction.structure import heading_text
from granskning_ai.model import Agreement, Block, BlockKind, DocType, Document, Finding
from granskning_ai.swedish.dates import PeriodMention, find_periods
from granskning_ai.swedish.language import sentences

BESIDE = 25
"""How many characters may stand between an agreement's name and the period that belongs to it."""

NEAR = 600
"""How many characters before an agreement's name are searched for its parties."""

Period = tuple[str | None, str | None]
Span = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Mention:
    """What one sentence says of an agreement. `past` where it is an earlier one; `listed` are the items of its list."""

    kind: str
    span: Span
    period: Period | None = None
    parties: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    listed: list[Span] = field(default_factory=list)
    past: bool = False


@dataclass(slots=True, kw_only=True)
class Gathered:
    """An agreement while its mentions are put together."""

    kind: str
    period: Period | None
    mentions: list[Mention]


def find_agreements(document: Document) -> list[Finding]:
    """Every agreement of which the document tells the period or at least two parties, each once."""
    mentions = list(_mentions(document))
    gathered = _gather(mentions)
    ids = Ids("avtal", document)
    found: list[Finding] = []
    for agreement in gathered:
        parties = merge_parties([mention.parties for mention in agreement.mentions])
        if agreement.period is None and len(parties) < 2:
            continue
        valid_from, valid_to = agreement.period or (None, None)
        areas = next((mention.areas for mention in agreement.mentions if mention.areas), [])
        found.append(
            Agreement(
                id=ids.next(agreement.kind, valid_from or "", valid_to or ""),
                evidence=tuple(document.cite(start, end) for start, end in _places(agreement, areas)),
                found_by="rule:agreements",
                agreement_kind=agreement.kind,
                parties=parties,
                valid_from=valid_from,
                valid_to=valid_to,
                areas=tuple(areas),
            )
        )
    return found


def _places(agreement: Gathered, areas: list[str]) -> list[Span]:
    """The sentences that prove the agreement: its most precise period first, then its parties, then its areas."""
    dated = [m.span for m in agreement.mentions if m.period]
    exact = [m.span for m in agreement.mentions if m.period == agreement.period]
    fullest = sorted((m for m in agreement.mentions if len(m.parties) > 1), key=lambda m: -len(m.parties))[:2]
    named = [span for m in fullest for span in [m.span, *m.listed]]
    of_areas = next(([m.span, *m.listed] for m in agreement.mentions if areas and m.areas == areas), [])
    return list(dict.fromkeys([*exact[:1], *named, *dated[:2], *of_areas]))


# Mentions


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_yaml("agreements.yml")[name], re.IGNORECASE)


@cache
def _kinds() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    kinds = load_yaml("agreements.yml")["kinds"]
    each = tuple((kind, re.compile(rf"\b(?:{p})", re.IGNORECASE)) for kind, p in kinds.items())
    return re.compile("|".join(rf"\b(?:{p})" for p in kinds.values()), re.IGNORECASE), each


def _kind_of(word: str) -> str:
    _, each = _kinds()
    return next(kind for kind, found in each if found.match(word))


def _mentions(document: Document) -> Iterator[Mention]:
    code = document.metadata.municipality_code
    own = _own_kind(document)
    if own:
        yield from _stated_by_itself(document, own, code)
    last: str | None = own
    for text in stretches(document):
        for start, end in sentences(text.text):
            for mention in _in_sentence(text, start, end, last or own, code):
                last = mention.kind
                yield mention
        if text.block.kind is BlockKind.PARAGRAPH:
            yield from _areas(document, text, own)


def _own_kind(document: Document) -> str | None:
    """The kind of agreement that the document itself is."""
    if document.metadata.doc_type is not DocType.AGREEMENT:
        return None
    any_kind, _ = _kinds()
    opening = " ".join([document.metadata.title, *(block.text for block in document.blocks[:8])])
    match = any_kind.search(opening) or any_kind.search(document.text)
    return _kind_of(match.group()) if match else "överenskommelse"


def _in_sentence(text: Stretch, start: int, end: int, known: str | None, code: str | None) -> Iterator[Mention]:
    sentence = text.text[start:end]
    any_kind, _ = _kinds()
    words = [match for match in any_kind.finditer(sentence)]
    periods = find_periods(sentence)
    for match in words:
        kind = _kind_of(match.group())
        if kind == "överenskommelse" and known and re.search(r"sen\b|sens\b|n\b", match.group()):
            # 'Överenskommelsen' is the agreement just spoken of.
            kind = known
        before = sentence[: match.start()]
        if _pattern("coming").search(before) and not _pattern("past").search(before):
            continue
        yield Mention(
            kind=kind,
            span=(text.start + start, text.start + end),
            period=_period_of(sentence, match, words, periods) or _year_of(sentence, match, kind),
            parties=_named(parties_around(before[-NEAR:], sentence[match.end() :]), code),
            past=bool(_pattern("past").search(before)),
        )


def _period_of(
    sentence: str, word: re.Match[str], words: Sequence[re.Match[str]], periods: Sequence[PeriodMention]
) -> Period | None:
    """The period that the sentence gives the agreement: beside its name, or tied to it by a word of validity."""
    for period in periods:
        nearest = min(words, key=lambda other: _distance(other, period))
        if nearest is not word:
            continue
        between = (
            sentence[word.end() : period.start] if word.end() <= period.start else sentence[period.end : word.start()]
        )
        if _pattern("handled").search(between) or ";" in between:
            continue
        tied = _pattern("validity").search(between) is not None
        coming = _pattern("coming").search(sentence[: period.start]) is not None
        if tied or (len(between) <= BESIDE and not coming):
            return period.valid_from, period.valid_to
    return None


def _year_of(sentence: str, word: re.Match[str], kind: str) -> Period | None:
    """'Medborgarlöfte 2024' and '2024 års medborgarlöften' are for that year."""
    if kind not in load_yaml("agreements.yml")["yearly"]:
        return None
    after = re.match(r"\s+(?:för\s+)?(?:år(?:et)?\s+)?((?:19|20)\d\d)\b(?!\s*[–/-]|:)", sentence[word.end() :])
    before = re.search(r"\b((?:19|20)\d\d)\s+års\s+$", sentence[: word.start()])
    year = after or before
    return (year[1], year[1]) if year else None


def _distance(word: re.Match[str], period: PeriodMention) -> int:
    return period.start - word.end() if word.end() <= period.start else word.start() - period.end


def _named(parties: list[str], code: str | None) -> list[str]:
    return [name for party in parties if (name := canonical(party, code))]


# What an agreement says of itself


def _stated_by_itself(document: Document, kind: str, code: str | None) -> Iterator[Mention]:
    """The period and the parties of a document that is an agreement, where no sentence names its kind."""
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING and _pattern("parties_heading").fullmatch(heading_text(block.text)):
            yield from _party_list(document, index, kind, code)
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING):
            continue
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            periods = find_periods(sentence)
            tied = _pattern("own_validity").search(sentence) or block.kind is BlockKind.HEADING
            if periods and tied and not _pattern("past").search(sentence[: periods[0].start]):
                period = (periods[0].valid_from, periods[0].valid_to)
                yield Mention(kind=kind, span=(block.start + start, block.start + end), period=period)


def _party_list(document: Document, index: int, kind: str, code: str | None) -> Iterator[Mention]:
    names: list[str] = []
    spans: list[Span] = []
    for item in list_after(document.blocks, index).items:
        own = _named(parties_at(item[0].text, 0)[0], code)
        if own:
            names += own
            spans.append((item[0].start, item[0].end))
    if names:
        yield Mention(kind=kind, span=spans[0], parties=names, listed=spans)


_MARK = re.compile(r"\(?\b(\d)\)[,.]?\s+")


def _areas(document: Document, text: Stretch, own: str | None) -> Iterator[Mention]:
    """The areas of an agreement: enumerated in a paragraph that names it, or listed after it."""
    block = text.block
    any_kind, _ = _kinds()
    words = [match for match in any_kind.finditer(block.text)]
    heading = _heading_over(document.blocks, text.index)
    subject = _pattern("areas").search(block.text)
    under = heading is not None and _pattern("areas_heading").fullmatch(heading_text(heading.text))
    if not (subject or under) or not (words or own):
        return
    areas, spans = _enumerated(block)
    ahead = [match for match in words if not spans or block.start + match.start() < spans[0][1]]
    if ahead and _pattern("past").search(block.text[: ahead[-1].start()]):
        return
    kind = _kind_of(ahead[0].group()) if ahead else own or ""
    if not kind:
        return
    if not areas and block.text.rstrip().endswith(":") and subject:
        items = [item[0] for item in list_after(document.blocks, text.index).items]
        areas = [re.sub(r"(?:,|;|,?\s+(?:och|samt))\s*$", "", item.text).rstrip(" .") for item in items]
        spans = [(item.start, item.end) for item in items]
    if len(areas) > 1:
        yield Mention(kind=kind, span=spans[0], areas=areas, listed=spans)


def _heading_over(blocks: Sequence[Block], index: int) -> Block | None:
    return next((block for block in reversed(blocks[:index]) if block.kind is BlockKind.HEADING), None)


def _enumerated(block: Block) -> tuple[list[str], list[Span]]:
    """'(1) trygghet i centrum, (2) hedersförtryck och (3) droger' as areas, proved by the sentence."""
    for start, end in sentences(block.text):
        sentence = block.text[start:end]
        marks = list(_MARK.finditer(sentence))
        if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
            continue
        if not _pattern("areas").search(block.text[:end]):
            continue
        ends = [mark.start() for mark in marks[1:]] + [len(sentence)]
        areas = [sentence[mark.end() : stop] for mark, stop in zip(marks, ends, strict=True)]
        cleaned = [re.sub(r"[,;]?\s*(?:och|samt)?\s*\(?$", "", area.strip()).strip(" ,.;") for area in areas]
        return cleaned, [(block.start + start, block.start + end)]
    return _in_series(block)


def _in_series(block: Block) -> tuple[list[str], list[Span]]:
    """'Fokusområdena är trygghet i centrum, hedersförtryck och droger'; an announced number must fit."""
    numbers: dict[str, int] = load_yaml("anomalies.yml")["numbers"]
    for start, end in sentences(block.text):
        listed = _pattern("areas_listed").search(block.text[start:end].rstrip(" ."))
        if listed is None:
            continue
        areas = [area.strip() for area in re.split(r",\s+(?:och\s+|samt\s+)?|\s+(?:och|samt)\s+", listed["series"])]
        word = (listed["number"] or "").lower()
        number = numbers.get(word) or (int(word) if word.isdigit() else None)
        if number is None and (len(areas) < 3 or re.search(r"\boch\b.*\boch\b", listed["series"])):
            # 'alkohol och droger och våld' cannot be cut with certainty.
            continue
        if (number is None or number == len(areas)) and all(0 < len(area.split()) <= 8 for area in areas):
            return areas, [(block.start + start, block.start + end)]
    return [], []


# Putting the mentions together


def _gather(mentions: Sequence[Mention]) -> list[Gathered]:
    """One agreement per kind and period; mentions without a period belong to the newest of their kind."""
    gathered: list[Gathered] = []
    for mention in mentions:
        if mention.period is None:
            continue
        known = next((g for g in gathered if _is_same(g, mention)), None)
        if known:
            known.period = _sharper(known.period or mention.period, mention.period)
            known.kind = _better_kind(known.kind, mention.kind)
            known.mentions.append(mention)
        else:
            gathered.append(Gathered(kind=mention.kind, period=mention.period, mentions=[mention]))
    # The fullest list of parties first: it shows which shorter lists are of the same agreement.
    for mention in sorted(mentions, key=lambda mention: -len(mention.parties)):
        if mention.period is not None or mention.past or not (mention.parties or mention.areas):
            continue
        candidates = [g for g in gathered if _related(g.kind, mention.kind) and _may_share(g, mention)]
        if candidates:
            newest = max(candidates, key=lambda g: (g.period or ("", ""))[0] or "")
            newest.mentions.append(mention)
            newest.kind = _better_kind(newest.kind, mention.kind)
        else:
            gathered.append(Gathered(kind=mention.kind, period=None, mentions=[mention]))
    return gathered


def _related(first: str, second: str) -> bool:
    same = load_yaml("agreements.yml")["same"]
    return first == second or (first in same and second in same)


def _better_kind(first: str, second: str) -> str:
    same: list[str] = load_yaml("agreements.yml")["same"]
    return min(first, second, key=lambda kind: same.index(kind) if kind in same else -1)


def _is_same(known: Gathered, mention: Mention) -> bool:
    if not _related(known.kind, mention.kind) or known.period is None or mention.period is None:
        return False
    pairs = zip(known.period, mention.period, strict=True)
    return all(a is None or b is None or a[:4] == b[:4] for a, b in pairs)


def _sharper(first: Period, second: Period) -> Period:
    """Each end as precisely as either mention gives it."""
    ends = (max(pair, key=lambda end: len(end or "")) for pair in zip(first, second, strict=True))
    valid_from, valid_to = ends
    return valid_from, valid_to


def _may_share(known: Gathered, mention: Mention) -> bool:
    """A list of parties that has none in common with the agreement's is another agreement's."""
    own = {party_key(party) for other in known.mentions for party in other.parties}
    new = {party_key(party) for party in mention.parties}
    return not own or not new or bool(own & new)
