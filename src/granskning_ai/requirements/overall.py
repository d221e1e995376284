"""Qualities that only the auditor's overall assessment decides, as kommunallagen 12 kap. 1 § asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from granskning_ai.model import Finding, OverallAssessment, Requirement, Verdict
from granskning_ai.requirements.answers import SIGNS
from granskning_ai.requirements.claims import ASSESSED, COUNTED, Claim, Keyed, law_test
from granskning_ai.requirements.cues import shows
from granskning_ai.requirements.statements import Skip, Statement
from granskning_ai.requirements.text import Text
from granskning_ai.requirements.wildcards import find, plain
from granskning_ai.swedish.verdicts import read_clause, read_sentence

_OVERALL = re.compile(
    r"\b(?:samlad\w*|sammanfattande|sammantag\w*|sammanfattningsvis|övergripande|revisionell\w*)\b.{0,40}?\b(?:bedömning\w*|bedömer|slutsats\w*)"
    r"|\bsammanfattningsvis\b|\bsammantaget\b"
)
_SUMMED_UP = "Revisorns samlade bedömning säger det"
_THAT = re.compile(
    r",\s+(?:och\s+|samt\s+|men\s+)?att\s+|\s+(?:och|samt|men)\s+att\s+|,?\s+men\s+(?=(?:inte|ej|endast|bara|delvis)\b)"
)


def overall_claims(text: Text, requirements: Sequence[Requirement], findings: Sequence[Finding]) -> Iterator[Keyed]:
    """What the overall assessment says of each quality."""
    wanted = [requirement for requirement in requirements if requirement.kind == "quality"]
    if not wanted:
        return
    extracted = [finding for finding in findings if isinstance(finding, OverallAssessment)]
    for finding in extracted:
        yield from _extracted(finding, text, wanted)
    for requirement in wanted:
        stated = list(_stated(text, requirement, summed_up=True))
        # Without a summing-up, the assessments of the summary or conclusion decide only where they agree.
        claims = stated or list(_stated(text, requirement, summed_up=False))
        if stated or len({claim.sign for claim in claims}) == 1:
            yield from ((requirement.key, claim) for claim in claims)


def _extracted(finding: OverallAssessment, text: Text, wanted: Sequence[Requirement]) -> Iterator[Keyed]:
    first = finding.evidence[0]
    place = text.at(first.start)
    if place is None or finding.verdict not in SIGNS:
        return
    for requirement in wanted:
        verdict = _verdict(place, requirement)
        if find(requirement.terms, place.plain) and (verdict is None or verdict is finding.verdict):
            yield requirement.key, law_test(place, SIGNS[finding.verdict], COUNTED, _SUMMED_UP)


def _stated(text: Text, requirement: Requirement, *, summed_up: bool) -> Iterator[Claim]:
    for statement in text.statements:
        if statement.skip is not Skip.NO or not statement.assessing:
            continue
        concluding = any(shows("heading_overall", heading) for heading in statement.headings[-1:])
        if (_OVERALL.search(statement.plain) is None) if summed_up else not concluding:
            continue
        verdict = _verdict(statement, requirement)
        if verdict in SIGNS:
            yield law_test(statement, SIGNS[verdict], ASSESSED, _SUMMED_UP)


def _verdict(statement: Statement, requirement: Requirement) -> Verdict | None:
    """The verdict of the clause that names the quality; None where no verdict is read there."""
    for number, clause in enumerate(_THAT.split(statement.text)):
        if not find(requirement.terms, plain(clause)):
            continue
        if number:
            reading = read_clause(clause)
            return reading.verdict if reading else None
        return next((r.verdict for words, r in read_sentence(clause) if find(requirement.terms, plain(words))), None)
    return None
