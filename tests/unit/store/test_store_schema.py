"""The migrations, and databases that are not what they should be."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from granskning_ai.errors import StoreError
from granskning_ai.settings import Settings
from granskning_ai.store import Store
from granskning_ai.store.database import MIGRATIONS, _set_pragmas
from granskning_ai.store.tables import HEAD, metadata


def test_migrations_from_empty_give_the_tables(store: Store, settings: Settings) -> None:
    with sa.create_engine(settings.database_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert set(sa.inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_head_is_the_last_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_database_is_set_up_for_several_processes(store: Store, settings: Settings) -> None:
    with store._database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 60_000


def test_database_that_another_process_is_making_is_waited_for(settings: Settings) -> None:
    settings.arbetsyta.mkdir()
    file = settings.arbetsyta / "granskning.db"
    other = sqlite3.connect(file, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(0.2, other.commit).start()

    # No time to wait: as when two processes change the same database's mode, and SQLite refuses both at once.
    connection = sqlite3.connect(file, timeout=0)
    _set_pragmas(cast("Any", connection), None)

    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_broken_migration_leaves_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("alembic.operations.Operations.create_index", stop)
    with pytest.raises(KeyboardInterrupt):
        Store.open(settings)
    monkeypatch.undo()

    with sa.create_engine(settings.database_url).connect() as connection:
        assert sa.inspect(connection).get_table_names() == []
    with Store.open(settings) as store:
        assert store.document_ids() == ()


def test_database_of_a_newer_version_is_left_alone(store: Store, settings: Settings) -> None:
    with sa.create_engine(settings.database_url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match="nyare version") as caught:
        Store.open(settings)

    assert caught.value.hint.startswith("Uppdatera programmet")


def test_database_of_another_program_is_left_alone(settings: Settings) -> None:
    settings.arbetsyta.mkdir()
    with sqlite3.connect(settings.arbetsyta / "granskning.db") as connection:
        connection.execute("CREATE TABLE documents (name TEXT)")

    with pytest.raises(StoreError, match="annat program"):
        Store.open(settings)


def test_file_that_is_not_a_database(settings: Settings) -> None:
    settings.arbetsyta.mkdir()
    file = settings.arbetsyta / "granskning.db"
    file.write_text("Det här är en lapp, inte en databas. " * 40, encoding="utf-8")

    with pytest.raises(StoreError, match="inte en databas") as caught:
        Store.open(settings)

    assert "--arbetsyta" in caught.value.hint
    assert file.read_text(encoding="utf-8").startswith("Det här är en lapp")


def test_damaged_database(store: Store, settings: Settings) -> None:
    store.close()
    file = settings.arbetsyta / "granskning.db"
    data = bytearray(file.read_bytes())
    data[100:4096] = b"\xff" * 3996
    file.write_bytes(data)

    with pytest.raises(StoreError, match="skadad"):
        Store.open(settings)


def test_workspace_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")

    with pytest.raises(StoreError, match="kan inte skapas"):
        Store.open(Settings(arbetsyta=tmp_path / "fil" / "arbetsyta"))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("inte en adress", "går inte att tolka"),
        ("mysql://värd/namn", "sort som inte stöds"),
        ("påhittad://revisor:hemligt@värd/namn", "sort som inte stöds"),
    ],
)
def test_address_that_cannot_be_used(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        Store.open(url)

    assert "hemligt" not in str(caught.value)
