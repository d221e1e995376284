from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from granskning_ai.errors import ConfigError, MissingExtra
from granskning_ai.export import dataset
from granskning_ai.export.codebook import codebook
from granskning_ai.export.dataset import CsvDataset, JsonlDataset, ParquetDataset, XlsxDataset, flat_header
from granskning_ai.export.schema import BOX, EVIDENCE, TABLES, TYPES
from granskning_ai.export.tables import rows_of
from granskning_ai.model import EMPTY_STATUSES, DocumentRecord, Status
from granskning_ai.ports import DatasetExporter

CONTRACT = {
    "documents": "file_name title doc_type issuer commissioned_by municipality_code municipality region date year "
    "pages sha256 parts",
    "recommendations": "recommendation_id text number addressees audit_question_ids topic municipality_code year "
    "quoted evidence",
    "audit_questions": "audit_question_id parent_id number text topic verdict verdict_text evidence",
    "overall_assessments": "verdict text evidence",
    "requirement_statuses": "municipality_code law requirement status basis evidence note",
    "risks": "text evidence",
    "observations": "text evidence",
    "measures": "area name purpose goal description responsible evidence",
    "indicators": "name period value unit target outcome evidence",
    "survey_answers": "question answer count share evidence",
    "agreements": "kind parties valid_from valid_to areas evidence",
    "criteria": "text law evidence",
    "blocks": "block_id kind level text cells page start end boxes",
    "anomalies": "kind text expected evidence",
}
"""The contract that scripts outside the project rely on."""

EXPORTERS: list[type[DatasetExporter]] = [JsonlDataset, CsvDataset, ParquetDataset, XlsxDataset]


def read(directory: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in directory.glob("*.jsonl")
    }


@pytest.fixture
def tables(records: list[DocumentRecord], tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    JsonlDataset().write(records, tmp_path)
    return read(tmp_path)


def test_the_tables_and_fields_of_the_contract(tables: dict[str, list[dict[str, Any]]]) -> None:
    assert set(tables) == set(CONTRACT)
    for name, fields in CONTRACT.items():
        assert {"document_id", *fields.split()} <= set(tables[name][0]), name
        if name not in ("documents", "blocks"):
            assert {"found_by", "confidence"} <= set(tables[name][0]), name


def test_every_row_has_the_fields_of_the_schema_in_their_order(records: list[DocumentRecord]) -> None:
    for table in TABLES:
        names = [field.name for field in table.fields]
        rows = list(rows_of(table.name, records))
        assert rows, table.name
        assert all(list(row) == names for row in rows)
        assert {field.kind for field in table.fields} <= set(TYPES)


def test_quotes_stand_word_for_word_in_the_document(
    tables: dict[str, list[dict[str, Any]]], records: list[DocumentRecord]
) -> None:
    texts = {record.document.id: record.document.text for record in records}
    for name, rows in tables.items():
        for row in rows:
            for evidence in row.get("evidence", []):
                assert list(evidence) == [field.name for field in EVIDENCE]
                assert texts[row["document_id"]][evidence["start"] : evidence["end"]] == evidence["quote"]
                assert evidence["page"] >= 1
            if "evidence" in row and row.get("status") not in EMPTY_STATUSES:
                assert row["evidence"], name


def test_an_empty_status_says_why_and_what_was_searched(tables: dict[str, list[dict[str, Any]]]) -> None:
    empty = [row for row in tables["requirement_statuses"] if row["status"] == Status.NOT_ADDRESSED]
    assert empty
    assert all(row["note"] and row["searched"]["passages"] == 48 and row["evidence"] == [] for row in empty)


def test_documents_and_blocks(tables: dict[str, list[dict[str, Any]]]) -> None:
    plan = next(row for row in tables["documents"] if row["file_name"] == "+plan<b>.docx")
    assert plan["municipality_code"] == "9900"
    assert plan["municipality"] == "Björkdala"
    assert plan["date"] == "2026-02"
    assert plan["commissioned_by"] is None
    assert plan["parts"][0]["doc_type"] == "action_plan"
    assert "path" not in plan
    table = next(row for row in tables["blocks"] if row["kind"] == "table")
    assert table["cells"] == [["Område", "Åtgärd"], ["Trygghet", "@fält"], ["Trygghet", "-1+2"]]
    boxed = next(row for row in tables["blocks"] if row["boxes"])
    assert list(boxed["boxes"][0]) == [field.name for field in BOX]


def test_a_document_about_several_municipalities_has_no_single_one(
    records: list[DocumentRecord], tmp_path: Path
) -> None:
    record = records[0]
    joint = replace(record.document, metadata=replace(record.document.metadata, municipality_codes=("9900", "9901")))
    JsonlDataset().write([replace(record, document=joint)], tmp_path)
    [row] = read(tmp_path)["documents"]
    assert (row["municipality_code"], row["municipality"]) == (None, None)
    assert row["municipality_codes"] == ["9900", "9901"]


def test_where_the_file_lay_is_never_exported(records: list[DocumentRecord], tmp_path: Path) -> None:
    for exporter in EXPORTERS:
        exporter().write(records, tmp_path)
    assert all(b"hemlig" not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_the_same_records_in_any_order_give_the_same_bytes(
    exporter: type[DatasetExporter], records: list[DocumentRecord], tmp_path: Path
) -> None:
    first = exporter().write(records, tmp_path / "a")
    second = exporter().write(records[::-1], tmp_path / "b")
    assert first
    assert [path.name for path in first] == [path.name for path in second]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(
        [*(path.name for path in first), "kodbok.md", "datapackage.json"]
    )
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_tables_of_an_earlier_export_that_are_empty_now_go(
    exporter: type[DatasetExporter], records: list[DocumentRecord], tmp_path: Path
) -> None:
    (tmp_path / "egen.jsonl").write_text("min egen fil", encoding="utf-8")
    exporter().write(records, tmp_path)
    assert exporter().write([], tmp_path) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage.json", "egen.jsonl", "kodbok.md"]


def test_an_export_that_fails_leaves_the_old_one_alone(
    records: list[DocumentRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    JsonlDataset().write(records, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dataset, "datapackage", fail)
    with pytest.raises(ConfigError, match="Det går inte att skriva") as error:
        JsonlDataset().write(records[:1], tmp_path)
    assert error.value.hint
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_is_a_file_is_told_in_swedish(records: list[DocumentRecord], tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigError, match="Det går inte att skriva till"):
        JsonlDataset().write(records, tmp_path / "fil")


def test_a_quote_with_an_odd_line_break_stays_on_its_line(records: list[DocumentRecord], tmp_path: Path) -> None:
    document = records[0].document
    text = "a\u2028b\x85c\u2029d"
    block = replace(document.blocks[0], text=text)
    JsonlDataset().write([replace(records[0], document=replace(document, blocks=(block,)))], tmp_path)
    assert [row["text"] for row in read(tmp_path)["blocks"]] == [text]


def test_csv_is_flat_and_without_formulas(records: list[DocumentRecord], tmp_path: Path) -> None:
    CsvDataset().write(records, tmp_path)
    for table in TABLES:
        data = (tmp_path / f"{table.name}.csv").read_bytes().decode("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(data, newline=""), delimiter=";")
        assert header == flat_header(table)
        assert len(rows) == len(list(rows_of(table.name, records)))
        numbers = {at for at, name in enumerate(header) if name in ("value", "confidence", "share")}
        for row in rows:
            assert not any(field[:1] in "=+-@\t\r" for at, field in enumerate(row) if field and at not in numbers)
    data = (tmp_path / "recommendations.csv").read_bytes().decode("utf-8-sig")
    [first, second] = csv.DictReader(io.StringIO(data, newline=""), delimiter=";")
    assert first["quote"].startswith("'=HYPERLINK")
    assert (first["page"], first["quoted"], second["quoted"]) == ("1", "false", "true")
    assert len(json.loads(first["evidence"])) == 2
    assert first["addressees"] == "'=nämnden; b"


def test_the_workbook_has_a_sheet_for_each_table_and_no_formula(records: list[DocumentRecord], tmp_path: Path) -> None:
    [path] = XlsxDataset().write(records, tmp_path)
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == [table.name for table in TABLES]
    for sheet in workbook:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b"}, sheet.title
    documents = workbook["documents"]
    codes = [cell.value for cell in documents["G"]]
    assert codes[0] == "municipality_code"
    assert "9900" in codes
    assert workbook["indicators"]["E2"].value == -3.5


def test_parquet_keeps_lists_and_types(records: list[DocumentRecord], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    paths = ParquetDataset().write(records, tmp_path)
    assert {path.stem for path in paths} == set(CONTRACT)
    for table in TABLES:
        assert parquet.read_table(tmp_path / f"{table.name}.parquet").to_pylist() == list(
            rows_of(table.name, records)
        ), table.name
    schema = parquet.read_schema(tmp_path / "survey_answers.parquet")
    assert str(schema.field("share").type) == "double"


def test_parquet_without_pyarrow_says_what_to_install(
    records: list[DocumentRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtra) as error:
        ParquetDataset().write(records, tmp_path)
    assert "granskning-ai[parquet]" in error.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_the_data_package_describes_the_files(
    exporter: type[DatasetExporter], records: list[DocumentRecord], tmp_path: Path
) -> None:
    exporter().write(records, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert len(package["resources"]) == len(TABLES)
    for table, resource in zip(TABLES, package["resources"], strict=True):
        assert (tmp_path / resource["path"]).exists()
        names = [field["name"] for field in resource["schema"]["fields"]]
        flat = exporter in (CsvDataset, XlsxDataset)
        assert names == (flat_header(table) if flat else [field.name for field in table.fields])


def test_the_codebook_in_docs_is_the_programs_own() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "kodbok.md").read_text(encoding="utf-8")
    assert text == codebook(), "Skriv om docs/kodbok.md med codebook()."


def test_the_codebook_names_every_table_field_and_code() -> None:
    text = codebook()
    for table in TABLES:
        assert f"### {table.name}\n" in text
        for field in table.fields:
            assert f"| `{field.name}` |" in text
            for code in field.codes or ():
                assert f"| `{code.value}` |" in text
