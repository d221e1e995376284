"""The 290 municipalities: SCB codes, names, counties, and the forms a text uses of them.

Source: SCB's register of municipalities and counties (facts, no copyright).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
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
    """A municipality named in a text. `explicit` where the text says that it is a municipality ('X kommun', 'X stad')."""

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
    except (OSError, UnicodeDecodeError, TypeError) as error:
        raise ConfigError(
            f"Kommunregistret {path.name} kan inte läsas.",
            hint="Filen ska vara en CSV-fil med kolumnerna code, name, full_name, county_code och county.",
        ) from error
    register.cache_clear()
    _pattern.cache_clear()


def _read(text: str) -> dict[str, Municipality]:
    return {row["code"]: Municipality(**row) for row in csv.DictReader(io.StringIO(text))}


def municipality(code: str | None) -> Municipality | None:
    """The municipality with the given SCB code."""
    return register().get(code or "")


def find_code(name: str) -> str | None:
    """The code of the municipality that a user means by a name or code ('Salem', 'salems kommun', '0128').

    >>> find_code("Salems kommun"), find_code("0128"), find_code("Ingenstans")
    ('0128', '0128', None)
    """
    name = name.strip()
    if name in register():
        return name
    mentions = [mention for mention in mentions_in(name[:1].upper() + name[1:]) if mention.start == 0]
    if mentions:
        return mentions[0].code
    folded = name.casefold()
    return next((m.code for m in register().values() if folded in (m.name.casefold(), m.full_name.casefold())), None)


AMBIGUOUS = frozenset(
    [
        "Ale",
        "Berg",
        "Boden",
        "Borg",
        "Eda",
        "Habo",
        "Heby",
        "Kil",
        "Lund",
        "Mark",
        "Mora",
        "Nora",
        "Sala",
        "Sunne",
        "Vara",
        "Åre",
    ]
)
"""Names that are also ordinary words, surnames or given names: they count only with 'kommun' or 'stad' beside them."""


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    codes: dict[str, str] = {}
    for entry in register().values():
        codes[entry.name] = entry.code
        stem = re.sub(r"\s+(?:kommun|stad)$", "", entry.full_name)
        codes.setdefault(stem, entry.code)
        codes.setdefault(entry.name.upper(), entry.code)
    names = sorted(codes, key=len, reverse=True)
    joined = "|".join(re.sub(r"\\[ -]", r"[-\\s]", re.escape(name)) for name in names)
    return re.compile(
        rf"(?<![\w@./-])({joined})([sS]?)(?![\w@-])(\s+(?:[Kk]ommun|KOMMUN|[Ss]tad|STAD)(?:s|en|ens|S|EN|ENS)?\b)?"
    ), codes


def mentions_in(text: str) -> Iterator[Mention]:
    """Yields every municipality that `text` names, in any form ('Salem', 'Salems', 'Salems kommuns revisorer').

    E-mail and web addresses are not mentions. 'Region X', 'X län', 'X universitet' and street addresses are not.
    """
    pattern, codes = _pattern()
    for match in pattern.finditer(text):
        name = re.sub(r"\s+", " ", match.group(1))
        code = codes.get(name) or codes.get(name.replace(" ", "-")) or codes.get(name.replace("-", " "))
        explicit = match.group(3) is not None
        if name.isupper() and not explicit:
            continue
        if code is None or (not explicit and (name in AMBIGUOUS or _is_something_else(text, match))):
            continue
        yield Mention(code=code, start=match.start(), end=match.end(), explicit=explicit)


_BEFORE = re.compile(r"(?:Region|Polisregion|Länsstyrelsen(?: i)?|universitetet i|Högskolan i)\s+$")
_AFTER = re.compile(
    r"\s*(?:s?\s*län\b|universitet|högskola|tingsrätt|station\b|centrum\b|sjukhus|"
    r"(?:brand|rädd)\w*förbund|universitetssjukhus)",
    re.IGNORECASE,
)


def _is_something_else(text: str, match: re.Match[str]) -> bool:
    return bool(_BEFORE.search(text[max(0, match.start() - 25) : match.start()]) or _AFTER.match(text, match.end()))
