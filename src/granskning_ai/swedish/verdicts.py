"""The grammar of audit verdicts: from a sentence, an answer cell or a heading to a code, with the words that decided.

A sentence is read once, from left to right, into marks: words of degree, negations, predicates, words that open a
subordinate clause. The verdict is the first predicate on the *main* level of the clause that the auditor's word
introduces, with the negations and degrees of that level. In 'Vi bedömer att nämnden delvis har säkerställt att barn inte
far illa' that is 'delvis … säkerställt': the later 'inte' stands one level down and is not the auditor's.

Unknown wordings give no reading: a wrong verdict is worse than none. The words are data (data/verdicts.yml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from granskning_ai.model import Verdict
from granskning_ai.swedish.municipalities import find_code

LONGEST = 3000
"""Characters. A longer 'sentence' is a flattened table: its clauses cannot be told apart, so it is not read."""


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


# --- What others call --------------------------------------------------------------------------------------------------


def is_assessment(sentence: str) -> bool:
    """Whether the sentence introduces an assessment by the one who writes ('vi bedömer', 'vår bedömning är')."""
    return next(_triggers(_squeezed(sentence)), None) is not None


def read_sentence(sentence: str) -> list[tuple[str, Reading]]:
    """Reads every verdict of an assessing sentence as (clause, reading) pairs.

    'Vi bedömer att A säkerställer B samt att C inte är tillräcklig' gives two. A sentence that assesses nothing gives none.
    """
    text = _squeezed(sentence)
    lowered = _lowered(text)
    if len(text) > LONGEST or text.endswith("?") or _finds("spoken", lowered) or _finds("earlier", lowered):
        return []
    for trigger in _triggers(text):
        readings = _read_assessed(lowered, trigger)
        if readings:
            return [(text[start:end].strip(" ,;"), reading) for start, end, reading in readings]
    return []


def read_clause(clause: str) -> Reading | None:
    """Reads the verdict of a text that is known to be an assessment ('Bedömning: …'), without any 'vi bedömer'.

    Where its clauses contradict each other ('A är ändamålsenlig men B är otillräcklig') the whole is `partly`.
    """
    text = _lowered(_squeezed(clause))
    if len(text) > LONGEST or text.endswith("?"):
        return None
    readings = [reading for _, _, reading in _readings(_marks(text))]
    opposite = next((r for r in readings if {r.verdict, readings[0].verdict} == {Verdict.YES, Verdict.NO}), None)
    if opposite:
        return Reading(verdict=Verdict.PARTLY, words=f"{readings[0].words} … {opposite.words}", rule="delat omdöme")
    return readings[0] if readings else None


def read_assertion(sentence: str) -> Reading | None:
    """Reads a sentence that is labelled as the answer but has none of the known predicates.

    'Elevhälsan arbetar förebyggande' answers the question whether it does. Only for sentences that repeat the question:
    the caller must have made sure of that.
    """
    text = _squeezed(sentence)
    known = read_clause(text)
    if known or not text or len(text) > LONGEST or text.endswith("?"):
        return known
    marks = _levels(_marks(_lowered(text)))
    end = next((index for index, mark in enumerate(marks) if mark.tag == "but"), len(marks))
    main = [mark for mark in marks[:end] if mark.depth == 0]
    if any(mark.tag in ("wish", "need", "can", "condition", "exist", "limited") for mark in main):
        return None
    degrees = _degrees(main, len(main))
    if degrees is None or (degrees and set(degrees) <= {"fully", "most", "some"}):
        return None
    if degrees:
        return _graded(degrees, None)
    plain = Reading(verdict=Verdict.YES, words=text[:60], rule="jakande svar på frågan")
    return _qualified(plain, marks)


def read_answer(cell: str) -> Reading | None:
    """Reads a verdict that stands first in an answer: 'Ja', 'Delvis uppfyllt', 'Nej, dessa finns inte', '✔'.

    What follows must be set off from it ('Delvis. Planen …'); in 'Delvis på grund av vakanser …' no answer is given.
    """
    text = _squeezed(cell)
    label = _pattern("answer_label").match(_lowered(text))
    text = text[label.end() :].strip() if label else text
    lowered = _lowered(text)
    if len(text) > LONGEST or _finds("counted", lowered):
        return None
    colour = _pattern("colour").match(lowered)
    reading = _read_colour(text, colour) if colour else _read_said(lowered) or _read_phrase(text)
    return replace(reading, words=cell.strip()[:60], rule="svarsord") if reading else None


# --- Words ------------------------------------------------------------------------------------------------------------


@cache
def _data() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(
        files("granskning_ai.swedish").joinpath("data/verdicts.yml").read_text(encoding="utf-8")
    )
    return raw


def _alternatives(entry: str | list[str]) -> str:
    joined = entry if isinstance(entry, str) else "|".join(entry)
    for name, words in _data()["macros"].items():
        joined = joined.replace(f"{{{name}}}", words)
    return joined


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The compiled entry `name` ('colours.yes' for an entry in a group); it matches whole words only."""
    entry: Any = _data()
    for key in name.split("."):
        entry = entry[key]
    return re.compile(rf"(?<!\w)(?:{_alternatives(entry)})(?!\w)")


def _finds(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


def _squeezed(text: str) -> str:
    """The text with single blanks, so that patterns need no '\\s+' (two of those side by side are slow on blanks)."""
    return " ".join(text.split())


def _lowered(text: str) -> str:
    """The text in lower case and of the same length, which `str.lower` does not promise ('İ')."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A word or phrase with its part in the grammar; `depth` counts the subordinate clauses that it stands in."""

    tag: str
    text: str
    start: int
    end: int
    depth: int = 0


_VERBAL = frozenset({"verb", "can", "wish", "does", "did", "lacks", "act", "exist"})
_DEGREE = frozenset({"partly", "largely", "fully", "neg"})
_LIGHT = _DEGREE | {"noise", "limited"}
_BAD = frozenset({"negative", "lacks", "defect"})
_AGAINST = _BAD | {"neg", "but", "need", "wish", "limited"}
_FULL = frozenset({"undetermined", "assurance", "no_defect", "does", "lacks", "strong", "negative", "enough", "defect"})
_EMPTY = frozenset({"weak", "did", "act", "exist", "thing"})
"""Predicates that say little by themselves; one of `_FULL` in the same clause wins over them."""


@cache
def _scanner() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{tag}>{_alternatives(entry)})" for tag, entry in _data()["marks"].items())
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)|(?P<stop>[,;:()–—]|(?<= )-(?= ))|(?P<slash>/)|(?P<word>\w+)")


def _marks(lowered: str) -> list[_Mark]:
    return [
        _Mark(tag=match.lastgroup or "word", text=match.group(), start=match.start(), end=match.end())
        for match in _scanner().finditer(lowered)
    ]


# --- Who assesses ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trigger:
    """The words by which the writer introduces an assessment."""

    kind: str
    start: int
    end: int


def _triggers(text: str) -> Iterator[_Trigger]:
    """The words in `text` that introduce an assessment by the one who writes, the plainest kind first."""
    lowered = _lowered(text)
    for kind in ("triggers", "named", "passive", "unnamed", "stating"):
        for match in _pattern(kind).finditer(lowered):
            if kind == "named" and not _may_audit(text, match):
                continue
            if kind == "passive" and not _is_writers_passive(lowered, match):
                continue
            yield _Trigger(kind=kind, start=match.start(), end=match.end())


def _may_audit(text: str, match: re.Match[str]) -> bool:
    """Whether a name can be an auditor's: a known firm, or a proper name that is no authority, board or municipality."""
    start, end = match.span("who") if match["who"] else match.span("owner")
    name = text[start:end]
    lowered = _lowered(name)
    if _pattern("auditors").fullmatch(lowered):
        return True
    if not name[0].isupper() or name.isupper() or _pattern("others").fullmatch(lowered):
        return False
    owned = lowered.removesuffix("s") if match["owner"] else lowered
    return not _pattern("common_noun").fullmatch(lowered) and find_code(owned.capitalize()) is None


def _is_writers_passive(lowered: str, match: re.Match[str]) -> bool:
    """Whether 'bedöms' is the writer's own: on the main level, with nobody else named as the one who assesses."""
    frame, rest = lowered[: match.start()], lowered[match.end() : match.end() + 80].strip()
    if len(frame) > LONGEST or _finds("reported", frame) or _pattern("by_others").match(rest):
        return False
    return _levels(_marks(lowered[: match.end()]))[-1].depth == 0


_Found = tuple[int, int, Reading]
"""A reading with the span of its clause in the squeezed sentence."""


def _read_assessed(lowered: str, trigger: _Trigger) -> list[_Found]:
    """The verdicts of what `trigger` introduces: a clause after it, the clause it stands in, or the one before it."""
    frame, rest = lowered[: trigger.start].strip(" ,"), lowered[trigger.end :].strip(" .,:")
    marks = _marks(lowered)
    before = [mark for mark in marks if mark.end <= trigger.start]
    after = [mark for mark in marks if mark.start >= (trigger.start if trigger.kind == "passive" else trigger.end)]
    if _finds("grounds", frame) and _pattern("grounds").search(frame).end() == len(frame):  # type: ignore[union-attr]
        return []
    if trigger.kind == "unnamed":
        return [f for f in _readings(marks) if f[2].rule in ("kan inte bedömas", "negativ bestyrkan", "nekad brist")][:1]
    if _pattern("asking").match(rest) or frame.startswith("om "):
        return []
    if not rest:
        return _readings([mark for mark in before if mark.text not in ("att", "är") or mark is not before[0]])
    inverted = after[0].tag in _VERBAL
    if lowered[trigger.start : trigger.end].startswith("enligt") and before and not inverted and after[0].text != "att":
        return _readings(before + after)
    clause = _introduced(after)
    if not any(mark.tag in _VERBAL for mark in before):
        clause = [*(mark for mark in before if mark.tag in _DEGREE | {"except"}), *clause]
    elif frame.endswith(" som"):
        clause = [*(mark for mark in _levels(before) if mark.tag == "neg" and mark.depth == 0), *clause]
    found = _readings(clause, plainly=trigger.kind == "stating")
    if not found and after[-1].text in ("är", "vara", "varit"):
        found = _readings(before)
    return found


def _introduced(after: list[_Mark]) -> list[_Mark]:
    """What follows the trigger without the 'att' that introduces it; negations and degrees before that 'att' stay.

    'Vår bedömning är, mot bakgrund av att …, att nämnden': an 'att' after a preposition is not the one.
    """
    blocked = False
    for index, mark in enumerate(after):
        previous = after[index - 1] if index else None
        if mark.tag == "opener" and mark.text == "att":
            if previous is not None and previous.tag == "stop":
                blocked = False
            if not blocked and not (previous and _pattern("preposition").fullmatch(previous.text)):
                return [*(light for light in after[:index] if light.tag in _DEGREE), *after[index + 1 :]]
            blocked = True
        elif mark.tag in _VERBAL | _FULL | {"need", "opener"} and mark.text != "är":
            blocked = True
    return after


# --- Clauses ----------------------------------------------------------------------------------------------------------


def _levels(marks: Sequence[_Mark]) -> list[_Mark]:
    """The marks with their depth. A word like 'som' opens a level; the second finite verb after it closes the level.

    'de insatser som görs inte är tillräckliga': 'görs' is the verb of the relative clause, so 'inte är' is the main one's.
    """
    leveled = list(marks)
    verbs = [False]
    infinitive_at = -1
    for index, mark in enumerate(leveled):
        if mark.tag == "opener":
            if _is_complement(leveled, index):
                verbs = [True]
            else:
                if len(verbs) > 1 and verbs[-1] and index and leveled[index - 1].tag == "and":
                    verbs.pop()
                verbs.append(False)
                if mark.text in ("trots", "oaktat"):
                    verbs[-1] = True
                elif mark.text.endswith("att") and _starts_infinitive(leveled, index + 1):
                    verbs[-1], infinitive_at = True, index + 1
        elif index != infinitive_at and (mark.tag in _VERBAL | {"undetermined"} or _is_relative_verb(leveled, index)):
            if len(verbs) > 1 and verbs[-1] and _is_finite(leveled, index):
                while len(verbs) > 1 and verbs[-1]:
                    verbs.pop()
                _lift(leveled, index, len(verbs) - 1)
            verbs[-1] = True
        leveled[index] = replace(mark, depth=len(verbs) - 1)
    return leveled


def _lift(leveled: list[_Mark], index: int, depth: int) -> None:
    """Takes the adverbs that stand right before a main verb up to its level."""
    while index and (leveled[index - 1].tag in _LIGHT | {"stop", "manner", "enough"} or leveled[index - 1].text == "sätt"):
        index -= 1
        leveled[index] = replace(leveled[index], depth=min(depth, leveled[index].depth))


def _is_complement(marks: Sequence[_Mark], index: int) -> bool:
    """Whether 'som' introduces what something is judged as ('bedömer vi som i huvudsak tillräcklig')."""
    if marks[index].text != "som":
        return False
    following = next((mark for mark in marks[index + 1 : index + 6] if mark.tag not in _LIGHT), None)
    return following is not None and following.tag in ("strong", "negative", "weak", "need")


def _starts_infinitive(marks: Sequence[_Mark], index: int) -> bool:
    following = next((mark for mark in marks[index : index + 2] if mark.tag not in _LIGHT), None)
    return following is not None and _pattern("infinitive").fullmatch(following.text.split()[0]) is not None


def _is_relative_verb(marks: Sequence[_Mark], index: int) -> bool:
    """Whether an unknown word is the verb of its relative clause ('som arbetar', 'som inte omfattas')."""
    previous = next((mark for mark in reversed(marks[:index]) if mark.tag not in _LIGHT), None)
    return (
        marks[index].tag == "word"
        and previous is not None
        and previous.text in ("som", "vilken", "vilket", "vilka")
        and re.fullmatch(r"\w+(?:r|s|de|te|t)", marks[index].text) is not None
    )


def _is_finite(marks: Sequence[_Mark], index: int) -> bool:
    """Whether a verb begins a clause of its own: no infinitive, no participle, not joined to the verb before it."""
    previous = next((mark for mark in reversed(marks[:index]) if mark.tag not in _LIGHT), None)
    if previous is not None and previous.tag in ("and", "can", "wish"):
        return False
    return _pattern("finite").fullmatch(marks[index].text.split()[0]) is not None


def _readings(marks: list[_Mark], *, plainly: bool = False) -> list[_Found]:
    """The reading of each coordinated clause; with `plainly` only predicates that are verdicts beyond doubt."""
    found: list[_Found] = []
    certain = True
    while marks:
        leveled = _levels(marks)
        end, start, next_certain = next(
            (cut for index in range(len(leveled)) if (cut := _cut(leveled, index))), (len(leveled), len(leveled), True)
        )
        reading = _read_one(leveled[:end], plainly=plainly)
        positive = found and found[-1][2].verdict in (Verdict.YES, Verdict.LARGELY)
        if reading and (certain or (positive and reading.verdict not in (Verdict.YES, Verdict.LARGELY))):
            found.append((marks[0].start, marks[end - 1].end + 1, reading))
        marks, certain = marks[start:], next_certain
    return found


def _cut(leveled: list[_Mark], index: int) -> tuple[int, int, bool] | None:
    """Where the clause ends and the next begins, if the mark at `index` joins two, and whether that is certain.

    It is not after 'säkerställt att …': a further 'och att' then rather tells what else is ensured.
    """
    mark = leveled[index]
    if mark.tag not in ("and", "but") and mark.text != ";":
        return None
    if not any(m.tag in _VERBAL and m.depth == 0 for m in leveled[:index]):
        return None
    start = next((i for i in range(index + 1, len(leveled)) if leveled[i].tag != "noise"), len(leveled))
    if start == len(leveled):
        return None
    first = leveled[start]
    if first.text == "att":
        embedded = any(m.text == "att" and not _starts_infinitive(leveled, i + 1) for i, m in enumerate(leveled[:index]))
        joined = (index, start + 1, mark.tag == "but" or not embedded)
        return None if _starts_infinitive(leveled, start + 1) else joined
    if mark.tag == "but" and mark.text not in ("men", "medan") and leveled[index - 1].tag != "stop":
        return None
    own_subject = first.tag in ("word", "thing") and not _pattern("preposition").fullmatch(first.text)
    if not own_subject or (mark.tag == "and" and mark.depth > 0):
        return None
    rest = _levels(leveled[start:])
    stop = next((i for i, m in enumerate(rest) if m.tag in ("and", "but", "stop")), len(rest))
    has_verb = any(m.tag in _VERBAL and m.depth == 0 for m in rest[:stop])
    return (index, start, True) if has_verb else None


# --- One clause -------------------------------------------------------------------------------------------------------


def _read_one(marks: list[_Mark], *, plainly: bool = False) -> Reading | None:
    main = [mark for mark in marks if mark.depth == 0 and mark.tag != "noise"]
    at = _predicate(main)
    if at is None:
        return None
    predicate = main[at]
    if plainly and predicate.tag not in ("strong", "does", "negative", "undetermined"):
        return None
    rest = [mark for mark in marks if mark.start >= predicate.end]
    if predicate.tag in ("undetermined", "assurance", "no_defect"):
        return _read_certainty(predicate, rest)
    degrees = _degrees(main, at)
    if degrees is None or any(mark.tag == "condition" for mark in marks):
        return None
    possible = any(mark.tag == "can" for mark in main[:at])
    reading = _graded(degrees, predicate)
    if reading is None or (possible and "neg" not in degrees):
        return None
    if reading.verdict is not Verdict.YES:
        return reading
    if predicate.tag in _EMPTY and (
        predicate.tag == "act" or any(mark.tag in _AGAINST | {"some"} for mark in rest) or (rest and rest[0].text == "att")
    ):
        return None
    if any(mark.tag in ("limited", "need") for mark in main[:at]):
        return None
    if rest and rest[0].tag == "some":
        return replace(reading, verdict=Verdict.PARTLY, words=f"{reading.words} {rest[0].text}", rule="gradord")
    if any(mark.tag == "except" for mark in main[:at]):
        return replace(reading, verdict=Verdict.PARTLY, rule="omdöme med undantag")
    return _qualified(reading, rest)


def _predicate(main: Sequence[_Mark]) -> int | None:
    """The place of the deciding predicate among the marks of the main level.

    Before the verb an adjective describes the subject ('den goda viljan räcker inte') and decides nothing, unless it
    tells in what manner ('på ett ändamålsenligt sätt har'), or unless there is no verb at all ('Otillräcklig uppföljning').
    """
    verbless = not any(mark.tag in _VERBAL for mark in main)
    started = verbless
    empty: int | None = None
    for index, mark in enumerate(main):
        if mark.tag in ("wish", "condition") or (mark.tag == "need" and started):
            return None
        if empty is not None and mark.tag in ("but", "stop"):
            break
        manner = any(before.tag == "manner" for before in main[max(0, index - 6) : index])
        ready = started or manner or mark.tag in _VERBAL | {"enough", "undetermined", "assurance", "no_defect"}
        if mark.tag in _FULL and ready and (mark.tag != "defect" or _is_had(main, index, verbless=verbless)):
            return None if mark.tag == "defect" and empty is not None and main[empty].tag == "did" else index
        first = empty is None or main[empty].tag in ("act", "exist")
        if mark.tag in _EMPTY and ready and first and _says_something(main, index):
            empty = index
        started = started or mark.tag in _VERBAL
    return empty


def _is_had(main: Sequence[_Mark], index: int, *, verbless: bool) -> bool:
    """Whether deficiencies are what exists or is had ('finns brister'), not what is worked with ('har sett brister')."""
    verb = next((i for i in range(index - 1, -1, -1) if main[i].tag in _VERBAL), None)
    if verb is None:
        return verbless
    between = [mark for mark in main[verb + 1 : index] if mark.tag not in _LIGHT and mark.text not in ("en", "ett", "det")]
    return main[verb].tag == "exist" or (main[verb].text in ("har", "hade", "ha", "är", "utgör") and not between)


def _says_something(main: Sequence[_Mark], index: int) -> bool:
    """A thing is a verdict only where it is had, 'finns' only of a thing that audits ask for."""
    mark = main[index]
    if mark.tag == "thing":
        verb = next((i for i in range(index - 1, -1, -1) if main[i].text in ("har", "hade", "ha")), None)
        between = [before for before in main[verb + 1 : index] if before.tag not in _LIGHT] if verb is not None else []
        works = between and re.fullmatch(r"\w{3,}t", between[0].text) and between[0].text != "ett"
        governed = any(_pattern("preposition").fullmatch(before.text) for before in between)
        return verb is not None and not works and not governed
    return mark.tag != "exist" or any(other.tag in ("thing", "strong", "weak", "neg") for other in main)


def _degrees(main: Sequence[_Mark], at: int) -> dict[str, _Mark] | None:
    """The first negation and the words of degree that belong to the predicate at `at`; None where it is denied twice."""
    end = next((i for i in range(at + 1, len(main)) if main[i].tag in ("stop", "but", "and")), len(main))
    predicate = main[at] if at < len(main) else None
    turned = predicate is None or predicate.tag in ("exist", "act", "thing") or _pattern("finite").fullmatch(predicate.text.split()[0])
    verb = next((i for i, mark in enumerate(main) if mark.tag in _VERBAL), at)
    found: dict[str, _Mark] = {}
    for index, mark in enumerate(main[:end]):
        if mark.tag == "neg":
            if _is_attribute(main, index) or (index > at and not turned):
                continue
            if "neg" in found:
                return None
            found["neg"] = mark
        elif (mark.tag in _DEGREE and _is_beside(main, index)) or (mark.tag in ("most", "some") and index < verb):
            found.setdefault(mark.tag, mark)
    return found


def _is_attribute(main: Sequence[_Mark], index: int) -> bool:
    """Whether a negation belongs to an attribute before its noun ('rapporteringen av ej verkställda beslut')."""
    following = main[index + 1] if index + 1 < len(main) else None
    after_verb = index > 0 and main[index - 1].tag in _VERBAL
    return following is not None and not after_verb and following.tag == "word" and bool(_pattern("attribute").fullmatch(following.text))


def _is_beside(main: Sequence[_Mark], index: int) -> bool:
    """Whether a word of degree belongs to verb or predicate: in 'den delvis nya organisationen är' it does not."""
    neighbours = _VERBAL | _FULL | _EMPTY | _DEGREE | {"manner", "stop", "but", "opener"}
    before = next((mark for mark in reversed(main[:index]) if mark.tag not in ("noise", "limited")), None)
    after = next((mark for mark in main[index + 1 :] if mark.tag not in ("noise", "limited")), None)
    return after is None or after.tag in neighbours or (before is not None and before.tag in neighbours)


def _graded(degrees: dict[str, _Mark], predicate: _Mark | None) -> Reading | None:
    """The verdict of a predicate with its degree and negation."""
    neg, fully = degrees.get("neg"), degrees.get("fully")
    partly = degrees.get("partly") or degrees.get("some")
    largely = degrees.get("largely") or degrees.get("most")
    bad = predicate is not None and predicate.tag in _BAD
    if predicate is not None and predicate.tag == "act" and neg is None:
        return None
    if partly:
        return _reading(Verdict.PARTLY, "gradord", partly)
    if neg and fully and neg.start < fully.start:
        return _reading(Verdict.PARTLY, "nekat heltord", neg, fully)
    if largely and not neg:
        return _reading(Verdict.NO, "negativt omdöme", largely, predicate) if bad else _reading(Verdict.LARGELY, "gradord", largely)
    if largely and neg:
        return _reading(Verdict.NO, "nekat omdöme", neg, predicate) if largely.start < neg.start and not bad else None
    if neg and bad:
        litotes = predicate is not None and predicate.tag == "negative"
        return None if litotes else _reading(Verdict.YES, "nekad brist", neg, predicate)
    if neg:
        return _reading(Verdict.NO, "nekat omdöme", neg, predicate)
    return _reading(Verdict.NO if bad else Verdict.YES, "negativt omdöme" if bad else "positivt omdöme", predicate)


def _read_certainty(predicate: _Mark, rest: Sequence[_Mark]) -> Reading | None:
    """'Kan inte bedömas', and the negative assurance that nothing has come to light."""
    following = " ".join(mark.text for mark in rest)
    if predicate.tag == "undetermined":
        return _reading(Verdict.UNDETERMINED, "kan inte bedömas", predicate)
    if predicate.tag == "assurance":
        return _reading(Verdict.YES, "negativ bestyrkan", predicate) if _finds("against", following) else None
    return None if _finds("beyond", following) else _reading(Verdict.YES, "nekad brist", predicate)


def _qualified(reading: Reading, rest: Sequence[_Mark]) -> Reading | None:
    """A plain yes in the light of what follows: an exception or an elided 'men inte …' makes it `partly`."""
    if any(mark.tag == "condition" for mark in rest):
        return None
    if any(mark.tag == "except" for mark in rest):
        return replace(reading, verdict=Verdict.PARTLY, rule="omdöme med undantag")
    for index, turn in enumerate(rest):
        if turn.tag == "but":
            for mark in rest[index + 1 : index + 5]:
                if mark.tag in _BAD | {"neg", "limited"}:
                    return replace(reading, verdict=Verdict.PARTLY, words=f"{reading.words} … {mark.text}", rule="delat omdöme")
                if mark.tag not in ("noise", "verb", "exist") and mark.text not in ("med", "i"):
                    break
    return reading


def _reading(verdict: Verdict, rule: str, *marks: _Mark | None) -> Reading:
    return Reading(verdict=verdict, words=" … ".join(mark.text for mark in marks if mark)[:80], rule=rule)


# --- Answers ----------------------------------------------------------------------------------------------------------


def _first_segment(marks: list[_Mark], text: str) -> list[_Mark]:
    """The marks up to the first full stop, semicolon or colon: what comes after is the motivation."""
    end = re.search(r"[.;:!?](?=\s|$)", text)
    return [mark for mark in marks if end is None or mark.end <= end.start()]


def _read_colour(text: str, match: re.Match[str]) -> Reading | None:
    """'Grön', '🔴', '✔ Uppfyllt'. A colour word must stand alone ('Grön omsorg' is none); word and colour must agree."""
    rest = text[match.end() :].strip()
    if match.group()[0].isalpha() and rest and not re.match(r"[.,;:!(–—-]", rest):
        return None
    reading = Reading(verdict=Verdict(match.lastgroup), words=match.group(), rule="svarsord")
    worded = read_answer(rest.lstrip(".,;:!–—- ")) if rest else None
    return reading if worded is None or worded.verdict is reading.verdict else None


def _read_said(lowered: str) -> Reading | None:
    """'Ja', 'Ja, i allt väsentligt', 'Nej, dock …'; the first words after it can temper it."""
    match = _pattern("said").match(lowered)
    if match is None or lowered[match.end() : match.end() + 1] in ("-", "/"):
        return None
    rest = _levels(_first_segment(_marks(lowered[match.end() :]), lowered[match.end() :]))
    tags = [mark.tag for mark in rest if mark.tag not in ("stop", "noise", "limited")][:2]
    reading = Reading(verdict=Verdict(match.lastgroup), words=match.group(), rule="svarsord")
    if tags[:1] == ["partly"] or tags == ["neg", "fully"]:
        return replace(reading, verdict=Verdict.PARTLY)
    if reading.verdict is Verdict.NO:
        return reading
    return replace(reading, verdict=Verdict.LARGELY) if tags[:1] == ["largely"] else _qualified(reading, rest)


def _read_phrase(text: str) -> Reading | None:
    """'Delvis', 'Inte helt uppfyllt', 'Otillräcklig – …', 'I allt väsentligt har nämnden …'."""
    lowered = _lowered(text)
    marks = _levels(_first_segment(_marks(lowered), lowered))
    whole = read_clause(lowered)
    if whole and whole.verdict is Verdict.UNDETERMINED:
        return whole
    length = next((i for i, mark in enumerate(marks) if not _may_answer(mark)), len(marks))
    run, rest = marks[:length], marks[length:]
    if not run or all(mark.tag in ("noise", "limited", "verb", "and") for mark in run):
        return None
    if run[0].tag in ("partly", "largely") and len(run) > 1 and run[1].tag in _VERBAL and whole:
        return whole
    set_off = not rest or rest[0].tag in ("stop", "but", "except") or text[rest[0].start].isupper() or rest[0].text in ("eftersom", "då")
    degrees = _degrees(run, len(run)) or {}
    predicate = next((mark for mark in run if mark.tag in _FULL), None)
    if predicate is None:
        if not set_off or not (degrees.keys() & {"partly", "largely"} or {"neg", "fully"} <= degrees.keys()):
            return None
        return _graded(degrees, None)
    if not set_off and any(mark.tag in _VERBAL and mark.depth == 0 for mark in rest):
        return None
    reading = _read_one([replace(mark, depth=0) for mark in run])
    return _qualified(reading, rest) if reading and reading.verdict is Verdict.YES else reading


def _may_answer(mark: _Mark) -> bool:
    """Whether a word can belong to an answer in words ('Inte helt uppfyllt'), not yet to its motivation."""
    tags = _DEGREE | {"strong", "negative", "defect", "no_defect", "noise", "limited", "and"}
    return mark.tag in tags or mark.text in ("är", "vara", "har", "uppfyller", "uppfylls", "kraven", "kravet")
