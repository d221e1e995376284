"""The words that questions are made of, from the data files and from the catalogues of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.asking.data_files import load
from granskning_ai.asking.phrases import fits, literal_words
from granskning_ai.model import Catalogue
from granskning_ai.swedish.terms import STOP_WORDS

Phrases = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that the program explains in its own words."""

    term: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Phrases by what they stand for, class by class."""

    forms: Phrases
    stances: Phrases
    subjects: Phrases
    topics: Phrases
    verdicts: Phrases
    doc_types: Phrases
    requirements: Phrases
    terms: Phrases
    commands: Phrases
    law: Phrases
    negation: frozenset[str]
    generic: tuple[str, ...]
    firms: tuple[str, ...]
    pronouns: Phrases
    opening: frozenset[str]
    ordinary: tuple[str, ...]
    """Patterns of all words that have a place in questions, so that none is taken for a misspelt name."""
    vocabulary: frozenset[str]
    """What a misspelt word may have been meant as."""

    def is_ordinary(self, word: str) -> bool:
        """Whether the word has a place in questions as it stands."""
        return word in STOP_WORDS or any(fits(word, pattern) for pattern in self.ordinary)

    def is_generic(self, word: str) -> bool:
        """Whether the word narrows nothing down."""
        return word in STOP_WORDS or any(fits(word, pattern) for pattern in self.generic)


@cache
def glossary() -> dict[str, Term]:
    """The terms that the program explains, by their names."""
    return {entry["term"]: Term(term=entry["term"], text=entry["text"]) for entry in load("glossary.yml")}


def lexicon_for(catalogues: Sequence[Catalogue]) -> Lexicon:
    """The lexicon of a workspace with these catalogues."""
    concepts = load("concepts.yml")
    classes = {
        name: _phrases(concepts[name]) for name in ("forms", "stances", "subjects", "topics", "verdicts", "doc_types")
    }
    requirements = _requirements(catalogues)
    terms = {entry["term"]: tuple(entry["named"]) for entry in load("glossary.yml")}
    commands = _phrases({name: concepts[name] for name in ("commands", "chat", "advice", "superlatives")})
    law = {catalogue.id: _law_names(catalogue) for catalogue in catalogues}
    law["law"] = tuple(concepts["law"])
    everything = [
        phrase
        for phrases in (*classes.values(), requirements, terms, commands, law)
        for patterns in phrases.values()
        for phrase in patterns
    ]
    patterns = {word for phrase in everything for word in phrase.split() if len(word.strip("*…")) > 2}
    return Lexicon(
        **classes,
        requirements=requirements,
        terms=terms,
        commands=commands,
        law=law,
        negation=frozenset(concepts["negation"]),
        generic=tuple(concepts["generic"]),
        firms=tuple(concepts["firms"]),
        pronouns={"pronoun": tuple(concepts["leaning"]["pronouns"])},
        opening=frozenset(concepts["leaning"]["opening"]),
        ordinary=(*sorted(patterns), *concepts["generic"]),
        vocabulary=frozenset(literal_words([*everything, "kommuner"])),
    )


def _phrases(data: dict[str, list[str]]) -> Phrases:
    return {key: tuple(phrases) for key, phrases in data.items()}


def _requirements(catalogues: Sequence[Catalogue]) -> Phrases:
    """What each requirement is called. What an activity is done to ('terms') is the name of something else."""
    synonyms: dict[str, list[str]] = load("requirements.yml")
    phrases: Phrases = {}
    for catalogue in catalogues:
        for requirement in catalogue.requirements:
            own = requirement.terms if requirement.kind == "thing" else ()
            named = [requirement.label.lower(), *own, *synonyms.get(requirement.key, ())]
            named += [f"kravet på … {word}" for word in requirement.demand if "…" not in word]
            phrases.setdefault(requirement.key, tuple(dict.fromkeys(term for term in named if "{" not in term)))
    return phrases


def _law_names(catalogue: Catalogue) -> tuple[str, ...]:
    return (*(name.replace("...", "…") for name in catalogue.names), catalogue.law)
