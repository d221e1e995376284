"""Fictional sentences in varied house styles, and the status that each gives. The cases are data (cases/*.yaml)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from granskning_ai.model import Document, RequirementStatus

MakeDocument = Callable[..., Document]
Statuses = Callable[..., dict[str, RequirementStatus]]
INTRO = (
    "Granskningen avser om Vittsunds kommun följer lagen (2023:196) om kommuners ansvar "
    "för brottsförebyggande arbete.\n\n"
)
CASES = [
    pytest.param(case, id=f"{path.stem}-{case['id']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_status(case: dict[str, Any], make_document: MakeDocument, statuses: Statuses) -> None:
    text = ("" if case.get("intro") is False else INTRO) + case["text"]
    document = make_document(text, doc_type=case.get("doc_type", "audit_report"), date=case.get("date", "2025-03-01"))
    for key, row in statuses(document).items():
        expected = case["expected"].get(key, ["not_addressed", "not_applicable"])
        accepted = [expected] if isinstance(expected, str) else expected
        assert row.status in accepted, f"{key}: {row.note} {[evidence.quote for evidence in row.evidence]}"
        assert bool(row.evidence) == (row.status not in ("not_addressed", "not_applicable"))
