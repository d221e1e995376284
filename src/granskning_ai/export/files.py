"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from granskning_ai.errors import ConfigError


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` to `path`: a reader sees the old file or the new one, never half of one.

    Raises:
        ConfigError: the file cannot be written.
    """
    with reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def staging(directory: Path) -> Iterator[Path]:
    """A folder inside `directory` to write files in; when all went well they take their places, one by one.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    with reported(directory):
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=directory) as name:
            staged = Path(name)
            yield staged
            for path in sorted(staged.iterdir()):
                path.replace(directory / path.name)


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Tells the user in Swedish when the operating system refuses.

    Raises:
        ConfigError: the file or folder at `path` cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise ConfigError(
            f"Det går inte att skriva till {path}: {error.strerror or error}.",
            hint="Välj en annan plats, eller stäng filen om den är öppen i ett annat program.",
        ) from error
