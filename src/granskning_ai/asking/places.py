"""Municipalities and counties in a question, however they are written: 'huddinge', 'Hudinges', 'Vittsunds kommun'."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.asking.phrases import Token, fits
from granskning_ai.asking.spelling import corrected
from granskning_ai.swedish.municipalities import AMBIGUOUS, register

_MUNICIPAL = ("kommun", "kommuns", "kommunen", "kommunens", "stad", "stads")
_COUNTY_ENDING = re.compile(r"län(?:s|et|ets)$")
_AFTER_PLACE = ("bo", "bor", "borna", "bornas")
_FOLD = str.maketrans("åäöéü", "aaoeu")
_LONGEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a question names. `used` are the words that the names are; `strangers` names of no municipality."""

    codes: tuple[str, ...]
    county: str
    strangers: tuple[str, ...]
    used: frozenset[int]


def places_in(tokens: Sequence[Token], known: Collection[str], ordinary: Collection[str]) -> Places:
    """Finds the municipalities and the county that a question names.

    Args:
        tokens: the question.
        known: the codes of the workspace's municipalities; only their names are recognised when misspelt.
        ordinary: patterns of words that are no misspelt names.
    """
    codes: dict[str, None] = {}
    strangers: list[str] = []
    used: set[int] = set()
    county = ""
    at = 0
    while at < len(tokens):
        name, length = _county_at(tokens, at)
        if name:
            county = name
        else:
            code, length = _municipality_at(tokens, at, known, ordinary)
            if code:
                codes[code] = None
            elif _is_stranger(tokens, at, ordinary):
                strangers.append(tokens[at].text)
                length = 2
        used.update(range(at, at + length))
        at += max(length, 1)
    return Places(codes=tuple(codes), county=county, strangers=tuple(strangers), used=frozenset(used))


def _municipality_at(
    tokens: Sequence[Token], at: int, known: Collection[str], ordinary: Collection[str]
) -> tuple[str | None, int]:
    """The municipality that begins at a word, and how many words its name is, 'kommun' included."""
    for length in range(_LONGEST, 0, -1):
        words = tokens[at : at + length]
        if len(words) < length:
            continue
        code = _names().get(" ".join(word.low for word in words).replace("-", " "))
        after = tokens[at + length].low if at + length < len(tokens) else ""
        if code and _means_it(words, at, code, after, known):
            return code, length + (after in _MUNICIPAL)
    token = tokens[at]
    if len(token.low) < 5 or any(fits(token.low, pattern) for pattern in ordinary):
        return None, 0
    code = _misspelt(token, known)
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return (code, 1 + (after in _MUNICIPAL)) if code else (None, 0)


def _means_it(words: Sequence[Token], at: int, code: str, after: str, known: Collection[str]) -> bool:
    """Names that are ordinary words as well must be written as names, or have 'kommun' after them."""
    if register()[code].name not in AMBIGUOUS or after in _MUNICIPAL:
        return True
    return words[0].capitalised and (at > 0 or code in known)


def _misspelt(token: Token, known: Collection[str]) -> str | None:
    names = {name: code for name, code in _names().items() if code in known and " " not in name}
    folded = {name.translate(_FOLD): code for name, code in names.items()}
    plain = token.low.translate(_FOLD)
    for form in (plain, plain.removesuffix("s")):
        if form in folded:
            return folded[form]
    for suffix in ("", "s", *_AFTER_PLACE):
        form = token.low.removesuffix(suffix)
        near = corrected(form, names, whole=True) or (
            # A name may be a letter shorter or longer than the slip.
            corrected(form, names) if token.capitalised else None
        )
        if near in names:
            return names[near]
    return None


def _county_at(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    for length in range(_LONGEST, 0, -1):
        words = [token.low for token in tokens[at : at + length]]
        if len(words) == length:
            name = _counties().get(_COUNTY_ENDING.sub("län", " ".join(words)))
            if name:
                return name, length
    return "", 0


def _is_stranger(tokens: Sequence[Token], at: int, ordinary: Collection[str]) -> bool:
    """Whether the word is called a municipality ('Ankeborgs kommun') and is none."""
    if at + 1 >= len(tokens) or tokens[at + 1].low not in _MUNICIPAL:
        return False
    token = tokens[at]
    return token.capitalised and at > 0 and not any(fits(token.low, pattern) for pattern in ordinary)


@cache
def _names() -> dict[str, str]:
    """Every form of the municipalities' names in lower case, with and without genitive."""
    names: dict[str, str] = {}
    for entry in register().values():
        own = entry.full_name.lower()
        for suffix in (" kommun", " stad"):
            own = own.removesuffix(suffix)
        for form in (entry.name.lower(), own):
            plain = form.replace("-", " ")
            names.setdefault(plain, entry.code)
            names.setdefault(f"{plain}s", entry.code)
    return names


@cache
def _counties() -> dict[str, str]:
    counties: dict[str, str] = {}
    for entry in register().values():
        counties.setdefault(entry.county.lower(), entry.county)
    return counties
