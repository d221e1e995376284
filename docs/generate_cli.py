"""Writes docs/cli.md: the help page of every command, as the program prints it.

A test fails when the page differs from the program. Run this to write it anew:

    .venv/bin/python docs/generate_cli.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from granskning_ai.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).with_name("cli.md")
WIDTH = 90
INTRODUCTION = """# Kommandon

Sidan skrivs av programmet (`docs/generate_cli.py`) och ska inte ändras för hand. Samma text visas av
`granskning --help` och av varje kommando med `--help`.

Det du frågar efter skrivs på standard ut. Förlopp och meddelanden skrivs på standard fel, så att du kan skicka
svaret vidare till en fil eller ett annat program utan att de följer med.

| Slutkod | Betyder |
|---|---|
| 0 | Allt är gjort. |
| 1 | Det gick inte. |
| 2 | Kommandot är felskrivet. |
| 3 | Några filer gick inte att läsa. De är namngivna med orsak, och resten är inläst. |
"""


def help_pages() -> Iterator[tuple[str, str]]:
    """Yields (command line, help page) for the program and each of its commands, in the program's order."""
    group: Any = typer.main.get_command(app)
    top = group.context_class(group, info_name="granskning", terminal_width=WIDTH)
    yield "granskning", group.get_help(top)
    yield from _pages_below(group, top, "granskning")


def _pages_below(group: Any, parent: Any, line: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    for name in group.list_commands(parent):
        command = group.commands[name]
        context = command.context_class(command, info_name=name, parent=parent, terminal_width=WIDTH)
        yield f"{line} {name}", command.get_help(context)
        if hasattr(command, "commands"):
            yield from _pages_below(command, context, f"{line} {name}")


def page() -> str:
    """The page as Markdown."""
    sections = [INTRODUCTION.rstrip()]
    for line, text in help_pages():
        body = "\n".join(row.rstrip() for row in text.splitlines())
        sections.append(f"## {line}\n\n```text\n{body}\n```")
    return "\n\n".join(sections) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
