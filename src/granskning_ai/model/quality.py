"""How surely a document has been read, page by page, and why not more surely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from granskning_ai.model.codes import Doubt, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason for doubt. `share` says how much of the page or the document it concerns, 0-1."""

    kind: Doubt
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuality:
    """How surely one page has been read; `confidence` is 0-1."""

    page: int
    grade: Grade
    confidence: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How surely a document has been read. `pages` are those that there is any doubt about."""

    grade: Grade
    confidence: float
    reasons: tuple[Reason, ...] = ()
    pages: tuple[PageQuality, ...] = ()

    def doubt(self, pages: Iterable[int]) -> float | None:
        """How surely something is known that stands on these pages and no others; None where there is no doubt.

        What also stands on a page that is well read is as sure as that page.
        """
        poor = {page.page: page.confidence for page in self.pages if page.grade is Grade.POOR}
        found = [poor.get(page) for page in pages]
        sure = [confidence for confidence in found if confidence is not None]
        return max(sure) if sure and len(sure) == len(found) else None
