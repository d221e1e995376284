"""The command `granskning matris`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from granskning_ai.cli.context import AsJson, Municipality, Year, notice, print_json
from granskning_ai.cli.topics import Topics, topic_codes
from granskning_ai.errors import ConfigError


def command(
    context: typer.Context,
    municipality: Municipality = None,
    year: Year = None,
    requirement: Annotated[
        list[str] | None, typer.Option("--krav", metavar="NYCKEL", help="Bara det här kravet, till exempel lagesbild.")
    ] = None,
    topic: Topics = None,
    catalogue: Annotated[
        str | None, typer.Option("--katalog", metavar="NAMN", help="Vilken lags krav; 'alla' ger alla kataloger.")
    ] = None,
    by_year: Annotated[bool, typer.Option("--per-ar", help="En rad per kommun och år.")] = False,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="tabell, html, xlsx eller csv.")] = "tabell",
    to: Annotated[Path | None, typer.Option("--till", metavar="FIL", help="Filen att skriva till.")] = None,
    as_json: AsJson = False,
) -> None:
    """Jämför kommuner, varje ruta med sitt belägg.

    Rutorna visar lagkrav och revisionsämnen.

    Exempel: granskning matris --format html --till matris.html
    """
    from granskning_ai.swedish.filters import Filter

    if format != "tabell" and to is None and not as_json:
        raise ConfigError(f"Formatet {format} skrivs till en fil.", hint="Ange filen med --till.")
    with context.obj.pipeline() as pipeline:
        matrix = pipeline.matrix(
            Filter.of(municipality, year),
            catalogue=catalogue,
            requirements=requirement or (),
            topics=topic_codes(topic),
            by_year=by_year,
        )
        if as_json:
            from granskning_ai.export.tables import matrix_json

            print_json(matrix_json(matrix))
        elif to is not None:
            pipeline.export_matrix(matrix, format, to)
            notice(f"Matrisen finns i {to}.")
        else:
            from granskning_ai.export.terminal import print_matrix

            print_matrix(matrix)
