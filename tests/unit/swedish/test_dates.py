from __future__ import annotations

import pytest

from granskning_ai.swedish.dates import find_dates, find_periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("den 9 maj 2031", ["2031-05-09"]),
        ("2023-02-16", ["2023-02-16"]),
        ("februari 2023", ["2023-02"]),
        ("FEBRUARI 2023", ["2023-02"]),
        ("senast den 1 juli 2024.", ["2024-07-01"]),
        ("Sedan 2023-05-01, mitt i året", ["2023-05-01"]),
        ("12 okt. 2021", ["2021-10-12"]),
        ("12 okt 2021", ["2021-10-12"]),
        ("den 1:a juli 2023", ["2023-07-01"]),
        ("den fjärde april 2022", ["2022-04-04"]),
        ("16/2 2023", ["2023-02-16"]),
        ("protokoll 2021-03", ["2021-03"]),
        ("den 29 februari 2024", ["2024-02-29"]),
        ("2024-01-01-2027-12-31", ["2024-01-01", "2027-12-31"]),
        ("den 29 februari 2023", []),
        ("den 31 juni 2023", []),
        ("den 1 mars", []),
        ("lag (2023:196)", []),
        ("Rapport 2018:14", []),
        ("åren 2022-2023", []),
        ("tel. 0910-12 34 56", []),
        ("Dnr 20230216", []),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(text: str, expected: list[str]) -> None:
    assert [date.iso for date in find_dates(text)] == expected


def test_a_date_mention_spans_the_words_of_the_date() -> None:
    text = "Avtalet undertecknades den 3 mars 2021 i Vittsund."
    (date,) = find_dates(text)
    assert text[date.start : date.end] == "3 mars 2021"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("för 2023–2024", ("2023", "2024")),
        ("mandatperioden 2023-2026", ("2023", "2026")),
        ("2023–24", ("2023", "2024")),
        ("avser verksamhetsåren 2024–2025.", ("2024", "2025")),
        ("gäller under 2024 och 2025", ("2024", "2025")),
        ("från och med 2024-05-01 till och med 2028-04-30", ("2024-05-01", "2028-04-30")),
        ("löper mellan 2031-02-01 t.o.m. 2034-01-31", ("2031-02-01", "2034-01-31")),
        ("tecknades inför år 2024 och gäller till slutet av 2027, när", ("2024", "2027")),
        ("den 1 mars 2024 till den 28 februari 2027", ("2024-03-01", "2027-02-28")),
        ("den 1 januari till den 31 december 2024", ("2024-01-01", "2024-12-31")),
        ("Fr.o.m. 1 januari 2023 t.o.m. 31 december 2024", ("2023-01-01", "2024-12-31")),
        ("träder i kraft 1 januari 2025 och gäller till och med 31 december 2026", ("2025-01-01", "2026-12-31")),
        ("från och med januari 2022 till och med december 2023", ("2022-01", "2023-12")),
        ("fr.o.m. den 1 juli 2023 och tills vidare", ("2023-07-01", None)),
        ("fram till 2027", (None, "2027")),
        ("avtalet gäller till juli 2027", (None, "2027-07")),
        ("mellan 2018 och 2022", ("2018", "2022")),
        ("fram till årsskiftet 2021/2022", (None, "2021")),
        ("från och med årsskiftet 2021/22 till och med 2024", ("2022", "2024")),
        ("löpte ut i december 2022", (None, "2022-12")),
        ("I december 2022 löpte avtalet med polisen ut.", (None, "2022-12")),
        ("går ut den 1 maj 2025", (None, "2025-05-01")),
        ("upphör att gälla den 31 mars 2025", (None, "2025-03-31")),
        ("gäller till och med utgången av år 2026", (None, "2026")),
        ("gällde åren 2019, 2020 och 2021", ("2019", "2021")),
        ("gäller tills vidare från 2020", ("2020", None)),
        ("har gällt sedan 2021", ("2021", None)),
    ],
)
def test_periods(text: str, expected: tuple[str | None, str | None]) -> None:
    (period,) = find_periods(text)
    assert (period.valid_from, period.valid_to) == expected


@pytest.mark.parametrize(
    "text",
    [
        "resultaten för åren 2017 och 2022",
        "från 81 procent år 2015 till 77 procent år 2019",
        "lag (2023:196) och lag (2017:725)",
        "läsåret 2021/2022",
        "åren 2015, 2018 och 2021",
        "löper till årets slut",
        "2023-12-31 – 2023-01-01",
        "senast den 1 juli 2024",
        "protokoll 2023-04",
    ],
)
def test_what_is_not_a_period(text: str) -> None:
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Avtalet löper till årets slut.", (None, "2031")),
        ("Avtalet löper ut vid årets utgång.", (None, "2031")),
        ("gäller från och med 2029 till utgången av nästa år", ("2029", "2032")),
    ],
)
def test_a_year_that_is_told_by_the_texts_own_year(text: str, expected: tuple[str | None, str | None]) -> None:
    (period,) = find_periods(text, year=2031)
    assert (period.valid_from, period.valid_to) == expected


def test_a_period_spans_its_words_of_time() -> None:
    text = "Avtalet med polisen gäller från och med den 3 mars 2021 till och med den 2 mars 2024 i hela länet."
    (period,) = find_periods(text)
    assert text[period.start : period.end] == "från och med den 3 mars 2021 till och med den 2 mars 2024"


def test_a_bullet_for_private_use_is_no_date() -> None:
    assert [(p.valid_from, p.valid_to) for p in find_periods("\uf0b7 från och med \uf0b7 gäller 2021–2022")] == [
        ("2021", "2022")
    ]
