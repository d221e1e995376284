"""The original files, kept by content."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from granskning_ai.errors import StoreError


def original_path(folder: Path, digest: str) -> Path:
    """Where the file with the given sha256 is kept."""
    return folder / digest[:2] / digest


def keep_original(folder: Path, digest: str, data: bytes) -> Path:
    """Writes the file whole or not at all; a file that is there already is left alone.

    Raises:
        StoreError: the disk refuses, or `data` does not have the sha256 it is given for.
    """
    if sha256(data).hexdigest() != digest:
        raise StoreError("Originalfilen har ändrats under läsningen.", hint="Importera filen igen.")
    path = original_path(folder, digest)
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, data)
    except OSError as error:
        raise StoreError(
            f"Originalfilen kan inte sparas i {path.parent}: {error.strerror}.",
            hint="Kontrollera att disken har plats och att du har skrivrättighet till arbetsytan.",
        ) from error
    return path


def _write(path: Path, data: bytes) -> None:
    # The name is this writer's own, so that two processes with the same file do not write into each other's.
    temporary = path.with_name(f".{path.name}-{uuid4().hex}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the new name survive a power cut; Windows cannot open a folder, and does not need it."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
