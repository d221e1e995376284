"""The original files beside the database."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from granskning_ai.errors import StoreError
from granskning_ai.settings import Settings
from granskning_ai.store import Store

DATA = "Granskning av Björkdala kommun".encode()
DIGEST = sha256(DATA).hexdigest()


def test_original_is_kept_by_content(store: Store, settings: Settings) -> None:
    assert store.original(DIGEST) is None

    path = store.keep_original(DIGEST, DATA)

    assert path == settings.original / DIGEST[:2] / DIGEST
    assert store.original(DIGEST) == path
    assert path.read_bytes() == DATA


def test_nothing_else_is_left_in_the_folder(store: Store) -> None:
    path = store.keep_original(DIGEST, DATA)
    store.keep_original(DIGEST, DATA)

    assert list(path.parent.iterdir()) == [path]


def test_original_is_written_whole_or_not_at_all(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(StoreError, match="kan inte sparas"):
        store.keep_original(DIGEST, DATA)

    assert store.original(DIGEST) is None
    assert not any(path.is_file() for path in settings.original.rglob("*"))


def test_data_must_be_what_it_is_said_to_be(store: Store) -> None:
    with pytest.raises(StoreError, match="har ändrats"):
        store.keep_original(DIGEST, DATA + b"!")


def test_database_without_workspace_has_no_originals(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/g.db") as store, pytest.raises(StoreError, match="utan arbetsyta"):
        store.keep_original(DIGEST, DATA)
