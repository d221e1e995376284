"""Small fictional documents, said in one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from granskning_ai.model import (
    AuditQuestion,
    Basis,
    BlockKind,
    Catalogue,
    DocType,
    Document,
    DocumentRecord,
    Draft,
    Finding,
    Metadata,
    OverallAssessment,
    Requirement,
    RequirementStatus,
    Searched,
    SourceFile,
    Status,
    Topic,
    Verdict,
    assemble,
)
from granskning_ai.swedish import municipalities

LAW = "2023:196"
NAMES = {"9901": "Björkdala", "9902": "Vittsund", "9903": "Åby", "9904": "Ärla"}


@pytest.fixture(autouse=True)
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Puts fictional municipalities in the register for the time of a test."""
    for code, name in NAMES.items():
        entry = municipalities.Municipality(
            code=code, name=name, full_name=f"{name}s kommun", county_code="99", county="Mellanmarks län"
        )
        monkeypatch.setitem(municipalities._extra, code, entry)
    municipalities.register.cache_clear()
    yield
    monkeypatch.undo()
    municipalities.register.cache_clear()


@pytest.fixture
def law() -> Catalogue:
    return Catalogue(
        id="brott",
        law=LAW,
        title="Lag (2023:196)",
        in_force="2023-07-01",
        repealed=None,
        names=(),
        requirements=(
            Requirement(key="plan", label="Plan", text="Kommunen ska ha en plan.", provision="5 §"),
            Requirement(key="bild", label="Lägesbild", text="Kommunen ska ha en lägesbild."),
        ),
    )


Said = tuple[str, Status, Basis]
Asked = tuple[str, Topic, Verdict, bool]


@pytest.fixture
def record() -> Callable[..., DocumentRecord]:
    """A factory: `record("a.pdf", "9901", date="2024-05-01", plan=(Status.MET, Basis.AUDITOR_ASSESSMENT))`."""

    def make(
        name: str,
        *codes: str,
        date: str | None = None,
        year: int | None = None,
        doc_type: DocType = DocType.AUDIT_REPORT,
        questions: tuple[tuple[Topic, Verdict, bool], ...] = (),
        overall: tuple[Verdict, ...] = (),
        **statuses: tuple[Status, Basis],
    ) -> DocumentRecord:
        texts = [f"{name} säger {key}." for key in statuses]
        texts += [f"{name} fråga {number}?" for number in range(len(questions) + len(overall))]
        drafts = [Draft(kind=BlockKind.PARAGRAPH, text=text) for text in texts or [name]]
        source = SourceFile.of(name, name.encode(), "pdf")
        bare = assemble(source, drafts, page_count=1)
        metadata = Metadata(
            title=f"Titel {name}", doc_type=doc_type, issuer="Ek", municipality_codes=codes, date=date, year=year
        )
        document = Document(
            source=source, text=bare.text, blocks=bare.blocks, pages=bare.pages, page_count=1, metadata=metadata
        )
        cite = [document.cite(block.start, block.end) for block in document.blocks]
        made = tuple(
            RequirementStatus(
                id=f"{name}-{code}-{key}",
                document_id=document.id,
                municipality_code=code,
                law=LAW,
                requirement=key,
                status=status,
                basis=basis,
                evidence=() if basis is Basis.NONE else (cite[number],),
                note=f"Inget om {key}." if basis is Basis.NONE else "",
                searched=Searched(passages=12, candidates=0, terms=("plan*", "åtgärd*")),
            )
            for code in codes
            for number, (key, (status, basis)) in enumerate(statuses.items())
        )
        findings: list[Finding] = []
        for number, (topic, verdict, is_sub) in enumerate(questions):
            findings.append(
                AuditQuestion(
                    id=f"{name}-{number}",
                    evidence=(cite[len(statuses) + number],),
                    found_by="rule:test",
                    text=f"Fråga {number}",
                    topic=topic,
                    verdict=verdict,
                    parent_id="någon" if is_sub else None,
                )
            )
        for number, verdict in enumerate(overall, start=len(statuses) + len(questions)):
            findings.append(
                OverallAssessment(
                    id=f"{name}-{number}",
                    evidence=(cite[number],),
                    found_by="rule:test",
                    text="Samlat",
                    verdict=verdict,
                )
            )
        # Extractors need not list findings in reading order.
        return DocumentRecord(document=document, path=name, findings=tuple(reversed(findings)), statuses=made)

    return make
