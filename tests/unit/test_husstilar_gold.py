"""The gold files are sound: known keys and codes, and every quoted word stands in its document."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from granskning_ai.model import AnomalyKind, Basis, DocType, Status, Topic, Verdict
from granskning_ai.requirements.catalogues import load_catalogues

EVALS = Path(__file__).resolve().parents[2] / "evals"
HOUSES = EVALS / "husstilar"
ROWS = {f"{section}.{row}" for section, last in enumerate((9, 13, 8, 4, 8, 7, 8), 1) for row in range(1, last + 1)}

GOLD_KEYS = frozenset(
    [
        "document",
        "overall_assessment",
        "audit_questions",
        "recommendations",
        "quoted_recommendations",
        "risks",
        "observations",
        "requirements",
        "requirements_kl",
        "agreements",
        "criteria",
        "measures",
        "priorities",
        "indicators",
        "survey",
        "anomalies",
        "must_not",
    ]
)
HOUSE_KEYS = GOLD_KEYS | {"style", "rows", "elected_assessment"}
COMPLETE = ("document", "overall_assessment", "audit_questions", "recommendations", "quoted_recommendations", "risks")
DOCUMENT_KEYS = frozenset(
    [
        "doc_type",
        "issuer",
        "commissioned_by",
        "municipality",
        "municipality_code",
        "municipality_name",
        "municipalities",
        "region",
        "date",
        "year",
        "year_audited",
        "parts",
        "before_the_law",
    ]
)
QUESTION_KEYS = frozenset(
    ["id", "number", "verdict", "text", "quote", "topic", "sub", "parts", "also", "optional", "note"]
)
RECOMMENDATION_KEYS = frozenset(["id", "number", "questions", "addressee", "text", "also", "topic"])
QUOTED_KEYS = frozenset(["id", "number", "acceptance", "implementation", "link", "text", "also"])
ACCEPTANCE = {"accepted", "partly", "rejected"}
IMPLEMENTATION = {"done", "partly_done", "not_done", "planned"}
LINKS = {"repeated", "rolled_forward", "split", "done"}
VERDICTS = {verdict.value for verdict in Verdict}


@cache
def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return content


@cache
def requirement_keys() -> dict[str, set[str]]:
    return {catalogue.law: {r.key for r in catalogue.requirements} for catalogue in load_catalogues()}


GOLD = sorted((EVALS / "gold").glob("*.yaml"))
HOUSE_GOLD = sorted((HOUSES / "gold").glob("*.yaml"))
SPLIT = load(HOUSES / "split.yml")


def squeeze(text: object) -> str:
    """Letters and digits alone: blind to line breaks, hyphens at line ends, bullets and punctuation."""
    return re.sub(r"[^0-9a-zåäöéü]", "", unicodedata.normalize("NFC", str(text)).lower())


def name(path: Path) -> str:
    return path.stem


def bare(entry: dict[str, Any]) -> set[str]:
    """The keys of an entry, `x_accept` as `x` and `accept` left out."""
    return {key.removesuffix("_accept") for key in entry} - {"accept"}


def questions(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for question in gold.get("audit_questions") or []:
        yield question
        yield from question.get("sub", [])


def assessments(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything that carries a verdict."""
    stated = [gold.get("overall_assessment"), gold.get("elected_assessment"), *questions(gold)]
    for entry in (entry for entry in stated if entry):
        yield entry
        yield from entry.get("parts", [])


@pytest.mark.parametrize("path", [*GOLD, *HOUSE_GOLD], ids=name)
def test_keys_and_codes_are_known(path: Path) -> None:
    gold = load(path)
    assert set(gold) <= (HOUSE_KEYS if path in HOUSE_GOLD else GOLD_KEYS)
    assert bare(gold["document"]) <= DOCUMENT_KEYS
    DocType(gold["document"]["doc_type"])
    for entry in assessments(gold):
        assert {entry["verdict"], *entry.get("accept", [])} <= VERDICTS, entry
    for question in questions(gold):
        assert bare(question) <= QUESTION_KEYS, question
        assert question.get("topic", Topic.OTHER.value) in set(Topic)
    for recommendation in gold["recommendations"]:
        assert bare(recommendation) <= RECOMMENDATION_KEYS, recommendation
    for quoted in gold.get("quoted_recommendations") or []:
        assert bare(quoted) <= QUOTED_KEYS, quoted
        assert quoted.get("acceptance", "accepted") in ACCEPTANCE
        assert quoted.get("implementation", "done") in IMPLEMENTATION
        assert quoted.get("link", "done") in LINKS
    for anomaly in gold.get("anomalies") or []:
        AnomalyKind(anomaly["kind"])


@pytest.mark.parametrize("path", [*GOLD, *HOUSE_GOLD], ids=name)
def test_requirements_are_those_of_the_catalogues(path: Path) -> None:
    catalogues = requirement_keys()
    for key, law in (("requirements", "2023:196"), ("requirements_kl", "2017:725")):
        rows = load(path).get(key) or {}
        assert not rows or set(rows) == catalogues[law]
        for row in rows.values():
            assert {row["status"], *row.get("accept", [])} <= set(Status)
            assert row.get("basis", Basis.NONE.value) in set(Basis)


@pytest.mark.parametrize("path", [*GOLD, *HOUSE_GOLD], ids=name)
def test_ids_are_unique_and_tied_questions_exist(path: Path) -> None:
    gold = load(path)
    groups = [list(questions(gold)), gold["recommendations"], gold.get("quoted_recommendations") or []]
    for group in groups:
        assert all(count == 1 for count in Counter(entry["id"] for entry in group).values())
    known = {question["id"] for question in questions(gold)}
    assert all(set(entry.get("questions", [])) <= known for entry in gold["recommendations"])


def wordings(gold: dict[str, Any]) -> Iterator[object]:
    """Every text in a gold file that the document must have word for word (`also` may be a mended form)."""
    for entry in [*assessments(gold), *(gold.get("anomalies") or [])]:
        yield entry.get("quote", "")
        yield entry.get("scope", "")
    for key in ("audit_questions", "recommendations", "quoted_recommendations", "risks"):
        for entry in gold.get(key) or []:
            yield entry["text"]
            yield from entry.get("addressee", [])
            yield from (sub["text"] for sub in entry.get("sub", []))
    for key in ("requirements", "requirements_kl"):
        yield from (row.get("quote", "") for row in (gold.get(key) or {}).values())
    for key in ("criteria", "priorities", "observations"):
        yield from gold.get(key) or []
    for measure in gold.get("measures") or []:
        yield from measure.values()
    for agreement in gold.get("agreements") or []:
        yield from agreement.get("areas", [])


@pytest.mark.parametrize("path", HOUSE_GOLD, ids=name)
def test_gold_texts_are_the_documents_own_words(path: Path) -> None:
    document = squeeze((HOUSES / "dokument" / f"{path.stem}.txt").read_text(encoding="utf-8"))
    assert [text for text in wordings(load(path)) if squeeze(text) not in document] == []


@pytest.mark.parametrize("path", HOUSE_GOLD, ids=name)
def test_a_stated_verdict_has_its_quote(path: Path) -> None:
    for entry in assessments(load(path)):
        if entry["verdict"] != Verdict.NOT_ASSESSED and not entry.get("optional"):
            assert entry.get("quote") or entry.get("parts"), entry


@pytest.mark.parametrize("path", HOUSE_GOLD, ids=name)
def test_a_house_style_file_is_complete(path: Path) -> None:
    gold = load(path)
    assert set(COMPLETE) <= set(gold)
    assert set(gold["rows"]) <= ROWS
    assert path.stem.partition("-")[0] == gold["style"]
    assert gold["style"] in SPLIT["develop"] + SPLIT["report"]
    if not gold["rows"]:
        assert not any(gold[key] for key in COMPLETE[1:])
    words = len((HOUSES / "dokument" / f"{path.stem}.txt").read_text(encoding="utf-8").split())
    assert 150 <= words <= 600


def test_every_document_has_gold() -> None:
    documents = {path.stem for path in (HOUSES / "dokument").glob("*.txt")}
    assert documents == {path.stem for path in HOUSE_GOLD}
    assert len(documents) >= 80


def test_every_row_is_in_both_halves_and_negatives_too() -> None:
    halves = {style: half for half in ("develop", "report") for style in SPLIT[half]}
    seen = {(row, halves[gold["style"]]) for gold in map(load, HOUSE_GOLD) for row in gold["rows"] or ["negative"]}
    assert seen == {(row, half) for row in ROWS | {"negative"} for half in ("develop", "report")}
    assert sum(not load(path)["rows"] for path in HOUSE_GOLD) >= 12


def test_the_split_is_the_one_that_the_seed_draws() -> None:
    generator = random.Random(SPLIT["seed"])
    develop: list[str] = []
    for group in sorted(SPLIT["groups"]):
        styles = sorted(SPLIT["groups"][group])
        generator.shuffle(styles)
        develop += styles[: len(styles) // 2]
    assert sorted(develop) == sorted(SPLIT["develop"])
    everything = [style for styles in SPLIT["groups"].values() for style in styles]
    assert sorted(SPLIT["report"]) == sorted(set(everything) - set(develop))
