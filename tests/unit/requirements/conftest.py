"""Fictional documents written as a few lines of Markdown, and what the shipped catalogues make of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from granskning_ai.model import (
    BlockKind,
    Catalogue,
    DocType,
    Document,
    Draft,
    Finding,
    Metadata,
    RequirementStatus,
    SourceFile,
    assemble,
)
from granskning_ai.requirements.catalogues import load_catalogues
from granskning_ai.requirements.deciding import decide
from granskning_ai.swedish.municipalities import extend_register

CRIME, AUDIT = "2023:196", "2017:725"

MakeDocument = Callable[..., Document]
Statuses = Callable[..., dict[str, RequirementStatus]]


@pytest.fixture(scope="session", autouse=True)
def _fictional_municipalities(tmp_path_factory: pytest.TempPathFactory) -> None:
    path: Path = tmp_path_factory.mktemp("register") / "kommuner.csv"
    names = (("9901", "Björkdala"), ("9902", "Vittsund"), ("9908", "Eklunda"))
    rows = [f"{code},{name},{name} kommun,99,Exempellän" for code, name in names]
    path.write_text("\n".join(["code,name,full_name,county_code,county", *rows]), encoding="utf-8")
    extend_register(path)


def _drafts(text: str) -> list[Draft]:
    drafts: list[Draft] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.strip().splitlines()]
        heading = re.fullmatch(r"(#+)\s+(.*)", lines[0])
        if heading:
            drafts.append(Draft(kind=BlockKind.HEADING, level=len(heading[1]), text=heading[2]))
        elif lines[0].startswith("|"):
            rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if "|-" not in line]
            drafts.append(Draft(kind=BlockKind.TABLE, rows=tuple(rows)))
        elif re.match(r"(?:-|\d+\.)\s", lines[0]):
            for line in lines:
                marker, item = line.split(maxsplit=1)
                drafts.append(Draft(kind=BlockKind.LIST_ITEM, level=1, marker=marker, text=item))
        else:
            drafts.append(Draft(kind=BlockKind.PARAGRAPH, text=" ".join(lines)))
    return drafts


@pytest.fixture
def make_document() -> MakeDocument:
    def make(
        text: str,
        *,
        doc_type: str = "audit_report",
        date: str | None = "2025-03-01",
        year: int | None = None,
        codes: Sequence[str] = ("9902",),
    ) -> Document:
        source = SourceFile.of("exempel.txt", text.encode(), "text")
        metadata = Metadata(
            doc_type=DocType(doc_type),
            municipality_codes=tuple(codes),
            date=date,
            year=year or (int(date[:4]) if date else None),
        )
        return replace(assemble(source, _drafts(text), page_count=1), metadata=metadata)

    return make


@cache
def _shipped() -> tuple[Catalogue, ...]:
    return load_catalogues()


@pytest.fixture
def statuses() -> Statuses:
    """The statuses of a document with one municipality, by requirement."""
    catalogues = _shipped()

    def read(document: Document, *, law: str = CRIME, findings: Sequence[Finding] = ()) -> dict[str, RequirementStatus]:
        rows = decide(document, (), catalogues, findings)
        return {row.requirement: row for row in rows if row.law == law}

    return read
