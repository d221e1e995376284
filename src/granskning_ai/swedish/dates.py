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
    """A stretch of time in a text; each end is as precise as the text is ('2023', '2023-01-01') or open (None).

    The span covers the words of time too: 'från och med 2023', 'löpte ut 2022'.
    """

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


_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
"""What every text with a full date or a period in it has; most sentences have not, and this is quick to see."""


def find_dates(text: str) -> list[DateMention]:
    """Every date in `text` that has a year, in order.

    >>> [date.iso for date in find_dates("Beslutades den 9 maj 2031 och gäller från juni 2031, se 2032-03-04.")]
    ['2031-05-09', '2031-06', '2032-03-04']
    """
    if not _HAS_YEAR.search(text):
        return []
    return [date for date in _dates(text) if len(date.iso) >= len("2023-02")]


def find_points(text: str) -> list[DateMention]:
    """Every date and every lone year in `text`, in order.

    >>> [point.iso for point in find_points("Avtalet tecknades 2031 och sades upp i maj 2032.")]
    ['2031', '2032-05']
    """
    dates = find_dates(text)
    if not _HAS_YEAR.search(text):
        return []
    years = [DateMention(start=m.start(), end=m.end(), iso=m[0]) for m in _BARE_YEAR.finditer(text)]
    lone = [y for y in years if not any(date.start < y.end and y.start < date.end for date in dates)]
    return sorted([*dates, *lone], key=lambda point: point.start)


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


# Periods
#
# Every date and year is first replaced by a mark of the same length, so that a pattern sees '<mark> till <mark>' and
# its matches have the text's own offsets. Mark number n is the character FIRST_MARK + n, repeated.

FIRST_MARK = 0xE000
"""The first of the code points that Unicode leaves for private use; as many marks as there may be in one text."""

MARKS = 0xF8FF - FIRST_MARK

_FILLER = (
    r"(?:\s*\b(?:den|år|året|åren|verksamhetsåren|i|vid|per|hösten|våren|sommaren|halvårsskiftet"
    r"|(?:med\s+)?(?:slutet|utgången)\s+av)\b)*\s*"
)
_TO = r"(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|(?:fram\s+)?till)"
_FROM_AND_ON = r"(?:från\s+och\s+med|fr\.?\s?o\.?\s?m\.?|med\s+start)"
_EXPIRES = r"(?:löp(?:er|te|a|t)\s+ut|går\s+ut|gick\s+ut|gått\s+ut|upphör(?:de|t|a)?(?:\s+att\s+gälla)?)"


def _point(name: str) -> str:
    return rf"(?P<{name}>[\ue000-\uf8ff])(?P={name})*"


_SERIES = re.compile(rf"{_point('a')}(?:\s*,\s*[\ue000-\uf8ff]+)+\s*,?\s+(?:och|samt)\s+{_point('b')}")
_SPAN = re.compile(
    rf"(?:(?:mellan|{_FROM_AND_ON}|från){_FILLER})?{_point('a')}\s*,?\s*(?:och\s+)?(?:{_TO}|[–—-]|och){_FILLER}{_point('b')}",
    re.IGNORECASE,
)
_LONG_SPAN = re.compile(
    rf"(?:{_FROM_AND_ON}|mellan|från|inför|i\s+kraft|börjar\s+gälla|gäller){_FILLER}{_point('a')}"
    rf"[^.;\ue000-\uf8ff]{{0,60}}?\b{_TO}{_FILLER}{_point('b')}",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    rf"(?:{_FROM_AND_ON}|\b(?:gäller|gällt|gällde|i\s+kraft)\s+(?:\w+\s+){{0,2}}?(?:från|sedan)){_FILLER}{_point('a')}",
    re.IGNORECASE,
)
_OPEN_START = re.compile(
    rf"(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|fram\s+till|\btill\s+(?:slutet|utgången)\s+av|\b{_EXPIRES}(?:\s+efter)?"
    rf"|\b(?:gäller|gällde|löper|löpte|giltig\w*|sträcker\s+sig)\s+(?:\w+\s+)?till){_FILLER}{_point('b')}",
    re.IGNORECASE,
)
# 'I december 2022 löpte avtalet ut': the verb is split around its subject.
_EXPIRED_BEFORE = re.compile(
    rf"{_point('b')}\s+(?:(?:löper|löpte|går|gick)\b[^.;:,\ue000-\uf8ff]{{1,60}}?\but\b"
    r"|upphör(?:de)?\b[^.;:,\ue000-\uf8ff]{1,60}?(?:\batt\s+gälla\b|(?=\s*[.,;]|\s*$)))",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"(?<![\d:.,/-])(?:19|20)\d\d(?![\d:/%]|,\d|-\d\d\b(?!\d))")
_YEARS = re.compile(r"(?<![\d:.,/-])(?P<first>(?:19|20)\d\d)\s?[–—-]\s?(?P<last>(?:19|20)\d\d|\d\d(?=\D|$))(?![\d:-])")
_THIS_YEAR = re.compile(r"\b(?:årets\s+(?:slut|utgång)\b|innevarande\s+år\b)", re.IGNORECASE)
_TURN = re.compile(r"\bårsskiftet\s+(?P<old>(?:19|20)\d\d)\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)", re.IGNORECASE)
_NEXT_YEAR = re.compile(r"\b(?:nästa|nästkommande)\s+års?\b(?:\s+(?:slut|utgång)\b)?", re.IGNORECASE)


def find_periods(text: str, *, year: int | None = None) -> list[PeriodMention]:
    """Every period in `text`, in order: two ends ('2021–2022', 'den 1 mars 2024 till den 28 februari 2027') or one.

    `year` is what 'årets slut' means: the year in which the text was written, if it is known.

    >>> [(p.valid_from, p.valid_to) for p in find_periods("avtalstiden är 2031-02-01 t.o.m. 2034-01-31")]
    [('2031-02-01', '2034-01-31')]
    >>> [(p.valid_from, p.valid_to) for p in find_periods("Avtalet löper till årets slut.", year=2031)]
    [(None, '2031')]
    """
    relative = year is not None and (_THIS_YEAR.search(text) or _NEXT_YEAR.search(text))
    if not relative and not _HAS_YEAR.search(text):
        return []
    marked, places = _mark(text, year)
    found: list[PeriodMention] = []
    for pattern in (_SERIES, _SPAN, _LONG_SPAN, _OPEN_END, _OPEN_START, _EXPIRED_BEFORE):
        for match in pattern.finditer(marked):
            period = _period(match, places)
            if period and not any(p.start < period.end and period.start < p.end for p in found):
                found.append(period)
    return sorted(found, key=lambda period: period.start)


def _mark(text: str, year: int | None) -> tuple[str, list[DateMention]]:
    """The text with each date and year replaced by its mark, and what the marks stand for."""
    points = [DateMention(start=m.start(), end=m.end(), iso=f"{m['old']}/") for m in _TURN.finditer(text)]
    points += _dates(text)
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
    for pattern, value in ((_THIS_YEAR, year), (_NEXT_YEAR, year and year + 1)):
        if value:
            points += [DateMention(start=m.start(), end=m.end(), iso=str(value)) for m in pattern.finditer(text)]
    places: list[DateMention] = []
    for point in points:
        if not any(other.start < point.end and point.start < other.end for other in places):
            places.append(point)
    places = sorted(places, key=lambda point: point.start)[:MARKS]
    pieces, at = [], 0
    for number, point in enumerate(places):
        pieces += [text[at : point.start], chr(FIRST_MARK + number) * (point.end - point.start)]
        at = point.end
    return "".join([*pieces, text[at:]]), places


def _period(match: re.Match[str], places: list[DateMention]) -> PeriodMention | None:
    ends = match.groupdict()
    valid_from, valid_to = (_iso_at(ends.get(name), places) for name in ("a", "b"))
    # The turn of a year ends the old year or begins the new.
    valid_from = str(int(valid_from[:4]) + 1) if valid_from and valid_from.endswith("/") else valid_from
    valid_to = valid_to.rstrip("/") if valid_to else None
    if not valid_from and not valid_to:
        return None
    if valid_from and len(valid_from) == len("03-01"):
        if valid_to is None or len(valid_to) == len("03-01"):
            return None
        valid_from = f"{valid_to[:4]}-{valid_from}"
    if valid_to and len(valid_to) == len("03-01"):
        return None
    if valid_from and valid_to:
        shared = min(len(valid_from), len(valid_to))
        if valid_from[:shared] > valid_to[:shared] or _lone_years(match, valid_from, valid_to):
            return None
    return PeriodMention(start=match.start(), end=match.end(), valid_from=valid_from, valid_to=valid_to)


def _iso_at(mark: str | None, places: list[DateMention]) -> str | None:
    if mark is None or ord(mark) - FIRST_MARK >= len(places):
        # A character for private use that stood in the text itself, as some fonts' bullets do.
        return None
    return places[ord(mark) - FIRST_MARK].iso


_AND_YEAR = re.compile(rf"{_FILLER}{_point('a')}\s+och\s+{_FILLER}{_point('b')}")


def _lone_years(match: re.Match[str], first: str, last: str) -> bool:
    """'2021 och 2022' and '2019, 2020 och 2021' are periods, '2017 och 2022' are two years."""
    if not len(first) == len(last) == len("2021"):
        return False
    years = len(re.findall(r"([\ue000-\uf8ff])\1*", match[0]))
    listed = years > 2 or _AND_YEAR.fullmatch(match[0])
    return bool(listed) and int(last) - int(first) != years - 1
