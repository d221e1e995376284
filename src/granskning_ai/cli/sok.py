"""The command `granskning sok`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from granskning_ai.cli.context import AsJson, County, Issuer, Kind, Municipality, Year, print_json, show_progress

if TYPE_CHECKING:
    from granskning_ai.indexing import SearchResult


def command(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="FRÅGA", help="Ord eller en fråga, på vanlig svenska.")],
    municipality: Municipality = None,
    county: County = None,
    year: Year = None,
    issuer: Issuer = None,
    kind: Kind = None,
    count: Annotated[int, typer.Option("--antal", min=1, max=1000, help="Antal träffar per sida.")] = 10,
    page: Annotated[int, typer.Option("--sida", min=1, help="Vilken sida av träffarna.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Sök i dokumentens text.

    Kommuner, län, år, utgivare och dokumenttyper som frågan nämner räknas in. Citattecken söker orden exakt som
    de står.

    Exempel: granskning sok "Hur följs åtgärdsplanen upp i Salem?"
    """
    from granskning_ai.swedish.filters import Filter

    with context.obj.pipeline() as pipeline:
        chosen = Filter.of(municipality, year, counties=county, issuers=issuer, doc_types=kind)
        result = pipeline.search(question, chosen, count, page, progress=show_progress)
        searched = [] if as_json else pipeline.documents(chosen)
    if as_json:
        print_json(as_contract(result))
    else:
        from granskning_ai.cli.hits import print_hits

        print_hits(result, searched, chosen, page=page, count=count)


def as_contract(result: SearchResult) -> dict[str, object]:
    """The result in the form that other programs rely on."""
    return {
        "hits": [
            {
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
