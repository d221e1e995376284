"""The command `granskning utvardera`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from granskning_ai.cli.context import AsJson, notice, print_json

EXAMPLE = Path("corpora/exempel")
EVALS = Path("evals")
HOUSES = EVALS / "husstilar"
REPORTED = "report"
"""The half that rules are not developed on: what went wrong in it is counted but not shown."""


def command(
    corpus: Annotated[
        Path | None, typer.Option("--korpus", metavar="MAPP", help="Dokumenten.  [förval: exempelkorpusen]")
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option("--facit", metavar="MAPP", help="Facit, en YAML-fil per dokument.  [förval: evals/gold]"),
    ] = None,
    questions: Annotated[
        Path, typer.Option("--fragor", metavar="MAPP", help="Frågor med rätta svar, en YAML-fil per slag.")
    ] = EVALS / "fragor",
    searches: Annotated[
        Path, typer.Option("--sokfragor", metavar="MAPP", help="Sökfrågor med texten som ska hittas.")
    ] = EVALS / "retrieval",
    baseline: Annotated[
        Path, typer.Option("--grundlinje", metavar="FIL", help="Den mätning som inget värde får falla under.")
    ] = Path("evals/baseline.json"),
    register: Annotated[
        Path | None, typer.Option("--register", metavar="CSV", help="Kommuner utöver de 290 och korpusens egna.")
    ] = None,
    half: Annotated[
        str | None,
        typer.Option(
            "--halva",
            metavar="HALVA",
            help="Mät i stället husstilarna i den halvan (develop eller report), rad för rad.",
        ),
    ] = None,
    save: Annotated[bool, typer.Option("--spara", help="Spara mätningen som ny grundlinje.")] = False,
    as_json: AsJson = False,
) -> int:
    """Mät hur väl programmet läser och svarar.

    Det som hittas i exempelkorpusen, och svaren på frågorna om den, jämförs med facit och med förra mätningen.

    Exempel: granskning utvardera

    Husstilarna: granskning utvardera --halva develop
    """
    from granskning_ai.evaluation.run import evaluate, save_baseline

    corpus, gold = corpus or (HOUSES / "dokument" if half else EXAMPLE), gold or (HOUSES if half else EVALS) / "gold"
    # The saved figures are those of the example corpus, and so are the questions.
    evaluation = evaluate(
        corpus,
        gold,
        None if half else baseline,
        questions=None if half else questions,
        searches=None if half else searches,
        register=register or EXAMPLE / "kommuner.csv",
        half=half,
    )
    figures = evaluation.figures
    if half == REPORTED:
        figures = tuple(replace(figure, notes=[]) for figure in figures)
    if as_json:
        print_json(
            {
                figure.name: {
                    "f1": round(figure.f1, 4),
                    "precision": round(figure.precision, 4),
                    "recall": round(figure.recall, 4),
                    "right": figure.right,
                    "gold": figure.wanted,
                    "found": figure.found,
                    "notes": figure.notes,
                }
                for figure in figures
            }
        )
    else:
        from granskning_ai.cli.tables import print_figures

        print_figures(figures)
    for failure in evaluation.failed:
        notice(f"Kunde inte läsas: {failure}")
    if save:
        save_baseline(baseline, evaluation)
        notice(f"Grundlinjen är sparad i {baseline}.")
        return 0
    if evaluation.fallen:
        notice(f"Sämre än grundlinjen i {baseline}: {', '.join(evaluation.fallen)}.")
    return 1 if evaluation.fallen or evaluation.failed else 0
