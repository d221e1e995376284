from __future__ import annotations

from collections.abc import Callable

import pytest

from granskning_ai.extraction import parties
from granskning_ai.extraction.agreements import find_agreements
from granskning_ai.extraction.parties import merge_parties, parties_at, party_key
from granskning_ai.model import Agreement, DocType, Document
from granskning_ai.swedish.municipalities import Municipality

Made = Callable[..., Document]
BJORKDALA = "9901"


@pytest.fixture(autouse=True)
def _fictional_municipality(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Municipality(
        code=BJORKDALA, name="Björkdala", full_name="Björkdala kommun", county_code="99", county="Norrlandets län"
    )
    monkeypatch.setattr(parties, "municipality", lambda code: place if code == BJORKDALA else None)


def agreements(document: Document) -> list[Agreement]:
    found = [a for a in find_agreements(document) if isinstance(a, Agreement)]
    for agreement in found:
        for proof in agreement.evidence:
            assert document.text[proof.start : proof.end] == proof.quote
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polismyndigheten och Vittsunds kommun för 2024", ["Polismyndigheten", "Vittsunds kommun"]),
        (
            "Björkdala kommun, Lokalpolisområde Norr, Södra Räddningstjänstförbund samt Björkdalahem AB har",
            ["Björkdala kommun", "Lokalpolisområde Norr", "Södra Räddningstjänstförbund", "Björkdalahem AB"],
        ),
        ("kommunen och polisen i fråga om", ["kommunen", "polisen"]),
        ("lokalpolisområde Strand, Kriminalvården och", ["lokalpolisområde Strand", "Kriminalvården"]),
        ("Polisen samt Styrgruppen", ["Polisen"]),
        ("andra aktörer", []),
    ],
)
def test_a_series_of_parties(text: str, expected: list[str]) -> None:
    assert parties_at(text, 0)[0] == expected


def test_two_names_of_a_party_are_one() -> None:
    assert party_key("LPO Strand") == party_key("Strands lokalpolisområde") == party_key("lokalpolisområde Strand")
    assert merge_parties([["Polismyndigheten"], ["Strands kommun", "LPO Strand"]]) == ("Strands kommun", "LPO Strand")


@pytest.mark.parametrize(
    ("sentence", "kind", "valid"),
    [
        ("Samverkansöverenskommelse 2023–2024 har legat till grund.", "samverkansöverenskommelse", ("2023", "2024")),
        (
            "Den aktuella samverkansöverenskommelsen löper från 2022-03-01 t.o.m. 2025-02-28.",
            "samverkansöverenskommelse",
            ("2022-03-01", "2025-02-28"),
        ),
        (
            "Avsiktsförklaringen gäller från och med den 1 mars 2024 till och med den 28 februari 2027.",
            "avsiktsförklaring",
            ("2024-03-01", "2027-02-28"),
        ),
        ("Medborgarlöftet avser åren 2022 och 2023.", "medborgarlöfte", ("2022", "2023")),
        (
            "Samverkansavtalet tecknades inför år 2024 och gäller till slutet av 2027.",
            "samverkansavtal",
            ("2024", "2027"),
        ),
        (
            "Det ideburna offentliga partnerskapet är giltigt 2024-2026.",
            "ideburet offentligt partnerskap",
            ("2024", "2026"),
        ),
    ],
)
def test_kind_and_period(made: Made, sentence: str, kind: str, valid: tuple[str, str]) -> None:
    (agreement,) = agreements(made(sentence))
    assert (agreement.agreement_kind, agreement.valid_from, agreement.valid_to) == (kind, *valid)
    assert agreement.evidence[0].quote == sentence


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        (
            "Samverkansöverenskommelsen mellan Vittsunds kommun och Polismyndigheten följs upp årligen.",
            ("Vittsunds kommun", "Polismyndigheten"),
        ),
        (
            "Samverkansöverenskommelsen har tagits fram av Vittsunds kommun och LPO Strand under hösten.",
            ("Vittsunds kommun", "LPO Strand"),
        ),
        (
            "Vittsunds kommun, Polisområde Väst och Kriminalvården har upprättat en avsiktsförklaring.",
            ("Vittsunds kommun", "Polisområde Väst", "Kriminalvården"),
        ),
        (
            "Vittsunds kommun har tillsammans med Polismyndigheten avgivit medborgarlöften.",
            ("Vittsunds kommun", "Polismyndigheten"),
        ),
        (
            "Huge Strand AB och Vittsundshem AB är också parter i samverkansöverenskommelsen.",
            ("Huge Strand AB", "Vittsundshem AB"),
        ),
        (
            "I samverkan med LPO Strand har Vittsunds kommun antagit medborgarlöften.",
            ("Vittsunds kommun", "LPO Strand"),
        ),
        (
            "Parterna i samverkansavtalet utgörs av Vittsundshem AB, "
            "Kustens räddningstjänstförbund och Polismyndigheten.",
            ("Vittsundshem AB", "Kustens räddningstjänstförbund", "Polismyndigheten"),
        ),
    ],
)
def test_parties_are_read_from_the_sentence(made: Made, sentence: str, parties: tuple[str, ...]) -> None:
    (agreement,) = agreements(made(sentence))
    assert agreement.parties == parties


def test_kommunen_is_the_documents_municipality(made: Made) -> None:
    text = "Samverkansöverenskommelsen mellan kommunen och polisen gäller 2023–2024."
    (agreement,) = agreements(made(text, codes=(BJORKDALA,)))
    assert agreement.parties == ("Björkdala kommun", "Polismyndigheten")


def test_mentions_are_merged_and_the_sharpest_dates_kept(made: Made) -> None:
    text = """
Samverkansöverenskommelsen gäller för 2023–2024.
Samverkansöverenskommelsen mellan Björkdala kommun och LPO Björkdala har fyra områden.
Överenskommelsen löper från och med 2023-02-01 till och med 2024-12-31.
I samverkansöverenskommelsen finns tre fokusområden: (1) droger, (2) hedersförtryck och (3) trygga platser.
"""
    (agreement,) = agreements(made(text, codes=(BJORKDALA,)))
    assert (agreement.valid_from, agreement.valid_to) == ("2023-02-01", "2024-12-31")
    assert agreement.parties == ("Björkdala kommun", "LPO Björkdala")
    assert agreement.areas == ("droger", "hedersförtryck", "trygga platser")


@pytest.mark.parametrize(
    ("sentence", "areas"),
    [
        (
            "Samverkansöverenskommelsen har tre fokusområden: ungas utsatthet, trygga platser och narkotika.",
            ("ungas utsatthet", "trygga platser", "narkotika"),
        ),
        (
            "Samverkansöverenskommelsens prioriterade områden är ungas utsatthet, trygga platser och narkotika.",
            ("ungas utsatthet", "trygga platser", "narkotika"),
        ),
        ("Samverkansöverenskommelsen har tre fokusområden: alkohol och droger, våld i hemmet och rån.", ()),
        ("Samverkansöverenskommelsen har flera områden som parterna prioriterar olika.", ()),
    ],
)
def test_areas_in_a_series_are_cut_only_when_the_number_fits(made: Made, sentence: str, areas: tuple[str, ...]) -> None:
    (agreement,) = agreements(made(f"Samverkansöverenskommelsen gäller 2023–2024.\n{sentence}"))
    assert agreement.areas == areas


@pytest.mark.parametrize("text", ["Medborgarlöfte 2024 är antaget.", "Av 2024 års medborgarlöften framgår detta."])
def test_a_promise_is_given_for_a_year(made: Made, text: str) -> None:
    (agreement,) = agreements(made(text))
    assert (agreement.agreement_kind, agreement.valid_from, agreement.valid_to) == ("medborgarlöfte", "2024", "2024")


def test_two_periods_are_two_agreements_and_two_kinds_too(made: Made) -> None:
    text = """
Den tidigare samverkansöverenskommelsen gällde 2020–2021.
Samverkansöverenskommelsen gäller 2022–2023.
Medborgarlöftena gäller för 2022 och 2023.
"""
    found = agreements(made(text))
    assert [(a.agreement_kind, a.valid_from) for a in found] == [
        ("samverkansöverenskommelse", "2020"),
        ("samverkansöverenskommelse", "2022"),
        ("medborgarlöfte", "2022"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Samverkansöverenskommelsen följs upp varje år.",
        "En rapport tas fram inför 2029–2030 års överenskommelse.",
        "Nästa samverkansöverenskommelse 2027–2028 är under framtagande.",
        "Kommunen bör teckna en samverkansöverenskommelse.",
        "Under 2021 och 2022 har polisen arbetat i centrum.",
        "Nämnden är överens om målen för 2023–2024.",
        "Kommunerna har med polisens hjälp skrivit medborgarlöften.",
    ],
)
def test_too_little_is_no_agreement(made: Made, text: str) -> None:
    assert agreements(made(text, codes=(BJORKDALA,))) == []


def test_a_document_that_is_an_agreement(made: Made) -> None:
    text = """
# Samverkansöverenskommelse mellan Björkdala kommun och Lokalpolisområde Björkdala
## 1 Parter
- Björkdala kommun
- Lokalpolisområde Björkdala
- Björkdalabostäder AB
## 2 Giltighetstid
Överenskommelsen gäller från och med den 1 januari 2024 till och med den 31 december 2026.
## 3 Gemensamma fokusområden
Parterna ska samverka inom följande områden:
- Trygghet i offentlig miljö,
- Ungas utsatthet, och
- Våld i nära relationer.
## 4 Uppföljning
Parterna följer upp överenskommelsen en gång per år. Åren 2021–2022 följdes en tidigare överenskommelse upp.
"""
    (agreement,) = agreements(made(text, DocType.AGREEMENT, codes=(BJORKDALA,)))
    assert agreement.agreement_kind == "samverkansöverenskommelse"
    assert agreement.parties == ("Björkdala kommun", "Lokalpolisområde Björkdala", "Björkdalabostäder AB")
    assert (agreement.valid_from, agreement.valid_to) == ("2024-01-01", "2026-12-31")
    assert agreement.areas == ("Trygghet i offentlig miljö", "Ungas utsatthet", "Våld i nära relationer")


def test_a_document_that_is_an_agreement_with_its_period_in_the_title(made: Made) -> None:
    text = """
# Överenskommelse om samverkan 2025–2028
Denna överenskommelse är sluten mellan Björkdala kommun och Polismyndigheten.
"""
    (agreement,) = agreements(made(text, DocType.AGREEMENT, codes=(BJORKDALA,)))
    assert agreement.agreement_kind == "samverkansöverenskommelse"
    assert (agreement.valid_from, agreement.valid_to) == ("2025", "2028")
    assert agreement.parties == ("Björkdala kommun", "Polismyndigheten")


OURS = ("Björkdala kommun", "Polismyndigheten")


@pytest.mark.parametrize(
    ("sentence", "parties", "valid"),
    [
        ("Kommunen har en skriftlig överenskommelse med polisen till och med 2026.", OURS, (None, "2026")),
        (
            "Överenskommelsen med polisen förnyades i januari 2024 och gäller till och med 2026.",
            OURS,
            ("2024-01", "2026"),
        ),
        ("Överenskommelsen med polisen löper till årets slut.", OURS, (None, "2024")),
        ("Den tidigare överenskommelsen med polisen löpte ut i december 2022.", OURS, (None, "2022-12")),
        ("Med polisen har vi en överenskommelse som gäller till och med 2026.", OURS, (None, "2026")),
        ("Sedan 2021 har kommunen en skriftlig överenskommelse med polisen.", OURS, ("2021", None)),
        ("Kommunen har sedan 2019 ett samverkansavtal med Polismyndigheten.", OURS, ("2019", None)),
        ("Överenskommelse med polisen finns (2024–2025), och den följs upp.", OURS, ("2024", "2025")),
        (
            "En överenskommelse med polisen undertecknades den 3 mars 2023 och gäller i tre år.",
            OURS,
            ("2023-03-03", None),
        ),
        (
            "Överenskommelsen, som undertecknades av kommunen och polisen i mars 2022, gäller till och med 2025.",
            OURS,
            ("2022-03", "2025"),
        ),
        ("Överenskommelsen med polisen för 2020–2022 har löpt ut och inte förnyats.", OURS, ("2020", "2022")),
        (
            "Sedan 2021 har Region Norr en överenskommelse med polisen som gäller till 2025.",
            ("Region Norr", "Polismyndigheten"),
            ("2021", "2025"),
        ),
        (
            "Kommunen och lokalpolisområde Strand har en överenskommelse som gäller 2021–2023.",
            ("Björkdala kommun", "Lokalpolisområde Strand"),
            ("2021", "2023"),
        ),
        (
            "Utifrån Björkdala kommuns överenskommelse med Björkdalahem AB för 2023–2024 tas en plan fram.",
            ("Björkdala kommun", "Björkdalahem AB"),
            ("2023", "2024"),
        ),
    ],
)
def test_an_agreement_that_is_only_mentioned(
    made: Made, sentence: str, parties: tuple[str, ...], valid: tuple[str | None, str | None]
) -> None:
    (agreement,) = agreements(made(sentence, codes=(BJORKDALA,), date="2024-10-01"))
    assert agreement.parties == parties
    assert (agreement.valid_from, agreement.valid_to) == valid


@pytest.mark.parametrize(
    "sentence",
    [
        "Kommunen saknar en överenskommelse med polisen för 2024–2026.",
        "Kommunen bör teckna en överenskommelse med polisen för perioden 2025–2027.",
        "Lagen kräver att kommunen har en överenskommelse med polisen.",
        "Andra kommuner har överenskommelser med polisen som gäller till 2025.",
        "Har kommunen en överenskommelse med polisen för 2024?",
        "Vi har utgått från kommunens trygghetsprogram 2019–2022 och överenskommelsen med polisen.",
        "Överenskommelsen löper ut om ett år.",
    ],
)
def test_what_is_lacking_or_somebody_elses_is_no_agreement(made: Made, sentence: str) -> None:
    assert agreements(made(sentence, codes=(BJORKDALA,), date="2024-10-01")) == []


def test_agreements_with_two_bodies_are_two(made: Made) -> None:
    text = """
Överenskommelsen med polisen gäller till och med 2025.
Överenskommelsen med Svensk Handel gäller till och med 2025.
"""
    found = agreements(made(text, codes=(BJORKDALA,)))
    assert [a.parties[1] for a in found] == ["Polismyndigheten", "Svensk Handel"]


def test_an_agreement_that_was_extended_has_its_last_end(made: Made) -> None:
    text = "Samverkansavtalet med polisen gällde 2021–2022. Det har förlängts, först till och med 2023 och sedan {}."
    (agreement,) = agreements(made(text.format("till och med maj 2025"), codes=(BJORKDALA,)))
    assert (agreement.valid_from, agreement.valid_to) == ("2021", "2025-05")
    may = "Samverkansavtalet med polisen gäller 2021–2022. Det kan förlängas till och med 2024."
    (agreement,) = agreements(made(may, codes=(BJORKDALA,)))
    assert agreement.valid_to == "2022"


@pytest.mark.parametrize(
    "parties",
    [
        "## Parter\nÖverenskommelsen gäller mellan\n- Björkdala kommun\n- Polismyndigheten, lokalpolisområde Strand",
        "## Parter\nBjörkdala kommun och lokalpolisområde Strand",
        "Björkdala kommun och lokalpolisområde Strand",
        "Text.\nFör Björkdala kommun: Ada Ek\nFör Polismyndigheten, lokalpolisområde Strand: Bo Al",
        "Text.\n| För Björkdala kommun | För lokalpolisområde Strand |\n| Ada Ek | Bo Al |",
    ],
    ids=["list", "line under a heading", "line", "signatures", "table of signatures"],
)
def test_where_an_agreement_names_its_parties(made: Made, parties: str) -> None:
    text = f"# Samverkansöverenskommelse\n1 juli 2024–30 juni 2026\n{parties}"
    (agreement,) = agreements(made(text, DocType.AGREEMENT, codes=(BJORKDALA,)))
    assert agreement.parties == ("Björkdala kommun", "Lokalpolisområde Strand")
    assert (agreement.valid_from, agreement.valid_to) == ("2024-07-01", "2026-06-30")


def test_a_promise_names_its_place_before_its_year(made: Made) -> None:
    (agreement,) = agreements(made("Medborgarlöften i Björkdala 2024", DocType.AGREEMENT, codes=(BJORKDALA,)))
    assert (agreement.agreement_kind, agreement.valid_from, agreement.valid_to) == ("medborgarlöfte", "2024", "2024")


@pytest.mark.parametrize(
    "series",
    [
        "tre områden: stationen och tågen, narkotika bland unga samt båtstölder",
        "tre områden: stationen, unga och båtar",
    ],
)
def test_an_announced_number_tells_where_areas_end(made: Made, series: str) -> None:
    (agreement,) = agreements(made(f"Samverkansöverenskommelsen gäller 2023–2024. Den prioriterar {series}."))
    assert len(agreement.areas) == 3


def test_ids_are_stable(made: Made) -> None:
    text = "Samverkansöverenskommelsen gäller 2022–2023."
    assert [a.id for a in agreements(made(text))] == [a.id for a in agreements(made(text))]
