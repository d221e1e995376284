"""Answers out of tables, plans and agreements: a figure, survey answers, parties, periods, who is responsible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from granskning_ai.asking.material import Material, name_of
from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.understanding import Subject, Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.lists import item, said_by
from granskning_ai.asking.reply.matching import SAME, Words, is_light, strength
from granskning_ai.asking.reply.scope import Scope, described
from granskning_ai.asking.reply.selecting import Said, select, with_words
from granskning_ai.model import Agreement, DocType, Evidence, Indicator, Measure, SurveyAnswer
from granskning_ai.swedish.terms import words as words_of
from granskning_ai.swedish.wording import capital, counted, listed, quoted

_ROW = 400
"""Characters. The cells of one row stand this near each other and are cited as one stretch."""

_PER = re.compile(r"\bper\b.*")

_ENOUGH = 0.6
"""How much of a question's words a row's name must have, for the row to be what is asked for."""


def indicator(u: Understanding, scope: Scope, material: Material, draft: Draft) -> bool:
    """The figures of the indicator that a question names, for the years that it names; false where there is none."""
    found = [f for f in material.findings(Indicator, documents=scope.ids) if isinstance(f, Indicator)]
    # 'Anmälda brott per 10 000 invånare' says how many crimes, not how many inhabitants.
    words = Words(word for word in _PER.sub("", " ".join(u.words)).split() if not is_light(word))
    if not len(words) and u.subject is Subject.INDICATOR and "count" not in u.forms and found:
        return _all_indicators(found, material, draft)
    if not len(words) or not found:
        return False
    scored = [(_fit(words, _PER.sub("", one.name)), one) for one in found]
    best = max(score for score, _ in scored)
    if best < _ENOUGH:
        return False
    rows = [one for score, one in scored if score == best]
    years = {str(year) for year in u.years}
    rows = [one for one in rows if one.period in years] if years else rows
    for one in rows[:8]:
        summary = material.summaries[one.document_id]
        draft.about(*summary.metadata.municipality_codes)
        names = listed([name_of(code) for code in summary.metadata.municipality_codes])
        value = next((e.quote for e in one.evidence if _is_value(e.quote, one.value)), f"{one.value:g}")
        unit = f" {one.unit}" if one.unit and one.unit not in value else ""
        where = f"{names}, {one.period}" if names and one.period not in names else names or one.period
        draft.say(f"{one.name} ({where}): {value}{unit} {draft.cite(*_row(one.evidence, material))}")
    return bool(rows)


def _all_indicators(found: Sequence[Indicator], material: Material, draft: Draft) -> bool:
    """Every indicator with its figures, period by period."""
    named: dict[tuple[str, str], list[Indicator]] = {}
    for one in found:
        named.setdefault((one.document_id, one.name), []).append(one)
    for document_id in dict.fromkeys(document for document, _ in named):
        summary = material.summaries[document_id]
        draft.about(*summary.metadata.municipality_codes)
        names = listed([name_of(code) for code in summary.metadata.municipality_codes]) or summary.metadata.region
        rows = [(name, own) for (document, name), own in named.items() if document == document_id]
        draft.bullets(f"{names} ({described(summary)}):", [_series(name, own, material, draft) for name, own in rows])
    return True


def _series(name: str, own: Sequence[Indicator], material: Material, draft: Draft) -> str:
    figures = []
    for one in own:
        value = next((e.quote for e in one.evidence if _is_value(e.quote, one.value)), f"{one.value:g}")
        figures.append(f"{value} ({one.period})")
    quotes = [quote for one in own for quote in _row(one.evidence, material)[:1]]
    return f"{name}: {', '.join(figures)} {draft.cite(max(quotes, key=lambda quote: len(quote.quote)))}"


def survey(u: Understanding, scope: Scope, material: Material, lexicon: Lexicon, draft: Draft) -> bool:
    """What was answered to the survey question that comes nearest."""
    found = [f for f in material.findings(SurveyAnswer, documents=scope.ids) if isinstance(f, SurveyAnswer)]
    asked = Words([*u.words, *_requirement_words(u, lexicon)])
    if not found or not len(asked):
        return False
    scores = {one.question: len(asked.found_in(one.question)) / len(asked) for one in found}
    best = max(scores.values())
    # A question that does not speak of the survey must be the survey's own question.
    if best < (0.4 if u.subject is Subject.SURVEY_ANSWER else _ENOUGH):
        return False
    question = next(text for text, score in scores.items() if score == best)
    answers = [one for one in found if one.question == question]
    wanted = next((answer for answer in ("ja", "nej", "vet ej") if f"svarade {answer}" in _low(u)), "")
    wanted = wanted or next((answer for answer in ("nej", "vet ej") if answer in _low(u)), "ja")
    chosen = [one for one in answers if one.answer.lower() == wanted] or answers
    for one in chosen:
        marks = draft.cite(*_row(one.evidence, material))
        share = f"{round(100 * one.share)} %" if one.share is not None else ""
        who = counted(one.count, "svarande", "svarande") if one.count is not None else ""
        said = f"{who} ({share})" if who and share else who or share
        if "share" in u.forms and share:
            said = f"{share} ({who})" if who else share
        draft.say(f"{capital(said)} svarade {quoted(one.answer.lower())} på frågan {quoted(one.question)} {marks}")
    summary = material.summaries[answers[0].document_id]
    draft.about(*summary.metadata.municipality_codes)
    draft.say(f"Källan är en enkät ({described(summary)}), inte en granskning")
    return True


def agreement(u: Understanding, scope: Scope, material: Material, draft: Draft) -> bool:
    """The parties, areas or period of the agreement that a question names."""
    found = [f for f in material.findings(Agreement, documents=scope.ids) if isinstance(f, Agreement)]
    if u.words and len({one.document_id for one in found}) > 1:
        found = select(found, with_words(u.words), lambda one: Said(text=_spoken(one), subject=_title(one, material)))
    own = [f for f in found if material.summaries[f.document_id].metadata.doc_type is DocType.AGREEMENT]
    low = _low(u)
    if any(word in low for word in ("part", "mellan vilka", "skrivit under", "skrev under", "underteckna", "slutit")):
        field = "parties"
    elif "områd" in low:
        field = "areas"
    else:
        field = "period"
    named = [one for one in own or found if _is_named(one, low)]
    newest = sorted(named or own or found, key=lambda one: one.valid_from or one.valid_to or "", reverse=True)
    return any(_tell_agreement(one, field, material, draft) for one in newest)


def responsible(u: Understanding, scope: Scope, material: Material, draft: Draft) -> bool:
    """Who is responsible for the measure that a question names."""
    measures = [f for f in material.findings(Measure, documents=scope.ids) if isinstance(f, Measure) and f.responsible]
    criteria = with_words(u.words)
    chosen = select(measures, criteria, lambda one: said_by(one, material)) if criteria else []
    # 'Vad ansvarar räddningstjänsten för?'
    chosen = chosen or (select(measures, criteria, lambda one: Said(text=one.responsible)) if criteria else [])
    if not chosen:
        return False
    for one in chosen[:5]:
        draft.about(*material.summaries[one.document_id].metadata.municipality_codes)
    draft.bullets("Ansvarig enligt planen:", [item(one, draft) for one in chosen[:5]])
    return True


def _tell_agreement(one: Agreement, field: str, material: Material, draft: Draft) -> bool:
    summary = material.summaries[one.document_id]
    values = {"parties": one.parties, "areas": one.areas}.get(field, ())
    if field == "period":
        quote = next((e for e in one.evidence if _has_period(e.quote, one)), None)
        if quote is None or not (one.valid_from or one.valid_to):
            return False
        draft.say(f"{capital(one.agreement_kind)}: {quoted(quote.quote)} {draft.cite(quote)}")
    else:
        if not values:
            return False
        items = []
        for value in values:
            quote = next((e for e in one.evidence if value.lower() in e.quote.lower()), None)
            items.append(f"{value} {draft.cite(quote)}" if quote else "")
        what = "Parter" if field == "parties" else "Områden"
        items = [text for text in items if text]
        if not items:
            return False
        names = listed([name_of(code) for code in summary.metadata.municipality_codes])
        where = f"{names}, {described(summary)}" if names else described(summary)
        draft.bullets(f"{what} i {_agreement_name(one)} ({where}):", items)
    draft.about(*summary.metadata.municipality_codes)
    return True


def _spoken(one: Agreement) -> str:
    return " ".join([one.agreement_kind, *one.parties, *one.areas])


def _title(one: Agreement, material: Material) -> str:
    return material.summaries[one.document_id].metadata.title


def _is_named(one: Agreement, question: str) -> bool:
    """Whether the question calls the agreement what it is ('överenskommelsen', 'medborgarlöftet')."""
    return any(strength(word, one.agreement_kind.lower()) == SAME for word in words_of(question) if len(word) > 4)


def _agreement_name(one: Agreement) -> str:
    kind = one.agreement_kind.lower()
    return f"{kind}n" if kind.endswith("e") else f"{kind}et" if kind.endswith("löfte") else kind


def _has_period(quote: str, one: Agreement) -> bool:
    ends = [end[:4] for end in (one.valid_from, one.valid_to) if end]
    return all(year in quote for year in ends)


def _requirement_words(u: Understanding, lexicon: Lexicon) -> list[str]:
    """The words of the requirements that a survey question may be put with."""
    phrases = [phrase for key in u.requirements for phrase in lexicon.requirements.phrases.get(key, ())[:1]]
    return [word.strip("*") for phrase in phrases for word in phrase.split() if len(word) > 3]


def _fit(words: Words, name: str) -> float:
    return len(words.found_in(name)) / len(words)


def _low(u: Understanding) -> str:
    return u.query.lower()


def _is_value(quote: str, value: float) -> bool:
    plain = quote.replace(" ", "").replace("%", "").replace(",", ".").strip("<>~ ")
    try:
        return abs(float(plain) - value) < 1e-9
    except ValueError:
        return False


def _row(evidence: Sequence[Evidence], material: Material) -> list[Evidence]:
    """The cells of one row as one quote; a heading far above it stays a quote of its own."""
    first = evidence[0]
    near = [e for e in evidence if abs(e.start - first.start) < _ROW and e.start >= first.start]
    start, end = min(e.start for e in near), max(e.end for e in near)
    rest = [e for e in evidence if e not in near and len(e.quote) > 1]
    return [material.document(first.document_id).cite(start, end), *rest[:1]]
