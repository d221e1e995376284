"""The real documents against what a careful reader found in them: everything there, nothing invented."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from granskning_ai.extraction.agreements import find_agreements
from granskning_ai.extraction.anomalies import find_anomalies
from granskning_ai.extraction.criteria import find_criteria
from granskning_ai.extraction.indicators import find_indicators
from granskning_ai.extraction.measures import find_measures
from granskning_ai.extraction.risks import find_observations, find_risks
from granskning_ai.extraction.rules import RuleExtractor
from granskning_ai.model import (
    Agreement,
    Anomaly,
    Criterion,
    Document,
    Indicator,
    Measure,
    Observation,
    Risk,
    SourceFile,
    SurveyAnswer,
)
from granskning_ai.parsing.text import TextParser
from granskning_ai.swedish.terms import same_statement

pytestmark = pytest.mark.real
REAL = Path(__file__).resolve().parents[3] / ".." / "shared"
NAMES = [path.stem for path in sorted((REAL / "gold").glob("*-*.yaml"))]


@cache
def gold(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((REAL / "gold" / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def document(name: str) -> Document:
    path = REAL / "corpora" / f"{name}.txt"
    data = path.read_bytes()
    return RuleExtractor().describe(TextParser().parse(SourceFile.of(path.name, data, "text"), data))


def alike(found: list[str], wanted: list[str]) -> bool:
    """Whether the texts are the same one by one, apart from white space and punctuation."""
    pairs = zip(found, wanted, strict=False)
    return len(found) == len(wanted) and all(
        same_statement(a.replace("-", ""), b.replace("-", ""), threshold=0.95) for a, b in pairs
    )


@pytest.mark.parametrize("name", NAMES)
def test_lists(name: str) -> None:
    doc, wanted = document(name), gold(name)
    risks = [risk.text for risk in find_risks(doc) if isinstance(risk, Risk)]
    assert alike(risks, [risk["text"] for risk in wanted["risks"]])
    criteria = [criterion.text for criterion in find_criteria(doc) if isinstance(criterion, Criterion)]
    assert alike(criteria, wanted.get("criteria") or [])
    if "observations" in wanted:
        observations = [seen.text for seen in find_observations(doc) if isinstance(seen, Observation)]
        assert alike(observations, wanted["observations"])


@pytest.mark.parametrize("name", NAMES)
def test_measures(name: str) -> None:
    found = [m for m in find_measures(document(name)) if isinstance(m, Measure)]
    wanted = gold(name)["measures"]
    assert alike([measure.name for measure in found], [measure["name"] for measure in wanted])
    assert [measure.area for measure in found] == [measure["area"] for measure in wanted]
    assert all(measure.purpose and measure.goal and measure.description for measure in found)


@pytest.mark.parametrize("name", NAMES)
def test_figures(name: str) -> None:
    found, wanted = find_indicators(document(name)), gold(name)
    values = {(i.name, i.period): i.value for i in found if isinstance(i, Indicator)}
    assert values == {
        (row["name"], str(period)): value
        for row in wanted.get("indicators") or []
        for period, value in row["values"].items()
    }
    counts = {(a.question, a.answer.lower().replace(" ", "_")): a.count for a in found if isinstance(a, SurveyAnswer)}
    assert counts == {
        (row["question"], answer): row[answer]
        for row in wanted.get("survey") or []
        for answer in ("ja", "nej", "vet_ej")
    }


@pytest.mark.parametrize("name", NAMES)
def test_agreements(name: str) -> None:
    found = {a.agreement_kind: a for a in find_agreements(document(name)) if isinstance(a, Agreement)}
    for wanted in gold(name).get("agreements") or []:
        agreement = found[wanted["kind"]]
        assert agreement.valid_from == str(wanted["valid_from"])
        assert agreement.valid_to == str(wanted["valid_to"])
        if "parties" in wanted:
            assert sorted(p.lower() for p in agreement.parties) == sorted(p.lower() for p in wanted["parties"])


@pytest.mark.parametrize("name", NAMES)
def test_anomalies(name: str) -> None:
    found = [a.anomaly.value for a in find_anomalies(document(name)) if isinstance(a, Anomaly)]
    assert sorted(found) == sorted(a["kind"] for a in gold(name)["anomalies"])
