"""A workspace's health: documents read by other versions, broken quotes, lost originals, an index out of step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from granskning_ai.errors import Busy, ConfigError, GranskningError, StoreError
from granskning_ai.model import FileFailure

if TYPE_CHECKING:
    from granskning_ai.indexing import Drift
    from granskning_ai.store import Store

_REBUILD = "Kör: granskning doktor --bygg-om"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at, and what was found, in Swedish."""

    name: str
    ok: bool
    text: str


def check_documents(store: Store, current: Sequence[tuple[str, str]], workspace: Path) -> list[Check]:
    """Looks for documents that other versions than the current read, quotes that do not stand, lost originals."""
    count = stale = broken = 0
    lost: list[str] = []
    for record in store.records():
        count += 1
        stale += record.versions != tuple(current)
        text = record.document.text
        evidence = [e for finding in record.findings for e in finding.evidence]
        evidence += [e for status in record.statuses for e in status.evidence]
        broken += any(text[e.start : e.end] != e.quote for e in evidence)
        if store.original(record.document.source.sha256) is None:
            lost.append(record.document.source.name)
    return [
        Check(name="Databasen", ok=True, text=f"{count} dokument i {workspace}."),
        Check(
            name="Versioner",
            ok=not stale,
            text=f"{stale} dokument är lästa med en annan version. {_REBUILD}"
            if stale
            else "Alla dokument är lästa med den här versionen.",
        ),
        Check(
            name="Belägg",
            ok=not broken,
            text=f"{broken} dokument har citat som inte står i texten. {_REBUILD}"
            if broken
            else "Varje citat står ordagrant i sitt dokument.",
        ),
        Check(
            name="Originalfiler",
            ok=not lost,
            text=f"Saknas för {', '.join(lost)}. Läs in de filerna igen." if lost else "Alla finns.",
        ),
    ]


def treat(name: str, mend: Callable[[], Drift], rebuild: Callable[[], None]) -> Check:
    """Brings an index in step with what it is derived from, and says what was amiss."""
    try:
        try:
            found = mend()
        except (Busy, ConfigError):
            raise
        except StoreError:
            rebuild()
            return Check(name=name, ok=True, text="Gick inte att läsa och är nu ombyggt.")
    except GranskningError as error:
        return Check(name=name, ok=False, text=str(error))
    parts = [
        (len(found.missing), "saknades"),
        (len(found.outdated), "hade ändrats eller var skadade"),
        (len(found.surplus), "fanns inte längre i databasen"),
    ]
    said = ", ".join(f"{count} dokument {what}" for count, what in parts if count)
    return Check(name=name, ok=True, text=f"Lagat: {said}." if said else "Alla dokument finns.")


def check_failures(store: Store) -> Check:
    """Says how many files could not be read; those that are gone are forgotten."""
    failures = _standing(store)
    text = f"{len(failures)} kunde inte läsas. Kommandot granskning dokument visar vilka." if failures else "Inga."
    return Check(name="Olästa filer", ok=not failures, text=text)


def _standing(store: Store) -> list[FileFailure]:
    standing: list[FileFailure] = []
    for failure in store.failures():
        if Path(failure.path.split("!")[0]).exists():
            standing.append(failure)
        else:
            store.remove_failure(failure.path)
    return standing
