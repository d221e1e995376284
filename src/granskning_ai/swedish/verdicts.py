"""The grammar of audit verdicts: from a sentence, an answer cell or a heading to a code, with the words that decided.

The verdict is the first predicate on the *main* level of the clause that the auditor's word introduces, with the
negations and degrees of that level. In 'Vi bedömer att nämnden delvis har säkerställt att barn inte far illa' that is
'delvis … säkerställt': the later 'inte' stands one level down and is not the auditor's. (Levels: verdict_words; one
clause: verdict_clauses; here: whose assessment it is, and answers in a word or two.)

Unknown wordings give no reading: a wrong verdict is worse than none. The words are data (data/verdicts.yml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from granskning_ai.model import Verdict
from granskning_ai.swedish.municipalities import find_code
from granskning_ai.swedish.verdict_clauses import Reading, clauses, degrees_of, graded, qualified, read_one, readings
from granskning_ai.swedish.verdict_words import (
    BAD,
    CERTAINTY,
    DEGREE,
    FULL,
    LIGHT,
    VERBAL,
    Mark,
    is_verbal,
    levels,
    lowered,
    marks_of,
    pattern,
    squeezed,
)

__all__ = [
    "Reading",
    "assessed_clause",
    "is_assessment",
    "read_answer",
    "read_assertion",
    "read_clause",
    "read_sentence",
]

LONGEST = 2000
"""Characters. A longer 'sentence' is a flattened table: its clauses cannot be told apart, so it is not read."""

MOST_TRIGGERS = 8
"""How many times a text may say 'vi bedömer' or 'bedöms' before the rest of them is left unread."""


def is_assessment(sentence: str) -> bool:
    """Whether the sentence introduces an assessment by the one who writes ('vi bedömer', 'vår bedömning är')."""
    return next(_triggers(squeezed(sentence)), None) is not None


def assessed_clause(sentence: str) -> str | None:
    """What the writer assesses, without 'vi bedömer att'; None where the sentence introduces no assessment.

    >>> assessed_clause("Vi bedömer att rutinerna följs.")
    'rutinerna följs.'
    """
    text = squeezed(sentence)
    trigger = next(_triggers(text), None)
    if trigger is None or trigger.kind == "unnamed":
        return None
    that = re.match(r"(?:\W*(?:är|\w+igt)\W*)?\W*att\s+", text[trigger.end :])
    return text[trigger.end + that.end() :] if that else None


def read_sentence(sentence: str) -> list[tuple[str, Reading]]:
    """Reads every verdict of an assessing sentence as (clause, reading) pairs.

    'Vi bedömer att A säkerställer B samt att C inte är tillräcklig' gives two; one that assesses nothing gives none.
    """
    text = squeezed(sentence)
    low = lowered(text)
    if not _is_readable(text) or pattern("spoken").search(low) or pattern("earlier").search(low):
        return []
    marks = marks_of(low)
    for trigger in islice(_triggers(text), MOST_TRIGGERS):
        found = _read_assessed(low, marks, trigger)
        if found:
            return [(text[start:end].strip(" ,;"), reading) for start, end, reading in found]
    return []


def read_clause(clause: str) -> Reading | None:
    """Reads the verdict of a text that is known to be an assessment ('Bedömning: …'), without any 'vi bedömer'.

    Where its clauses contradict each other ('A är ändamålsenlig men B är otillräcklig') the whole is `partly`.
    """
    text = lowered(squeezed(clause))
    if not _is_readable(text):
        return None
    marks = marks_of(text)
    found = readings(marks)
    if not found:
        return None
    first = found[0][1]
    turn = next((other for other in clauses(marks) if other.contrast and other.denies), None)
    opposite = any({first.verdict, reading.verdict} == {Verdict.YES, Verdict.NO} for _, reading in found)
    if opposite or (turn and first.verdict is Verdict.YES):
        return Reading(verdict=Verdict.PARTLY, words=text[:80], rule="delat omdöme")
    return first


def read_assertion(sentence: str, *, existence: bool = False) -> Reading | None:
    """Reads a sentence that is labelled as the answer but has none of the known predicates.

    'Elevhälsan arbetar förebyggande' answers the question whether it does. Only for sentences that repeat the question:
    the caller must have made sure of that. With `existence` the question is whether something exists, so that it does
    is the answer.
    """
    text = squeezed(sentence)
    known = read_clause(text)
    if known or not text or not _is_readable(text):
        return known
    marks = levels(marks_of(lowered(text)))
    end = next((index for index, mark in enumerate(marks) if mark.tag == "but"), len(marks))
    main = [mark for mark in marks[:end] if mark.depth == 0 and mark.tag != "noise"]
    if any(mark.tag in ("wish", "need", "can", "condition", "limited", *BAD) for mark in main):
        return None
    if not existence and any(mark.tag == "exist" for mark in main):
        return None
    degrees = degrees_of(main, len(main))
    if degrees is None or degrees.keys() & {"most", "some"}:
        return None
    if degrees.keys() - {"fully"}:
        return graded(degrees, None)
    plain = Reading(verdict=Verdict.YES, words=text[:60], rule="jakande svar på frågan")
    return qualified(plain, marks)


def read_answer(cell: str) -> Reading | None:
    """Reads a verdict that stands first in an answer: 'Ja', 'Delvis uppfyllt', 'Nej, dessa finns inte', '✔'.

    What follows must be set off from it ('Delvis. Planen …'); in 'Delvis på grund av vakanser …' no answer is given.
    """
    text = squeezed(cell)
    label = pattern("answer_label").match(lowered(text))
    text = text[label.end() :].strip() if label else text
    low = lowered(text)
    if not _is_readable(text) or pattern("counted").search(_first_segment(low)):
        return None
    colour = pattern("colour").match(low)
    reading = _read_colour(text, colour) if colour else _read_said(low) or _read_phrase(text)
    return replace(reading, words=cell.strip()[:60], rule="svarsord") if reading else None


def _is_readable(text: str) -> bool:
    return len(text) <= LONGEST and not text.endswith("?")


# --- Who assesses -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trigger:
    """The words by which the writer introduces an assessment."""

    kind: str
    text: str
    start: int
    end: int


def _triggers(text: str) -> Iterator[_Trigger]:
    """The words in `text` that introduce an assessment by the one who writes, the plainest kind first."""
    low = lowered(text)
    for kind in ("triggers", "named", "passive", "unnamed", "stating"):
        for match in islice(pattern(kind).finditer(low), MOST_TRIGGERS):
            if (kind == "named" and not _may_audit(text, match)) or (
                kind == "passive" and not _is_own_passive(low, match)
            ):
                continue
            yield _Trigger(kind=kind, text=match.group(), start=match.start(), end=match.end())


def _may_audit(text: str, match: re.Match[str]) -> bool:
    """Whether a name can be an auditor's: a known firm, or a proper name but no authority's or municipality's."""
    start, end = match.span("who") if match["who"] else match.span("owner")
    name = text[start:end]
    low = lowered(name)
    if pattern("auditors").fullmatch(low):
        return True
    if not name[0].isupper() or name.isupper() or pattern("others").fullmatch(low):
        return False
    return pattern("common_noun").fullmatch(low) is None and find_code(name) is None


def _is_own_passive(low: str, match: re.Match[str]) -> bool:
    """Whether 'bedöms' is the writer's: on the main level, and nobody else is said to assess or to tell."""
    frame, rest = low[: match.start()], low[match.end() : match.end() + 80].strip()
    if len(frame) > LONGEST or pattern("reported").search(frame) or pattern("done").match(rest):
        return False
    return levels(marks_of(low[: match.end()]))[-1].depth == 0


_Found = tuple[int, int, Reading]
"""A reading with the span of its clause in the squeezed sentence."""


def _read_assessed(low: str, marks: list[Mark], trigger: _Trigger) -> list[_Found]:
    """The verdicts of what `trigger` introduces: a clause after it, the clause it stands in, or the one before it."""
    frame, rest = low[: trigger.start].strip(" ,"), low[trigger.end :].strip(" .,:")
    before = [mark for mark in marks if mark.end <= trigger.start]
    after = [mark for mark in marks if mark.start >= trigger.end]
    if trigger.kind == "unnamed":
        # Who says so is not said: only where nobody else is named is it the one who writes.
        marks = marks if not pattern("reported").search(low) else []
        unsaid = [found for found in _spans(marks) if found[2].rule in _UNSAID]
        return unsaid or _undetermined(marks)
    if pattern("grounds").search(frame) or pattern("asking").match(rest) or frame.startswith(("om ", "när ")):
        return []
    if not rest:
        return _spans(_stated_first(before, trigger))
    inverted = bool(after) and after[0].tag in VERBAL
    inserted = trigger.text.startswith("enligt")
    if inserted and before and not inverted and after[0].text != "att":
        return _spans(before + after)
    clause = _introduced(after)
    if clause is None:
        clause = [mark for mark in marks if mark.start >= trigger.start] if trigger.kind == "passive" else after
        if not (inserted or inverted) and _asks(clause):
            return []
    stating = trigger.kind == "stating"
    found = _spans(_framed(before, frame) + clause, plainly=stating, scaled=not stating)
    if not found and after and after[-1].text in ("är", "vara", "varit"):
        return _spans(before)
    if clause is after and len(found) == 1:
        return [(0, len(low), found[0][2])]
    return found


_UNSAID = ("kan inte bedömas", "negativ bestyrkan", "nekad brist")
"""Rules of readings that are the writer's also where nobody is said to judge."""


def _undetermined(marks: Sequence[Mark]) -> list[_Found]:
    """That something cannot be judged, said in a later clause ('… och det är därför inte möjligt att bedöma om …')."""
    for mark in levels(marks):
        if mark.tag == "undetermined":
            reading = read_one([replace(mark, depth=0)])
            return [(0, mark.end, reading)] if reading else []
    return []


def _spans(marks: Sequence[Mark], *, plainly: bool = False, scaled: bool = False) -> list[_Found]:
    found = readings(marks, plainly=plainly, scaled=scaled)
    return [(clause.marks[0].start, clause.marks[-1].end + 1, reading) for clause, reading in found]


def _framed(before: list[Mark], frame: str) -> list[Mark]:
    """What stands before the trigger and yet belongs to the verdict.

    'I allt väsentligt bedömer vi', 'Undantaget skolan bedömer vi', 'bedrivs inte på ett sätt som vi bedömer'.
    """
    if frame.endswith(" som"):
        return [mark for mark in levels(before) if mark.tag == "neg" and mark.depth == 0]
    if any(mark.tag in VERBAL for mark in before):
        return []
    whole = all(mark.tag in LIGHT for mark in before)
    return [mark for mark in before if mark.tag == "except" or (mark.tag in DEGREE and (whole or mark is before[-1]))]


def _stated_first(before: list[Mark], trigger: _Trigger) -> list[Mark]:
    """What is judged where the trigger comes last: 'X räcker inte, bedömer vi', 'Att X räcker är vår bedömning'."""
    if trigger.text.endswith(("bedömning", "slutsats", "uppfattning")) and not trigger.text.startswith("enligt"):
        if not before or before[-1].text != "är":
            return []
        before = before[:-1]
    return before[1:] if before and before[0].text == "att" else before


def _introduced(after: Sequence[Mark]) -> list[Mark] | None:
    """The clause after the 'att' that the trigger introduces it with; negations and degrees before that 'att' stay.

    'Vår bedömning är, mot bakgrund av att …, att nämnden': an 'att' after a preposition is not the one. None where
    there is no such 'att' ('Vi bedömer uppföljningen som otillräcklig').
    """
    kept: list[Mark] = []
    blocked = False
    for index, mark in enumerate(after):
        if mark.text == "att":
            previous = after[index - 1] if index else None
            set_off = previous is not None and previous.tag == "stop"
            governed = previous is not None and pattern("preposition").fullmatch(previous.text) is not None
            if set_off or not (blocked or governed):
                return [*kept, *after[index + 1 :]]
            blocked = True
        elif mark.tag in VERBAL | FULL | {"need", "opener"} and mark.text != "är":
            blocked = True
        elif mark.tag in DEGREE and not blocked:
            kept.append(mark)
    return None


def _asks(clause: Sequence[Mark]) -> bool:
    """Whether a question is asked instead of an answer given: 'bedömer varje år om verksamheten sköts …'."""
    for mark in clause:
        if mark.text == "som" or mark.tag in FULL | {"stop"}:
            return False
        if pattern("asking").match(mark.text + " "):
            return True
    return False


# --- Answers ----------------------------------------------------------------------------------------------------------


def _first_segment(text: str) -> str:
    """The text up to the first full stop, semicolon or colon: what comes after is the motivation."""
    end = re.search(r"[.;:!?](?=\s|$)", text)
    return text[: end.start()] if end else text


def _read_colour(text: str, match: re.Match[str]) -> Reading | None:
    """'Grön', '🔴', '✔ Uppfyllt'. A colour word must stand alone (not 'Grön omsorg') and agree with other words."""
    rest = text[match.end() :].strip()
    if match.group()[0].isalpha() and rest and not re.match(r"[.,;:!(–—-]", rest):
        return None
    reading = Reading(verdict=Verdict(str(match.lastgroup)), words=match.group(), rule="svarsord")
    worded = read_answer(rest.lstrip(".,;:!–—- ")) if rest else None
    return reading if worded is None or worded.verdict is reading.verdict else None


def _read_said(low: str) -> Reading | None:
    """'Ja', 'Ja, i allt väsentligt', 'Nej, dock …'; what follows in the same sentence can temper it."""
    match = pattern("said").match(low)
    if match is None or low[match.end() : match.end() + 1] in ("-", "/"):
        return None
    rest = levels(marks_of(_first_segment(low)[match.end() :]))
    tags = [mark.tag for mark in rest if mark.tag not in ("stop", "noise", "limited")][:2]
    reading = Reading(verdict=Verdict(str(match.lastgroup)), words=match.group(), rule="svarsord")
    if tags[:1] == ["partly"] or tags == ["neg", "fully"]:
        return replace(reading, verdict=Verdict.PARTLY)
    if reading.verdict is Verdict.NO:
        return reading
    if tags[:1] == ["largely"]:
        return replace(reading, verdict=Verdict.LARGELY)
    turn = next((index for index, mark in enumerate(rest) if mark.tag == "but"), len(rest))
    contrary = any(other.verdict in (Verdict.NO, Verdict.PARTLY) for _, other in readings(rest[turn + 1 :]))
    return replace(reading, verdict=Verdict.PARTLY) if contrary else qualified(reading, rest)


def _read_phrase(text: str) -> Reading | None:
    """'Delvis', 'Inte helt uppfyllt', 'Otillräcklig – …', 'I allt väsentligt har nämnden …', 'Kan inte bedömas'."""
    marks = levels(marks_of(_first_segment(lowered(text))))
    whole = read_clause(text)
    if whole and whole.verdict is Verdict.UNDETERMINED:
        return whole
    length = next((index for index, mark in enumerate(marks) if not _may_answer(mark)), len(marks))
    run, rest = marks[:length], marks[length:]
    if length > 1 and run[0].tag in ("partly", "largely") and is_verbal(run[1]):
        return whole
    set_off = not rest or text[rest[0].start].isupper() or rest[0].tag in ("stop", "but", "except")
    set_off = set_off or rest[0].text in ("eftersom", "då")
    if not any(mark.tag in FULL for mark in run):
        degrees = degrees_of(run, length) or {}
        says = degrees.keys() & {"partly", "largely"} or {"neg", "fully"} <= degrees.keys()
        return graded(degrees, None) if set_off and says else None
    if not set_off and any(map(is_verbal, rest)):
        return None
    reading = read_one([replace(mark, depth=0) for mark in run])
    return qualified(reading, rest) if reading and reading.verdict is Verdict.YES else reading


def _may_answer(mark: Mark) -> bool:
    """Whether a word can belong to an answer in words ('Inte helt uppfyllt'), not yet to its motivation."""
    tags = DEGREE | (CERTAINTY - {"assurance"}) | {"strong", "negative", "defect", "noise", "limited", "and"}
    return mark.tag in tags or mark.text in ("är", "vara", "har", "uppfyller", "uppfylls", "kraven", "kravet")
