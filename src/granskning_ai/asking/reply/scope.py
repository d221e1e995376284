"""Which documents a question is about, and what to say when there are none."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from granskning_ai.asking.material import Material, Summary, name_of
from granskning_ai.asking.question.understanding import Subject, Understanding
from granskning_ai.asking.reply.matching import Words
from granskning_ai.model import LABELS, DocType
from granskning_ai.swedish.municipalities import municipality
from granskning_ai.swedish.wording import counted, listed, number

_NAMES_SHOWN = 12

_ABOUT_FIGURES = frozenset(
    [Subject.TEXT, Subject.INDICATOR, Subject.SURVEY_ANSWER, Subject.MEASURE, Subject.RESPONSIBLE, Subject.AGREEMENT]
)
"""Where a year is as likely to be in the text as on the cover, so that it narrows no documents."""

_A_DOCUMENT = re.compile(
    r"\w{4,}(?:rapport|program|överenskommelse|policy|riktlinje|strategi|avtal|protokoll)(?:en|et|n|er|erna|s)*$"
)
_FEW_NAMED = 4
"""So few documents are those that a question means by a name."""

_WIDER = {DocType.AUDIT_REPORT: frozenset([DocType.AUDIT_REPORT, DocType.FOLLOW_UP])}
"""A follow-up is a granskning as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The documents that a question is about. `missing` are municipalities of which there is none.

    `narrowed` is false where it is about all of them. `reason` says in Swedish why there are none.
    """

    documents: tuple[Summary, ...]
    municipalities: tuple[str, ...]
    missing: tuple[str, ...] = ()
    narrowed: bool = False
    reason: str = ""

    @property
    def ids(self) -> tuple[str, ...] | None:
        """The documents' ids, or None for all."""
        return tuple(document.id for document in self.documents) if self.narrowed else None


def scope_of(u: Understanding, material: Material) -> Scope:
    """Finds the documents that a question is about."""
    everything = tuple(material.summaries.values())
    if not everything:
        return _none("Arbetsytan är tom. Läs in dokument med: granskning importera SÖKVÄG")
    if u.places:
        return _none(f"Det finns ingen kommun som heter {listed(u.places, 'eller')}.")
    if u.unknown_firms:
        return _none(f"Inget dokument är skrivet av {listed(u.unknown_firms, 'eller')}. {_writers(everything)}")
    codes, missing = _municipalities(u, material)
    if (u.municipalities or u.county) and not codes:
        names = listed([name_of(code) for code in missing], "eller") or u.county
        return _none(f"Det finns inget dokument om {names}. {_holdings(material.codes)}", missing=missing)
    documents = everything
    if codes:
        documents = tuple(
            d for d in documents if set(codes) & set(d.metadata.municipality_codes) or _is_of(u.county, d)
        )
    if u.firms:
        by_firm = tuple(d for d in documents if d.metadata.issuer in u.firms)
        if not by_firm:
            names = listed([name_of(code) for code in codes])
            return _none(
                f"Inget dokument om {names} är skrivet av {u.firms[0]}. {_writers(documents)}", missing=missing
            )
        documents = by_firm
    # 'Vilka rekommendationer från 2022 återges …?': the year is that of another document.
    if u.years and u.subject not in _ABOUT_FIGURES and "quoted" not in u.forms:
        in_years = tuple(d for d in documents if years_of(d) & set(u.years))
        if not in_years:
            return _none(_other_years(u, documents, codes), missing=missing)
        documents = in_years
    documents = _named(u, _of_types(u, documents))
    if not documents:
        return _none("Det finns inget sådant dokument i arbetsytan.", missing=missing)
    return Scope(
        documents=documents,
        municipalities=codes,
        missing=missing,
        narrowed=len(documents) < len(everything),
    )


def years_of(document: Summary) -> set[int]:
    """The year that a document concerns, and the one that it was written in."""
    metadata = document.metadata
    written = int(metadata.date[:4]) if metadata.date and metadata.date[:4].isdigit() else None
    return {year for year in (metadata.year, written) if year}


def described(document: Summary) -> str:
    """What a document is, in a few words: 'granskningsrapport, Stenklang Revision, 2022'."""
    metadata = document.metadata
    when = metadata.date[:4] if metadata.date else str(metadata.year or "")
    return ", ".join(part for part in (LABELS[metadata.doc_type], metadata.issuer, when) if part)


def _none(reason: str, *, missing: tuple[str, ...] = ()) -> Scope:
    return Scope(documents=(), municipalities=(), missing=missing, narrowed=True, reason=reason)


def _is_of(county: str, document: Summary) -> bool:
    """Whether a document is about the county as a whole."""
    metadata = document.metadata
    return bool(county) and not metadata.municipality_codes and metadata.region.lower() == county.lower()


def _municipalities(u: Understanding, material: Material) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The municipalities that are named or lie in the county, with documents and without."""
    wanted = list(u.municipalities)
    if u.county:
        wanted += [c for c in material.codes if (entry := municipality(c)) and entry.county == u.county]
    known = set(material.codes)
    return (
        tuple(dict.fromkeys(code for code in wanted if code in known)),
        tuple(dict.fromkeys(code for code in wanted if code not in known)),
    )


def _of_types(u: Understanding, documents: tuple[Summary, ...]) -> tuple[Summary, ...]:
    """The documents of the kinds that are named, where there are any; requirements rest on all kinds."""
    if u.subject in (Subject.REQUIREMENT, Subject.TEXT, Subject.MUNICIPALITY) or not u.doc_types:
        return documents
    kinds = frozenset().union(*(_WIDER.get(kind, frozenset([kind])) for kind in u.doc_types))
    found = tuple(d for d in documents if d.metadata.doc_type in kinds)
    return found if found or u.subject is Subject.DOCUMENT else documents


def _named(u: Understanding, documents: tuple[Summary, ...]) -> tuple[Summary, ...]:
    """The documents that the question calls by name ('Vad säger Trygghetsrapporten om …?'), where it does."""
    names = Words([word for word in u.words if u.subject is Subject.TEXT and _A_DOCUMENT.search(word)])
    found = tuple(d for d in documents if len(names) and names.found_in(f"{d.metadata.title} {d.source.name}"))
    return found if 0 < len(found) < _FEW_NAMED else documents


def _holdings(codes: Sequence[str]) -> str:
    if len(codes) > _NAMES_SHOWN:
        return f"Arbetsytan har dokument om {number(len(codes))} kommuner."
    return f"Arbetsytan har dokument om {listed(sorted(name_of(code) for code in codes))}." if codes else ""


def _writers(documents: Collection[Summary]) -> str:
    writers = sorted({d.metadata.issuer for d in documents if d.metadata.issuer})
    if not writers or len(writers) > _NAMES_SHOWN:
        return ""
    return f"De som finns är skrivna av {listed(writers)}."


def _other_years(u: Understanding, documents: Sequence[Summary], codes: Sequence[str]) -> str:
    about = f" om {listed([name_of(code) for code in codes])}" if codes else ""
    there = sorted({year for document in documents for year in years_of(document)})
    span = str(u.years[0]) if len(u.years) == 1 else "de åren"
    some = f" De som finns är från {listed([str(year) for year in there])}." if there else ""
    return f"Det finns inget dokument{about} från {span}.{some}"


def searched(documents: Sequence[Summary]) -> str:
    """What was looked through, in a sentence that can be defended."""
    if not documents:
        return ""
    if len(documents) <= 4:
        return f"Läst: {listed([f'{d.source.name} ({described(d)})' for d in documents])}."
    codes = {code for d in documents for code in d.metadata.municipality_codes}
    about = f" om {counted(len(codes), 'kommun', 'kommuner')}" if codes else ""
    return f"Läst: {counted(len(documents), 'dokument', 'dokument', neuter=True)}{about}."
