"""'Kommunen uppfyller två av fyra lagkrav': what follows for the demands that the auditor's own list numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from granskning_ai.model import BlockKind, Requirement
from granskning_ai.requirements.claims import COUNTED, EXPLICIT, Claim, Keyed, Sign, law_test
from granskning_ai.requirements.clauses import split
from granskning_ai.requirements.cues import shows
from granskning_ai.requirements.law_tests import demanded
from granskning_ai.requirements.statements import Statement
from granskning_ai.requirements.text import Text

_NUMBERS = {
    word: number
    for number, word in enumerate(["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"])
} | {
    "en": 1,
    "inget": 0,
    "inga": 0,
    "ingen": 0,
}
_NUMBER = rf"(?:{'|'.join(_NUMBERS)}|\d{{1,2}})"
_COUNT = re.compile(
    rf"\b(?P<met>{_NUMBER})\s+(?:utav|av)\s+(?:de\s+|dessa\s+|lagens\s+|totalt\s+|sammanlagt\s+)?"
    rf"(?P<all>{_NUMBER})\s+(?:\w+\s+){{0,2}}?(?:lag)?krav\w*"
)
_HEAD_END = re.compile(r"\s+[–—-]\s+|[:,.;]")


def counted_claims(text: Text, requirements: Sequence[Requirement], claims: Sequence[Keyed]) -> list[Keyed]:
    """Claims that follow from a count, the demands that are said to fail, and the auditor's own list of the demands.

    Nothing follows unless the three agree: the list has as many items as the count says, and the items that are
    said to fail are as many as the count leaves over.
    """
    failing = {key: claim for key, claim in claims if claim.rank == EXPLICIT and claim.sign is Sign.NO}
    for statement in text.statements:
        count = _count(statement)
        if count is None:
            continue
        for items in _lists(text, count[1]):
            named = [demanded(_head(item), requirements) for item in items]
            failed = [any(requirement.key in failing for requirement in group) for group in named]
            if sum(failed) == count[1] - count[0] and all(named):
                proof = next((failing[r.key] for group in named for r in group if r.key in failing), None)
                return [
                    (requirement.key, _claim(statement, item, proof, count))
                    for item, group, fails in zip(items, named, failed, strict=True)
                    if not fails
                    for requirement in group
                ]
    return []


def _count(statement: Statement) -> tuple[int, int] | None:
    if not statement.auditor or statement.attributed:
        return None
    match = _COUNT.search(statement.plain)
    if match is None or "uppfyll" not in statement.plain:
        return None
    met, total = (_NUMBERS[match[name]] if match[name] in _NUMBERS else int(match[name]) for name in ("met", "all"))
    if met > total:
        return None
    clause = next((clause for clause in split(statement.plain) if match.group() in clause), "")
    return (total - met, total) if shows("negation", clause) else (met, total)


def _lists(text: Text, total: int) -> list[list[Statement]]:
    """The document's lists of as many items under a lead that speaks of the law's demands."""
    groups: list[list[Statement]] = []
    for statement in text.statements:
        if statement.kind is not BlockKind.LIST_ITEM or not shows("norm_lead", statement.before):
            continue
        group = groups[-1] if groups else []
        if group and group[-1].block == statement.block:
            continue
        if group and group[-1].block == statement.block - 1 and group[-1].before == statement.before:
            group.append(statement)
        else:
            groups.append([statement])
    return [group for group in groups if len(group) == total]


def _head(item: Statement) -> str:
    return _HEAD_END.split(item.plain)[0].replace(" med ", " och ")


def _claim(statement: Statement, item: Statement, proof: Claim | None, count: tuple[int, int]) -> Claim:
    met, total = count
    rule = f"Revisorn räknar {met} av {total} krav som uppfyllda och nämner inte detta bland dem som brister"
    spans = [(statement.start, statement.end), *(proof.spans[:1] if proof else ()), (item.start, item.end)]
    return replace(law_test(statement, Sign.YES, COUNTED, rule, named=2), spans=tuple(dict.fromkeys(spans)))
