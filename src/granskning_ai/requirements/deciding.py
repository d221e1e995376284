"""The status of each requirement in each municipality that a document is about, with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from granskning_ai.model import (
    AUDITORS_WORD,
    Basis,
    Catalogue,
    Document,
    Evidence,
    Finding,
    Passage,
    Requirement,
    RequirementStatus,
    Searched,
    Status,
    stable_id,
)
from granskning_ai.requirements.claims import FAINT, FAIR, LIGHT, STRONG, Claim, Sign, Text
from granskning_ai.requirements.collecting import collect, is_on_subject
from granskning_ai.requirements.force import Force, force_of
from granskning_ai.requirements.statements import Skip, read, speaks_of
from granskning_ai.requirements.wildcards import localise
from granskning_ai.swedish.municipalities import municipality

_TESTED = {Sign.YES: Status.MET, Sign.LARGELY: Status.PARTLY_MET, Sign.PARTLY: Status.PARTLY_MET, Sign.NO: Status.NOT_MET}
_SEEN = {Sign.YES: Status.PRESENT, Sign.LARGELY: Status.PRESENT, Sign.PARTLY: Status.PRESENT, Sign.NO: Status.ABSENT}
_CONFIDENCE = {STRONG: 0.8, FAIR: 0.7, LIGHT: 0.5, FAINT: 0.4}
_QUOTES = 3
_LONG_QUOTE = 240


def decide(
    document: Document,
    passages: Sequence[Passage],
    catalogues: Sequence[Catalogue],
    findings: Sequence[Finding] = (),
) -> tuple[RequirementStatus, ...]:
    """One status for each municipality of the document and each requirement of the catalogues that apply to it.

    A document that is about no municipality gives none. `findings` are the extracted audit questions and overall
    assessments, whose verdicts decide the requirements that they ask about.
    """
    if not document.metadata.municipality_codes:
        return ()
    text = Text(read(document))
    searched = len(passages) or len(document.blocks)
    rows: list[RequirementStatus] = []
    for catalogue in (_localise(catalogue, document) for catalogue in catalogues):
        if catalogue.doc_types and document.metadata.doc_type not in catalogue.doc_types:
            continue
        force = force_of(catalogue, document, text)
        claims = collect(document, text, catalogue, findings) if is_on_subject(document, text, catalogue) else {}
        for code in document.metadata.municipality_codes:
            for requirement in catalogue.requirements:
                own = _about(code, document, claims.get(requirement.key, []))
                row = _Row(document, text, catalogue, requirement, code, force, searched)
                rows.append(row.decide(own))
    return tuple(rows)


def _localise(catalogue: Catalogue, document: Document) -> Catalogue:
    names = [entry.name for code in document.metadata.municipality_codes if (entry := municipality(code))]
    requirements = tuple(
        replace(
            requirement,
            **{name: localise(getattr(requirement, name), names) for name in ("terms", "short", "present", "absent")},
        )
        for requirement in catalogue.requirements
    )
    return replace(catalogue, requirements=requirements)


def _about(code: str, document: Document, claims: Sequence[Claim]) -> list[Claim]:
    codes = document.metadata.municipality_codes
    return [claim for claim in claims if speaks_of(claim.statement, code, codes)]


class _Row:
    """One cell in the making: a document, a municipality and a requirement."""

    def __init__(
        self,
        document: Document,
        text: Text,
        catalogue: Catalogue,
        requirement: Requirement,
        code: str,
        force: Force,
        searched: int,
    ) -> None:
        self.document, self.text, self.catalogue, self.requirement = document, text, catalogue, requirement
        self.code, self.force, self.passages = code, force, searched

    def decide(self, claims: Sequence[Claim]) -> RequirementStatus:
        """The auditor's test where there is one, else what is seen or said, else empty."""
        tests = [claim for claim in claims if claim.tested]
        if tests and self.force.in_force:
            return self._tested(tests, claims)
        seen = [claim for claim in claims if not claim.tested]
        if tests:
            seen += [claim for claim in tests if claim.rank and claim.sign is not Sign.NO]
        if self.force.in_force:
            seen = [claim for claim in seen if not claim.lesser or claim.sign is Sign.NO]
        return self._seen(seen) if _suffices(seen) else self._empty(claims)

    def _tested(self, tests: Sequence[Claim], claims: Sequence[Claim]) -> RequirementStatus:
        best = max(tests, key=lambda claim: (claim.rank, _weight(claim), claim.statement.index))
        agreeing = [claim for claim in tests if claim.sign is best.sign]
        others = [claim for claim in tests if claim.sign is not best.sign and claim.rank == best.rank]
        support = [
            claim
            for claim in claims
            if not claim.tested and claim.strength >= FAIR and (claim.sign is best.sign or best.sign is Sign.LARGELY)
        ]
        return self._status(
            _TESTED[best.sign],
            Basis.AUDITOR_ASSESSMENT,
            best,
            sorted(agreeing, key=lambda claim: (-claim.rank, claim.named, claim.statement.index)),
            support,
            f"Revisorn prövar kravet: {best.rule}." + _degree_note(best.sign) + self._contradiction(others),
            0.95 if best.rank > FAIR else 0.85,
        )

    def _seen(self, seen: Sequence[Claim]) -> RequirementStatus:
        yes = [claim for claim in seen if claim.sign is not Sign.NO]
        no = [claim for claim in seen if claim.sign is Sign.NO]
        chosen, others = (no, yes) if _outweighs(no, yes) else (yes, no)
        best = max(chosen, key=lambda claim: (claim.strength, _weight(claim), claim.statement.index))
        basis = Basis.AUDITOR_OBSERVATION if best.statement.doc_type in AUDITORS_WORD else Basis.SELF_REPORTED
        ordered = sorted(chosen, key=_telling)
        rivals = [claim for claim in others if claim.strength >= FAIR and not claim.deficient]
        who = "Revisorns iakttagelse" if basis is Basis.AUDITOR_OBSERVATION else "Kommunens egen uppgift"
        note = f"{who}: {best.rule}." + self.force.note + self._contradiction(rivals)
        return self._status(_SEEN[best.sign], basis, best, ordered[:2], [], note, _CONFIDENCE.get(best.strength, 0.4))

    def _contradiction(self, others: Sequence[Claim]) -> str:
        if not others:
            return ""
        pages = sorted({self.document.page_at(claim.statement.start) for claim in others})
        places = ", ".join(str(page) for page in pages)
        return f" Dokumentet säger också något annat (sidan {places})."

    def _empty(self, claims: Sequence[Claim]) -> RequirementStatus:
        mentioned = [s for s in self.text.statements if self.text.mentions(self.requirement, s)]
        if self.force.before or self.force.repealed:
            return self._status(Status.NOT_APPLICABLE, Basis.NONE, None, [], [], self.force.note.strip(), 1.0)
        note = "Dokumentet nämner inte det som kravet gäller."
        if claims and all(claim.lesser for claim in claims):
            note = "Dokumentet nämner bara något som inte motsvarar det som lagen avser."
        elif mentioned:
            reasons = Counter(s.skip for s in mentioned if s.skip is not Skip.NO)
            listed = ", ".join(f"{reason.value} {count}" for reason, count in sorted(reasons.items()))
            note = f"Nämns i {_sentences(len(mentioned))}, men ingen visar tydligt hur det är i kommunen"
            note += f" ({listed})." if listed else "."
        return self._status(Status.NOT_ADDRESSED, Basis.NONE, None, [], [], note, 1.0)

    def _status(
        self,
        status: Status,
        basis: Basis,
        best: Claim | None,
        agreeing: Sequence[Claim],
        support: Sequence[Claim],
        note: str,
        confidence: float,
    ) -> RequirementStatus:
        candidates = sum(bool(self.text.mentions(self.requirement, s)) for s in self.text.statements)
        return RequirementStatus(
            id=stable_id("krav", self.document.id, self.code, self.catalogue.law, self.requirement.key),
            document_id=self.document.id,
            municipality_code=self.code,
            law=self.catalogue.law,
            requirement=self.requirement.key,
            status=status,
            basis=basis,
            evidence=self._quotes(best, agreeing, support),
            note=note,
            searched=Searched(
                passages=self.passages,
                candidates=candidates,
                terms=(*self.requirement.terms, *self.requirement.present, *self.requirement.absent),
            ),
            confidence=confidence,
        )

    def _quotes(self, best: Claim | None, agreeing: Sequence[Claim], support: Sequence[Claim]) -> tuple[Evidence, ...]:
        """The telling sentences, the most specific first, each wording once."""
        if best is None:
            return ()
        spans = [span for claim in agreeing for span in claim.spans]
        specific = sorted(support, key=_telling)
        if best.named > 1 and specific:
            spans.insert(0, specific[0].spans[0])
        quotes: list[Evidence] = []
        for start, end in dict.fromkeys(spans):
            evidence = self.document.cite(start, end)
            if all(evidence.quote != other.quote for other in quotes):
                quotes.append(evidence)
        return tuple(quotes[:_QUOTES])


def _sentences(count: int) -> str:
    return "en mening" if count == 1 else f"{count} meningar"


def _weight(claim: Claim) -> int:
    return int(claim.statement.in_compliance) + int(claim.statement.in_assessment)


def _telling(claim: Claim) -> tuple[int, int, bool, int]:
    """Orders claims for quoting: surest first, then where the auditor assesses, then short sentences."""
    long = len(claim.statement.text) > _LONG_QUOTE
    return (-claim.strength, -_weight(claim), long, claim.statement.index)


def _suffices(seen: Sequence[Claim]) -> bool:
    """One statement outright or in action, or two that take the thing for granted."""
    if any(claim.strength >= LIGHT for claim in seen):
        return True
    return len({claim.statement.index for claim in seen if claim.strength >= FAINT}) > 1


def _outweighs(no: Sequence[Claim], yes: Sequence[Claim]) -> bool:
    if not no or not yes:
        return bool(no)
    return _standing(no) > _standing(yes)


def _standing(claims: Sequence[Claim]) -> tuple[int, int, int, int]:
    top = max(claim.strength for claim in claims)
    best = [claim for claim in claims if claim.strength == top]
    return (top, max(_weight(claim) for claim in best), len(best), max(claim.statement.index for claim in best))


def _degree_note(sign: Sign) -> str:
    return " Revisorn skriver i huvudsak eller i allt väsentligt uppfyllt, vilket inte är helt uppfyllt." if sign is Sign.LARGELY else ""
