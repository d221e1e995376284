"""What every registered exporter must do, built-in or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from granskning_ai import registry
from granskning_ai.errors import MissingExtra, PluginError
from granskning_ai.model import (
    Basis,
    Block,
    BlockKind,
    Column,
    Coverage,
    Document,
    DocumentRecord,
    Matrix,
    MatrixCell,
    Metadata,
    Page,
    Row,
    SourceFile,
    Statement,
    Status,
)
from granskning_ai.ports import DatasetExporter, MatrixExporter

TEXT = '=HYPERLINK("http://example.invalid") <script>alert(1)</script> Kommunen har en lägesbild.'


def document() -> Document:
    return Document(
        source=SourceFile.of("rapport.txt", TEXT.encode(), "text"),
        text=TEXT,
        blocks=(Block(kind=BlockKind.PARAGRAPH, text=TEXT, start=0, end=len(TEXT), page=1),),
        pages=(Page(number=1, start=0, end=len(TEXT)),),
        page_count=1,
        metadata=Metadata(title="=1+1", municipality_codes=("0128",), year=2024),
    )


def matrix() -> Matrix:
    quote = document().cite(0, len(TEXT))
    statement = Statement(
        document_id=quote.document_id,
        file_name="rapport.txt",
        title="=1+1",
        issuer="@SUM",
        date="2024-05-01",
        year=2024,
        value=Status.PRESENT,
        basis=Basis.AUDITOR_OBSERVATION,
        text=TEXT,
        evidence=(quote,),
    )
    cell = MatrixCell(value=Status.PRESENT, basis=Basis.AUDITOR_OBSERVATION, statements=(statement,))
    return Matrix(
        title="Kommuner jämförda",
        columns=(Column(key="lagesbild", label="Lägesbild", group="Lagen", kind="krav"),),
        rows=(Row(municipality_code="0128", municipality="Salem", county="", year=None, cells=(cell,), documents=1),),
        coverage=(Coverage(filled=1, total=1),),
    )


@pytest.mark.parametrize("name", registry.names("matrix_exporters"))
def test_a_matrix_is_written_whole_and_the_same_each_time(name: str, tmp_path: Path) -> None:
    exporter: MatrixExporter = registry.load("matrix_exporters", name)
    first, second = tmp_path / f"a{exporter.suffix}", tmp_path / f"b{exporter.suffix}"
    exporter.write(matrix(), first)
    exporter.write(matrix(), second)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.name, second.name]
    assert b"<script>alert(1)" not in first.read_bytes()


@pytest.mark.parametrize("name", registry.names("dataset_exporters"))
def test_a_dataset_is_the_same_each_time(name: str, tmp_path: Path) -> None:
    exporter: DatasetExporter = registry.load("dataset_exporters", name)
    records = [DocumentRecord(document=document(), path="/rapport.txt")]
    try:
        files = exporter.write(records, tmp_path / "a")
    except MissingExtra as missing:
        pytest.skip(missing.message)
    exporter.write(records, tmp_path / "b")
    assert files
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(PluginError) as raised:
        registry.load("matrix_exporters", "pptx")
    assert "html" in raised.value.hint
