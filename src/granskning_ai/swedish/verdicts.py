"""The grammar of audit verdicts: from a sentence, an answer cell or a heading to a code, with the words that decided.

A verdict is read in the clause that the assessment introduces. In 'Vi bedömer att nämnden delvis har säkerställt att barn
inte far illa' the verdict stands between the first and the second 'att': the later 'inte' is not the auditor's. Unknown
wordings give no reading; they are never guessed. The words are data (data/verdicts.yml).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from granskning_ai.model import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A verdict that was read. `words` are the deciding words, `rule` names the step of the grammar, both for the note."""

    verdict: Verdict
    words: str
    rule: str

    @property
    def note(self) -> str:
        """Why the verdict is what it is, in Swedish."""
        return f"Läst ur orden ”{self.words}” ({self.rule})."


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    groups: dict[str, re.Pattern[str]]
    answers: tuple[tuple[Verdict, re.Pattern[str]], ...]


@cache
def _vocabulary() -> _Vocabulary:
    raw = yaml.safe_load(files("granskning_ai.swedish").joinpath("data/verdicts.yml").read_text(encoding="utf-8"))
    answers = raw.pop("answers")
    return _Vocabulary(
        groups={name: re.compile("|".join(f"(?:{p})" for p in patterns)) for name, patterns in raw.items()},
        answers=tuple(
            (Verdict(code), re.compile(rf"(?:{'|'.join(patterns)})(?=$|[\s.,;:!–—-])"))
            for code, patterns in answers.items()
        ),
    )


_SUBORDINATE = re.compile(
    r"[,;]?\s+(?:att|som|vilken|vilket|vilka|eftersom|därför|då|när|varför|trots|medan|men|dock|däremot|emellertid)\b"
)
_AND_THAT = re.compile(r",?\s+(?:samt|och|dels)\s+att\s+")
_PREDICATE_COMPLEMENT = re.compile(
    r"\s+som\s+(?:[\wåäö]+\s+){0,4}?\w*(?:lig|lig[at]|ande|god|gott|bra|tydlig\w*|effektiv\w*)\b"
)
_CONCESSION = re.compile(r",\s+(?:trots|oaktat|med\s+undantag\s+för|undantaget)\s+[^,]*,")
_COMPLEMENTIZER = re.compile(
    r"(?:[\s,]+(?:är|blir|vi|revisionen|revisorerna|även|vidare|också|därför|därmed|således|dock|sammantaget|sammanfattningsvis|"
    r"emellertid|överlag|bedömer|bedömningen|bedömning)\b"
    r"|[\s,]+(?:utifrån|mot\s+bakgrund\s+av|baserat\s+på|med\s+utgångspunkt\s+i|med\s+hänsyn\s+till|efter|sett\s+till|"
    r"av|för|i|från|per)\b[^.;:]{0,120}?)*?[\s,]+att\s"
)


def is_assessment(sentence: str) -> bool:
    """Whether the sentence introduces an assessment by the one who writes ('vi bedömer', 'vår bedömning är')."""
    return _vocabulary().groups["triggers"].search(sentence.lower()) is not None


def read_answer(cell: str) -> Reading | None:
    """Reads a verdict that stands first in an answer: 'Ja', 'Delvis uppfyllt', 'Nej, dessa finns inte', 'I huvudsak.'."""
    text = re.sub(r"^(?:(?:samlad\s+)?bedömning|svar|uppfyllelse|slutsats)\s*:\s*", "", cell.strip().lower())
    text = re.sub(r"^[●○◐✔✘✓×\s]+", "", text)
    for verdict, pattern in _vocabulary().answers:
        match = pattern.match(text)
        if match:
            return Reading(verdict=verdict, words=cell.strip()[:60], rule="svarsord")
    return None


def read_sentence(sentence: str) -> list[tuple[str, Reading]]:
    """Reads every verdict of an assessing sentence as (clause, reading) pairs.

    'Vi bedömer att A säkerställer B samt att C inte är tillräcklig' gives two. A sentence that assesses nothing gives none.
    """
    lowered = sentence.lower()
    groups = _vocabulary().groups
    whole = _read_certainty(lowered, groups)
    if whole:
        return [(sentence, whole)]
    trigger = groups["triggers"].search(lowered)
    if trigger is None:
        return []
    start = trigger.end()
    opening = _COMPLEMENTIZER.match(lowered, start)
    start = opening.end() if opening else start
    readings: list[tuple[str, Reading]] = []
    for clause_start, clause in _clauses(lowered, start):
        reading = read_clause(clause)
        if reading:
            readings.append((sentence[clause_start : clause_start + len(clause)].strip(), reading))
    if not readings and start > len(lowered) * 0.4:
        # 'Uppföljningen, som sker två gånger om året, bedöms vara otillräcklig': the subject stands before the trigger.
        reading = read_clause(lowered[start:])
        if reading:
            readings.append((sentence.strip(), reading))
    return readings


def read_clause(clause: str) -> Reading | None:
    """Reads the verdict of one clause by the grammar; the clause is all that belongs to the assessed predicate."""
    groups = _vocabulary().groups
    lowered = _CONCESSION.sub("", clause.lower())
    whole = _read_certainty(lowered, groups)
    if whole:
        return whole
    found = _find_in_head(lowered, groups)
    predicate = found["negative"] or found["positive"]
    if predicate is None:
        return None
    if found["partly"]:
        return _reading(Verdict.PARTLY, found["partly"], "gradord")
    if found["negation"] and found["fully"]:
        return _reading(Verdict.PARTLY, found["negation"], "nekat heltord", found["fully"])
    if found["largely"] and not found["negation"]:
        return _reading(Verdict.LARGELY, found["largely"], "gradord")
    if found["negation"] and found["negative"]:
        return _reading(Verdict.YES, found["negation"], "nekad brist", found["negative"])
    if found["negation"]:
        return _reading(Verdict.NO, found["negation"], "nekat omdöme", found["positive"])
    if found["negative"]:
        return _reading(Verdict.NO, found["negative"], "negativt omdöme")
    return _reading(Verdict.YES, predicate, "positivt omdöme")


def read_assertion(sentence: str) -> Reading | None:
    """Reads a sentence that is labelled as the answer but has none of the known predicates.

    'Elevhälsan arbetar förebyggande' answers the question whether it does. Only for sentences that repeat the question:
    the caller must have made sure of that.
    """
    groups = _vocabulary().groups
    lowered = sentence.lower()
    found = {name: groups[name].search(lowered) for name in ("partly", "largely", "negation", "no_verdict")}
    if found["partly"]:
        return _reading(Verdict.PARTLY, found["partly"], "gradord")
    if found["largely"]:
        return _reading(Verdict.LARGELY, found["largely"], "gradord")
    if found["no_verdict"]:
        return None
    if found["negation"]:
        return _reading(Verdict.NO, found["negation"], "nekande svar på frågan")
    return Reading(verdict=Verdict.YES, words=sentence.strip()[:60], rule="jakande svar på frågan")


def _read_certainty(lowered: str, groups: dict[str, re.Pattern[str]]) -> Reading | None:
    for name, verdict, rule in (
        ("undetermined", Verdict.UNDETERMINED, "kan inte bedömas"),
        ("negative_assurance", Verdict.YES, "negativ bestyrkan"),
    ):
        match = groups[name].search(lowered)
        if match:
            return Reading(verdict=verdict, words=match.group()[:60], rule=rule)
    return None


def _clauses(lowered: str, start: int) -> list[tuple[int, str]]:
    """Splits what follows the trigger at 'samt att' and 'och att': each part is a verdict of its own."""
    cuts = [start, *(match.end() + start for match in _AND_THAT.finditer(lowered[start:]))]
    ends = [match.start() + start for match in _AND_THAT.finditer(lowered[start:])]
    return [(a, lowered[a:b]) for a, b in zip(cuts, [*ends, len(lowered)], strict=True)]


def _find_in_head(clause: str, groups: dict[str, re.Pattern[str]]) -> dict[str, re.Match[str] | None]:
    """Looks for the grammar's words in the clause up to its first subordinate clause.

    The head grows by one subordinate clause at a time until it holds a predicate: 'de insatser som görs är inte
    tillräckliga' has its predicate after the relative clause, and its negation there too.
    """
    ends = [
        match.start()
        for match in _SUBORDINATE.finditer(clause)
        if not _PREDICATE_COMPLEMENT.match(clause, match.start())
    ]
    found: dict[str, re.Match[str] | None] = {}
    for end in [*ends, len(clause)]:
        head = clause[:end]
        found = {name: groups[name].search(head) for name in _GRAMMAR}
        if found["negative"] or found["positive"]:
            break
    if found["no_verdict"] and not (found["partly"] or found["largely"]):
        return dict.fromkeys(_GRAMMAR)
    return found


_GRAMMAR = ("partly", "largely", "fully", "negation", "negative", "positive", "no_verdict")


def _reading(verdict: Verdict, first: re.Match[str] | None, rule: str, second: re.Match[str] | None = None) -> Reading:
    words = " … ".join(match.group().strip() for match in (first, second) if match)
    return Reading(verdict=verdict, words=words, rule=rule)
