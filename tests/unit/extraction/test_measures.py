from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from granskning_ai.extraction.measures import find_measures
from granskning_ai.extraction.plan_tables import read_flat_head, role_of_heading, roles_of_headings
from granskning_ai.model import DocType, Document, Measure

Made = Callable[..., Document]


def measures(document: Document) -> list[Measure]:
    found = [m for m in find_measures(document) if isinstance(m, Measure)]
    for measure in found:
        for proof in measure.evidence:
            assert document.text[proof.start : proof.end] == proof.quote
    return found


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Åtgärd/insats", "name"),
        ("Planerade åtgärder", "name"),
        ("Aktivitet", "name"),
        ("Vad ska göras?", "name"),
        ("Insatsområde", "area"),
        ("Prioriterat område", "area"),
        ("Inriktning", "area"),
        ("Ansvarig nämnd", "responsible"),
        ("Vem", "responsible"),
        ("Effektmål", "goal"),
        ("Målsättning", "goal"),
        ("Syfte", "purpose"),
        ("Tidplan", "time"),
        ("Beskrivning av insatsen", "description"),
        ("Belopp i kronor", None),
    ],
)
def test_a_columns_heading_tells_its_role(heading: str, role: str | None) -> None:
    assert role_of_heading(heading) == role


def test_a_table_without_a_column_for_measures_is_no_table_of_measures() -> None:
    assert roles_of_headings(["Område", "Syfte", "Mål"]) is None
    assert roles_of_headings(["Åtgärd", "Belopp"]) is None
    assert roles_of_headings(["Åtgärd", "Aktiviteter", "Ansvarig"]) == ["name", "description", "responsible"]


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("Fokusområde Aktivitet Ansvarig Tidplan", ["area", "name", "responsible", "time"]),
        ("Åtgärd Syfte Ansvarig nämnd", ["name", "purpose", "responsible"]),
        ("Åtgärder och mål för kommunens arbete", None),
        ("Insatser", None),
        ("Insats syfte mål", None),
    ],
)
def test_a_run_together_heading_is_read_only_when_every_word_is_a_heading(line: str, roles: list[str] | None) -> None:
    assert read_flat_head(line) == roles


PLAN_TABLE = """
# Åtgärder 2026
| Fokusområde | Åtgärd | Syfte | Mål | Ansvarig | Tidplan |
| Trygga platser | Ny belysning i Ekparken | Göra parken tryggare | Färre anmälda brott | Tekniska nämnden | 2026 |
| ^ | Trygghetsvandringar | | Två vandringar per år | Kommunstyrelsen | Årligen |
| Barn och unga | Föräldrastöd i grupp | Stärka vårdnadshavare | | Socialnämnden | Löpande |
"""


def test_a_plans_table_gives_one_measure_per_row_with_merged_areas(made: Made) -> None:
    found = measures(made(PLAN_TABLE, DocType.ACTION_PLAN))
    assert [(m.area, m.name) for m in found] == [
        ("Trygga platser", "Ny belysning i Ekparken"),
        ("Trygga platser", "Trygghetsvandringar"),
        ("Barn och unga", "Föräldrastöd i grupp"),
    ]
    assert [m.responsible for m in found] == ["Tekniska nämnden", "Kommunstyrelsen", "Socialnämnden"]
    assert found[0].purpose == "Göra parken tryggare"
    assert found[1].purpose == ""
    assert found[1].goal == "Två vandringar per år"
    assert found[0].evidence[0].quote == "Ny belysning i Ekparken"


def test_an_area_that_stands_only_in_the_first_row_of_its_group_is_carried_on(made: Made) -> None:
    found = measures(made(PLAN_TABLE.replace("^", " "), DocType.ACTION_PLAN))
    assert [m.area for m in found] == ["Trygga platser", "Trygga platser", "Barn och unga"]


def test_a_row_that_only_names_an_area_heads_the_rows_below(made: Made) -> None:
    text = """
| Område | Insats | Ansvarig |
| Hedersförtryck | | |
| | Utbildning av skolpersonal | Skolnämnden |
| | Stödtelefon | Socialnämnden |
"""
    found = measures(made(text, DocType.ACTION_PLAN))
    assert [(m.area, m.name) for m in found] == [
        ("Hedersförtryck", "Utbildning av skolpersonal"),
        ("Hedersförtryck", "Stödtelefon"),
    ]


def test_headings_that_are_merged_into_one_cell_are_told_apart(made: Made) -> None:
    text = """
| Område Insats Ansvarig | < | < |
| Skola | Rastvärdar | Skolnämnden |
"""
    (measure,) = measures(made(text, DocType.ACTION_PLAN))
    assert (measure.area, measure.name, measure.responsible) == ("Skola", "Rastvärdar", "Skolnämnden")


def test_a_table_goes_on_on_the_next_page_without_its_headings(made: Made) -> None:
    text = """
| Område | Insats | Ansvarig |
| Skola | Rastvärdar | Skolnämnden |
~ 4 (9)
| | Samtal efter konflikter | Skolnämnden |
| Fritid | Kvällsöppen fritidsgård | Fritidsnämnden |
"""
    found = measures(made(text, DocType.ACTION_PLAN))
    assert [(m.area, m.name) for m in found][1:] == [
        ("Skola", "Samtal efter konflikter"),
        ("Fritid", "Kvällsöppen fritidsgård"),
    ]


def test_a_title_row_over_the_headings_names_the_area(made: Made) -> None:
    text = """
| Fokusområde: Trygga miljöer | < | < |
| Aktivitet | Ansvarig | Tidplan |
| Klottersanering inom ett dygn | Tekniska nämnden | Löpande |
"""
    (measure,) = measures(made(text, DocType.ACTION_PLAN))
    assert (measure.area, measure.responsible) == ("Trygga miljöer", "Tekniska nämnden")


def test_a_lone_cell_without_a_name_goes_on_with_the_row_above(made: Made) -> None:
    text = """
| Insats | Beskrivning | Ansvarig |
| Fältgrupp | Gruppen arbetar kvällar och | Socialnämnden |
| | helger i centrum. | |
"""
    (measure,) = measures(made(text, DocType.ACTION_PLAN))
    assert measure.description.split() == ["Gruppen", "arbetar", "kvällar", "och", "helger", "i", "centrum."]


def test_an_empty_name_falls_back_to_the_first_filled_cell(made: Made) -> None:
    text = """
| Område | Insats | Syfte | Mål |
| Torget | | Fler vuxna på torget om kvällarna. | Ökad trygghet |
"""
    (measure,) = measures(made(text, DocType.ACTION_PLAN))
    assert measure.name == "Fler vuxna på torget om kvällarna"
    assert measure.area == "Torget"


FLAT = """
# 3 Handlingsplan
Inriktning Åtgärd Syfte Målsättning Beskrivning
Trygga platser
Belysning längs gångstråk
Syftet är att minska otryggheten på väg till stationen.
Målet är att inga stråk är mörka.
Tekniska kontoret byter armaturer.
Värdar på stationen
Syftar till att fler ska våga resa på kvällen.
Minska antalet störningar på perrongen.
Värdarna går i par.
- fredagar och lördagar
- vid evenemang
Utsatta unga Nattfotboll för flickor
Syftet är att ge flickor en plats på kvällstid.
Målet är att hälften av deltagarna är flickor.
Hallen är öppen till midnatt.
Fältare Insatsen är uppsökande och syftar till att nå unga i riskzon.
Målet är att fler unga får stöd i tid.
Två fältare arbetar kvällar.
# Bilagor
Nedan finns en förteckning.
"""


def test_a_run_together_table_is_put_back_into_rows_and_columns(made: Made) -> None:
    found = measures(made(FLAT, DocType.ACTION_PLAN))
    assert [(m.area, m.name) for m in found] == [
        ("Trygga platser", "Belysning längs gångstråk"),
        ("Trygga platser", "Värdar på stationen"),
        ("Utsatta unga", "Nattfotboll för flickor"),
        ("Utsatta unga", "Fältare"),
    ]
    assert found[1].purpose == "Syftar till att fler ska våga resa på kvällen."
    assert found[1].goal == "Minska antalet störningar på perrongen."
    assert found[1].description.split("\n") == ["Värdarna går i par.", "fredagar och lördagar", "vid evenemang"]
    assert found[3].purpose == "Insatsen är uppsökande och syftar till att nå unga i riskzon."


def test_a_run_together_cell_that_could_be_in_two_columns_is_left_out(made: Made) -> None:
    text = """
Åtgärd Syfte Mål Ansvarig
Nattvandring i centrum
Fler vuxna ska röra sig ute på helgkvällar.
Kultur- och fritidsnämnden
Grannsamverkan
Syftet är att hindra inbrott.
Målet är att halvera antalet inbrott.
Kommunstyrelsen
"""
    first, second = measures(made(text, DocType.ACTION_PLAN))
    assert (first.name, first.purpose, first.goal) == ("Nattvandring i centrum", "", "")
    assert first.responsible == "Kultur- och fritidsnämnden"
    assert second.purpose == "Syftet är att hindra inbrott."
    assert second.goal == "Målet är att halvera antalet inbrott."
    assert second.responsible == "Kommunstyrelsen"


def test_a_run_together_heading_may_stand_in_one_block_per_column(made: Made) -> None:
    text = """
Område
Aktivitet
Ansvarig
Skolmiljö
Trygghetsrond två gånger per termin
Rektor och fastighetschef
Fritid
Öppen fritidsgård
Fritidschef
"""
    found = measures(made(text, DocType.ACTION_PLAN))
    assert [(m.area, m.name, m.responsible) for m in found] == [
        ("Skolmiljö", "Trygghetsrond två gånger per termin", "Rektor och fastighetschef"),
        ("Fritid", "Öppen fritidsgård", "Fritidschef"),
    ]


def test_a_first_column_of_goals_is_carried_on_like_an_area(made: Made) -> None:
    table = """
| Mål | Aktivitet | Ansvarig |
| Färre inbrott | Informera om grannsamverkan | Kommunstyrelsen |
| | Märk-DNA till hushåll | Räddningstjänsten |
"""
    flat = """
Mål Aktivitet Ansvarig
Färre inbrott
Informera om grannsamverkan
Kommunstyrelsen
Märk-DNA till hushåll
Räddningstjänsten
"""
    for text in (table, flat):
        found = measures(made(text, DocType.ACTION_PLAN))
        assert [(m.name, m.goal, m.responsible) for m in found] == [
            ("Informera om grannsamverkan", "Färre inbrott", "Kommunstyrelsen"),
            ("Märk-DNA till hushåll", "Färre inbrott", "Räddningstjänsten"),
        ]


def test_a_run_together_table_whose_measures_are_sentences(made: Made) -> None:
    text = """
Mål Aktivitet Ansvarig Tidplan
Fler ska våga vara i centrum.
Genomföra trygghetsvandringar i samtliga kommundelar.
Säkerhetssamordnare
Årligen
Inbrotten ska minska.
Informera om grannsamverkan på kommunens webbplats.
Kommunikationsavdelningen
2026
"""
    found = measures(made(text, DocType.ACTION_PLAN))
    assert [(m.name, m.goal, m.responsible) for m in found] == [
        (
            "Genomföra trygghetsvandringar i samtliga kommundelar",
            "Fler ska våga vara i centrum.",
            "Säkerhetssamordnare",
        ),
        (
            "Informera om grannsamverkan på kommunens webbplats",
            "Inbrotten ska minska.",
            "Kommunikationsavdelningen",
        ),
    ]


def test_a_run_together_table_with_columns_that_are_not_kept(made: Made) -> None:
    text = """
Vad Vem När Uppföljning
Rensa buskage längs cykelvägar
Tekniska nämnden
Löpande
Redovisas i årsrapporten
Nattvandring med föreningar
Kultur- och fritidsförvaltningen
Hösten 2026
Enkät till deltagarna
"""
    found = measures(made(text, DocType.ACTION_PLAN))
    assert [(m.name, m.responsible) for m in found] == [
        ("Rensa buskage längs cykelvägar", "Tekniska nämnden"),
        ("Nattvandring med föreningar", "Kultur- och fritidsförvaltningen"),
    ]


def test_list_items_under_a_heading_for_measures_are_measures_when_someone_answers_for_them(made: Made) -> None:
    text = """
# 2 Mål
- Stärka arbetet mot våld
- Öka tryggheten i centrum
# 3 Åtgärder
## Trygga platser
1. Rensa buskage vid stationen. Ansvarig: tekniska nämnden.
2. Utöka belysningen i Lillskogen. Syfte: minska mörka stråk. Ansvarig: tekniska nämnden. Tidplan: 2026
## Unga
3. Starta föräldragrupper
Ansvarig: socialnämnden
# 4 Uppföljning
- Planen följs upp varje år
"""
    found = measures(made(text, DocType.ACTION_PLAN))
    assert [(m.area, m.name, m.responsible) for m in found] == [
        ("Trygga platser", "Rensa buskage vid stationen", "tekniska nämnden"),
        ("Trygga platser", "Utöka belysningen i Lillskogen", "tekniska nämnden"),
        ("Unga", "Starta föräldragrupper", "socialnämnden"),
    ]
    assert found[1].purpose == "minska mörka stråk"


def test_entries_with_labelled_lines_are_measures(made: Made) -> None:
    text = """
# Handlingsplan
## Åtgärd 1: Lokala ordningsregler
Syfte: Tydliga regler på kommunens platser.
Mål: Färre klagomål.
Ansvarig: Kommunstyrelsen
## Åtgärd 2: Medling vid brott
Beskrivning: Unga gärningspersoner möter den utsatta.
Ansvarig: Socialnämnden
"""
    found = measures(made(text, DocType.ACTION_PLAN))
    assert [(m.name, m.responsible) for m in found] == [
        ("Lokala ordningsregler", "Kommunstyrelsen"),
        ("Medling vid brott", "Socialnämnden"),
    ]
    assert found[0].goal == "Färre klagomål"
    assert found[1].description == "Unga gärningspersoner möter den utsatta"


@pytest.mark.parametrize(
    "doc_type", [DocType.AUDIT_REPORT, DocType.PRE_STUDY, DocType.FOLLOW_UP, DocType.REGIONAL_REPORT]
)
def test_an_auditors_or_regions_report_has_no_measures(made: Made, doc_type: DocType) -> None:
    assert measures(made(PLAN_TABLE, doc_type)) == []


def test_aims_and_other_tables_of_a_plan_are_no_measures(made: Made) -> None:
    text = """
# Prioriterade inriktningar
- Stärka kommunens arbete mot nyrekrytering
- Öka kunskapen om brottsutsatthet
| Nämnd | Budget | Utfall |
| Socialnämnden | 100 | 98 |
"""
    assert measures(made(text, DocType.ACTION_PLAN)) == []


def test_ids_are_stable_and_differ(made: Made) -> None:
    first, again = measures(made(PLAN_TABLE, DocType.ACTION_PLAN)), measures(made(PLAN_TABLE, DocType.ACTION_PLAN))
    assert [m.id for m in first] == [m.id for m in again]
    assert len({m.id for m in first}) == 3


def told(document: Document) -> list[tuple[str, str, str, str]]:
    return [(m.name, m.area, m.responsible, m.description) for m in measures(document)]


def test_list_items_that_begin_with_a_name_under_areas(made: Made) -> None:
    text = """
# Åtgärdsplan 2025
## Insatsområde 1: Norrby
Målet är att fler ska känna sig trygga.
- Värdar på torget. Två värdar går ronder. De pratar med dem som är där. Ansvarig: Björkdalahem AB.
- Nattvandring – vuxna går ute på fredagar. Ansvarig: kultur- och fritidsnämnden
- Belysning: tre gångtunnlar får nya lampor. Ansvar: tekniska nämnden. Klart: 2026.
- Bänkar på torget (tekniska nämnden)
- Fler rastvärdar. Rektor ansvarar.
- Ordning och reda
## Prioriterat område 2. Skolan
- Vi utbildar lärarna. Det sker varje höst. Ansvarig är utbildningsnämnden.
## Uppföljning
- Planen följs upp i maj. Ansvarig: kommunstyrelsen.
"""
    assert told(made(text, DocType.ACTION_PLAN)) == [
        ("Värdar på torget", "Norrby", "Björkdalahem AB", "Två värdar går ronder. De pratar med dem som är där."),
        ("Nattvandring", "Norrby", "kultur- och fritidsnämnden", "vuxna går ute på fredagar."),
        ("Belysning", "Norrby", "tekniska nämnden", "tre gångtunnlar får nya lampor."),
        ("Bänkar på torget", "Norrby", "tekniska nämnden", ""),
        ("Fler rastvärdar", "Norrby", "Rektor", ""),
        ("Vi utbildar lärarna", "Skolan", "utbildningsnämnden", "Det sker varje höst."),
    ]


def test_a_heading_names_the_area_of_items_that_say_who_is_responsible(made: Made) -> None:
    text = "# Plan\n## Trygga skolor\n- Rastvärdar i korridorerna. Ansvarig: rektor.\n## Så gör vi\n- Polisen talar."
    assert told(made(text, DocType.ACTION_PLAN)) == [("Rastvärdar i korridorerna", "Trygga skolor", "rektor", "")]


@pytest.mark.parametrize(
    "text",
    [
        "# Plan\n## Åtgärder\n### 3.1 Områdesvärdar\nTvå värdar går ronder.\nAnsvarig: Björkdalahem AB\nTid: 2025",
        "# Plan\n## Insatsområde 1: Norrby\n### Områdesvärdar\nTvå värdar går ronder. Ansvarig: Björkdalahem AB.",
        "# Plan\n## Insatsområde 1: Norrby\n### Insats 1.1 Områdesvärdar\nTvå värdar.\nAnsvarig: Björkdalahem AB",
        "# Plan\n## Åtgärder\n- Områdesvärdar\n  - Två värdar går ronder.\n  - Ansvarig: Björkdalahem AB",
        "# Plan\n## Mål 1: Norrby\nOmrådesvärdar. Två värdar går ronder. Ansvarig: Björkdalahem AB.",
        "# Plan\nÅtagande: Områdesvärdar. Två värdar går ronder. Ansvarig: Björkdalahem AB",
    ],
    ids=["sub-heading", "under an area", "numbered heading", "nested list", "paragraph", "entry"],
)
def test_other_forms_of_a_measure(made: Made, text: str) -> None:
    (measure,) = measures(made(text, DocType.ACTION_PLAN))
    assert measure.name.startswith("Områdesvärdar")
    assert measure.responsible == "Björkdalahem AB"


def test_a_label_with_a_capital_letter_needs_no_full_stop_before_it(made: Made) -> None:
    text = "# Plan\nÅtagande: Lysa upp gångvägen vid Strandskolan Ansvarig: Tekniska förvaltningen"
    assert told(made(text, DocType.ACTION_PLAN)) == [
        ("Lysa upp gångvägen vid Strandskolan", "", "Tekniska förvaltningen", "")
    ]


def test_what_somebody_answers_for_in_general_is_no_measure(made: Made) -> None:
    text = "# Plan\n## Organisation\n- Kommunstyrelsen ansvarar för planen.\n- Rådet har ansvar för att den följs."
    assert measures(made(text, DocType.ACTION_PLAN)) == []


def test_rows_that_are_kept_as_lines_are_cut_at_capitals_and_times(made: Made) -> None:
    text = """
Område Åtgärd Ansvarig Klart
Trygga hus Märkning av maskiner med DNA Näringslivschefen 2025 Trygga hus Grannsamverkan i Norrby Vaktchefen löpande
Skolan Avlämningszon vid Centralskolan Tekniska enheten våren 2026
Skolan Rastvärdar 2026
"""
    assert [(m.area, m.name, m.responsible) for m in measures(made(text, DocType.ACTION_PLAN))] == [
        ("Trygga hus", "Märkning av maskiner med DNA", "Näringslivschefen"),
        ("Trygga hus", "Grannsamverkan i Norrby", "Vaktchefen"),
        ("Skolan", "Avlämningszon vid Centralskolan", "Tekniska enheten"),
    ]


@pytest.mark.real
def test_the_real_plans_rows_are_found_whole(shared: Path) -> None:
    import yaml

    from granskning_ai.extraction.rules import RuleExtractor
    from granskning_ai.model import SourceFile
    from granskning_ai.parsing.text import TextParser

    path = shared / "corpora" / "sodertalje-2025-atgardsplan.txt"
    data = path.read_bytes()
    document = RuleExtractor().describe(TextParser().parse(SourceFile.of(path.name, data, "text"), data))
    found = measures(document)
    gold = yaml.safe_load((shared / "gold" / f"{path.stem}.yaml").read_text(encoding="utf-8"))["measures"]
    assert len(found) == len(gold)
    assert all(m.area and m.purpose and m.goal and m.description for m in found)
    assert [m.area for m in found] == [g["area"] for g in gold]
