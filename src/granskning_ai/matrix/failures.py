"""To which municipality a file belongs that could not be read: only its name can tell."""

from __future__ import annotations

import re
import unicodedata

from granskning_ai.model import FileFailure
from granskning_ai.swedish.municipalities import AMBIGUOUS, register

_FOLD = str.maketrans("åäöéü", "aaoeu")
_SAYS_MUNICIPALITY = frozenset(["kommun", "kommuns", "kommunen", "stad", "stads"])


def file_name(failure: FileFailure) -> str:
    """The file's own name, without folders or the archive that it lay in."""
    return re.split(r"[\\/!]", failure.path.rstrip("\\/!"))[-1]


def municipality_of(failure: FileFailure) -> str | None:
    """The code of the one municipality that the file's name names ('granskning-upplands-vasby_2023.pdf').

    Names that are ordinary words as well ('Mark', 'Sala') count only with 'kommun' or 'stad' after them.
    Å, ä and ö may be written a and o, unless that makes two municipalities alike (Habo, Håbo).
    """
    names = _names()
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", file_name(failure)).casefold())
    found: list[tuple[int, int, frozenset[str]]] = []
    for at in range(len(words)):
        for length in (3, 2, 1):
            name = " ".join(words[at : at + length])
            after = words[at + length : at + length + 1]
            codes = _named(names, name, certain=bool(after) and after[0] in _SAYS_MUNICIPALITY)
            if codes and not any(start <= at < end for start, end, _ in found):
                found.append((at, at + length, codes))
    codes = frozenset().union(*(codes for _, _, codes in found))
    return next(iter(codes)) if len(codes) == 1 else None


def year_of(failure: FileFailure) -> int | None:
    """The one year that the file's name gives."""
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", file_name(failure)))
    return int(years.pop()) if len(years) == 1 else None


def _named(names: dict[str, frozenset[str]], name: str, *, certain: bool) -> frozenset[str]:
    for form in (name, name.removesuffix("s")):
        codes = names.get(form, frozenset())
        if codes and (certain or not all(register()[code].name in AMBIGUOUS for code in codes)):
            return codes
    return frozenset()


def _names() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for entry in register().values():
        plain = re.sub(r"[\W_]+", " ", entry.name.casefold())
        for form in {plain, plain.translate(_FOLD)}:
            names.setdefault(form, set()).add(entry.code)
    return {form: frozenset(codes) for form, codes in names.items()}
