"""The command `granskning utvardera`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from granskning_ai.cli.context import AsJson, notice, print_json


def command(
    corpus: Annotated[Path, typer.Option("--korpus", metavar="MAPP", help="Dokumenten.")] = Path("corpora/exempel"),
    gold: Annotated[Path, typer.Option("--facit", metavar="MAPP", help="Facit, en YAML-fil per dokument.")] = Path(
        "evals/gold"
    ),
    questions: Annotated[
        Path, typer.Option("--fragor", metavar="MAPP", help="Frågor med rätta svar, en YAML-fil per slag.")
    ] = Path("evals/fragor"),
    searches: Annotated[
        Path, typer.Option("--sokfragor", metavar="MAPP", help="Sökfrågor med texten som ska hittas.")
    ] = Path("evals/retrieval"),
    baseline: Annotated[
        Path, typer.Option("--grundlinje", metavar="FIL", help="Den mätning som inget värde får falla under.")
    ] = Path("evals/baseline.json"),
    register: Annotated[
        Path | None, typer.Option("--register", metavar="CSV", help="Kommuner utöver de 290 och korpusens egna.")
    ] = None,
    save: Annotated[bool, typer.Option("--spara", help="Spara mätningen som ny grundlinje.")] = False,
    as_json: AsJson = False,
) -> int:
    """Mät hur väl programmet läser och svarar.

    Det som hittas i exempelkorpusen, och svaren på frågorna om den, jämförs med facit och med förra mätningen.

    Exempel: granskning utvardera
    """
    from granskning_ai.evaluation.run import evaluate, save_baseline

    evaluation = evaluate(corpus, gold, baseline, questions=questions, searches=searches, register=register)
    if as_json:
        print_json(
            {
                figure.name: {
                    "f1": round(figure.f1, 4),
                    "right": figure.right,
                    "gold": figure.wanted,
                    "found": figure.found,
                    "notes": figure.notes,
                }
                for figure in evaluation.figures
            }
        )
    else:
        from granskning_ai.cli.tables import print_figures

        print_figures(evaluation.figures)
    for failure in evaluation.failed:
        notice(f"Kunde inte läsas: {failure}")
    if save:
        save_baseline(baseline, evaluation)
        notice(f"Grundlinjen är sparad i {baseline}.")
        return 0
    if evaluation.fallen:
        notice(f"Sämre än grundlinjen i {baseline}: {', '.join(evaluation.fallen)}.")
    return 1 if evaluation.fallen or evaluation.failed else 0
