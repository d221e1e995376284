"""What a sentence claims about a requirement: that the thing exists or is lacking, is done or not, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from granskning_ai.model import SELF_REPORTS, Requirement
from granskning_ai.requirements.clauses import Marked, is_definite, is_governed, mark, strip_asides
from granskning_ai.requirements.cues import THING, cue, shows
from granskning_ai.requirements.statements import Skip, Statement
from granskning_ai.requirements.wildcards import Mention, find

STRONG, FAIR, LIGHT, FAINT = 4, 3, 2, 1
"""How surely an observation is read: stated outright, shown by what the thing does, in the making, only presupposed."""


class Sign(StrEnum):
    """What is claimed."""

    YES = "yes"
    LARGELY = "largely"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one statement says of a requirement. `spans` are the sentences or cells that show it, the telling one first.

    `tested` is set where an auditor holds it against the law; `rank` orders tested claims, `rule` says in Swedish why.
    """

    sign: Sign
    strength: int
    statement: Statement
    rule: str
    tested: bool = False
    rank: int = 0
    spans: tuple[tuple[int, int], ...] = ()
    named: int = 1
    deficient: bool = False
    lesser: bool = False


@dataclass(slots=True)
class Text:
    """The statements of a document, and what has been found out about them so far."""

    statements: tuple[Statement, ...]
    _mentions: dict[tuple[str, int], tuple[Mention, ...]] = field(default_factory=dict)

    def bare(self, statement: Statement) -> str:
        """The sentence without its adverbials."""
        return strip_asides(statement.plain)

    def mentions(self, requirement: Requirement, statement: Statement) -> tuple[Mention, ...]:
        """Where the sentence names the requirement's thing by one of its own names."""
        at = (requirement.key, statement.index)
        if at not in self._mentions:
            found = find(requirement.terms, self.bare(statement), unlike=requirement.unlike)
            self._mentions[at] = tuple(found)
        return self._mentions[at]

    def previous(self, statement: Statement) -> Statement | None:
        """The sentence before, in the same paragraph."""
        if statement.index == 0:
            return None
        before = self.statements[statement.index - 1]
        return before if before.block == statement.block else None

    def referred(self, requirement: Requirement, statement: Statement) -> tuple[Mention, ...]:
        """Where the sentence refers back to the thing: 'Rådet …', 'Den …', 'någon sådan'."""
        bare = self.bare(statement)
        found: list[Mention] = []
        if requirement.short and self._introduced(requirement, statement):
            found.extend(find(requirement.short, bare, unlike=requirement.unlike))
        before = self.previous(statement)
        if not found and before is not None:
            named = self.mentions(requirement, before)
            such = cue("such").search(bare)
            pronoun = cue("pronoun").search(bare)
            if such and named:
                found.append(Mention(such.start(), such.end(), such.group()))
            elif pronoun and named and ("båda" in pronoun.group() or self._is_topic(requirement, before)):
                found.append(Mention(pronoun.start(), pronoun.end(), pronoun.group()))
        return tuple(found)

    def _introduced(self, requirement: Requirement, statement: Statement) -> bool:
        """Whether the paragraph, the heading or the document itself has named the thing."""
        if statement.doc_type in requirement.shown_by:
            return True
        names = (*requirement.terms, *requirement.present)
        if any(find(names, heading, unlike=requirement.unlike) for heading in statement.headings[-1:]):
            return True
        index = statement.index - 1
        while index >= 0 and self.statements[index].block >= statement.block - 1:
            before = self.statements[index]
            if self.mentions(requirement, before) or find(requirement.present, self.bare(before)):
                return True
            index -= 1
        return False

    def _is_topic(self, requirement: Requirement, statement: Statement) -> bool:
        return any(not _is_governed(self.bare(statement), mention) for mention in self.mentions(requirement, statement))

    def topics(self, requirements: Sequence[Requirement], statement: Statement, *, end: int) -> list[Requirement]:
        """The requirements whose things the sentence is about, not merely named in it, up to `end`."""
        bare = self.bare(statement)
        return [
            requirement
            for requirement in requirements
            if requirement.kind == "thing"
            and any(
                mention.start < end and not _is_governed(bare, mention)
                for mention in (*self.mentions(requirement, statement), *self.referred(requirement, statement))
            )
        ]


def _is_governed(bare: str, mention: Mention) -> bool:
    return is_governed(mark(bare, mention.start, mention.end).clause)


def claims_of(text: Text, requirement: Requirement, statement: Statement) -> list[Claim]:
    """What the sentence claims about the requirement, not counting tests against the law."""
    if statement.skip is not Skip.NO:
        return []
    if requirement.kind == "quality":
        return []
    found = [*_phrase_claims(text, requirement, statement)]
    if requirement.kind == "thing":
        found += _thing_claims(text, requirement, statement)
    elif requirement.kind == "activity":
        found += _activity_claims(text, requirement, statement)
    return found


def _claim(statement: Statement, sign: Sign, strength: int, rule: str, *, lesser: bool = False, deficient: bool = False) -> Claim:
    if statement.attributed:
        strength -= 1
    return Claim(
        sign=sign,
        strength=strength,
        statement=statement,
        rule=rule,
        spans=((statement.start, statement.end),),
        lesser=lesser,
        deficient=deficient,
    )


# --- things -----------------------------------------------------------------------------------------------------------


def _thing_claims(text: Text, requirement: Requirement, statement: Statement) -> list[Claim]:
    bare = text.bare(statement)
    mentions = text.mentions(requirement, statement) or text.referred(requirement, statement)
    lesser = bool(requirement.lesser) and bool(find(requirement.lesser, statement.plain))
    found: list[Claim] = []
    for mention in mentions:
        read = _read_thing(bare, mention)
        if read is None and statement.before.endswith(":") and len(statement.before) < 200:
            lead = strip_asides(statement.before.rstrip(":"))
            shifted = len(lead) + 1
            read = _read_thing(f"{lead} {bare}", Mention(mention.start + shifted, mention.end + shifted, mention.text))
        if read is None:
            continue
        sign, strength, rule, deficient = read
        if statement.attributed and strength < STRONG and shows("opinion", statement.plain):
            continue
        found.append(_claim(statement, sign, strength, rule, lesser=lesser, deficient=deficient))
    return found


_Reading = tuple[Sign, int, str, bool]


def _read_thing(bare: str, mention: Mention) -> _Reading | None:
    marked = mark(bare, mention.start, mention.end)
    clause = marked.clause
    read = _read_clause(clause, whole=bare)
    if (read is None or read[1] <= FAINT) and clause.endswith(THING):
        relative = re.match(r"(?:som|vilken|vilket|vilka)\b(.*)", marked.following)
        if relative:
            read = _read_clause(f"{THING}{relative.group(1)}", whole=bare) or read
    if read is None and is_definite(mention.text) and not _says_nothing(clause) and not shows("negation", clause):
        read = (Sign.YES, FAINT, "nämns som något som finns", False)
    return read


def _says_nothing(clause: str) -> bool:
    return shows("modal", clause) or shows("earlier", clause) or not shows("verb", clause)


def _read_clause(clause: str, *, whole: str) -> _Reading | None:
    governed = is_governed(clause)
    if shows("deficient", clause) and not (governed and THING not in clause[:40]):
        return (Sign.YES, FAINT, "finns men har brister", True)
    if shows("lack", clause) and not governed and not re.search(r"\binte sakna", clause):
        gone = (shows("earlier", clause) and "saknas" in clause) or shows("replaced", whole)
        return None if gone else (Sign.NO, STRONG, "sägs saknas", False)
    if shows("earlier", clause):
        return None
    if shows("in_progress", whole) and shows("in_progress", f"{clause} {whole}"):
        renewed = shows("renewed", clause)
        return None if renewed else (Sign.NO, LIGHT, "är under arbete", False)
    if shows("modal", clause):
        return None
    return _read_statement(clause, governed, whole)


def _read_statement(clause: str, governed: bool, whole: str) -> _Reading | None:
    negated = shows("negation", clause)
    if negated and shows("not_denied", whole):
        return None
    # 'beslutat om en ‹T›': the preposition belongs to the verb.
    reached = not governed or re.search(r"\bom(?:\s+\w+){0,5}\s+‹T›", clause) is not None
    if reached and any(shows(name, clause) for name in ("exist", "have", "create")):
        return (Sign.NO, STRONG, "sägs inte finnas", False) if negated else (Sign.YES, STRONG, "sägs finnas", False)
    if negated:
        return (Sign.NO, STRONG, "sägs inte finnas", False) if not governed and _no_such(clause) else None
    if shows("kept_up", clause) and not governed:
        return (Sign.YES, STRONG, "sägs vara uppdaterad eller förnyad", False)
    if shows("attributive", clause):
        return (Sign.YES, LIGHT if governed else FAIR, "nämns som beslutad eller framtagen", False)
    if shows("operate", clause) and not governed:
        return (Sign.YES, FAIR, "beskrivs i arbete", False)
    if shows("relies", clause):
        return (Sign.YES, LIGHT, "åberopas som grund", False)
    return None


def _no_such(clause: str) -> bool:
    """'Ingen ‹T› …', with something else than a verb of existence: only where nothing else can be denied."""
    return shows("no_such", clause) and re.search(r"\b(?:ingen|inget|inga|varken)\b", clause) is not None and shows("attributive", clause)


_ELIDED = re.compile(rf"(?:har|är|hade|den|de|dessa|men|dock|som|vilken|vilket|vilka|utan|{THING})\b|{THING}")


# --- activities -------------------------------------------------------------------------------------------------------


def _activity_claims(text: Text, requirement: Requirement, statement: Statement) -> list[Claim]:
    bare = text.bare(statement)
    actions = find(requirement.actions, bare)
    if not actions:
        return []
    objects = text.mentions(requirement, statement)
    referred = () if objects else text.referred(requirement, statement)
    found: list[Claim] = []
    for action in actions:
        read = _read_activity(bare, action, [*objects, *referred], requirement, statement)
        if read is not None:
            sign, strength, rule = read
            found.append(_claim(statement, sign, strength, rule))
    return found


def _read_activity(
    bare: str, action: Mention, objects: list[Mention], requirement: Requirement, statement: Statement
) -> tuple[Sign, int, str] | None:
    marked = mark(bare, action.start, action.end)
    clause = marked.clause.replace(THING, action.text)
    noun = re.search(r"(?:ning\w*|rapport|rapporter|information)$", action.text) is not None
    if not any(_belongs(bare, marked, action, thing, noun=noun) for thing in objects):
        return None
    if shows("earlier", clause):
        return None
    negated = shows("negation", clause)
    if noun and re.search(r"\bsakna(?:s|r|des|de)\b", clause):
        return None if is_governed(marked.clause) else (Sign.NO, STRONG, "sägs saknas")
    promised = shows("modal", clause) or _is_infinitive(action.text)
    if promised:
        own = statement.doc_type in SELF_REPORTS
        before = marked.clause.split(THING)[0]
        if shows("nothing_to", before) or (negated and re.search(r"\b(?:kunnat|har inte)\b", clause)):
            return (Sign.NO, FAIR, "sägs inte göras")
        if own and requirement.recurring and shows("frequency", f"{clause} {statement.plain}") and not negated:
            return (Sign.YES, FAIR, "kommunen åtar sig att göra det återkommande")
        if re.search(r"\bansvarar (?:\w+ )?för att\b|\bhar till uppgift att\b", bare) and not negated:
            return (Sign.YES, LIGHT, "någon ansvarar för det")
        return None
    if negated:
        return (Sign.NO, STRONG, "sägs inte göras")
    if noun and not shows("doing", clause):
        return (Sign.YES, FAINT, "nämns som något som görs")
    return (Sign.YES, STRONG, "sägs göras")


def _is_infinitive(action: str) -> bool:
    return action.split()[0].endswith("a") and not action.endswith("da")


def _belongs(bare: str, doing: Marked, action: Mention, thing: Mention, *, noun: bool) -> bool:
    """Whether the action is done to the thing: both in one clause, or the thing is what the clause before is about."""
    if thing.start < action.end and action.start < thing.end:
        return True
    named = mark(bare, thing.start, thing.end)
    governed = is_governed(named.clause)
    receiver = "fullmäktige" in thing.text
    if named.first <= doing.last and doing.first <= named.last:
        if receiver:
            return True
        if noun:
            done_to = rf"{re.escape(action.text)}(?: \w+){{0,3}} av(?: (?!i |på |från )\S+){{0,6}} {THING}"
            return re.search(done_to, named.clause) is not None or not governed
        return not governed
    if noun or receiver or named.last != doing.first - 1 or governed:
        return False
    return _ELIDED.match(doing.clause) is not None


# --- phrases ----------------------------------------------------------------------------------------------------------


def _phrase_claims(text: Text, requirement: Requirement, statement: Statement) -> list[Claim]:
    bare = text.bare(statement)
    found = [_claim(statement, Sign.NO, STRONG, "sägs saknas") for _ in find(requirement.absent, bare)[:1]]
    for phrase in find(requirement.present, bare, unlike=requirement.unlike):
        clause = mark(bare, phrase.start, phrase.end).clause.replace(THING, phrase.text)
        assigned = shows("assigned", bare)
        if shows("negation", clause) or shows("earlier", clause) or (shows("modal", clause) and not assigned):
            continue
        found.append(_claim(statement, Sign.YES, STRONG, "sägs vara ordnat"))
    return found


def scale(clause: str) -> Sign:
    """How far a demand is met, by the words of degree and negation in the clause."""
    if shows("partly", clause):
        return Sign.PARTLY
    if shows("negation", clause):
        return Sign.NO
    return Sign.LARGELY if shows("largely", clause) else Sign.YES

