"""Processes that die, and processes that work at the same time."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from granskning_ai.model import DocumentRecord
from granskning_ai.settings import Settings
from granskning_ai.store import Store

MakeRecord = Callable[..., DocumentRecord]
Start = Callable[..., "subprocess.Popen[str]"]

CHILD = Path(__file__).with_name("store_child.py")


@pytest.fixture
def start(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Starts a child with the given records on the test's database."""
    started: list[subprocess.Popen[str]] = []

    def run(command: str, records: list[DocumentRecord]) -> subprocess.Popen[str]:
        file = tmp_path / f"{len(started)}.pickle"
        file.write_bytes(pickle.dumps(records))
        arguments = [sys.executable, str(CHILD), command, settings.database_url, str(file)]
        started.append(subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def faults_in(settings: Settings) -> list[object]:
    """What the database itself finds wrong: damaged pages, rows whose document is gone."""
    with sa.create_engine(settings.database_url).connect() as connection:
        damaged = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [*(line for line in damaged if line != "ok"), *orphans]


def test_killed_at_any_statement_the_old_or_the_new_version_is_whole(
    start: Start, settings: Settings, make_record: MakeRecord
) -> None:
    records = [make_record(), make_record(content="Andra versionen.")]

    output, _ = start("crash", records).communicate(timeout=60)

    states = [line.split(" ", 1) for line in output.splitlines()]
    deaths = [state for died, state in states if died == "1"]
    assert len(deaths) > 12, "the save should touch the database more often than that"
    assert set(deaths) == {"[0]", "[1]"}
    assert deaths == sorted(deaths), "once saved it stays saved"
    assert states[-1] == ["0", "[1]"]
    assert faults_in(settings) == []


def test_killed_import_leaves_whole_documents_and_can_be_taken_up_again(
    start: Start, settings: Settings, make_record: MakeRecord, tmp_path: Path
) -> None:
    records = [make_record(f"/in/{number:02}.txt", f"Dokument {number}.") for number in range(40)]
    for after in (1, 20):
        process = start("save", records)
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        process.kill()
        process.wait()

        with Store.open(settings) as store:
            found = list(store.records())
        assert len(found) >= after
        assert all(record in records for record in found)
        assert faults_in(settings) == []

    assert start("save", records).wait(timeout=60) == 0
    with Store.open(settings) as store, Store.open(f"sqlite:///{tmp_path}/undisturbed.db") as undisturbed:
        for record in records:
            undisturbed.save(record)
        assert repr(list(store.records())) == repr(list(undisturbed.records()))


def test_writers_wait_and_readers_see_whole_documents(
    start: Start, settings: Settings, make_record: MakeRecord
) -> None:
    """Both writers make the database, and then write copies and different versions of the same files."""
    paths = [f"/in/{number % 5}.txt" for number in range(40)]
    versions = [
        [make_record(path, f"{who} {number} i {path}") for number, path in enumerate(paths)] for who in ("Ena", "Andra")
    ]
    shared = [make_record(f"/in/kopia{number}.txt", "Samma innehåll.") for number in range(5)]
    possible = {record.document.id: record for record in [*versions[0], *versions[1]]}

    writers = [start("save", [*shared, *records]) for records in (versions[0], versions[1])]
    while any(writer.poll() is None for writer in writers):
        with Store.open(settings) as store:
            for record in store.records():
                assert record in (possible.get(record.document.id), *shared)

    assert [writer.returncode for writer in writers] == [0, 0]
    with Store.open(settings) as store:
        texts = {record.path: record for record in store.records()}
        # Each path holds what one of the two wrote there last.
        assert all(texts[path] in (versions[0][35 + at], versions[1][35 + at]) for at, path in enumerate(paths[:5]))
        assert sorted(texts) == sorted({*paths, "/in/kopia0.txt"})
    assert faults_in(settings) == []
