"""The real documents against the statuses that careful readers found in them, in every format there is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from granskning_ai.model import DocType, Document, RequirementStatus, SourceFile, Status
from granskning_ai.parsing.docx import DocxParser
from granskning_ai.parsing.html import HtmlParser
from granskning_ai.parsing.pdf import PdfParser
from granskning_ai.parsing.text import TextParser
from granskning_ai.ports import Parser
from granskning_ai.requirements.catalogues import load_catalogues
from granskning_ai.requirements.deciding import decide

pytestmark = pytest.mark.real
REAL = Path(__file__).resolve().parents[3] / ".." / "shared"
PARSERS: dict[str, type[Parser]] = {
    ".txt": TextParser,
    ".pdf": PdfParser,
    ".docx": DocxParser,
    ".html": HtmlParser,
}
FILES = [
    path
    for gold in sorted((REAL / "gold").glob("*-*.yaml"))
    for folder in (REAL / "corpora", REAL / "corpora" / "typeset")
    for path in sorted(folder.glob(f"{gold.stem}.*"))
]


@cache
def _parsed(path: Path) -> Document:
    data = path.read_bytes()
    return PARSERS[path.suffix]().parse(SourceFile.of(path.name, data, path.suffix[1:]), data)


def _statuses(path: Path, gold: dict[str, Any]) -> dict[str, RequirementStatus]:
    document, known = _parsed(path), gold["document"]
    metadata = replace(
        document.metadata,
        doc_type=DocType(known["doc_type"]),
        municipality_codes=(known["municipality"]["code"],) if known["municipality"] else (),
        date=str(known["date"]) if known["date"] else None,
        year=known.get("year") or known.get("year_audited"),
    )
    rows = decide(replace(document, metadata=metadata), (), load_catalogues())
    return {row.requirement: row for row in rows if row.law == "2023:196"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_gold(path: Path) -> None:
    gold = yaml.safe_load((REAL / "gold" / f"{path.stem}.yaml").read_text(encoding="utf-8"))
    found = _statuses(path, gold)
    assert set(found) == set(gold["requirements"])
    wrong = {}
    for key, wanted in gold["requirements"].items():
        accepted = {wanted["status"], *wanted.get("accept", [])}
        if gold["document"].get("before_the_law") and "not_addressed" in accepted:
            accepted.add("not_applicable")
        if found[key].status not in accepted:
            wrong[key] = (found[key].status, wanted["status"], found[key].note)
        elif found[key].status == wanted["status"] and "basis" in wanted:
            assert found[key].basis == wanted["basis"]
    assert not wrong


def test_an_injection_gives_no_false_status() -> None:
    known = {"doc_type": "audit_report", "municipality": {"code": "0126"}, "date": "2024-03-18", "year": 2024}
    path = REAL / "corpora" / "typeset" / "trasiga" / "text-with-prompt-injection.txt"
    found = {key: row.status for key, row in _statuses(path, {"document": known}).items()}
    assert found["lagesbild"] in (Status.NOT_MET, Status.ABSENT)
    assert found["atgardsplan"] in (Status.NOT_MET, Status.ABSENT)
    assert found["strategiskt_rad"] in (Status.MET, Status.PRESENT)
    others = set(found) - {"lagesbild", "atgardsplan", "strategiskt_rad", "uppfoljning"}
    assert {found[key] for key in others} == {Status.NOT_ADDRESSED}


def test_advice_in_a_file_of_formulas_is_no_status() -> None:
    known = {"doc_type": "follow_up", "municipality": {"code": "0126"}, "date": None, "year": 2024}
    path = REAL / "corpora" / "typeset" / "trasiga" / "formula-injection.txt"
    assert {row.status for row in _statuses(path, {"document": known}).values()} == {Status.NOT_ADDRESSED}
