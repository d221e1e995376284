"""A page of a stored document as a picture, with what was found on it marked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from granskning_ai.errors import ConfigError
from granskning_ai.export.files import write_whole
from granskning_ai.parsing.page_view import KINDS, marks_of, require_pages
from granskning_ai.parsing.sandbox import Limits, ParserPool
from granskning_ai.store import DocumentSummary, Store

_SHORTEST = 4
"""The fewest characters of an id that may stand for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page that has been drawn. `kinds` counts the marks by what they are called."""

    file_name: str
    page: int
    kinds: dict[str, int]


def find_document(store: Store, name: str) -> DocumentSummary:
    """The document that the user means: by id, by the beginning of one, or by file name.

    Raises:
        ConfigError: there is none, or more than one.
    """
    summaries = store.summaries()
    found = [summary for summary in summaries if name in (summary.id, summary.file_name)]
    if not found and len(name) >= _SHORTEST:
        found = [summary for summary in summaries if summary.id.startswith(name.lower())]
    if len(found) == 1:
        return found[0]
    if not found:
        hint = "Kommandot granskning dokument visar vilka som finns, med id."
        raise ConfigError(f"Det finns inget dokument med id eller filnamn {name}.", hint=hint)
    ids = ", ".join(summary.id for summary in found)
    raise ConfigError(f"Flera dokument heter {name}.", hint=f"Skriv id i stället: {ids}.")


def draw_page(
    store: Store, limits: Limits, name: str, page: int, path: Path, *, password: str | None = None
) -> PageView:
    """Draws a page of the document from its kept original, to a PNG file.

    Raises:
        ConfigError: there is no such document or page, its original is gone, or the file cannot be written.
        ParsingError: the document has no pages, or the page cannot be drawn.
    """
    summary = find_document(store, name)
    require_pages(summary.source)
    if not 1 <= page <= summary.page_count:
        raise ConfigError(
            f"{summary.file_name} har ingen sida {page}.", hint=f"Välj en sida från 1 till {summary.page_count}."
        )
    original = store.original(summary.source.sha256)
    if original is None:
        raise ConfigError(f"Originalfilen till {summary.file_name} finns inte kvar.", hint="Läs in filen igen.")
    marks = marks_of(store.load(summary.id), page)
    with ParserPool(limits, 1) as pool:
        png = pool.draw(summary.source, original.read_bytes(), page, marks, password=password)
    write_whole(path, png)
    counts = {KINDS[kind][0]: sum(mark.kind == kind for mark in marks) for kind in KINDS}
    kinds = {label: count for label, count in counts.items() if count}
    return PageView(file_name=summary.file_name, page=page, kinds=kinds)
