"""Where an auditor holds a requirement against the law, and with what result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from granskning_ai.model import Requirement
from granskning_ai.requirements.claims import FAIR, Claim, Sign, Text, scale
from granskning_ai.requirements.clauses import is_governed, mark, split
from granskning_ai.requirements.cues import cue, shows
from granskning_ai.requirements.statements import Skip, Statement, own_words
from granskning_ai.requirements.wildcards import Mention, find

EXPLICIT, CONFORMITY, COUNTED, ASSESSED = 6, 5, 4, 3
"""Rank of a test: the demand itself is named, the claim is set beside the law, it follows from a count, it is assessed."""

Requirements = Sequence[Requirement]


def tests_of(text: Text, requirements: Requirements, claims: Sequence[Claim], statement: Statement) -> Iterator[tuple[str, Claim]]:
    """Every test of a requirement in the sentence, as (key, claim) pairs. `claims` are the sentence's own, by requirement."""
    if statement.skip is not Skip.NO or not statement.auditor or not own_words(statement):
        return
    yield from _demand_tests(text, requirements, statement)
    yield from _subject_tests(text, requirements, statement)


def _test(statement: Statement, sign: Sign, rank: int, rule: str, *, named: int = 1) -> Claim:
    return Claim(
        sign=sign,
        strength=FAIR,
        statement=statement,
        rule=rule,
        tested=True,
        rank=rank,
        spans=((statement.start, statement.end),),
        named=named,
    )


# --- 'kravet på lägesbild är inte uppfyllt' ---------------------------------------------------------------------------


def _demand_tests(text: Text, requirements: Requirements, statement: Statement) -> Iterator[tuple[str, Claim]]:
    bare = _JOINED.sub(r"\1", text.bare(statement))
    for name in ("demand_before", "demand_after"):
        for match in cue(name).finditer(bare):
            named = demanded(match["what"], requirements)
            sign = scale(_verdict_clause(bare, match))
            for requirement in named:
                yield requirement.key, _test(statement, sign, EXPLICIT, "kravet prövas uttryckligen", named=len(named))


# 'kravet på A och kravet på B', 'krav på A och på B'
_JOINED = re.compile(r"\b(och|samt|eller)\s+(?:lagens\s+|ställda\s+)?(?:krav\w*\s+)?(?:på|om|avseende|gällande)\b")
_TO_HAVE = re.compile(r"\batt\s+(?:verka för|ta fram|upprätta|besluta om|ha|inrätta|utse|ingå|teckna|det ska finnas|det finns)\b")


def _verdict_clause(bare: str, match: re.Match[str]) -> str:
    """The words from the demand to the end of its clause, where degree and negation stand."""
    start = max(bare.rfind(sign, 0, match.start()) for sign in (",", ";", ".", " och därmed "))
    rest = split(bare[match.end() :] or " ")
    after = bare[match.end() :].split(",")[0] if rest else ""
    return bare[start + 1 : match.end()] + re.split(r"\b(?:men|och|trots)\b", after)[0]


def demanded(what: str, requirements: Requirements) -> list[Requirement]:
    """The requirements that a phrase after 'kravet på' names."""
    what = _TO_HAVE.sub("", what)
    found: list[Requirement] = []
    covered: list[Mention] = []
    for requirement in requirements:
        names = find(requirement.demand, what) if requirement.demand else []
        if names:
            found.append(requirement)
            covered.extend(names)
    for requirement in requirements:
        if requirement in found or requirement.kind == "activity":
            continue
        for mention in find(requirement.terms, what, unlike=requirement.unlike):
            inside = any(other.start <= mention.start and mention.end <= other.end for other in covered)
            object_of = any(other.end <= mention.start for other in covered) and "och" not in what[: mention.start]
            if not inside and not object_of and not _is_governed(what, mention):
                found.append(requirement)
                break
    return [requirement for requirement in requirements if requirement in found]


def _is_governed(sentence: str, mention: Mention) -> bool:
    return is_governed(mark(sentence, mention.start, mention.end).clause)


# --- 'lägesbilden motsvarar inte lagens krav' -------------------------------------------------------------------------


def _subject_tests(text: Text, requirements: Requirements, statement: Statement) -> Iterator[tuple[str, Claim]]:
    bare = text.bare(statement)
    for requirement in requirements:
        mentions = [
            *(text.mentions(requirement, statement) if requirement.kind != "activity" else ()),
            *(text.referred(requirement, statement) if requirement.kind == "thing" else ()),
            *(find(requirement.demand, bare) if requirement.kind != "thing" else ()),
        ]
        for mention in mentions:
            clause = mark(bare, mention.start, mention.end).clause
            match = cue("subject_test").search(clause)
            if match and not is_governed(clause) and not shows("modal", match.group()):
                yield requirement.key, _test(statement, scale(clause), EXPLICIT, "jämförs med lagens krav")
                break


# --- a claim set beside the law ---------------------------------------------------------------------------------------


def hold_against_law(statement: Statement, claim: Claim) -> Claim | None:
    """A claim as a test, where its sentence sets it beside the law: 'saknas, vilket är i strid med lagen'."""
    if not statement.auditor or statement.attributed or not shows("law_word", statement.plain):
        return None
    if claim.deficient and shows("breaches", statement.plain):
        return replace(claim, sign=Sign.PARTLY, tested=True, rank=CONFORMITY, rule="finns men brister mot lagen")
    if claim.sign is Sign.NO and shows("breaches", statement.plain):
        return replace(claim, tested=True, rank=CONFORMITY, rule="ställs mot lagens krav")
    if claim.sign is Sign.YES and not claim.deficient and claim.strength >= FAIR and shows("conforms", statement.plain):
        if shows("breaches", statement.plain) and not shows("conforms", statement.plain):
            return None
        return replace(claim, sign=_degree(statement.plain), tested=True, rank=CONFORMITY, rule="ställs mot lagens krav")
    return None


def _degree(sentence: str) -> Sign:
    match = cue("conforms").search(sentence)
    clause = next((c for c in split(sentence) if match and match.group()[:12] in c), sentence)
    sign = scale(clause)
    return sign if sign is not Sign.NO else Sign.NO


def shortfall(text: Text, requirement: Requirement, statement: Statement) -> Claim | None:
    """'Det finns en lägesbild, men den saknar den analys som lagen kräver': the thing falls short of the law."""
    if not own_words(statement) or not statement.auditor:
        return None
    bare = text.bare(statement)
    clauses = split(bare)
    if not text.mentions(requirement, statement) or not shows("breaches", statement.plain):
        return None
    for clause in clauses[1:]:
        if re.match(r"(?:men |dock |och )*(?:den|det|denna|planen|rådet|bilden) (?:\w+ ){0,2}?(?:saknar|innehåller (?:dock |inte |ingen |inget )|omfattar (?:inte|ingen))", clause):
            return _test(statement, Sign.PARTLY, CONFORMITY, "finns men brister mot lagen")
    return None


# --- 'Kravet är därmed uppfyllt.' 'Detta strider mot lagen.' ----------------------------------------------------------


def same_again(
    text: Text, requirements: Requirements, statement: Statement, claims: dict[int, list[tuple[str, Claim]]]
) -> list[tuple[str, Claim]]:
    """'Detsamma gäller kravet på rapportering': the demand shares the verdict of the sentence before."""
    match = cue("same_again").search(text.bare(statement))
    before = text.previous(statement)
    if match is None or before is None or statement.skip is not Skip.NO or not statement.auditor:
        return []
    signs = {claim.sign for _, claim in claims.get(before.index, []) if claim.tested and claim.rank == EXPLICIT}
    if len(signs) != 1:
        return []
    claim = _test(statement, signs.pop(), EXPLICIT, "kravet prövas uttryckligen")
    claim = replace(claim, spans=(*claim.spans, (before.start, before.end)))
    return [(requirement.key, claim) for requirement in demanded(match["what"], requirements)]


def refer_back(
    text: Text, requirements: Requirements, statement: Statement, claims: dict[int, list[tuple[str, Claim]]]
) -> list[tuple[str, Claim]]:
    """A test that names no requirement, tied to the one that the sentence, the one before or the heading is about."""
    if statement.skip is not Skip.NO or not statement.auditor or statement.attributed:
        return []
    bare = text.bare(statement)
    match = cue("refers_back").search(bare)
    if match is None or shows("modal", match.group()):
        return []
    sign = _breach_sign(bare[match.start() :])
    noun = match["noun"] or ""
    steps = ("heading", "here", "before") if noun.startswith(("kontroll", "gransk", "revisions", "mål")) else ("here", "before", "heading")
    for step in steps:
        keys = _focus(text, requirements, statement, claims, step, match)
        if len(keys) == 1:
            spans = [(statement.start, statement.end)]
            before = text.previous(statement)
            if step == "before" and before is not None:
                spans.append((before.start, before.end))
            claim = replace(_test(statement, sign, EXPLICIT, "kravet prövas uttryckligen"), spans=tuple(spans))
            return [(keys[0], claim)]
        if keys:
            return []
    return []


def _breach_sign(words: str) -> Sign:
    if re.search(r"\b(?:strider|bryter|i strid|avsteg|oförenlig)", words) and not shows("negation", words):
        return Sign.NO
    return scale(re.split(r",\s+(?:men|vilket)\b", words)[0])


def _focus(
    text: Text,
    requirements: Requirements,
    statement: Statement,
    claims: dict[int, list[tuple[str, Claim]]],
    step: str,
    match: re.Match[str],
) -> list[str]:
    """The keys of the requirements that a step back leads to."""
    if step == "heading":
        heading = statement.heading
        return [requirement.key for requirement in requirements if names_in(heading, requirement)]
    if step == "here":
        return _about(text, requirements, statement, claims, match.start())
    before = text.previous(statement)
    return [] if before is None else _about(text, requirements, before, claims, len(before.plain))


def _about(
    text: Text, requirements: Requirements, statement: Statement, claims: dict[int, list[tuple[str, Claim]]], end: int
) -> list[str]:
    """The keys of the requirements that the sentence is about, up to `end`."""
    claimed = {key for key, claim in claims.get(statement.index, []) if claim.strength >= FAIR}
    things = {requirement.key for requirement in text.topics(tuple(requirements), statement, end=end)}
    done = {requirement.key for requirement in requirements if requirement.kind != "thing" and requirement.key in claimed}
    if things & claimed:
        things &= claimed
    if not done and not things:
        things = {r.key for r in requirements if r.kind == "thing" and any(m.start < end for m in text.mentions(r, statement))}
    # 'Lägesbilden har inte uppdaterats' is about the updating, not about the lägesbild.
    return sorted(done or things)


def names_in(heading: str, requirement: Requirement) -> bool:
    """Whether a heading names the requirement."""
    if requirement.kind == "thing" and find(requirement.terms, heading, unlike=requirement.unlike):
        return True
    return bool(find(requirement.demand, heading))
