"""Answers that list or count findings: recommendations, audit questions, risks, measures, criteria, slips."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from granskning_ai.asking.material import Material, Summary, name_of
from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.understanding import Kind, Stance, Subject, Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.matching import Words
from granskning_ai.asking.reply.scope import Scope, described, searched
from granskning_ai.asking.reply.selecting import Said, criteria_of, select, with_words
from granskning_ai.model import (
    AUDITORS_WORD,
    Anomaly,
    AuditQuestion,
    Criterion,
    Finding,
    Measure,
    Observation,
    Recommendation,
    Risk,
    Topic,
    Verdict,
)
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.wording import capital, counted, listed, number, quoted

_MOST_LISTED = 40

_NONE = re.compile(r"\b(?:[Ii]nga|[Ii]ngen|[Ii]nte\s+(?:lämna\w*\s+)?(?:några|någon))\b")

VERDICTS_FOR: dict[Stance, tuple[Verdict, ...]] = {
    Stance.POSITIVE: (Verdict.YES, Verdict.LARGELY),
    Stance.NEGATIVE: (Verdict.NO,),
    Stance.PARTLY: (Verdict.PARTLY,),
    Stance.UNDETERMINED: (Verdict.UNDETERMINED,),
}
"""The verdicts that a question means by good, bad, in part and cannot be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """A sort of finding and what it is called: 'en rekommendation', 'två rekommendationer'."""

    kind: type[Finding]
    one: str
    many: str
    the_many: str
    neuter: bool = False

    def count(self, count: int) -> str:
        """So many of them, in words."""
        return counted(count, self.one, self.many, neuter=self.neuter)


SORTS: dict[Subject, Sort] = {
    Subject.RECOMMENDATION: Sort(
        kind=Recommendation, one="rekommendation", many="rekommendationer", the_many="rekommendationerna"
    ),
    Subject.AUDIT_QUESTION: Sort(
        kind=AuditQuestion, one="revisionsfråga", many="revisionsfrågor", the_many="revisionsfrågorna"
    ),
    Subject.RISK: Sort(kind=Risk, one="risk", many="risker", the_many="riskerna"),
    Subject.OBSERVATION: Sort(kind=Observation, one="iakttagelse", many="iakttagelser", the_many="iakttagelserna"),
    Subject.MEASURE: Sort(kind=Measure, one="åtgärd", many="åtgärder", the_many="åtgärderna"),
    Subject.CRITERION: Sort(
        kind=Criterion,
        one="revisionskriterium",
        many="revisionskriterier",
        the_many="revisionskriterierna",
        neuter=True,
    ),
    Subject.ANOMALY: Sort(kind=Anomaly, one="avvikelse", many="avvikelser", the_many="avvikelserna"),
}


def list_findings(u: Understanding, scope: Scope, material: Material, lexicon: Lexicon, draft: Draft) -> bool:
    """Lists or counts the findings that a question asks for; says false where there are none."""
    sort = SORTS[u.subject]
    everything = _of_kind(u, material.findings(sort.kind, documents=scope.ids), material)
    found = _chosen(u, everything, material, lexicon)
    if not everything and _denied(sort, scope, material, draft):
        return True
    if not found:
        _none(u, sort, scope, everything, draft)
        return not draft.refused
    if u.kind is Kind.COMPARE or "municipalities" in u.forms:
        _by_municipality(u, sort, found, material, draft)
    else:
        _listed(u, sort, found, material, draft)
    return True


def _denied(sort: Sort, scope: Scope, material: Material, draft: Draft) -> bool:
    """Whether a document says itself that there are none ('Vi lämnar inga rekommendationer')."""
    words = Words([sort.many])
    for hit in material.search(f"inga {sort.many}", documents=scope.ids, count=5):
        for start, end in sentences(hit.text):
            text = hit.text[start:end]
            if words.found_in(text) and _NONE.search(text) and end - start < 200:
                quote = material.document(hit.document_id).cite(hit.start + start, hit.start + end)
                draft.about(*material.summaries[hit.document_id].metadata.municipality_codes)
                draft.say(f"Inga {sort.many}: {quoted(quote.quote)} {draft.cite(quote)}")
                return True
    return False


def text_of(finding: Finding) -> str:
    """What the finding says, for matching and for reading."""
    if isinstance(finding, Measure):
        return " ".join((finding.name, finding.area, finding.purpose, finding.goal, finding.description))
    return str(getattr(finding, "text", ""))


def said_by(finding: Finding, material: Material) -> Said:
    """What a question's criteria are held against; of a measure only what it says, for a plan is about much."""
    subject = "" if isinstance(finding, Measure) else material.subject_of(finding.document_id)
    answer = finding.verdict_text or "" if isinstance(finding, AuditQuestion) else ""
    topic = cast("Topic | None", getattr(finding, "topic", None))
    return Said(text=f"{text_of(finding)} {answer}", topic=topic, subject=subject)


def _of_kind(u: Understanding, found: list[Finding], material: Material) -> list[Finding]:
    """Recommendations that a document only restates are another's; they are listed where they are asked for."""
    if u.subject is not Subject.RECOMMENDATION:
        return found
    recommendations = [finding for finding in found if isinstance(finding, Recommendation)]
    return [finding for finding in recommendations if finding.quoted == ("quoted" in u.forms)]


def _chosen(u: Understanding, found: list[Finding], material: Material, lexicon: Lexicon) -> list[Finding]:
    if u.subject is Subject.AUDIT_QUESTION and u.stance:
        wanted = VERDICTS_FOR[u.stance]
        found = [finding for finding in found if isinstance(finding, AuditQuestion) and finding.verdict in wanted]
    if u.number:
        found = [finding for finding in found if str(getattr(finding, "number", "") or "").lower() == u.number]
    bodies = [body for body in u.bodies if any(_is_to(finding, body) for finding in found)]
    if bodies:
        found = [finding for finding in found if any(_is_to(finding, body) for body in bodies)]
    # A body that nothing is addressed to is looked for in the text like any other word.
    words = [body for body in u.bodies if body not in bodies]
    if u.subject is Subject.MEASURE:
        # 'Vilka åtgärder finns i åtgärdsplanen?': the plan is where they stand, not what they are about.
        u = replace(u, requirements=())
    criteria = [*criteria_of(u, lexicon), *with_words(words)]
    return select(found, criteria, lambda finding: said_by(finding, material))


def _is_to(finding: Finding, body: str) -> bool:
    """Whether the board is to do it: who is addressed, or who is responsible."""
    stem = body.removesuffix("s").removesuffix("en").removesuffix("n")
    if isinstance(finding, Measure):
        return stem in finding.responsible.lower()
    return isinstance(finding, Recommendation) and any(stem in to.lower() for to in finding.addressees)


def _listed(u: Understanding, sort: Sort, found: Sequence[Finding], material: Material, draft: Draft) -> None:
    owned: dict[str, list[Finding]] = {}
    for finding in found:
        owned.setdefault(finding.document_id, []).append(finding)
    if draft.kind is Kind.COUNT or len(found) == 1 or len(owned) > 1:
        draft.paragraph(f"{capital(sort.count(len(found)))}{_that_fit(u)}{_each(owned, material)}:")
    shown = 0
    for document_id, own in owned.items():
        summary = material.summaries[document_id]
        draft.about(*summary.metadata.municipality_codes)
        if shown < _MOST_LISTED:
            items = [item(finding, draft) for finding in own[: _MOST_LISTED - shown]]
            draft.bullets(f"{_headline(summary)}:", items)
        shown += len(own)
    if shown > _MOST_LISTED:
        draft.paragraph(f"De {_MOST_LISTED} första visas; alla finns i listan från kommandot granskning exportera.")


def _each(owned: Mapping[str, Sequence[Finding]], material: Material) -> str:
    """How many of them each municipality has, where there are several."""
    counts: dict[str, int] = {}
    for document_id, own in owned.items():
        metadata = material.summaries[document_id].metadata
        name = listed([name_of(code) for code in metadata.municipality_codes]) or metadata.region
        name = name or material.summaries[document_id].source.name
        counts[name] = counts.get(name, 0) + len(own)
    if len(counts) < 2:
        return ""
    return ", " + listed([f"{number(count, neuter=False)} i {name}" for name, count in counts.items()])


def _by_municipality(u: Understanding, sort: Sort, found: Sequence[Finding], material: Material, draft: Draft) -> None:
    """Which municipalities, and what each got; 'flest' and 'färst' are counted."""
    owned: dict[str, list[Finding]] = {}
    for finding in found:
        for code in material.summaries[finding.document_id].metadata.municipality_codes:
            owned.setdefault(code, []).append(finding)
    if "most" in u.forms or "fewest" in u.forms:
        extreme = (max if "most" in u.forms else min)(len(own) for own in owned.values())
        owned = {code: own for code, own in owned.items() if len(own) == extreme}
        each = " var" if len(owned) > 1 else ""
        names = listed([name_of(code) for code in owned])
        word = "flest" if "most" in u.forms else "färst"
        draft.paragraph(f"{names} har {word}, {sort.count(extreme)}{each}:")
    else:
        verb = "berörs" if sort.kind is not Recommendation else "har fått rekommendationer"
        number_of = capital(counted(len(owned), "kommun", "kommuner"))
        draft.paragraph(f"{number_of} {verb}{_that_fit(u)}:")
    draft.about(*owned)
    for code, own in owned.items():
        draft.bullets(f"{name_of(code)}:", [item(finding, draft) for finding in own])


def _that_fit(u: Understanding) -> str:
    """What the list was narrowed to, in the question's own words."""
    return f" om {u.said}" if u.said else ""


def _headline(summary: Summary) -> str:
    names = listed([name_of(code) for code in summary.metadata.municipality_codes]) or summary.metadata.region
    return f"{names} ({described(summary)})" if names else described(summary)


def item(finding: Finding, draft: Draft) -> str:
    """A finding as a list item, in its document's own words, with its source."""
    if isinstance(finding, AuditQuestion):
        return _question(finding, draft)
    if isinstance(finding, Measure):
        return _measure(finding, draft)
    if isinstance(finding, Anomaly):
        return f"{finding.text} {draft.cite(finding.evidence[0])}"
    said = f"{quoted(finding.evidence[0].quote)} {draft.cite(finding.evidence[0])}"
    if isinstance(finding, Recommendation) and finding.addressees:
        return f"{said} Till {listed(finding.addressees)}."
    return said


def _question(finding: AuditQuestion, draft: Draft) -> str:
    text = next((e for e in finding.evidence if _same(e.quote, finding.text)), finding.evidence[-1])
    if finding.verdict is Verdict.NOT_ASSESSED or not finding.verdict_text:
        return f"{quoted(text.quote)} {draft.cite(text)} Frågan har inget svar i dokumentet."
    asked = f"{quoted(text.quote)} {draft.cite(text)}"
    return f"{asked} Svar: {quoted(finding.verdict_text)} {draft.cite(finding.evidence[0])}"


def _measure(finding: Measure, draft: Draft) -> str:
    quotes = [next((e for e in finding.evidence if _same(e.quote, finding.name)), finding.evidence[0])]
    responsible = next((e for e in finding.evidence if finding.responsible and finding.responsible in e.quote), None)
    who = ""
    if responsible:
        quotes.append(responsible)
        who = f" Ansvarig: {finding.responsible}"
    if len(quotes) > 1 and quotes[0] == quotes[1]:
        quotes = quotes[:1]
    return f"{quoted(finding.name)} {draft.cite(quotes[0])}{who} {draft.cite(*quotes[1:])}".rstrip()


def _same(quote: str, text: str) -> bool:
    return " ".join(quote.lower().split()).rstrip(".?") == " ".join(text.lower().split()).rstrip(".?")


def _none(u: Understanding, sort: Sort, scope: Scope, everything: Sequence[Finding], draft: Draft) -> None:
    """Nothing fits: says what there is and what was read."""
    draft.refused = draft.kind is not Kind.COUNT or not everything
    fits = f"handlar om {u.said}" if u.said else "är av det slaget"
    if len(everything) > 1:
        draft.say(f"Ingen av de {number(len(everything))} {sort.the_many} i underlaget {fits}")
    elif everything:
        draft.say(
            f"Underlaget har {sort.count(1)}, men {'det' if sort.neuter else 'den'} {fits.replace(' ', ' inte ', 1)}"
        )
    else:
        draft.say(f"Det framgår inte av underlaget. Där finns inga {sort.many}{_for_whom(scope)}")
    draft.say(searched(scope.documents))


def _for_whom(scope: Scope) -> str:
    names = listed([name_of(code) for code in scope.municipalities])
    audited = any(document.metadata.doc_type in AUDITORS_WORD for document in scope.documents)
    if not names:
        return ""
    return f" om {names}" if audited else f" om {names}, och ingen granskning av {names}"
