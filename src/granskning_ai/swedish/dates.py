"""Dates and periods as Swedish documents write them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in a text. `iso` is as precise as the text is: '2023-02-16' or '2023-02'."""

    start: int
    end: int
    iso: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMention:
    """A stretch of time in a text; each end is as precise as the text is ('2023', '2023-01-01') or open (None)."""

    start: int
    end: int
    valid_from: str | None
    valid_to: str | None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb febr",
            "mars",
            "april apr",
            "maj",
            "juni jun",
            "juli jul",
            "augusti aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ORDINAL_WORDS = (
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde "
    "femtonde sextonde sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde "
    "tjugofemte tjugosjätte tjugosjunde tjugoåttonde tjugonionde trettionde trettioförsta"
)
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS.split(), start=1)}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d:])"
_DATE = re.compile(
    r"(?:(?<![\d:.-])|(?<=-\d\d-\d\d-))(?:"
    r"(?P<iso_year>(?:19|20)\d\d)-\s?(?P<iso_month>0[1-9]|1[0-2])"
    r"(?:-\s?(?P<iso_day>0[1-9]|[12]\d|3[01])(?![\d:])|(?![\d:–-]))"
    rf"|(?P<day>[12]\d|3[01]|0?[1-9]|\b(?:{'|'.join(_ORDINALS)}))(?::?[ea])?\s+{_MONTH}(?:\s+(?:år\s+)?{_YEAR})?"
    r"|(?P<short_day>\d{1,2})/(?P<short_month>\d{1,2})[\s-]+(?P<short_year>(?:19|20)\d\d)(?![\d:])"
    r")"
    rf"|\b{_MONTH.replace('month', 'lone_month')}\s+(?:år\s+)?{_YEAR.replace('year', 'lone_year')}",
    re.IGNORECASE,
)


def find_dates(text: str) -> list[DateMention]:
    """Every date in `text` that has a year, in order.

    >>> [date.iso for date in find_dates("Beslutades den 9 maj 2031 och gäller från juni 2031, se 2032-03-04.")]
    ['2031-05-09', '2031-06', '2032-03-04']
    """
    return [date for date in _dates(text) if len(date.iso) >= len("2023-02")]


def _dates(text: str) -> list[DateMention]:
    """Dates, those without a year too: 'den 1 mars' is '03-01'."""
    found = []
    for match in _DATE.finditer(text):
        iso = _iso({name: value for name, value in match.groupdict().items() if value})
        if iso:
            found.append(DateMention(start=match.start(), end=match.end(), iso=iso))
    return found


def _iso(parts: dict[str, str]) -> str | None:
    year = int(next((parts[key] for key in ("iso_year", "year", "short_year", "lone_year") if key in parts), "0"))
    word = parts.get("month") or parts.get("lone_month")
    month = _MONTHS[word.lower()] if word else int(parts.get("iso_month") or parts.get("short_month") or "0")
    number = next((parts[key] for key in ("iso_day", "day", "short_day") if key in parts), "0")
    day = _ORDINALS.get(number.lower()) or int(number)
    # 2024 is a leap year, so '29 februari' without a year passes.
    if not 1 <= month <= 12 or day > monthrange(year or 2024, month)[1]:
        return None
    pieces = ([f"{year:04}"] if year else []) + [f"{month:02}"] + ([f"{day:02}"] if day else [])
    return "-".join(pieces) if year or day else None


_TO = r"(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|(?:fram\s+)?till)(?:\s+(?:slutet|utgången)\s+av)?"
_FROM_AND_ON = r"(?:från\s+och\s+med|fr\.?\s?o\.?\s?m\.?|med\s+start)"
_FILLER = r"(?:\s*(?:den|år|året|åren|verksamhetsåren|hösten|våren))*\s*"
_POINT = r"\x00(\d+)\x00"
_SPAN = re.compile(
    rf"(?:mellan{_FILLER})?{_POINT}\s*,?\s*(?:och\s+)?(?:{_TO}|[–—-]|och){_FILLER}{_POINT}", re.IGNORECASE
)
_LONG_SPAN = re.compile(
    rf"(?:{_FROM_AND_ON}|mellan|från|inför|i\s+kraft|börjar\s+gälla|gäller){_FILLER}{_POINT}"
    rf"[^.;\x00]{{0,60}}?\b{_TO}{_FILLER}{_POINT}",
    re.IGNORECASE,
)
_OPEN_END = re.compile(rf"{_FROM_AND_ON}{_FILLER}{_POINT}", re.IGNORECASE)
_OPEN_START = re.compile(
    rf"(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|fram\s+till|till\s+(?:slutet|utgången)\s+av"
    rf"|\b(?:gäller|löper|giltig\w*|sträcker\s+sig)\s+(?:\w+\s+)?till){_FILLER}{_POINT}",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"(?<![\d:.,/-])(?:19|20)\d\d(?![\d:/%]|,\d|-\d\d\b(?!\d))")
_YEARS = re.compile(r"(?<![\d:.,/-])(?P<first>(?:19|20)\d\d)\s?[–—-]\s?(?P<last>(?:19|20)\d\d|\d\d(?=\D|$))(?![\d:-])")


def find_periods(text: str) -> list[PeriodMention]:
    """Every period in `text`, in order: two ends ('2021–2022', 'den 1 mars 2024 till den 28 februari 2027') or one.

    >>> [(p.valid_from, p.valid_to) for p in find_periods("avtalstiden är 2031-02-01 t.o.m. 2034-01-31")]
    [('2031-02-01', '2034-01-31')]
    """
    marked, places = _mark(text)
    found: list[PeriodMention] = []
    for pattern, ends in ((_SPAN, (1, 2)), (_LONG_SPAN, (1, 2)), (_OPEN_END, (1, None)), (_OPEN_START, (None, 1))):
        for match in pattern.finditer(marked):
            period = _period(match, ends, places)
            if period and not any(p.start < period.end and period.start < p.end for p in found):
                found.append(period)
    return sorted(found, key=lambda period: period.start)


def _mark(text: str) -> tuple[str, list[DateMention]]:
    """The text with each date and year replaced by a numbered mark, and what the numbers stand for."""
    points = _dates(text)
    for match in _YEARS.finditer(text):
        first, last = match["first"], match["last"]
        if len(last) == 2:
            # '2023–24' is a period, '2023-04' a month.
            if match[0][4:-2].strip() == "-" or last <= first[2:]:
                continue
            last = first[:2] + last
        points.append(DateMention(start=match.start("first"), end=match.end("first"), iso=first))
        points.append(DateMention(start=match.start("last"), end=match.end("last"), iso=last))
    for match in _BARE_YEAR.finditer(text):
        points.append(DateMention(start=match.start(), end=match.end(), iso=match[0]))
    places: list[DateMention] = []
    for point in points:
        if not any(other.start < point.end and point.start < other.end for other in places):
            places.append(point)
    places.sort(key=lambda point: point.start)
    pieces, at = [], 0
    for number, point in enumerate(places):
        pieces += [text[at : point.start], f"\x00{number}\x00"]
        at = point.end
    return "".join([*pieces, text[at:]]), places


def _period(
    match: re.Match[str], ends: tuple[int | None, int | None], places: list[DateMention]
) -> PeriodMention | None:
    first = places[int(match[ends[0]])] if ends[0] else None
    last = places[int(match[ends[1]])] if ends[1] else None
    start, end = (first or last), (last or first)
    if start is None or end is None:
        return None
    valid_from, valid_to = first.iso if first else None, last.iso if last else None
    if valid_from and len(valid_from) == len("03-01"):
        if valid_to is None or len(valid_to) == len("03-01"):
            return None
        valid_from = f"{valid_to[:4]}-{valid_from}"
    if valid_to and len(valid_to) == len("03-01"):
        return None
    if valid_from and valid_to:
        shared = min(len(valid_from), len(valid_to))
        if valid_from[:shared] > valid_to[:shared] or _two_years(match[0], valid_from, valid_to):
            return None
    return PeriodMention(start=start.start, end=end.end, valid_from=valid_from, valid_to=valid_to)


def _two_years(words: str, first: str, last: str) -> bool:
    """'2021 och 2022' is a period, '2017 och 2022' are two years."""
    joined = re.fullmatch(rf"{_FILLER}{_POINT}\s+och\s+{_FILLER}{_POINT}", words)
    return bool(joined) and len(first) == len(last) == len("2021") and int(last) != int(first) + 1
