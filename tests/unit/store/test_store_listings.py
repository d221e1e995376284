"""Order, light listings, failures and the history of runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from granskning_ai.model import DocumentRecord, FileFailure, ImportReport, Recommendation
from granskning_ai.store import Store

MakeRecord = Callable[..., DocumentRecord]


def several(make_record: MakeRecord) -> list[DocumentRecord]:
    """In the order that they should come."""
    return [
        make_record("/in/ö.txt", "1", code="9901", year=2021),
        make_record("/in/a.txt", "2", code="9901", year=2023),
        make_record("/in/ä.txt", "3", code="9901", year=2023),
        make_record("/in/å.txt", "4", code="9901", year=2023),
        make_record("/in/a.txt.2", "5", code="9901", year=None),
        make_record("/in/b.txt", "6", code="9902", year=2019),
        make_record("/in/region.txt", "7", code=None, year=2018),
    ]


def test_records_come_by_municipality_year_and_name(store: Store, make_record: MakeRecord) -> None:
    records = several(make_record)
    for record in (records[3], records[6], records[0], records[5], records[1], records[4], records[2]):
        store.save(record)

    assert list(store.records()) == records
    assert store.document_ids() == tuple(record.document.id for record in records)
    assert [summary.id for summary in store.summaries()] == list(store.document_ids())


def test_documents_of_the_same_name_come_by_id(store: Store, make_record: MakeRecord) -> None:
    for number in range(6):
        store.save(make_record(f"/{number}/rapport.txt", str(number)))

    assert list(store.document_ids()) == sorted(store.document_ids())


def test_summary_tells_of_the_document(store: Store, make_record: MakeRecord) -> None:
    record = make_record()
    store.save(record)

    (summary,) = store.summaries()

    assert (summary.id, summary.path, summary.file_name) == (record.document.id, record.path, "rapport.txt")
    assert (summary.source, summary.metadata) == (record.document.source, record.document.metadata)
    assert (summary.page_count, summary.parts) == (2, ())


def test_outline_is_the_record_without_text(store: Store, make_record: MakeRecord) -> None:
    record = make_record()
    store.save(record)

    light = replace(record, document=replace(record.document, text="", blocks=()), passages=())
    assert list(store.outlines()) == [light]


def test_findings_come_with_their_document(store: Store, make_record: MakeRecord) -> None:
    records = several(make_record)
    for record in records:
        store.save(record)

    everything = [(summary.id, finding) for summary, finding in store.findings()]
    advice = [(summary.id, finding) for summary, finding in store.findings("recommendation")]

    assert everything == [(record.document.id, finding) for record in records for finding in record.findings]
    assert advice == [pair for pair in everything if isinstance(pair[1], Recommendation)]
    assert list(store.findings("agreement")) == []


def test_statuses_come_with_their_document(store: Store, make_record: MakeRecord) -> None:
    records = several(make_record)
    for record in records:
        store.save(record)

    found = [(summary.id, status) for summary, status in store.statuses()]

    assert found == [(record.document.id, status) for record in records for status in record.statuses]


def test_what_is_saved_while_records_are_read_does_not_disturb_them(store: Store, make_record: MakeRecord) -> None:
    records = several(make_record)
    for record in records:
        store.save(record)

    read = []
    for record in store.records():
        read.append(record)
        store.save(make_record(record.path, "Ny version av " + record.path))

    assert read == records


def test_failure_is_noted_until_the_file_is_read(store: Store, make_record: MakeRecord) -> None:
    store.record_failure(FileFailure(path="/in/rapport.txt", message="Filen är tom."))
    store.record_failure(FileFailure(path="/in/rapport.txt", message="Filen är låst.", hint="Lås upp den."))
    store.record_failure(FileFailure(path="/in/annan.txt", message="Filen är trasig."))

    assert store.failures() == (
        FileFailure(path="/in/annan.txt", message="Filen är trasig."),
        FileFailure(path="/in/rapport.txt", message="Filen är låst.", hint="Lås upp den."),
    )

    store.save(make_record("/in/rapport.txt"))
    assert [failure.path for failure in store.failures()] == ["/in/annan.txt"]

    assert store.remove_failure("/in/annan.txt")
    assert not store.remove_failure("/in/annan.txt")
    assert store.failures() == ()


def test_file_that_can_no_longer_be_read_keeps_its_last_good_version(store: Store, make_record: MakeRecord) -> None:
    record = make_record()
    store.save(record)

    store.record_failure(FileFailure(path=record.path, message="Filen är trasig."))

    assert list(store.records()) == [record]


def test_runs_are_kept_in_order(store: Store) -> None:
    first = ImportReport(imported=("a.txt",), failed=(FileFailure(path="/in/b.txt", message="Trasig.", hint="Byt."),))
    second = ImportReport(unchanged=("a.txt",), replaced=("c.txt",))
    before = datetime.now(UTC)

    store.record_run(first, (("granskning-ai", "0.1.0"),))
    store.record_run(second)

    runs = store.runs()
    assert [run.report for run in runs] == [first, second]
    assert [run.versions for run in runs] == [(("granskning-ai", "0.1.0"),), ()]
    assert before <= runs[0].finished_at <= runs[1].finished_at <= datetime.now(UTC)
