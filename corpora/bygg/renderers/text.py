"""Plain text, wrapped as a text that somebody saved from a word processor."""

from __future__ import annotations

import textwrap
from pathlib import Path

from .source import Block, Heading, ListBlock, Paragraph, Runs, Source, plain

WIDTH = 84


def write(source: Source, target: Path) -> None:
    """Writes the document as UTF-8 text."""
    parts = [_block(block) for block in source.blocks]
    target.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def _block(block: Block) -> str:
    match block:
        case Heading(runs=runs):
            return f"\n{_wrap(runs)}"
        case Paragraph(runs=runs):
            return _wrap(runs)
        case ListBlock(ordered=ordered, items=items):
            markers = [f"{number}. " if ordered else "- " for number in range(1, len(items) + 1)]
            return "\n".join(_wrap(item, marker) for item, marker in zip(items, markers, strict=True))
    raise ValueError(f"A text source may not hold a {type(block).__name__}")


def _wrap(runs: Runs, marker: str = "") -> str:
    lines = plain(runs).split("\n")
    indent = " " * len(marker)
    first = [marker, *[indent] * (len(lines) - 1)]
    return "\n".join(
        textwrap.fill(line, WIDTH, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False)
        for line, start in zip(lines, first, strict=True)
    )
