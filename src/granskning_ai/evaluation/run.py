"""Runs the evaluation: a corpus through the whole pipeline, scored against its gold, compared with a baseline."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from granskning_ai.errors import ConfigError
from granskning_ai.evaluation.asking import load_questions, score_answers
from granskning_ai.evaluation.score import Figure, load_gold, score
from granskning_ai.evaluation.search import load_searches, score_search
from granskning_ai.pipeline import Pipeline

TOLERANCE = 0.0005
"""Figures are stored with three decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures, and the names of those that are lower than in the baseline."""

    figures: tuple[Figure, ...]
    fallen: tuple[str, ...]
    failed: tuple[str, ...]
    """Files of the corpus that could not be read."""


def evaluate(
    corpus: Path,
    gold: Path,
    baseline: Path | None = None,
    *,
    questions: Path | None = None,
    searches: Path | None = None,
    register: Path | None = None,
) -> Evaluation:
    """Reads the corpus into a workspace that is thrown away afterwards, and scores it.

    Args:
        corpus: the documents.
        gold: what they say, a file for each.
        baseline: the figures of an earlier evaluation.
        questions: questions to the documents with their answers, a file for each kind.
        searches: questions with the text that search should find.
        register: municipalities beside the 290 and the corpus's own.

    Raises:
        ConfigError: the corpus or the gold is not there.
    """
    if not corpus.is_dir():
        raise ConfigError(
            f"Mappen {corpus} finns inte.", hint="Kör kommandot i projektets mapp, eller ange mappen med --korpus."
        )
    wanted = load_gold(gold)
    with tempfile.TemporaryDirectory() as workspace, Pipeline.open(workspace) as pipeline:
        register = register or corpus / "kommuner.csv"
        if register.is_file():
            pipeline.add_register(register)
        report = pipeline.import_paths([corpus])
        figures = score(pipeline.store.records(), wanted)
        if questions and questions.is_dir():
            stems = {card.id: Path(card.file_name).stem for card in pipeline.store.cards()}
            figures += score_answers(pipeline.ask, load_questions(questions), stems, pipeline.catalogues)
        if searches and searches.is_dir():
            figures += score_search(pipeline, load_searches(searches))
    before = read_baseline(baseline) if baseline else {}
    fallen = [f.name for f in figures if f.f1 < before.get(f.name, 0.0) - TOLERANCE]
    return Evaluation(
        figures=tuple(figures),
        fallen=tuple(fallen + sorted(set(before) - {f.name for f in figures})),
        failed=tuple(f"{failure.path}: {failure.message}" for failure in report.failed),
    )


def read_baseline(path: Path) -> dict[str, float]:
    """The figures of the last saved evaluation; none where there is no such file."""
    if not path.is_file():
        return {}
    loaded: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def save_baseline(path: Path, evaluation: Evaluation) -> None:
    """Keeps the figures as what later evaluations must not fall below."""
    figures = {figure.name: round(figure.f1, 3) for figure in evaluation.figures}
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
