"""Questions that lean on the one before: 'och Salem?', 'vilka av dem …?', 'en åtgärdsplan då?'."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.phrases import tokens_of
from granskning_ai.asking.question.understanding import Kind, Subject, Understanding

_SHORT = 5
"""A question of at most so many words that brings nothing of its own asks what the last one did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The last question, and the municipalities that were its answer."""

    understanding: Understanding
    codes: tuple[str, ...]


def remember(path: Path, understanding: Understanding, codes: Sequence[str]) -> None:
    """Keeps the last question for a question that follows."""
    data = {"understanding": understanding.to_json(), "codes": list(codes)}
    path.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")


def recall(path: Path) -> Memory | None:
    """The last question; None where there is none, or where another version kept it."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Memory(understanding=Understanding.from_json(data["understanding"]), codes=tuple(data["codes"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def follow(u: Understanding, memory: Memory, lexicon: Lexicon) -> Understanding:
    """Fills in from the last question what this one leaves out.

    A question with a subject of its own keeps it, and gets the municipalities; one without ('och Salem?') asks
    the last question again, with what it names in place of what that named.
    """
    last = memory.understanding
    words = [token.low for token in tokens_of(u.query)]
    named = u.municipalities or u.county
    places = {"municipalities": u.municipalities, "county": u.county} if named else _places(words, memory, lexicon)
    if _has_own_subject(u, words, lexicon):
        return replace(u, **places)
    again = replace(
        last,
        question=u.question,
        query=f"{last.query} {u.query}" if last.kind is Kind.PASSAGE else last.query,
        requirements=u.requirements or last.requirements,
        topics=u.topics or last.topics,
        years=u.years or last.years,
        firms=u.firms or last.firms,
        unknown_firms=u.unknown_firms,
        places=u.places,
        stance=last.stance,
        words=_words(u, last),
        said=u.said or last.said,
    )
    return replace(again, **places)


def _has_own_subject(u: Understanding, words: Sequence[str], lexicon: Lexicon) -> bool:
    if "bare" in u.forms:
        return False
    if u.subject is not Subject.TEXT and not (u.subject is Subject.TERM and len(words) <= _SHORT):
        return True
    opens = bool(words) and words[0] in lexicon.opening
    return not opens and len(words) > _SHORT and not (u.requirements and words[-1] == "då")


def _words(u: Understanding, last: Understanding) -> tuple[str, ...]:
    if u.requirements or u.topics:
        return ()
    return tuple(dict.fromkeys((*last.words, *u.words))) if last.kind is Kind.PASSAGE else u.words or last.words


def _places(words: Sequence[str], memory: Memory, lexicon: Lexicon) -> dict[str, object]:
    """The municipalities of the last question; those of its answer where the question says 'dem' or 'de'."""
    last = memory.understanding
    leans = bool(lexicon.pronouns.find(words))
    if not last.municipalities and leans:
        return {"municipalities": memory.codes, "county": ""}
    return {"municipalities": last.municipalities, "county": last.county}
