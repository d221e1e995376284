"""House styles are scored one half at a time, and row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from granskning_ai.errors import ConfigError
from granskning_ai.evaluation.rows import half_of, score_rows
from granskning_ai.evaluation.run import evaluate
from granskning_ai.evaluation.score import Figure

SPLIT = "develop: [alm]\nreport: [bok]\n"
GOLD = """document: {doc_type: audit_report, municipality: null}
style: STYLE
rows: ROWS
audit_questions: []
recommendations:
- {id: R1, text: ta fram rutiner för dokumentation}
"""
REPORT = """Granskning av arkiv

Revisorerna har granskat arkivet.

Vi rekommenderar att ta fram rutiner för dokumentation.
"""


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    for folder in ("dokument", "gold"):
        (tmp_path / folder).mkdir()
    (tmp_path / "split.yml").write_text(SPLIT, encoding="utf-8")
    for name, style, rows in (("alm-arkiv", "alm", '["3.1"]'), ("bok-arkiv", "bok", "[]")):
        (tmp_path / "dokument" / f"{name}.txt").write_text(REPORT, encoding="utf-8")
        gold = GOLD.replace("STYLE", style).replace("ROWS", rows)
        (tmp_path / "gold" / f"{name}.yaml").write_text(gold, encoding="utf-8")
    return tmp_path


def test_a_half_holds_the_documents_of_its_styles_only(houses: Path) -> None:
    gold = {"alm-arkiv": {"style": "alm"}, "bok-arkiv": {"style": "bok"}}
    assert list(half_of(gold, houses / "split.yml", "develop")) == ["alm-arkiv"]
    with pytest.raises(ConfigError):
        half_of(gold, houses / "split.yml", "tredje")


def test_rows_are_scored_on_what_they_are_about(houses: Path) -> None:
    figures = {figure.name: figure for figure in evaluate(houses / "dokument", houses / "gold", half="develop").figures}
    assert figures["dokument"].wanted == 1
    assert (figures["3.1 rekommendationer"].precision, figures["3.1 rekommendationer"].recall) == (1.0, 1.0)
    assert not any(name.startswith("3.1 ") and "frågor" in name for name in figures)


def test_what_is_found_where_nothing_is_counts_as_invented(houses: Path) -> None:
    gold = {"alm-arkiv": {"document": {"doc_type": "other"}, "rows": []}}
    assert score_rows([], gold) == []
    figure = Figure(name="x", right=1, wanted=4, found=2)
    assert (figure.precision, figure.recall) == (0.5, 0.25)
