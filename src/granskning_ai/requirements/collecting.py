"""Everything that a document's statements, tables and extracted questions say of a catalogue's requirements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from granskning_ai.model import Catalogue, DocType, Document, Finding, Requirement
from granskning_ai.requirements.answers import answer_claims, finding_claims, table_claims
from granskning_ai.requirements.claims import FAIR, STRONG, Claim, Sign, Text, claims_of
from granskning_ai.requirements.counting import counted_claims
from granskning_ai.requirements.law_tests import ASSESSED, hold_against_law, refer_back, same_again, shortfall, tests_of
from granskning_ai.requirements.overall import overall_claims
from granskning_ai.requirements.statements import Skip, Statement
from granskning_ai.requirements.wildcards import find

Claims = dict[str, list[Claim]]

_FEW_WORDS = 400
_WORDS_PER_MENTION = 400
_ALL_DEMANDS = re.compile(r"\b(?:uppfyller|lever upp till|följer) (?:därmed |således |därför )?(?:samtliga|alla|lagens samtliga|lagens alla|lagens|de) (?:\w+ ){0,2}?(?:lag)?krav")


def is_on_subject(document: Document, text: Text, catalogue: Catalogue) -> bool:
    """Whether the document is about the act's field: it names it in its title or a heading, or often enough."""
    if not catalogue.subject:
        return True
    named = [s for s in text.statements if find(catalogue.subject, s.plain)]
    words = len(document.text.split())
    return bool(named) and (words < _FEW_WORDS or len(named) * _WORDS_PER_MENTION >= words)


def cites(catalogue: Catalogue, text: Text) -> bool:
    """Whether the document names the act, by number or by name."""
    return any(catalogue.law in s.text or find(catalogue.names, s.plain) for s in text.statements)


def collect(document: Document, text: Text, catalogue: Catalogue, findings: Sequence[Finding]) -> Claims:
    """All claims and tests, by requirement."""
    requirements = catalogue.requirements
    cited = cites(catalogue, text)
    by_statement: dict[int, list[tuple[str, Claim]]] = defaultdict(list)
    for statement in text.statements:
        for requirement in requirements:
            for claim in claims_of(text, requirement, statement):
                by_statement[statement.index].append((requirement.key, claim))
        by_statement[statement.index].extend(_tests(text, requirements, statement, by_statement, cited=cited))
    pairs = [pair for index in sorted(by_statement) for pair in by_statement[index]]
    answers = [*table_claims(document, text, requirements), *answer_claims(text, requirements)]
    answers += finding_claims(findings, text, requirements)
    pairs += [pair if cited else (pair[0], replace(pair[1], tested=False)) for pair in answers]
    pairs += counted_claims(text, requirements, pairs)
    pairs += overall_claims(text, requirements, findings)
    pairs += _documents_themselves(document, text, requirements)
    claims: Claims = defaultdict(list)
    for key, claim in pairs:
        claims[key].append(claim)
    _spread_conformity(text, claims, cited=cited)
    return claims


def _tests(
    text: Text,
    requirements: Sequence[Requirement],
    statement: Statement,
    by_statement: dict[int, list[tuple[str, Claim]]],
    *,
    cited: bool,
) -> list[tuple[str, Claim]]:
    own = by_statement[statement.index]
    found = list(tests_of(text, requirements, [claim for _, claim in own], statement))
    for key, claim in own:
        held = hold_against_law(statement, claim)
        if held is None and cited and _is_assessed(statement, claim):
            held = replace(claim, tested=True, rank=ASSESSED, rule=f"revisorn bedömer ({claim.rule})")
        if held is not None:
            found.append((key, held))
    for requirement in requirements:
        short = shortfall(text, requirement, statement) if requirement.kind == "thing" else None
        if short is not None:
            found.append((requirement.key, short))
    if not found:
        found = same_again(text, requirements, statement, by_statement)
    if not found:
        found = refer_back(text, requirements, statement, by_statement)
    return found


def _is_assessed(statement: Statement, claim: Claim) -> bool:
    """Whether an assessing auditor states it: a lack anywhere in an assessment, a thing only where it is assessed itself."""
    if not statement.auditor or statement.attributed or claim.strength < STRONG or statement.doc_type is DocType.PRE_STUDY:
        return False
    return statement.in_assessment if claim.sign is Sign.NO else "bedöm" in statement.plain and statement.assessing


def _spread_conformity(text: Text, claims: Claims, *, cited: bool) -> None:
    """'Kommunen uppfyller lagens krav' holds for what the document also shows in itself."""
    if not cited:
        return
    for statement in text.statements:
        if not statement.assessing or statement.skip is not Skip.NO:
            continue
        match = _ALL_DEMANDS.search(statement.plain)
        if match is None or re.search(r"\b(?:inte|ej|delvis|endast|bara|huvudsak|väsentligt)\b", statement.plain):
            continue
        if re.search(r"krav\w* (?:på|om|avseende|gällande)", statement.plain[match.start() :]):
            continue
        for own in claims.values():
            shown = next((c for c in own if c.sign is Sign.YES and c.strength >= FAIR and not c.deficient), None)
            if shown is not None and not any(c.sign is not Sign.YES and c.strength >= FAIR for c in own):
                spans = (*shown.spans[:1], (statement.start, statement.end))
                rule = "revisorn bedömer att lagens krav är uppfyllda"
                own.append(replace(shown, statement=statement, tested=True, rank=ASSESSED, rule=rule, spans=spans))


def _documents_themselves(
    document: Document, text: Text, requirements: Sequence[Requirement]
) -> list[tuple[str, Claim]]:
    """An action plan shows that there is one: quoted by a sentence that names it."""
    found: list[tuple[str, Claim]] = []
    for requirement in requirements:
        if document.metadata.doc_type not in requirement.shown_by:
            continue
        named = [s for s in text.statements if text.mentions(requirement, s) and s.skip in (Skip.NO, Skip.WISH)]
        if not named:
            continue
        best = max(named, key=lambda s: (bool(s.codes), -s.index))
        claim = Claim(
            sign=Sign.YES,
            strength=STRONG,
            statement=best,
            rule="dokumentet är självt det som kravet gäller",
            spans=((best.start, best.end),),
        )
        found.append((requirement.key, claim))
    return found
