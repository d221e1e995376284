"""What the database refuses, told in Swedish, with nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from granskning_ai.errors import StoreError
from granskning_ai.model import DocumentRecord
from granskning_ai.settings import Settings
from granskning_ai.store import Store
from granskning_ai.store import database as database_module

MakeRecord = Callable[..., DocumentRecord]


def with_text(record: DocumentRecord, extra: str) -> DocumentRecord:
    return replace(record, document=replace(record.document, text=record.document.text + extra))


def test_full_disk(store: Store, make_record: MakeRecord) -> None:
    store.save(make_record())
    with store._database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def fill(connection: sa.engine.interfaces.DBAPIConnection, _: object, __: object) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count={pages}")

    sa.event.listen(store._database._engine, "checkout", fill)

    with pytest.raises(StoreError, match="disken är full") as caught:
        store.save(with_text(make_record("/in/stor.txt", "Stor."), "x" * 100_000))

    assert caught.value.hint.startswith("Frigör utrymme")
    assert list(store.records()) == [make_record()]


def test_read_only_database(store: Store, make_record: MakeRecord) -> None:
    def lock(connection: sa.engine.interfaces.DBAPIConnection, _: object, __: object) -> None:
        connection.cursor().execute("PRAGMA query_only=ON")

    sa.event.listen(store._database._engine, "checkout", lock)

    with pytest.raises(StoreError, match="skrivskyddad"):
        store.save(make_record())


def test_writer_that_waits_too_long(
    settings: Settings, make_record: MakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.1)
    with Store.open(settings) as one, Store.open(settings) as other:
        with one._database.write(), pytest.raises(StoreError, match="upptagen"):
            other.save(make_record())

        other.save(make_record())


def test_text_that_no_database_can_hold(store: Store, make_record: MakeRecord) -> None:
    with pytest.raises(StoreError, match="tecken som inte kan sparas"):
        store.save(with_text(make_record(), "\udc80"))

    assert store.document_ids() == ()


def test_null_characters_are_kept(store: Store, make_record: MakeRecord) -> None:
    record = with_text(make_record(), "a\x00b")
    store.save(record)

    assert store.load(record.document.id) == record


def test_failure_in_the_middle_leaves_the_old_version(
    store: Store, make_record: MakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = make_record()
    store.save(record)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("granskning_ai.store.writing.remove_failure", interrupt)
    with pytest.raises(KeyboardInterrupt):
        store.save(make_record(content="Andra versionen."))

    assert list(store.records()) == [record]
