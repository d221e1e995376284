"""Whether a sentence says that something is done, or is not: 'Planen följs upp varje år'."""

from __future__ import annotations

import re

from granskning_ai.model import SELF_REPORTS, Requirement
from granskning_ai.requirements.claims import FAINT, FAIR, LIGHT, STRONG, Claim, Reading, Sign, observed
from granskning_ai.requirements.clauses import Marked, is_governed, mark
from granskning_ai.requirements.cues import THING, shows
from granskning_ai.requirements.statements import Statement
from granskning_ai.requirements.text import Text
from granskning_ai.requirements.wildcards import Mention, find

_NOUN = re.compile(r"(?:[nr]ing\w*|rapport|rapporter|information)$")
_RECEIVER = re.compile(r"^(?:till|för|i|hos) |\b(?:får|fått|fick|informeras)$")
_ELIDED = re.compile(rf"(?:har|är|hade|den|de|dessa|men|dock|som|vilken|vilket|vilka|utan|{THING})\b|{THING}")
_ABOUT = re.compile(r"\s+(?:\w+ ){0,2}?(?:om|kring|rörande)\s+(?P<what>[^,;]{3,80})")
_GENERAL = ("arbetet", "detta", "läget", "insats*", "åtgärd*", "plan*", "utvecklingen")


def activity_claims(text: Text, requirement: Requirement, statement: Statement) -> list[Claim]:
    """What the sentence says of an activity: each of its verbs or nouns that is done to a thing that is named."""
    bare = text.bare(statement)
    actions = find(requirement.actions, bare)
    things = text.spoken_of(requirement, statement) if actions else ()
    found: list[Claim] = []
    for action in actions:
        doing = mark(bare, action.start, action.end)
        done_to = any(_is_done_to(bare, doing, action, thing) for thing in things)
        if not done_to or _is_about_something_else(bare, action, text.subject):
            continue
        reading = _read(doing, action, requirement, statement)
        if reading is not None:
            found.append(observed(statement, reading))
    return found


def _read(doing: Marked, action: Mention, requirement: Requirement, statement: Statement) -> Reading | None:
    clause = doing.clause.replace(THING, action.text)
    noun = _NOUN.search(action.text) is not None
    if shows("earlier", clause) or shows("unreal", doing.scope):
        return None
    if noun and re.search(r"\bsakna(?:s|r|des|de)\b", clause):
        return None if is_governed(doing.clause) else Reading(Sign.NO, STRONG, "sägs saknas")
    negated = shows("negation", clause)
    if shows("modal", doing.scope) or _is_infinitive(action.text):
        return _read_intention(doing, clause, requirement, statement, negated=negated)
    if negated:
        denied = not noun or shows("doing", clause) or shows("none_such", doing.clause)
        return Reading(Sign.NO, STRONG, "sägs inte göras") if denied else None
    if noun and not shows("doing", clause):
        return Reading(Sign.YES, FAINT, "nämns som något som görs")
    # 'En uppdaterad lägesbild' tells less than 'lägesbilden uppdateras'.
    return Reading(Sign.YES, FAIR if action.text.endswith("ad") else STRONG, "sägs göras")


def _read_intention(
    doing: Marked, clause: str, requirement: Requirement, statement: Statement, *, negated: bool
) -> Reading | None:
    """What is meant to be done counts only as the municipality's own undertaking, or as somebody's standing task."""
    impossible = negated and re.search(r"\b(?:kunnat|har inte)\b", clause)
    if impossible or shows("nothing_to", doing.clause.split(THING)[0]):
        return Reading(Sign.NO, FAIR, "sägs inte göras")
    if negated:
        return None
    if statement.doc_type in SELF_REPORTS and requirement.recurring and shows("frequency", statement.plain):
        return Reading(Sign.YES, FAIR, "utlovas återkommande")
    return Reading(Sign.YES, LIGHT, "är någons uppgift") if shows("standing_task", doing.before) else None


def _is_infinitive(action: str) -> bool:
    return action.split()[0].endswith("a")


def _is_done_to(bare: str, doing: Marked, action: Mention, thing: Mention) -> bool:
    """Whether the action is done to the thing: both in one clause, or the thing is what the clause before is about."""
    if thing.start < action.end and action.start < thing.end:
        return True
    named = mark(bare, thing.start, thing.end)
    governed = is_governed(named.clause)
    together = named.first <= doing.last and doing.first <= named.last
    if _RECEIVER.search(thing.text):
        return together
    if _NOUN.search(action.text):
        of_thing = rf"{re.escape(action.text)}(?: \w+){{0,3}} av(?: (?!i |på |från )\S+){{0,6}} {THING}"
        return together and re.search(of_thing, named.clause) is not None
    if together:
        return not governed
    return named.last == doing.first - 1 and not governed and _ELIDED.match(doing.clause) is not None


def _is_about_something_else(bare: str, action: Mention, subject: tuple[str, ...]) -> bool:
    """'Rapporten om intern kontroll till fullmäktige' is no report on the act's field."""
    about = _ABOUT.match(bare, action.end)
    return bool(about and subject and not find((*subject, *_GENERAL), about["what"]))
