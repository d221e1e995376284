"""Puts the commands together and turns errors into one-line messages and exit codes.

Exit codes (contract): 0 all done, 1 failed, 2 usage, 3 some files failed, 4 spending limit reached.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from granskning_ai import __version__
from granskning_ai.cli import (
    doktor,
    dokument,
    exportera,
    fraga,
    importera,
    matris,
    rekommendationer,
    sok,
    utvardera,
    webb,
)
from granskning_ai.cli.context import Workspace
from granskning_ai.cli.swedish import SwedishCommand, SwedishGroup, in_swedish
from granskning_ai.errors import GranskningError

HELP = """Läs granskningsrapporter, planer och överenskommelser och jämför svenska kommuner.

Varje uppgift visas med meningen som bevisar den. Det som inte står i dokumenten visas inte.

Börja så här:

  granskning importera rapporter/

  granskning matris
"""

app = typer.Typer(
    cls=SwedishGroup,
    help=HELP,
    no_args_is_help=True,
    context_settings={"max_content_width": 100},
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"granskning-ai {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    workspace: Annotated[
        str,
        typer.Option(
            "--arbetsyta",
            metavar="MAPP",
            envvar="GRANSKNING_ARBETSYTA",
            help="Mappen där allt sparas.",
        ),
    ] = "arbetsyta",
    version: Annotated[
        bool, typer.Option("--version", help="Visa programmets version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Flaggor som gäller alla kommandon."""
    context.obj = Workspace(path=workspace)


for name, module in (
    ("importera", importera),
    ("dokument", dokument),
    ("rekommendationer", rekommendationer),
    ("matris", matris),
    ("sok", sok),
    ("fraga", fraga),
    ("exportera", exportera),
    ("webb", webb),
    ("utvardera", utvardera),
    ("doktor", doktor),
):
    app.command(name, cls=SwedishCommand)(module.command)


def main() -> None:
    """Runs the command line and exits."""
    try:
        code = app(standalone_mode=False)
    except GranskningError as error:
        typer.secho(f"Fel: {error.message}", fg="red", err=True)
        if error.hint:
            typer.echo(error.hint, err=True)
        sys.exit(1)
    except (KeyboardInterrupt, EOFError):
        typer.echo("Avbrutet. Det som hann bli klart är sparat.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of the pipe (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if getattr(error, "exit_code", None) is None or not hasattr(error, "format_message"):
            raise
        typer.secho(f"Fel: {in_swedish(error.format_message())}", fg="red", err=True)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)
