"""How a requirement's status is put in words, and which of its quotes are cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from granskning_ai.asking.data_files import load
from granskning_ai.asking.material import Material
from granskning_ai.asking.question.understanding import Stance
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.matching import Words
from granskning_ai.model import (
    TESTED_STATUSES,
    Basis,
    Catalogue,
    Evidence,
    MatrixCell,
    Requirement,
    Statement,
    Status,
    Verdict,
)
from granskning_ai.swedish.wording import genitive, listed

SATISFIES: dict[Stance, tuple[Status, ...]] = {
    Stance.MEETS: (Status.MET,),
    Stance.PARTLY: (Status.PARTLY_MET,),
    Stance.FAILS: (Status.NOT_MET,),
    Stance.HAS: (Status.MET, Status.PARTLY_MET, Status.PRESENT),
    Stance.LACKS: (Status.NOT_MET, Status.ABSENT),
    Stance.UNTESTED: (Status.PRESENT, Status.ABSENT),
    Stance.UNKNOWN: (Status.NOT_ADDRESSED,),
}
"""The statuses that a question's stance asks for. Having is not the same as meeting the law: both are kept apart."""

_CLOSE = 600
"""Characters. Two quotes of one table row, or of one paragraph, are cited as the one stretch that they stand in."""

_MOST_QUOTES = 2

_TERMS_SHOWN = 5

_AGAINST_THE_LAW = re.compile(r"\b(?:krav\w*|lag(?:en|ens)|uppfyll\w*|svarar mot|lever upp)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A requirement with what answers call it."""

    catalogue: Catalogue
    requirement: Requirement

    @property
    def label(self) -> str:
        """Its name inside a sentence."""
        label = self.requirement.label
        return label[:1].lower() + label[1:]

    @property
    def has(self) -> str:
        """What a municipality does when it is there."""
        return self._put("has", f"lever upp till {self.label}")

    @property
    def lacks(self) -> str:
        """What a municipality does when it is not."""
        return self._put("lacks", f"saknar {self.label}")

    @property
    def none(self) -> str:
        """What a document does not mention that says nothing of it."""
        return self._put("none", f"inte {self.label}")

    def _put(self, key: str, otherwise: str) -> str:
        words: dict[str, dict[str, str]] = load("wording.yml")
        return words.get(self.requirement.key, {}).get(key, otherwise)


_WARNINGS = ("Samma", "Nyare", "Säger")
"""How the matrix begins a note on a statement that contradicts the one that decides."""


def on_whose_word(basis: Basis) -> str:
    """The ground of a status, inside a sentence."""
    return {
        Basis.AUDITOR_ASSESSMENT: "enligt revisorns bedömning",
        Basis.AUDITOR_OBSERVATION: "enligt revisorns iakttagelse",
        Basis.SELF_REPORTED: "enligt kommunens egen uppgift",
        Basis.NONE: "",
    }[basis]


def claim(names: Sequence[str], asked: Asked, status: Status | Verdict, basis: Basis) -> str:
    """What is so in the named municipalities, never stronger than its source. The names may carry source marks."""
    who, word = listed(names), on_whose_word(basis)
    one = len(names) == 1
    return {
        Status.MET: f"{who} uppfyller kravet på {asked.label} {word}",
        Status.PARTLY_MET: f"{who} uppfyller delvis kravet på {asked.label} {word}",
        Status.NOT_MET: f"{who} uppfyller inte kravet på {asked.label} {word}",
        Status.PRESENT: f"{who} {asked.has} {word}, men det är inte prövat mot lagen",
        Status.ABSENT: f"{who} {asked.lacks} {word}, men det är inte prövat mot lagen",
        Status.NOT_ADDRESSED: f"För {who} framgår det inte av dokumenten",
        Status.NOT_APPLICABLE: f"För {who} gällde lagen inte när {'dokumentet' if one else 'dokumenten'} skrevs",
        Status.NOT_AUDITED: f"Om {who} finns inget dokument som kan visa det",
        Status.FAILED: f"För {who} kunde en fil inte läsas, så svaret kan stå där",
    }[Status(status)]


def silent(names: Sequence[str], asked: Asked, cells: Sequence[MatrixCell], kinds: Sequence[str]) -> str:
    """That the documents do not tell, for the named municipalities; `kinds` is what each one's only document is."""
    spoken = [
        f"{genitive(name)} {kind}"
        for name, cell, kind in zip(names, cells, kinds, strict=True)
        if kind and "nämner inte" in cell.searched
    ]
    others = [
        name
        for name, cell, kind in zip(names, cells, kinds, strict=True)
        if not (kind and "nämner inte" in cell.searched)
    ]
    said = [f"{listed(spoken)} nämner {asked.none}"] if spoken else []
    return ". ".join([*said, *([f"För {listed(others)} framgår det inte av dokumenten"] if others else [])])


def what_was_read(cell: MatrixCell) -> str:
    """What was looked through before the cell was left empty, with the first of the words that were looked for."""
    read, _, terms = cell.searched.partition("Sökta ord: ")
    words = [term for term in terms.rstrip(".").split(", ") if term][:_TERMS_SHOWN]
    return f"{read.strip()} Sökta ord bland annat: {', '.join(words)}." if words else read.strip()


def quotes_of(statement: Statement, asked: Asked, material: Material) -> list[Evidence]:
    """The quotes to cite: those that name the requirement, with the words beside them that say how it stands."""
    evidence = list(statement.evidence)
    naming = [quote for quote in evidence if names_it(quote.quote, asked)]
    if statement.value in TESTED_STATUSES:
        # What says how it stands against the law goes before what only describes the thing.
        naming.sort(key=lambda quote: _AGAINST_THE_LAW.search(quote.quote) is None)
    if not naming:
        return evidence[:_MOST_QUOTES]
    first = naming[0]
    if len(first.quote) < 60:
        # A cell of a table, or a heading: with the verdict in the same row it says something.
        near = [q for q in evidence if q is not first and abs(q.start - first.start) < _CLOSE]
        if near:
            return [_joined(first, near[0], material)]
        return [first, *(q for q in evidence if q is not first)][:_MOST_QUOTES]
    if first.quote.endswith("?"):
        return [first, *(q for q in evidence if q is not first)][:_MOST_QUOTES]
    if statement.value in TESTED_STATUSES and not _AGAINST_THE_LAW.search(first.quote):
        return [first, *(q for q in evidence if _AGAINST_THE_LAW.search(q.quote))][:_MOST_QUOTES]
    return [first]


def names_it(quote: str, asked: Asked) -> bool:
    """Whether the quote has a word of the requirement's name."""
    return bool(_naming(asked.requirement.label, asked.requirement.terms).found_in(quote))


@lru_cache(maxsize=64)
def _naming(label: str, terms: tuple[str, ...]) -> Words:
    words = [word.strip("*") for name in (label.lower(), *terms) for word in name.split()]
    return Words([word for word in words if len(word) > 3])


def _joined(first: Evidence, second: Evidence, material: Material) -> Evidence:
    start, end = min(first.start, second.start), max(first.end, second.end)
    return material.document(first.document_id).cite(start, end)


def mark(draft: Draft, name: str, cell: MatrixCell, asked: Asked, material: Material) -> str:
    """The municipality's name with the sources of its status."""
    if not cell.statements:
        return name
    return f"{name} {draft.cite(*quotes_of(cell.statements[0], asked, material))}"


def contradiction(draft: Draft, name: str, cell: MatrixCell, asked: Asked, material: Material) -> str | None:
    """What contradicts the statement that decides, if anything does."""
    lead = cell.statements[0] if cell.statements else None
    if lead is None:
        return None
    other = next((s for s in cell.statements[1:] if cell.conflict and s.note.startswith(_WARNINGS)), None)
    other = other or next((s for s in cell.statements[1:] if _is_later(s, lead) and _denies(s, lead)), None)
    if other is None:
        return None
    said = claim([name], asked, other.value, other.basis)
    newer = "en nyare uppgift" if _is_later(other, lead) else "en annan uppgift"
    marks = draft.cite(*quotes_of(other, asked, material))
    return f"Uppgifterna om {name} går isär. I {newer} står i stället: {said} {marks}"


def _is_later(one: Statement, other: Statement) -> bool:
    return bool(one.date and other.date) and (one.date or "") > (other.date or "")


def _denies(one: Statement, other: Statement) -> bool:
    """Whether one says that the thing is there and the other that it is not."""
    there, not_there = {Status.MET, Status.PRESENT}, {Status.NOT_MET, Status.ABSENT}
    return {one.value in there, other.value in there} == {True, False} and {
        one.value in not_there,
        other.value in not_there,
    } == {True, False}
