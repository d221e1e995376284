"""What is found in a document. A finding without evidence cannot be built."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from granskning_ai.errors import SpanError
from granskning_ai.model.codes import AnomalyKind, Topic, Verdict
from granskning_ai.model.documents import Evidence


def stable_id(prefix: str, *parts: object) -> str:
    """An id that depends on the parts alone, the same on every machine and in every run.

    >>> stable_id("rek", "0f3a", "Ta fram en plan", 1)
    'rek-e57b96d60ce8'
    """
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a document says. `found_by` is 'rule:<name>', 'llm:<model>' or 'human:<user>'; `confidence` 0-1.

    `note` is what a reader needs to know of it: how it was read, or that the page was hard to read.
    """

    kind: ClassVar[str]
    id: str
    evidence: tuple[Evidence, ...]
    found_by: str
    confidence: float = 1.0
    note: str = ""

    def __post_init__(self) -> None:
        """Refuses a finding that nothing in the document proves."""
        if not self.evidence:
            raise SpanError(f"Ett fynd ({self.kind}) saknar belägg.")

    @property
    def document_id(self) -> str:
        """The document that the finding stands in."""
        return self.evidence[0].document_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuestion(Finding):
    """A revisionsfråga, frågeställning or kontrollmål with the auditor's answer.

    `verdict_text` is the answer in the document's own words; `note` says how the verdict was read.
    """

    kind: ClassVar[str] = "audit_question"
    text: str
    number: str | None = None
    parent_id: str | None = None
    topic: Topic = Topic.OTHER
    verdict: Verdict = Verdict.NOT_ASSESSED
    verdict_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallAssessment(Finding):
    """The summarising verdict on the purpose of the audit, where it is stated."""

    kind: ClassVar[str] = "overall_assessment"
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Finding):
    """What the auditor advises the audited body; `quoted` where another report's advice is restated."""

    kind: ClassVar[str] = "recommendation"
    text: str
    number: str | None = None
    addressees: tuple[str, ...] = ()
    audit_question_ids: tuple[str, ...] = ()
    topic: Topic = Topic.OTHER
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Finding):
    """A risk that the document itself lists as a finding."""

    kind: ClassVar[str] = "risk"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Finding):
    """An observation (iakttagelse) that the document itself lists as such."""

    kind: ClassVar[str] = "observation"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Finding):
    """A revisionskriterium: what the audit judges against. `law` is the act's number where one is cited."""

    kind: ClassVar[str] = "criterion"
    text: str
    law: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Finding):
    """A measure (åtgärd, insats) of a plan."""

    kind: ClassVar[str] = "measure"
    name: str
    area: str = ""
    purpose: str = ""
    goal: str = ""
    description: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Finding):
    """One figure from a table. `period` is the column (a year, a place); `target` and `outcome` as printed."""

    kind: ClassVar[str] = "indicator"
    name: str
    period: str
    value: float
    unit: str = ""
    target: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswer(Finding):
    """How many gave one answer to one survey question; `share` is 0-1 where the table prints it."""

    kind: ClassVar[str] = "survey_answer"
    question: str
    answer: str
    count: int | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Finding):
    """An agreement that the document is or speaks of. Dates as far as known: '2023' or '2023-01-01'."""

    kind: ClassVar[str] = "agreement"
    agreement_kind: str
    parties: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly(Finding):
    """A slip in the document: reported, never repaired. `expected` is what the fact should be."""

    kind: ClassVar[str] = "anomaly"
    anomaly: AnomalyKind
    text: str
    expected: str = ""


FINDING_KINDS: dict[str, type[Finding]] = {
    kind.kind: kind
    for kind in (
        AuditQuestion,
        OverallAssessment,
        Recommendation,
        Risk,
        Observation,
        Criterion,
        Measure,
        Indicator,
        SurveyAnswer,
        Agreement,
        Anomaly,
    )
}
"""Every kind of finding by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Something that was proposed as a finding but could not be proved; counted and shown, never dropped."""

    document_id: str
    kind: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionResult:
    """What an extractor found, and what was proposed but refused."""

    findings: tuple[Finding, ...]
    rejected: tuple[Rejected, ...] = ()
