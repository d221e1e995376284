"""What a document is: its kind, who wrote it for whom, which municipality it concerns, and when.

The words that decide are data (doc_types.yml, issuers.yml). An address list and an e-mail's header are no subjects.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.structure import role_of
from granskning_ai.model import SELF_REPORTS, Block, BlockKind, DocType, Document, Metadata
from granskning_ai.swedish.dates import DateMention, find_dates
from granskning_ai.swedish.municipalities import mentions_in, municipality, register

OPENING_LENGTH = 3500
"""How many characters of prose count as the opening of a document (about two pages)."""

_NAME = r"[A-ZÅÄÖ][\wåäöÅÄÖ&’'-]*(?:[ ](?:&[ ])?[A-ZÅÄÖ][\wåäöÅÄÖ&’'-]*){0,3}"
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_MAIL_SUBJECT = re.compile(
    r"(?:^|\s)(?:ämne|ärende|subject)\s*:\s*(?:(?:vb|sv|fwd?|re)\s*:\s*)*(?P<subject>.{4,160}?)\s*(?=$|\s(?:datum|bilagor|date|till|kopia)\s*:)",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL_HEADER = re.compile(
    r"^\s*(?:från|till|kopia|skickat|ämne|ärende|datum|bilagor|from|to|cc|sent|subject)\s*:", re.I | re.M
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """The parts of a document that say what it is."""

    title: str
    opening: str
    whole: str


def read_metadata(document: Document) -> Metadata:
    """Reads the document's metadata from its own words."""
    zones = zones_of(document)
    doc_type = doc_type_of(zones)
    codes = municipalities_of(document, zones, doc_type)
    place = municipality(codes[0]) if codes else None
    date = date_of(document)
    return Metadata(
        title=title_of(document),
        doc_type=doc_type,
        issuer=issuer_of(document, zones, doc_type, codes),
        commissioned_by=commissioned_by(zones),
        municipality_codes=codes,
        region=place.county if place else region_of(zones),
        date=date,
        year=year_of(zones, date),
    )


def zones_of(document: Document) -> Zones:
    """Cuts the title zone and the opening out of a document; e-mail headers and contents pages are left out."""
    front: list[str] = [document.metadata.title]
    prose: list[str] = []
    headings = 0
    length = 0
    for block in document.blocks:
        if is_address_block(block):
            continue
        if block.kind is BlockKind.HEADING and headings < 3 and length < 1500:
            front.append(block.text)
            headings += 1
        elif length < 300 and headings < 2 and (block.kind is BlockKind.FURNITURE or _is_title_line(block)):
            front.append(block.text)
        if block.kind is not BlockKind.FURNITURE:
            prose.append(block.text)
            length += len(block.text)
        if length > OPENING_LENGTH:
            break
    return Zones(title="\n".join(front), opening="\n".join(prose)[:OPENING_LENGTH], whole=document.text)


def _is_title_line(block: Block) -> bool:
    """A short line that is no sentence and no list item may belong to the title."""
    return block.kind is BlockKind.PARAGRAPH and len(block.text) < 120 and not re.search(r"[.:;?]\s*$", block.text)


def is_address_block(block: Block) -> bool:
    """Whether the block is an e-mail's header or a list of addresses."""
    return len(_ADDRESSES.findall(block.text)) >= 2 or len(_MAIL_HEADER.findall(block.text)) >= 2


@cache
def _type_patterns() -> tuple[tuple[DocType, tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...]], ...]:
    return tuple(
        (
            DocType(name),
            tuple(
                (re.compile(p, re.IGNORECASE | re.MULTILINE), (title, opening, whole))
                for p, title, opening, whole in rows
            ),
        )
        for name, rows in load_yaml("doc_types.yml").items()
    )


FOLLOWS_UP = 9
"""The weight of signs from which an audit is a follow-up of an earlier one."""

UNKNOWN = 5
"""The weight of signs that is not enough to say what a document is."""


def doc_type_of(zones: Zones) -> DocType:
    """The kind of document whose signs weigh most; `other` where there are next to none."""
    texts = (zones.title, zones.opening, zones.whole)
    scores = {
        doc_type: sum(
            weight
            for pattern, weights in patterns
            for text, weight in zip(texts, weights, strict=True)
            if weight and pattern.search(text)
        )
        for doc_type, patterns in _type_patterns()
    }
    best = max(scores, key=lambda doc_type: scores[doc_type])
    if best is DocType.AUDIT_REPORT and scores[DocType.FOLLOW_UP] >= FOLLOWS_UP:
        # A follow-up is an audit too and has all its signs.
        return DocType.FOLLOW_UP
    if scores[best] > UNKNOWN:
        return best
    if not scores[DocType.OTHER] and all(pattern.search(zones.whole) for pattern in _audit_voice()):
        return DocType.AUDIT_REPORT
    return DocType.OTHER


@cache
def _audit_voice() -> tuple[re.Pattern[str], ...]:
    """What every audit says in its own words, whatever it is called: who audits, that it is one, and what is found."""
    return tuple(re.compile(p, re.IGNORECASE | re.MULTILINE) for p in load_yaml("issuers.yml")["audit_voice"])


_TITLE_WORDS = re.compile(
    r"granskning|förstudie|\brevision(?:srapport)?\b|plan\b|överenskommelse|avtal|lägesbild|yttrande|missiv|rapport\b|arbete|kartläggning|"
    r"uppföljning|riktlinje|protokoll",
    re.IGNORECASE,
)


def title_of(document: Document) -> str:
    """The line of the front that says what the document is, else the file's own title, else the first line."""
    subject = _MAIL_SUBJECT.search("\n".join(block.text for block in document.blocks[:12]))
    if subject and _MAIL_HEADER.match(document.text):
        return subject["subject"].strip()
    front = [b for b in document.blocks[:10] if b.start < 1500 and not is_address_block(b)]
    lines = [
        (re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", line), b.kind is BlockKind.HEADING)
        for b in front
        if b.kind in (BlockKind.FURNITURE, BlockKind.HEADING) or _is_title_line(b)
        for line in b.text.split("\n")
    ]
    named = [
        (line, heading)
        for line, heading in lines
        if _TITLE_WORDS.search(line) and 8 < len(line) < 160 and role_of(line) == "other"
    ]
    if named:
        return max(named, key=lambda item: (item[1], len(item[0].split()) > 2, -named.index(item)))[0]
    return document.metadata.title or next((line for line, _ in lines), "")


def issuer_of(document: Document, zones: Zones, doc_type: DocType, codes: tuple[str, ...]) -> str:
    """Who wrote it: an audit firm, an audit office, the municipality itself or a regional body; '' if unsaid."""
    if doc_type in SELF_REPORTS and codes:
        own = municipality(codes[0])
        return own.full_name if own else ""
    said = _said_issuer(zones.opening) or _said_issuer(zones.whole)
    firm = _known_firm(said) if said else None
    if firm:
        return firm
    named = [firm for firm in load_yaml("issuers.yml")["firms"] if _firm_pattern(firm).search(zones.whole)]
    if said and doc_type is DocType.REGIONAL_REPORT:
        longer = re.search(rf"{re.escape(said)}(?:[ ][A-ZÅÄÖ][\wåäö]+)+", zones.title + "\n" + zones.opening)
        return longer.group() if longer else said
    if len(named) == 1:
        return str(named[0])
    if said:
        return said
    on_cover = _firm_on_cover(zones.title)
    if on_cover:
        return on_cover
    office = re.search(load_yaml("issuers.yml")["offices"], zones.whole)
    return office.group().strip() if office else ""


_FIRM_LINE = re.compile(
    r"(?P<firm>(?:[A-ZÅÄÖ][\wåäö]+[ ](?:&[ ])?){1,4}(?:Revision|Revisorer|Kommunrevision|Rådgivning|Revisionsbyrå))\b"
)
"""A firm's name on the cover; 'X kommuns revisorer' is the commissioner, with a small r."""


def _firm_on_cover(title: str) -> str:
    match = _FIRM_LINE.search(title)
    words = match["firm"].split() if match else []
    while words and (_TITLE_WORDS.search(words[0]) or role_of(words[0]) != "other"):
        words = words[1:]
    return " ".join(words) if len(words) > 1 else ""


def _said_issuer(text: str) -> str:
    data = load_yaml("issuers.yml")
    counts: Counter[str] = Counter()
    for rank, pattern in enumerate(data["patterns"]):
        for match in re.finditer(pattern.replace("ORG", f"(?P<org>{_NAME})"), text):
            name = re.sub(r"\s+", " ", match["org"]).strip()
            words = name.split()
            while words and words[0] in data["not_issuers"]:
                words = words[1:]
            name = " ".join(words)
            if name.endswith(("'s", "’s")) or (name.endswith("ets") and re.search(r"styrelse|kansli", match.group())):
                name = re.sub(r"['’]?s$", "", name)
            if name and not any(m.start == 0 for m in mentions_in(name)):
                counts[name] += len(data["patterns"]) - rank
    return counts.most_common(1)[0][0] if counts else ""


@cache
def _firm_pattern(firm: str) -> re.Pattern[str]:
    names = sorted(load_yaml("issuers.yml")["firms"][firm], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w)")


def _known_firm(name: str) -> str | None:
    return next((firm for firm in load_yaml("issuers.yml")["firms"] if _firm_pattern(firm).search(name)), None)


_COMMISSIONERS = (
    re.compile(
        r"på\s+uppdrag\s+av\s+(?P<who>[^.;:\n]{3,110}?revisor\w*(?:\s+i\s+[A-ZÅÄÖ][^.,;:\n]{1,40}?kommun)?)(?=[\s.,;])"
    ),
    re.compile(
        r"har\s+av\s+(?P<who>[^.;:\n]{3,80}?revisor\w*(?:\s+i\s+[A-ZÅÄÖ][^.,;:\n]{1,40}?kommun)?)\s+(?:fått|erhållit)"
    ),
    re.compile(
        r"(?P<who>(?:De\s+)?[Ff]örtroendevalda\s+revisorer\w*(?:\s+i\s+[^.,;:\n]{2,50}?)?)\s+har\s+(?:givit|gett|uppdragit|beslutat|lämnat)"
    ),
    re.compile(r"(?P<who>[A-ZÅÄÖ][^.;:\n]{2,60}?revisor\w*)\s+har\s+(?:givit|gett|uppdragit|beslutat|lämnat)"),
    re.compile(
        r"(?P<who>[A-ZÅÄÖ][\wåäö’']+\s+(?:styrelse|direktion|förbundsdirektion))\s+(?:gav|har\s+gett|har\s+givit|uppdrog)"
    ),
    re.compile(r"^(?P<who>[A-ZÅÄÖ][^.;:\n]{2,40}?kommuns\s+revisorer)\s*$", re.MULTILINE),
)


def commissioned_by(zones: Zones) -> str:
    """Who ordered the work, in the document's own words ('' where it does not say)."""
    for pattern in _COMMISSIONERS:
        match = pattern.search(zones.opening) or pattern.search(zones.title)
        if match:
            return re.sub(r"\s+", " ", match["who"]).strip()
    return ""


_COMMISSION_NEAR = re.compile(r"\b(?:uppdrag|revisor\w*|granska\w*|förstudie\w*|granskning\w*)\b", re.IGNORECASE)
_ALL_MUNICIPALITIES = re.compile(
    r"\b(?:länets|samtliga|medlems|regionens)\s*kommuner\b|\bkommunerna\s+i\s+[\wåäö]+(?:\s+\w+)?\s+län\b",
    re.IGNORECASE,
)


def municipalities_of(document: Document, zones: Zones, doc_type: DocType) -> tuple[str, ...]:
    """The codes of the municipalities that the document is about: none, one, or the few that its title names.

    Weights: the title zone, then sentences that speak of the assignment, then every mention; a name with 'kommun'
    beside it counts double. The subject must stand out, otherwise the document concerns no single municipality.
    """
    titled = Counter({m.code: 3 for m in mentions_in(zones.title)})
    scores: Counter[str] = Counter()
    for block in document.blocks:
        if is_address_block(block) or block.kind is BlockKind.FOOTNOTE:
            continue
        near = 4 if block.start < OPENING_LENGTH and _COMMISSION_NEAR.search(block.text) else 1
        for mention in mentions_in(block.text):
            scores[mention.code] += near * (2 if mention.explicit else 1)
    for code in titled:
        scores[code] += 12 if doc_type is not DocType.REGIONAL_REPORT else 3
    if not scores:
        return ()
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    total = sum(scores.values())
    together = len(titled) in (2, 3) and doc_type is not DocType.REGIONAL_REPORT
    if together and sum(scores[c] for c in titled) >= 0.7 * total and min(scores[c] for c in titled) >= 0.15 * total:
        return tuple(sorted(titled))
    if doc_type is DocType.REGIONAL_REPORT or (_ALL_MUNICIPALITIES.search(zones.opening) and len(scores) > 5):
        return (ranked[0][0],) if ranked[0][1] >= 0.8 * total else ()
    second = ranked[1][1] if len(ranked) > 1 else 0
    return (ranked[0][0],) if ranked[0][1] >= 0.5 * total and ranked[0][1] >= 2 * second else ()


def region_of(zones: Zones) -> str:
    """The county that the document speaks of most, '' where it names none."""
    counties = sorted({entry.county for entry in register().values()})
    counts = {
        county: len(re.findall(re.escape(county).replace("s\\ län", r"s?\s+län"), zones.whole)) for county in counties
    }
    best = max(counts, key=lambda county: (counts[county], county))
    return best if counts[best] else ""


_DATE_LABEL = re.compile(r"^\s*(?:datum|daterad|skickat|upprättad|rapportdatum)\s*:?\s*", re.IGNORECASE)


def date_of(document: Document) -> str | None:
    """The document's own date (ISO 8601, as precise as it is given): a line that holds nothing else, or the cover's.

    Dates in running text are about something else and are never taken.
    """
    lines = [
        line
        for block in document.blocks
        if block.kind is not BlockKind.TABLE and len(block.text) < 400
        for line in block.text.split("\n")
    ]
    alone = [iso for line in lines if (iso := _only_date(line))]
    full = [iso for iso in alone if len(iso) == 10]
    decided = [date.iso for line in lines for date in _decided(line)]
    if full or decided:
        return (full or decided)[0]
    front = [b for b in document.blocks[:8] if b.kind in (BlockKind.FURNITURE, BlockKind.HEADING) or _is_title_line(b)]
    cover = [date.iso for block in front if len(block.text) < 160 for date in find_dates(block.text)]
    return next(iter(alone or cover), None)


_DECIDED = re.compile(
    r"\b(?:antag(?:en|its)|beslut(?:ad|at)|fastställ(?:d|ts)|godkän(?:d|ts)|undertecknad|upprättad|daterad)\b[^.]{0,60}?(?=\d|den\s)",
    re.IGNORECASE,
)


def _decided(line: str) -> list[DateMention]:
    """'Beslutad av kommunstyrelsen den 4 juni 2024' in a short line: the plan's or agreement's own date."""
    match = _DECIDED.search(line) if len(line) < 140 else None
    return [d for d in find_dates(line) if match and match.end() <= d.start + 6 <= match.end() + 12][:1]


def _only_date(line: str) -> str | None:
    rest = _DATE_LABEL.sub("", line).strip(" .,")
    dates = find_dates(rest)
    if len(dates) != 1:
        return None
    outside = rest[: dates[0].start] + rest[dates[0].end :]
    outside = re.sub(r"\b(?:den|kl|version|[A-ZÅÄÖ][\wåäö]+)\b|[\d:.,\s]", "", outside)
    return dates[0].iso if len(rest) < 45 and not outside.strip() else None


_YEAR_PATTERNS = (
    re.compile(r"revisionsplan\w*\s+(?:för\s+)?(?:år\s+)?(20\d\d)|(20\d\d)\s+års\s+revisionsplan", re.IGNORECASE),
    re.compile(
        r"(?:årsredovisning|delårsrapport|bokslut|verksamhetsberättelse)\w*\s+(?:för\s+)?(?:år\s+)?(20\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:granskning|revisionsår|verksamhetsår|räkenskapsår)\w*\s+(?:avser|omfattar|för)\s+(?:år\s+)?(20\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?:läget|lägesbild\w*|plan\w*)\s+(?:\w+\s+){0,2}?(?:under|för)\s+(?:år\s+)?(20\d\d)\b", re.IGNORECASE),
)


def year_of(zones: Zones, date: str | None) -> int | None:
    """The year that the document concerns: as its plan or title says, else the year of its date."""
    for text in (zones.title, zones.opening):
        match = _YEAR_PATTERNS[0].search(text)
        if match:
            return int(match.group(1) or match.group(2))
    in_title = [int(year) for year in re.findall(r"\b(20[0-4]\d)\b", zones.title)]
    if in_title and len(set(in_title)) == 1:
        return in_title[0]
    for pattern in _YEAR_PATTERNS[1:]:
        match = pattern.search(zones.opening)
        if match:
            return int(match.group(1))
    if date:
        return int(date[:4])
    return in_title[0] if in_title else None
