"""Vectors on disk: one row of int8 after another, appended only, read through the file system's cache.

A row is never changed, so readers need no lock. Rows of passages that are gone stay until the index is built anew.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class VectorRows:
    """The vectors by row number, in the order they were added; those that were there when it was opened can be read."""

    def __init__(self, path: Path, dimension: int) -> None:
        self._path = path
        self._dimension = dimension
        # Mapped at once: a rebuild may throw the file away, but not what a reader has open.
        self._mapped: NDArray[np.int8] = (
            np.memmap(path, dtype=np.int8, mode="r", shape=(len(self), dimension))
            if len(self)
            else np.zeros((0, dimension), dtype=np.int8)
        )

    def __len__(self) -> int:
        return self._path.stat().st_size // self._dimension if self._path.is_file() else 0

    def append(self, vectors: NDArray[np.float32]) -> int:
        """Adds vectors at the end, safely on disk when it returns; says which row the first became."""
        first = len(self)
        largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
        largest[largest == 0] = 1
        whole = np.rint(vectors / largest * 127).astype(np.int8)
        with self._path.open("r+b" if self._path.exists() else "x+b") as file:
            # What a killed writer left of a row is written over.
            file.seek(first * self._dimension)
            file.write(whole.tobytes())
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        return first

    def cosines(self, rows: Sequence[int], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """How close each row's vector lies to `vector`, which is of length one."""
        chosen = self._read(rows).astype(np.float32)
        lengths = np.linalg.norm(chosen, axis=1)
        lengths[lengths == 0] = 1
        result: NDArray[np.float32] = (chosen @ vector) / lengths
        return result

    def vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The rows' vectors, of length one."""
        chosen = self._read(rows).astype(np.float32)
        lengths = np.linalg.norm(chosen, axis=1, keepdims=True)
        lengths[lengths == 0] = 1
        result: NDArray[np.float32] = chosen / lengths
        return result

    def _read(self, rows: Sequence[int]) -> NDArray[np.int8]:
        taken: NDArray[np.int8] = self._mapped[np.asarray(rows, dtype=np.int64)]
        return taken
