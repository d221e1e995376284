"""Answers on the documents themselves: who wrote them, for whom, when. Each fact is found in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from granskning_ai.asking.material import Material, Summary, name_of
from granskning_ai.asking.question.understanding import Kind, Subject, Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.scope import Scope, described
from granskning_ai.asking.reply.selecting import Said, select, with_words
from granskning_ai.model import AUDITORS_WORD, LABELS, DocType, Document, Evidence
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.wording import capital, counted, listed, quoted, spoken_date

_MOST_CITED = 25
"""Documents whose text is read to cite them; of more than this the list is the program's own."""

_LONGEST_QUOTE = 300

_DEFINITE = {
    DocType.AUDIT_REPORT: "granskningsrapporten",
    DocType.PRE_STUDY: "förstudien",
    DocType.FOLLOW_UP: "den uppföljande granskningen",
    DocType.ACTION_PLAN: "åtgärdsplanen",
    DocType.AGREEMENT: "överenskommelsen",
    DocType.SITUATION_REPORT: "lägesbilden",
    DocType.REGIONAL_REPORT: "den regionala rapporten",
    DocType.RESPONSE: "yttrandet",
}

_PLURALS = {
    DocType.AUDIT_REPORT: "granskningsrapporter",
    DocType.PRE_STUDY: "förstudier",
    DocType.FOLLOW_UP: "uppföljande granskningar",
    DocType.ACTION_PLAN: "åtgärdsplaner",
    DocType.AGREEMENT: "överenskommelser",
    DocType.SITUATION_REPORT: "lägesbilder",
    DocType.REGIONAL_REPORT: "regionala rapporter",
    DocType.RESPONSE: "yttranden",
}


def list_documents(u: Understanding, scope: Scope, material: Material, draft: Draft) -> bool:
    """Lists or counts documents, or the municipalities that they are about."""
    documents = _about(u, scope, material)
    if not documents:
        return False
    if u.firms and draft.kind is not Kind.FINDINGS:
        documents = tuple(d for d in documents if d.metadata.doc_type in AUDITORS_WORD) or documents
    codes = list(dict.fromkeys(code for d in documents for code in d.metadata.municipality_codes))
    if u.kind is Kind.COMPARE or "municipalities" in u.forms:
        _over_municipalities(u, documents, codes, material, draft)
        return bool(codes)
    one, many = _named(u)
    draft.about(*codes)
    lead = f"{capital(counted(len(documents), one, many, neuter=one in ('dokument', 'yttrande', 'annat dokument')))}"
    if len(documents) > _MOST_CITED:
        about = f" om {counted(len(codes), 'kommun', 'kommuner')}" if codes else ""
        draft.say(f"{lead}{about}. Kommandot granskning dokument visar dem")
    else:
        draft.bullets(f"{lead}:", [_line(document, material, draft) for document in documents])
    return True


def count_municipalities(scope: Scope, material: Material, draft: Draft) -> bool:
    """How many municipalities there are documents about, and which."""
    codes = sorted({code for d in scope.documents for code in d.metadata.municipality_codes}, key=name_of)
    draft.about(*codes)
    names = f": {listed([name_of(code) for code in codes])}" if len(codes) <= 30 else ""
    draft.say(f"{capital(counted(len(codes), 'kommun', 'kommuner'))} har dokument i arbetsytan{names}")
    return True


def failures(material: Material, draft: Draft) -> bool:
    """Which files could not be read, and why."""
    found = material.failures
    if not found:
        draft.say("Alla filer kunde läsas")
        return True
    count = capital(counted(len(found), "fil", "filer"))
    names = [f"{re.split(r'[/!]', failure.path)[-1]}: {failure.message}" for failure in found]
    draft.bullets(f"{count} kunde inte läsas:", names)
    return True


def fact(u: Understanding, scope: Scope, material: Material, draft: Draft) -> bool:
    """Who wrote, who ordered, when; says false where the documents do not tell."""
    about = _about(u, scope, material)
    documents = [d for d in about if d.metadata.doc_type in AUDITORS_WORD]
    if u.subject is Subject.DATE or not scope.municipalities:
        documents = documents or list(about)
    tell, find = _FACTS[u.subject]
    told = False
    for document in documents[:_MOST_CITED]:
        text = tell(document)
        quote = find(document, material) if text else None
        if text and quote:
            told = True
            draft.about(*document.metadata.municipality_codes)
            draft.say(f"{text} {draft.cite(quote)}")
    return told


def _about(u: Understanding, scope: Scope, material: Material) -> tuple[Summary, ...]:
    """The documents that the remaining words mean ('Vem granskade avfallsverksamheten?'), or all of the scope."""
    said = {document.id: Said(subject=material.subject_of(document.id)) for document in scope.documents if u.words}
    return tuple(select(scope.documents, with_words(u.words), lambda document: said[document.id]))


def _over_municipalities(
    u: Understanding, documents: Sequence[Summary], codes: Sequence[str], material: Material, draft: Draft
) -> None:
    draft.about(*codes)
    by = f" av {listed(sorted({d.metadata.issuer for d in documents}), 'eller')}" if u.firms else ""
    names = []
    for code in codes:
        own = [d for d in documents if code in d.metadata.municipality_codes]
        prove = _issuer_quote if u.firms else _date_quote if u.years else _title_quote
        quotes = [quote for document in own[:3] if (quote := prove(document, material))]
        names.append(f"{name_of(code)} {draft.cite(*quotes)}".strip())
    count = capital(counted(len(codes), "kommun", "kommuner"))
    audited = u.firms or set(u.doc_types) == {DocType.AUDIT_REPORT}
    verb = "har granskats" if audited else "finns det sådana dokument om"
    when = f" {u.years[0]}" if audited and len(u.years) == 1 else ""
    if audited:
        did = f"{verb}{by}{when}"
        draft.say(f"{count} {did}: {listed(names)}" if draft.kind is Kind.COUNT else f"{listed(names)} {did}")
    else:
        draft.say(f"Om {count.lower()} {verb.removesuffix(' om')}: {listed(names)}")


def _named(u: Understanding) -> tuple[str, str]:
    if len(u.doc_types) == 1:
        kind = u.doc_types[0]
        if kind is DocType.AUDIT_REPORT:
            return "granskning", "granskningar"
        return LABELS[kind], _PLURALS.get(kind, "dokument")
    return "dokument", "dokument"


def _line(document: Summary, material: Material, draft: Draft) -> str:
    quote = _title_quote(document, material)
    title = quoted(quote.quote) if quote else document.source.name
    names = listed([name_of(code) for code in document.metadata.municipality_codes]) or document.metadata.region
    return (
        f"{names + ': ' if names else ''}{title} ({described(document)}) {draft.cite(quote) if quote else ''}".rstrip()
    )


def _issuer(document: Summary) -> str:
    metadata = document.metadata
    if not metadata.issuer:
        return ""
    names = listed([name_of(code) for code in metadata.municipality_codes])
    when = f" {metadata.date[:4] if metadata.date else metadata.year}" if metadata.date or metadata.year else ""
    verb = {DocType.PRE_STUDY: "gjorde förstudien om", DocType.FOLLOW_UP: "gjorde den uppföljande granskningen av"}
    if metadata.doc_type in AUDITORS_WORD and names:
        return f"{capital(metadata.issuer)} {verb.get(metadata.doc_type, 'granskade')} {names}{when}"
    return f"{capital(metadata.issuer)} står bakom {quoted(metadata.title)}{when}"


def _commissioner(document: Summary) -> str:
    metadata = document.metadata
    names = listed([name_of(code) for code in metadata.municipality_codes]) or metadata.region
    about = f"{LABELS[metadata.doc_type]} om {names}" if names else LABELS[metadata.doc_type]
    who = metadata.commissioned_by
    return f"Uppdraget till {metadata.issuer or 'den som skrev'} ({about}) gavs av {who}" if who else ""


def _date(document: Summary) -> str:
    metadata = document.metadata
    names = listed([name_of(code) for code in metadata.municipality_codes]) or metadata.region
    when = f"är daterad {spoken_date(metadata.date)}" if metadata.date else f"är från {metadata.year}"
    kind = _DEFINITE.get(metadata.doc_type, "dokumentet")
    what = capital(f"{kind} om {names}" if names else kind)
    return f"{what} ({metadata.issuer or document.source.name}) {when}" if metadata.date or metadata.year else ""


def _issuer_quote(document: Summary, material: Material) -> Evidence | None:
    return _quote(document, material, re.escape(document.metadata.issuer))


def _commissioner_quote(document: Summary, material: Material) -> Evidence | None:
    return _quote(document, material, re.escape(document.metadata.commissioned_by))


def _title_quote(document: Summary, material: Material) -> Evidence | None:
    words = re.split(r"\s+", document.metadata.title)
    return _quote(document, material, r"\s+".join(map(re.escape, words)), whole=False) if words != [""] else None


def _date_quote(document: Summary, material: Material) -> Evidence | None:
    # Its patterns take a twentieth of a second to make, and few questions need them.
    from granskning_ai.swedish.dates import find_dates

    text = material.document(document.id)
    date = document.metadata.date or str(document.metadata.year or "-")
    mention = next((m for m in find_dates(text.text) if m.iso == date), None)
    if mention:
        return _around(text, mention.start, mention.end)
    return None if document.metadata.date else _quote(document, material, rf"\b{date}\b")


def _quote(document: Summary, material: Material, pattern: str, *, whole: bool = True) -> Evidence | None:
    """Where the text first says it: the sentence (or, with `whole` false, the words themselves)."""
    text = material.document(document.id)
    match = re.search(pattern, text.text, re.IGNORECASE)
    if match is None or match.start() == match.end():
        return None
    return _around(text, match.start(), match.end()) if whole else text.cite(match.start(), match.end())


def _around(document: Document, start: int, end: int) -> Evidence:
    """The sentence that a place stands in, unless it is too long to be read as one."""
    text = document.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    for begins, ends in sentences(line):
        if begins <= start - first and end - first <= ends and ends - begins <= _LONGEST_QUOTE:
            return document.cite(first + begins, first + ends)
    return document.cite(start, end)


_FACTS: dict[Subject, tuple[Callable[[Summary], str], Callable[[Summary, Material], Evidence | None]]] = {
    Subject.ISSUER: (_issuer, _issuer_quote),
    Subject.COMMISSIONER: (_commissioner, _commissioner_quote),
    Subject.DATE: (_date, _date_quote),
}
