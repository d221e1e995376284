"""Slips and tricks to warn a reader of: acts cited wrongly, counts that do not add up, orders to a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from textwrap import shorten

from granskning_ai.extraction.count_checks import check_counts
from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.law_checks import check_laws
from granskning_ai.extraction.reading import Ids, stretches
from granskning_ai.model import Anomaly, AnomalyKind, Document, Finding
from granskning_ai.swedish.language import sentences

_MOST_HIDDEN, _SHOWN = 20, 300
"""How many hidden texts are told of, and how much of each is shown."""


def find_anomalies(document: Document) -> list[Finding]:
    """Every slip or trick that is certain enough to warn of; each once, with the first place as its evidence."""
    return [*check_laws(document), *check_counts(document), *_instructions(document), *_hidden(document)]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_yaml("anomalies.yml")
    return (
        re.compile("|".join(f"(?:{pattern})" for pattern in words["instructions"]), re.IGNORECASE),
        re.compile(words["goes_on"], re.IGNORECASE),
    )


def _instructions(document: Document) -> Iterator[Anomaly]:
    """Sentences that tell a machine what to report; what follows in the same paragraph is shown with them."""
    speaks_to_machine, goes_on = _patterns()
    hints: list[str] = load_yaml("anomalies.yml")["instruction_hints"]
    ids = Ids("avv-maskin", document)
    for text in stretches(document):
        lower = text.text.lower()
        if not any(hint in lower for hint in hints):
            continue
        bounds = sentences(text.text)
        hits = [n for n, (start, end) in enumerate(bounds) if speaks_to_machine.search(text.text[start:end])]
        if not hits:
            continue
        last = hits[-1]
        while last + 1 < len(bounds) and goes_on.search(text.text[bounds[last + 1][0] : bounds[last + 1][1]]):
            last += 1
        shown = bounds[hits[0] : last + 1]
        start, end = shown[0]
        yield Anomaly(
            id=ids.next(text.text[start:end]),
            evidence=tuple(document.cite(text.start + a, text.start + b) for a, b in shown),
            found_by="rule:instruction_to_machine",
            anomaly=AnomalyKind.INSTRUCTION_TO_MACHINE,
            text="Texten riktar sig till ett datorprogram och försöker styra vad som rapporteras. "
            "Den har inte påverkat resultatet.",
        )


def _hidden(document: Document) -> Iterator[Anomaly]:
    """Text that the file hides from a reader. It is not in the document's text: the evidence is where that begins."""
    if not document.blocks:
        return
    ids, first = Ids("avv-dold", document), document.blocks[0]
    for text in list(dict.fromkeys(document.hidden))[:_MOST_HIDDEN]:
        yield Anomaly(
            id=ids.next(text),
            evidence=(document.cite(first.start, first.end),),
            found_by="rule:hidden_text",
            anomaly=AnomalyKind.HIDDEN_TEXT,
            text=f"Filen har text som en läsare inte ser: ”{shorten(text, _SHOWN, placeholder=' …')}” "
            "Den har inte påverkat resultatet.",
        )
