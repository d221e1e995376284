"""Municipalities and counties in a question, however they are written: 'huddinge', 'Hudinges', 'Vittsunds kommun'."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from granskning_ai.asking.question.phrases import Token, WordList
from granskning_ai.asking.question.spelling import corrected
from granskning_ai.swedish.municipalities import AMBIGUOUS, register

_MUNICIPAL = ("kommun", "kommuns", "kommunen", "kommunens", "stad", "stads")
_COUNTY_ENDING = re.compile(r"län(?:s|et|ets)$")
_ENDINGS = ("", "s", "bo", "borna", "bornas")
_FOLD = str.maketrans("åäöéü", "aaoeu")
_LONGEST = 3
_SHORTEST_SLIP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a question names. `used` are the words that the names are; `strangers` names of no municipality."""

    codes: tuple[str, ...]
    county: str
    strangers: tuple[str, ...]
    used: frozenset[int]


def places_in(tokens: Sequence[Token], known: Collection[str], ordinary: WordList) -> Places:
    """Finds the municipalities and the county that a question names.

    Args:
        tokens: the question.
        known: the codes of the workspace's municipalities; only their names are recognised when misspelt.
        ordinary: words that are no misspelt names.
    """
    finder = _Finder(tokens, known, ordinary)
    codes: dict[str, None] = {}
    strangers: list[str] = []
    used: set[int] = set()
    county = ""
    at = 0
    while at < len(tokens):
        name, length = finder.county_at(at)
        if name:
            county = name
        else:
            code, length = finder.municipality_at(at)
            if code:
                codes[code] = None
            elif finder.is_stranger(at):
                strangers.append(tokens[at].text)
                length = 2
        used.update(range(at, at + length))
        at += max(length, 1)
    return Places(codes=tuple(codes), county=county, strangers=tuple(strangers), used=frozenset(used))


class _Finder:
    """Finds places at the words of one question. The register is read anew each time, since a user may extend it."""

    def __init__(self, tokens: Sequence[Token], known: Collection[str], ordinary: WordList) -> None:
        self._tokens = tokens
        self._known = frozenset(known)
        self._ordinary = ordinary
        self._names: dict[str, str] = {}
        self._counties: dict[str, str] = {}
        for entry in register().values():
            own = entry.full_name.lower().removesuffix(" kommun").removesuffix(" stad")
            for form in (entry.name.lower(), own):
                plain = form.replace("-", " ")
                self._names.setdefault(plain, entry.code)
                self._names.setdefault(f"{plain}s", entry.code)
            self._counties.setdefault(entry.county.lower(), entry.county)
        self._own = {name: code for name, code in self._names.items() if code in self._known and " " not in name}
        self._folded = {name.translate(_FOLD): code for name, code in self._own.items()}

    def municipality_at(self, at: int) -> tuple[str | None, int]:
        """The municipality that begins at a word, and how many words its name is, 'kommun' included."""
        for length in range(min(_LONGEST, len(self._tokens) - at), 0, -1):
            words = self._tokens[at : at + length]
            code = self._names.get(" ".join(word.low for word in words).replace("-", " "))
            if code and self._is_meant(at, code, self._after(at + length)):
                return code, length + self._is_municipal(at + length)
        code = self._misspelt(self._tokens[at])
        return (code, 1 + self._is_municipal(at + 1)) if code else (None, 0)

    def county_at(self, at: int) -> tuple[str, int]:
        """The county whose name begins at a word, and how many words it is."""
        for length in range(min(_LONGEST, len(self._tokens) - at), 0, -1):
            words = " ".join(token.low for token in self._tokens[at : at + length])
            name = self._counties.get(_COUNTY_ENDING.sub("län", words))
            if name:
                return name, length
        return "", 0

    def is_stranger(self, at: int) -> bool:
        """Whether the word is called a municipality ('Ankeborgs kommun') and is none."""
        token = self._tokens[at]
        return token.capitalised and at > 0 and self._is_municipal(at + 1) and not self._is_ordinary(token)

    def _after(self, at: int) -> str:
        return self._tokens[at].low if at < len(self._tokens) else ""

    def _is_municipal(self, at: int) -> bool:
        return self._after(at) in _MUNICIPAL

    def _is_ordinary(self, token: Token) -> bool:
        return token.low in self._ordinary

    def _is_meant(self, at: int, code: str, after: str) -> bool:
        """Names that are ordinary words as well must be written as names, or have 'kommun' after them."""
        if register()[code].name not in AMBIGUOUS or after in _MUNICIPAL:
            return True
        return self._tokens[at].capitalised and (at > 0 or code in self._known)

    def _misspelt(self, token: Token) -> str | None:
        if len(token.low) < _SHORTEST_SLIP or self._is_ordinary(token):
            return None
        for ending in _ENDINGS:
            form = token.low.removesuffix(ending)
            code = self._own.get(form) or self._folded.get(form.translate(_FOLD))
            if code:
                return code
        for ending in _ENDINGS:
            form = token.low.removesuffix(ending)
            # A name may be a letter shorter or longer than the slip; only what is written as a name is tried so.
            near = corrected(form, self._own, whole=True) or (corrected(form, self._own) if token.capitalised else None)
            if near in self._own:
                return self._own[near]
        return None
