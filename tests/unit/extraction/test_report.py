"""Reading a whole report by rules: what it is, what it asks, how it judges, what it advises."""

from __future__ import annotations

import pytest

from granskning_ai.extraction.rules import RuleExtractor
from granskning_ai.model import (
    AuditQuestion,
    DocType,
    Document,
    Finding,
    OverallAssessment,
    Recommendation,
    SourceFile,
    Verdict,
)
from granskning_ai.parsing import parse


def described(text: str) -> Document:
    data = text.strip().encode()
    return RuleExtractor().describe(parse(SourceFile.of("dokument.txt", data, "text"), data))


def found(text: str, kind: type[Finding]) -> list[Finding]:
    document = described(text)
    result = RuleExtractor().extract(document, ())
    for finding in result.findings:
        for evidence in finding.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote
    return [finding for finding in result.findings if isinstance(finding, kind)]


def questions(text: str) -> list[tuple[str, Verdict]]:
    return [(q.text, q.verdict) for q in found(text, AuditQuestion) if isinstance(q, AuditQuestion)]


def advice(text: str) -> list[Recommendation]:
    return [r for r in found(text, Recommendation) if isinstance(r, Recommendation)]


OPENING = """
Granskning av bibliotekens öppettider

1 Sammanfattning

Almgren Revision har av Vetlanda kommuns revisorer fått i uppdrag att granska bibliotekens öppettider. Uppdraget ingår
i revisionsplanen för år 2024.
"""

QUESTIONS = """
2 Uppdraget

2.1 Revisionsfrågor

Granskningen ska besvara följande revisionsfrågor:

- Har kultur- och fritidsnämnden säkerställt att öppettiderna motsvarar behoven?
- Är nämndens uppföljning av öppettiderna tillräcklig?
"""


def test_metadata_of_an_audit_report() -> None:
    metadata = described(OPENING + QUESTIONS).metadata
    assert metadata.doc_type is DocType.AUDIT_REPORT
    assert metadata.issuer == "Almgren Revision"
    assert metadata.municipality_code == "0685"
    assert metadata.year == 2024
    assert metadata.commissioned_by == "Vetlanda kommuns revisorer"


@pytest.mark.parametrize(
    ("text", "doc_type"),
    [
        (
            "Förstudie om simhallen\n\nByrån har genomfört en förstudie. Syftet med förstudien är att ge en bild.",
            "pre_study",
        ),
        ("Åtgärdsplan 2025\n\nSyftet med åtgärdsplanen är att minska brotten i vår kommun.", "action_plan"),
        ("Överenskommelse mellan Vetlanda kommun och polisen\n\nParterna är överens om följande.", "agreement"),
        ("Yttrande över granskning av simhallen\n\nKommunstyrelsen har beretts tillfälle att yttra sig.", "response"),
        ("Riktlinjer för inköp\n\nDen som köper in ska jämföra priser.", "guideline"),
        ("Protokoll\n\nNärvarande: Anna Ek. Justerare: Bo Alm. Kommunfullmäktiges sammanträdesprotokoll.", "minutes"),
        ("Receptsamling\n\nVispa ägg och socker.", "other"),
    ],
)
def test_kinds_of_documents(text: str, doc_type: str) -> None:
    assert described(text).metadata.doc_type.value == doc_type


def test_an_address_list_is_no_subject() -> None:
    text = """
Från: Registrator <registrator@example.se>
Till: Nacka <info@nacka.se>; Täby <info@taby.se>; Solna <info@solna.se>
Ämne: Rapport om simhallar i länets kommuner

Hej! Här kommer rapporten om länets kommuner och deras simhallar.
"""
    assert described(text).metadata.municipality_codes == ()


def test_an_agreement_of_two_municipalities_concerns_both() -> None:
    text = """
Överenskommelse mellan Habo kommun och Mullsjö kommun

Parterna, Habo kommun och Mullsjö kommun, är överens om att driva räddningstjänsten tillsammans.
"""
    assert (
        described(text).metadata.municipality_codes == ("0642", "1643")
        or len(described(text).metadata.municipality_codes) == 2
    )


def test_a_verdict_in_prose_is_tied_to_its_question() -> None:
    text = (
        OPENING
        + QUESTIONS
        + """
3 Resultat

3.1 Öppettider

Vi bedömer att kultur- och fritidsnämnden delvis har säkerställt att öppettiderna motsvarar behoven.

3.2 Uppföljning

Vi bedömer att nämndens uppföljning av öppettiderna inte är tillräcklig.
"""
    )
    assert [verdict for _, verdict in questions(text)] == [Verdict.PARTLY, Verdict.NO]


def test_a_repeated_question_is_one_question_with_all_its_places() -> None:
    text = (
        OPENING
        + QUESTIONS
        + """
3 Har kultur- och fritidsnämnden säkerställt att öppettiderna motsvarar behoven?

Besökarna är nöjda.

Svar: Ja, i allt väsentligt.
"""
    )
    asked = [q for q in found(text, AuditQuestion) if isinstance(q, AuditQuestion)]
    assert len(asked) == 2
    assert asked[0].verdict is Verdict.LARGELY
    assert asked[1].verdict is Verdict.NOT_ASSESSED


def test_a_numbered_answer_finds_its_question() -> None:
    text = OPENING + QUESTIONS + "\n3 Resultat\n\nSvar på revisionsfråga 2: Nej. Ingen följer upp.\n"
    assert [verdict for _, verdict in questions(text)] == [Verdict.NOT_ASSESSED, Verdict.NO]


def test_an_unknown_answer_is_kept_and_not_guessed() -> None:
    text = (
        OPENING
        + """
3 Svar

Kontrollmål\tBedömning
Det finns en plan för öppettider.\tTvå stjärnor
"""
    )
    asked = [q for q in found(text, AuditQuestion) if isinstance(q, AuditQuestion)]
    assert [(q.verdict, q.verdict_text) for q in asked] == [(Verdict.NOT_ASSESSED, "Två stjärnor")]
    assert "inte tolkats" in asked[0].note


def test_the_overall_assessment_is_read_where_it_is_stated() -> None:
    text = OPENING + "\nVår samlade bedömning är att nämnden i huvudsak har ändamålsenliga öppettider.\n"
    overall = found(text, OverallAssessment)
    assert [o.verdict for o in overall if isinstance(o, OverallAssessment)] == [Verdict.LARGELY]
    assert not found(OPENING + QUESTIONS, OverallAssessment)


def test_a_recommendation_in_summary_and_chapter_is_one_with_two_places() -> None:
    listed = """
Vi rekommenderar kultur- och fritidsnämnden att:

- Se över öppettiderna på lördagar.
- Redovisa besöken varje kvartal.
"""
    given = advice(OPENING + listed + "\n5 Rekommendationer\n" + listed)
    assert [r.text for r in given] == ["Se över öppettiderna på lördagar.", "Redovisa besöken varje kvartal."]
    assert all(len(r.evidence) == 2 for r in given)
    assert all(r.addressees == ("kultur- och fritidsnämnden",) for r in given)


def test_should_counts_only_where_nothing_is_recommended() -> None:
    prose = "\n3 Bedömning\n\nVi bedömer att arbetet är bra. Nämnden bör se över öppettiderna på söndagar.\n"
    assert [r.text for r in advice(OPENING + prose)] == ["Nämnden bör se över öppettiderna på söndagar."]
    explicit = "\nVi rekommenderar nämnden att redovisa besöken varje kvartal.\n"
    assert [r.text for r in advice(OPENING + explicit + prose)] == ["Redovisa besöken varje kvartal."]


def test_what_interviewees_wish_is_no_recommendation() -> None:
    text = (
        OPENING + "\n3 Bedömning\n\nEnligt de intervjuade bör öppettiderna utökas. Vi bedömer att de är tillräckliga.\n"
    )
    assert advice(text) == []


def test_earlier_recommendations_in_a_follow_up_are_quoted() -> None:
    text = """
Uppföljande granskning av bibliotekens öppettider

Granskningen är en uppföljning av granskningen 2022 i Vetlanda kommun.

Rekommendation 2022\tÅtgärd\tStatus
Se över öppettiderna på lördagar.\tNya tider gäller.\tGenomförd
Redovisa besöken varje kvartal.\tInget är gjort.\tInte genomförd
"""
    given = advice(text)
    assert len(given) == 2
    assert all(r.quoted for r in given)


def test_a_plan_gives_no_recommendations_and_a_pre_study_no_verdicts() -> None:
    plan = "Åtgärdsplan 2025\n\nSyftet med åtgärdsplanen är tydligt.\n\nVi ska:\n\n- Stärka samverkan med skolan.\n"
    assert advice(plan) == []
    study = """
Förstudie om bibliotek

Byrån har genomfört en förstudie i Vetlanda kommun. Förstudien ska besvara följande frågeställningar:

1. Hur är biblioteken organiserade?
2. Är resurserna tillräckliga?

Vi bedömer att resurserna är tillräckliga.
"""
    assert [verdict for _, verdict in questions(study)] == [Verdict.NOT_ASSESSED, Verdict.NOT_ASSESSED]


def test_the_same_text_gives_the_same_ids() -> None:
    first, second = advice(OPENING + QUESTIONS), advice(OPENING + QUESTIONS)
    assert [r.id for r in first] == [r.id for r in second]
