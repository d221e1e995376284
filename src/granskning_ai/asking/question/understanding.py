"""What a question was understood as: closed lists and one record, which can be kept for the next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from granskning_ai.model import DocType, Topic


class Kind(StrEnum):
    """What a question asks for."""

    PASSAGE = "passage"
    FINDINGS = "findings"
    COMPARE = "compare"
    COUNT = "count"
    EXPLAIN = "explain"
    OUT_OF_SCOPE = "out_of_scope"


class Subject(StrEnum):
    """What is asked for."""

    REQUIREMENT = "requirement"
    OVERALL = "overall"
    VERDICT = "verdict"
    AUDIT_QUESTION = "audit_question"
    RECOMMENDATION = "recommendation"
    RISK = "risk"
    OBSERVATION = "observation"
    MEASURE = "measure"
    RESPONSIBLE = "responsible"
    CRITERION = "criterion"
    INDICATOR = "indicator"
    SURVEY_ANSWER = "survey_answer"
    AGREEMENT = "agreement"
    ANOMALY = "anomaly"
    ISSUER = "issuer"
    COMMISSIONER = "commissioner"
    DATE = "date"
    DOCUMENT = "document"
    FAILURE = "failure"
    MUNICIPALITY = "municipality"
    TERM = "term"
    TEXT = "text"


class Stance(StrEnum):
    """How it stands, as the question puts it."""

    MEETS = "meets"
    PARTLY = "partly"
    FAILS = "fails"
    HAS = "has"
    LACKS = "lacks"
    UNTESTED = "untested"
    UNKNOWN = "unknown"
    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNDETERMINED = "undetermined"


class Refusal(StrEnum):
    """Why a question is none to the material."""

    COMMAND = "command"
    CHAT = "chat"
    ADVICE = "advice"
    SUPERLATIVE = "superlative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A question, understood. `words` are those that nothing else accounts for: they narrow lists and steer search.

    `content` are all that a text with the answer could have, what is asked for among them.
    `query` is the question with misspelt words put right. `places` are names of municipalities that there are none
    of; `firms` those named, by their names in the workspace, or as written where no document is theirs. `said` is
    what narrows the question as it is written ('rapportering till fullmäktige'), `bodies` are the boards that
    something is addressed to, `number` that of an audit question. `forms` are marks of the question's form ('most',
    'requirements', 'yes_no').
    """

    question: str
    query: str
    kind: Kind
    subject: Subject
    forms: frozenset[str] = frozenset()
    stance: Stance | None = None
    requirements: tuple[str, ...] = ()
    either: bool = False
    topics: tuple[Topic, ...] = ()
    municipalities: tuple[str, ...] = ()
    county: str = ""
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    firms: tuple[str, ...] = ()
    unknown_firms: tuple[str, ...] = ()
    doc_types: tuple[DocType, ...] = ()
    words: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    said: str = ""
    bodies: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    number: str = ""
    refusal: Refusal | None = None

    def to_json(self) -> dict[str, Any]:
        """The record as JSON values."""
        return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The record that `to_json` gave.

        Raises:
            KeyError, TypeError, ValueError: it was not made by this version.
        """
        return cls(
            question=data["question"],
            query=data["query"],
            kind=Kind(data["kind"]),
            subject=Subject(data["subject"]),
            forms=frozenset(data["forms"]),
            stance=Stance(data["stance"]) if data["stance"] else None,
            requirements=tuple(data["requirements"]),
            either=bool(data["either"]),
            topics=tuple(Topic(topic) for topic in data["topics"]),
            municipalities=tuple(data["municipalities"]),
            county=data["county"],
            places=tuple(data["places"]),
            years=tuple(data["years"]),
            firms=tuple(data["firms"]),
            unknown_firms=tuple(data["unknown_firms"]),
            doc_types=tuple(DocType(kind) for kind in data["doc_types"]),
            words=tuple(data["words"]),
            content=tuple(data["content"]),
            said=data["said"],
            bodies=tuple(data["bodies"]),
            terms=tuple(data["terms"]),
            number=data["number"],
            refusal=Refusal(data["refusal"]) if data["refusal"] else None,
        )
