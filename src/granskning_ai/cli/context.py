"""What every command shares: the workspace, filters, and how results are printed."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from granskning_ai.pipeline import Pipeline

Municipality = Annotated[
    list[str] | None,
    typer.Option("--kommun", metavar="NAMN", help="Bara den här kommunen (namn eller kod). Kan anges flera gånger."),
]
Year = Annotated[
    list[int] | None, typer.Option("--ar", metavar="ÅR", help="Bara det här året. Kan anges flera gånger.")
]
County = Annotated[
    list[str] | None, typer.Option("--lan", metavar="LÄN", help="Bara det här länet. Kan anges flera gånger.")
]
Issuer = Annotated[
    list[str] | None,
    typer.Option("--utgivare", metavar="NAMN", help="Bara den som skrivit dokumentet, till exempel KPMG."),
]
Kind = Annotated[
    list[str] | None,
    typer.Option("--typ", metavar="TYP", help="Bara den här typen av dokument, till exempel åtgärdsplan."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv ut som JSON, för andra program.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The workspace that the user named."""

    path: str

    def pipeline(self) -> Pipeline:
        """Opens the workspace; imported late, since `--help` must not load the libraries behind it."""
        from granskning_ai.pipeline import Pipeline

        return Pipeline.open(self.path)


def print_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """Prints a value as JSON on standard output, with Swedish letters as they are."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def notice(text: str) -> None:
    """Prints a notice on standard error."""
    typer.echo(text, err=True)


def show_progress(name: str, done: int, total: int) -> None:
    """Tells on standard error how far work has come."""
    notice(f"[{done}/{total}] {name}")
