"""The status of each requirement in each municipality that a document is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from granskning_ai.model import Catalogue, Document, Finding, Passage, Requirement, RequirementStatus
from granskning_ai.requirements.cells import Cell
from granskning_ai.requirements.claims import Claim
from granskning_ai.requirements.collecting import collect, is_on_subject
from granskning_ai.requirements.force import force_of
from granskning_ai.requirements.reading import read
from granskning_ai.requirements.statements import speaks_of
from granskning_ai.requirements.text import Text
from granskning_ai.requirements.wildcards import localise
from granskning_ai.swedish.municipalities import municipality


def decide(
    document: Document,
    passages: Sequence[Passage],
    catalogues: Sequence[Catalogue],
    findings: Sequence[Finding] = (),
) -> tuple[RequirementStatus, ...]:
    """One status for each municipality of the document and each requirement of the catalogues that apply to it.

    A document that is about no municipality gives none. `findings` are the extracted audit questions and overall
    assessments, whose verdicts decide the requirements that they are about.
    """
    codes = document.metadata.municipality_codes
    if not codes:
        return ()
    statements = read(document)
    rows: list[RequirementStatus] = []
    for catalogue in catalogues:
        if catalogue.doc_types and document.metadata.doc_type not in catalogue.doc_types:
            continue
        catalogue = _localise(catalogue, codes)
        text = Text(statements, catalogue.subject)
        force = force_of(catalogue, document, text)
        claims = collect(document, text, catalogue, findings) if is_on_subject(document, text, catalogue) else {}
        for code in codes:
            for requirement in catalogue.requirements:
                cell = Cell(
                    document=document,
                    text=text,
                    law=catalogue.law,
                    requirement=requirement,
                    code=code,
                    force=force,
                    passages=len(passages) or len(document.blocks),
                )
                rows.append(cell.decide(_about(code, codes, claims.get(requirement.key, ()))))
    return tuple(rows)


def _localise(catalogue: Catalogue, codes: Sequence[str]) -> Catalogue:
    """The catalogue with the municipalities' names in its terms ('brottsförebyggande rådet i {kommun}')."""
    names = [entry.name for code in codes if (entry := municipality(code))]
    return replace(catalogue, requirements=tuple(_localise_terms(r, names) for r in catalogue.requirements))


def _localise_terms(requirement: Requirement, names: Sequence[str]) -> Requirement:
    return replace(
        requirement,
        terms=localise(requirement.terms, names),
        short=localise(requirement.short, names),
        present=localise(requirement.present, names),
        absent=localise(requirement.absent, names),
    )


def _about(code: str, codes: Sequence[str], claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if speaks_of(claim.statement, code, codes)]
