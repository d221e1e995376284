"""Scores answers against questions with gold answers (evals/README.md describes the format)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from granskning_ai.asking import Answer, Kind
from granskning_ai.asking.reply.matching import akin
from granskning_ai.errors import ConfigError
from granskning_ai.evaluation.score import Figure
from granskning_ai.model import Catalogue
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import words
from granskning_ai.swedish.wording import number

Ask = Callable[[str], Answer]

STRUCTURED = frozenset([Kind.FINDINGS, Kind.COUNT, Kind.COMPARE])

_HALVES = {"dev": "utveckling", "test": "rapport"}
"""The questions were parted at random: the one half is looked at while the program is made, the other is reported."""

_SWEDISH = {
    Kind.COUNT: "räkna",
    Kind.COMPARE: "jämföra",
    Kind.FINDINGS: "slå upp fynd",
    Kind.EXPLAIN: "förklara",
    Kind.PASSAGE: "hitta textställe",
}

_MARKS = re.compile(r"(?:\[\d+\])+")
_QUOTE = re.compile(r"”(.+?)”\s*((?:\[\d+\])+)?", re.DOTALL)
_FRAMES = re.compile(
    r"^(?:.+ framgår inte|Underlaget ger inget säkert svar|Det här kommer närmast frågan|"
    r"(?:Ja|Nej|Delvis|Inget|Inga)\b.{0,25}[.]$|Ja, men bara|Det framgår inte|Det är inte prövat|Läst:|Sökt|"
    r"För .+ (?:framgår det inte|gällde lagen inte|kunde en fil|har inget krav|är det inte prövat)|"
    r"Om .+ finns inget|Ingen |.+ nämner (?:ing|inte|varken)|Källan är|Frågan har inget svar|"
    r"Räknas som|Till |Andra svar|"
    r"Den här|Kommandot|Uppgifterna om .+ går isär|"
    r"Enligt en |[\wÅÄÖåäö]+: Läst|Det finns ingen? |Där finns inga|De \d+ första|Sökta ord)"
)
"""Sentences that tell what was done or asked, and claim nothing about a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its gold answer. Without `codes` the municipalities are not scored."""

    id: str
    kind: Kind
    split: str
    text: str
    codes: tuple[str, ...] | None = None
    accept_codes: tuple[tuple[str, ...], ...] = ()
    value: int | None = None
    accept_values: tuple[int, ...] = ()
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    accept_cites: tuple[tuple[str, ...], ...] = ()
    accept_kinds: tuple[str, ...] = ()
    accept_refused: bool = False


@dataclass(slots=True, kw_only=True)
class _Tally:
    """The figures of one run."""

    figures: dict[str, Figure] = field(default_factory=dict)

    def add(self, name: str, right: int, wanted: int, found: int, note: str) -> None:
        self.figures.setdefault(name, Figure(name=name)).add(right, wanted, found, note)


def load_questions(directory: Path) -> list[Question]:
    """Reads the questions of a folder: one YAML file for each kind.

    Raises:
        ConfigError: there are none.
    """
    files = sorted(directory.glob("*.yaml"))
    if not files:
        raise ConfigError(f"Det finns inga frågor (*.yaml) i {directory}.", hint="Ange mappen med frågorna.")
    return [
        _question(Kind(path.stem), entry)
        for path in files
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def score_answers(
    ask: Ask, questions: Iterable[Question], stems: Mapping[str, str], catalogues: Sequence[Catalogue] = ()
) -> list[Figure]:
    """Asks every question and scores the answers, each half of the questions by itself.

    A structured answer is right when it is right in everything: municipalities, number, what it says and cites.
    The figure for refusals is F1; `right / found` is their precision and `right / wanted` their recall.

    Args:
        ask: answers a question.
        questions: the questions with their gold.
        stems: the documents' file names without suffix, by id.
        catalogues: the requirements, whose words a quote may have in place of their labels.
    """
    tally = _Tally()
    names = {r.label: " ".join([*r.terms, *r.demand, *r.present]) for c in catalogues for r in c.requirements}
    for question in questions:
        half = f"frågor, {_HALVES[question.split]}"
        answer = ask(question.text)
        _refusal(tally, half, question, answer)
        if question.kind is not Kind.OUT_OF_SCOPE:
            faults = faults_of(question, answer, stems)
            note = f"{question.id} {question.text}: {'; '.join(faults)}"
            tally.add(f"{half}: {_SWEDISH[question.kind]}", int(not faults), 1, 1, note)
            if question.kind in STRUCTURED:
                tally.add(f"{half}: exakta svar", int(not faults), 1, 1, note)
        for claim, sound in claims_of(answer, names):
            tally.add(f"{half}: påståenden med belägg", int(sound), 1, 1, f"{question.id}: {claim[:120]}")
    return list(tally.figures.values())


def faults_of(question: Question, answer: Answer, stems: Mapping[str, str]) -> list[str]:
    """What is wrong with an answer to a question that the material answers; nothing where it is right."""
    if answer.refused:
        return [] if question.accept_refused else ["avslag"]
    faults = []
    if answer.kind is not question.kind and answer.kind not in question.accept_kinds:
        faults.append(f"slag {answer.kind}")
    if question.codes is not None:
        accepted = {tuple(sorted(codes)) for codes in (question.codes, *question.accept_codes)}
        if answer.municipality_codes not in accepted:
            faults.append(f"kommuner {list(answer.municipality_codes)}, inte {list(question.codes)}")
    text = _plain(answer.text)
    if question.value is not None and not any(
        _says_number(answer.text, value) for value in (question.value, *question.accept_values)
    ):
        faults.append(f"inte antalet {question.value}")
    faults += [f"saknar ”{words}”" for words in question.contains if _plain(words) not in text]
    faults += [f"har ”{words}”" for words in question.lacks if _plain(words) in text]
    quotes = [_plain(source.quote) for source in answer.sources]
    faults += [f"citerar inte ”{q}”" for q in question.quotes if not any(_plain(q) in quote for quote in quotes)]
    cited = {stems.get(source.document_id, "") for source in answer.sources}
    if not any(set(stems_) <= cited for stems_ in (question.cites, *question.accept_cites)):
        faults.append(f"citerar {sorted(cited)}, inte {list(question.cites)}")
    return faults


def claims_of(answer: Answer, names: Mapping[str, str] = {}) -> list[tuple[str, bool]]:
    """Every claim of an answer, and whether it is cited and its sources have its words.

    `names` are the requirements' labels and the words that a text uses for each.
    """
    if answer.kind is Kind.EXPLAIN and not answer.sources:
        return []
    quotes = {source.number: source.quote for source in answer.sources}
    claims: list[tuple[str, bool]] = []
    lead = ""
    for line in answer.text.splitlines():
        if line.rstrip().endswith(":"):
            lead = line
        lead = lead if line.strip() else ""
        if not line.strip() or line is lead:
            continue
        for start, end in _units(line):
            unit = line[start:end].strip()
            if not _MARKS.search(unit):
                if not _FRAMES.match(unit) and answer.sources:
                    claims.append((unit, False))
                continue
            meant = " ".join(words for label, words in names.items() if label.lower() in f"{lead} {unit}".lower())
            claims.append((unit, _is_borne_out(unit, f"{lead} {meant}", quotes)))
    return claims


def _units(line: str) -> Sequence[tuple[int, int]]:
    """A list item is one claim; running text is parted into sentences, never inside a quote."""
    if line.startswith("–"):
        return [(1, len(line))]
    masked = _QUOTE.sub(lambda m: "”" + "x" * (len(m[0]) - 2) + ("”" if not m[2] else "]"), line)
    return sentences(masked)


def _is_borne_out(unit: str, context: str, quotes: Mapping[int, str]) -> bool:
    """Quoted words stand in the sources right after them; other words have something in common with theirs."""
    for match in _QUOTE.finditer(unit):
        numbers = [int(n) for n in re.findall(r"\d+", match[2] or "")]
        wanted = _plain(match[1])
        if numbers and not any(wanted in _plain(quotes.get(n, "")) for n in numbers):
            return False
    last = 0
    for marks in _MARKS.finditer(unit):
        segment, last = unit[last : marks.start()], marks.end()
        numbers = [int(n) for n in re.findall(r"\d+", marks[0])]
        if not all(n in quotes for n in numbers):
            return False
        if "”" not in segment and not _in_common(f"{segment} {unit} {context}", " ".join(quotes[n] for n in numbers)):
            return False
    return True


def _in_common(claim: str, quote: str) -> bool:
    said, there = {w for w in words(claim) if len(w) > 2 or w.isdigit()}, set(words(quote))
    return any(akin(word, other) or (len(word) > 2 and word in other) for word in said - _TEMPLATE for other in there)


_TEMPLATE = frozenset(
    [
        "uppfyller", "kravet", "enligt", "revisorns", "bedömning", "iakttagelse", "kommunens", "egen",
        "uppgift", "men", "det", "inte", "prövat", "mot", "lagen", "har", "ett", "eller", "som", "och",
        "delvis", "kommuner", "kommun", "den", "finns", "för", "med", "till", "från",
    ]
)  # fmt: skip
"""Words of the answers' own, which prove nothing when a quote has them too."""


def _refusal(tally: _Tally, half: str, question: Question, answer: Answer) -> None:
    wanted = question.kind is Kind.OUT_OF_SCOPE
    if question.accept_refused:
        return
    note = f"{question.id} {question.text}: {'svarade' if wanted else 'avslog'}: {answer.text[:150]}"
    tally.add(f"{half}: avslag", int(wanted and answer.refused), int(wanted), int(answer.refused), note)


def _says_number(text: str, value: int) -> bool:
    """Whether the number that the answer gives first is this one."""
    head = _MARKS.sub("", text.split("\n")[0]).lower()
    spoken = {str(value), number(value), number(value, neuter=True)} | (
        {"inga", "inget", "ingen"} if value == 0 else set()
    )
    known = {number(n) for n in range(13)} | {"ett", "inga", "inget"}
    first = next((word for word in re.findall(r"\w+", head) if word in known or word.isdigit()), "")
    return first in spoken


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _question(kind: Kind, entry: dict[str, Any]) -> Question:
    lists: dict[str, Collection[Any]] = {
        key: tuple(str(value) for value in entry.get(key, ()))
        for key in ("contains", "lacks", "quotes", "cites", "accept_kinds")
    }
    codes = entry.get("codes")
    return Question(
        id=entry["id"],
        kind=kind,
        split=entry["split"],
        text=entry["question"],
        codes=None if codes is None else tuple(codes),
        value=entry.get("value"),
        accept_values=tuple(entry.get("accept_values", ())),
        accept_refused=bool(entry.get("accept_refused", False)),
        accept_codes=_nested(entry, "accept_codes"),
        accept_cites=_nested(entry, "accept_cites"),
        **lists,  # type: ignore[arg-type]
    )


def _nested(entry: dict[str, Any], key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(value) for value in values) for values in entry.get(key, ()))
