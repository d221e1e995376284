"""The command `granskning webb`."""

from __future__ import annotations

import os
import webbrowser
from typing import Annotated

import typer

from granskning_ai.cli.context import notice

HOST = "127.0.0.1"
"""The server is for the one who sits at the machine; other machines cannot reach it."""


def command(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="TAL", help="Porten på den här datorn.")] = 8765,
    no_browser: Annotated[bool, typer.Option("--utan-webblasare", help="Öppna inte webbläsaren.")] = False,
) -> None:
    """Visa matrisen i webbläsaren.

    Sidan visas bara på den här datorn. Stäng med Ctrl+C.

    Exempel: granskning webb
    """
    import uvicorn

    os.environ["GRANSKNING_ARBETSYTA"] = context.obj.path
    address = f"http://{HOST}:{port}/"
    notice(f"Matrisen finns på {address}. Avsluta med Ctrl+C.")
    if not no_browser:
        webbrowser.open(address)
    # Named by a string: the command line and the web are two faces that do not know each other.
    uvicorn.run("granskning_ai.web.app:create", factory=True, host=HOST, port=port, log_level="warning")
