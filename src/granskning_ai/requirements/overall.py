"""Qualities that only the auditor's overall assessment decides, as kommunallagen 12 kap. 1 § asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from granskning_ai.model import Finding, OverallAssessment, Requirement, Verdict
from granskning_ai.requirements.answers import SIGNS
from granskning_ai.requirements.claims import STRONG, Claim, Sign, Text
from granskning_ai.requirements.cues import shows
from granskning_ai.requirements.law_tests import ASSESSED
from granskning_ai.requirements.statements import Skip, Statement
from granskning_ai.requirements.wildcards import find
from granskning_ai.swedish.verdicts import read_clause, read_sentence

_OVERALL = re.compile(
    r"\b(?:samlad\w*|sammanfattande|sammantag\w*|sammanfattningsvis|övergripande|revisionell\w*)\b.{0,40}?\b(?:bedömning\w*|bedömer|slutsats\w*)"
    r"|\bsammanfattningsvis\b|\bsammantaget\b"
)
_THAT = re.compile(r",\s+att\s+|\s+(?:och|samt)\s+att\s+")


def overall_claims(
    text: Text, requirements: Sequence[Requirement], findings: Sequence[Finding]
) -> Iterator[tuple[str, Claim]]:
    """What the overall assessment says of each quality."""
    wanted = [requirement for requirement in requirements if requirement.kind == "quality"]
    if not wanted:
        return
    extracted = [finding for finding in findings if isinstance(finding, OverallAssessment)]
    for statement in text.statements:
        if statement.skip is not Skip.NO or not statement.auditor or not _is_overall(statement):
            continue
        for requirement in wanted:
            verdict = _verdict(statement, requirement)
            if verdict in SIGNS:
                yield requirement.key, _claim(statement, SIGNS[verdict])
    for finding in extracted:
        first = finding.evidence[0]
        place = next((s for s in text.statements if s.start <= first.start < s.end), None)
        if place is None or finding.verdict not in SIGNS:
            continue
        for requirement in wanted:
            if find(requirement.terms, place.plain) and _verdict(place, requirement) is None:
                yield requirement.key, _claim(place, SIGNS[finding.verdict])


def _is_overall(statement: Statement) -> bool:
    if not statement.assessing:
        return False
    return _OVERALL.search(statement.plain) is not None or any(
        shows("heading_overall", heading) for heading in statement.headings[-1:]
    )


def _verdict(statement: Statement, requirement: Requirement) -> Verdict | None:
    """The verdict of the clause that names the quality; None where no verdict is read there."""
    for clause, reading in read_sentence(statement.text):
        pieces = _THAT.split(clause.lower())
        for number, piece in enumerate(pieces):
            if find(requirement.terms, piece):
                if number == 0 or len(pieces) == 1:
                    return reading.verdict
                own = read_clause(piece)
                return own.verdict if own else None
    return None


def _claim(statement: Statement, sign: Sign) -> Claim:
    return Claim(
        sign=sign,
        strength=STRONG,
        statement=statement,
        rule="revisorns samlade bedömning",
        tested=True,
        rank=ASSESSED,
        spans=((statement.start, statement.end),),
    )
