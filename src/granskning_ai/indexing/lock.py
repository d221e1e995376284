"""One writer at a time, by a lock that the operating system lets go of when the process ends, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from granskning_ai.errors import Busy

PATIENCE_SECONDS = 120.0
"""How long a writer waits for another."""


@contextmanager
def writers_lock(path: Path, *, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Holds the lock while the block runs.

    Raises:
        Busy: another process did not let go of it in time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        deadline = time.monotonic() + patience
        while not _take(descriptor):
            if time.monotonic() >= deadline:
                raise Busy(
                    "Sökindexet uppdateras av en annan körning.", hint="Vänta tills den är klar och försök igen."
                )
            time.sleep(0.02)
        yield
    finally:
        # Closing lets go of the lock as well.
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Journal:
    """Notes that work has begun and is not yet done, so that a later start sees whether it was broken off.

    A note is a file that its process keeps locked: one that nobody holds was left by a process that died.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: tuple[Path, int] | None = None

    def begin(self) -> None:
        """Notes that work has begun; twice is the same as once."""
        if self._held is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{os.getpid()}-{time.time_ns()}"
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            _take(descriptor)
            self._held = (path, descriptor)

    def end(self) -> None:
        """Notes that the work is done."""
        if self._held is not None:
            path, descriptor = self._held
            # Unlinked while it is still held, so that nobody takes it for one that was left behind.
            path.unlink(missing_ok=True)
            os.close(descriptor)
            self._held = None

    def broken_off(self) -> list[Path]:
        """The notes of work that nobody is doing any more."""
        if not self._folder.is_dir():
            return []
        return [path for path in sorted(self._folder.iterdir()) if self._is_left(path)]

    def _is_left(self, path: Path) -> bool:
        if self._held is not None and path == self._held[0]:
            return False
        try:
            descriptor = os.open(path, os.O_RDWR)
        except OSError:
            return False
        try:
            return _take(descriptor)
        finally:
            os.close(descriptor)
