"""The same store on PostgreSQL, where a server is at hand."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from granskning_ai.errors import StoreError
from granskning_ai.model import DocumentRecord, FileFailure, ImportReport
from granskning_ai.store import Saved, Store
from granskning_ai.store.tables import metadata

MakeRecord = Callable[..., DocumentRecord]

psycopg = pytest.importorskip("psycopg", reason="drivrutinen psycopg är inte installerad")

GIVEN = "GRANSKNING_TEST_POSTGRES"
"""An environment variable with the URL of a server on which the tests may make a database of their own."""


def _server_user() -> str | None:
    """Whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("PostgreSQL kan inte köras som root, och användaren postgres finns inte")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if GIVEN in os.environ:
        yield os.environ[GIVEN]
        return
    control = shutil.which("pg_ctl")
    if control is None:
        pytest.skip(f"ingen PostgreSQL: varken {GIVEN} eller pg_ctl finns")
    user = _server_user()
    # Not pytest's folder: the server's user must be able to reach it, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="granskning-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(*arguments: str) -> None:
        subprocess.run([control, "-D", str(folder / "data"), "-s", "-w", *arguments], check=True, user=user, cwd=folder)

    try:
        run("init", "-o", "--auth=trust --username=granskning --encoding=UTF8 --locale=C --no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("start", "-l", str(folder / "log"), "-o", options)
        yield f"postgresql://granskning@/postgres?host={folder}"
        run("stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(server: str) -> Iterator[str]:
    """The URL of a new database."""
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE granskning_test")
    yield sa.make_url(server).set(database="granskning_test").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE granskning_test WITH (FORCE)")
    admin.dispose()


def test_migrations_give_the_tables(url: str) -> None:
    Store.open(url).close()

    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_documents_come_back_exactly_and_in_the_same_order(url: str, make_record: MakeRecord) -> None:
    records = [
        make_record("/in/a.txt", "1"),
        make_record("/in/ä.txt", "2"),
        make_record("/in/å.txt", "3"),
        make_record("/in/b.txt", "4", code=None),
    ]
    with Store.open(url) as store:
        for record in reversed(records):
            assert store.save(record) is Saved.NEW

        assert repr(list(store.records())) == repr(records)
        assert store.save(records[0]) is Saved.UNCHANGED
        assert store.known(records[0].path, records[0].document.source.sha256, records[0].versions)


def test_changed_copied_and_removed_files(url: str, make_record: MakeRecord) -> None:
    first, copy, changed = make_record("/in/a.txt"), make_record("/in/b.txt"), make_record("/in/a.txt", "Ny.")
    with Store.open(url) as store:
        store.save(first)
        assert store.save(copy) is Saved.UNCHANGED
        assert store.save(changed) is Saved.REPLACED
        assert list(store.records()) == [changed, copy]

        assert store.remove(copy.document.id)
        assert list(store.records()) == [changed]


def test_failures_and_runs(url: str) -> None:
    failure = FileFailure(path="/in/a.txt", message="Trasig.", hint="Byt.")
    with Store.open(url) as store:
        store.record_failure(failure)
        store.record_failure(failure)
        store.record_run(ImportReport(failed=(failure,)), (("granskning-ai", "1"),))

        assert store.failures() == (failure,)
        assert [run.report.failed for run in store.runs()] == [(failure,)]


def test_writers_wait_for_each_other(url: str, make_record: MakeRecord) -> None:
    records = [make_record(f"/in/{number % 3}.txt", f"Version {number}.") for number in range(24)]

    def save(record: DocumentRecord) -> None:
        with Store.open(url) as store:
            store.save(record)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(save, records))

    with Store.open(url) as store:
        found = list(store.records())
        assert sorted(record.path for record in found) == ["/in/0.txt", "/in/1.txt", "/in/2.txt"]
        assert all(record in records for record in found)


def test_text_that_the_server_refuses_leaves_nothing(url: str, make_record: MakeRecord) -> None:
    with Store.open(url) as store:
        with pytest.raises(StoreError, match="kan inte användas"):
            store.save(make_record("/in/nul\x00.txt"))

        assert store.document_ids() == ()


def test_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(StoreError, match="kan inte användas") as caught:
        Store.open("postgresql://revisor:hemligt@127.0.0.1:1/granskning")

    assert "hemligt" not in str(caught.value)
    assert "GRANSKNING_DATABAS" in caught.value.hint
