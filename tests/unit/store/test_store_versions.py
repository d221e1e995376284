"""New, unchanged and changed files; one content under several paths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from granskning_ai.errors import StoreError
from granskning_ai.model import DocumentRecord
from granskning_ai.settings import Settings
from granskning_ai.store import Saved, Store
from granskning_ai.store.tables import CONTENT

MakeRecord = Callable[..., DocumentRecord]

OLDER = (("parsing", "1"), ("rules", "0"))


def is_known(store: Store, record: DocumentRecord) -> bool:
    return store.known(record.path, record.document.source.sha256, record.versions)


def rows_of(settings: Settings, document_id: str) -> int:
    engine = sa.create_engine(settings.database_url)
    with engine.connect() as connection:
        queries = [
            sa.select(sa.func.count()).select_from(table).where(table.c.document_id == document_id) for table in CONTENT
        ]
        return sum(connection.execute(query).scalar_one() for query in queries)


def test_new_document_is_new_and_then_known(store: Store, make_record: MakeRecord) -> None:
    record = make_record()
    assert not is_known(store, record)

    assert store.save(record) is Saved.NEW

    assert is_known(store, record)
    assert store.load(record.document.id) == record


def test_same_file_twice_changes_nothing(store: Store, make_record: MakeRecord) -> None:
    record = make_record()
    store.save(record)

    assert store.save(record) is Saved.UNCHANGED

    assert list(store.records()) == [record]


def test_changed_file_replaces_its_old_version(store: Store, settings: Settings, make_record: MakeRecord) -> None:
    old, new = make_record(), make_record(content="Andra versionen.")
    store.save(old)

    assert store.save(new) is Saved.REPLACED

    assert list(store.records()) == [new]
    assert not is_known(store, old)
    assert rows_of(settings, old.document.id) == 0


def test_other_versions_read_the_same_file_anew(store: Store, make_record: MakeRecord) -> None:
    new = make_record()
    old = replace(make_record(versions=OLDER), findings=(), rejected=())
    store.save(old)
    assert not store.known(new.path, new.document.source.sha256, new.versions)

    assert store.save(new) is Saved.REPLACED

    assert list(store.records()) == [new]


def test_order_of_versions_does_not_matter(store: Store, make_record: MakeRecord) -> None:
    record = make_record()
    store.save(record)

    assert store.known(record.path, record.document.source.sha256, record.versions[::-1])


def test_same_content_under_two_paths_is_one_document(store: Store, make_record: MakeRecord) -> None:
    first, copy = make_record("/in/rapport.txt"), make_record("/in/kopia.txt")
    store.save(first)

    assert store.save(copy) is Saved.UNCHANGED

    assert list(store.records()) == [first]
    assert is_known(store, first)
    assert is_known(store, copy)


def test_change_at_one_path_leaves_the_document_of_another(store: Store, make_record: MakeRecord) -> None:
    first, copy = make_record("/in/rapport.txt"), make_record("/in/kopia.txt")
    changed = make_record("/in/rapport.txt", "Andra versionen.")
    store.save(first)
    store.save(copy)

    assert store.save(changed) is Saved.REPLACED

    assert list(store.records()) == [copy, changed]  # the copy now goes by its own name
    assert is_known(store, copy)
    assert not is_known(store, first)


def test_last_path_takes_the_document_with_it(store: Store, make_record: MakeRecord) -> None:
    store.save(make_record("/in/rapport.txt"))
    store.save(make_record("/in/kopia.txt"))

    store.save(make_record("/in/rapport.txt", "Andra versionen."))
    store.save(make_record("/in/kopia.txt", "Tredje versionen."))

    texts = [record.document.blocks[1].text.rpartition(". ")[2] for record in store.records()]
    assert texts == ["Tredje versionen.", "Andra versionen."]


def test_file_that_changes_back(store: Store, make_record: MakeRecord) -> None:
    first, second = make_record(), make_record(content="Andra versionen.")
    for record in (first, second, first):
        store.save(record)

    assert list(store.records()) == [first]


def test_file_that_becomes_a_copy_of_another(store: Store, make_record: MakeRecord) -> None:
    first = make_record("/in/a.txt")
    store.save(first)
    store.save(make_record("/in/b.txt", "Något annat."))

    assert store.save(make_record("/in/b.txt")) is Saved.REPLACED

    assert list(store.records()) == [first]


def test_removed_document_is_gone_under_all_its_paths(
    store: Store, settings: Settings, make_record: MakeRecord
) -> None:
    first, copy = make_record("/in/rapport.txt"), make_record("/in/kopia.txt")
    store.save(first)
    store.save(copy)

    assert store.remove(first.document.id)

    assert not store.remove(first.document.id)
    assert not is_known(store, copy)
    assert rows_of(settings, first.document.id) == 0
    with pytest.raises(StoreError, match=first.document.id):
        store.load(first.document.id)
