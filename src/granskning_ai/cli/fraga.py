"""The command `granskning fraga`."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from granskning_ai.cli.context import AsJson, print_json

if TYPE_CHECKING:
    from granskning_ai.asking import Answer, Source

_WIDEST = 100
_LONGEST_QUOTE = 400
_MOST_SOURCES = 40


def command(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="FRÅGA", help="Frågan, på vanlig svenska.")],
    follow_up: Annotated[
        bool, typer.Option("--fortsatt", help="Frågan fortsätter på den förra, till exempel 'och Salem?'.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ställ en fråga och få svaret ur dokumenten.

    Svaret har numrerade källor med citat och sida. Det som inte står i dokumenten får inget svar.

    Exempel: granskning fraga "Vilka kommuner saknar en lägesbild?"
    """
    with context.obj.pipeline() as pipeline:
        answer = pipeline.ask(question, follow_up=follow_up)
    if as_json:
        print_json(as_contract(answer))
    else:
        typer.echo(as_text(answer, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)))


def as_contract(answer: Answer) -> dict[str, object]:
    """The answer in the form that other programs rely on."""
    return {
        "answer": answer.text,
        "refused": answer.refused,
        "kind": answer.kind.value,
        "municipality_codes": list(answer.municipality_codes),
        "sources": [
            {
                "number": source.number,
                "document_id": source.document_id,
                "file_name": source.file_name,
                "page": source.page,
                "start": source.start,
                "end": source.end,
                "quote": source.quote,
            }
            for source in answer.sources
        ],
    }


def as_text(answer: Answer, width: int) -> str:
    """The answer to be read in a terminal: its paragraphs and lists, then each source with quote, document and page."""
    lines = [wrapped for line in answer.text.splitlines() for wrapped in _wrapped(line, width)]
    if answer.sources:
        lines += ["", "Källor" if not answer.refused else "Läst"]
    for source in answer.sources[:_MOST_SOURCES]:
        lines += _source(source, width)
    left = len(answer.sources) - _MOST_SOURCES
    if left > 0:
        lines.append(f"… och {left} till; alla finns med --json.")
    return "\n".join(lines)


def _wrapped(line: str, width: int) -> list[str]:
    indent = "  " if line.startswith("– ") else ""
    # A source stays on the line of what it is the source of.
    held = line.replace(" [", "\u00a0[")
    wrapped = textwrap.wrap(held, width, subsequent_indent=indent, break_on_hyphens=False) or [""]
    return [row.replace("\u00a0[", " [") for row in wrapped]


def _source(source: Source, width: int) -> list[str]:
    mark = f"[{source.number}] "
    quote = textwrap.shorten(source.quote, _LONGEST_QUOTE, placeholder=" …")
    indent = " " * len(mark)
    return [
        f"{mark}{source.file_name}, sida {source.page}",
        *textwrap.wrap(f"”{quote}”", width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False),
    ]
