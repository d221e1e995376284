"""Audit questions: announced lists, labelled questions and the question column of answer tables.

A question that the contents page, its chapter's heading and an answer table repeat is one question with all its places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from granskning_ai.extraction.answers import AnswerRow, Quote
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.question_runs import demands, lone_questions, over_answers, questions_of, run_of_questions
from granskning_ai.extraction.structure import PROSE, Placed
from granskning_ai.model import BlockKind
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import likeness

SAME_QUESTION = 0.72
"""Two questions are one from this likeness: a table shortens, a heading leaves out the question mark."""


@dataclass(slots=True, kw_only=True)
class Asked:
    """A question while the document is read: its text, its places and the verdicts that answer it."""

    text: str
    places: list[tuple[int, int]]
    number: str | None = None
    parent: Asked | None = None
    answers: list[Quote] = field(default_factory=list)
    """What stands in the verdict column of an answer table."""
    replies: list[Quote] = field(default_factory=list)
    """What follows the question as 'Svar på revisionsfrågan: …'."""
    headed: bool = False
    """Whether the question was first met over its answer, not in a list of questions."""


def find_questions(placed: list[Placed], rows: list[AnswerRow]) -> list[Asked]:
    """Every audit question of the document, in the order in which they are first asked."""
    asked: list[Asked] = []
    for quotes in _listed(placed):
        _add_group(asked, quotes)
    for item in placed:
        labelled = _labelled(item)
        if labelled:
            known = len(asked)
            _add(asked, labelled[0], number=labelled[1], parent=None).headed |= len(asked) > known
    for question, answer in _answered(placed):
        _add(asked, question, number=None, parent=None).replies.append(answer)
    for row in rows:
        _add_row(asked, row)
    for source in (_indirect, demands, run_of_questions, over_answers, lone_questions):
        if not asked:
            for quote in source(placed):
                _add(asked, quote, number=None, parent=None).headed = source is over_answers
    return asked


def _add_group(asked: list[Asked], group: list[tuple[Quote, str | None]]) -> None:
    parent: Asked | None = None
    for quote, number in group:
        if number != "sub":
            parent = _add(asked, quote, number=number, parent=None)
        elif parent is not None:
            _add(asked, quote, number=None, parent=parent)


def _add(asked: list[Asked], quote: Quote, *, number: str | None, parent: Asked | None) -> Asked:
    known = find_asked(asked, quote.text)
    if known is None:
        known = Asked(text=quote.text, places=[], number=number, parent=parent)
        asked.append(known)
    if (quote.start, quote.end) not in known.places:
        known.places.append((quote.start, quote.end))
    known.number = known.number or number
    return known


def _add_row(asked: list[Asked], row: AnswerRow) -> None:
    if row.question is None:
        return
    main = _add(asked, row.question, number=row.number, parent=None)
    subs = [_add(asked, quote, number=None, parent=main) for quote in row.sub_questions]
    if row.verdict is None:
        return
    parts = _split_verdict(row.verdict, 1 + len(subs))
    for question, part in zip([main, *subs], parts, strict=False):
        question.answers.append(part)


def _split_verdict(verdict: Quote, wanted: int) -> list[Quote]:
    """'I allt väsentligt/Nej' answers the question and its sub-question in turn, if the numbers agree."""
    pieces = [piece.strip() for piece in verdict.text.split("/")]
    if len(pieces) == wanted and all(len(piece) < 40 for piece in pieces):
        return [Quote(text=piece, start=verdict.start, end=verdict.end) for piece in pieces]
    return [verdict]


def find_asked(asked: list[Asked], text: str, *, threshold: float = SAME_QUESTION) -> Asked | None:
    """The known question that `text` repeats, if any; the most alike wins."""
    scored = [(likeness(question.text, text), -index) for index, question in enumerate(asked)]
    if not scored:
        return None
    best, index = max(scored)
    return asked[-index] if best >= threshold else None


def by_number(number: str, asked: list[Asked]) -> int | None:
    """The question with that number, or, where the questions have none, the one that stands in that place."""
    mains = [i for i, question in enumerate(asked) if question.parent is None]
    named = next((i for i in mains if asked[i].number == number), None)
    if named is not None or not number.isdigit():
        return named
    return mains[int(number) - 1] if 0 < int(number) <= len(mains) else None


def _listed(placed: list[Placed]) -> list[list[tuple[Quote, str | None]]]:
    """The questions under each announcement, one group per list item: the question, then its sub-questions."""
    groups: list[list[tuple[Quote, str | None]]] = []
    index = 0
    while index < len(placed):
        lead = placed[index]
        index += 1
        plain = not _announces(lead)
        if plain and not _announces_plainly(lead, placed[index : index + 2]):
            continue
        inline = _inline(lead)
        groups.extend(inline)
        if not inline and index < len(placed) and _introduces(placed[index]):
            index += 1
        while index < len(placed) and (group := _question_item(placed[index], lead)):
            if _is_nested(placed[index]) and groups:
                groups[-1].extend((quote, "sub") for quote, _ in group)
            elif placed[index].block.kind is BlockKind.PARAGRAPH:
                # In running text nothing tells a sub-question from the next question.
                groups.extend([(quote, number if number != "sub" else None)] for quote, number in group)
            else:
                groups.append(group)
            index += 1
    return groups


def _announces(item: Placed) -> bool:
    block = item.block
    if phrase("for_instance").search(block.text):
        return False
    if block.kind is BlockKind.HEADING:
        return phrase("question_words").search(block.text) is not None and not block.text.rstrip().endswith("?")
    return block.kind in PROSE and phrase("question_lead").search(block.text) is not None


def _introduces(item: Placed) -> bool:
    """A sentence between the announcement and the questions: 'Frågorna har för varje nämnd varit desamma:'."""
    return item.block.kind is BlockKind.PARAGRAPH and item.block.text.rstrip().endswith(":") and not _announces(item)


def _announces_plainly(item: Placed, following: list[Placed]) -> bool:
    """'Förstudien utgår från fyra frågor:' announces audit questions only where questions follow."""
    if item.block.kind not in PROSE and item.block.kind is not BlockKind.HEADING:
        return False
    if item.role in ("sources", "method") or not phrase("plain_question_lead").search(item.block.text.strip()):
        return False
    return len(following) == 2 and all(next_item.block.text.rstrip().endswith("?") for next_item in following)


def _answered(placed: list[Placed]) -> list[tuple[Quote, Quote]]:
    """Questions that their answer follows directly, in the same paragraph or in the next."""
    pairs: list[tuple[Quote, Quote]] = []
    for index, item in enumerate(placed):
        block = item.block
        match = phrase("question_then_answer").match(block.text) if block.kind in PROSE else None
        if match:
            spans = [
                (block.start + match.start(name), block.start + match.end(name)) for name in ("question", "answer")
            ]
            pairs.append((_cut(match["question"], spans[0]), _cut(match["answer"], spans[1])))
            continue
        before = placed[index - 1].block if index else None
        label = phrase("answer_label").match(block.text) if block.kind in PROSE else None
        if label and "svar" in label.group().lower() and before and before.text.rstrip().endswith("?"):
            question = Quote(text=before.text, start=before.start, end=before.end)
            pairs.append((question, _cut(block.text[label.end() :], (block.start + label.end(), block.end))))
    return [(question, answer) for question, answer in pairs if len(question.text.split()) >= 2 and answer.text]


def _cut(text: str, span: tuple[int, int]) -> Quote:
    return Quote(text=text.strip(), start=span[0], end=span[1])


def _indirect(placed: list[Placed]) -> list[Quote]:
    """The questions of a sentence such as 'ska ge svar på om A, om B samt om C' or 'Frågan är om A'."""
    for item in placed:
        if item.role in _ASKED_ELSEWHERE:
            continue
        listed = _indirect_items(placed, item)
        if listed:
            return listed
        if item.block.kind not in PROSE:
            continue
        for a, b in sentences(item.block.text):
            sentence = item.block.text[a:b].rstrip(". ")
            single = phrase("indirect_question").search(sentence)
            lead = single or phrase("indirect_questions").search(sentence)
            if not lead or phrase("habitual").search(sentence[: lead.end()]):
                continue
            parts = list(_WHETHER.finditer(sentence[lead.end() :]))
            if len(parts) >= 2 or single:
                start = item.block.start + a + lead.end()
                return [Quote(text=m.group(), start=start + m.start(), end=start + m.end()) for m in parts]
    return []


_WHETHER = re.compile(
    r"\b(?:om|huruvida)\s+.+?(?=(?:,?\s+(?:och|samt|dels)|,)\s+(?:(?:också|även|dels)\s+)?(?:om|huruvida)\s+|\s*\.?$)"
)
"""Each 'om …' of a sentence that asks several things."""

_ASKED_ELSEWHERE = frozenset({"criteria", "method", "law", "sources", "contents", "observations", "recommendations"})
"""Roles of sections that do not say what the audit asks."""


def _indirect_items(placed: list[Placed], lead: Placed) -> list[Quote]:
    """The items under 'Granskningen ska svara på:' that each begin with 'om'."""
    asks = phrase("indirect_lead").search(lead.block.text.strip())
    if not asks:
        return []
    items: list[Quote] = []
    for item in placed[lead.index + 1 :]:
        block = item.block
        if block.kind is not BlockKind.LIST_ITEM or not (asks["om"] or block.text.lower().startswith("om ")):
            break
        items.append(Quote(text=block.text.rstrip(" ,."), start=block.start, end=block.end))
    return items


def _inline(lead: Placed) -> list[list[tuple[Quote, str | None]]]:
    """The questions that stand in the announcing paragraph itself, after its colon."""
    block = lead.block
    if block.kind is BlockKind.HEADING or not block.text.rstrip().endswith("?"):
        return []
    match = re.search(r":\s+(?=[A-ZÅÄÖ])", block.text)
    at = match.end() if match else block.text.rfind(". ") + 2
    if match is None and at < 2:
        return []
    return [[(quote, None)] for quote in _apart(block.text[at:], block.start + at)]


def _apart(text: str, start: int) -> list[Quote]:
    """The questions of a text, each by itself."""
    return [
        Quote(text=text[a:b].strip(), start=start + a, end=start + b)
        for a, b in sentences(text)
        if text[a:b].endswith("?")
    ]


def _is_nested(item: Placed) -> bool:
    return item.block.kind is BlockKind.LIST_ITEM and (item.block.level or 1) > 1


def _question_item(item: Placed, lead: Placed) -> list[tuple[Quote, str | None]]:
    block = item.block
    text = block.text.strip()
    if block.kind is BlockKind.LIST_ITEM:
        statement_list = re.search(r"mål|revisionsfråg|frågeställning|kontrollfråg", lead.block.text, re.IGNORECASE)
        if not text.endswith("?") and not (statement_list and 3 <= len(text.split()) <= 60):
            return []
    elif not (block.kind is BlockKind.PARAGRAPH and text.endswith("?")):
        return []
    label = phrase("question_label").match(text)
    offset = label.end() if label else 0
    number = (label["number"] if label else None) or (block.marker or "").strip(".)") or None
    if number and not re.fullmatch(r"\d+(?:\.\d+)*|[a-z]", number):
        number = None
    return _split_item(Quote(text=text[offset:], start=block.start + offset, end=block.end), number)


def _split_item(quote: Quote, number: str | None) -> list[tuple[Quote, str | None]]:
    """The first question of an item, and each further one as its sub-question."""
    spans = [(a, b) for a, b in sentences(quote.text) if quote.text[a:b].endswith("?")]
    if len(spans) < 2:
        return [(quote, number)]
    return [
        (Quote(text=quote.text[a:b], start=quote.start + a, end=quote.start + b), number if index == 0 else "sub")
        for index, (a, b) in enumerate(spans)
    ]


def _labelled(item: Placed) -> tuple[Quote, str | None] | None:
    """'Frågeställning 2: Hur …?' as a heading, list item or paragraph of its own."""
    block = item.block
    if block.kind not in PROSE and block.kind is not BlockKind.HEADING:
        return None
    label = phrase("question_label").match(block.text)
    if label is None or len(block.text) > 400:
        return None
    if label["kind"].lower() == "fråga" and not (label["number"] and questions_of(item)):
        return None
    text = block.text[label.end() :].strip()
    if not (text.endswith("?") or block.kind is BlockKind.HEADING) or len(text.split()) < 4:
        return None
    return Quote(text=text, start=block.start + label.end(), end=block.end), label["number"]
