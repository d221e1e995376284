"""The command `granskning doktor`."""

from __future__ import annotations

from typing import Annotated

import typer

from granskning_ai.cli.context import AsJson, notice, print_json, show_progress


def command(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--bygg-om", help="Läs om alla dokument från de sparade originalfilerna.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Kontrollera att arbetsytan är hel.

    Säger vad som saknas och hur det rättas till.

    Exempel: granskning doktor
    """
    with context.obj.pipeline() as pipeline:
        if rebuild:
            report = pipeline.rebuild(progress=show_progress)
            notice(f"Omlästa dokument: {len(report.replaced)}. Kunde inte läsas: {len(report.failed)}.")
        checks = pipeline.check()
    if as_json:
        print_json([{"name": check.name, "ok": check.ok, "text": check.text} for check in checks])
    else:
        for check in checks:
            typer.echo(f"{'✔' if check.ok else '✘'} {check.name}: {check.text}")
    return 0 if all(check.ok for check in checks) else 1
