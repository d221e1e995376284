"""The words that questions are made of, from the data files and from the catalogues of the workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.asking.data_files import load
from granskning_ai.asking.question.phrases import PhraseBook, WordList, literal_words
from granskning_ai.model import Catalogue
from granskning_ai.swedish.terms import STOP_WORDS

_VERY_LONG = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that the program explains in its own words."""

    term: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Phrases by what they stand for, class by class."""

    forms: PhraseBook
    stances: PhraseBook
    subjects: PhraseBook
    topics: PhraseBook
    verdicts: PhraseBook
    doc_types: PhraseBook
    requirements: PhraseBook
    terms: PhraseBook
    commands: PhraseBook
    law: PhraseBook
    pronouns: PhraseBook
    one_topic: Mapping[str, PhraseBook]
    one_requirement: Mapping[str, PhraseBook]
    """The phrases of a single topic or requirement, for finding what is about it."""
    asking: frozenset[str]
    """The words that a question may begin with when it does not begin with its verb."""
    verbs: frozenset[str]
    """Verbs that a question may begin with, beside those that are known by their endings."""
    qualities: frozenset[str]
    """The requirements that any audit may judge ('intern kontroll'), so that a question must name nothing else."""
    negation: frozenset[str]
    opening: frozenset[str]
    firms: tuple[str, ...]
    common: frozenset[str]
    """What every document is about."""
    empty: frozenset[str]
    """Words that ask, join and fill."""
    ordinary: WordList
    """All words that have a place in questions, so that none is taken for a misspelt name."""
    vocabulary: frozenset[str]
    """What a misspelt word may have been meant as."""
    long: frozenset[str]
    """The long ones, to which a word may be put right although it begins as another does ('samordning…')."""

    def is_ordinary(self, word: str) -> bool:
        """Whether the word has a place in questions as it stands."""
        return word in STOP_WORDS or word in self.ordinary

    def is_generic(self, word: str) -> bool:
        """Whether the word narrows nothing down."""
        return word in STOP_WORDS or word in self.common or word in self.empty or word in self.negation


@cache
def glossary() -> dict[str, Term]:
    """The terms that the program explains, by their names."""
    return {entry["term"]: Term(term=entry["term"], text=entry["text"]) for entry in load("glossary.yml")}


def lexicon_for(catalogues: Sequence[Catalogue]) -> Lexicon:
    """The lexicon of a workspace with these catalogues."""
    concepts = load("concepts.yml")
    phrases: dict[str, dict[str, Sequence[str]]] = {
        name: concepts[name] for name in ("forms", "stances", "subjects", "topics", "verdicts", "doc_types")
    }
    phrases["requirements"] = _requirements(catalogues)
    phrases["terms"] = {entry["term"]: entry["named"] for entry in load("glossary.yml")}
    phrases["commands"] = {name: concepts[name] for name in ("commands", "chat", "advice", "superlatives")}
    phrases["law"] = {"law": concepts["law"], **{c.id: (*c.names, c.law) for c in catalogues}}
    everything = [phrase for one in phrases.values() for patterns in one.values() for phrase in patterns]
    vocabulary = frozenset(literal_words([*everything, "kommuner"]))
    common, empty = (frozenset(concepts[name].split()) for name in ("common", "empty"))
    return Lexicon(
        **{name: PhraseBook(one) for name, one in phrases.items()},
        pronouns=PhraseBook({"pronoun": concepts["leaning"]["pronouns"]}),
        one_topic={key: PhraseBook({key: own}) for key, own in phrases["topics"].items()},
        one_requirement={key: PhraseBook({key: own}) for key, own in phrases["requirements"].items()},
        asking=frozenset(concepts["asking"].split()),
        verbs=frozenset(concepts["verbs"].split()),
        qualities=frozenset(r.key for c in catalogues for r in c.requirements if r.kind == "quality"),
        negation=frozenset(concepts["negation"]),
        opening=frozenset(concepts["leaning"]["opening"]),
        firms=tuple(concepts["firms"]),
        common=common,
        empty=empty,
        ordinary=WordList([*(word for phrase in everything for word in _words(phrase)), *common, *empty]),
        vocabulary=vocabulary,
        long=frozenset(word for word in vocabulary if len(word) >= _VERY_LONG),
    )


def _words(phrase: str) -> list[str]:
    return [word for word in phrase.lower().split() if len(word.strip("*…")) > 2]


def _requirements(catalogues: Sequence[Catalogue]) -> dict[str, Sequence[str]]:
    """What each requirement is called. What an activity is done to ('terms') is the name of something else."""
    synonyms: dict[str, list[str]] = load("requirements.yml")
    phrases: dict[str, Sequence[str]] = {}
    for catalogue in catalogues:
        for requirement in catalogue.requirements:
            own = requirement.terms if requirement.kind == "thing" else ()
            named = [requirement.label.lower(), *own, *synonyms.get(requirement.key, ())]
            named += [f"kravet på … {word}" for word in requirement.demand if "…" not in word]
            phrases.setdefault(requirement.key, [term for term in dict.fromkeys(named) if "{" not in term])
    return phrases
