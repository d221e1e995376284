"""The command `granskning sok`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from granskning_ai.cli.context import AsJson, County, Issuer, Kind, Municipality, Year, print_json

if TYPE_CHECKING:
    from granskning_ai.indexing import SearchResult
    from granskning_ai.pipeline import Pipeline
    from granskning_ai.swedish.filters import Filter


def command(
    context: typer.Context,
    question: Annotated[
        str | None,
        typer.Argument(metavar="FRÅGA", help="Ord eller en fråga, på vanlig svenska.", show_default=False),
    ] = None,
    municipality: Municipality = None,
    county: County = None,
    year: Year = None,
    issuer: Issuer = None,
    kind: Kind = None,
    count: Annotated[int, typer.Option("--antal", min=1, max=1000, help="Antal träffar per sida.")] = 10,
    page: Annotated[int, typer.Option("--sida", min=1, help="Vilken sida av träffarna.")] = 1,
    like: Annotated[
        str | None,
        typer.Option(
            "--liknar", metavar="TRÄFF", help="Visa i stället stycken som liknar en av frågans träffar: dess nummer."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sök i dokumentens text.

    Kommuner, län, år, utgivare och dokumenttyper som frågan nämner räknas in. Citattecken söker orden exakt som
    de står. Till --liknar går det också att ge ett id på ett stycke, från --json, och då behövs ingen fråga.

    Exempel: granskning sok "Hur följs åtgärdsplanen upp i Salem?"

    Exempel: granskning sok "Hur följs åtgärdsplanen upp i Salem?" --liknar 1
    """
    from granskning_ai.swedish.filters import Filter

    with context.obj.pipeline() as pipeline:
        chosen = Filter.of(municipality, year, counties=county, issuers=issuer, doc_types=kind)
        if like is not None:
            result = pipeline.like(_passage(pipeline, question, chosen, like), chosen, count)
        elif question:
            result = pipeline.search(question, chosen, count, page)
        else:
            raise typer.BadParameter("Skriv vad du söker.", param_hint="FRÅGA")
        searched = [] if as_json else [card for card in pipeline.store.cards() if chosen.admits(card.metadata)]
    if as_json:
        print_json(as_contract(result))
    else:
        from granskning_ai.cli.hits import print_hits

        print_hits(result, searched, chosen, page=page, count=count)


def _passage(pipeline: Pipeline, question: str | None, chosen: Filter, wanted: str) -> str:
    """The id of the passage that the user points at: its own, or that of a hit by number."""
    if not wanted.isdecimal():
        return wanted
    number = int(wanted)
    hits = pipeline.search(question, chosen, number).hits if question and number else ()
    if not 0 < number <= len(hits):
        raise typer.BadParameter("Skriv en fråga och numret på en av dess träffar.", param_hint="--liknar")
    return hits[number - 1].passage_id


def as_contract(result: SearchResult) -> dict[str, object]:
    """The result in the form that other programs rely on."""
    return {
        "hits": [
            {
                "passage_id": hit.passage_id,
                "document_id": hit.document_id,
                "file_name": hit.file_name,
                "page": hit.page,
                "start": hit.start,
                "end": hit.end,
                "text": hit.text,
                "score": hit.score,
                "title": hit.title,
                "section": hit.section,
                "municipality_codes": hit.municipality_codes,
                "year": hit.year,
                "highlights": hit.highlights,
                "repeated_in": hit.repeated_in,
            }
            for hit in result.hits
        ],
        "total": result.total,
        "facets": result.facets,
    }
