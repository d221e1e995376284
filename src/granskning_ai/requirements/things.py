"""Whether a sentence says that a thing exists or is lacking."""

from __future__ import annotations

import re

from granskning_ai.model import Requirement
from granskning_ai.requirements.claims import FAINT, FAIR, LIGHT, STRONG, Claim, Reading, Sign, observed
from granskning_ai.requirements.clauses import is_definite, is_governed, mark, strip_asides
from granskning_ai.requirements.cues import THING, cue, shows
from granskning_ai.requirements.statements import Statement
from granskning_ai.requirements.text import Text
from granskning_ai.requirements.wildcards import Mention, find

_LEADS = {Sign.NO: "det saknas", Sign.YES: "det finns"}
_RELATIVE = re.compile(r"(?:som|vilken|vilket|vilka)\b(?P<rest>[^,]*)")
_DECIDED_ON = re.compile(rf"\bom(?:\s+\w+){{0,5}}\s+{THING}")


def thing_claims(text: Text, requirement: Requirement, statement: Statement) -> list[Claim]:
    """What the sentence says of a requirement's thing."""
    bare = text.bare(statement)
    lesser = bool(find(requirement.lesser, statement.plain))
    found: list[Claim] = []
    for mention in text.spoken_of(requirement, statement):
        reading = _read(bare, mention) or _read_after_lead(bare, mention, statement)
        if reading is None or (reading.sign is Sign.NO and not requirement.decided and _is_undecided(bare, mention)):
            continue
        if statement.attributed and reading.strength < STRONG and shows("opinion", statement.plain):
            continue
        found.append(observed(statement, _weakened_by_past(reading, bare, mention, statement), lesser=lesser))
    return found


def _read_after_lead(bare: str, mention: Mention, statement: Statement) -> Reading | None:
    """'Följande saknas:' or 'Det finns följande styrdokument:' over a list says so of each of its items."""
    if "följande" not in statement.before:
        return None
    if re.search(r"\bsakna(?:s|r)\b", statement.before):
        lead = _LEADS[Sign.NO]
    elif re.search(r"\b(?:finns|har|upprättat|antagit|beslutat)\b", statement.before) and not shows(
        "negation", strip_asides(statement.before)
    ):
        lead = _LEADS[Sign.YES]
    else:
        return None
    shift = len(lead) + 1
    reading = _read(f"{lead} {bare}", Mention(mention.start + shift, mention.end + shift, mention.text))
    return reading and reading._replace(strength=min(reading.strength, FAIR))


def _is_undecided(bare: str, mention: Mention) -> bool:
    """'Lägesbilden har inte beslutats av nämnden': there is one, though nobody has decided on it."""
    lacking = re.search(r"\bsakna|\bfinns (?:inte|ej)", bare)
    return is_definite(mention.text) and shows("decision", bare) and lacking is None


def _weakened_by_past(reading: Reading, bare: str, mention: Mention, statement: Statement) -> Reading:
    """'2019 hade kommunen ett råd' does not say that there still is one."""
    past = shows("past", mark(bare, mention.start, mention.end).clause) and "vid gransk" not in statement.plain
    return reading._replace(strength=FAINT) if past and reading.sign is Sign.YES else reading


def _read(bare: str, mention: Mention) -> Reading | None:
    marked = mark(bare, mention.start, mention.end)
    clause = marked.clause
    reading = _read_clause(clause, scope=marked.scope, whole=bare)
    if shows("modal", marked.scope) or shows("unreal", marked.scope):
        return reading
    relative = _RELATIVE.match(marked.following) if clause.endswith(THING) else None
    if relative and (reading is None or reading.strength <= FAINT):
        own = f"{THING}{relative['rest']}"
        reading = _read_clause(own, scope=own, whole=bare) or reading
    if reading is None and is_definite(mention.text) and shows("verb", clause):
        denied = shows("negation", clause) or shows("earlier", clause)
        return None if denied else Reading(Sign.YES, FAINT, "nämns som något som finns")
    return reading


def _read_clause(clause: str, *, scope: str, whole: str) -> Reading | None:
    """Reads a clause: what is lacking, then what is past, in the making, only meant, and last what is said outright."""
    governed = is_governed(clause)
    if shows("unreal", scope):
        return None
    if (shows("deficient", clause) and not governed) or shows("deficient_in", clause):
        return Reading(Sign.YES, FAINT, "finns men har brister", deficient=True)
    if shows("lack", clause) and not governed and not re.search(r"\binte sakna", clause):
        gone = (shows("earlier", clause) and shows("past", clause)) or shows("replaced", whole)
        return None if gone else Reading(Sign.NO, STRONG, "sägs saknas")
    if shows("earlier", clause):
        return None
    if shows("in_progress", whole):
        return None if shows("renewed", clause) else Reading(Sign.NO, LIGHT, "är under arbete")
    modal = cue("modal").search(scope)
    if modal:
        relied = cue("relies").search(scope)
        before = relied is not None and relied.start() < modal.start()
        return Reading(Sign.YES, LIGHT, "åberopas som grund") if before else None
    return _read_indicative(clause, governed, whole)


def _read_indicative(clause: str, governed: bool, whole: str) -> Reading | None:
    negated = shows("negation", clause)
    if negated and shows("not_denied", whole):
        return None
    # 'beslutat om en ‹T›': the preposition belongs to the verb.
    reached = not governed or _DECIDED_ON.search(clause) is not None
    if reached and any(shows(name, clause) for name in ("exist", "have", "create")):
        return Reading(Sign.NO, STRONG, "sägs inte finnas") if negated else Reading(Sign.YES, STRONG, "sägs finnas")
    if negated:
        none_such = shows("none_such", clause) and (shows("attributive", clause) or not shows("verb", clause))
        return Reading(Sign.NO, STRONG, "sägs inte finnas") if none_such and not governed else None
    if shows("kept_up", clause) and not governed:
        return Reading(Sign.YES, STRONG, "sägs vara uppdaterat eller förnyat")
    if shows("attributive", clause):
        return Reading(Sign.YES, LIGHT if governed else FAIR, "nämns som beslutat eller framtaget")
    if shows("operate", clause) and not governed:
        return Reading(Sign.YES, FAIR, "beskrivs i bruk")
    return Reading(Sign.YES, LIGHT, "åberopas som grund") if shows("relies", clause) else None


def phrase_claims(text: Text, requirement: Requirement, statement: Statement) -> list[Claim]:
    """What the catalogue's own phrases of presence and absence show."""
    bare = text.bare(statement)
    if find(requirement.absent, bare):
        return [observed(statement, Reading(Sign.NO, STRONG, "sägs saknas"))]
    found: list[Claim] = []
    for phrase in find(requirement.present, bare, unlike=requirement.unlike):
        marked = mark(bare, phrase.start, phrase.end)
        clause = marked.clause.replace(THING, phrase.text)
        meant = shows("modal", marked.scope.replace(THING, phrase.text)) and not shows("assigned", bare)
        if not meant and not shows("negation", clause) and not shows("earlier", clause):
            found.append(observed(statement, Reading(Sign.YES, STRONG, "sägs vara ordnat")))
    return found
