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

    @property
    def poor_pages(self) -> tuple[int, ...]:
        """The pages that were read with little certainty, or not at all."""
        return tuple(page.page for page in self.pages if page.grade is Grade.POOR)

    @property
    def caution(self) -> str:
        """Says, in Swedish, that something may stand on the poor pages without having been found; else nothing."""
        pages = [str(page) for page in self.poor_pages]
        if not pages:
            return ""
        which = f"Sidan {pages[0]} är inläst" if len(pages) == 1 else f"Sidorna {', '.join(pages)} är inlästa"
        return f"{which} med låg säkerhet, och uppgiften kan stå där."

    def doubt(self, pages: Iterable[int]) -> float | None:
        """How surely something is known that stands on these pages and no others; None where there is no doubt.

        What also stands on a page that is well read is as sure as that page.
        """
        poor = {page.page: page.confidence for page in self.pages if page.grade is Grade.POOR}
        found = [poor.get(page) for page in pages]
        sure = [confidence for confidence in found if confidence is not None]
        return max(sure) if sure and len(sure) == len(found) else None
