from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from granskning_ai.model import (
    Basis,
    BlockKind,
    Box,
    DocType,
    Document,
    DocumentRecord,
    Draft,
    Metadata,
    Passage,
    Recommendation,
    Rejected,
    RequirementStatus,
    Risk,
    Searched,
    SourceFile,
    Status,
    assemble,
)
from granskning_ai.settings import Settings
from granskning_ai.store import Store

MakeRecord = Callable[..., DocumentRecord]


def _document(path: str, content: str, metadata: Metadata) -> Document:
    name = path.rpartition("/")[2]
    drafts = [
        Draft(
            kind=BlockKind.HEADING, text="Samverkan", level=1, boxes=(Box(page=1, x0=70.5, y0=1 / 3, x1=300, y1=88),)
        ),
        Draft(kind=BlockKind.PARAGRAPH, text=f"Björkdala kommun har ett råd. {content}", page=1),
        Draft(kind=BlockKind.LIST_ITEM, text="Nämnden bör följa upp planen.", marker="1.", page=2),
        Draft(kind=BlockKind.TABLE, rows=(("År", "Brott"), ("2023", "41")), page=2),
    ]
    source = SourceFile.of(name, content.encode(), "text")
    document = assemble(source, drafts, page_count=2, hidden=("dold",))
    return Document(
        source=source,
        text=document.text,
        blocks=document.blocks,
        pages=document.pages,
        page_count=2,
        metadata=metadata,
        hidden=document.hidden,
    )


def _record(
    path: str = "/in/rapport.txt",
    content: str = "Första versionen.",
    *,
    code: str | None = "9901",
    year: int | None = 2023,
    versions: tuple[tuple[str, str], ...] = (("parsing", "1"), ("rules", "1")),
) -> DocumentRecord:
    codes = () if code is None else (code,)
    metadata = Metadata(title="Granskning", doc_type=DocType.AUDIT_REPORT, municipality_codes=codes, year=year)
    document = _document(path, content, metadata)
    paragraph, item = document.blocks[1], document.blocks[2]
    proof = document.cite(paragraph.start, paragraph.end)
    advice = document.cite(item.start, item.end)
    return DocumentRecord(
        document=document,
        path=path,
        passages=(
            Passage(
                id=f"p-{document.id}",
                document_id=document.id,
                start=paragraph.start,
                end=paragraph.end,
                page=1,
                section="Samverkan",
                text=paragraph.text,
            ),
        ),
        findings=(
            Recommendation(id="rek-1", evidence=(advice, proof), found_by="rule:rek", text=item.text, number="1"),
            Risk(id="risk-1", evidence=(proof,), found_by="rule:risk", text=paragraph.text, confidence=0.1),
        ),
        statuses=(
            RequirementStatus(
                id="krav-1",
                document_id=document.id,
                municipality_code=code or "9901",
                law="2023:196",
                requirement="strategiskt_rad",
                status=Status.PRESENT,
                basis=Basis.AUDITOR_OBSERVATION,
                evidence=(proof,),
                searched=Searched(passages=1, candidates=1, terms=("råd",)),
            ),
            RequirementStatus(
                id="krav-2",
                document_id=document.id,
                municipality_code=code or "9901",
                law="2023:196",
                requirement="ledning",
                status=Status.NOT_ADDRESSED,
                basis=Basis.NONE,
            ),
        ),
        rejected=(Rejected(document_id=document.id, kind="risk", text="Något annat", reason="står inte i texten"),),
        versions=versions,
    )


@pytest.fixture(scope="session")
def make_record() -> MakeRecord:
    """A record of a small fictional document; other content is another document."""
    return _record


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(arbetsyta=tmp_path / "arbetsyta")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings) as opened:
        yield opened
