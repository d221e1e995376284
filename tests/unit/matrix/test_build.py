"""Rows, columns, coverage, and why a cell is empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from granskning_ai.matrix import OVERALL, build
from granskning_ai.matrix.failures import municipality_of, year_of
from granskning_ai.model import (
    Basis,
    Catalogue,
    DocType,
    DocumentRecord,
    FileFailure,
    Matrix,
    MatrixCell,
    Status,
    Topic,
    Verdict,
)

Make = Callable[..., DocumentRecord]
SILENT = (Status.NOT_ADDRESSED, Basis.NONE)
NOT_YET = (Status.NOT_APPLICABLE, Basis.NONE)
PRESENT = (Status.PRESENT, Basis.AUDITOR_OBSERVATION)


def cell(matrix: Matrix, municipality: str, key: str, year: int | None = None) -> MatrixCell:
    row = next(row for row in matrix.rows if (row.municipality, row.year) == (municipality, year))
    return row.cells[[column.key for column in matrix.columns].index(key)]


def test_rows_are_in_swedish_alphabetical_order_and_columns_in_the_catalogues(law: Catalogue, record: Make) -> None:
    records = [
        record(f"{code}.pdf", code, year=2024, plan=PRESENT, questions=((Topic.GOALS, Verdict.YES, False),))
        for code in ("9904", "9903", "9902", "9901")
    ]
    matrix = build(records, [law])
    assert [row.municipality for row in matrix.rows] == ["Björkdala", "Vittsund", "Åby", "Ärla"]
    assert [column.key for column in matrix.columns] == ["plan", "bild", "goals", OVERALL]
    assert [column.kind for column in matrix.columns] == ["krav", "krav", "ämne", "ämne"]
    assert matrix.columns[0].text == "Kommunen ska ha en plan. (5 §)"
    assert matrix.rows[0].county == "Mellanmarks län"


def test_an_act_is_named_with_its_number(law: Catalogue) -> None:
    assert build([], [law]).columns[0].group == "Lag (2023:196)"
    assert build([], [replace(law, title="Lagen om planer")]).columns[0].group == "Lagen om planer, SFS 2023:196"


def test_columns_can_be_chosen(law: Catalogue, record: Make) -> None:
    records = [record("a.pdf", "9901", year=2024, plan=PRESENT, questions=((Topic.GOALS, Verdict.YES, False),))]
    assert [column.key for column in build(records, [law], topics=False).columns] == ["plan", "bild"]
    assert [column.key for column in build(records, [law], requirements=False).columns] == ["goals", OVERALL]
    assert [column.key for column in build(records, [law], keys={"bild", OVERALL}).columns] == ["bild", OVERALL]


def test_coverage_counts_what_is_known_and_not_open_questions(law: Catalogue, record: Make) -> None:
    records = [
        record("a.pdf", "9901", year=2024, plan=PRESENT, questions=((Topic.GOALS, Verdict.NOT_ASSESSED, False),)),
        record("b.pdf", "9902", year=2024, plan=SILENT, questions=((Topic.GOALS, Verdict.NO, False),)),
    ]
    matrix = build(records, [law])
    counted = {column.key: (c.filled, c.total) for column, c in zip(matrix.columns, matrix.coverage, strict=True)}
    assert counted == {"plan": (1, 2), "bild": (0, 2), "goals": (1, 2), OVERALL: (0, 2)}
    assert cell(matrix, "Björkdala", "goals").value is Verdict.NOT_ASSESSED
    assert cell(matrix, "Björkdala", "goals").statements[0].evidence


def test_by_year_each_year_stands_alone(law: Catalogue, record: Make) -> None:
    records = [
        record("b.pdf", "9901", year=2025, plan=(Status.MET, Basis.AUDITOR_ASSESSMENT)),
        record("a.pdf", "9901", year=2023, plan=(Status.NOT_MET, Basis.AUDITOR_ASSESSMENT)),
        record("c.pdf", "9901", plan=PRESENT),
    ]
    matrix = build(records, [law], by_year=True, municipalities={"9901", "9902"})
    assert [(row.municipality, row.year) for row in matrix.rows] == [
        ("Björkdala", 2023),
        ("Björkdala", 2025),
        ("Björkdala", None),
        ("Vittsund", None),
    ]
    assert cell(matrix, "Björkdala", "plan", 2023).value is Status.NOT_MET
    assert len(cell(matrix, "Björkdala", "plan", 2025).statements) == 1


def test_years_that_are_not_wanted_are_left_out_and_said(law: Catalogue, record: Make) -> None:
    records = [record("ny.pdf", "9901", year=2025, plan=SILENT), record("gammal.pdf", "9901", year=2020, plan=PRESENT)]
    matrix = build(records, [law], years={2025})
    assert cell(matrix, "Björkdala", "plan").value is Status.NOT_ADDRESSED
    assert any("gammal.pdf" in note for note in matrix.notes)


def test_read_but_not_there_says_what_was_searched(law: Catalogue, record: Make) -> None:
    records = [record("a.pdf", "9901", date="2024-01-01", plan=SILENT)]
    empty = cell(build(records, [law]), "Björkdala", "plan")
    assert (empty.value, empty.basis, empty.statements) == (Status.NOT_ADDRESSED, Basis.NONE, ())
    for said in ("Titel a.pdf", "(Ek, 2024-01-01, a.pdf)", "12 stycken", "Inget om plan.", "plan*, åtgärd*"):
        assert said in empty.searched


def test_the_law_is_inapplicable_only_where_it_is_so_for_every_document(law: Catalogue, record: Make) -> None:
    older = record("a.pdf", "9901", year=2020, plan=NOT_YET)
    oldest = record("b.pdf", "9901", year=2019, plan=NOT_YET)
    empty = cell(build([older, oldest], [law]), "Björkdala", "plan")
    assert empty.value is Status.NOT_APPLICABLE
    assert "Titel a.pdf" in empty.searched
    assert "Titel b.pdf" in empty.searched

    newer = record("c.pdf", "9901", year=2024, plan=SILENT)
    empty = cell(build([older, newer], [law]), "Björkdala", "plan")
    assert empty.value is Status.NOT_ADDRESSED
    assert "a.pdf" not in empty.searched


def test_what_an_older_document_shows_is_kept(law: Catalogue, record: Make) -> None:
    records = [record("a.pdf", "9901", year=2020, plan=PRESENT)]
    assert cell(build(records, [law]), "Björkdala", "plan").value is Status.PRESENT


def test_no_document_that_could_say_anything_is_not_audited(law: Catalogue, record: Make) -> None:
    letter = record("brev.pdf", "9901", year=2024, doc_type=DocType.COVER_LETTER)
    audit = record("a.pdf", "9903", year=2024, questions=((Topic.GOALS, Verdict.YES, False),))
    matrix = build([letter, audit], [law], municipalities=["9901", "9902", "9903"])
    for name in ("Björkdala", "Vittsund"):
        assert {empty.value for empty in next(r for r in matrix.rows if r.municipality == name).cells} == {
            Status.NOT_AUDITED
        }
    assert cell(matrix, "Vittsund", "plan").searched == "Det finns inget dokument om kommunen."
    assert cell(matrix, "Björkdala", "goals").searched == "Det finns ingen granskning av kommunen."


def test_an_audit_without_a_question_on_the_topic_does_not_address_it(law: Catalogue, record: Make) -> None:
    records = [
        record("a.pdf", "9901", year=2024, questions=((Topic.GOALS, Verdict.YES, False),)),
        record("b.pdf", "9902", year=2024, questions=((Topic.RESOURCES, Verdict.YES, False),)),
    ]
    empty = cell(build(records, [law]), "Björkdala", "resources")
    assert empty.value is Status.NOT_ADDRESSED
    assert "Titel a.pdf" in empty.searched
    assert "resurser" in empty.searched


def test_a_file_that_could_not_be_read_is_never_nothing_found(law: Catalogue, record: Make) -> None:
    failures = [
        FileFailure(path="in/Björkdala kommun 2024.pdf", message="Filen är krypterad."),
        FileFailure(path="in/vittsund.pdf", message="Filen är tom."),
        FileFailure(path="in/rapport.pdf", message="Filen är trasig."),
    ]
    records = [
        record("a.pdf", "9901", year=2024, plan=SILENT, bild=PRESENT),
        record("b.pdf", "9903", year=2024, plan=SILENT),
    ]
    matrix = build(records, [law], failures=failures, topics=False)
    assert cell(matrix, "Björkdala", "plan").value is Status.FAILED
    assert "Björkdala kommun 2024.pdf" in cell(matrix, "Björkdala", "plan").searched
    assert "Titel a.pdf" in cell(matrix, "Björkdala", "plan").searched
    assert cell(matrix, "Björkdala", "bild").value is Status.PRESENT
    assert cell(matrix, "Vittsund", "plan").value is Status.FAILED
    assert cell(matrix, "Åby", "plan").value is Status.NOT_ADDRESSED
    assert sum("kunde inte läsas" in note for note in matrix.notes) == 3
    assert not any("in/" in note for note in matrix.notes)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/home/solna/Granskning Björkdala 2024.pdf", "9901"),
        ("arkiv.zip!bjorkdalas-kommun_2024.docx", "9901"),
        ("BJO\u0308RKDALA.pdf", "9901"),
        ("björkdala och vittsund.pdf", None),
        ("rapport.pdf", None),
        ("björkdalabygden.pdf", None),
        ("upplands-vasby-2023.pdf", "0114"),
        ("nya_sala_planen.pdf", None),
        ("sala kommun.pdf", "1981"),
        ("habo kommun.pdf", None),
        ("håbo.pdf", "0305"),
    ],
)
def test_the_municipality_of_an_unread_file_is_only_guessed_when_its_name_is_plain(path: str, code: str | None) -> None:
    assert municipality_of(FileFailure(path=path, message="")) == code


def test_the_year_of_an_unread_file() -> None:
    assert year_of(FileFailure(path="2023/plan_2024.pdf", message="")) == 2024
    assert year_of(FileFailure(path="plan 2024-2025.pdf", message="")) is None


def test_documents_about_no_municipality_are_noted(law: Catalogue, record: Make) -> None:
    matrix = build([record("region.pdf", year=2024), record("a.pdf", "9901", year=2024)], [law])
    assert [row.municipality for row in matrix.rows] == ["Björkdala"]
    assert matrix.notes == ("Ett dokument gäller ingen enskild kommun och är inte med: region.pdf.",)


def test_every_cell_with_a_value_has_evidence(law: Catalogue, record: Make) -> None:
    records = [
        record("a.pdf", "9901", year=2024, plan=PRESENT, bild=SILENT, overall=(Verdict.PARTLY,)),
        record("b.pdf", "9902", year=2024, questions=((Topic.GOALS, Verdict.NOT_ASSESSED, False),)),
    ]
    for row in build(records, [law], municipalities=["9901", "9902", "9903"]).rows:
        for found in row.cells:
            filled = bool(found.statements)
            assert filled or found.searched
            assert all(statement.evidence for statement in found.statements)
            assert filled is (found.value not in {Status.NOT_ADDRESSED, Status.NOT_AUDITED})


def test_nothing_stored_gives_an_empty_matrix(law: Catalogue) -> None:
    matrix = build([], [law])
    assert (matrix.rows, matrix.notes, len(matrix.columns)) == ((), (), 2)
