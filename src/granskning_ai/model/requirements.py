"""Statutory requirements and what is known of each in a municipality."""

from __future__ import annotations

from dataclasses import dataclass

from granskning_ai.errors import SpanError
from granskning_ai.model.codes import EMPTY_STATUSES, Basis, DocType, Status
from granskning_ai.model.documents import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that an act asks of a municipality.

    `provision` is empty where it is not certain; `evidence` says in Swedish what counts as evidence. Everything
    from `kind` on tells how a text speaks of the requirement. It is written with wildcards, never with regular
    expressions: `*` stands for the rest of a word and `…` for up to eight words between ('lägesbild*',
    'rapporter* … till fullmäktige').
    """

    key: str
    label: str
    text: str
    provision: str = ""
    evidence: str = ""
    kind: str = "thing"
    """'thing' (it exists or is lacking), 'activity' (it is done or not), 'quality' (the auditor's verdict on all
    of the audit, as kommunallagen 12 kap. 1 § asks for) or 'phrases' (only `present` and `absent` count)."""
    terms: tuple[str, ...] = ()
    """What the thing is called; for an activity, what it is done to."""
    actions: tuple[str, ...] = ()
    """The verbs and nouns of an activity."""
    demand: tuple[str, ...] = ()
    """What the requirement is called after 'kravet på', where that is something else than `terms`."""
    short: tuple[str, ...] = ()
    """Words that refer back to the thing once it has been named ('rådet', 'planen')."""
    unlike: tuple[str, ...] = ()
    """Other things that look like `terms`."""
    lesser: tuple[str, ...] = ()
    """Words that show that the thing is of a lesser kind than the act means; once it is in force they do not count."""
    present: tuple[str, ...] = ()
    """Phrases that by themselves show that the requirement is attended to."""
    absent: tuple[str, ...] = ()
    """Phrases that by themselves show that it is not."""
    shown_by: tuple[DocType, ...] = ()
    """Types of document that are the thing itself."""
    decided: bool = False
    """Whether the thing counts only once it has been decided on or signed."""
    recurring: bool = False
    """Whether the municipality's own undertaking to do it at stated intervals counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """An act and its requirements, read from a YAML file. Dates are ISO 8601.

    `names` are the act's names in running text. `subject` holds the words of a text that is about the act's field
    (empty: any text); `doc_types` the types of document that the catalogue applies to (empty: all).
    """

    id: str
    law: str
    title: str
    in_force: str
    repealed: str | None
    names: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    subject: tuple[str, ...] = ()
    doc_types: tuple[DocType, ...] = ()

    def requirement(self, key: str) -> Requirement | None:
        """The requirement with the given key."""
        return next((requirement for requirement in self.requirements if requirement.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was searched before a status was decided, so that 'det framgår inte' can be defended."""

    passages: int
    """How many passages of the document were read."""
    candidates: int
    """How many sentences named the thing."""
    terms: tuple[str, ...] = ()
    """The words that were looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementStatus:
    """The status of one requirement in one municipality, according to one document."""

    id: str
    document_id: str
    municipality_code: str
    law: str
    requirement: str
    status: Status
    basis: Basis
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    searched: Searched | None = None
    found_by: str = "rule:requirements"
    confidence: float = 1.0

    def __post_init__(self) -> None:
        """Refuses a status that nothing in the document proves."""
        if self.status not in EMPTY_STATUSES and not self.evidence:
            raise SpanError(f"Kravet {self.requirement} har status {self.status} utan belägg.")
