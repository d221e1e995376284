"""From a parsed document to a record of what it says. Runs in the parser's process, within the same limits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from granskning_ai import __version__
from granskning_ai.model import Catalogue, Document, DocumentRecord
from granskning_ai.swedish.municipalities import extend_register


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What understanding a document needs to know beside the document."""

    catalogues: tuple[Catalogue, ...]
    register: Path | None = None
    """An extra register of municipalities."""


def understand_in_child(document: Document, knowledge: Knowledge) -> DocumentRecord:
    """The same in a process that has not read the extra register yet."""
    if knowledge.register is not None:
        _extend_once(knowledge.register)
    return understand(document, knowledge.catalogues)


@cache
def _extend_once(register: Path) -> None:
    extend_register(register)


def understand(document: Document, catalogues: Sequence[Catalogue]) -> DocumentRecord:
    """Says what a parsed document is, cuts it into passages, finds what it says and decides on the requirements."""
    # Imported late: a process that only answers questions asks this module for `versions`.
    from granskning_ai.extraction.rules import RuleExtractor
    from granskning_ai.parsing.confidence import with_doubt
    from granskning_ai.passages import split
    from granskning_ai.requirements.deciding import decide

    extractor = RuleExtractor()
    document = extractor.describe(document)
    passages = split(document)
    found = extractor.extract(document, passages)
    statuses = decide(document, passages, catalogues, findings=found.findings)
    record = DocumentRecord(
        document=document,
        path="",
        passages=passages,
        findings=found.findings,
        statuses=statuses,
        rejected=found.rejected,
        versions=versions(catalogues),
    )
    return with_doubt(record)


def versions(catalogues: Sequence[Catalogue]) -> tuple[tuple[str, str], ...]:
    """What a record depends on besides the file: when any of it changes, the file is read anew."""
    digest = hashlib.sha256(repr(tuple(catalogues)).encode()).hexdigest()[:12]
    return (("granskning-ai", __version__), ("kravkataloger", digest))
