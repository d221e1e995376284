"""The command `granskning rekommendationer`."""

from __future__ import annotations

from typing import Annotated

import typer

from granskning_ai.cli.context import AsJson, Municipality, Year, print_json
from granskning_ai.cli.topics import Topics, topic_codes


def command(
    context: typer.Context,
    municipality: Municipality = None,
    year: Year = None,
    topic: Topics = None,
    quoted: Annotated[
        bool, typer.Option("--aterges", help="Ta med rekommendationer som ett dokument bara återger.")
    ] = False,
    grouped: Annotated[
        bool, typer.Option("--gruppera", help="Visa bara råd som flera kommuner har fått, samlade efter vad de säger.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Visa revisorernas rekommendationer.

    Var och en med mottagare, sida och dokument. Med --gruppera visas vilka råd som flera kommuner har fått, även
    om orden skiljer sig åt.

    Exempel: granskning rekommendationer --kommun Huddinge --amne resurser

    Exempel: granskning rekommendationer --gruppera
    """
    from granskning_ai.cli.tables import print_recommendations, print_shared_recommendations
    from granskning_ai.swedish.filters import Filter

    if grouped:
        with context.obj.pipeline() as pipeline:
            groups = pipeline.shared_recommendations(Filter.of(municipality, year), topic_codes(topic))
        if as_json:
            from granskning_ai.export.tables import finding_row

            print_json([[finding_row(finding, card.metadata) for card, finding in group] for group in groups])
        else:
            print_shared_recommendations(groups)
        return
    with context.obj.pipeline() as pipeline:
        found = pipeline.recommendations(Filter.of(municipality, year), topic_codes(topic))
    found = [(summary, finding) for summary, finding in found if quoted or not finding.quoted]
    if as_json:
        from granskning_ai.export.tables import finding_row

        print_json([finding_row(finding, summary.metadata) for summary, finding in found])
    else:
        print_recommendations(found)
