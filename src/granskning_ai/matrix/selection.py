"""Which rows the matrix has, and which documents and unread files belong to each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from granskning_ai.matrix.failures import file_name, municipality_of, year_of
from granskning_ai.model import DocumentRecord, FileFailure
from granskning_ai.swedish.municipalities import municipality

_NAMES_SHOWN = 5
_ALPHABET = str.maketrans("åäö", "{|}")

RowKey = tuple[str, int | None]
"""A municipality's code, and a year or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The rows in order, what is known for each, and Swedish notes on what is left out."""

    keys: Sequence[RowKey]
    documents: Mapping[RowKey, Sequence[DocumentRecord]]
    failed: Mapping[RowKey, Sequence[FileFailure]]
    notes: tuple[str, ...]


def select(
    records: Iterable[DocumentRecord],
    failures: Sequence[FileFailure],
    *,
    by_year: bool,
    municipalities: Collection[str] | None,
    years: Collection[int] | None,
) -> Selection:
    """Sorts documents and unread files into rows; see `build` for the arguments."""
    documents: dict[RowKey, list[DocumentRecord]] = {}
    homeless: list[str] = []
    other_years: list[str] = []
    for record in sorted(records, key=lambda record: (record.document.source.name, record.document.id)):
        name, year = record.document.source.name, record.document.metadata.year
        every = _codes(record)
        codes = [code for code in every if municipalities is None or code in municipalities]
        if years is not None and year not in years:
            other_years += [name] if codes else []
            continue
        homeless += [] if every else [name]
        for code in codes:
            documents.setdefault((code, year if by_year else None), []).append(record)
    notes: list[str] = []
    if other_years:
        notes.append(f"{_count(other_years)} från andra år än de valda är inte med: {_listed(other_years)}.")
    if homeless:
        notes.append(f"{_count(homeless)} gäller ingen enskild kommun och är inte med: {_listed(homeless)}.")
    failed: dict[RowKey, list[FileFailure]] = {}
    for failure in sorted(failures, key=lambda failure: failure.path):
        home, year = municipality_of(failure), year_of(failure)
        elsewhere = home and municipalities is not None and home not in municipalities
        if elsewhere or (year and years is not None and year not in years):
            continue
        counted = f" Den räknas till {name_of(home)}, som filnamnet nämner." if home else ""
        notes.append(f"Filen {file_name(failure)} kunde inte läsas: {failure.message}{counted}")
        if home:
            failed.setdefault((home, year if by_year else None), []).append(failure)
    keys = _row_keys([*documents, *failed], municipalities)
    return Selection(keys=keys, documents=documents, failed=failed, notes=tuple(notes))


def name_of(code: str) -> str:
    """The municipality's name, or the code where the register does not have it."""
    entry = municipality(code)
    return entry.name if entry else code


def _codes(record: DocumentRecord) -> list[str]:
    named = record.document.metadata.municipality_codes
    return sorted({*named, *(status.municipality_code for status in record.statuses)})


def _row_keys(found: Iterable[RowKey], municipalities: Collection[str] | None) -> list[RowKey]:
    keys = {key for key in found if municipalities is None or key[0] in municipalities}
    with_rows = {code for code, _ in keys}
    keys |= {(code, None) for code in municipalities or () if code not in with_rows}
    return sorted(keys, key=lambda key: (_alphabetical(name_of(key[0])), key[0], key[1] is None, key[1] or 0))


def _alphabetical(name: str) -> str:
    return name.casefold().translate(_ALPHABET)


def _count(names: Sequence[str]) -> str:
    return "Ett dokument" if len(names) == 1 else f"{len(names)} dokument"


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" och {rest} till" if rest > 0 else "")
