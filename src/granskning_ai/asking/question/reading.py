"""Understands a question: decides what it asks for from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Collection

from granskning_ai.asking.question.clues import LISTS, MOST_SPARE_WORDS, Clues
from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.sight import Sight, look
from granskning_ai.asking.question.understanding import Kind, Refusal, Stance, Subject, Understanding
from granskning_ai.model import DocType

_REFUSALS = (
    ("commands", Refusal.COMMAND),
    ("advice", Refusal.ADVICE),
    ("chat", Refusal.CHAT),
    ("superlatives", Refusal.SUPERLATIVE),
)

_NUMBERED = re.compile(r"\b(?:revisionsfråga|kontrollmål|kontrollfråga|fråga|rekommendation)(?:en)? (\d{1,2}|[a-h])\b")

_FACTS = (Subject.COMMISSIONER, Subject.ISSUER, Subject.DATE)


def understand(question: str, lexicon: Lexicon, known: Collection[str], issuers: Collection[str]) -> Understanding:
    """Understands a question on its own; see `look` for the arguments."""
    sight = look(question, lexicon, known, issuers)
    return _Reader(sight, lexicon).read()


class _Reader:
    """Decides in order: is it a question to the material, what form has it, what is it about."""

    def __init__(self, sight: Sight, lexicon: Lexicon) -> None:
        self._sight = sight
        self._lexicon = lexicon
        self._clues = Clues(sight, lexicon)

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
            or self._text()
        )

    # The steps

    def _refusal(self) -> Refusal | None:
        sight = self._sight
        for key, refusal in _REFUSALS:
            at = next((found.start for found in sight.commands if found.key == key), None)
            if at is None:
                continue
            if refusal is Refusal.SUPERLATIVE and not self._clues.asks_municipalities() and sight.places.codes:
                continue
            if refusal is Refusal.CHAT and (at > 0 or len(sight.words) > 6):
                continue
            if refusal is Refusal.COMMAND and at > 2 and not self._clues.is_order():
                continue
            return refusal
        if self._clues.asks_municipalities() and any(_is_superlative(word) for word in sight.words):
            return None if sight.has("forms", "most", "fewest") else Refusal.SUPERLATIVE
        return None

    def _explanation(self) -> Understanding | None:
        sight = self._sight
        if not sight.has("forms", "explain") or sight.places.codes or sight.has("forms", "municipalities", "count"):
            return None
        if sight.has("forms", "requirements") and sight.stances and not sight.has("law"):
            return None
        terms, requirements = sight.keys("terms"), self._clues.requirements()
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
        words = sight.rest(self._lexicon, self._clues.of("survey_answer"), sight.forms, self._clues.stances("has"))
        kind = Kind.COUNT if sight.has("forms", "count") else Kind.FINDINGS
        return self._made(kind, Subject.SURVEY_ANSWER, words=words)

    def _of_requirements(self) -> Understanding | None:
        """Which of the law's requirements, or how many: 'Vilka krav uppfyller Vittsund inte?'."""
        sight = self._sight
        if self._clues.asks_municipalities() or sight.has("subjects", "recommendation", "criterion", "audit_question"):
            return None
        tested = sight.has("stances", "meets", "fails")
        law = [found for found in sight.law if found.key != "law" or tested or "krav" in sight.words[found.start]]
        whole = (sight.has("forms", "requirements") or law) and not sight.requirements
        if not whole or not (sight.places.codes or sight.has("forms", "requirements")):
            return None
        accounted = (sight.forms, sight.stances, sight.law, sight.verdicts, self._clues.of("verdict", "overall"))
        if len(sight.rest(self._lexicon, *accounted)) > MOST_SPARE_WORDS:
            return None
        kind = Kind.COUNT if sight.has("forms", "count") else Kind.FINDINGS
        kind = Kind.COMPARE if self._clues.compares() and kind is Kind.FINDINGS else kind
        # 'Uppfyller Björkdala lagen?' is answered by all of its requirements, whichever way they stand.
        stance = None if self._clues.is_yes_no() and kind is Kind.FINDINGS else self._clues.stance()
        return self._made(kind, Subject.REQUIREMENT, forms={"requirements"}, stance=stance)

    def _over_municipalities(self) -> Understanding | None:
        sight = self._sight
        counting = sight.has("forms", "count", "share")
        if not (self._clues.asks_municipalities() or self._clues.compares()) or sight.has("subjects", "agreement"):
            return None
        kind = Kind.COUNT if counting else Kind.COMPARE
        forms = {"compare"} if self._clues.compares() and not self._clues.asks_municipalities() else {"municipalities"}
        if sight.has("subjects", "recommendation"):
            return self._made(kind, Subject.RECOMMENDATION, forms=forms, words=self._clues.filter("recommendation"))
        if sight.firms or sight.unknown_firms:
            return self._made(kind, Subject.DOCUMENT, forms=forms, words=self._clues.filter("issuer", "document"))
        if self._clues.asks_verdict() and not self._clues.asks_requirement():
            return self._made(
                kind, Subject.VERDICT, forms=forms, stance=self._clues.quality(), words=self._clues.filter("verdict")
            )
        if "compare" in forms and sight.topics and not sight.requirements:
            return self._made(kind, Subject.VERDICT, forms=forms, words=self._clues.filter("verdict"))
        if sight.requirements and self._clues.is_exact():
            return self._made(kind, Subject.REQUIREMENT, forms=forms, stance=self._clues.stance())
        if sight.has("law") and not sight.requirements and self._clues.is_exact():
            return self._made(
                kind, Subject.REQUIREMENT, forms={*forms, "requirements"}, stance=self._clues.stance() or Stance.MEETS
            )
        if sight.doc_types and not sight.rest(self._lexicon, sight.forms, sight.doc_types, self._clues.stances("has")):
            return self._made(kind, Subject.DOCUMENT, forms=forms, words=())
        if sight.has("subjects", "municipality", "document") and self._clues.is_exact():
            words = self._clues.filter("municipality", "document")
            return self._made(kind, Subject.DOCUMENT if words else Subject.MUNICIPALITY, forms=forms, words=words)
        if "compare" in forms and not self._clues.words():
            return self._made(kind, Subject.REQUIREMENT, forms={*forms, "requirements"})
        return None

    def _list(self) -> Understanding | None:
        sight = self._sight
        counting = sight.has("forms", "count")
        kind = Kind.COUNT if counting else Kind.FINDINGS
        if sight.has("subjects", "agreement"):
            return self._made(Kind.FINDINGS, Subject.AGREEMENT, words=self._clues.filter("agreement"))
        if sight.has("subjects", "failure"):
            return self._made(kind, Subject.FAILURE)
        if sight.words[:1] in (("när",), ("varför",), ("var",)):
            return None
        if sight.has("subjects", "deficiency") and sight.places.codes:
            words = self._clues.filter("deficiency")
            return self._made(kind, Subject.AUDIT_QUESTION, words=words, stance=Stance.NEGATIVE)
        for subject in LISTS:
            if sight.has("subjects", subject.value) and not self._clues.asks_what_became(subject):
                stance = self._clues.quality() if subject is Subject.AUDIT_QUESTION else None
                return self._made(kind, subject, words=self._clues.filter(subject.value), stance=stance)
        if sight.has("subjects", "measure") and (
            counting or self._clues.asks_which() or self._clues.of("measure")[0].start == 0
        ):
            return self._made(kind, Subject.MEASURE, words=self._clues.filter("measure", "responsible"))
        if sight.has("subjects", "responsible") and not sight.requirements:
            return self._made(Kind.FINDINGS, Subject.RESPONSIBLE, words=self._clues.filter("responsible", "measure"))
        if sight.has("subjects", "indicator") and self._clues.asks_which():
            return self._made(Kind.FINDINGS, Subject.INDICATOR, words=self._clues.filter("indicator"))
        tested = sight.has("stances", "meets", "fails") and sight.requirements
        documents = not tested and (sight.has("subjects", "document") or (counting and sight.doc_types))
        words = self._clues.filter("document")
        if documents and (counting or self._clues.asks_which()) and len(words) <= MOST_SPARE_WORDS:
            return self._made(kind, Subject.DOCUMENT, words=words)
        return None

    def _status(self) -> Understanding | None:
        """How one requirement stands: 'Har Klarvik en åtgärdsplan?', 'Hur ser det ut med rådet i Norrmarka?'."""
        sight = self._sight
        if not sight.requirements or (self._clues.asks_verdict() and not self._clues.asks_requirement()):
            return None
        counting = sight.has("forms", "count")
        yes_no = self._clues.is_yes_no()
        asks_state = sight.words[:3] == ("hur", "är", "det") or sight.words[:2] in (("hur", "ser"), ("hur", "står"))
        if not (yes_no or asks_state or (counting and sight.stances)) or not self._clues.is_exact():
            return None
        kind = Kind.COUNT if counting else Kind.FINDINGS if sight.places.codes else Kind.COMPARE
        forms = {"yes_no"} if yes_no and not counting else {"municipalities"} if counting else set()
        return self._made(kind, Subject.REQUIREMENT, forms=forms, stance=self._clues.stance())

    def _verdict(self) -> Understanding | None:
        sight = self._sight
        words = self._clues.filter("overall", "verdict")
        named = sight.places.codes or sight.firms or sight.years or sight.topics or words
        if sight.has("subjects", "overall") and named:
            return self._made(Kind.FINDINGS, Subject.OVERALL, words=words)
        quality = self._clues.is_yes_no() and sight.verdicts
        if sight.has("subjects", "verdict") or quality:
            return self._made(
                Kind.FINDINGS, Subject.VERDICT, words=self._clues.filter("verdict"), stance=self._clues.quality()
            )
        return None

    def _fact(self) -> Understanding | None:
        for subject in _FACTS:
            if self._sight.has("subjects", subject.value):
                words = self._clues.filter(subject.value)
                if len(words) <= 2:
                    return self._made(Kind.FINDINGS, subject, words=words)
        if self._sight.has("forms", "count", "share"):
            return self._made(Kind.FINDINGS, Subject.INDICATOR)
        return None

    def _bare(self) -> Understanding | None:
        """Just a municipality, or a requirement: what there is about the one, what the other means."""
        sight = self._sight
        if self._clues.words():
            return None
        if sight.places.codes or sight.firms:
            return self._made(Kind.FINDINGS, Subject.DOCUMENT, forms={"bare"}, words=())
        return self._made(Kind.EXPLAIN, Subject.TERM, forms={"bare"}, words=()) if sight.requirements else None

    def _text(self) -> Understanding:
        """What only the text can tell; of 'Vilka kommuner …?' it is told municipality by municipality."""
        if self._clues.asks_municipalities() and not self._sight.has("forms", "count", "share"):
            return self._made(Kind.COMPARE, Subject.TEXT, forms={"municipalities"})
        return self._made(Kind.PASSAGE, Subject.TEXT)

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
        requirements = self._clues.requirements()
        words = self._clues.words() if words is None else words
        return Understanding(
            question=sight.question,
            query=sight.query,
            kind=kind,
            subject=subject,
            forms=frozenset({*forms, *kept}),
            stance=stance,
            requirements=requirements,
            either=len(requirements) > 1 and "eller" in sight.words and "varken" not in sight.words,
            topics=self._clues.topics(),
            municipalities=sight.places.codes,
            county=sight.places.county,
            places=sight.places.strangers,
            years=sight.years,
            firms=sight.firms,
            unknown_firms=sight.unknown_firms,
            doc_types=tuple(DocType(key) for key in sight.keys("doc_types")),
            words=words,
            content=tuple(dict.fromkeys((*self._clues.words(), *self._clues.common()))),
            said=self._clues.said(words),
            bodies=self._clues.bodies(subject.value),
            terms=terms,
            number=match[1] if (match := _NUMBERED.search(sight.query.lower())) else "",
            refusal=refusal,
        )


def _is_superlative(word: str) -> bool:
    return len(word) > 6 and word.endswith(("ast", "aste")) and not word.endswith(("endast", "senast", "senaste"))
