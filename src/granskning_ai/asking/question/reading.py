"""Understands a question: decides what it asks for from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Collection

from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.phrases import Found
from granskning_ai.asking.question.sight import Sight, look
from granskning_ai.asking.question.understanding import Kind, Refusal, Stance, Subject, Understanding
from granskning_ai.model import DocType, Topic

_REFUSALS = (
    ("commands", Refusal.COMMAND),
    ("advice", Refusal.ADVICE),
    ("chat", Refusal.CHAT),
    ("superlatives", Refusal.SUPERLATIVE),
)

_LISTS = (
    Subject.ANOMALY,
    Subject.RECOMMENDATION,
    Subject.AUDIT_QUESTION,
    Subject.CRITERION,
    Subject.RISK,
    Subject.OBSERVATION,
)
"""What is asked for by its own name, the surest first."""

_NUMBERED = re.compile(r"\b(?:revisionsfråga|kontrollmål|kontrollfråga|fråga|rekommendation)(?:en)? (\d{1,2}|[a-h])\b")

_FACTS = (Subject.COMMISSIONER, Subject.ISSUER, Subject.DATE)

_MOST_SPARE_WORDS = 1
"""A question on how a requirement stands may hold this many words that nothing accounts for; with more of them it
asks for something particular, which only a passage can tell."""


def understand(question: str, lexicon: Lexicon, known: Collection[str], issuers: Collection[str]) -> Understanding:
    """Understands a question on its own; see `look` for the arguments."""
    sight = look(question, lexicon, known, issuers)
    return _Reader(sight, lexicon).read()


_VERB = re.compile(r"(?:[aeåö]r|as|ade|ades)$")
"""How most verbs end that a question begins with: 'Får …?', 'Rapporterar …?', 'Uppdateras …?'."""

_BODY = re.compile(
    r"(?:nämnd|nämnden|nämndens|nämnder|nämnderna|styrelse|styrelsen|styrelsens|fullmäktige|fullmäktiges)$"
)


class _Reader:
    """Decides in order: is it a question to the material, what form has it, what is it about."""

    def __init__(self, sight: Sight, lexicon: Lexicon) -> None:
        self._sight = sight
        self._lexicon = lexicon

    def read(self) -> Understanding:
        refusal = self._refusal()
        if refusal:
            return self._made(Kind.OUT_OF_SCOPE, Subject.TEXT, refusal=refusal)
        return (
            self._explanation()
            or self._survey()
            or self._of_requirements()
            or self._over_municipalities()
            or self._list()
            or self._status()
            or self._verdict()
            or self._fact()
            or self._bare()
            or self._made(Kind.PASSAGE, Subject.TEXT)
        )

    # The steps

    def _refusal(self) -> Refusal | None:
        sight = self._sight
        for key, refusal in _REFUSALS:
            at = next((found.start for found in sight.commands if found.key == key), None)
            if at is None:
                continue
            if refusal is Refusal.SUPERLATIVE and not self._asks_municipalities() and sight.places.codes:
                continue
            if refusal is Refusal.CHAT and (at > 0 or len(sight.words) > 6):
                continue
            if refusal is Refusal.COMMAND and at > 2 and not self._is_order():
                continue
            return refusal
        if self._asks_municipalities() and any(_is_superlative(word) for word in sight.words):
            return None if sight.has("forms", "most", "fewest") else Refusal.SUPERLATIVE
        return None

    def _explanation(self) -> Understanding | None:
        sight = self._sight
        if not sight.has("forms", "explain") or sight.places.codes or sight.has("forms", "municipalities", "count"):
            return None
        if sight.has("forms", "requirements") and sight.stances and not sight.has("law"):
            return None
        terms, requirements = sight.keys("terms"), self._requirements()
        law = tuple(key for key in sight.keys("law") if key != "law")
        whole = bool(law) or sight.has("law")
        if not (terms or requirements or whole):
            return None
        accounted = (sight.forms, sight.terms, sight.requirements, sight.law, sight.stances, sight.subjects)
        if len(sight.rest(self._lexicon, *accounted)) > 1 + bool(requirements or law):
            return None
        return self._made(Kind.EXPLAIN, Subject.TERM, terms=terms, words=law)

    def _survey(self) -> Understanding | None:
        sight = self._sight
        if not sight.has("subjects", "survey_answer"):
            return None
        words = sight.rest(self._lexicon, self._of("survey_answer"), sight.forms, self._stances("has"))
        kind = Kind.COUNT if sight.has("forms", "count") else Kind.FINDINGS
        return self._made(kind, Subject.SURVEY_ANSWER, words=words)

    def _of_requirements(self) -> Understanding | None:
        """Which of the law's requirements, or how many: 'Vilka krav uppfyller Vittsund inte?'."""
        sight = self._sight
        if self._asks_municipalities() or sight.has("subjects", "recommendation", "criterion", "audit_question"):
            return None
        tested = sight.has("stances", "meets", "fails")
        law = [found for found in sight.law if found.key != "law" or tested or "krav" in sight.words[found.start]]
        whole = (sight.has("forms", "requirements") or law) and not sight.requirements
        if not whole or not (sight.places.codes or sight.has("forms", "requirements")):
            return None
        accounted = (sight.forms, sight.stances, sight.law, sight.verdicts, self._of("verdict", "overall"))
        if len(sight.rest(self._lexicon, *accounted)) > _MOST_SPARE_WORDS:
            return None
        kind = Kind.COUNT if sight.has("forms", "count") else Kind.FINDINGS
        kind = Kind.COMPARE if self._compares() and kind is Kind.FINDINGS else kind
        # 'Uppfyller Björkdala lagen?' is answered by all of its requirements, whichever way they stand.
        stance = None if self._is_yes_no() and kind is Kind.FINDINGS else self._stance()
        return self._made(kind, Subject.REQUIREMENT, forms={"requirements"}, stance=stance)

    def _over_municipalities(self) -> Understanding | None:
        sight = self._sight
        counting = sight.has("forms", "count", "share")
        if not (self._asks_municipalities() or self._compares()) or sight.has("subjects", "agreement"):
            return None
        kind = Kind.COUNT if counting else Kind.COMPARE
        forms = {"compare"} if self._compares() and not self._asks_municipalities() else {"municipalities"}
        if sight.has("subjects", "recommendation"):
            return self._made(kind, Subject.RECOMMENDATION, forms=forms, words=self._filter("recommendation"))
        if sight.firms or sight.unknown_firms:
            return self._made(kind, Subject.DOCUMENT, forms=forms, words=())
        if self._asks_verdict() and not self._asks_requirement():
            return self._made(kind, Subject.VERDICT, forms=forms, stance=self._quality(), words=self._filter("verdict"))
        if "compare" in forms and sight.topics and not sight.requirements:
            return self._made(kind, Subject.VERDICT, forms=forms, words=self._filter("verdict"))
        if sight.requirements and self._is_exact():
            return self._made(kind, Subject.REQUIREMENT, forms=forms, stance=self._stance())
        if sight.has("law") and not sight.requirements and self._is_exact():
            return self._made(
                kind, Subject.REQUIREMENT, forms={*forms, "requirements"}, stance=self._stance() or Stance.MEETS
            )
        if sight.doc_types and not sight.rest(self._lexicon, sight.forms, sight.doc_types, self._stances("has")):
            return self._made(kind, Subject.DOCUMENT, forms=forms, words=())
        if sight.has("subjects", "municipality", "document") and self._is_exact():
            return self._made(kind, Subject.MUNICIPALITY, forms=forms, words=())
        if "compare" in forms and not self._words():
            return self._made(kind, Subject.REQUIREMENT, forms={*forms, "requirements"})
        return None

    def _list(self) -> Understanding | None:
        sight = self._sight
        counting = sight.has("forms", "count")
        kind = Kind.COUNT if counting else Kind.FINDINGS
        if sight.has("subjects", "agreement"):
            return self._made(Kind.FINDINGS, Subject.AGREEMENT, words=self._filter("agreement"))
        if sight.has("subjects", "failure"):
            return self._made(kind, Subject.FAILURE)
        if sight.words[:1] in (("när",), ("varför",), ("var",)):
            return None
        if sight.has("subjects", "deficiency") and sight.places.codes:
            words = self._filter("deficiency")
            return self._made(kind, Subject.AUDIT_QUESTION, words=words, stance=Stance.NEGATIVE)
        for subject in _LISTS:
            if sight.has("subjects", subject.value) and not self._asks_what_became(subject):
                stance = self._quality() if subject is Subject.AUDIT_QUESTION else None
                return self._made(kind, subject, words=self._filter(subject.value), stance=stance)
        if sight.has("subjects", "measure") and (counting or self._asks_which()):
            return self._made(kind, Subject.MEASURE, words=self._filter("measure", "responsible"))
        if sight.has("subjects", "responsible") and not sight.requirements:
            return self._made(Kind.FINDINGS, Subject.RESPONSIBLE, words=self._filter("responsible", "measure"))
        if sight.has("subjects", "indicator") and self._asks_which():
            return self._made(Kind.FINDINGS, Subject.INDICATOR, words=self._filter("indicator"))
        documents = sight.has("subjects", "document") or (counting and sight.doc_types)
        if documents and (counting or self._asks_which()) and len(self._filter("document")) <= _MOST_SPARE_WORDS:
            return self._made(kind, Subject.DOCUMENT, words=())
        return None

    def _status(self) -> Understanding | None:
        """How one requirement stands: 'Har Klarvik en åtgärdsplan?', 'Hur ser det ut med rådet i Norrmarka?'."""
        sight = self._sight
        if not sight.requirements or (self._asks_verdict() and not self._asks_requirement()):
            return None
        counting = sight.has("forms", "count")
        yes_no = self._is_yes_no()
        asks_state = sight.words[:3] == ("hur", "är", "det") or sight.words[:2] in (("hur", "ser"), ("hur", "står"))
        if not (yes_no or asks_state or (counting and sight.stances)) or not self._is_exact():
            return None
        kind = Kind.COUNT if counting else Kind.FINDINGS if sight.places.codes else Kind.COMPARE
        forms = {"yes_no"} if yes_no and not counting else {"municipalities"} if counting else set()
        return self._made(kind, Subject.REQUIREMENT, forms=forms, stance=self._stance())

    def _verdict(self) -> Understanding | None:
        sight = self._sight
        named = sight.places.codes or sight.firms or sight.years or sight.topics
        if sight.has("subjects", "overall") and named:
            return self._made(Kind.FINDINGS, Subject.OVERALL, words=self._filter("overall", "verdict"))
        quality = self._is_yes_no() and sight.verdicts
        if sight.has("subjects", "verdict") or quality:
            return self._made(Kind.FINDINGS, Subject.VERDICT, words=self._filter("verdict"), stance=self._quality())
        return None

    def _fact(self) -> Understanding | None:
        for subject in _FACTS:
            if self._sight.has("subjects", subject.value):
                words = self._filter(subject.value)
                if len(words) <= 2:
                    return self._made(Kind.FINDINGS, subject, words=words)
        if self._sight.has("forms", "count", "share"):
            return self._made(Kind.FINDINGS, Subject.INDICATOR)
        return None

    def _bare(self) -> Understanding | None:
        """Just a municipality, or a requirement: what there is about the one, what the other means."""
        sight = self._sight
        if self._words():
            return None
        if sight.places.codes or sight.firms:
            return self._made(Kind.FINDINGS, Subject.DOCUMENT, words=())
        return self._made(Kind.EXPLAIN, Subject.TERM, words=()) if sight.requirements else None

    # What the steps ask

    def _asks_municipalities(self) -> bool:
        sight = self._sight
        at = next((found.start for found in sight.forms if found.key == "count"), None)
        at = next((found.start for found in sight.forms if found.key == "share"), None) if at is None else at
        counted = at is not None and any(word.startswith(("kommuner", "städer")) for word in sight.words[at : at + 6])
        return sight.has("forms", "municipalities") or counted

    def _compares(self) -> bool:
        return self._sight.has("forms", "compare") and len(self._sight.places.codes) > 1

    def _asks_what_became(self, subject: Subject) -> bool:
        """Whether recommendations are named but not asked for: how they were met stands in the text."""
        if subject is not Subject.RECOMMENDATION or self._sight.has("forms", "quoted"):
            return False
        return self._sight.has("forms", "handled") or self._sight.negated

    def _asks_which(self) -> bool:
        return any(word in {"vilka", "vilken", "vilket", "lista", "visa", "finns", "vad"} for word in self._sight.words)

    def _is_order(self) -> bool:
        return self._sight.words[:1] == ("kan",) or self._sight.words[:2] in (("kan", "du"), ("var", "snäll"))

    def _is_yes_no(self) -> bool:
        """Whether the question begins with its verb."""
        first = next(iter(self._sight.words), "")
        if any(found.start == 0 for found in self._sight.stances) or first in self._lexicon.verbs:
            return True
        return 0 not in self._sight.named and first not in self._lexicon.asking and bool(_VERB.search(first))

    def _asks_verdict(self) -> bool:
        sight = self._sight
        return bool(sight.has("subjects", "verdict", "audit_question", "overall") or sight.verdicts) and not (
            sight.has("stances", "meets", "fails") and self._asks_requirement()
        )

    def _asks_requirement(self) -> bool:
        """Whether 'kravet' or 'lagen' is named, or a requirement that is itself a quality ('intern kontroll')."""
        sight = self._sight
        return any(word in {"krav", "kravet", "kraven", "lagen", "lagens"} for word in sight.words)

    def _is_exact(self) -> bool:
        """Whether a question on a requirement holds next to nothing but the requirement."""
        sight = self._sight
        accounted = (
            sight.forms, sight.stances, sight.requirements, sight.law, sight.verdicts, sight.doc_types,
            self._of("document", "municipality", "verdict", "responsible", "agreement"),
        )  # fmt: skip
        return len(sight.rest(self._lexicon, *accounted)) <= _MOST_SPARE_WORDS

    def _requirements(self) -> tuple[str, ...]:
        return self._sight.keys("requirements")

    def _of(self, *subjects: str) -> tuple[Found, ...]:
        return tuple(found for found in self._sight.subjects if found.key in subjects)

    def _stances(self, *keys: str) -> tuple[Found, ...]:
        return tuple(found for found in self._sight.stances if found.key in keys)

    def _filter(self, *subjects: str) -> tuple[str, ...]:
        """The words that narrow a list: all that form, list name, requirements and topics do not account for."""
        sight = self._sight
        accounted = (self._of(*subjects), sight.forms, self._stances("has", "partly"), sight.requirements, sight.topics)
        words = sight.rest(self._lexicon, *accounted, sight.verdicts)
        verbs = self._verbs_after(*subjects)
        return tuple(word for word in words if word not in verbs and word not in self._bodies(*subjects))

    def _verbs_after(self, *subjects: str) -> set[str]:
        """In 'Vilka risker lyfter …?' and 'Hur många risker lyfter …?' the word after the list's name is the verb."""
        words = self._sight.words
        named = (one for one in self._of(*subjects) if one.end < len(words) and one.key != "responsible")
        return {words[found.end] for found in named if self._lexicon.asking.issuperset(words[: found.start])}

    def _bodies(self, *subjects: str) -> tuple[str, ...]:
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

    def _said(self, words: Collection[str]) -> str:
        """The stretch of the question that narrows it, as written; just its words where other things stand between."""
        sight = self._sight
        spans = [range(found.start, found.end) for found in (*sight.requirements, *sight.topics)]
        places = sorted({at for span in spans for at in span} | {i for i, w in enumerate(sight.words) if w in words})
        if not places:
            return ""
        between = range(places[0], places[-1] + 1)
        if any(at in sight.named for at in between) or len(between) > 2 * len(places) + 1:
            return " ".join(sight.tokens[at].text for at in places)
        return sight.query[sight.tokens[places[0]].start : sight.tokens[places[-1]].end]

    def _words(self) -> tuple[str, ...]:
        return self._sight.rest(self._lexicon, self._sight.forms)

    def _stance(self) -> Stance | None:
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

    def _quality(self) -> Stance | None:
        sight = self._sight
        for key, stance in (("undetermined", Stance.UNDETERMINED), ("partly", Stance.PARTLY)):
            if sight.has("verdicts", key):
                return stance
        if sight.has("verdicts", "negative"):
            return Stance.NEGATIVE
        if sight.has("verdicts", "positive"):
            return Stance.NEGATIVE if sight.negated else Stance.POSITIVE
        return None

    def _made(
        self,
        kind: Kind,
        subject: Subject,
        *,
        forms: Collection[str] = (),
        stance: Stance | None = None,
        words: tuple[str, ...] | None = None,
        terms: tuple[str, ...] = (),
        refusal: Refusal | None = None,
    ) -> Understanding:
        sight = self._sight
        kept = {key for key in ("most", "fewest", "share", "count", "quoted") if sight.has("forms", key)}
        requirements = self._requirements()
        words = self._words() if words is None else words
        return Understanding(
            question=sight.question,
            query=sight.query,
            kind=kind,
            subject=subject,
            forms=frozenset({*forms, *kept}),
            stance=stance,
            requirements=requirements,
            either=len(requirements) > 1 and "eller" in sight.words,
            topics=tuple(Topic(key) for key in sight.keys("topics")),
            municipalities=sight.places.codes,
            county=sight.places.county,
            places=sight.places.strangers,
            years=sight.years,
            firms=sight.firms,
            unknown_firms=sight.unknown_firms,
            doc_types=tuple(DocType(key) for key in sight.keys("doc_types")),
            words=words,
            said=self._said(words),
            bodies=self._bodies(subject.value),
            terms=terms,
            number=match[1] if (match := _NUMBERED.search(sight.query.lower())) else "",
            refusal=refusal,
        )


def _is_superlative(word: str) -> bool:
    return len(word) > 6 and word.endswith(("ast", "aste")) and not word.endswith(("endast", "senast", "senaste"))
