"""The command `granskning dokument` and what belongs to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from granskning_ai.cli.context import AsJson, Municipality, Year, notice, print_json
from granskning_ai.cli.swedish import SwedishCommand, SwedishGroup

app = typer.Typer(cls=SwedishGroup, invoke_without_command=True, rich_markup_mode=None, add_completion=False)


@app.callback()
def command(
    context: typer.Context, municipality: Municipality = None, year: Year = None, as_json: AsJson = False
) -> None:
    """Visa vilka dokument som är inlästa, och hur säkert.

    Exempel: granskning dokument --kommun Salem
    """
    if context.invoked_subcommand:
        return
    from granskning_ai.cli.tables import print_documents
    from granskning_ai.swedish.filters import Filter

    with context.obj.pipeline() as pipeline:
        summaries = pipeline.documents(Filter.of(municipality, year))
        failures = pipeline.store.failures()
    if as_json:
        from granskning_ai.export.tables import document_row

        print_json([document_row(summary) for summary in summaries])
    else:
        print_documents(summaries, failures)


@app.command("visa", cls=SwedishCommand)
def show(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="ID", help="Dokumentets id, början av det eller filens namn.", show_default=False)
    ],
    page: Annotated[int, typer.Option("--sida", metavar="N", help="Sidans nummer, räknat från 1.")],
    png: Annotated[Path, typer.Option("--png", metavar="FIL", help="Bildfilen att skriva till.")],
    password: Annotated[
        str | None, typer.Option("--losenord", metavar="ORD", help="Lösenord, om filen är skyddad.")
    ] = None,
) -> None:
    """Rita en sida som bild, med det som har hittats på den markerat.

    Exempel: granskning dokument visa rapport.pdf --sida 3 --png sida3.png
    """
    from granskning_ai.viewing import draw_page

    with context.obj.pipeline() as pipeline:
        view = draw_page(pipeline.store, pipeline.limits(), name, page, png, password=password)
    found = ", ".join(f"{label} ({count})" for label, count in view.kinds.items()) or "inget har hittats på sidan"
    notice(f"Sidan {view.page} i {view.file_name} är ritad: {png}. Markerat: {found}.")
