"""Search over the real documents, with their development questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from granskning_ai.evaluation.search import rank
from granskning_ai.pipeline import Pipeline


@pytest.mark.real
@pytest.mark.slow
def test_the_real_questions_find_their_passages(shared: Path, tmp_path: Path) -> None:
    lines = (shared / "retrieval" / "questions-dev.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines if line.strip()]
    with Pipeline.open(tmp_path) as pipeline:
        pipeline.import_paths(sorted((shared / "corpora").glob("*.txt")))
        found = [[hit.text for hit in pipeline.search(question["question"]).hits] for question in questions]
    rankings = [
        rank(texts, [gold["text"] for gold in question["gold"]])
        for texts, question in zip(found, questions, strict=True)
    ]
    assert max(len(text.split()) for texts in found for text in texts) <= 200
    assert sum(0 < ranking.first <= 5 for ranking in rankings) / len(rankings) >= 0.91
    assert sum(ranking.reciprocal for ranking in rankings) / len(rankings) >= 0.82
    assert sum(ranking.found for ranking in rankings) / sum(ranking.wanted for ranking in rankings) >= 0.84
