"""How well the sentences of a passage answer a question that only the text can answer.

The question's own words decide: how many of those that carry meaning stand together in a sentence or two. A passage
that merely resembles the question is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.asking.data_files import load
from granskning_ai.asking.material import Hit
from granskning_ai.asking.reply.matching import FAMILY, Words, is_light
from granskning_ai.model.documents import SECTION_SEPARATOR
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import STOP_WORDS, stem
from granskning_ai.swedish.terms import words as words_of

_LIGHT = 0.15
"""The weight of a word that asks more than it tells ('hände'), against 1 to 1.5 for others."""

_ACT = 0.9
"""The weight of such a word where the act is what is asked about ('Hur ofta träffas …?')."""

_ENOUGH = 0.6
"""How much of the question's weight the quoted sentences must have to be an answer."""

_WHOLE = 0.99
"""With so much of it a sentence leans on no other."""

_ENOUGH_AROUND = 0.75
"""How much the whole passage with its headings must have, where the sentences have less."""

_FEW = 2
"""Words. With no more than this to go by, the sentences themselves must have them."""

AT_LEAST = 0.35
"""With less than this a sentence is not even near."""

_SHORTEST = 4
"""Words. What is shorter is a heading or a cell."""

_LONGEST_LIST = 700

_REPLY = re.compile(r"[^.\n]{0,40}\b(?:[Ss]var|[Yy]ttrande|[Kk]ommentar):")
"""How a reply begins, where advice or a question is quoted and then answered."""

_HOW_MANY = re.compile(r"\b(?:hur många|antalet?)\s+(?:(?:av|de|olika|nya|egna|unika)\s+)*([\w-]+(?: [\w-]+)?)")
"""What is counted, with the adjective before it."""

_NO_COUNT = re.compile(r"\b(?:19|20)\d\d(?::\d+)?\b")
"""Years and the numbers of laws, which count nothing."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_DENIES = re.compile(r"\b(?:inte|inga|inget|ingen|aldrig|sakna\w*)\b", re.IGNORECASE)

_LEANS = re.compile(
    r"(?:Den|Det|De|Dessa|Denna|Detta|Hon|Han|Där|Då|Dess|Deras|Samma|Sådana|Båda|Gruppen|Rådet|Planen|Lösningen)\b"
)
"""A sentence that begins so means something in the one before, which is then quoted with it."""

_NUMBER_WORDS = frozenset(
    [
        "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton",
        "femton", "sexton", "sjutton", "arton", "nitton", "tjugo", "trettio", "fyrtio", "femtio", "hundra",
        "inga", "ingen", "hälften", "samtliga", "båda",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A stretch of one to three sentences in a passage, and how well it fits.

    `cover` is how much of the question's weight the sentences have; `is_answer` whether that is enough.
    """

    hit: Hit
    start: int
    end: int
    score: float
    cover: float
    is_answer: bool

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.hit.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A kind of question, by how it begins, and what a sentence that answers it has.

    `strict` where it must have it, `affirms` where it must not deny, `together` where no other sentence can help,
    `counts` where years and the numbers of laws are none, `acts` where the verb is what is asked about,
    `goes_on` where the next sentence may have it.
    """

    first: re.Pattern[str]
    shows: str
    strict: bool
    affirms: bool
    together: bool
    counts: bool
    acts: bool
    goes_on: bool

    def shown_by(self, words: Sequence[str]) -> re.Pattern[str]:
        """The pattern of an answer to a question with these words."""
        word = rf"\b(?:{'|'.join(map(re.escape, words))})\w*"
        return re.compile(self.shows.replace("{word}", word), re.IGNORECASE)


class Fitter:
    """Weighs the sentences of passages against one question.

    Args:
        question: the question in lower case or as written.
        words: those of its words that carry meaning.
        years: the years that it names.
    """

    def __init__(self, question: str, words: Words, years: Sequence[int] = ()) -> None:
        low = question.lower().strip()
        self._words = words
        self._every = Words([word for word in words_of(question) if word not in STOP_WORDS])
        self._kind = next((kind for kind in _kinds() if kind.first.search(low)), None)
        asking = self._kind.first.search(low) if self._kind else None
        self._asking = frozenset(words_of(asking[0]) if asking else ())
        self._shows = self._kind.shown_by(words.wanted) if self._kind else None
        self._enough_around = _ENOUGH_AROUND if len(words) > _FEW else 1.1
        counted = _HOW_MANY.search(low)
        self._counted = tuple(stem(word) for word in words_of(counted[1]) if word not in STOP_WORDS) if counted else ()
        self._years = frozenset(str(year) for year in years if len(years) <= 3)
        self._wants_reply = "svar" in low
        self._wants_task = bool(_task().search(low))
        self._denies = bool(_DENIES.search(low))

    def quotes(self, hits: Sequence[Hit], document_years: Mapping[str, set[int]]) -> list[Quote]:
        """The sentences that have something of the question, the best first."""
        weights = self._weights(hits)
        if not self._can_be_told(hits):
            return []
        found = [
            quote
            for rank, hit in enumerate(hits)
            for quote in self._in_passage(hit, rank, weights, document_years.get(hit.document_id, set()))
        ]
        return sorted(found, key=lambda quote: -quote.score)

    def _can_be_told(self, hits: Sequence[Hit]) -> bool:
        """Whether what the question is about is spoken of at all; everyday verbs alone are about nothing."""
        subjects = [word for word in self._words.wanted if not is_light(word)]
        if not subjects:
            return self._kind is not None and self._kind.strict
        texts = [self._words.found_in(f"{hit.title} {hit.section} {hit.text}") for hit in hits]
        return all(any(found.get(word, 0.0) >= FAMILY for found in texts) for word in subjects)

    def _weights(self, hits: Sequence[Hit]) -> dict[str, float]:
        """Rare words weigh more, words that ask more than they tell hardly anything."""
        texts = [self._words.found_in(hit.text) for hit in hits]
        weights = {}
        for word in self._words.wanted:
            share = sum(word in found for found in texts) / (len(texts) or 1)
            weights[word] = 1.5 - 0.5 * share
            if is_light(word):
                acts = self._kind is not None and self._kind.acts and word not in self._asking
                weights[word] = _ACT if acts else _LIGHT
        return weights

    def _is_of_the_years(self, text: str, hit: Hit, written: set[int]) -> bool:
        """Whether a text tells of a year that is asked for.

        The passage names it, or names none and is from that year; the figures of a table are of the years over them.
        """
        if "\t" in text:
            named = set(_YEAR.findall("".join(line for line in hit.text.splitlines() if "\t" in line)))
        else:
            named = set(_YEAR.findall(hit.text)) or {*_YEAR.findall(hit.section), *map(str, written)}
        return not self._years or bool(self._years & named)

    def _in_passage(self, hit: Hit, rank: int, weights: Mapping[str, float], written: set[int]) -> list[Quote]:
        total = sum(weights.values())
        around = _weight(self._words.found_in(f"{hit.section} {hit.text}"), weights) / total
        if around < AT_LEAST:
            return []
        base = 0.25 * around - 0.015 * rank - (0.1 if _frames().search(hit.section.lower()) else 0.0)
        spans = _units(hit.text)
        found = self._under_heading(hit, spans, base, weights)
        together = self._kind is not None and self._kind.together and len(self._words) <= _FEW
        for first in range(len(spans)):
            for last in range(first, min(first + 2, len(spans))):
                if last > first and (together or not _is_prose(hit.text, spans[first], spans[last])):
                    break
                text = hit.text[spans[first][0] : spans[last][1]]
                if _is_name(text, hit) or not self._may_answer(text) or not self._is_of_the_years(text, hit, written):
                    continue
                cover = _weight(self._words.found_in(text), weights) / total
                score = base + cover + self._extra(text) - 0.03 * (last - first)
                score += self._reply_bonus(hit.text, spans, last)
                start, end = self._completed(hit.text, spans, first, last, leans=cover < _WHOLE)
                # What the sentences lean on or lead in is quoted with them, and may have the rest of what is asked for.
                cover = (
                    cover
                    if together
                    else max(cover, _weight(self._words.found_in(hit.text[start:end]), weights) / total)
                )
                enough = cover >= _ENOUGH or (cover >= AT_LEAST and around >= self._enough_around)
                found.append(Quote(hit=hit, start=start, end=end, score=score, cover=cover, is_answer=enough))
        return found

    def _under_heading(
        self, hit: Hit, spans: Sequence[tuple[int, int]], base: float, weights: Mapping[str, float]
    ) -> list[Quote]:
        """What a passage begins with, where its heading is (next to) the question: 'Vad kommunerna vill göra'."""
        heading = hit.section.rpartition(SECTION_SEPARATOR)[2]
        cover = _weight(self._words.found_in(heading), weights) / sum(weights.values())
        own = [span for span in spans if not _is_name(hit.text[span[0] : span[1]], hit)]
        if len(self._words) < _FEW or cover < _ENOUGH_AROUND or not own or self._years:
            return []
        last = own[min(2, len(own) - 1)]
        if not self._may_answer(hit.text[own[0][0] : last[1]]):
            return []
        return [Quote(hit=hit, start=own[0][0], end=last[1], score=base + 0.7 * cover, cover=cover, is_answer=True)]

    def _may_answer(self, text: str) -> bool:
        """Whether the text is such that it can answer: no question, and with the figure or date that is asked for."""
        if ("\t" not in text and len(text.split()) < _SHORTEST) or text.rstrip().endswith("?"):
            return False
        if not self._wants_task and _task().search(text):
            return False
        if self._kind and self._shows:
            told = _NO_COUNT.sub("", text) if self._kind.counts else text
            if self._kind.strict and not self._shows.search(told):
                return False
            if self._kind.affirms and not self._denies and _DENIES.search(text):
                return False
        return not self._counted or self._counts(text)

    def _extra(self, text: str) -> float:
        """What speaks for and against a text beside the words of the question that it has."""
        score = 0.2 * sum(self._every.found_in(text).values()) / max(1, len(self._every))
        score += 0.2 if self._shows and self._shows.search(text) else 0.0
        score += 0.1 if any(year in text for year in self._years) else 0.0
        return score - 0.003 * len(text.split()) - (0.0 if _is_sentence(text) else 0.2)

    def _counts(self, text: str) -> bool:
        """Whether a sentence has a number of the very thing that is counted: 'fjorton bilar', 'Narkotikabrott 95'."""
        for start, end in sentences(text):
            found = words_of(text[start:end])
            numbers = {at for at, word in enumerate(found) if _is_count(word)}
            for at, word in enumerate(found):
                near = range(at - 3, at + 3) if "antalet" not in found else range(len(found))
                if self._is_counted(word) and numbers.intersection(near):
                    return True
        return False

    def _is_counted(self, word: str) -> bool:
        """Whether a word is what is counted; a special kind of it will do where more than the kind is asked for."""
        counted = stem(word)
        return counted in self._counted or (len(self._words) > 1 and counted.endswith(self._counted))

    def _reply_bonus(self, text: str, spans: Sequence[tuple[int, int]], last: int) -> float:
        """Where a reply is asked for: the advice that is replied to names the matter, and the reply follows it."""
        if not self._wants_reply:
            return 0.0
        return 0.3 * _leads_to_reply(text, spans, last) - 0.3 * bool(_REPLY.match(text, spans[last][0]))

    def _completed(
        self, text: str, spans: Sequence[tuple[int, int]], first: int, last: int, *, leans: bool
    ) -> tuple[int, int]:
        """With the sentence that the first one leans on, and the list or the reply that the last one leads in."""
        if (
            leans
            and first > 0
            and _LEANS.match(text, spans[first][0])
            and _is_prose(text, spans[first - 1], spans[first])
        ):
            first -= 1
        start = spans[first][0]
        if text[: spans[last][1]].endswith(":"):
            while last + 1 < len(spans) and spans[last + 1][1] - start <= _LONGEST_LIST:
                last += 1
        elif self._wants_reply and _leads_to_reply(text, spans, last):
            last = min(last + 2, len(spans) - 1)
        elif self._kind and self._kind.goes_on and self._shows and not self._shows.search(text, start, spans[last][1]):
            # A reason that is not called one stands in the next sentence.
            follows = last + 1 < len(spans) and _is_prose(text, spans[last], spans[last + 1])
            last += follows
        return start, spans[last][1]


def _units(text: str) -> list[tuple[int, int]]:
    """The sentences of a passage; a row of a table is one, whatever stands in its cells."""
    units: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        own = ((0, len(line.rstrip())),) if "\t" in line else sentences(line)
        units += [(start + first, start + last) for first, last in own if last > first]
        start += len(line)
    return units


def _is_count(word: str) -> bool:
    """Whether a word is a number of something, and no year."""
    return word in _NUMBER_WORDS or (word.isdigit() and not _YEAR.fullmatch(word))


def _weight(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[word] * how for word, how in found.items())


def _is_name(text: str, hit: Hit) -> bool:
    """Whether a text is but a heading over the passage, or the document's title."""
    return text in hit.section or " ".join(text.split()).rstrip(".") in hit.title


def _is_sentence(text: str) -> bool:
    """Whether the text is a sentence, or a table row that says something, rather than a heading or a label."""
    row = "\t" in text and ("." in text or any(char.isdigit() for char in text))
    return row or text.rstrip().endswith((".", "!", ":", "”", ")"))


def _leads_to_reply(text: str, spans: Sequence[tuple[int, int]], last: int) -> bool:
    return last + 1 < len(spans) and bool(_REPLY.match(text, spans[last + 1][0]))


def _is_prose(text: str, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether two sentences follow each other in one paragraph, or are a name and a title in a signature."""
    if "\n" not in text[first[1] : last[0]]:
        return True
    return all(len(text[start:end].split()) <= 3 and text[end - 1].isalpha() for start, end in (first, last))


@cache
def _kinds() -> list[_Kind]:
    return [
        _Kind(
            first=re.compile(kind["first"]),
            shows=kind["shows"],
            strict=bool(kind.get("strict")),
            affirms=bool(kind.get("affirms")),
            together=bool(kind.get("together")),
            counts=bool(kind.get("counts")),
            acts=bool(kind.get("acts")),
            goes_on=bool(kind.get("goes_on")),
        )
        for kind in load("answering.yml")["kinds"]
    ]


@cache
def _task() -> re.Pattern[str]:
    return re.compile(load("answering.yml")["task"], re.IGNORECASE)


@cache
def _frames() -> re.Pattern[str]:
    return re.compile(load("answering.yml")["frames"])
