"""How search hits look in the terminal. rich is imported late: `--help` must not wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from granskning_ai.indexing import Hit, SearchResult


def print_hits(result: SearchResult, *, page: int, count: int) -> None:
    """Lists hits with their document, page and headings, the words that were asked for in bold."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    for number, hit in enumerate(result.hits, start=(page - 1) * count + 1):
        console.print(Text.assemble((f"{number}. ", "bold"), (f"{hit.file_name}, sida {hit.page}", "bold")))
        if hit.section:
            console.print(Padding(Text(hit.section, style="dim"), (0, 0, 0, 3)))
        console.print(Padding(_marked(hit), (0, 0, 1, 3)))


def _marked(hit: Hit) -> Text:
    from rich.text import Text

    text = Text(hit.text.replace("\t", " "))
    for start, end in hit.highlights:
        text.stylize("bold yellow", start, end)
    return text
