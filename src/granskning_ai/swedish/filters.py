"""Which documents count, from what a user writes: municipalities, counties, years, issuers, kinds of document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from granskning_ai.errors import ConfigError
from granskning_ai.model import LABELS, DocType, Metadata
from granskning_ai.swedish.municipalities import counties, find_code, municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which documents count; empty means all. Municipalities and counties by SCB code, issuers by name."""

    municipalities: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    issuers: tuple[str, ...] = ()
    doc_types: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None
    """Document ids; None means all, and an empty tuple no document."""

    @classmethod
    def of(
        cls,
        municipalities: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        *,
        counties: Iterable[str] | None = None,
        issuers: Iterable[str] | None = None,
        doc_types: Iterable[str] | None = None,
    ) -> Self:
        """Reads what a user writes ('Salem', 'salems kommun', '0128'; 'Skåne', 'Skåne län'; 'granskning').

        Raises:
            ConfigError: there is no such municipality, county or kind of document.
        """
        return cls(
            municipalities=tuple(_municipality(name) for name in municipalities or ()),
            counties=tuple(_county(name) for name in counties or ()),
            years=tuple(years or ()),
            issuers=tuple(issuers or ()),
            doc_types=tuple(kind for name in doc_types or () for kind in _doc_types(name)),
        )

    def admits(self, metadata: Metadata) -> bool:
        """Whether a document counts, as far as its metadata tells."""
        return (
            (not self.municipalities or bool(set(self.municipalities) & set(metadata.municipality_codes)))
            and (not self.counties or bool(set(self.counties) & set(county_codes(metadata))))
            and (not self.years or metadata.year in self.years)
            and (not self.issuers or metadata.issuer.lower() in {name.lower() for name in self.issuers})
            and (not self.doc_types or metadata.doc_type in self.doc_types)
        )


def county_codes(metadata: Metadata) -> tuple[str, ...]:
    """The counties of the municipalities that a document is about."""
    codes = (place.county_code for code in metadata.municipality_codes if (place := municipality(code)))
    return tuple(dict.fromkeys(codes))


def _municipality(name: str) -> str:
    code = find_code(name)
    if code is None:
        raise ConfigError(
            f"Det finns ingen kommun som heter {name}.", hint="Skriv kommunens namn eller dess fyrsiffriga kod."
        )
    return code


def _county(name: str) -> str:
    wanted = name.strip().lower().removesuffix(" län")
    for code, county in counties().items():
        bare = county.lower().removesuffix(" län")
        if wanted in (code, bare, bare.removesuffix("s")):
            return code
    known = ", ".join(sorted(county.removesuffix(" län") for county in counties().values()))
    raise ConfigError(f"Det finns inget län som heter {name}.", hint=f"De som finns är: {known}.")


def _doc_types(name: str) -> list[str]:
    wanted = name.strip().lower()
    kinds = [kind for kind in DocType if kind.value == wanted or LABELS[kind].startswith(wanted)] if wanted else []
    if not kinds:
        known = ", ".join(LABELS[kind] for kind in DocType)
        raise ConfigError(f"Det finns ingen dokumenttyp som heter {name}.", hint=f"De som finns är: {known}.")
    return [kind.value for kind in kinds]
