"""Answers on how the auditors judged: the verdict on a question, the summarising verdict, over municipalities."""

from __future__ import annotations

from collections.abc import Sequence

from granskning_ai.asking.material import Material, name_of
from granskning_ai.asking.question.lexicon import Lexicon
from granskning_ai.asking.question.understanding import Kind, Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.lists import VERDICTS_FOR, item, said_by
from granskning_ai.asking.reply.scope import Scope, described
from granskning_ai.asking.reply.selecting import criteria_of, select
from granskning_ai.model import LABELS, AuditQuestion, Finding, OverallAssessment, Verdict
from granskning_ai.swedish.wording import capital, counted, listed, quoted

_MOST_VERDICTS = 5


def overall(u: Understanding, scope: Scope, material: Material, lexicon: Lexicon, draft: Draft) -> bool:
    """The summarising verdicts, newest first; says false where none is stated on what the question names."""
    found = material.findings(OverallAssessment, documents=scope.ids)
    found = select(found, criteria_of(u, lexicon), lambda finding: said_by(finding, material))
    return _told(_newest_first(found, material), material, draft)


def on_question(u: Understanding, scope: Scope, material: Material, lexicon: Lexicon, draft: Draft) -> bool:
    """The verdicts on what a question names; says false where the auditors judged nothing of the kind."""
    found = material.findings(AuditQuestion, OverallAssessment, documents=scope.ids)
    criteria = criteria_of(u, lexicon)
    if u.number:
        numbered = [f for f in found if isinstance(f, AuditQuestion) and (f.number or "").lower() == u.number]
        return _told(_newest_first(numbered, material), material, draft)
    if not criteria:
        summing = [finding for finding in found if isinstance(finding, OverallAssessment)]
        return _told(_newest_first(summing or found, material), material, draft)
    judged = [finding for finding in found if _verdict(finding) is not Verdict.NOT_ASSESSED]
    chosen = select(judged, criteria, lambda finding: said_by(finding, material))
    # What is judged of the whole goes before what is judged of its parts.
    chosen.sort(key=lambda finding: not isinstance(finding, OverallAssessment))
    return _told(_newest_first(chosen, material), material, draft)


def over_municipalities(u: Understanding, scope: Scope, material: Material, lexicon: Lexicon, draft: Draft) -> bool:
    """'I vilka kommuner är resurserna otillräckliga?', 'Jämför hur X bedömdes i A och B'."""
    found = material.findings(AuditQuestion, OverallAssessment, documents=scope.ids)
    judged = [finding for finding in found if _verdict(finding) is not Verdict.NOT_ASSESSED]
    criteria = criteria_of(u, lexicon)
    if not criteria:
        judged = [finding for finding in judged if isinstance(finding, OverallAssessment)]
    owned: dict[str, list[Finding]] = {}
    for finding in judged:
        for code in material.summaries[finding.document_id].metadata.municipality_codes:
            if not scope.municipalities or code in scope.municipalities:
                owned.setdefault(code, []).append(finding)
    owned = {code: select(own, criteria, lambda finding: said_by(finding, material)) for code, own in owned.items()}
    owned = {code: own for code, own in owned.items() if own}
    if not owned:
        return False
    wanted = VERDICTS_FOR.get(u.stance) if u.stance else None
    hits = {code: _in(own, wanted) for code, own in owned.items() if _in(own, wanted)}
    draft.about(*hits)
    _say_hits(u, hits, draft)
    rest = {code: own for code, own in owned.items() if code not in hits}
    if rest and hits and wanted:
        draft.paragraph("Andra svar:")
        _bullets(rest, draft)
    elif rest:
        _bullets(rest, draft)
    return True


def _say_hits(u: Understanding, hits: dict[str, list[Finding]], draft: Draft) -> None:
    about = f" om {u.said}" if u.said else ""
    verdict = listed([LABELS[verdict] for verdict in VERDICTS_FOR[u.stance]], "eller") if u.stance else ""
    names = listed([name_of(code) for code in hits])
    if u.stance and not hits:
        draft.paragraph(f"Ingen kommun i underlaget har fått svaret {verdict}{about}. De svar som finns:")
    elif u.stance and draft.kind is Kind.COUNT:
        draft.paragraph(
            f"{capital(counted(len(hits), 'kommun', 'kommuner'))} har fått svaret {verdict}{about}: {names}."
        )
    elif u.stance:
        draft.paragraph(f"{names} har fått svaret {verdict}{about}:")
    else:
        draft.paragraph(f"Revisorernas svar{about}:")
    _bullets(hits, draft)


def _bullets(owned: dict[str, list[Finding]], draft: Draft) -> None:
    for code, own in owned.items():
        draft.bullets(f"{name_of(code)}:", [_said(finding, draft) for finding in own[:_MOST_VERDICTS]])


def _in(found: Sequence[Finding], wanted: Sequence[Verdict] | None) -> list[Finding]:
    return [finding for finding in found if wanted is None or _verdict(finding) in wanted]


def _told(found: Sequence[Finding], material: Material, draft: Draft) -> bool:
    for document_id in dict.fromkeys(finding.document_id for finding in found[:_MOST_VERDICTS]):
        summary = material.summaries[document_id]
        draft.about(*summary.metadata.municipality_codes)
        names = listed([name_of(code) for code in summary.metadata.municipality_codes]) or summary.metadata.region
        own = [finding for finding in found[:_MOST_VERDICTS] if finding.document_id == document_id]
        draft.bullets(f"{names} ({described(summary)}):", [_said(finding, draft) for finding in own])
    return bool(found)


def _said(finding: Finding, draft: Draft) -> str:
    """The auditor's own words, and the verdict's name where the words are not the name itself."""
    if isinstance(finding, OverallAssessment):
        quote = finding.evidence[0]
        return f"{quoted(quote.quote)} {draft.cite(quote)}{_label(finding.verdict, finding.text)}"
    said = item(finding, draft)
    return said + (_label(finding.verdict, finding.verdict_text or "") if isinstance(finding, AuditQuestion) else "")


def _label(verdict: Verdict, text: str) -> str:
    label = LABELS[verdict]
    return "" if text.lower().startswith(label) or verdict is Verdict.NOT_ASSESSED else f" Räknas som: {label}."


def _verdict(finding: Finding) -> Verdict:
    return finding.verdict if isinstance(finding, AuditQuestion | OverallAssessment) else Verdict.NOT_ASSESSED


def _newest_first(found: Sequence[Finding], material: Material) -> list[Finding]:
    def when(finding: Finding) -> str:
        metadata = material.summaries[finding.document_id].metadata
        return metadata.date or str(metadata.year or "")

    return sorted(found, key=when, reverse=True)
