from __future__ import annotations

import re

import pytest

from granskning_ai.extraction.laws import act_cited, find_citations, number_cited, register


def test_the_register_is_well_formed() -> None:
    for act in register().values():
        assert re.fullmatch(r"\d{4}:\d{1,4}", act.number)
        for date in (act.in_force, act.repealed):
            assert re.fullmatch(r"(?:\d{4}-\d\d-\d\d)?", date)
        assert not act.repealed or act.in_force < act.repealed
        assert act.title == act.title.strip()
        # An act may be promulgated years before it enters into force, never after.
        assert not act.in_force or act.number[:4] <= act.in_force[:4]


def test_every_name_in_the_register_is_found_in_a_text() -> None:
    for act in register().values():
        for name in act.names:
            found = [
                c for c in find_citations(f"Enligt {name} ska planen, hälso- och annat, följas.") if act in c.named
            ]
            assert found, name


def test_names_after_a_hanging_hyphen() -> None:
    text = "Social- och förvaltningslagen samt Plan- och bygglagen gäller; förslag och underlag är inga lagar."
    assert [text[c.start : c.end] for c in find_citations(text)] == ["förvaltningslagen", "Plan- och bygglagen"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Livsmedelslagen (2006:804)", "2006:804"),
        ("Kommunallagen 6 kap.", "2017:725"),
        ("Kommunens policy (KS 2015:88)", None),
        ("Föreskrifter (AFS 2001:1)", None),
    ],
)
def test_the_number_of_an_act(text: str, number: str | None) -> None:
    assert number_cited(text) == number


@pytest.mark.parametrize(
    ("text", "cited", "words"),
    [
        ("enligt kommunallagen (2017:725) ska", "2017:725", "kommunallagen (2017:725)"),
        ("enligt Kommunallagen (KL 2017:725)", "2017:725", "Kommunallagen (KL 2017:725)"),
        ("Plan och bygglagen (2010:900)", "2010:900", "Plan och bygglagen (2010:900)"),
        ("lag (2003:778) om skydd mot olyckor", "2003:778", "lag (2003:778) om skydd mot olyckor"),
        ("lagen om skydd mot olyckor (2003:778)", "2003:778", "lagen om skydd mot olyckor (2003:778)"),
        ("SFS 2023:196", "2023:196", "SFS 2023:196"),
    ],
)
def test_a_citation_spans_name_and_number(text: str, cited: str, words: str) -> None:
    citation = next(c for c in find_citations(text) if c.number)
    assert citation.number == cited
    assert text[citation.start : citation.end] == words


@pytest.mark.parametrize(
    "text", ["Rapport 2018:14", "SOU 2021:49", "prop. 2022/23:43", "klockan 13:30", "SOSFS 2014:5"]
)
def test_other_numbers_are_no_citations(text: str) -> None:
    assert find_citations(text) == []


@pytest.mark.parametrize(
    ("text", "date", "number"),
    [
        ("Kommunallagen 6 kap. 6 §", "2023", "2017:725"),
        ("Kommunallagen 6 kap. 7 §", "2016", "1991:900"),
        ("Socialtjänstlagens krav på utredning", "2024", "2001:453"),
        ("Socialtjänstlagen", "2025-10-01", "2025:400"),
        ("Skollag (2010:800)", None, "2010:800"),
        ("Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete", "2022", "2023:196"),
        ("LOU och kommunens riktlinjer", "2020", "2016:1145"),
        ("Nämndens reglemente", "2020", None),
    ],
)
def test_an_act_is_known_by_name_in_the_version_of_its_day(text: str, date: str | None, number: str | None) -> None:
    act = act_cited(text, date)
    assert (act.number if act else None) == number
