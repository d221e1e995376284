"""The store: one database, the truth, and the original files beside it.

`Store` is imported when it is first asked for, since SQLAlchemy takes a few tenths of a second to import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning_ai.store.entries import DocumentSummary, Run, Saved

if TYPE_CHECKING:
    from granskning_ai.store.store import Store

__all__ = ["DocumentSummary", "Run", "Saved", "Store"]


def __getattr__(name: str) -> object:
    if name == "Store":
        from granskning_ai.store.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
