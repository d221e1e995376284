"""What a search question says: weighted terms, words of the same meaning, exact phrases, and what it points out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from granskning_ai.model import LABELS, DocType
from granskning_ai.swedish.filters import Filter
from granskning_ai.swedish.municipalities import mentions_in, register
from granskning_ai.swedish.synonyms import Alternatives, alternatives
from granskning_ai.swedish.terms import STOP_WORDS, act_terms, grams, normalise, stem, words

STEM_WEIGHT = 2.0
"""A whole word weighs as much as two of its 4-grams."""

LIGHT_WEIGHT = 0.6
"""What a word counts for that asks more than it tells ('hända', 'många')."""

ACT_WEIGHT = 4.0
"""An act's number ('2023:196'), which tells exactly what is asked for."""

SYNONYM_WEIGHT = 1.8
"""A whole word that was not in the question, beside one that was; shared by all that stand for the same word."""

_QUOTED = re.compile(r"[\"“”»«]([^\"“”»«]{2,})[\"“”»«]")
_YEAR = re.compile(r"(?<![\d:])(?:19|20)\d\d(?![\d:])")
_COMPARES = re.compile(
    r"\b(?:jämför\w*|skill\w+ mellan|skiljer|vilka kommuner|kommuner som|kommunerna|flera kommuner|olika kommuner)\b"
)
_COUNTY = re.compile(r"\b([\w-]+(?: [\w-]+)?) län\b|\bregion ([\w-]+)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as search sees it, `text` without the municipalities that it points out.

    `weights` are index terms; `synonyms` are what each word could be called, and `expanded` is all of those;
    `pointed` is what it points out: it goes before the rest, but does not shut the rest out.
    """

    text: str
    words: tuple[str, ...]
    weights: Mapping[str, float]
    synonyms: Mapping[str, tuple[str, ...]]
    expanded: str
    phrases: tuple[str, ...]
    pointed: Filter
    compares: bool


def understand(
    text: str, *, municipalities: Collection[str], issuers: Collection[str], synonyms: bool = True
) -> Question:
    """Reads a question; `municipalities` and `issuers` are those that the index has documents of."""
    plain = normalise(text)
    named, rest = _municipalities(text, municipalities)
    if not any(word not in STOP_WORDS for word in words(rest)):
        rest = text
    all_words = tuple(words(normalise(rest)))
    others = alternatives(all_words) if synonyms else ()
    return Question(
        text=rest,
        words=tuple(dict.fromkeys(word for word in all_words if word not in STOP_WORDS)) or all_words,
        weights=_weights(all_words, others) | dict.fromkeys(act_terms(plain), ACT_WEIGHT),
        synonyms=_by_word(all_words, others),
        expanded=" ".join(word for other in others for phrase in other.phrases for word in phrase),
        phrases=tuple(normalise(phrase) for phrase in _QUOTED.findall(text)),
        pointed=Filter(
            municipalities=named,
            counties=_counties(plain),
            years=tuple(dict.fromkeys(int(year) for year in _YEAR.findall(plain))),
            issuers=tuple(sorted(name for name in issuers if _names(plain, name))),
            doc_types=_doc_types(all_words),
        ),
        compares=bool(_COMPARES.search(plain)),
    )


def _weights(all_words: tuple[str, ...], others: tuple[Alternatives, ...]) -> dict[str, float]:
    """The question's own terms at full weight, those of its synonyms at less; the highest counts."""
    telling = [word for word in all_words if word not in STOP_WORDS] or list(all_words)
    weights: dict[str, float] = {}
    for word in telling:
        share = LIGHT_WEIGHT if word in _light() else 1.0
        for term in grams(word):
            weights[term] = max(weights.get(term, 0.0), share)
        weights["=" + stem(word)] = STEM_WEIGHT * share
    for other in others:
        # A phrase of several words that is called something else counts as the words that it replaces.
        weight = SYNONYM_WEIGHT * ((other.last - other.first) / len(other.phrases)) ** 0.5
        for term in {"=" + stem(word): None for phrase in other.phrases for word in phrase if word not in STOP_WORDS}:
            weights[term] = max(weights.get(term, 0.0), weight)
    return weights


@cache
def _light() -> frozenset[str]:
    text = files("granskning_ai.indexing").joinpath("data/frageord.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _by_word(all_words: tuple[str, ...], others: tuple[Alternatives, ...]) -> dict[str, tuple[str, ...]]:
    """The words that each word of the question may be called instead."""
    found: dict[str, dict[str, None]] = {}
    for other in others:
        names = {word: None for phrase in other.phrases for word in phrase if word not in STOP_WORDS}
        for word in all_words[other.first : other.last]:
            found.setdefault(word, {}).update(names)
    return {word: tuple(names) for word, names in found.items()}


def _municipalities(text: str, held: Collection[str]) -> tuple[tuple[str, ...], str]:
    """The municipalities that the question names, and the question without those that there are documents of.

    Their documents go first as it is; were the name looked for as well, passages full of it would go before those that
    answer. A name in small letters counts if there are documents of it.
    """
    raised = re.sub(r"\b[a-zåäö]", lambda match: match.group().upper(), text.lower())
    mentions = [*mentions_in(text), *(mention for mention in mentions_in(raised) if mention.code in held)]
    rest = list(text)
    for mention in mentions:
        if mention.code in held:
            rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return tuple(dict.fromkeys(mention.code for mention in mentions)), "".join(rest)


def _counties(plain: str) -> tuple[str, ...]:
    """The counties that the question names ('i Stockholms län', 'Region Skåne')."""
    named = {name for match in _COUNTY.finditer(plain) for name in match.groups() if name}
    codes = {
        place.county_code
        for place in register().values()
        for name in named
        if f"{name} ".endswith(f"{place.county.lower().removesuffix(' län')} ")
        or place.county.lower().removesuffix(" län") in (name, f"{name}s")
    }
    return tuple(sorted(codes))


def _names(plain: str, issuer: str) -> bool:
    return bool(issuer) and bool(re.search(rf"(?<!\w){re.escape(issuer.lower())}s?(?!\w)", plain))


def _doc_types(all_words: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of document that the question names by their Swedish labels, in any form."""
    stems = {stem(word) for word in all_words}
    return tuple(
        kind.value
        for kind in DocType
        if kind is not DocType.OTHER and {stem(word) for word in words(LABELS[kind])} <= stems
    )
