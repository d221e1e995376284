"""Explains terms and requirements: from the catalogue, or in the program's own words, and always says which."""

from __future__ import annotations

from granskning_ai.asking.material import Material
from granskning_ai.asking.question.lexicon import glossary
from granskning_ai.asking.question.understanding import Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.model import Catalogue, Requirement
from granskning_ai.swedish.wording import capital, spoken_date

_OWN = "Det är programmets egen förklaring, ur ordlistan."
_FROM_CATALOGUE = "Det är programmets sammanfattning av lagen, ur kravkatalogen; läs lagtexten för den exakta lydelsen."


def explain(u: Understanding, material: Material, draft: Draft) -> bool:
    """Explains what a question names; says false where it names nothing that the program knows."""
    requirements = [
        (catalogue, requirement)
        for catalogue in material.catalogues
        for requirement in catalogue.requirements
        if requirement.key in u.requirements
    ]
    for catalogue, requirement in requirements:
        draft.paragraph(_requirement(catalogue, requirement))
    if requirements:
        draft.paragraph(_FROM_CATALOGUE)
        return True
    terms = [glossary()[term] for term in u.terms]
    for term in terms:
        draft.paragraph(term.text)
    if terms:
        draft.paragraph(_OWN)
        return True
    catalogue_ids = [name for name in u.words if any(name == catalogue.id for catalogue in material.catalogues)]
    laws = [c for c in material.catalogues if c.id in catalogue_ids] or list(material.catalogues[:1])
    for catalogue in laws:
        _law(catalogue, draft)
    return bool(laws)


def _requirement(catalogue: Catalogue, requirement: Requirement) -> str:
    place = (
        f", {requirement.provision}" if requirement.provision and requirement.provision not in catalogue.title else ""
    )
    evidence = f" Som belägg räknas: {requirement.evidence}" if requirement.evidence else ""
    return (
        f"{capital(requirement.label)} är ett krav i {_named(catalogue)}{place}. "
        f"{' '.join(requirement.text.split())}{' '.join(evidence.split()) and ' ' + ' '.join(evidence.split())}"
    )


def _law(catalogue: Catalogue, draft: Draft) -> None:
    said = f"{capital(_named(catalogue))} trädde i kraft {spoken_date(catalogue.in_force)}."
    if catalogue.repealed:
        said += f" Den upphävdes {spoken_date(catalogue.repealed)}."
    draft.bullets(
        f"{said} Den kräver:",
        [f"{requirement.label}: {' '.join(requirement.text.split())}" for requirement in catalogue.requirements],
    )
    draft.paragraph(_FROM_CATALOGUE)


def _named(catalogue: Catalogue) -> str:
    title = catalogue.title[:1].lower() + catalogue.title[1:]
    return title if catalogue.law in title else f"{title} ({catalogue.law})"
