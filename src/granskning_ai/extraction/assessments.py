"""The auditor's assessments: which sentence answers which audit question, and the overall assessment.

An answer that the document ties to its question (an answer table, 'Svar:', the chapter that repeats the question)
always outranks one that is tied by what the sentence says.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.questions import Asked, find_asked
from granskning_ai.extraction.structure import PROSE, Placed, Role, Sentence, block_sentences
from granskning_ai.extraction.topics import topic_of
from granskning_ai.model import BlockKind, Topic, Verdict
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import content_stems
from granskning_ai.swedish.verdicts import (
    Reading,
    is_assessment,
    read_answer,
    read_assertion,
    read_clause,
    read_sentence,
)

NOT_ASSESSING: frozenset[Role] = frozenset(
    {"background", "purpose", "criteria", "method", "law", "questions", "sources", "contents"}
)
"""Sections in which no assessment of the audit is stated."""

TIED = 0.30
"""From this likeness of content (0-1) a sentence is taken to answer a question."""

REPEATED = 0.60
"""From this likeness a labelled sentence is taken to repeat the question, so that its plain assertion is the answer."""


ECHOED = 0.95
"""From this likeness a graded sentence that does not say who judges is taken to answer the question that it echoes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The verdict on a question: its reading, the words in the document, and how the two were tied."""

    reading: Reading
    text: str
    start: int
    end: int
    tie: str


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


def answer_questions(placed: list[Placed], asked: list[Asked], *, explicit_only: bool) -> dict[int, Answer]:
    """The answer to each question, by its index in `asked`.

    With `explicit_only` (a förstudie gives no verdicts) only answers that the document itself labels as such count.
    """
    answers: dict[int, Answer] = {}
    for index, question in enumerate(asked):
        stated = _from_table(question)
        if stated:
            answers[index] = stated
    for stated_answers in (_numbered_answers(placed, asked), _labelled_answers(placed, asked)):
        for index, answer in stated_answers.items():
            answers.setdefault(index, answer)
    answers.update(_by_order(placed, asked, answers))
    if not explicit_only:
        open_questions = [index for index in range(len(asked)) if index not in answers]
        answers.update(_by_content(placed, asked, open_questions))
    return answers


def _from_table(question: Asked) -> Answer | None:
    for quote in question.answers:
        reading = read_answer(quote.text) or next((r for _, r in read_sentence(quote.text)), None)
        if reading:
            return Answer(reading=reading, text=quote.text, start=quote.start, end=quote.end, tie="svarstabell")
    for quote in question.replies:
        reading = read_answer(quote.text) or read_labelled(quote.text)
        if reading:
            return Answer(reading=reading, text=quote.text, start=quote.start, end=quote.end, tie="svaret efter frågan")
    return None


def unread_answer(question: Asked) -> str | None:
    """The words of an answer that the grammar does not know: kept, never guessed."""
    said = [*question.answers, *question.replies]
    return said[0].text if said else None


def _numbered_answers(placed: list[Placed], asked: list[Asked]) -> dict[int, Answer]:
    """'Svar på revisionsfråga 2: Delvis.' answers the second question, wherever it stands."""
    answers: dict[int, Answer] = {}
    for item in placed:
        match = phrase("numbered_answer").match(item.block.text) if item.block.kind in PROSE else None
        index = _by_number(match["number"], asked) if match else None
        if match is None or index is None or index in answers:
            continue
        reading = read_answer(match["answer"]) or read_labelled(match["answer"])
        if reading:
            end = item.block.start + match.start("answer") + _first_sentence(match["answer"])
            text = match["answer"][: _first_sentence(match["answer"])]
            answers[index] = Answer(reading=reading, text=text, start=item.block.start, end=end, tie="svarets nummer")
    return answers


def _by_order(placed: list[Placed], asked: list[Asked], answered: dict[int, Answer]) -> dict[int, Answer]:
    """Assessments that only say 'Bedömning: Kontrollmålet är uppfyllt', as many as the numbered questions, in turn."""
    numbered = [i for i, question in enumerate(asked) if question.parent is None and question.number]
    said: list[Answer] = []
    for item in placed:
        label = _labelled_start(item) if item.block.kind in PROSE else 0
        text = item.block.text[label:]
        if label and re.match(r"(?:kontrollmålet|frågan|revisionsfrågan|kravet|målet)\b", text.lower()):
            reading = read_labelled(text)
            if reading is None:
                return {}
            start, end = item.block.start, item.block.end
            said.append(Answer(reading=reading, text=text, start=start, end=end, tie="svarens ordning"))
    if len(said) != len(numbered) or any(index in answered for index in numbered):
        return {}
    return dict(zip(numbered, said, strict=True))


def read_labelled(text: str) -> Reading | None:
    """The verdict of a text that is labelled as an assessment: its first sentence needs no 'vi bedömer'."""
    spans = sentences(text)
    readings = [next((r for _, r in read_sentence(text[a:b])), None) or read_clause(text[a:b]) for a, b in spans]
    first = readings[0] if readings else None
    later = next((r for r in readings[1:] if r and r.rule in ("gradord", "nekat heltord", "nekat omdöme")), None)
    if first and later and first.verdict in _GOOD and later.verdict in _POOR:
        words = f"{first.words} … {later.words}"
        return Reading(verdict=Verdict.PARTLY, words=words, rule=SPLIT)
    return first


SPLIT = "delat svar: en del av frågan är uppfylld, en annan inte helt"
"""The rule of a reading that sums up parts which were judged differently."""

_GOOD = frozenset({Verdict.YES, Verdict.LARGELY})
_POOR = frozenset({Verdict.PARTLY, Verdict.NO})


def _first_sentence(text: str) -> int:
    spans = sentences(text)
    return spans[0][1] if spans else len(text)


def _labelled_answers(placed: list[Placed], asked: list[Asked]) -> dict[int, Answer]:
    """Answers that follow a repeated question directly: 'Svar: Ja', or a paragraph that begins with such a word."""
    answers: dict[int, Answer] = {}
    current: int | None = None
    for item in placed:
        block = item.block
        question = find_asked(asked, _without_label(block.text)) if len(block.text) < 600 else None
        numbered = _numbered(block.text, asked) if block.kind is BlockKind.HEADING else None
        if question is not None or numbered is not None:
            repeated = block.kind is BlockKind.HEADING or item.role not in ("questions", "purpose")
            current = (asked.index(question) if question else numbered) if repeated else None
            continue
        if block.kind is BlockKind.HEADING:
            if not phrase("answer_label").match(block.text + ":") and item.role != "assessment":
                current = current if (block.level or 1) > 2 else None
            continue
        if current is None or current in answers or block.kind not in PROSE:
            continue
        label = phrase("answer_label").match(block.text)
        under_answer = phrase("answer_label").match(item.heading + ":") is not None
        start = label.end() if label else 0
        first = block.text[start:]
        short = len(first) < 60 or re.match(r"^[\wåäö ,]{2,40}[.,;:–-]", first) is not None
        reading = read_answer(first) if (label or under_answer or _is_answer_word(first)) and short else None
        if reading is None and (label or under_answer):
            reading = next((r for _, r in read_sentence(first)), None)
        if reading:
            end = block.start + start + len(re.split(r"(?<=[.!?])\s", first, maxsplit=1)[0])
            answers[current] = Answer(
                reading=reading,
                text=block.text[start : end - block.start],
                start=block.start,
                end=end,
                tie="svar på frågan",
            )
    return answers


def _is_answer_word(text: str) -> bool:
    return (
        re.match(r"(?:ja|nej|delvis|i allt väsentligt|i huvudsak|uppfyllt|ej uppfyllt)\s*[.,:;–-]", text.lower())
        is not None
    )


def _without_label(text: str) -> str:
    label = phrase("question_label").match(text)
    return text[label.end() :] if label else re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", text)


def _numbered(heading: str, asked: list[Asked]) -> int | None:
    """'Kontrollmål 2' as a heading points back to the second question."""
    match = re.match(rf"^(?:[\d.]+\s+)?{phrase('question_words').pattern}\s+(\d+)\s*$", heading.strip(), re.IGNORECASE)
    return _by_number(match.group(match.lastindex or 0), asked) if match else None


def _by_number(number: str, asked: list[Asked]) -> int | None:
    """The question with that number, or, where the questions have none, the one that stands in that place."""
    mains = [i for i, question in enumerate(asked) if question.parent is None]
    named = next((i for i in mains if asked[i].number == number), None)
    if named is not None or not number.isdigit():
        return named
    return mains[int(number) - 1] if 0 < int(number) <= len(mains) else None


def _by_content(placed: list[Placed], asked: list[Asked], wanted: list[int]) -> dict[int, Answer]:
    """Ties each assessing clause to the question that it is most about, chapters before the summary."""
    clauses = _clauses(placed)
    weights = _weights([content_stems(asked[index].text) for index in range(len(asked))])
    claims: list[tuple[float, int, int, int]] = []
    for clause_index, clause in enumerate(clauses):
        scores = {i: _score(clause, asked[i], weights) for i in range(len(asked))}
        best = max(scores, key=lambda i: (scores[i], -i), default=None)
        for index in wanted:
            if index == best and scores[index] >= clause.needed:
                chapter = 0 if clause.sentence.placed.role in ("summary", "overall_assessment") else 1
                claims.append((chapter * 0.15 + scores[index], -clause_index, index, clause_index))
    answers: dict[int, Answer] = {}
    for _, _, index, clause_index in sorted(claims, reverse=True):
        clause = clauses[clause_index]
        if index in answers:
            continue
        sentence = clause.sentence
        answers[index] = Answer(
            reading=clause.reading,
            text=sentence.text,
            start=sentence.start,
            end=sentence.end,
            tie="bedömningens innehåll",
        )
    return answers


def _clauses(placed: list[Placed]) -> list[_Clause]:
    clauses: list[_Clause] = []
    for item in placed:
        if item.block.kind not in PROSE or (item.roles and item.roles[0] in NOT_ASSESSING):
            continue
        labelled = _labelled_start(item)
        for sentence in _labelled_whole(item, labelled) or block_sentences(item):
            if phrase("overall").search(sentence.text) or phrase("reported").search(sentence.text):
                continue
            first = labelled > 0 and sentence.start <= item.block.start + labelled
            readings = read_sentence(sentence.text) if is_own_assessment(sentence) and not first else []
            needed = TIED
            if first:
                reading = read_labelled(sentence.text[labelled:])
                if reading is None:
                    reading, needed = read_assertion(sentence.text), REPEATED
                readings = [(sentence.text, reading)] if reading else []
            elif not readings:
                readings, needed = _unmarked(sentence), ECHOED
            for text, reading in readings:
                headings = " ".join(heading.text for heading in item.headings)
                clauses.append(
                    _Clause(
                        sentence=sentence,
                        text=text,
                        reading=reading,
                        stems=frozenset(content_stems(text if len(text) > 60 else sentence.text)),
                        heading_stems=frozenset(content_stems(headings)),
                        topic=topic_of(text if len(text) > 60 else sentence.text),
                        heading_topic=topic_of(headings),
                        needed=needed,
                    )
                )
    return clauses


def _unmarked(sentence: Sentence) -> list[tuple[str, Reading]]:
    """'Bolagets interna kontroll är delvis tillräcklig': a graded sentence without 'vi bedömer'."""
    if sentence.placed.block.kind is BlockKind.LIST_ITEM or sentence.text.rstrip().endswith("?"):
        return []
    reading = read_clause(sentence.text)
    graded = reading is not None and reading.rule in ("gradord", "nekat heltord", "nekat omdöme", "negativt omdöme")
    return [(sentence.text, reading)] if reading and graded else []


def _labelled_whole(item: Placed, labelled: int) -> list[Sentence]:
    """A labelled paragraph whose sentences judge differently, as one answer; nothing where they do not."""
    block = item.block
    reading = read_labelled(block.text[labelled:]) if labelled else None
    if reading is None or not reading.rule.startswith(SPLIT):
        return []
    return [Sentence(text=block.text, start=block.start, end=block.end, placed=item)]


def _labelled_start(item: Placed) -> int:
    """How long the label is that makes a paragraph an assessment ('Bedömning: …'); 0 where it has none."""
    label = phrase("answer_label").match(item.block.text)
    return label.end() if label else 0


def is_own_assessment(sentence: Sentence) -> bool:
    """Whether the one who writes assesses here; what interviewees or a board think is not the auditor's word."""
    return is_assessment(sentence.text) and not phrase("reported").search(sentence.text)


def _weights(questions: list[tuple[str, ...]]) -> dict[str, float]:
    """Words that many questions share tell little of which one is meant (inverse document frequency)."""
    counts = Counter(stem for stems in questions for stem in set(stems))
    return {stem: math.log(1 + len(questions) / count) for stem, count in counts.items()}


def _score(clause: _Clause, question: Asked, weights: dict[str, float]) -> float:
    stems = set(content_stems(question.text))
    total = sum(weights[stem] for stem in stems) or 1.0
    shared = sum(weights[stem] * _presence(stem, clause) for stem in stems)
    topic = topic_of(question.text)
    bonus = 0.25 * (topic is clause.topic and topic is not Topic.OTHER)
    bonus += 0.10 * (topic is clause.heading_topic and topic is not Topic.OTHER)
    return shared / total + bonus


def _presence(stem: str, clause: _Clause) -> float:
    if stem in clause.stems:
        return 1.0
    if len(stem) >= 5 and any(other.startswith(stem[:6]) or stem in other for other in clause.stems):
        return 0.8
    return 0.4 if stem in clause.heading_stems else 0.0
