"""Tests that refer back to what they are about: 'Kravet är därmed uppfyllt', 'Detta strider mot lagen'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from granskning_ai.model import Requirement
from granskning_ai.requirements.claims import EXPLICIT, FAIR, Claim, Keyed, Sign, law_test, scale
from granskning_ai.requirements.clauses import split_spans
from granskning_ai.requirements.cues import cue, shows
from granskning_ai.requirements.law_tests import demanded
from granskning_ai.requirements.statements import Statement
from granskning_ai.requirements.text import Text, topics
from granskning_ai.requirements.wildcards import find

Requirements = Sequence[Requirement]
Claims = Mapping[int, Sequence[Keyed]]
"""The claims made so far, by the number of their statement."""

_TRIED = "Revisorn prövar kravet uttryckligen"
_BREACH = re.compile(r"\b(?:strider|bryter|i strid|avsteg|oförenlig)")


def tests_that_refer_back(text: Text, requirements: Requirements, statement: Statement, claims: Claims) -> list[Keyed]:
    """Such a test, tied to the one requirement that the sentence, the one before or the heading is about."""
    bare = text.bare(statement)
    match = cue("refers_back").search(bare)
    if match is None or shows("modal", match.group()):
        return _same_again(text, requirements, statement, claims)
    objective = (match["noun"] or "").startswith(("kontroll", "gransk", "revisions"))
    for step in ("heading", "here", "before") if objective else ("here", "before", "heading"):
        keys = _led_to(text, requirements, statement, claims, step, match.start())
        if len(keys) > 1:
            return []
        if keys:
            claim = law_test(statement, _sign(bare, match.start()), EXPLICIT, _TRIED)
            return [(keys[0], _with_previous(text, claim) if step == "before" else claim)]
    return []


def _same_again(text: Text, requirements: Requirements, statement: Statement, claims: Claims) -> list[Keyed]:
    match = cue("same_again").search(text.bare(statement))
    before = text.previous(statement)
    if match is None or before is None:
        return []
    signs = {claim.sign for _, claim in claims.get(before.index, ()) if claim.rank == EXPLICIT}
    if len(signs) != 1:
        return []
    claim = _with_previous(text, law_test(statement, signs.pop(), EXPLICIT, _TRIED))
    return [(requirement.key, claim) for requirement in demanded(match["what"], requirements)]


def _with_previous(text: Text, claim: Claim) -> Claim:
    before = text.previous(claim.statement)
    return replace(claim, spans=(*claim.spans, (before.start, before.end))) if before else claim


def _sign(bare: str, at: int) -> Sign:
    """The verdict of the clause at `at`, with what follows it up to the next comma that opens a reservation."""
    start = next((a for a, b in split_spans(bare) if a <= at < b), at)
    words = re.split(r",\s+(?:men|vilket|eftersom)\b", bare[start:])[0]
    return Sign.NO if _BREACH.search(words) and not shows("negation", words) else scale(words)


def _led_to(
    text: Text, requirements: Requirements, statement: Statement, claims: Claims, step: str, end: int
) -> list[str]:
    """The keys of the requirements that one step leads to."""
    if step == "heading":
        return [requirement.key for requirement in requirements if _is_named_in(statement.heading, requirement)]
    if step == "before":
        before = text.previous(statement)
        return [] if before is None else _about(text, requirements, before, claims, len(before.plain))
    named = [
        requirement.key
        for requirement in requirements
        if requirement.kind == "thing" and any(m.start < end for m in text.mentions(requirement, statement))
    ]
    return _about(text, requirements, statement, claims, end) or named


def _about(text: Text, requirements: Requirements, statement: Statement, claims: Claims, end: int) -> list[str]:
    """The keys of the requirements that a sentence is about up to `end`."""
    claimed = {key for key, claim in claims.get(statement.index, ()) if claim.strength >= FAIR}
    # 'Lägesbilden har inte uppdaterats' is about the updating, not about the lägesbild.
    done = {r.key for r in requirements if r.kind != "thing"} & claimed
    things = topics(text, requirements, statement, end)
    return sorted(done or things & claimed or things)


def _is_named_in(heading: str, requirement: Requirement) -> bool:
    """Whether a heading names the requirement; 'Uppföljning' alone is about more than what the law asks for."""
    things = find(requirement.terms, heading, unlike=requirement.unlike)
    if requirement.kind == "thing":
        return bool(things)
    named = find(requirement.demand, heading)
    return bool(named) and (bool(things) if requirement.kind == "activity" else named[0].text == heading)
