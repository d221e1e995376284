"""The command `granskning importera`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning_ai.cli.context import AsJson, notice, print_json, show_progress

if TYPE_CHECKING:
    from granskning_ai.model import ImportReport

SOME_FAILED = 3


def command(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="SÖKVÄG", help="Filer, mappar och zip-arkiv.", show_default=False)
    ],
    password: Annotated[
        str | None, typer.Option("--losenord", metavar="ORD", help="Lösenord till skyddade PDF-filer.")
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option("--register", metavar="CSV", help="Kommuner utöver de 290, till exempel exempelkorpusens."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Läs in dokument: PDF, Word, HTML och text.

    Det som redan är inläst och oförändrat hoppas över. En fil som inte går att läsa stoppar inte de andra.

    Exempel: granskning importera rapporter/ plan.pdf
    """
    with context.obj.pipeline() as pipeline:
        if register:
            pipeline.add_register(register)
        report = pipeline.import_paths(paths, password=password, progress=show_progress)
    if as_json:
        print_json(
            {
                "imported": report.imported,
                "unchanged": report.unchanged,
                "replaced": report.replaced,
                "failed": [{"path": f.path, "message": f.message, "hint": f.hint} for f in report.failed],
            }
        )
    for failure in report.failed:
        typer.secho(f"Kunde inte läsas: {failure.path}", fg="red", err=True)
        notice(f"  {failure.message} {failure.hint}".rstrip())
    notice(_summary(report))
    done = report.imported or report.unchanged or report.replaced
    return (SOME_FAILED if done or len(report.failed) > 1 else 1) if report.failed else 0


def _summary(report: ImportReport) -> str:
    parts = [
        (len(report.imported), "inlästa"),
        (len(report.replaced), "lästa på nytt"),
        (len(report.unchanged), "oförändrade"),
        (len(report.failed), "kunde inte läsas"),
    ]
    return "Dokument: " + (", ".join(f"{count} {word}" for count, word in parts if count) or "inga") + "."
