"""Recommendations in many houses' ways of writing, to whom they go, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from granskning_ai.extraction.rules import RuleExtractor
from granskning_ai.model import DocType, Document, Recommendation

MakeDocument = Callable[..., Document]


def advice(made: MakeDocument, text: str, doc_type: DocType = DocType.AUDIT_REPORT) -> list[Recommendation]:
    found = RuleExtractor().extract(made(text, doc_type=doc_type), ()).findings
    return [r for r in found if isinstance(r, Recommendation)]


def texts(made: MakeDocument, text: str, doc_type: DocType = DocType.AUDIT_REPORT) -> list[str]:
    return [r.text for r in advice(made, text, doc_type)]


# --- Without the word recommend ---


@pytest.mark.parametrize(
    "sentence",
    [
        "Kulturnämnden bör utse en ansvarig för samlingarna.",
        "Slutligen behöver kulturnämnden räkna igenom magasinet.",
        "Enligt vår uppfattning måste kulturnämnden tillse att larmet provas.",
        "Det är väsentligt att kulturnämnden redovisar förlusterna.",
        "Det finns anledning för kulturnämnden att ompröva avtalet.",
        "Vi vill särskilt lyfta fram att inventeringen behöver göras om.",
        "Det vore lämpligt att inventeringen görs av någon utomstående.",
        "Katalogen kan med fördel föras digitalt.",
    ],
)
def test_what_ought_to_be_done_is_advice_among_the_conclusions(made: MakeDocument, sentence: str) -> None:
    assert texts(made, f"# Bedömning\nVi bedömer att kontrollen är svag. {sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Frågan bör anses vara avgjord genom domen.",
        "Avsnittet bör läsas tillsammans med bilagan.",
        "I svaret bör ansvarig framgå.",
        "Enligt de allmänna råden bör ledningen följa upp arbetet varje år.",
        "Enligt chefen bör tjänsten utökas.",
        "”Nämnden bör anställa fler.”",
        "Nämnden behöver inte ändra sina rutiner.",
        "Bör nämnden ändra sina rutiner?",
    ],
)
def test_what_only_looks_like_advice(made: MakeDocument, sentence: str) -> None:
    assert texts(made, f"# Bedömning\nVi bedömer att kontrollen är god. {sentence}\n") == []


@pytest.mark.parametrize("heading", ["Ordlista", "Bilaga 2 Fritextsvar", "Rättslig utgångspunkt", "Bakgrund"])
def test_sections_in_which_nobody_advises(made: MakeDocument, heading: str) -> None:
    assert texts(made, f"# {heading}\nNämnden bör ha regler för sina lån.\n") == []


@pytest.mark.parametrize(
    "lead",
    [
        "Kommunstyrelsen behöver",
        "Det finns därför anledning för kommunstyrelsen att",
        "Vi bedömer att kommunstyrelsen",
        "Kommunstyrelsen föreslås",
    ],
)
def test_a_lead_without_colon_is_one_where_the_list_says_what_to_do(made: MakeDocument, lead: str) -> None:
    found = advice(made, f"# Slutord\n{lead}\n- bör spärra gamla konton\n- bör byta lås\n")
    assert [r.text for r in found] == ["bör spärra gamla konton", "bör byta lås"]
    assert found[0].addressees == ("kommunstyrelsen",)


def test_a_list_of_grounds_is_no_advice(made: MakeDocument) -> None:
    text = """# Sammanfattning
Som grund för bedömningen vill vi peka på följande:
- Behörigheterna är väl avgränsade
- Listorna kontrolleras inte av cheferna
"""
    assert texts(made, text) == []


def test_a_list_run_together_in_its_lead(made: MakeDocument) -> None:
    text = "# Slutord\nVi anser att nämnden bör – byta de äldsta ledningarna – utöka planen till hela nätet\n"
    assert texts(made, text) == ["byta de äldsta ledningarna", "utöka planen till hela nätet"]


def test_lines_without_marks_under_a_heading(made: MakeDocument) -> None:
    text = """# Rekommendationer
Upprätta en vårdplan för varje barn
Kommunstyrelsen vidareutvecklar sin uppföljning av avtalen
Vittsund den 3 maj 2019
Anna Alm
"""
    assert texts(made, text) == [
        "Upprätta en vårdplan för varje barn",
        "Kommunstyrelsen vidareutvecklar sin uppföljning av avtalen",
    ]


def test_a_letter_that_holds_three_sentences_holds_three(made: MakeDocument) -> None:
    text = """# Förslag till åtgärder
a) Hyllorna bör tömmas. En inventering behöver göras av vattenskadorna. Nämnden bör pröva en annan lokal.
b) Nämnden bör utse en arkivarie.
"""
    assert [r.number for r in advice(made, text)] == ["a", "a", "a", "b"]


def test_a_label_at_the_end_of_a_paragraph(made: MakeDocument) -> None:
    text = "# Intern kontroll\nTekniska nämnden saknar en plan. Rekommendation: Anta en plan före årsskiftet.\n"
    (found,) = advice(made, text)
    assert (found.text, found.addressees) == ("Anta en plan före årsskiftet.", ("tekniska nämnden",))


def test_a_chain_in_prose(made: MakeDocument) -> None:
    text = """# Bedömning
Vi rekommenderar kommunstyrelsen att utreda fakturorna. Vidare rekommenderar vi att avtalen ses över och att svaret \
dokumenteras. Kommunstyrelsen behöver även jämföra registren.
"""
    found = advice(made, text)
    assert len(found) == 4
    assert {r.addressees for r in found} == {("kommunstyrelsen",)}


# --- Addressees ---


def test_the_board_is_called_by_its_full_name(made: MakeDocument) -> None:
    text = """# Inledning
Vi har granskat miljö- och byggnadsnämndens tillsyn.
# Rekommendationer
Vi rekommenderar nämnden att:
- anta en tillsynsplan
"""
    (found,) = advice(made, text)
    assert found.addressees == ("miljö- och byggnadsnämnden",)


def test_the_boards_are_those_that_are_audited(made: MakeDocument) -> None:
    text = """# Inledning
Vi har granskat hur socialnämnden och utbildningsnämnden tar ansvar för placerade barn.
# Rekommendationer
Vi rekommenderar nämnderna att:
- träffas varje termin
"""
    (found,) = advice(made, text)
    assert found.addressees == ("socialnämnden", "utbildningsnämnden")


def test_a_cover_letter_splits_the_numbers(made: MakeDocument) -> None:
    text = """Missiv
Socialnämnden svarar på rekommendation 1 och 3. Kommunstyrelsen svarar på rekommendation 2.
# Rekommendationer
1. Upprätta vårdplaner
2. Klargöra ansvaret
3. Göra oanmälda besök
"""
    assert [r.addressees for r in advice(made, text)] == [("socialnämnden",), ("kommunstyrelsen",), ("socialnämnden",)]


def test_those_who_get_a_copy_are_no_addressees(made: MakeDocument) -> None:
    text = """Till tekniska nämnden
För kännedom: kommunstyrelsen
# Rekommendationer
- Laga bron vid kvarnen
"""
    (found,) = advice(made, text)
    assert found.addressees == ("tekniska nämnden",)


def test_nobody_is_named(made: MakeDocument) -> None:
    (found,) = advice(made, "# Förbättringsområden\n- Larmet behöver provas varje månad.\n")
    assert found.addressees == ()


# --- What another report advised ---


def test_a_reply_quotes_and_answers(made: MakeDocument) -> None:
    text = """# Yttrande över granskning av arkivet
a) Nämnden bör anta en plan för arkivet.
Ja. Planen antas i maj, och lokalen bör då vara klar.
b) Nämnden bör utse en arkivarie.
Nämnden instämmer inte. Vi anser att en delad tjänst bör prövas först.
"""
    found = advice(made, text, DocType.RESPONSE)
    assert [(r.text, r.quoted) for r in found] == [
        ("Nämnden bör anta en plan för arkivet.", True),
        ("Nämnden bör utse en arkivarie.", True),
    ]


def test_a_reply_tells_in_prose_what_the_auditors_said(made: MakeDocument) -> None:
    text = """# Yttrande
Revisionen rekommenderar att öppettiderna ses över. Det är gjort.
Vidare rekommenderas nämnden att mäta besöken. Nämnden vill tillägga att lokalerna bör bli större.
"""
    assert texts(made, text, DocType.RESPONSE) == ["öppettiderna ses över", "mäta besöken"]


def test_flattened_tables_of_what_became_of_advice(made: MakeDocument) -> None:
    flat = """Nr Rekommendation Svar Läge
1 göra mallen obligatorisk för alla Antas Klart
2 Nämnden bör publicera väntetiderna Avslås Ingen åtgärd
"""
    assert texts(made, flat, DocType.OTHER) == [
        "göra mallen obligatorisk för alla",
        "Nämnden bör publicera väntetiderna",
    ]
    stacked = """Rapport
Vad revisorerna ville
Beslut
Färdtjänsten
Resor bör gå att boka på nätet.
Nämnden sa ja
Simhallen
Nämnden bör räkna ut vad ett bad kostar.
Nämnden sa nej
"""
    assert texts(made, stacked, DocType.OTHER) == [
        "Resor bör gå att boka på nätet.",
        "Nämnden bör räkna ut vad ett bad kostar.",
    ]


def test_a_follow_up_tells_of_earlier_advice_and_repeats_one(made: MakeDocument) -> None:
    text = """# Iakttagelser
2018 rekommenderades nämnden att prissätta planerna. Det är gjort.
# Bedömning
Tekniska nämnden bör, på nytt, redovisa underhållet för fullmäktige.
"""
    found = advice(made, text, DocType.FOLLOW_UP)
    assert [(r.text, r.quoted) for r in found] == [
        ("prissätta planerna", True),
        ("Tekniska nämnden bör, på nytt, redovisa underhållet för fullmäktige.", False),
    ]


def test_the_recommendations_of_an_answer_table_are_the_reports_own(made: MakeDocument) -> None:
    text = """| Revisionsfråga | Bedömning | Rekommendation |
| Finns det en plan? | Nej | Anta en plan för underhållet |
"""
    assert [(r.text, r.quoted) for r in advice(made, text)] == [("Anta en plan för underhållet", False)]


def test_labelled_advice_with_its_outcome_is_an_earlier_one(made: MakeDocument) -> None:
    text = """Rekommendation 1: Inventera stolparna.
Status: Genomförd under 2016.
Rekommendation 2: Se över avtalet med nätbolaget.
Status: Inte genomförd.
# Bedömning
Vi rekommenderar nämnden att slutföra inventeringen.
"""
    assert [r.quoted for r in advice(made, text, DocType.FOLLOW_UP)] == [True, True, False]


def test_a_heading_that_the_parser_took_for_a_paragraph(made: MakeDocument) -> None:
    text = """# Yttrande över granskning av tillsyn
Revisorernas förslag
Att nämnden tar fram en kompetensplan
Nämndens kommentarer
Planen finns nu.
"""
    assert texts(made, text, DocType.RESPONSE) == ["Att nämnden tar fram en kompetensplan"]
