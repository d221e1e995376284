"""What the parts of a question say together: whether it asks which, denies, compares, and what narrows it."""

from __future__ import annotations

import re
from collections.abc import Collection

from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.phrases import Found
from granskning_ai.asking.question.sight import Sight
from granskning_ai.asking.question.understanding import Stance, Subject
from granskning_ai.model import Topic

LISTS = (
    Subject.ANOMALY,
    Subject.RECOMMENDATION,
    Subject.AUDIT_QUESTION,
    Subject.CRITERION,
    Subject.RISK,
    Subject.OBSERVATION,
)
"""What is asked for by its own name, the surest first."""

_NOUNS = frozenset([*(subject.value for subject in LISTS), Subject.MEASURE.value, Subject.INDICATOR.value])
"""Subjects that are named by a noun, which the verb of the question comes after."""

MOST_SPARE_WORDS = 1
"""A question on how a requirement stands may hold this many words that nothing accounts for; with more of them it
asks for something particular, which only a passage can tell."""

_VERB = re.compile(r"(?:[aeåö]r|as|ade|ades)$")
"""How most verbs end that a question begins with: 'Får …?', 'Rapporterar …?', 'Uppdateras …?'."""

_PREPOSITIONS = frozenset(["för", "i", "av", "om", "enligt", "till", "från", "under", "vid", "med", "på", "ur"])

_BODY = re.compile(
    r"(?:nämnd|nämnden|nämndens|nämnder|nämnderna|styrelse|styrelsen|styrelsens|fullmäktige|fullmäktiges)$"
)


class Clues:
    """What one question says beside its words, asked for bit by bit."""

    def __init__(self, sight: Sight, lexicon: Lexicon) -> None:
        self._sight = sight
        self._lexicon = lexicon

    def asks_municipalities(self) -> bool:
        """Whether it asks which municipalities, or how many."""
        sight = self._sight
        at = next((found.start for found in sight.forms if found.key == "count"), None)
        at = next((found.start for found in sight.forms if found.key == "share"), None) if at is None else at
        counted = at is not None and any(word.startswith(("kommuner", "städer")) for word in sight.words[at : at + 6])
        # 'Vilka har …?' means municipalities, unless one is named.
        said = not sight.places.codes or any(word.startswith(("kommun", "dem", "dessa")) for word in sight.words)
        return (sight.has("forms", "municipalities") and said) or counted

    def compares(self) -> bool:
        """Whether it sets the named municipalities against each other."""
        return self._sight.has("forms", "compare") and len(self._sight.places.codes) > 1

    def asks_what_became(self, subject: Subject) -> bool:
        """Whether recommendations are named but not asked for: how they were met stands in the text."""
        if subject is not Subject.RECOMMENDATION or self._sight.has("forms", "quoted"):
            return False
        return self._sight.has("forms", "handled") or self._sight.negated

    def asks_which(self) -> bool:
        """Whether it asks for a list."""
        return any(word in {"vilka", "vilken", "vilket", "lista", "visa", "finns", "vad"} for word in self._sight.words)

    def is_order(self) -> bool:
        """Whether it asks for something to be done."""
        return self._sight.words[:1] == ("kan",) or self._sight.words[:2] in (("kan", "du"), ("var", "snäll"))

    def is_yes_no(self) -> bool:
        """Whether the question begins with its verb."""
        first = next(iter(self._sight.words), "")
        if any(found.start == 0 for found in self._sight.stances) or first in self._lexicon.verbs:
            return True
        return 0 not in self._sight.named and first not in self._lexicon.asking and bool(_VERB.search(first))

    def asks_verdict(self) -> bool:
        """Whether it asks how the auditors judged."""
        sight = self._sight
        return bool(sight.has("subjects", "verdict", "audit_question", "overall") or sight.verdicts) and not (
            (sight.has("stances", "meets", "fails") and self.asks_requirement())
            or (sight.has("stances", "lacks") and sight.requirements)
        )

    def asks_requirement(self) -> bool:
        """Whether 'kravet' or 'lagen' is named, or a requirement that is itself a quality ('intern kontroll')."""
        sight = self._sight
        return any(word in {"krav", "kravet", "kraven", "lagen", "lagens"} for word in sight.words)

    def is_exact(self) -> bool:
        """Whether a question on a requirement holds next to nothing but the requirement."""
        sight = self._sight
        accounted = (
            sight.forms, sight.stances, sight.requirements, sight.law, sight.verdicts, sight.doc_types,
            self.of("document", "municipality", "verdict", "responsible", "agreement"),
        )  # fmt: skip
        spare = 0 if self._lexicon.qualities.intersection(self.requirements()) else MOST_SPARE_WORDS
        return len(sight.rest(self._lexicon, *accounted)) <= spare

    def requirements(self) -> tuple[str, ...]:
        """The keys of the requirements that it names."""
        return self._sight.keys("requirements")

    def of(self, *subjects: str) -> tuple[Found, ...]:
        """What names the given subjects."""
        return tuple(found for found in self._sight.subjects if found.key in subjects)

    def stances(self, *keys: str) -> tuple[Found, ...]:
        """What puts it in one of the given ways."""
        return tuple(found for found in self._sight.stances if found.key in keys)

    def filter(self, *subjects: str) -> tuple[str, ...]:
        """The words that narrow a list: all that form, list name, requirements and topics do not account for."""
        sight = self._sight
        accounted = (self.of(*subjects), sight.forms, self.stances("has", "partly"), sight.requirements, sight.topics)
        words = sight.rest(self._lexicon, *accounted, sight.verdicts)
        verbs = self.verbs_after(*subjects)
        # 'Vilka indikatorer följer fullmäktige?': who follows them stands nowhere in the table.
        actors = {word for word in words if "indicator" in subjects and _BODY.search(word)}
        return tuple(word for word in words if word not in verbs | actors and word not in self.bodies(*subjects))

    def verbs_after(self, *subjects: str) -> set[str]:
        """In 'Vilka risker lyfter …?' and 'Hur många risker lyfter …?' the word after the list's name is the verb."""
        words = self._sight.words
        named = (one for one in self.of(*subjects) if one.end < len(words) and one.key in _NOUNS)
        return {words[found.end] for found in named if self._lexicon.asking.issuperset(words[: found.start])}

    def bodies(self, *subjects: str) -> tuple[str, ...]:
        """The boards that recommendations are addressed to: those named other than as what they are about."""
        sight = self._sight
        if not {"recommendation", "measure"} & set(subjects):
            return ()
        inside = {at for found in sight.requirements for at in range(found.start, found.end)}
        return tuple(
            word
            for at, word in enumerate(sight.words)
            if _BODY.search(word) and at not in inside and (at == 0 or sight.words[at - 1] not in {"om", "för"})
        )

    def topics(self) -> tuple[Topic, ...]:
        """What it is about; 'i uppföljningen av granskningen' says where it stands."""
        places = {at for found in self._sight.doc_types for at in range(found.start, found.end)}
        return tuple(dict.fromkeys(Topic(one.key) for one in self._sight.topics if one.start not in places))

    def said(self, words: Collection[str]) -> str:
        """The stretch of the question that narrows it, as written; just its words where other things stand between."""
        sight = self._sight
        spoken = {at for found in (*sight.requirements, *sight.topics) for at in range(found.start, found.end)}
        places = sorted(spoken | {at for at, word in enumerate(sight.words) if word in words})
        if not places:
            return ""
        between = range(places[0], places[-1] + 1)
        if any(at in sight.named for at in between) or len(between) > 2 * len(places) + 1:
            return " ".join(sight.spelt(at, at + 1) for at in places)
        return sight.spelt(places[0], places[-1] + 1)

    def words(self) -> tuple[str, ...]:
        """The words that carry meaning, the form set aside."""
        return self._sight.rest(self._lexicon, self._sight.forms)

    def common(self) -> tuple[str, ...]:
        """What every document is, where it is asked about ('Vad kostade granskningen?') and not searched in."""
        pairs = zip(("", *self._sight.words), self._sight.words, strict=False)
        common = (word for before, word in pairs if word in self._lexicon.common and before not in _PREPOSITIONS)
        return tuple(dict.fromkeys(common))

    def stance(self) -> Stance | None:
        """How it stands with a requirement, as the question puts it."""
        sight = self._sight
        negated = sight.negated
        if sight.has("stances", "unknown"):
            return Stance.UNKNOWN
        if sight.has("stances", "untested"):
            return Stance.UNTESTED
        if sight.has("stances", "partly"):
            return Stance.PARTLY
        if sight.has("stances", "lacks"):
            # 'inte', not 'ingen': 'Vilka saknar inte …?'
            return Stance.HAS if {"inte", "ej"} & set(sight.words) else Stance.LACKS
        if sight.has("stances", "fails"):
            return Stance.FAILS
        if sight.has("stances", "meets"):
            return Stance.FAILS if negated else Stance.MEETS
        if sight.has("stances", "has"):
            return Stance.LACKS if negated else Stance.HAS
        return Stance.LACKS if negated else None

    def quality(self) -> Stance | None:
        """How good something is, as the question puts it."""
        sight = self._sight
        for key, stance in (("undetermined", Stance.UNDETERMINED), ("partly", Stance.PARTLY)):
            if sight.has("verdicts", key):
                return stance
        if sight.has("verdicts", "negative") or sight.has("stances", "fails"):
            return Stance.NEGATIVE
        if sight.has("verdicts", "positive"):
            return Stance.NEGATIVE if sight.negated else Stance.POSITIVE
        return None
