"""Audit questions and their answers in many houses' ways of writing: where a question stands and what answers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from granskning_ai.extraction.rules import RuleExtractor
from granskning_ai.model import AuditQuestion, Document

MakeDocument = Callable[..., Document]


def asked(made: MakeDocument, text: str) -> list[tuple[str, str]]:
    """Each question with its verdict."""
    found = RuleExtractor().extract(made(text), ()).findings
    return [(q.text, q.verdict.value) for q in found if isinstance(q, AuditQuestion)]


def verdicts(made: MakeDocument, text: str) -> list[str]:
    return [verdict for _, verdict in asked(made, text)]


# --- How questions are introduced ---


def test_questions_over_their_answers_need_no_announcement(made: MakeDocument) -> None:
    text = """# Frågor och svar
Följs avtalen upp?
Uppföljning görs två gånger om året. Revisionen bedömer att de följs upp.
Är fakturorna rätt konterade?
I tolv av trettio fall var de det. Revisionen bedömer att konteringen är bristfällig.
"""
    assert asked(made, text) == [("Följs avtalen upp?", "yes"), ("Är fakturorna rätt konterade?", "no")]


def test_question_and_answer_may_share_a_paragraph(made: MakeDocument) -> None:
    text = """# Svar på våra frågor
Finns det en aktuell skolskjutsplan? Nej. Den senaste är från 2011.
Är resvägarna trafiksäkra? I huvudsak. Två hållplatser saknar belysning.
"""
    assert verdicts(made, text) == ["no", "largely"]


def test_numbered_questions_called_only_fraga(made: MakeDocument) -> None:
    text = """# Slutsatser
Fråga 1. Har nämnden riktlinjer för avgifter?
Ja.
Fråga 2. Kan avgifterna jämföras mellan åren?
Delvis, eftersom systemet byttes i fjol.
"""
    assert verdicts(made, text) == ["yes", "partly"]


def test_questions_whose_bullets_were_lost_are_a_run(made: MakeDocument) -> None:
    text = """# Granskning av badhuset
Syftet är att bedöma om fritidsnämnden har kontroll.
Sköts vattnet enligt föreskrifterna? Är bemanningen tillräcklig?
# Bedömning
Vi bedömer att vattnet sköts enligt föreskrifterna. Bemanningen är inte tillräcklig.
"""
    assert verdicts(made, text) == ["yes", "no"]


def test_one_question_in_an_indirect_clause(made: MakeDocument) -> None:
    text = """# Uppdrag
Frågan som vi har ställt är om kulturnämnden har en tillräcklig styrning av bidragen.
# Bedömning
Slutsatsen är att styrningen av bidragen inte är tillräcklig.
"""
    assert asked(made, text) == [("om kulturnämnden har en tillräcklig styrning av bidragen", "no")]


def test_several_indirect_questions_with_whether(made: MakeDocument) -> None:
    text = "Vi har prövat om lagret inventeras årligen, huruvida svinnet är känt samt om behörigheterna är aktuella."
    assert [question for question, _ in asked(made, text)] == [
        "om lagret inventeras årligen",
        "huruvida svinnet är känt",
        "om behörigheterna är aktuella",
    ]


def test_demands_that_are_judged_one_by_one_are_the_questions(made: MakeDocument) -> None:
    text = """Kraven är:
- nämnden ska ha en plan, 3 kap. 1 §
- planen ska följas upp, 3 kap. 2 §
# Prövningen
Kravet i 3 kap. 1 § är uppfyllt.
Kravet i 3 kap. 2 § är inte uppfyllt.
"""
    assert verdicts(made, text) == ["yes", "no"]


@pytest.mark.parametrize(
    "text",
    [
        "# Bilaga 1 Enkätfrågor\nKänner personalen till rutinen?\nFöljs rutinen i praktiken?\n",
        "# Till dig som svarar\nHar du fått utbildning?\nVet du vem du ska ringa?\n",
        "# Varför granskar vi detta?\nSkolskjutsarna har blivit dyrare.\n# Hur har vi gjort?\nVi har läst avtal.\n",
    ],
)
def test_what_others_are_asked_is_no_audit_question(made: MakeDocument, text: str) -> None:
    assert asked(made, text) == []


# --- What answers them ---


def test_answers_stand_in_the_order_of_the_questions(made: MakeDocument) -> None:
    text = """# Revisionsfrågor
1. Redovisas exploateringen enligt god sed?
2. Är kalkylerna rimliga?
# Svar
1. Exploateringen redovisas enligt god sed.
2. Underlagen är sekretessbelagda. Det är därför inte möjligt för oss att bedöma om de är rimliga.
"""
    assert verdicts(made, text) == ["yes", "undetermined"]


def test_an_overall_question_does_not_disturb_the_order_of_the_numbered(made: MakeDocument) -> None:
    text = """Revisionsfrågan för granskningen: Är handläggningen av färdtjänst rättssäker?
Granskningen inriktas mot följande kontrollmål:
1. Det finns riktlinjer
2. Besluten omprövas i tid
# Granskningsresultat
Bedömning: Kontrollmålet är uppfyllt.
Bedömning: Kontrollmålet är inte helt uppfyllt.
"""
    assert verdicts(made, text)[1:] == ["yes", "partly"]


def test_plain_statements_conclude_only_where_conclusions_stand(made: MakeDocument) -> None:
    lead = "Granskningen ska besvara följande revisionsfrågor:\n- Är lokalerna besiktigade?\n"
    said = "Lokalerna är från 1974.\nLokalerna är besiktigade till viss del.\n"
    assert verdicts(made, f"{lead}# Bedömning\nLokalerna är inte besiktigade.\n") == ["no"]
    assert verdicts(made, f"{lead}# Bakgrund\n{said}") == ["not_assessed"]


def test_a_fact_told_under_an_open_question_is_no_verdict(made: MakeDocument) -> None:
    text = """# Frågeställningar
- Vilka rutiner finns för kontanthantering?
- Hur följs rutinerna för kontanthantering upp?
# Svar på frågeställningarna
Vilka rutiner finns för kontanthantering?
Det finns en rutin från 2015.
Hur följs rutinerna för kontanthantering upp?
Ekonomichefen gör kontroller varje månad.
"""
    assert verdicts(made, text) == ["not_assessed", "not_assessed"]


def test_the_reports_own_scale_is_read_first(made: MakeDocument) -> None:
    text = """Bedömningarna görs på en tregradig skala: stabil, sårbar och svag.
Granskningen ska besvara följande revisionsfrågor:
- Är driften av nätet säkrad?
- Finns reservkraft vid avbrott?
# Är driften av nätet säkrad?
Två personer delar på beredskapen.
Bedömning: sårbar.
# Finns reservkraft vid avbrott?
Bedömning: Svag. Aggregatet såldes 2019.
"""
    assert verdicts(made, text) == ["partly", "no"]


# --- Tables that were taken apart ---


def test_cells_between_strokes_on_the_reports_own_scale(made: MakeDocument) -> None:
    text = """Skalan är Betryggande (3), Utvecklingsbar (2) och Svag (1).
Prövning / Nivå
Skydd
Loggar kontrolleras varje månad. / 1
Är ansvaret utpekat? / 3 Alla nyanställda utbildas. / 2
Kommentarer följer nedan i den ordning som frågorna har.
"""
    assert asked(made, text) == [
        ("Loggar kontrolleras varje månad.", "no"),
        ("Är ansvaret utpekat?", "yes"),
        ("Alla nyanställda utbildas.", "partly"),
    ]


def test_cells_under_each_other(made: MakeDocument) -> None:
    text = """Kontrollmål
Bedömning
Kommentar
Det finns en plan på varje skola
Uppfyllt
Samtliga sju skolor har en plan.
Journaler förvaras säkert
Ej uppfyllt
På två skolor står skåpen olåsta.
"""
    assert verdicts(made, text) == ["yes", "no"]


def test_answers_by_ordinal_number(made: MakeDocument) -> None:
    text = """Granskningen ska besvara följande revisionsfrågor:
- Har nämnden antagit mål?
- Finns det tillräckligt med personal?
# Slutord
Svaret på den första frågan är ja. Den andra frågan kan inte besvaras, eftersom uppgifter saknas.
"""
    assert verdicts(made, text) == ["yes", "undetermined"]


def test_parts_that_are_judged_by_themselves_are_summed_and_told(made: MakeDocument) -> None:
    text = """Revisionsfrågan har varit om den interna kontrollen av inköp är tillräcklig.
# Bedömning
Vi bedömer att den interna kontrollen av inköp är tillräcklig i kommunstyrelsen. I skolnämnden är den inte tillräcklig.
"""
    found = RuleExtractor().extract(made(text), ()).findings
    (question,) = [q for q in found if isinstance(q, AuditQuestion)]
    assert question.verdict.value == "partly"
    assert "delat svar" in question.note


def test_statements_that_end_in_their_verdict(made: MakeDocument) -> None:
    text = """Kontrollpunkter
Det finns en förteckning över styrdokument – uppfyllt
Styrdokumenten revideras regelbundet. Delvis uppfyllt.
Styrdokumenten är kända – går inte att bedöma
Arbetet fortsätter – och pågår
"""
    assert verdicts(made, text) == ["yes", "partly", "undetermined"]


def test_questions_counted_in_running_text(made: MakeDocument) -> None:
    text = """Granskningsfrågorna har varit två. För det första: följs stödet upp? För det andra: är stödet likvärdigt?
# Slutord
Stödet följs upp i begränsad omfattning. Stödet är likvärdigt.
"""
    assert asked(made, text) == [("följs stödet upp?", "partly"), ("är stödet likvärdigt?", "yes")]


@pytest.mark.parametrize(
    "text",
    [
        "Revisorerna prövar om verksamheten sköts väl, om räkenskaperna är rättvisande och om kontrollen räcker.",
        "Exempel på revisionsfrågor:\n- Är nämndens styrning tillräcklig?\n- Följs målen upp?\n",
        "Hur lämnar du ett tips?\nDu kan skriva till oss.\nVem läser tipset?\nDu får svar av Bo. Du kan vara anonym.",
    ],
)
def test_what_auditors_always_do_or_tell_their_readers_is_no_question(made: MakeDocument, text: str) -> None:
    assert asked(made, text) == []
