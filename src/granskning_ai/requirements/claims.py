"""What is claimed about a requirement: that the thing exists or is lacking, is done or not, is met or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from granskning_ai.requirements.cues import shows
from granskning_ai.requirements.statements import Statement

STRONG, FAIR, LIGHT, FAINT = 4, 3, 2, 1
"""How surely it is read: stated outright, shown by what it does, in the making or relied on, taken for granted."""

EXPLICIT, CONFORMITY, COUNTED, ASSESSED = 4, 3, 2, 1
"""Rank of a test against the law: the demand itself is named, a claim is set beside the law, it follows from a count,
or it is stated in an assessment."""


class Sign(StrEnum):
    """What is claimed."""

    YES = "yes"
    LARGELY = "largely"
    PARTLY = "partly"
    NO = "no"


class Reading(NamedTuple):
    """What a clause says of a thing. `rule` tells in Swedish how; `deficient`: the thing exists but lacks something."""

    sign: Sign
    strength: int
    rule: str
    deficient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one statement says of a requirement. `spans` are the sentences or cells that show it, the telling one first.

    `rank` is above 0 where an auditor holds the requirement against the law. `named` counts the requirements that the
    statement speaks of; `lesser` is set where the thing is of a lesser kind than the act means.
    """

    sign: Sign
    strength: int
    statement: Statement
    rule: str
    spans: tuple[tuple[int, int], ...]
    rank: int = 0
    named: int = 1
    deficient: bool = False
    lesser: bool = False

    @property
    def weight(self) -> int:
        """What the place in the document adds: an assessment, a section on compliance with the law."""
        return int(self.statement.in_compliance) + int(self.statement.in_assessment)


Keyed = tuple[str, Claim]
"""A requirement's key and a claim about it."""


def observed(statement: Statement, reading: Reading, *, lesser: bool = False) -> Claim:
    """A claim that a sentence makes in itself, weaker where it is somebody else's word."""
    strength = reading.strength - int(statement.attributed)
    if statement.auditor and statement.in_background and not re.search(r"\b20\d\d\b", statement.plain):
        # A background tells of municipalities at large.
        strength = min(strength, FAINT)
    return Claim(
        sign=reading.sign,
        strength=strength,
        statement=statement,
        rule=reading.rule,
        spans=((statement.start, statement.end),),
        lesser=lesser,
        deficient=reading.deficient,
    )


def law_test(statement: Statement, sign: Sign, rank: int, rule: str, *, named: int = 1) -> Claim:
    """A test against the law that a sentence makes."""
    return Claim(
        sign=sign,
        strength=FAIR,
        statement=statement,
        rule=rule,
        spans=((statement.start, statement.end),),
        rank=rank,
        named=named,
    )


def scale(clause: str) -> Sign:
    """How far a demand is met, by the words of degree and negation in the clause.

    >>> scale("kravet är inte helt uppfyllt"), scale("kravet är uppfyllt")
    (<Sign.PARTLY: 'partly'>, <Sign.YES: 'yes'>)
    """
    if shows("partly", clause):
        return Sign.PARTLY
    if shows("negation", clause):
        return Sign.NO
    return Sign.LARGELY if shows("largely", clause) else Sign.YES
