"""The verdict of one clause: its first predicate on the main level, with the negations and degrees of that level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from granskning_ai.model import Verdict
from granskning_ai.swedish.verdict_words import (
    BAD,
    CERTAINTY,
    DEGREE,
    EMPTY,
    FULL,
    LIGHT,
    VERBAL,
    Mark,
    is_finite_form,
    is_verbal,
    levels,
    pattern,
    starts_infinitive,
)

_NEIGHBOURS = VERBAL | FULL | EMPTY | DEGREE | {"manner", "stop", "but", "opener"}
_SPEAKS_AGAINST = BAD | {"neg", "but", "need", "wish", "limited", "some"}
_HAVE = ("har", "hade", "ha")
_POSITIVE = (Verdict.YES, Verdict.LARGELY)

MOST = 12
"""How many coordinated clauses a sentence may have; what goes on longer is a list and no longer an assessment."""

REACH = 40
"""Within how many words a new subject must have its verb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A verdict that was read. `words` are the deciding words, `rule` names the grammar's step, both for the note."""

    verdict: Verdict
    words: str
    rule: str

    @property
    def note(self) -> str:
        """Why the verdict is what it is, in Swedish."""
        return f"Läst ur orden ”{self.words}” ({self.rule})."


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause among coordinated ones. `certain` where it surely belongs to the assessment, not to what is ensured."""

    marks: tuple[Mark, ...]
    certain: bool
    contrast: bool

    @property
    def denies(self) -> bool:
        """Whether it says that something is not so or is lacking, in whatever words."""
        return any(mark.depth == 0 and mark.tag in BAD | {"neg", "except"} for mark in self.marks)


def readings(marks: Sequence[Mark], *, plainly: bool = False, scaled: bool = False) -> list[tuple[Clause, Reading]]:
    """The reading of each coordinated clause.

    With `plainly` only predicates that are verdicts beyond doubt count; with `scaled` a word of the scale needs no
    known predicate ('Vi bedömer att verksamheten delvis når sina mål').
    """
    found: list[tuple[Clause, Reading]] = []
    for clause in clauses(marks):
        reading = read_one(clause.marks, plainly=plainly)
        if reading is None and scaled:
            reading = _read_scaled(clause.marks)
        positive = bool(found) and found[-1][1].verdict in _POSITIVE
        if reading and (clause.certain or (positive and reading.verdict not in _POSITIVE)):
            found.append((clause, reading))
        elif found and clause.marks[0].tag == "except" and found[-1][1].verdict is Verdict.YES:
            found[-1] = (found[-1][0], replace(found[-1][1], verdict=Verdict.PARTLY, rule="omdöme med undantag"))
    return found


# --- Coordinated clauses ----------------------------------------------------------------------------------------------


def clauses(marks: Sequence[Mark]) -> Iterator[Clause]:
    """The coordinated clauses of an assessment: 'A är … samt att B inte är …' has two."""
    certain, contrast = True, False
    for _ in range(MOST):
        leveled = levels(marks)
        cuts = ((i, start) for i in range(len(leveled)) if (start := _next_clause(leveled, i)) is not None)
        end, start = next(cuts, (len(leveled), len(leveled)))
        if end:
            yield Clause(marks=tuple(leveled[:end]), certain=certain, contrast=contrast)
        if end < len(leveled):
            contrast = leveled[end].tag == "but"
            certain = contrast or leveled[start - 1].text != "att" or not _has_embedded_clause(leveled[:end])
        marks = marks[start:]


def _has_embedded_clause(leveled: Sequence[Mark]) -> bool:
    """Whether there is an 'att' clause in it: after 'säkerställt att …' an 'och att' tells what else is ensured."""
    return any(mark.text == "att" and not starts_infinitive(leveled, i) for i, mark in enumerate(leveled))


def _next_clause(leveled: Sequence[Mark], index: int) -> int | None:
    """Where the next clause begins, if the mark at `index` ends one: 'och att', or a new subject with its verb."""
    joint = leveled[index]
    if (joint.tag not in ("and", "but") and joint.text != ";") or not any(map(is_verbal, leveled[:index])):
        return None
    start = next((i for i in range(index + 1, len(leveled)) if leveled[i].tag != "noise"), None)
    if start is None:
        return None
    first = leveled[start]
    if first.text == "att":
        return None if starts_infinitive(leveled, start) else start + 1
    if joint.tag == "but" and joint.text not in ("men", "medan") and leveled[index - 1].tag != "stop":
        return None
    own_subject = first.tag in ("word", "thing") and not _is_preposition(first)
    if not own_subject or (joint.tag == "and" and joint.depth > 0):
        return None
    rest = levels(leveled[start : start + REACH])
    stop = next((i for i, mark in enumerate(rest) if mark.tag in ("and", "but", "stop")), len(rest))
    return start if any(map(is_verbal, rest[:stop])) else None


# --- One clause -------------------------------------------------------------------------------------------------------


def read_one(marks: Sequence[Mark], *, plainly: bool = False) -> Reading | None:
    """The verdict of one clause whose marks have their levels."""
    main = [mark for mark in marks if mark.depth == 0 and mark.tag != "noise"]
    at = _predicate(main)
    if (
        at is None
        or any(mark.tag == "condition" for mark in main[: at + 1])
        or any(mark.tag == "open" for mark in main[:at])
    ):
        return None
    predicate = main[at]
    if plainly and predicate.tag not in ("strong", "does", "negative", "undetermined"):
        return None
    rest = [mark for mark in marks if mark.start >= predicate.end]
    if predicate.tag in CERTAINTY:
        return _read_certainty(predicate, rest)
    degrees = None if _is_ambiguous(marks) else degrees_of(main, at)
    reading = graded(degrees, predicate) if degrees is not None else None
    if degrees is None or reading is None:
        return None
    if any(mark.tag == "can" for mark in main[:at]) and "neg" not in degrees:
        return None
    return _tempered(reading, main[:at], predicate, rest) if reading.verdict is Verdict.YES else reading


def _read_scaled(marks: Sequence[Mark]) -> Reading | None:
    """The verdict of a word of the scale that goes with a verb of which nothing else is known."""
    main = [mark for mark in marks if mark.depth == 0 and mark.tag != "noise"]
    if any(mark.tag not in DEGREE | {"verb", "word", "stop", "opener", "thing", "manner", "and"} for mark in main):
        return None
    degrees = degrees_of(main, len(main)) or {}
    denied = {"neg", "fully"} <= degrees.keys()
    for index, mark in enumerate(main):
        beside = [main[i] for i in (index - 1, index + 1) if 0 <= i < len(main) and main[i].tag == "verb"]
        scale = denied or ("neg" not in degrees and pattern("scale").fullmatch(mark.text))
        if mark.tag in degrees and scale and any(not pattern("explains").fullmatch(verb.text) for verb in beside):
            return graded(degrees, None)
    return None


def _is_ambiguous(marks: Sequence[Mark]) -> bool:
    """Whether nobody can tell whose a negation is: 'uppfyller de rutiner som används inte kraven'."""
    if not (is_verbal(marks[0]) and is_finite_form(marks[0])):
        return False
    end = next((index for index, mark in enumerate(marks) if mark.tag == "stop"), len(marks))
    verbs = [
        i for i, mark in enumerate(marks[:end]) if mark.depth and mark.tag in VERBAL | {"word"} and is_finite_form(mark)
    ]
    relative = any(mark.text == "som" for mark in marks[:end])
    return relative and bool(verbs) and any(mark.depth and mark.tag in DEGREE for mark in marks[verbs[0] + 1 : end])


def _tempered(reading: Reading, before: Sequence[Mark], predicate: Mark, rest: Sequence[Mark]) -> Reading | None:
    """A plain yes in the light of the whole clause: what is hedged, or hardly a verdict, is left unread."""
    if any(mark.tag in ("limited", "need") for mark in before):
        return None
    doubtful = any(mark.tag in _SPEAKS_AGAINST for mark in rest) or (bool(rest) and rest[0].text == "att")
    if predicate.tag in EMPTY and doubtful:
        return None
    if any(mark.tag == "except" for mark in before):
        return replace(reading, verdict=Verdict.PARTLY, rule="omdöme med undantag")
    if rest and rest[0].tag == "some":
        return replace(reading, verdict=Verdict.PARTLY, words=f"{reading.words} {rest[0].text}", rule="gradord")
    return qualified(reading, rest)


def qualified(reading: Reading, rest: Sequence[Mark]) -> Reading | None:
    """A yes in the light of what follows it: an exception or an elided 'men inte …' makes it `partly`.

    A condition leaves it a yes and is told in the rule; the words in the document say which condition.
    """
    if any(mark.tag == "condition" for mark in rest):
        return replace(reading, rule="omdöme med villkor")
    if any(mark.tag == "except" for mark in rest):
        return replace(reading, verdict=Verdict.PARTLY, rule="omdöme med undantag")
    for index, turn in enumerate(rest):
        if turn.tag != "but":
            continue
        for mark in rest[index + 1 : index + 5]:
            if mark.tag in BAD | {"neg", "limited"}:
                words = f"{reading.words} … {mark.text}"
                return replace(reading, verdict=Verdict.PARTLY, words=words, rule="delat omdöme")
            if mark.tag not in ("noise", "verb", "exist") and mark.text not in ("med", "i"):
                break
    return reading


def _predicate(main: Sequence[Mark]) -> int | None:
    """The place of the deciding predicate among the marks of the main level."""
    fragment = not any(mark.tag in VERBAL for mark in main)
    empty: int | None = None
    for index, mark in enumerate(main):
        started = fragment or any(before.tag in VERBAL for before in main[:index])
        aside = empty is not None and any(map(_is_preposition, main[empty:index]))
        if mark.tag in ("wish", "condition") or (mark.tag == "need" and started and not aside):
            return None
        if empty is not None and mark.tag in ("but", "stop"):
            break
        if mark.tag == "defect" and started and _is_had(main, index):
            return index if empty is None or main[empty].tag != "did" else None
        if mark.tag in ("strong", "negative", "weak", "thing") and not _is_said_of_subject(
            main, index, fragment=fragment
        ):
            continue
        if mark.tag in FULL - {"defect"}:
            return index
        replaceable = empty is None or main[empty].tag in ("act", "exist")
        if mark.tag in EMPTY and replaceable and _says_something(main, index):
            empty = index
    return empty


def _is_said_of_subject(main: Sequence[Mark], index: int, *, fragment: bool) -> bool:
    """Whether an adjective is what the clause says, rather than part of what it speaks of.

    Before the verb it describes the subject ('den goda viljan räcker inte'), unless it tells in what manner ('på ett
    ändamålsenligt sätt har'). Before a noun it counts only as what is had or given ('har en tillräcklig bemanning',
    not 'arbetar för en tillräcklig bemanning'). Without a verb it begins or ends the phrase ('Tillräcklig kontroll').
    """
    if any(mark.tag == "manner" or mark.text == "utan" for mark in main[max(0, index - 6) : index]):
        return True
    before, after = main[:index], main[index + 1 :]
    if fragment:
        complement = any(mark.text == "som" for mark in before)
        first = all(mark.tag in LIGHT | {"stop"} for mark in before) and not any(map(_may_be_verb, after))
        last = next(
            (mark.tag in ("stop", "but", "slash") for mark in after if mark.tag not in LIGHT | EMPTY | FULL), True
        )
        return complement or first or last
    verb = next((i for i in range(index - 1, -1, -1) if main[i].tag in VERBAL), None)
    if verb is None or _is_done_otherwise(main, index):
        return False
    attribute = bool(after) and after[0].tag in ("word", "thing") and not _is_preposition(after[0])
    gives = main[verb].tag in ("does", "did", "act", "exist") or pattern("gives").fullmatch(main[verb].text) is not None
    return not attribute or (gives and not any(map(_is_preposition, main[verb + 1 : index])))


def _may_be_verb(mark: Mark) -> bool:
    return mark.tag == "word" and mark.text.endswith("r")


def _is_preposition(mark: Mark) -> bool:
    return pattern("preposition").fullmatch(mark.text) is not None


def _is_had(main: Sequence[Mark], index: int) -> bool:
    """Whether deficiencies exist or are had ('finns brister'), rather than worked with ('har sett brister')."""
    verb = next((i for i in range(index - 1, -1, -1) if main[i].tag in VERBAL), None)
    if verb is None:
        return True
    between = [m for m in main[verb + 1 : index] if m.tag not in LIGHT and m.text not in ("en", "ett", "det")]
    return main[verb].tag == "exist" or (main[verb].text in (*_HAVE, "är", "utgör") and not between)


def _says_something(main: Sequence[Mark], index: int) -> bool:
    """A thing is a verdict only as what is had ('har en plan', not 'har ansvar för en plan'); so is what exists."""
    mark = main[index]
    if mark.tag == "exist":
        return any(other.tag in ("thing", "strong", "weak") for other in main)
    if mark.tag != "thing":
        return True
    verb = next((i for i in range(index - 1, -1, -1) if main[i].text in _HAVE), None)
    return verb is not None and not any(map(_is_preposition, main[verb + 1 : index]))


def _is_done_otherwise(main: Sequence[Mark], index: int) -> bool:
    """Whether an unknown verb comes first: 'har efterfrågat tillräckliga resurser' is no verdict."""
    for have, following in pairwise([mark for mark in main[:index] if mark.tag not in LIGHT]):
        if have.text in _HAVE and following.tag == "word" and pattern("supine").fullmatch(following.text):
            return True
    return False


def degrees_of(main: Sequence[Mark], at: int) -> dict[str, Mark] | None:
    """The negation and degrees that belong to the predicate at `at`, by tag; None where it is denied twice."""
    end = next((i for i in range(at + 1, len(main)) if main[i].tag in ("stop", "but", "and")), len(main))
    verb = next((i for i, mark in enumerate(main) if mark.tag in VERBAL), at)
    # 'Nämnden säkerställer inte att': only after a finite verb can the negation come later than the predicate.
    denied_later = at >= len(main) or main[at].tag in ("exist", "act", "thing") or is_finite_form(main[at])
    found: dict[str, Mark] = {}
    for index, mark in enumerate(main[:end]):
        if mark.tag == "neg":
            if _is_attribute(main, index) or (index > at and not denied_later):
                continue
            if "neg" in found:
                return None
            found["neg"] = mark
        elif (mark.tag in DEGREE and _is_beside(main, index)) or (mark.tag in ("most", "some") and index < verb):
            found.setdefault(mark.tag, mark)
    return found


def _is_attribute(main: Sequence[Mark], index: int) -> bool:
    """Whether a negation belongs to an attribute before its noun ('rapporteringen av ej verkställda beslut')."""
    if index + 1 == len(main) or (index and main[index - 1].tag in VERBAL):
        return False
    following = main[index + 1]
    return following.tag == "word" and pattern("attribute").fullmatch(following.text) is not None


def _is_beside(main: Sequence[Mark], index: int) -> bool:
    """Whether a word of degree belongs to verb or predicate: in 'den delvis nya organisationen är' it does not."""
    before = next((mark for mark in reversed(main[:index]) if mark.tag != "limited"), None)
    after = [mark for mark in main[index + 1 :] if mark.tag != "limited"][:2]
    if not after or after[0].tag in _NEIGHBOURS or (before is not None and before.tag in _NEIGHBOURS):
        return True
    in_phrase = before is not None and pattern("determiner").fullmatch(before.text) is not None
    described = len(after) == 2 and after[1].tag in ("word", "thing") and after[0].text.endswith("a")
    return not in_phrase and not described


def graded(degrees: dict[str, Mark], predicate: Mark | None) -> Reading | None:
    """The verdict of a predicate with its degree and negation; without predicate that of the degree itself."""
    neg, fully = degrees.get("neg"), degrees.get("fully")
    partly = degrees.get("partly") or degrees.get("some")
    largely = degrees.get("largely") or degrees.get("most")
    tag = predicate.tag if predicate else ""
    if tag in ("act", "state") and neg is None:
        return None
    if partly:
        return _reading(Verdict.PARTLY, "gradord", partly)
    if neg and fully and neg.start < fully.start:
        return _reading(Verdict.PARTLY, "nekat heltord", neg, fully)
    if neg and largely:
        return _reading(Verdict.NO, "nekat omdöme", neg, predicate) if largely.start < neg.start else None
    if neg and tag in BAD:
        # 'saknas inte' is praise, 'inte otillräcklig' is not.
        return _reading(Verdict.YES, "nekad brist", neg, predicate) if tag != "negative" else None
    if neg:
        return _reading(Verdict.NO, "nekat omdöme", neg, predicate)
    if tag in BAD:
        return _reading(Verdict.NO, "negativt omdöme", predicate)
    if largely:
        return _reading(Verdict.LARGELY, "gradord", largely)
    return _reading(Verdict.YES, "positivt omdöme", predicate)


def _read_certainty(predicate: Mark, rest: Sequence[Mark]) -> Reading | None:
    """'Kan inte bedömas', and the negative assurance that nothing has come to light."""
    following = " ".join(mark.text for mark in rest)
    if predicate.tag == "undetermined":
        return _reading(Verdict.UNDETERMINED, "kan inte bedömas", predicate)
    if predicate.tag == "assurance":
        against = pattern("against").search(following)
        return _reading(Verdict.YES, "negativ bestyrkan", predicate) if against else None
    return None if pattern("beyond").search(following) else _reading(Verdict.YES, "nekad brist", predicate)


def _reading(verdict: Verdict, rule: str, *marks: Mark | None) -> Reading:
    return Reading(verdict=verdict, words=" … ".join(mark.text for mark in marks if mark)[:80], rule=rule)
