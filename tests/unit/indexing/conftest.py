"""Invented documents, and what searches them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from granskning_ai.indexing import Indexer, Search, StaticEmbedder
from granskning_ai.model import BlockKind, DocumentRecord, Draft, Metadata, Passage, SourceFile, assemble, stable_id

MakeRecord = Callable[..., DocumentRecord]


@pytest.fixture(scope="session")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.fixture(scope="session")
def make_record() -> MakeRecord:
    """Makes a document in which each paragraph is a passage and stands on a page of its own."""

    def make(name: str, *paragraphs: str, section: str = "", **metadata: object) -> DocumentRecord:
        content = "\n".join([name, *paragraphs]).encode()
        source = SourceFile(name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content), format="text")
        drafts = [Draft(kind=BlockKind.PARAGRAPH, text=text, page=at) for at, text in enumerate(paragraphs, start=1)]
        document = assemble(source, drafts, page_count=len(paragraphs))
        document = replace(document, metadata=Metadata(**{"title": "Granskning", **metadata}))  # type: ignore[arg-type]
        passages = tuple(
            Passage(
                id=stable_id("pass", document.id, block.start, block.end),
                document_id=document.id,
                start=block.start,
                end=block.end,
                page=block.page,
                section=section,
                text=block.text,
            )
            for block in document.blocks
        )
        return DocumentRecord(document=document, path=f"/{name}", passages=passages, versions=(("prov", "1"),))

    return make


@pytest.fixture
def search_over(tmp_path: Path, embedder: StaticEmbedder) -> Callable[..., Search]:
    """Indexes documents and searches them."""

    def over(*records: DocumentRecord) -> Search:
        indexer = Indexer(tmp_path / "index", embedder)
        indexer.rebuild(records)
        return Search(indexer.open())

    return over
