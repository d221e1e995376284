"""The command `granskning dokument`."""

from __future__ import annotations

import typer

from granskning_ai.cli.context import AsJson, Municipality, Year, print_json


def command(
    context: typer.Context, municipality: Municipality = None, year: Year = None, as_json: AsJson = False
) -> None:
    """Visa vilka dokument som är inlästa.

    Exempel: granskning dokument --kommun Salem
    """
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
