"""How a requirement's status is put in words, and which of its quotes are cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from granskning_ai.asking.answers import Draft
from granskning_ai.asking.data_files import load
from granskning_ai.asking.material import Material
from granskning_ai.asking.matching import Words
from granskning_ai.asking.understanding import Stance
from granskning_ai.asking.wording import listed
from granskning_ai.model import Basis, Catalogue, Evidence, MatrixCell, Requirement, Statement, Status, Verdict

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

    def _put(self, key: str, otherwise: str) -> str:
        words: dict[str, dict[str, str]] = load("wording.yml")
        return words.get(self.requirement.key, {}).get(key, otherwise)


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


def quotes_of(statement: Statement, asked: Asked, material: Material) -> list[Evidence]:
    """The quotes to cite: those that name the requirement, with the words beside them that say how it stands."""
    evidence = list(statement.evidence)
    naming = [quote for quote in evidence if names_it(quote.quote, asked)]
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
    return [first]


def names_it(quote: str, asked: Asked) -> bool:
    """Whether the quote has a word of the requirement's name."""
    requirement = asked.requirement
    label = [word for word in requirement.label.lower().split() if len(word) > 3]
    terms = [word.strip("*") for term in requirement.terms for word in term.split() if len(word.strip("*")) > 3]
    return bool(Words([*label, *terms]).found_in(quote))


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
    other = next((s for s in cell.statements[1:] if s.note.startswith(("Samma", "Nyare", "Säger"))), None)
    if not cell.conflict or other is None:
        return None
    marks = draft.cite(*quotes_of(other, asked, material))
    said = claim([name], asked, other.value, other.basis)
    newer = "en nyare uppgift" if other.note.startswith("Nyare") else "en annan uppgift"
    return f"Uppgifterna om {name} går isär. Enligt {newer} gäller: {said} {marks}"
