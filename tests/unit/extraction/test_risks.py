from __future__ import annotations

from collections.abc import Callable

import pytest

from granskning_ai.extraction.risks import find_observations, find_risks
from granskning_ai.model import Document, Observation, Risk

Made = Callable[..., Document]


def risks(document: Document) -> list[str]:
    return [risk.text for risk in find_risks(document) if isinstance(risk, Risk)]


def observations(document: Document) -> list[str]:
    return [seen.text for seen in find_observations(document) if isinstance(seen, Observation)]


@pytest.mark.parametrize(
    "lead",
    [
        "Genom förstudien har vi identifierat följande risker:",
        "Vi ser huvudsakligen nedanstående risker i arbetet:",
        "De väsentliga riskerna är:",
        "# Identifierade risker",
        "# 4.2 Risker",
    ],
)
def test_the_list_that_a_lead_or_heading_introduces_is_risks(made: Made, lead: str) -> None:
    text = f"{lead}\n- Att planen inte följs upp.\n- Att rådet saknar mandat.\nDärefter lämnas kommentarer."
    assert risks(made(text)) == ["Att planen inte följs upp.", "Att rådet saknar mandat."]


def test_a_table_with_a_column_of_risks(made: Made) -> None:
    text = """
| Identifierad risk | Sannolikhet | Konsekvens |
| Ansvaret är otydligt mellan nämnderna | 3 | 4 |
| Lägesbilden hålls inte aktuell | 2 | 3 |
"""
    assert risks(made(text)) == ["Ansvaret är otydligt mellan nämnderna", "Lägesbilden hålls inte aktuell"]


@pytest.mark.parametrize(
    "text",
    [
        "Det finns en risk att planen inte följs.",
        "Händelser som riskerar att störa ordningen:\n- hot\n- våld",
        "Insatser riktas mot följande riskgrupper:\n- unga\n- äldre",
        "Kommunen har identifierat följande risker:\n- Bränder\n- Översvämning",
        "Av intervjuerna framgår att nämnden uppger följande risker:\n- Sjukfrånvaro\n- Hot",
        "# Risk- och väsentlighetsanalys\n- Granskning av skolan\n- Granskning av vården",
        "# Riskområden i kommunen\n- Norrby\n- Strand",
    ],
)
def test_other_lists_and_sentences_are_no_risks(made: Made, text: str) -> None:
    assert risks(made(text)) == []


def test_a_risk_that_the_summary_repeats_is_one_with_both_places(made: Made) -> None:
    part = "Granskningen visar följande risker:\n- Att planen inte följs upp i tid.\n- Att rådet saknar mandat.\n"
    found = find_risks(made("# Sammanfattning\n" + part + "# Slutsats\n" + part))
    assert len(found) == 2
    assert [len(risk.evidence) for risk in found] == [2, 2]


def test_a_nested_item_belongs_to_the_risk_above_it_and_is_shown(made: Made) -> None:
    text = "Vi ser följande risker:\n- Otydligt ansvar\n  - mellan nämnderna\n- Svag uppföljning\nText."
    found = find_risks(made(text))
    assert [risk.text for risk in found if isinstance(risk, Risk)] == [
        "Otydligt ansvar mellan nämnderna",
        "Svag uppföljning",
    ]
    assert [proof.quote for proof in found[0].evidence] == ["Otydligt ansvar", "mellan nämnderna"]


def test_the_list_under_a_heading_for_summed_up_observations(made: Made) -> None:
    text = """
# Analys
## Sammanfattande iakttagelser
Av genomgången framgår bland annat detta.
- Otryggheten är större i Norrby än i kommunen som helhet.
- Färre anmäler brott.
# Iakttagelser
## Mål
- Målet följs upp årligen
"""
    assert observations(made(text)) == [
        "Otryggheten är större i Norrby än i kommunen som helhet.",
        "Färre anmäler brott.",
    ]


def test_the_numbered_headings_of_a_chapter_of_observations(made: Made) -> None:
    chapter = """
# 5. Observationer och förslag till fortsättning
Nedan redogörs för det viktigaste.
## 1. Följ utredningen om ny lag
Utredningen lämnas nästa år.
## 2. Samverka över kommungränsen
Brottsligheten följer inga gränser.
# 6. Referenser
Källor.
"""
    assert observations(made(chapter)) == ["Följ utredningen om ny lag", "Samverka över kommungränsen"]
    twice = find_observations(made(chapter + chapter.replace("# 5.", "# 7.").replace("# 6.", "# 8.")))
    assert [len(seen.evidence) for seen in twice] == [2, 2]


def test_a_lead_for_observations(made: Made) -> None:
    text = "I granskningen har vi gjort följande iakttagelser:\n- Rutinen är okänd\n- Planen saknas\nText."
    assert observations(made(text)) == ["Rutinen är okänd", "Planen saknas"]


@pytest.mark.parametrize(
    "text",
    [
        "# 3 Iakttagelser\nKommunen har fyra forum.\nForumen är:\n- Rådet\n- Gruppen\nText.",
        "# 3 Iakttagelser och bedömning\n## 3.1 Organisation\n- Säkerhetschef\n- Samordnare",
        "# 3 Iakttagelser\n## 1. Inledning\n## 2. Metod\nText.",
        "Revisorerna redogör för sina iakttagelser i rapporten.",
    ],
)
def test_a_chapter_of_observations_in_prose_gives_none(made: Made, text: str) -> None:
    assert observations(made(text)) == []


@pytest.mark.parametrize(
    "lead",
    [
        "# 7 Kansliets iakttagelser\nFöljande har vi lagt märke till under arbetet:",
        "# 7 Förbundets observationer\nDetta är det viktigaste.",
        "# 7 Reflektioner\nVi har noterat följande:",
        "# 3 Iakttagelser\n## 3.1 Mål\nI granskningen har vi uppmärksammat följande brister:",
    ],
)
def test_the_writers_own_list_of_observations(made: Made, lead: str) -> None:
    assert observations(made(f"{lead}\n- Rutinen är okänd.\n- Planen saknas.\nText.")) == [
        "Rutinen är okänd.",
        "Planen saknas.",
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "# 7 Kommunens iakttagelser\nFörvaltningen lyfter detta.",
        "# 3 Iakttagelser\n## 3.1 Mål\nVi noterar att kommunen har följande forum:",
        "# 3 Iakttagelser\n## 3.1 Mål\nFörvaltningen har uppmärksammat följande:",
    ],
)
def test_lists_of_others_and_of_other_things_are_no_observations(made: Made, lead: str) -> None:
    assert observations(made(f"{lead}\n- Rutinen är okänd.\n- Planen saknas.\nText.")) == []
