"""Answers in running prose: which sentence judges, and which question it is about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from granskning_ai.extraction.answer_text import (
    SPLIT,
    Answer,
    is_open,
    is_own_assessment,
    label_length,
    read_labelled,
    summed,
)
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.questions import Asked
from granskning_ai.extraction.structure import PROSE, Placed, Role, Sentence, block_sentences
from granskning_ai.extraction.topics import topic_of
from granskning_ai.model import BlockKind, Topic
from granskning_ai.swedish.terms import content_stems
from granskning_ai.swedish.verdict_scales import Scale
from granskning_ai.swedish.verdicts import Reading, assessed_clause, read_assertion, read_clause, read_sentence

NOT_ASSESSING: frozenset[Role] = frozenset(
    {"background", "purpose", "criteria", "method", "law", "questions", "sources", "contents", "recommendations"}
)
"""Sections in which no assessment of the audit is stated."""

_CONCLUDING: frozenset[Role] = frozenset({"summary", "assessment", "overall_assessment", "answers"})
"""Sections whose plain statements are conclusions, though nobody says 'vi bedömer'."""

TIED = 0.30
"""From this likeness of content (0-1) an assessing sentence is taken to answer a question."""

CONCLUDED = 0.50
"""The same for a sentence with a verdict's words in a section of conclusions."""

REPEATED = 0.60
"""From this likeness a labelled sentence is taken to repeat the question, so that its plain assertion is the answer."""

STATED = 0.75
"""The same for a plain statement that nothing labels."""

ECHOED = 0.95
"""From this likeness a sentence that does not say who judges is taken to answer the question that it echoes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    sentence: Sentence
    text: str
    reading: Reading
    stems: frozenset[str]
    heading_stems: frozenset[str]
    topic: Topic
    heading_topic: Topic
    needed: float
    """How much like its question the clause must be to answer it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a sentence says: the words that are judged, the reading, and how sure its question must be."""

    text: str
    reading: Reading
    needed: float


def answers_by_content(placed: list[Placed], asked: list[Asked], wanted: list[int], scale: Scale) -> dict[int, Answer]:
    """Ties each assessing clause to the question that it is most about, chapters before the summary."""
    asking = [place for question in asked for place in question.places]
    clauses = [c for c in _clauses(placed, scale) if not _overlaps(c.sentence, asking)]
    weights = _weights([content_stems(asked[index].text) for index in range(len(asked))])
    claims: list[tuple[float, int, int, int]] = []
    for clause_index, clause in enumerate(clauses):
        scores = {i: _score(clause, asked[i], weights) for i in range(len(asked))}
        best = max(scores, key=lambda i: (scores[i], -i), default=None)
        for index in wanted:
            told = is_open(asked[index].text) and clause.needed not in (TIED, REPEATED)
            if index == best and scores[index] >= clause.needed and not told:
                chapter = 0 if clause.sentence.placed.role in ("summary", "overall_assessment") else 1
                claims.append((chapter * 0.15 + scores[index], -clause_index, index, clause_index))
    answers: dict[int, Answer] = {}
    for _, _, index, clause_index in sorted(claims, reverse=True):
        clause = clauses[clause_index]
        if index not in answers:
            sentence = clause.sentence
            answers[index] = Answer(
                reading=clause.reading,
                text=sentence.text,
                start=sentence.start,
                end=sentence.end,
                tie="bedömningens innehåll",
            )
    return answers


def _overlaps(sentence: Sentence, asking: list[tuple[int, int]]) -> bool:
    """Whether the sentence is where a question is asked: it cannot be its own answer."""
    return any(start < sentence.end and sentence.start < end for start, end in asking)


def in_parts(placed: list[Placed], scale: Scale) -> Answer | None:
    """The answer to a report's only question where it is given board by board, each behind a label of its own."""
    found: list[tuple[str, Reading, int, int]] = []
    for item in placed:
        if item.block.kind not in PROSE or (item.roles and item.roles[0] in NOT_ASSESSING):
            continue
        label = phrase("inner_label").search(item.block.text) or phrase("answer_label").match(item.block.text)
        said = item.block.text[label.end() :] if label else ""
        reading = read_labelled(said, scale) if label else None
        if reading:
            found.append((item.block.text, reading, item.block.start, item.block.end))
    whole = summed([(text, reading) for text, reading, _, _ in found]) if len(found) > 1 else None
    if whole is None:
        return None
    text, _, start, end = found[0]
    return Answer(reading=whole, text=text, start=start, end=end, tie="bedömningarna av delarna")


# --- Which sentences judge ---


def _clauses(placed: list[Placed], scale: Scale) -> list[_Clause]:
    clauses: list[_Clause] = []
    for item in placed:
        if item.block.kind not in PROSE:
            continue
        # Where headings are few, the last of them says little of what stands far below: plain assessments count.
        silent = bool(item.roles) and item.roles[0] in NOT_ASSESSING
        labelled = label_length(item)
        concluding = item.role in _CONCLUDING
        sentences = _labelled_whole(item, labelled, scale) or block_sentences(item)
        for sentence in sentences:
            if phrase("reported").search(sentence.text):
                continue
            if clauses and clauses[-1].sentence.placed is item and _goes_on(clauses[-1], sentence, scale):
                clauses[-1] = _with_part(clauses[-1], sentence, scale)
                continue
            if silent and not (is_own_assessment(sentence) and phrase("we_assess").search(sentence.text)):
                continue
            concluding = concluding or is_own_assessment(sentence)
            first = labelled > 0 and sentence.start <= item.block.start + labelled
            if first:
                found = _said_after_label(sentence.text, labelled, scale)
            else:
                found = list(_said(sentence, scale, concluding=concluding))
            clauses += [_clause(item, sentence, said) for said in found]
    return clauses


def _part(sentence: Sentence, scale: Scale) -> Reading | None:
    stated = scale.read(sentence.text) or next((reading for _, reading in read_sentence(sentence.text)), None)
    return stated or read_clause(sentence.text) or read_assertion(sentence.text)


def _goes_on(clause: _Clause, sentence: Sentence, scale: Scale) -> bool:
    """Whether a sentence judges another part of the same thing: 'I socialnämnden är den delvis tillräcklig'."""
    turns = phrase("another_part").search(sentence.text) is not None
    return turns and clause.needed <= CONCLUDED and _part(sentence, scale) is not None


def _with_part(clause: _Clause, sentence: Sentence, scale: Scale) -> _Clause:
    """The clause together with a further part that was judged by itself."""
    part = _part(sentence, scale)
    whole = summed([(clause.text, clause.reading), (sentence.text, part)]) if part else None
    joined = replace(clause.sentence, text=f"{clause.sentence.text} {sentence.text}", end=sentence.end)
    return replace(clause, sentence=joined, reading=whole or clause.reading)


def _clause(item: Placed, sentence: Sentence, said: _Said) -> _Clause:
    headings = " ".join(heading.text for heading in item.headings)
    about = said.text if len(said.text) > 60 else sentence.text
    if phrase("points_back").match(said.text):
        # 'Frågan besvaras jakande': what it is about stands in the sentence before.
        before = [s.text for s in block_sentences(item) if s.end <= sentence.start]
        about = before[-1] if before else about
    return _Clause(
        sentence=sentence,
        text=said.text,
        reading=said.reading,
        stems=frozenset(content_stems(about)),
        heading_stems=frozenset(content_stems(headings)),
        topic=topic_of(about),
        heading_topic=topic_of(headings),
        needed=said.needed,
    )


def _said_after_label(text: str, labelled: int, scale: Scale) -> list[_Said]:
    reading, needed = read_labelled(text[labelled:], scale), TIED
    if reading is None:
        reading, needed = read_assertion(text), REPEATED
    return [_Said(text=text, reading=reading, needed=needed)] if reading else []


def _said(sentence: Sentence, scale: Scale, *, concluding: bool) -> Iterator[_Said]:
    """The verdicts of a sentence, the surest way of reading it first."""
    text = sentence.text
    if is_own_assessment(sentence):
        yield from _assessed(text, scale)
        return
    if text.rstrip().endswith("?") or phrase("should").search(text):
        return
    listed = sentence.placed.block.kind is BlockKind.LIST_ITEM
    reading = read_clause(text)
    if reading:
        if concluding or not listed:
            yield _Said(text=text, reading=reading, needed=CONCLUDED if concluding else ECHOED)
        return
    asserted = None if listed else read_assertion(text)
    if asserted:
        yield _Said(text=text, reading=asserted, needed=STATED if concluding else ECHOED)


def _assessed(text: str, scale: Scale) -> Iterator[_Said]:
    """What 'vi bedömer' introduces: verdicts, failing them a statement that may repeat the question."""
    step = scale.read(text)
    found = [(text, step)] if step else read_sentence(text)
    for clause, reading in found:
        needed = REPEATED if reading.rule == "kan inte bedömas" else TIED
        yield _Said(text=clause, reading=reading, needed=REPEATED if phrase("overall").search(text) else needed)
    bare = assessed_clause(text) if not found else None
    asserted = read_assertion(bare) if bare else None
    if bare and asserted:
        yield _Said(text=bare, reading=asserted, needed=CONCLUDED)


def _labelled_whole(item: Placed, labelled: int, scale: Scale) -> list[Sentence]:
    """A labelled paragraph whose sentences judge differently, as one answer; nothing where they do not."""
    block = item.block
    reading = read_labelled(block.text[labelled:], scale) if labelled else None
    if reading is None or not reading.rule.startswith(SPLIT):
        return []
    return [Sentence(text=block.text, start=block.start, end=block.end, placed=item)]


# --- What a clause is about ---


def _weights(questions: list[tuple[str, ...]]) -> dict[str, float]:
    """Words that many questions share tell little of which one is meant (inverse document frequency)."""
    counts = Counter(stem for stems in questions for stem in set(stems))
    return {stem: math.log(1 + len(questions) / count) for stem, count in counts.items()}


def _score(clause: _Clause, question: Asked, weights: dict[str, float]) -> float:
    """How much a clause is about a question; topics count only where the clause surely judges."""
    stems = set(content_stems(question.text))
    total = sum(weights[stem] for stem in stems) or 1.0
    shared = sum(weights[stem] * _presence(stem, clause) for stem in stems)
    if clause.needed > TIED:
        return shared / total
    # A long question is answered by a clause that takes up a part of it.
    own = sum(any(_alike(stem, said) for stem in stems) for said in clause.stems) / (len(clause.stems) or 1)
    shared = max(shared, PARTLY_TAKEN_UP * own * total)
    topic = topic_of(question.text)
    bonus = 0.25 * (topic is clause.topic and topic is not Topic.OTHER)
    bonus += 0.10 * (topic is clause.heading_topic and topic is not Topic.OTHER)
    return shared / total + bonus


PARTLY_TAKEN_UP = 0.6
"""How much it counts that all of a clause is out of the question, beside how much of the question it takes up."""


def _alike(stem: str, other: str) -> bool:
    return stem == other or (len(stem) >= 5 and (other.startswith(stem[:6]) or stem in other))


def _presence(stem: str, clause: _Clause) -> float:
    if stem in clause.stems:
        return 1.0
    if any(_alike(stem, other) for other in clause.stems):
        return 0.8
    return 0.4 if stem in clause.heading_stems else 0.0
