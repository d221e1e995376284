from __future__ import annotations

from collections.abc import Callable

import pytest

from granskning_ai.extraction.criteria import find_criteria
from granskning_ai.model import Criterion, DocType, Document

Made = Callable[..., Document]


def criteria(document: Document) -> list[tuple[str, str | None]]:
    found = [c for c in find_criteria(document) if isinstance(c, Criterion)]
    for criterion in found:
        for proof in criterion.evidence:
            assert document.text[proof.start : proof.end] == proof.quote
    return [(criterion.text, criterion.law) for criterion in found]


@pytest.mark.parametrize(
    "lead",
    [
        "# 2.3 Revisionskriterier",
        "# Revisionskriterier och ansvarig nämnd\nVi har bedömt om nämndens arbete uppfyller:",
        "# Bakgrund\nBedömningen görs mot nedanstående revisionskriterier:",
        "# Metod\nSom bedömningsgrunder har använts:",
        "# Bakgrund\nVi har granskat om styrelsen lever upp till:",
    ],
)
def test_the_list_under_a_heading_or_lead_is_the_criteria(made: Made, lead: str) -> None:
    text = f"""
{lead}
- Kommunallagen 6 kap. 6 §
- Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete,
- kommunens reglementen och delegationsordning, samt
- mål och budget 2024.
Granskningen avser kommunstyrelsen.
- Socialnämnden berörs också
"""
    assert criteria(made(text, year=2024)) == [
        ("Kommunallagen 6 kap. 6 §", "2017:725"),
        ("Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete", "2023:196"),
        ("kommunens reglementen och delegationsordning", None),
        ("mål och budget 2024", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Revisionskriterierna utgörs av kommunallagen, socialtjänstlagen och kommunens riktlinjer.",
            [("Kommunallagen", "2017:725"), ("Socialtjänstlagen", "2001:453"), ("Kommunens riktlinjer", None)],
        ),
        (
            "Som revisionskriterier har varit skollagen (2010:800) samt fullmäktiges mål och budget.",
            [("Skollagen (2010:800)", "2010:800"), ("Fullmäktiges mål och budget", None)],
        ),
        (
            "Revisionskriterier är plan- och bygglagen (2010:900), interna styrdokument och nämndens reglemente.",
            [
                ("Plan- och bygglagen (2010:900)", "2010:900"),
                ("Interna styrdokument", None),
                ("Nämndens reglemente", None),
            ],
        ),
    ],
)
def test_criteria_in_running_prose(made: Made, sentence: str, expected: list[tuple[str, str | None]]) -> None:
    assert criteria(made(f"# Revisionskriterier\n{sentence}", year=2024)) == expected


def test_prose_that_cannot_be_cut_is_one_criterion(made: Made) -> None:
    text = "Revisionskriterierna utgörs av god sed, tydlighet, samt de krav som kommunens policy ställer."
    ((criterion, _),) = criteria(made(text))
    assert criterion.endswith("kommunens policy ställer")


def test_criteria_on_lines_of_their_own(made: Made) -> None:
    text = """
# Revisionskriterier
Kommunallag (2017:725)
Av 6 kap. framgår nämndernas ansvar för den interna kontrollen.
Arkivlag (1990:782)
"""
    assert criteria(made(text)) == [("Kommunallag (2017:725)", "2017:725"), ("Arkivlag (1990:782)", "1990:782")]


def test_a_table_with_a_column_of_criteria(made: Made) -> None:
    text = """
| Revisionskriterier | Källa |
| Förvaltningslagen 5 § | SFS |
| Nämndens riktlinjer för klagomål | Intranätet |
"""
    assert criteria(made(text)) == [("Förvaltningslagen 5 §", "2017:900"), ("Nämndens riktlinjer för klagomål", None)]


def test_a_house_that_calls_its_questions_criteria(made: Made) -> None:
    text = """
# Revisionskriterier
- Finns aktuella riktlinjer?
- Är ansvaret tydligt fördelat?
- Följs arbetet upp?
"""
    assert criteria(made(text)) == []
    stated = "# Revisionskriterier\n- Har nämnden en plan\n- Är planen känd\nText."
    assert criteria(made(stated)) == []


def test_a_criterion_that_is_repeated_is_one_with_both_places(made: Made) -> None:
    part = "# Revisionskriterier\n- Kommunallagen 6 kap. 6 §\n- Kommunens trygghetspolicy\n"
    found = find_criteria(made(part + "# Metod\nText.\n" + part))
    assert len(found) == 2
    assert [len(criterion.evidence) for criterion in found] == [2, 2]


@pytest.mark.parametrize("doc_type", [DocType.ACTION_PLAN, DocType.AGREEMENT, DocType.RESPONSE])
def test_plans_and_replies_have_no_criteria(made: Made, doc_type: DocType) -> None:
    assert criteria(made("# Revisionskriterier\n- Kommunallagen\n- Policyn", doc_type)) == []


@pytest.mark.parametrize(
    "text",
    [
        "# Revisionskriterier\n# Metod\n- Intervju med rektor",
        "# Revisionskriterier och avgränsning\nGranskningsobjekt är följande nämnder:\n- Socialnämnden\n- Skolnämnden",
        "Kommunallagen gäller alla kommuner.",
    ],
)
def test_other_lists_are_no_criteria(made: Made, text: str) -> None:
    assert criteria(made(text)) == []


ACT = ("Kommunallagen 6 kap. 6 §", "2017:725")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Vi har utgått från kommunallagen 6 kap. 6 §, nämndens reglemente och överenskommelsen med polisen.",
            [ACT, ("Nämndens reglemente", None), ("Överenskommelsen med polisen", None)],
        ),
        (
            "Granskningen utgår från kommunallagen 6 kap. 6 § och lagen om kommunal bokföring och redovisning.",
            [ACT, ("Lagen om kommunal bokföring och redovisning", "2018:597")],
        ),
        (
            "Som grund för bedömningen ligger skollagen (2010:800), 6 kap. 6 § kommunallagen och stadens policy.",
            [("Skollagen (2010:800)", "2010:800"), ("6 kap. 6 § kommunallagen", "2017:725"), ("Stadens policy", None)],
        ),
        (
            "Till grund för vår bedömning ligger kommunallagen 6 kap. 6 § samt fullmäktiges mål och budget.",
            [ACT, ("Fullmäktiges mål och budget", None)],
        ),
        (
            "Kommunallagen 6 kap. 6 § och nämndens reglemente ligger till grund för granskningen.",
            [ACT, ("Nämndens reglemente", None)],
        ),
        (
            "Vi har använt kommunallagen 6 kap. 6 § och kommunens inköpspolicy som revisionskriterier.",
            [ACT, ("Kommunens inköpspolicy", None)],
        ),
        (
            "Som bedömningsgrunder har kommunallagen 6 kap. 6 § och kommunens reglementen använts.",
            [ACT, ("Kommunens reglementen", None)],
        ),
        (
            "De kriterier som används för bedömningen är kommunallagen 6 kap. 6 § och fullmäktiges mål.",
            [ACT, ("Fullmäktiges mål", None)],
        ),
        (
            "Vi har bedömt arbetet mot kommunallagen 6 kap. 6 §, LVU och mot de riktlinjer som nämnden har antagit.",
            [ACT, ("LVU", "1990:52"), ("De riktlinjer som nämnden har antagit", None)],
        ),
        (
            "I granskningen har vi utgått från kommunallagen 6 kap. 6 § och stadens policy när vi har bedömt arbetet.",
            [ACT, ("Stadens policy", None)],
        ),
    ],
)
def test_prose_that_names_the_grounds_of_the_audit(
    made: Made, sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    assert criteria(made(f"# Utgångspunkter\n{sentence}", year=2024)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Vi har utgått från intervjuer, protokoll och kommunens riktlinjer.",
        "Granskningen utgår från revisionsplanen för 2024 och revisorernas riskanalys.",
        "Granskningen bygger på dokumentstudier, sju intervjuer och en genomgång av protokollen.",
        "Granskningen har utgått från fyra kontrollfrågor.",
        "Bedömningen utgår från att årets mål inte har nåtts.",
        "Bedömningen görs mot bakgrund av lagens krav.",
        "Nämndens arbete utgår från skollagen och verksamhetsplanen.",
        "Granskningen har genomförts enligt kommunallagen 12 kap. och god revisionssed.",
        "Vi har utgått från det underlag som bolaget har lämnat.",
    ],
)
def test_what_is_read_or_done_is_no_criterion(made: Made, sentence: str) -> None:
    assert criteria(made(f"# Metod\n{sentence}", year=2024)) == []


def test_a_list_of_grounds_is_one_of_acts_and_rules(made: Made) -> None:
    grounds = "# Utgångspunkter\nVi har utgått från:\n- kommunallagen 6 kap. 6 §\n- stadens policy\nText."
    assert [text for text, _ in criteria(made(grounds))] == ["kommunallagen 6 kap. 6 §", "stadens policy"]
    papers = "# Utgångspunkter\nVi har utgått från följande dokument:\n- policyn för inköp\n- verksamhetsplanen\nText."
    assert criteria(made(papers)) == []


def test_a_section_that_tells_about_the_acts_gives_them_with_their_provisions(made: Made) -> None:
    text = """
# Revisionskriterier
Av 6 kap. 6 § kommunallagen framgår att nämnden ska följa målen. Skollagen 4 kap. 3 § säger hur.
Livsmedelslagen (2006:804) gäller för måltiderna.
"""
    assert criteria(made(text, year=2024)) == [
        ("6 kap. 6 § kommunallagen", "2017:725"),
        ("Skollagen 4 kap. 3 §", "2010:800"),
        ("Livsmedelslagen (2006:804)", "2006:804"),
    ]


def test_a_chapter_keeps_its_full_stop(made: Made) -> None:
    assert criteria(made("# Revisionskriterier\n- Skollagen 2 kap.\n- Nämndens plan.\nText.")) == [
        ("Skollagen 2 kap.", "2010:800"),
        ("Nämndens plan", None),
    ]
