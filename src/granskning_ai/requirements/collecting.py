"""Everything that a document's statements, tables and extracted questions say of a catalogue's requirements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from granskning_ai.model import Catalogue, DocType, Document, Finding, Requirement
from granskning_ai.requirements.activities import activity_claims
from granskning_ai.requirements.answers import answer_claims, finding_claims, table_claims
from granskning_ai.requirements.back_references import tests_that_refer_back
from granskning_ai.requirements.claims import ASSESSED, FAIR, STRONG, Claim, Keyed, Reading, Sign, observed
from granskning_ai.requirements.counting import counted_claims
from granskning_ai.requirements.cues import shows
from granskning_ai.requirements.law_tests import (
    demand_tests,
    hold_against_law,
    is_auditors_own,
    listed_tests,
    shortfalls,
    subject_tests,
)
from granskning_ai.requirements.overall import overall_claims
from granskning_ai.requirements.statements import Skip, Statement
from granskning_ai.requirements.text import Text
from granskning_ai.requirements.things import phrase_claims, thing_claims
from granskning_ai.requirements.wildcards import find

_FEW_WORDS = 400
_WORDS_PER_MENTION = 400
_ALL_DEMANDS = re.compile(
    r"\b(?:uppfyller|lever upp till|följer) (?:därmed |således |därför )?"
    r"(?:samtliga|alla|lagens samtliga|lagens alla|lagens|de) (?:\w+ ){0,2}?(?:lag)?krav"
)
_ONE_DEMAND = re.compile(r"krav\w* (?:på|om|avseende|gällande)")


def is_on_subject(document: Document, text: Text, catalogue: Catalogue) -> bool:
    """Whether the document speaks of the act's field often enough to be about it."""
    if not catalogue.subject:
        return True
    named = sum(bool(find(catalogue.subject, statement.plain)) for statement in text.statements)
    words = len(document.text.split())
    return named > 0 and (words < _FEW_WORDS or named * _WORDS_PER_MENTION >= words)


def collect(
    document: Document, text: Text, catalogue: Catalogue, findings: Sequence[Finding]
) -> Mapping[str, Sequence[Claim]]:
    """All that is claimed, by requirement. Nothing is a test in a document that does not name the act."""
    requirements = catalogue.requirements
    cited = any(catalogue.law in s.text or find(catalogue.names, s.plain) for s in text.statements)
    answers = [
        *table_claims(document, text, requirements),
        *answer_claims(text, requirements),
        *finding_claims(findings, text, requirements),
    ]
    pairs = _stated(text, requirements)
    if not cited:
        pairs = [(key, claim) for key, claim in pairs if not claim.rank]
        answers = [(key, replace(claim, rank=0)) for key, claim in answers]
    pairs += answers
    pairs += counted_claims(text, requirements, pairs)
    pairs += overall_claims(text, requirements, findings)
    pairs += _shown_by_document(document, text, requirements)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for key, claim in pairs:
        claims[key].append(claim)
    if cited:
        _spread_conformity(text, requirements, claims)
    return claims


def _stated(text: Text, requirements: Sequence[Requirement]) -> list[Keyed]:
    """What each sentence claims in itself, and what it tests."""
    by_statement: dict[int, list[Keyed]] = defaultdict(list)
    for statement in text.statements:
        if statement.skip is not Skip.NO:
            continue
        own = [(r.key, claim) for r in requirements for claim in _claims_of(text, r, statement)]
        by_statement[statement.index] = own
        if is_auditors_own(statement):
            own.extend(list(_tests(text, requirements, statement, by_statement)))
    return [pair for index in sorted(by_statement) for pair in by_statement[index]]


def _claims_of(text: Text, requirement: Requirement, statement: Statement) -> Iterator[Claim]:
    yield from phrase_claims(text, requirement, statement)
    if requirement.kind == "thing":
        yield from thing_claims(text, requirement, statement)
    elif requirement.kind == "activity":
        yield from activity_claims(text, requirement, statement)


def _tests(
    text: Text,
    requirements: Sequence[Requirement],
    statement: Statement,
    by_statement: Mapping[int, Sequence[Keyed]],
) -> Iterator[Keyed]:
    found = [*demand_tests(text, requirements, statement), *subject_tests(text, requirements, statement)]
    found += listed_tests(requirements, statement)
    for key, claim in by_statement[statement.index]:
        held = hold_against_law(claim)
        if held is None and _is_assessed(claim):
            held = replace(claim, rank=ASSESSED, rule="Revisorn tar upp det i sin bedömning")
        if held is not None:
            found.append((key, held))
    found += shortfalls(text, requirements, statement)
    yield from found or tests_that_refer_back(text, requirements, statement, by_statement)


def _is_assessed(claim: Claim) -> bool:
    """Whether an assessing auditor states it: a lack anywhere in an assessment, a thing where it is itself assessed."""
    statement = claim.statement
    if claim.strength < STRONG or statement.doc_type is DocType.PRE_STUDY:
        return False
    return statement.in_assessment if claim.sign is Sign.NO else statement.assessing and "bedöm" in statement.plain


def _spread_conformity(text: Text, requirements: Sequence[Requirement], claims: Mapping[str, list[Claim]]) -> None:
    """'Kommunen uppfyller lagens krav' holds for what the document also shows in itself."""
    for statement in text.statements:
        if not is_auditors_own(statement) or not statement.assessing or not _is_about_all_demands(statement.plain):
            continue
        if any(text.spoken_of(requirement, statement) for requirement in requirements):
            # 'Lägesbilden uppfyller lagens krav': those on a lägesbild.
            continue
        for own in claims.values():
            shown = [c for c in own if c.sign is Sign.YES and c.strength >= FAIR and not c.deficient]
            if shown and not any(c.sign is not Sign.YES and c.strength >= FAIR for c in own):
                spans = (*shown[0].spans[:1], (statement.start, statement.end))
                rule = "Revisorn bedömer att lagens krav är uppfyllda"
                own.append(replace(shown[0], statement=statement, rank=ASSESSED, rule=rule, spans=spans))


def _is_about_all_demands(sentence: str) -> bool:
    match = _ALL_DEMANDS.search(sentence)
    if match is None or _ONE_DEMAND.search(sentence, match.start()):
        return False
    return not any(shows(name, sentence) for name in ("negation", "partly", "largely", "except_for", "only"))


def _shown_by_document(document: Document, text: Text, requirements: Sequence[Requirement]) -> Iterator[Keyed]:
    """An action plan shows that there is one: quoted by a sentence that names it."""
    for requirement in requirements:
        if document.metadata.doc_type not in requirement.shown_by:
            continue
        named = [s for s in text.statements if s.skip is Skip.NO and text.mentions(requirement, s)]
        if named:
            best = max(named, key=lambda s: (bool(s.codes), -s.index))
            yield requirement.key, observed(best, Reading(Sign.YES, STRONG, "är dokumentet självt"))
