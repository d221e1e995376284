"""The 290 municipalities: SCB codes, names, counties, and the forms a text uses of them.

Source: SCB's register of municipalities and counties (facts, no copyright).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from granskning_ai.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality. `code` is SCB's four digits; `full_name` has the name's own genitive ('Salems kommun')."""

    code: str
    name: str
    full_name: str
    county_code: str
    county: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A municipality named in a text; `explicit` where the text says that it is one ('X kommun', 'X stad')."""

    code: str
    start: int
    end: int
    explicit: bool


_extra: dict[str, Municipality] = {}


@cache
def register() -> dict[str, Municipality]:
    """Every municipality by its code."""
    shipped = files("granskning_ai.swedish").joinpath("data/kommuner.csv").read_text(encoding="utf-8")
    return {**_read(shipped), **_extra}


def extend_register(path: Path) -> None:
    """Adds the municipalities of a CSV file with the same columns (the example corpus has fictional ones).

    Raises:
        ConfigError: the file cannot be read or lacks a column.
    """
    try:
        _extra.update(_read(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError) as error:
        raise ConfigError(
            f"Kommunregistret {path.name} kan inte läsas.",
            hint="Filen ska vara en CSV-fil med kolumnerna code, name, full_name, county_code och county.",
        ) from error
    for derived in (register, counties, _pattern):
        derived.cache_clear()


def _read(text: str) -> dict[str, Municipality]:
    entries = [Municipality(**row) for row in csv.DictReader(io.StringIO(text))]
    if not all(re.fullmatch(r"\d{4}", entry.code or "") and entry.name and entry.full_name for entry in entries):
        raise KeyError("code")
    return {entry.code: entry for entry in entries}


def municipality(code: str | None) -> Municipality | None:
    """The municipality with the given SCB code."""
    return register().get(code or "")


@cache
def counties() -> dict[str, str]:
    """Every county's name by its code."""
    return {place.county_code: place.county for place in register().values()}


def find_code(name: str) -> str | None:
    """The code of the municipality that a user means by a name or code ('Salem', 'salems kommun', '0128').

    >>> find_code("Salems kommun"), find_code("0128"), find_code("Ingenstans")
    ('0128', '0128', None)
    """
    name = name.strip()
    if name in register():
        return name
    bare = re.sub(r" (?:KOMMUN|STAD)S?$", "", _folded(name))
    mentions = (mention.code for mention in mentions_in(name[:1].upper() + name[1:]) if mention.start == 0)
    return _pattern()[1].get(bare) or next(mentions, None)


_AMBIGUOUS = "Ale Berg Boden Eda Kil Klippan Lund Mark Mora Nora Sala Sunne Vara"

AMBIGUOUS = frozenset(_AMBIGUOUS.split())
"""Names that are also words, surnames or given names: they count only where the text says 'kommun' or 'stad'."""

_SAID = (
    r"\s+(?:(?P<plural>kommuner(?:na)?s?)|kommuns?|stads?)\b"
    r"|\s+(?=kommun(?:styrelse|fullmäktige|revision|direktör|ledning)|stadsrevision)"
)
_LED = re.compile(r"\bkommun(?:en|(?P<plural>erna))\s+$", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|,?\s(?:och|samt|respektive|&)\s)\s*", re.IGNORECASE)
_REGION = re.compile(r"\bRegion\s+$", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:\b(?:polisregion|länsstyrelsen(?: i)?|universitetet i|högskolan i|tingsrätten i)|\d{3} ?\d{2})\s+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*läns?\b|\s*(?:universitet|högskola|tingsrätt|station\b|centrum\b|sjukhus|stift\b|(?:brand|rädd)\w*förbund)"
    r"|,?\s+(?:den\s+\d{1,2}\s|\d{4}-\d\d-\d\d)|\.\w",
    re.IGNORECASE,
)


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of every name, and the code of each name as `_folded` writes it."""
    forms: dict[str, str] = {}
    for entry in register().values():
        for name in (entry.name, re.sub(r"\s+(?:kommun|stad)$", "", entry.full_name)):
            forms.setdefault(name, entry.code)
            forms.setdefault(name.upper(), entry.code)
    names = sorted(forms, key=lambda name: (-len(name), name))
    joined = "|".join(re.sub(r"\\[ -]", r"[-\\s]", re.escape(name)) for name in names)
    pattern = rf"(?=[A-ZÅÄÖ])(?<![\w@./-])(?P<name>{joined})[sS]?(?![\w@-])(?P<said>(?i:{_SAID}))?"
    return re.compile(pattern), {_folded(name): code for name, code in forms.items()}


def _folded(name: str) -> str:
    return re.sub(r"[-\s]+", " ", name).upper()


def mentions_in(text: str) -> Iterator[Mention]:
    """Yields every municipality that `text` names, in any form ('Salem', 'Salems', 'Salems kommuns revisorer').

    In 'Habo och Mullsjö kommuner' both are explicit. Regions, counties, universities and the like are not mentions, nor
    are e-mail and web addresses, post towns and the place where something was signed.
    """
    pattern, codes = _pattern()
    matches = list(pattern.finditer(text))
    for match, explicit in zip(matches, _explicit(text, matches), strict=True):
        code = codes[_folded(match["name"])]
        doubtful = (
            match["name"].isupper() or register()[code].name in AMBIGUOUS or _is_something_else(text, match, code)
        )
        if explicit or not doubtful:
            yield Mention(code=code, start=match.start(), end=match.end(), explicit=explicit)


def _explicit(text: str, matches: Sequence[re.Match[str]]) -> list[bool]:
    """Which of the names the text calls municipalities: by the word beside it, or by a plural beside its neighbour."""
    led = [_LED.search(text[max(0, match.start() - 14) : match.start()]) for match in matches]
    said = [match["said"] is not None or before is not None for match, before in zip(matches, led, strict=True)]
    joined = [_JOINED.fullmatch(text, a.end(), b.start()) is not None for a, b in pairwise(matches)]
    plural = False
    for index in range(len(joined), 0, -1):
        plural = matches[index]["plural"] is not None or (plural and matches[index]["said"] is None)
        plural = plural and joined[index - 1]
        said[index - 1] = said[index - 1] or plural
    plural = False
    for index, is_joined in enumerate(joined):
        before = led[index]
        plural = is_joined and (plural or (before is not None and before["plural"] is not None))
        said[index + 1] = said[index + 1] or plural
    return said


def _is_something_else(text: str, match: re.Match[str], code: str) -> bool:
    """Whether the name is part of another name, or says where somebody is rather than who."""
    before = text[max(0, match.start() - 25) : match.start()]
    if _REGION.search(before):
        # 'Region Gotland' is the municipality: its county has no other.
        return sum(entry.county_code == register()[code].county_code for entry in register().values()) > 1
    return _BEFORE.search(before) is not None or _AFTER.match(text, match.end()) is not None
