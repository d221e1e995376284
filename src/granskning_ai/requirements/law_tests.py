"""Where an auditor holds a requirement against the law, and with what result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from granskning_ai.model import Requirement
from granskning_ai.requirements.claims import CONFORMITY, EXPLICIT, FAIR, Claim, Keyed, Sign, law_test, scale
from granskning_ai.requirements.clauses import is_governed, mark, split, split_spans
from granskning_ai.requirements.cues import cue, shows
from granskning_ai.requirements.statements import Skip, Statement
from granskning_ai.requirements.text import Text
from granskning_ai.requirements.wildcards import Mention, find

Requirements = Sequence[Requirement]

_TRIED = "Revisorn prövar kravet uttryckligen"
_BESIDE = "Revisorn ställer det mot lagens krav"
_SHORT_OF = "Det finns, men revisorn ser att det brister mot lagen"

# 'kravet på A och kravet på B', 'krav på A och på B'
_JOINED = re.compile(
    r"\b(och|samt|eller)\s+(?:lagens\s+|ställda\s+)?(?:krav\w*\s+)?(?:på|om|avseende|gällande)\b",
)
_TO_HAVE = re.compile(
    r"\batt\s+(?:verka för|ta fram|upprätta|besluta om|ha|inrätta|utse|ingå|teckna|det ska finnas|det finns)\b"
)
_FALLS_SHORT = re.compile(
    r"(?:men |dock |och )*(?:den|det|denna|planen|rådet|bilden) (?:\w+ ){0,2}?"
    r"(?:saknar|innehåller (?:dock |inte |ingen |inget )|omfattar (?:inte|ingen))"
)


def is_auditors_own(statement: Statement) -> bool:
    """Whether an auditor says it, and not as somebody else's word."""
    return statement.auditor and statement.skip is Skip.NO and not statement.attributed


# --- 'kravet på lägesbild är inte uppfyllt' ---------------------------------------------------------------------------


def demand_tests(text: Text, requirements: Requirements, statement: Statement) -> Iterator[Keyed]:
    """Tests that name the demand itself."""
    bare = _JOINED.sub(r"\1", text.bare(statement))
    for name in ("demand_before", "demand_after"):
        for match in cue(name).finditer(bare):
            if shows("meant_to_be", bare[: match.start("verb")]) or shows("unreal", bare[: match.start("verb")]):
                continue
            what, *failing = cue("but_not").split(match["what"], maxsplit=1)
            exempt = shows("except_for", match.groupdict().get("mid") or "")
            sign = Sign.NO if exempt else scale(_verdict_words(bare, match))
            for words, verdict in ((what, sign), *((words, Sign.NO) for words in failing)):
                named = demanded(words, requirements)
                for requirement in named:
                    yield requirement.key, law_test(statement, verdict, EXPLICIT, _TRIED, named=len(named))


def _verdict_words(bare: str, match: re.Match[str]) -> str:
    """The words of the demand's own clause, where degree and negation stand."""
    start = next((a for a, b in split_spans(bare) if a <= match.start() < b), 0)
    degree = re.split(r",|\b(?:men|och|trots|eftersom)\b", bare[match.end() :])[0]
    words: str = cue("but_not").split(bare[start : match.end()], maxsplit=1)[0]
    return words + degree


def demanded(what: str, requirements: Requirements) -> list[Requirement]:
    """The requirements that a phrase after 'kravet på' names, in the catalogue's order."""
    what = _TO_HAVE.sub("", what)
    demands = {r.key: find(r.demand, what) for r in requirements}
    covered = [
        mention
        for requirement in requirements
        for mention in demands[requirement.key]
        if not _is_of_something_else(what, mention, requirement)
    ]
    return [
        requirement
        for requirement in requirements
        if any(mention in covered for mention in demands[requirement.key])
        or (requirement.kind != "activity" and _names_itself(what, requirement, covered))
    ]


def _is_of_something_else(what: str, name: Mention, requirement: Requirement) -> bool:
    """'Kravet på uppföljning av internkontrollplanen' is another demand than that on the lägesbild."""
    of = re.match(r"\s+(?:av|för|till|kring)\b", what[name.end :])
    return requirement.kind == "activity" and of is not None and not find(requirement.terms, what)


def _names_itself(what: str, requirement: Requirement, covered: Sequence[Mention]) -> bool:
    """Whether the thing is named as a demand of its own, not as what another demand is about."""
    for mention in find(requirement.terms, what, unlike=requirement.unlike):
        inside = any(other.start <= mention.start and mention.end <= other.end for other in covered)
        object_of = any(other.end <= mention.start for other in covered) and "och" not in what[: mention.start]
        if not inside and not object_of and not is_governed(mark(what, mention.start, mention.end).clause):
            return True
    return False


def listed_tests(requirements: Requirements, statement: Statement) -> Iterator[Keyed]:
    """'Följande krav är uppfyllda:' over a list says so of each of its items."""
    lead = statement.before
    if not lead.endswith(":") or "krav" not in lead or not shows("verdict_lead", lead) or shows("modal", lead):
        return
    for requirement in demanded(statement.plain, requirements):
        claim = law_test(statement, scale(lead), EXPLICIT, _TRIED)
        yield requirement.key, claim


# --- 'lägesbilden motsvarar inte lagens krav' -------------------------------------------------------------------------


def subject_tests(text: Text, requirements: Requirements, statement: Statement) -> Iterator[Keyed]:
    """Tests whose subject is the requirement's thing or activity."""
    bare = text.bare(statement)
    for requirement in requirements:
        if requirement.kind == "thing":
            named = (*text.mentions(requirement, statement), *text.referred(requirement, statement))
        else:
            named = tuple(find(requirement.demand, bare))
        for mention in named:
            clause = mark(bare, mention.start, mention.end).clause
            match = cue("subject_test").search(clause)
            if match and not is_governed(clause) and not shows("modal", match.group()):
                yield (
                    requirement.key,
                    law_test(statement, scale(clause), EXPLICIT, "Revisorn jämför det med lagens krav"),
                )
                break


# --- a claim set beside the law ---------------------------------------------------------------------------------------


def hold_against_law(claim: Claim) -> Claim | None:
    """A claim as a test, where its sentence sets it beside the law: 'saknas, vilket är i strid med lagen'."""
    sentence = claim.statement.plain
    if not is_auditors_own(claim.statement) or not shows("law_word", sentence):
        return None
    if claim.deficient:
        short = shows("breaches", sentence)
        return replace(claim, sign=Sign.PARTLY, rank=CONFORMITY, rule=_SHORT_OF) if short else None
    if claim.sign is Sign.NO:
        return replace(claim, rank=CONFORMITY, rule=_BESIDE) if _is_breach(sentence) else None
    clause = _clause_with("conforms", sentence)
    if claim.strength < FAIR or not clause or scale(clause) is Sign.NO:
        return None
    if shows("modal", clause) or shows("except_for", sentence):
        return None
    return replace(claim, sign=scale(clause), rank=CONFORMITY, rule=_BESIDE)


def _clause_with(name: str, sentence: str) -> str:
    """The clause of a sentence in which a cue begins."""
    match = cue(name).search(sentence)
    if match is None:
        return ""
    spans = split_spans(sentence)
    return next((sentence[a:b].strip(" ,.") for a, b in spans if a <= match.start() < b), match.group())


def _is_breach(sentence: str) -> bool:
    clause = _clause_with("breaches", sentence)
    denied = re.search(r"\b(?:strider|bryter|i strid|avsteg|avvik\w+)\b", clause) and shows("negation", clause)
    return bool(clause) and not denied


def shortfalls(text: Text, requirements: Requirements, statement: Statement) -> Iterator[Keyed]:
    """'Det finns en lägesbild, men den saknar den analys som lagen kräver': the thing falls short of the law."""
    if not shows("breaches", statement.plain):
        return
    if not any(_FALLS_SHORT.match(clause) for clause in split(text.bare(statement))[1:]):
        return
    for requirement in requirements:
        if requirement.kind == "thing" and text.mentions(requirement, statement):
            yield requirement.key, law_test(statement, Sign.PARTLY, CONFORMITY, _SHORT_OF)
