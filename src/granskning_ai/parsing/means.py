"""What a parser may use, and how it tells that it needs more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

MAX_PAGES = 3000
MAX_UNPACKED = 2 * 1024**3


def _unheard(pages: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What parsing one file may take."""

    max_pages: int = MAX_PAGES
    max_unpacked: int = MAX_UNPACKED
    """How many bytes a compressed file may unpack to."""
    processes: int = 1
    """How many pictures may be read at a time."""
    tell_scanned: Callable[[int], None] = _unheard
    """Called with the number of pages that are about to be read as pictures, which takes seconds for each of them."""
    depth: int = 0
    """How many letters the file lies in."""

    def deeper(self) -> Self:
        """The same for a file that lies in this one."""
        return replace(self, depth=self.depth + 1)
