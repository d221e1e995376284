"""The evaluation on the example corpus must not fall below the saved baseline."""

from __future__ import annotations

from pathlib import Path

from granskning_ai.evaluation.run import evaluate, read_baseline

ROOT = Path(__file__).resolve().parents[2]


def test_no_figure_falls_below_the_baseline() -> None:
    baseline = ROOT / "evals" / "baseline.json"
    evals = ROOT / "evals"
    evaluation = evaluate(
        ROOT / "corpora" / "exempel",
        evals / "gold",
        baseline,
        questions=evals / "fragor",
        searches=evals / "retrieval",
    )
    notes = {figure.name: figure.notes for figure in evaluation.figures if figure.name in evaluation.fallen}
    assert not evaluation.failed
    assert not evaluation.fallen, notes
    assert len(read_baseline(baseline)) >= 20


def test_every_quote_stands_in_its_document() -> None:
    assert read_baseline(ROOT / "evals" / "baseline.json")["belägg"] == 1.0
