"""One status in the making: which claim decides, what proves it, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from granskning_ai.model import (
    SELF_REPORTS,
    Basis,
    BlockKind,
    DocType,
    Document,
    Evidence,
    Requirement,
    RequirementStatus,
    Searched,
    Status,
    stable_id,
)
from granskning_ai.requirements.claims import ASSESSED, FAINT, FAIR, LIGHT, STRONG, Claim, Sign
from granskning_ai.requirements.force import Force
from granskning_ai.requirements.statements import Skip
from granskning_ai.requirements.text import Text

_TESTED = {
    Sign.YES: Status.MET,
    # A cell is never stronger than its source: 'i huvudsak uppfyllt' is not 'uppfyllt'.
    Sign.LARGELY: Status.PARTLY_MET,
    Sign.PARTLY: Status.PARTLY_MET,
    Sign.NO: Status.NOT_MET,
}
_CONFIDENCE = {STRONG: 0.8, FAIR: 0.7, LIGHT: 0.5}
_LARGELY = " Revisorn skriver i huvudsak eller i allt väsentligt, vilket inte är helt uppfyllt."
_QUOTES = 3
_LONG_QUOTE = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one document says of one requirement in one municipality."""

    document: Document
    text: Text
    law: str
    requirement: Requirement
    code: str
    force: Force
    passages: int

    def decide(self, claims: Sequence[Claim]) -> RequirementStatus:
        """The auditor's test where there is one and the law was in force, else what is seen or said, else empty."""
        tests = [claim for claim in claims if claim.rank]
        if tests and self.force.in_force:
            return self._tested(tests, claims)
        # Before the law nothing can be met, but what the auditor finds to be in order does exist.
        seen = [claim for claim in claims if not claim.rank or claim.sign is not Sign.NO]
        if self.force.in_force:
            seen = [claim for claim in seen if not claim.lesser or claim.sign is Sign.NO]
        return self._seen(seen) if _suffices(seen) else self._empty(claims)

    def _tested(self, tests: Sequence[Claim], claims: Sequence[Claim]) -> RequirementStatus:
        best = max(tests, key=lambda claim: (claim.rank, claim.weight, claim.statement.index))
        agreeing = [claim for claim in tests if claim.sign is best.sign]
        rivals = [claim for claim in tests if claim.sign is not best.sign and claim.rank == best.rank]
        quoted = sorted(agreeing, key=self._specific)
        if quoted[0].named > 1:
            # The test speaks of several requirements: what is observed of this one comes first.
            observed = [c for c in claims if not c.rank and c.sign is best.sign and c.strength >= FAIR]
            quoted = [*sorted(observed, key=_telling)[:1], *quoted]
        note = f"{best.rule}." + (_LARGELY if best.sign is Sign.LARGELY else "") + self._contradiction(rivals)
        confidence = 0.95 if best.rank > ASSESSED else 0.85
        return self._status(_TESTED[best.sign], Basis.AUDITOR_ASSESSMENT, quoted, note, confidence)

    def _seen(self, seen: Sequence[Claim]) -> RequirementStatus:
        yes = [claim for claim in seen if claim.sign is not Sign.NO]
        no = [claim for claim in seen if claim.sign is Sign.NO]
        lacking = bool(no) and (not yes or _standing(no) > _standing(yes))
        chosen, others = (no, yes) if lacking else (yes, no)
        best = max(chosen, key=lambda claim: (claim.strength, claim.weight, claim.statement.index))
        basis = Basis.AUDITOR_OBSERVATION if best.statement.auditor else Basis.SELF_REPORTED
        rivals = [claim for claim in others if claim.strength >= FAIR and not claim.deficient]
        note = f"{_whose(best)}: det {best.rule}.{self.force.note}{self._contradiction(rivals)}"
        status = Status.ABSENT if lacking else Status.PRESENT
        quoted = sorted(chosen, key=_telling)[: _QUOTES - 1]
        return self._status(status, basis, quoted, note, _CONFIDENCE.get(best.strength, 0.4))

    def _empty(self, claims: Sequence[Claim]) -> RequirementStatus:
        if self.force.before or self.force.repealed:
            return self._status(Status.NOT_APPLICABLE, Basis.NONE, [], self.force.note.strip(), 1.0)
        return self._status(Status.NOT_ADDRESSED, Basis.NONE, [], self._why_empty(claims), 1.0)

    def _why_empty(self, claims: Sequence[Claim]) -> str:
        if self.requirement.kind == "quality":
            return "Revisorns samlade bedömning säger inget om detta."
        if claims and all(claim.lesser for claim in claims):
            return "Dokumentet nämner bara något som inte motsvarar det som lagen avser."
        mentioned = [s for s in self.text.statements if self.text.mentions(self.requirement, s)]
        if not mentioned:
            return "Dokumentet nämner inte det som kravet gäller."
        count = "en mening" if len(mentioned) == 1 else f"{len(mentioned)} meningar"
        reasons = Counter(statement.skip for statement in mentioned if statement.skip is not Skip.NO)
        listed = "; ".join(f"{reason}: {number}" for reason, number in sorted(reasons.items()))
        return f"Nämns i {count}, men ingen visar tydligt hur det är i kommunen{f' ({listed})' if listed else ''}."

    def _specific(self, claim: Claim) -> tuple[bool, int, int, int]:
        """Orders tests for quoting: a sentence that names the thing, then 'Kravet är uppfyllt' and a table's cells."""
        statement = claim.statement
        prose = statement.kind is not BlockKind.TABLE and bool(self.text.mentions(self.requirement, statement))
        return (not prose, -claim.rank, claim.named, statement.index)

    def _contradiction(self, rivals: Sequence[Claim]) -> str:
        pages = sorted({self.document.page_at(claim.statement.start) for claim in rivals})
        places = ", ".join(str(page) for page in pages)
        return f" Dokumentet säger också något annat (sidan {places})." if pages else ""

    def _status(
        self, status: Status, basis: Basis, quoted: Sequence[Claim], note: str, confidence: float
    ) -> RequirementStatus:
        requirement = self.requirement
        named = sum(bool(self.text.mentions(requirement, statement)) for statement in self.text.statements)
        terms = (*requirement.terms, *requirement.present, *requirement.absent)
        return RequirementStatus(
            id=stable_id("krav", self.document.id, self.code, self.law, requirement.key),
            document_id=self.document.id,
            municipality_code=self.code,
            law=self.law,
            requirement=requirement.key,
            status=status,
            basis=basis,
            evidence=self._quotes(quoted),
            note=note,
            searched=Searched(passages=self.passages, candidates=named, terms=terms),
            confidence=confidence,
        )

    def _quotes(self, quoted: Sequence[Claim]) -> tuple[Evidence, ...]:
        """The telling sentences and cells, each wording once."""
        found: dict[str, Evidence] = {}
        for start, end in (span for claim in quoted for span in claim.spans):
            evidence = self.document.cite(start, end)
            found.setdefault(evidence.quote, evidence)
        return tuple(found.values())[:_QUOTES]


def _whose(claim: Claim) -> str:
    if claim.statement.auditor:
        return "Revisorns iakttagelse"
    own = claim.statement.doc_type in SELF_REPORTS | {DocType.MINUTES, DocType.GUIDELINE}
    return "Kommunens egen uppgift" if own else "Uppgift i dokumentet"


def _telling(claim: Claim) -> tuple[int, int, bool, bool, int]:
    """Orders claims for quoting: surest first, then where the auditor assesses, then short ones before headings."""
    statement = claim.statement
    heading, long = statement.kind is BlockKind.HEADING, len(statement.text) > _LONG_QUOTE
    return (-claim.strength, -claim.weight, heading, long, statement.index)


def _suffices(seen: Sequence[Claim]) -> bool:
    """One statement that is more than taken for granted, or two that are."""
    if any(claim.strength >= LIGHT for claim in seen):
        return True
    return len({claim.statement.index for claim in seen if claim.strength >= FAINT}) > 1


def _standing(claims: Sequence[Claim]) -> tuple[int, int, int, int]:
    """How claims of one kind stand against the other: by the surest, by its place, by their number, by the latest."""
    top = max(claim.strength for claim in claims)
    best = [claim for claim in claims if claim.strength == top]
    return (top, max(claim.weight for claim in best), len(best), max(claim.statement.index for claim in best))
