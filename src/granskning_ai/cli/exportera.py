"""The command `granskning exportera`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from granskning_ai.cli.context import notice


def command(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--till", metavar="KATALOG", help="Mappen att skriva till.", show_default=False)],
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="jsonl, csv, parquet eller xlsx.")
    ] = "jsonl",
) -> None:
    """Skriv ut allt som tabeller för forskning.

    Varje fält förklaras i kodboken, som skrivs bredvid.

    Exempel: granskning exportera --till data --format csv
    """
    with context.obj.pipeline() as pipeline:
        files = pipeline.export_dataset(to, format)
    notice(f"Skrivet till {to}: {', '.join(path.name for path in files)}.")
