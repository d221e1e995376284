"""Whether an act was in force when a document was written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from granskning_ai.model import Catalogue, Document
from granskning_ai.requirements.text import Text

_HAS = re.compile(
    r"\b(?:trädde|trätt)\b[^.]{0,40}\bi kraft\b|\bsedan lagen\b|\blag\w*\b[^.]{0,80}\b(?:började|börjat) gälla\b"
    r"|\blagen (?:är i kraft|gäller sedan)\b"
)
_WILL = re.compile(r"\b(?:träder|träda)\b[^.]{0,40}\bi kraft\b|\blag\w*\b[^.]{0,60}\bföreslås\b|\blagförslag\w*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """`before` and `repealed` are set where the date shows it; `note` says so in Swedish."""

    in_force: bool
    before: bool = False
    repealed: bool = False
    note: str = ""


def force_of(catalogue: Catalogue, document: Document, text: Text) -> Force:
    """Compares the document's date or year with the act's; in the act's first year the text decides."""
    stamp = document.metadata.date or (str(document.metadata.year) if document.metadata.year else "")
    if catalogue.repealed and stamp and stamp >= catalogue.repealed[: len(stamp)]:
        return Force(in_force=False, repealed=True, note=f" Lagen upphävdes {catalogue.repealed}.")
    start = catalogue.in_force[: len(stamp)]
    if stamp and (stamp > start or (stamp == start and len(stamp) == len(catalogue.in_force))):
        return Force(in_force=True)
    if stamp and stamp < start:
        return Force(in_force=False, before=True, note=f" Lagen började gälla {catalogue.in_force}, efter dokumentet.")
    if _treats_as_in_force(text):
        return Force(in_force=True)
    return Force(in_force=False, note=" Det framgår inte om lagen gällde när dokumentet skrevs.")


def _treats_as_in_force(text: Text) -> bool:
    has = any(_HAS.search(statement.plain) for statement in text.statements)
    will = any(_WILL.search(statement.plain) for statement in text.statements)
    return has and not will
