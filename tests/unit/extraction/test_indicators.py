from __future__ import annotations

from collections.abc import Callable

import pytest

from granskning_ai.extraction.indicators import find_indicators
from granskning_ai.extraction.survey import find_survey_answers
from granskning_ai.model import Document, Indicator

Made = Callable[..., Document]


def indicators(document: Document) -> list[Indicator]:
    found = [i for i in find_indicators(document) if isinstance(i, Indicator)]
    for indicator in found:
        for proof in indicator.evidence:
            assert document.text[proof.start : proof.end] == proof.quote
    return found


TABLE = """
| Indikator | 2022 | 2023 | 2024 | Mål 2024 | Måluppfyllelse |
| Andel invånare som är trygga utomhus (%) | 61 | 63,5 | 64,2 | >65 | Delvis uppfyllt |
| Anmälda våldsbrott | 1 204 | 1 180 | - | <1 150 | Ej uppfyllt |
"""

FLAT = """
Nedan redovisas nämndens indikatorer:
Indikator 2022 2023 2024
Mål 2024
Måluppfyllelse
Andel invånare som är trygga utomhus (%)
61 63,5 64,2 >65 Delvis uppfyllt
Anmälda våldsbrott 1 204 1 180 - <1 150 Ej uppfyllt
Utfallet har förbättrats sedan förra mätningen.
"""

ONE_BY_ONE = """
Indikator
2022
2023
2024
Mål 2024
Måluppfyllelse
Andel invånare som är
trygga utomhus (%)
61
63,5
64,2
>65
Delvis uppfyllt
Anmälda våldsbrott
1 204
1 180
-
<1 150
Ej uppfyllt
"""
FORMS = pytest.mark.parametrize("text", [TABLE, FLAT, ONE_BY_ONE], ids=["table", "run together", "one by one"])


@FORMS
def test_each_figure_of_an_indicator_table_is_an_indicator(made: Made, text: str) -> None:
    found = indicators(made(text))
    assert [(i.name, i.period, i.value) for i in found] == [
        ("Andel invånare som är trygga utomhus (%)", "2022", 61.0),
        ("Andel invånare som är trygga utomhus (%)", "2023", 63.5),
        ("Andel invånare som är trygga utomhus (%)", "2024", 64.2),
        ("Anmälda våldsbrott", "2022", 1204.0),
        ("Anmälda våldsbrott", "2023", 1180.0),
    ]
    assert [i.unit for i in found] == ["%", "%", "%", "", ""]


@FORMS
def test_targets_and_outcomes_stand_as_printed_with_the_period_they_speak_of(made: Made, text: str) -> None:
    found = indicators(made(text))
    assert (found[2].target, found[2].outcome) == (">65", "Delvis uppfyllt")
    assert (found[0].target, found[0].outcome) == ("", "")


def test_headings_that_are_merged_into_one_cell_are_told_apart(made: Made) -> None:
    text = """
| Indikator 2023 2024 Mål 2024 | < | < | < |
| Trygg i skolan | 81 | 84 | >85 |
"""
    found = indicators(made(text))
    assert [(i.period, i.value, i.target) for i in found] == [("2023", 81.0, ""), ("2024", 84.0, ">85")]


def test_several_targets_keep_their_headings(made: Made) -> None:
    text = """
| Nyckeltal | 2023 | Etappmål 2023 | Målvärde 2030 |
| Nöjdhet | 71 | >70 | >80 |
"""
    (indicator,) = indicators(made(text))
    assert indicator.target == "Etappmål 2023: >70; Målvärde 2030: >80"


def test_places_as_columns_and_percent_in_the_cells(made: Made) -> None:
    text = """
> Tabell 2: Upplevd trygghet
| | Björkdala kommun | Norrby | Strand |
| Andel som undviker torget | 12 % | 27,5 % | 9 % |
| Andel som litar på polisen | 54 % | 41 % | 60 % |
"""
    found = indicators(made(text))
    assert [(i.period, i.value, i.unit) for i in found[:3]] == [
        ("Björkdala kommun", 12.0, "%"),
        ("Norrby", 27.5, "%"),
        ("Strand", 9.0, "%"),
    ]
    assert len(found) == 6


def test_a_second_heading_row_becomes_part_of_the_period(made: Made) -> None:
    text = """
| Indikator | 2023 | < | 2024 | < |
| ^ | Kvinnor | Män | Kvinnor | Män |
| Trygg i skolan | 81 | 86 | 80 | 88 |
"""
    found = indicators(made(text))
    assert [(i.period, i.value) for i in found] == [
        ("2023 Kvinnor", 81.0),
        ("2023 Män", 86.0),
        ("2024 Kvinnor", 80.0),
        ("2024 Män", 88.0),
    ]


def test_the_column_headed_indicator_gives_the_name(made: Made) -> None:
    text = """
| Mål | Indikator | Enhet | Utfall 2023 | Utfall 2024 |
| Trygg kommun | Skadegörelse i skolor | kr/elev | 120 | 95 |
"""
    found = indicators(made(text))
    assert [(i.name, i.period, i.value, i.unit) for i in found] == [
        ("Skadegörelse i skolor", "Utfall 2023", 120.0, "kr/elev"),
        ("Skadegörelse i skolor", "Utfall 2024", 95.0, "kr/elev"),
    ]


def test_headings_that_a_page_break_repeats_are_no_rows(made: Made) -> None:
    text = """
| Indikator | 2023 | 2024 |
| Trygg i skolan | 81 | 84 |
| Indikator | 2023 | 2024 |
| Trygg på fritiden | 77 | 79 |
"""
    assert [i.value for i in indicators(made(text))] == [81.0, 84.0, 77.0, 79.0]


@pytest.mark.parametrize(
    "text",
    [
        "| Nämnd | Budget 2024 | Utfall 2024 | Avvikelse |\n| Socialnämnden | 412 000 | 419 500 | -7 500 |",
        "> Nettokostnad i tkr\n| | 2023 | 2024 |\n| Andel administration | 12 | 13 |",
        "| Rubrik | Sida |\n| Sammanfattning | 3 |\n| Bakgrund | 5 |",
        "| Intervjuade | Antal |\n| Rektorer | 4 |\n| Kuratorer | 2 |",
        "| Område | Signifikant effekt | Förändring i procent | Antal studier |\n| Antal brott | Ja | -13 % | 76 |",
        "| Nämnd | Ledamöter | Sammanträden |\n| Socialnämnden | 11 | 10 |",
        "| Revisionsfråga | Bedömning | Rekommendation |\n| Är styrningen tillräcklig? | Delvis | Förtydliga målen |",
        "| Nämnd | 2022 | 2023 |\n| Socialnämnden | 412 | 420 |",
        "| Aktivitet | 2024 | 2025 | 2026 |\n| Trygghetsvandring | X | X | |",
        "Budget 2022 2023\nSkola 412 420\nVård 300 310",
        "Indikatorer\nKommunen har 22 indikatorer för 2023.\nUtfallet redovisas i årsredovisningen.",
        "Nyckeltal 2023 visar att kostnaden ökat med 4,5 procent.",
    ],
)
def test_other_tables_give_no_indicators(made: Made, text: str) -> None:
    assert find_indicators(made(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "> Anmälda brott\n| Brottstyp | 2022 | 2023 | Förändring |\n| Stöld | 1 204 | – | |\n| Rån | 12 | 9 | -3 |",
        "Brottstyp 2022 2023\nStöld 1 204 -\nRån 12 9\nText som följer.",
        "| År | Stöld | Rån |\n| 2022 | 1 204 | 12 |\n| 2023 | – | 9 |",
    ],
    ids=["years as columns", "run together", "years as rows"],
)
def test_a_series_of_years_is_indicators_whatever_its_rows_are_called(made: Made, text: str) -> None:
    found = {(i.name, i.period, i.value) for i in indicators(made(text))}
    assert found == {("Stöld", "2022", 1204.0), ("Rån", "2022", 12.0), ("Rån", "2023", 9.0)}


def test_a_caption_gives_the_unit_of_its_own_table_only(made: Made) -> None:
    text = """
> Tabell 1. Anmälda brott
| Brottstyp | 2022 | 2023 |
| Stöld | 112 | 134 |
> Tabell 2. Trygghet enligt enkäten, procent
| Fråga | 2022 | 2023 |
| Känner sig trygg i centrum | 64,5 | 61,2 |
"""
    assert [i.unit for i in indicators(made(text))] == ["", "", "%", "%"]
    under = """
| Brottstyp | 2022 | 2023 |
| Stöld | 112 | 134 |
> Tabell 1. Anmälda brott
| Fråga | 2022 | 2023 |
| Känner sig trygg i centrum | 64,5 | 61,2 |
> Tabell 2. Trygghet enligt enkäten, procent
"""
    assert [i.unit for i in indicators(made(under))] == ["", "", "%", "%"]


SURVEYS = {
    "merged headings": """
| Fråga | Antal | < | < | Andel | < | < |
| ^ | Ja | Nej | Vet ej | Ja | Nej | Vet ej |
| Finns en plan? | 7 | 2 | 1 | 70% | 20% | 10% |
| Följs planen upp? | 4 | 6 | 0 | 40% | 60% | 0% |
""",
    "empty heading cells": """
| Fråga | Antal | | | Andel | | |
| | Ja | Nej | Vet ej | Ja | Nej | Vet ej |
| Finns en plan? | 7 | 2 | 1 | 70% | 20% | 10% |
| Följs planen upp? | 4 | 6 | 0 | 40% | 60% | 0% |
""",
    "run together": """
Fråga Antal Andel
Ja Nej Vet ej Ja Nej Vet ej
Finns en plan?
7 2 1 70% 20% 10%
Följs planen upp? 4 6 0 40% 60% 0%
""",
    "both in one cell": """
| Enkätfråga | Ja | Nej | Vet ej |
| Finns en plan? | 7 (70 %) | 2 (20 %) | 1 (10 %) |
| Följs planen upp? | 4 (40 %) | 6 (60 %) | 0 (0 %) |
""",
}


@pytest.mark.parametrize("text", SURVEYS.values(), ids=list(SURVEYS))
def test_survey_answers_have_count_and_share_whatever_the_heading(made: Made, text: str) -> None:
    found = find_survey_answers(made(text))
    assert [(a.question, a.answer, a.count, a.share) for a in found] == [
        ("Finns en plan?", "Ja", 7, 0.7),
        ("Finns en plan?", "Nej", 2, 0.2),
        ("Finns en plan?", "Vet ej", 1, 0.1),
        ("Följs planen upp?", "Ja", 4, 0.4),
        ("Följs planen upp?", "Nej", 6, 0.6),
        ("Följs planen upp?", "Vet ej", 0, 0.0),
    ]


def test_shares_without_counts_and_a_total_row(made: Made) -> None:
    text = """
| Påstående | Instämmer helt | Instämmer delvis | Instämmer inte |
| Jag vet vem som samordnar arbetet | 52 % | 31 % | 17 % |
| Totalt | 50 % | 30 % | 20 % |
"""
    found = find_survey_answers(made(text))
    assert [(a.answer, a.count, a.share) for a in found] == [
        ("Instämmer helt", None, 0.52),
        ("Instämmer delvis", None, 0.31),
        ("Instämmer inte", None, 0.17),
    ]


def test_a_survey_table_gives_no_indicators(made: Made) -> None:
    assert indicators(made(SURVEYS["merged headings"])) == []


def test_ids_are_stable_and_differ(made: Made) -> None:
    first, again = indicators(made(TABLE)), indicators(made(TABLE))
    assert [i.id for i in first] == [i.id for i in again]
    assert len({i.id for i in first}) == len(first)


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Fråga | Ja | Nej | Vet ej | Andel ja", "8 | 1 | 1 | 80 %"),
        ("Fråga | Antal ja | Antal nej | Antal vet ej | Andel som svarat ja (%)", "8 | 1 | 1 | 80"),
        ("Fråga | Ja (antal) | Ja (%) | Nej (antal) | Vet ej (antal)", "8 | 80 | 1 | 1"),
    ],
)
def test_a_column_of_shares_of_one_answer(made: Made, heading: str, row: str) -> None:
    found = find_survey_answers(made(f"| {heading} |\n| Finns en plan? | {row} |"))
    assert [(a.answer, a.count, a.share) for a in found] == [("Ja", 8, 0.8), ("Nej", 1, None), ("Vet ej", 1, None)]


@pytest.mark.parametrize(
    "text",
    [
        "> Svar på enkäten, procent\n| Fråga | Ja | Nej | Vet ej |\n| Är du trygg? | 80 | 15 | 4 |",
        "| Påstående | Ja | Nej | Vet ej |\n| Jag är trygg | 80 | 15 | 4 |\n| Jag trivs | 71 | 25 | 4 |",
    ],
    ids=["the caption says so", "the rows sum to a hundred"],
)
def test_bare_figures_can_be_shares(made: Made, text: str) -> None:
    first = find_survey_answers(made(text))[0]
    assert (first.count, first.share) == (None, 0.8)


def test_a_scale_under_a_question_is_a_survey(made: Made) -> None:
    text = "| Fråga | Mycket bra | Ganska bra |\n| Hur fungerar samverkan? | 8 | 3 |"
    assert [(a.answer, a.count) for a in find_survey_answers(made(text))] == [("Mycket bra", 8), ("Ganska bra", 3)]
