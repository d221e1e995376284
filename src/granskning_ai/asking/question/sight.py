"""What stands in a question, before it is decided what it asks: phrases by class, places, years, firms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.phrases import Found, Token, tokens_of
from granskning_ai.asking.question.places import Places, places_in
from granskning_ai.asking.question.spelling import corrected
from granskning_ai.swedish.terms import STOP_WORDS

_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMON_IN_NAMES = frozenset(
    ["revision", "revisorer", "kommunrevision", "ab", "rådgivning", "kommun", "kommuns", "i", "och", "consulting"]
)
_SINCE = frozenset(["sedan", "efter", "med"])
"""Before a year that begins a stretch of years; 'med' as in 'från och med'."""

_BEFORE = frozenset(["före", "innan"])
_LAST_YEAR = 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A question with all that was seen in it. `words` are its words in lower case, spelling put right."""

    question: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    places: Places
    years: tuple[int, ...]
    firms: tuple[str, ...]
    unknown_firms: tuple[str, ...]
    forms: tuple[Found, ...]
    stances: tuple[Found, ...]
    subjects: tuple[Found, ...]
    topics: tuple[Found, ...]
    verdicts: tuple[Found, ...]
    doc_types: tuple[Found, ...]
    requirements: tuple[Found, ...]
    terms: tuple[Found, ...]
    commands: tuple[Found, ...]
    law: tuple[Found, ...]
    pronouns: tuple[Found, ...]
    negated: bool
    named: frozenset[int]
    """The words that are names: places, years and firms."""

    def has(self, kind: str, *keys: str) -> bool:
        """Whether a phrase of one of the keys (or of any, where none is given) stands in the question."""
        return any(not keys or found.key in keys for found in getattr(self, kind))

    def keys(self, kind: str) -> tuple[str, ...]:
        """The keys of what was found in a class, in order and each once."""
        return tuple(dict.fromkeys(found.key for found in getattr(self, kind)))

    @property
    def query(self) -> str:
        """The question with misspelt words put right."""
        if not self.tokens:
            return self.question
        first, last = self.tokens[0].start, self.tokens[-1].end
        return self.question[:first] + self.spelt(0, len(self.tokens)) + self.question[last:]

    def spelt(self, start: int, end: int) -> str:
        """The question from one word up to another, with misspelt words put right."""
        text, last = "", self.tokens[start].start
        for token, word in zip(self.tokens[start:end], self.words[start:end], strict=True):
            text += self.question[last : token.start] + (token.text if word == token.low else word)
            last = token.end
        return text

    def rest(self, lexicon: Lexicon, *accounted: Iterable[Found]) -> tuple[str, ...]:
        """The words that carry meaning and are neither names nor accounted for by the given phrases."""
        covered = self.named.union(*(found.places for each in accounted for found in each))
        return tuple(
            dict.fromkeys(
                word
                for at, word in enumerate(self.words)
                if at not in covered and len(word) > 1 and not lexicon.is_generic(word)
            )
        )


def look(question: str, lexicon: Lexicon, known: Collection[str], issuers: Collection[str]) -> Sight:
    """Sees what stands in a question.

    Args:
        question: as it was written.
        lexicon: the words that questions are made of.
        known: the codes of the workspace's municipalities.
        issuers: who has written the workspace's documents.
    """
    tokens = tokens_of(question)
    places = places_in(tokens, known, lexicon.ordinary)
    years, year_words = _years(tokens)
    firms, unknown, firm_words = _firms(tokens, issuers, lexicon.firms, places.used)
    named = places.used | year_words | firm_words
    words = tuple(_spelt(token, at in named, lexicon) for at, token in enumerate(tokens))
    # Names stand for nothing else, but keep the words on both sides of them apart.
    plain = tuple("§" if at in named else word for at, word in enumerate(words))
    found = {
        name: tuple(getattr(lexicon, name).find(plain))
        for name in (
            "forms", "stances", "subjects", "topics", "verdicts", "doc_types", "requirements", "terms", "commands",
            "law", "pronouns",
        )
    }  # fmt: skip
    return Sight(
        question=question,
        tokens=tokens,
        words=words,
        places=places,
        years=years,
        firms=firms,
        unknown_firms=unknown,
        negated=_is_negated(plain, lexicon, found["stances"]),
        named=named,
        **found,
    )


def _spelt(token: Token, named: bool, lexicon: Lexicon) -> str:
    word = token.low
    if named or not word.isalpha() or word in STOP_WORDS:
        return word
    return corrected(word, lexicon.long if lexicon.is_ordinary(word) else lexicon.vocabulary) or word


def _is_negated(words: Sequence[str], lexicon: Lexicon, stances: Sequence[Found]) -> bool:
    """Whether the question denies something; 'inte helt' and 'framgår inte' have their negation in them."""
    whole = ("partly", "unknown", "untested", "fails")
    inside = {at for found in stances for at in found.places if found.key in whole}
    return any(word in lexicon.negation and at not in inside for at, word in enumerate(words))


def _years(tokens: Sequence[Token]) -> tuple[tuple[int, ...], frozenset[int]]:
    """The years of a question; 'sedan 2023' and '2022–2024' are all the years that they span."""
    found = [(at, int(token.low)) for at, token in enumerate(tokens) if _YEAR.fullmatch(token.low)]
    years: set[int] = set()
    for index, (at, year) in enumerate(found):
        before = tokens[at - 1].low if at else ""
        follows = index > 0 and found[index - 1][0] in (at - 1, at - 2)
        if before in _SINCE and not any(token.low == "till" for token in tokens):
            years.update(range(year + (before == "efter"), _LAST_YEAR))
        elif before in _BEFORE:
            years.update(range(1970, year))
        elif follows and (before == "till" or found[index - 1][0] == at - 1):
            years.update(range(found[index - 1][1], year + 1))
        else:
            years.add(year)
    return tuple(sorted(years)), frozenset(at for at, _ in found)


def _firms(
    tokens: Sequence[Token], issuers: Collection[str], known: Sequence[str], used: Collection[int]
) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[int]]:
    """The writers of documents that a question names, the firms of which there is no document, and their words."""
    lows = [token.low for token in tokens]
    found: dict[str, None] = {}
    words: set[int] = set()
    for issuer in sorted(issuers):
        parts = [part.low for part in tokens_of(issuer) if part.low not in _COMMON_IN_NAMES]
        at = next((i for i, low in enumerate(lows) if parts and _names(low, parts[0]) and i not in used), None)
        if at is not None:
            found[issuer] = None
            words.update(i for i, low in enumerate(lows) if any(_names(low, part) for part in parts) and i not in used)
    strangers: dict[str, None] = {}
    for firm in known:
        parts = [part.low for part in tokens_of(firm)]
        for at in range(len(lows) - len(parts) + 1):
            if lows[at : at + len(parts)] == parts and at not in words:
                strangers[firm] = None
                words.update(range(at, at + len(parts)))
    return tuple(found), tuple(strangers), frozenset(words)


def _names(word: str, part: str) -> bool:
    return word in (part, f"{part}s") and len(part) > 1
