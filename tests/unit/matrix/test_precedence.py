"""Which document decides a cell, and when the reader is warned."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from granskning_ai.matrix import build
from granskning_ai.model import Basis, Catalogue, DocType, DocumentRecord, MatrixCell, Status, Topic, Verdict

Make = Callable[..., DocumentRecord]
AUDIT, SEEN, OWN, NONE = Basis.AUDITOR_ASSESSMENT, Basis.AUDITOR_OBSERVATION, Basis.SELF_REPORTED, Basis.NONE


def plan_cell(law: Catalogue, *records: DocumentRecord) -> MatrixCell:
    """The cell of the requirement 'plan', which must not depend on the order of the records."""
    cells = {build(order, [law], topics=False, keys={"plan"}).rows[0].cells[0] for order in permutations(records)}
    assert len(cells) == 1
    return cells.pop()


def topic_cell(*records: DocumentRecord) -> MatrixCell:
    return build(records, [], keys={Topic.RESOURCES}).rows[0].cells[0]


def test_an_auditors_assessment_goes_before_newer_weaker_words(law: Catalogue, record: Make) -> None:
    cell = plan_cell(
        law,
        record("granskning.pdf", "9901", date="2023-11-01", plan=(Status.MET, AUDIT)),
        record("förstudie.pdf", "9901", date="2024-02-01", plan=(Status.PRESENT, SEEN)),
        record("plan.docx", "9901", date="2025-02-01", plan=(Status.PRESENT, OWN)),
    )
    assert (cell.value, cell.basis, cell.conflict) == (Status.MET, AUDIT, False)
    assert [statement.file_name for statement in cell.statements] == ["granskning.pdf", "plan.docx", "förstudie.pdf"]


def test_of_two_assessments_the_newest_decides_and_the_older_is_a_development(law: Catalogue, record: Make) -> None:
    cell = plan_cell(
        law,
        record("ny.pdf", "9901", date="2025-03-01", plan=(Status.MET, AUDIT)),
        record("gammal.pdf", "9901", date="2023-09-01", plan=(Status.NOT_MET, AUDIT)),
    )
    assert (cell.value, cell.conflict) == (Status.MET, False)
    assert [statement.value for statement in cell.statements] == [Status.MET, Status.NOT_MET]


def test_assessments_of_one_year_that_exclude_each_other_are_a_conflict(law: Catalogue, record: Make) -> None:
    cell = plan_cell(
        law,
        record("vår.pdf", "9901", date="2024-03-01", plan=(Status.MET, AUDIT)),
        record("höst.pdf", "9901", date="2024-11", plan=(Status.NOT_MET, AUDIT)),
    )
    assert (cell.value, cell.conflict) == (Status.NOT_MET, True)
    assert cell.statements[1].note == "Säger något annat än uppgiften som avgör."


def test_with_the_same_date_the_less_favourable_is_shown(law: Catalogue, record: Make) -> None:
    cell = plan_cell(
        law,
        record("a.pdf", "9901", date="2024-03-01", plan=(Status.MET, AUDIT)),
        record("b.pdf", "9901", date="2024-03-01", plan=(Status.PARTLY_MET, AUDIT)),
    )
    assert (cell.value, cell.conflict) == (Status.PARTLY_MET, True)


@pytest.mark.parametrize(
    ("strong", "weak", "weak_year", "warned"),
    [
        (Status.ABSENT, Status.PRESENT, 2025, True),
        (Status.ABSENT, Status.PRESENT, 2024, True),
        (Status.ABSENT, Status.PRESENT, None, True),
        (Status.ABSENT, Status.PRESENT, 2022, False),
        (Status.MET, Status.ABSENT, 2025, True),
        (Status.PARTLY_MET, Status.ABSENT, 2025, True),
        (Status.MET, Status.PRESENT, 2025, False),
        (Status.PARTLY_MET, Status.PRESENT, 2025, False),
        (Status.NOT_MET, Status.ABSENT, 2025, False),
        # A thing can exist and fall short of the law in the same year; a newer account may have overtaken the audit.
        (Status.NOT_MET, Status.PRESENT, 2024, False),
        (Status.NOT_MET, Status.PRESENT, 2025, True),
    ],
)
def test_the_bodys_own_word_against_the_auditors(
    law: Catalogue, record: Make, strong: Status, weak: Status, weak_year: int | None, warned: bool
) -> None:
    cell = plan_cell(
        law,
        record("granskning.pdf", "9901", year=2024, plan=(strong, SEEN if strong is Status.ABSENT else AUDIT)),
        record("plan.docx", "9901", year=weak_year, plan=(weak, OWN)),
    )
    assert (cell.value, cell.conflict) == (strong, warned)
    assert bool(cell.statements[1].note) is warned


def test_not_addressed_never_beats_a_status(law: Catalogue, record: Make) -> None:
    cell = plan_cell(
        law,
        record("gammal.pdf", "9901", date="2023-09-01", plan=(Status.PRESENT, OWN)),
        record("ny.pdf", "9901", date="2025-01-01", plan=(Status.NOT_ADDRESSED, NONE)),
    )
    assert (cell.value, cell.searched, len(cell.statements)) == (Status.PRESENT, "", 1)


def test_the_main_questions_verdict_is_the_topics_value_and_no_average(record: Make) -> None:
    cell = topic_cell(
        record(
            "a.pdf",
            "9901",
            year=2024,
            questions=(
                (Topic.RESOURCES, Verdict.NO, True),
                (Topic.GOALS, Verdict.PARTLY, False),
                (Topic.RESOURCES, Verdict.YES, False),
                (Topic.RESOURCES, Verdict.PARTLY, False),
            ),
        )
    )
    assert [statement.value for statement in cell.statements] == [Verdict.YES, Verdict.NO, Verdict.PARTLY]
    assert cell.value is Verdict.YES
    assert cell.conflict
    assert all("Samma dokument" in statement.note for statement in cell.statements[1:])


def test_a_question_without_a_verdict_never_hides_one(record: Make) -> None:
    questions = ((Topic.RESOURCES, Verdict.NOT_ASSESSED, False), (Topic.RESOURCES, Verdict.NO, True))
    older = record("granskning.pdf", "9901", year=2022, questions=questions)
    newer = record(
        "förstudie.pdf",
        "9901",
        year=2025,
        doc_type=DocType.PRE_STUDY,
        questions=((Topic.RESOURCES, Verdict.NOT_ASSESSED, False),),
    )
    cell = topic_cell(older, newer)
    assert (cell.value, cell.basis, cell.conflict) == (Verdict.NO, AUDIT, False)
    assert [statement.value for statement in cell.statements] == [
        Verdict.NO,
        Verdict.NOT_ASSESSED,
        Verdict.NOT_ASSESSED,
    ]


def test_a_reply_that_restates_a_verdict_is_the_bodys_own_account(record: Make) -> None:
    audit = record("granskning.pdf", "9901", year=2023, questions=((Topic.RESOURCES, Verdict.NO, False),))
    reply = record(
        "svar.pdf",
        "9901",
        year=2024,
        doc_type=DocType.RESPONSE,
        questions=((Topic.RESOURCES, Verdict.YES, False),),
    )
    cell = topic_cell(audit, reply)
    assert (cell.value, cell.basis, cell.conflict) == (Verdict.NO, AUDIT, True)
    assert cell.statements[1].basis is OWN


def test_a_joint_audit_says_that_it_is_about_several(record: Make) -> None:
    cell = topic_cell(record("a.pdf", "9901", "9902", year=2024, questions=((Topic.RESOURCES, Verdict.YES, False),)))
    assert "gäller 2 kommuner" in cell.statements[0].note
