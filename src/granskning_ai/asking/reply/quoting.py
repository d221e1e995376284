"""Answers in the documents' own words: the sentences of the found passages that have most of what is asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from granskning_ai.asking.material import Material, name_of
from granskning_ai.asking.question.understanding import Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.fitting import AT_LEAST, Fitter, Quote
from granskning_ai.asking.reply.matching import Words
from granskning_ai.asking.reply.scope import Scope, described, years_of
from granskning_ai.swedish.municipalities import mentions_in
from granskning_ai.swedish.terms import words as words_of
from granskning_ai.swedish.wording import listed, quoted

_HITS = 20

_ABBREVIATION = re.compile(r"\b[A-ZÅÄÖ]{2,6}\b")

_SECOND = 0.93
"""A second quote is given where it fits about as well as the first."""

_MOST_EACH = 4
"""Of so many named municipalities each gets a quote of its own."""

_MOST_FOUND = 8
"""Of so many municipalities it is told what their documents say, where the question is which they are."""


def quote_passages(u: Understanding, scope: Scope, material: Material, draft: Draft) -> bool:
    """Quotes what answers the question; says false where nothing does, and then quotes what comes nearest."""
    words = Words([word for word in u.content if len(word) > 1])
    if not len(words):
        return False
    if len(u.municipalities) > 1 and len(scope.municipalities) <= _MOST_EACH:
        return _for_each(u, words, scope, material, draft)
    found = _best(u, words, material, scope.ids)
    best = [quote for quote in found if quote.is_answer]
    if not best and u.municipalities:
        best = [quote for quote in _elsewhere(u, words, material) if quote.is_answer]
    if not best:
        _nearest(u, found, material, draft)
        return False
    if "municipalities" in u.forms:
        best = [quote for quote in _one_for_each(best, material) if _names_municipality(quote, material)]
        for quote in best[:_MOST_FOUND]:
            _say(quote, u, material, draft)
        return bool(best)
    kept = [quote for quote in best[1:] if quote.score >= _SECOND * best[0].score and not _same(quote, best[0])][:1]
    for quote in (best[0], *kept):
        _say(quote, u, material, draft)
    return True


def _for_each(u: Understanding, words: Words, scope: Scope, material: Material, draft: Draft) -> bool:
    """The best quote for each municipality, and for which there is none."""
    silent = []
    said: list[Quote] = []
    for code in scope.municipalities:
        own = [d.id for d in scope.documents if code in d.metadata.municipality_codes]
        best = next((quote for quote in _best(u, words, material, own) if quote.is_answer), None)
        if best is None:
            silent.append(name_of(code))
        elif not any(_same(best, other) for other in said):
            said.append(best)
            _say(best, u, material, draft)
    if said and silent:
        draft.paragraph(f"För {listed(silent)} framgår det inte av underlaget.")
    return bool(said)


def _one_for_each(best: Sequence[Quote], material: Material) -> list[Quote]:
    """The best quote of each municipality, or of each document about none."""
    firsts: dict[tuple[str, ...], Quote] = {}
    for quote in best:
        codes = material.summaries[quote.hit.document_id].metadata.municipality_codes
        firsts.setdefault(codes or (quote.hit.document_id,), quote)
    return list(firsts.values())


def _names_municipality(quote: Quote, material: Material) -> bool:
    """Whether a quote tells of municipalities: those that its document is about, or those that it names."""
    if material.summaries[quote.hit.document_id].metadata.municipality_codes:
        return True
    return bool(re.search(r"\bkommun", quote.text, re.IGNORECASE)) or any(mentions_in(quote.text))


def _nearest(u: Understanding, found: Sequence[Quote], material: Material, draft: Draft) -> None:
    """Refuses, and shows the places that come nearest: they may be what was meant, in other words."""
    near = [quote for quote in found if quote.cover >= AT_LEAST]
    near = near[:1] + [quote for quote in near[1:] if not _same(quote, near[0])][:1]
    if not near:
        return
    draft.refused = True
    draft.say("Underlaget ger inget säkert svar. Det här kommer närmast frågan:")
    for quote in near:
        _say(quote, u, material, draft)
    draft.codes.clear()


def _best(u: Understanding, words: Words, material: Material, documents: Collection[str] | None) -> list[Quote]:
    hits = list(material.search(u.query, documents=documents, count=_HITS))
    # An abbreviation is most often explained in brackets, once: 'effektiv samordning för trygghet (EST)'.
    for short in _ABBREVIATION.findall(u.query) if len(words) == 1 else ():
        explained = (
            hit
            for phrase in (f"({short})", f"{short} (")
            for hit in material.search(f'"{phrase}"', documents=documents, count=3)
        )
        hits = [*explained, *hits]
    years = {hit.document_id: years_of(material.summaries[hit.document_id]) for hit in hits}
    return Fitter(u.query, words, u.years).quotes(hits, years)


def _elsewhere(u: Understanding, words: Words, material: Material) -> list[Quote]:
    """What documents about no single municipality say of the one that is named; its name must stand in the quote."""
    others = [key for key, summary in material.summaries.items() if len(summary.metadata.municipality_codes) != 1]
    if not others:
        return []
    names = Words([name_of(code).lower() for code in u.municipalities])
    return [quote for quote in _best(u, words, material, others) if names.found_in(quote.text)]


def _same(one: Quote, other: Quote) -> bool:
    overlap = one.hit.document_id == other.hit.document_id and (
        one.hit.start + one.start < other.hit.start + other.end
        and other.hit.start + other.start < one.hit.start + one.end
    )
    return overlap or words_of(one.text) == words_of(other.text)


def _say(quote: Quote, u: Understanding, material: Material, draft: Draft) -> None:
    summary = material.summaries[quote.hit.document_id]
    evidence = material.document(summary.id).cite(quote.hit.start + quote.start, quote.hit.start + quote.end)
    codes = summary.metadata.municipality_codes
    # A document about two municipalities answers for the one that is asked about.
    draft.about(*(set(codes) & set(u.municipalities) or codes))
    names = listed([name_of(code) for code in codes]) or summary.metadata.region
    draft.paragraph(
        f"{names or summary.source.name} ({described(summary)}): {quoted(evidence.quote)} {draft.cite(evidence)}"
    )
