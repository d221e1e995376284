"""The auditor's answers to the questions: from tables, from labelled and numbered answers, by place and by content."""

from __future__ import annotations

from granskning_ai.extraction.answer_content import answers_by_content, in_parts
from granskning_ai.extraction.answer_order import answers_in_turn, numbered_answers
from granskning_ai.extraction.answer_spans import answers_below
from granskning_ai.extraction.answer_text import Answer, read_labelled, read_stated
from granskning_ai.extraction.questions import Asked
from granskning_ai.extraction.structure import Placed
from granskning_ai.swedish.verdict_scales import Scale
from granskning_ai.swedish.verdicts import read_sentence


def answer_questions(
    placed: list[Placed], asked: list[Asked], scale: Scale, *, explicit_only: bool
) -> dict[int, Answer]:
    """The answer to each question, by its index in `asked`.

    With `explicit_only` (a förstudie gives no verdicts) only answers that the document itself labels as such count.
    """
    answers: dict[int, Answer] = {}
    for index, question in enumerate(asked):
        stated = _from_table(question, scale)
        if stated:
            answers[index] = stated
    for found in (
        numbered_answers(placed, asked, scale),
        answers_below(placed, asked, scale, explicit_only=explicit_only),
    ):
        for index, answer in found.items():
            answers.setdefault(index, answer)
    answers.update(answers_in_turn(placed, asked, answers, scale))
    if not explicit_only:
        open_questions = [index for index in range(len(asked)) if index not in answers]
        answers.update(answers_by_content(placed, asked, open_questions, scale))
        parts = in_parts(placed, scale) if len(asked) == 1 and not answers else None
        answers.update({0: parts} if parts else {})
    return answers


def _from_table(question: Asked, scale: Scale) -> Answer | None:
    for quote in question.answers:
        reading = read_stated(quote.text, scale) or next((r for _, r in read_sentence(quote.text)), None)
        if reading:
            return Answer(reading=reading, text=quote.text, start=quote.start, end=quote.end, tie="svarstabell")
    for quote in question.replies:
        reading = read_stated(quote.text, scale) or read_labelled(quote.text, scale)
        if reading:
            return Answer(reading=reading, text=quote.text, start=quote.start, end=quote.end, tie="svaret efter frågan")
    return None


def unread_answer(question: Asked) -> str | None:
    """The words of an answer that the grammar does not know: kept, never guessed."""
    said = [*question.answers, *question.replies]
    return said[0].text if said else None
