"""How search hits look in the terminal. rich is imported late: `--help` must not wait for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from granskning_ai.indexing import Hit, SearchResult
    from granskning_ai.store import DocumentSummary
    from granskning_ai.swedish.filters import Filter

_LONGEST = 420
"""Characters of a passage that are shown; the whole of it is in the JSON."""

_MOST_VALUES = 6
"""Values of a facet that are shown."""


def print_hits(
    result: SearchResult, documents: Sequence[DocumentSummary], chosen: Filter, *, page: int, count: int
) -> None:
    """Lists hits with document, page and headings, the words that were asked for in bold; then what there is of each.

    `documents` are those that were searched, `chosen` what they were chosen by.
    """
    from rich.console import Console

    console = Console(highlight=False)
    if not result.hits:
        _print_nothing(console, documents, chosen, page)
        return
    names = {summary.id: summary.file_name for summary in documents}
    first = (page - 1) * count + 1
    for number, hit in enumerate(result.hits, start=first):
        _print_hit(console, number, hit, names)
    shown = f"Träff {first}–{first + len(result.hits) - 1}" if len(result.hits) > 1 else f"Träff {first}"
    console.print(f"{shown}. {_searched(documents, chosen)}", style="dim")
    pointed = _said(result.understood)
    if pointed:
        console.print(f"Frågan nämner {pointed}, och det går före.", style="dim")
    for line in _facets(result):
        console.print(line, style="dim", markup=False)
    if len(result.hits) == count:
        console.print(f"Fler träffar: --sida {page + 1}", style="dim")


def _print_hit(console: Console, number: int, hit: Hit, names: Mapping[str, str]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    indent = len(f"{number}. ")
    console.print(Text(f"{number}. {hit.file_name}, sida {hit.page}", style="bold"))
    if hit.section:
        console.print(Padding(Text(hit.section, style="dim"), (0, 0, 0, indent)))
    console.print(Padding(_shown(hit), (0, 0, 0, indent)))
    repeats = ", ".join(names.get(id, id) for id in hit.repeated_in)
    if repeats:
        console.print(Padding(Text(f"Står också i {repeats}.", style="dim"), (0, 0, 0, indent)))
    console.print()


def _shown(hit: Hit) -> Text:
    """The sentences with most of the words that were asked for, the words in bold."""
    from rich.text import Text

    start, end = _window(hit)
    text = Text(hit.text[start:end].replace("\t", "  ").replace("\n", " "))
    if len(text) == end - start:
        for first, last in hit.highlights:
            if start <= first and last <= end:
                text.stylize("bold yellow", first - start, last - start)
    if start > 0:
        text = Text("… ").append_text(text)
    return text.append(" …") if end < len(hit.text.rstrip()) else text


def _window(hit: Hit) -> tuple[int, int]:
    from granskning_ai.swedish.language import sentences

    spans = sentences(hit.text)
    best, most = (0, len(hit.text)), -1
    for at, (start, _) in enumerate(spans):
        end = start
        for _, last in spans[at:]:
            if last - start > _LONGEST and end > start:
                break
            end = last
        words = {hit.text[a:b].lower() for a, b in hit.highlights if start <= a and b <= end}
        if len(words) > most:
            best, most = (start, end), len(words)
    return best


def _print_nothing(console: Console, documents: Sequence[DocumentSummary], chosen: Filter, page: int) -> None:
    if page > 1 and documents:
        console.print(f"Det finns inga träffar på sida {page}.")
    elif documents:
        console.print(f"Inget textstycke passar. {_searched(documents, chosen)}")
        console.print("Pröva andra ord, eller ett ord i taget.")
    elif _said(chosen):
        console.print(f"Det finns inga dokument i urvalet ({_said(chosen)}).")
        console.print("Vilka som finns visar: granskning dokument")
    else:
        console.print("Det finns inga dokument. Läs in några med: granskning importera SÖKVÄG")


def _searched(documents: Sequence[DocumentSummary], chosen: Filter) -> str:
    said = _said(chosen)
    return f"Sökt i {len(documents)} dokument{f' ({said})' if said else ''}."


def _said(chosen: Filter) -> str:
    """What documents were chosen by, as 'Salem, 2022'; empty where nothing was."""
    values: list[tuple[str, Sequence[object]]] = [
        ("municipality", chosen.municipalities),
        ("county", chosen.counties),
        ("year", chosen.years),
        ("issuer", chosen.issuers),
        ("doc_type", chosen.doc_types),
    ]
    return ", ".join(_label(name, str(value)) for name, found in values for value in found)


_FACETS = {"municipality": "Kommun", "county": "Län", "year": "År", "issuer": "Utgivare", "doc_type": "Typ"}


def _facets(result: SearchResult) -> list[str]:
    """How many of the passages that came into question there are of each kind, where there are several kinds."""
    lines = []
    for name, heading in _FACETS.items():
        counted = sorted(result.facets.get(name, {}).items(), key=lambda pair: (-pair[1], pair[0]))
        shown = [f"{_label(name, value)} ({count})" for value, count in counted[:_MOST_VALUES] if value]
        more = f" och {len(counted) - _MOST_VALUES} till" if len(counted) > _MOST_VALUES else ""
        if len(counted) > 1:
            lines.append(f"{heading}: {', '.join(shown)}{more}")
    return lines


def _label(name: str, value: str) -> str:
    """A facet's value as a user reads it."""
    from granskning_ai.model import LABELS, DocType
    from granskning_ai.swedish.municipalities import counties, municipality

    if name == "municipality":
        place = municipality(value)
        return place.name if place else value
    if name == "county":
        return counties().get(value, value)
    return LABELS[DocType(value)] if name == "doc_type" else value
