"""What a search question says: weighted terms, words of the same meaning, exact phrases, and what it points out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from granskning_ai.model import LABELS, DocType
from granskning_ai.swedish.filters import Filter
from granskning_ai.swedish.municipalities import mentions_in, register
from granskning_ai.swedish.synonyms import Alternatives, alternatives
from granskning_ai.swedish.terms import STOP_WORDS, act_terms, grams, normalise, stem, words

STEM_WEIGHT = 2.0
"""A whole word weighs as much as two of its 4-grams."""

ACT_WEIGHT = 4.0
"""An act's number ('2023:196'), which tells exactly what is asked for."""

SYNONYM_WEIGHT = 0.6
"""A word that was not in the question, beside one that was; shared by all that stand for the same word."""

_QUOTED = re.compile(r"[\"“”»«]([^\"“”»«]{2,})[\"“”»«]")
_YEAR = re.compile(r"(?<![\d:])(?:19|20)\d\d(?![\d:])")
_COMPARES = re.compile(
    r"\b(?:jämför\w*|skill\w+ mellan|skiljer|vilka kommuner|kommuner som|kommunerna|flera kommuner|olika kommuner)\b"
)
_COUNTY = re.compile(r"\b([\w-]+(?: [\w-]+)?) län\b|\bregion ([\w-]+)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as search sees it.

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
    all_words = tuple(words(plain))
    others = alternatives(all_words) if synonyms else ()
    return Question(
        text=text,
        words=tuple(dict.fromkeys(word for word in all_words if word not in STOP_WORDS)) or all_words,
        weights=_weights(all_words, others) | dict.fromkeys(act_terms(plain), ACT_WEIGHT),
        synonyms=_by_word(all_words, others),
        expanded=" ".join(word for other in others for phrase in other.phrases for word in phrase),
        phrases=tuple(normalise(phrase) for phrase in _QUOTED.findall(text)),
        pointed=Filter(
            municipalities=_municipalities(text, municipalities),
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
        weights.update(dict.fromkeys(grams(word), 1.0))
        weights["=" + stem(word)] = STEM_WEIGHT
    for other in others:
        # A phrase of several words that is called something else counts as the words that it replaces.
        weight = SYNONYM_WEIGHT * ((other.last - other.first) / len(other.phrases)) ** 0.5
        for phrase in other.phrases:
            for term in _synonym_terms(phrase):
                weights[term] = max(weights.get(term, 0.0), weight)
    return weights


def _by_word(all_words: tuple[str, ...], others: tuple[Alternatives, ...]) -> dict[str, tuple[str, ...]]:
    """The words that each word of the question may be called instead."""
    found: dict[str, dict[str, None]] = {}
    for other in others:
        names = {word: None for phrase in other.phrases for word in phrase if word not in STOP_WORDS}
        for word in all_words[other.first : other.last]:
            found.setdefault(word, {}).update(names)
    return {word: tuple(names) for word, names in found.items()}


def _synonym_terms(phrase: tuple[str, ...]) -> list[str]:
    """The 4-grams of the stems from the beginning of each word, so that every inflection fits alike."""
    found: list[str] = []
    for word in phrase:
        if word not in STOP_WORDS:
            found.extend(gram for gram in grams(stem(word)) if not gram.endswith("_"))
    return found


def _municipalities(text: str, held: Collection[str]) -> tuple[str, ...]:
    """The municipalities that the question names; a name in small letters counts if there are documents of it."""
    named = [mention.code for mention in mentions_in(text)]
    raised = re.sub(r"\b[a-zåäö]", lambda match: match.group().upper(), text.lower())
    named += [mention.code for mention in mentions_in(raised) if mention.code in held]
    return tuple(dict.fromkeys(named))


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
