from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from granskning_ai.errors import ConfigError
from granskning_ai.swedish import municipalities
from granskning_ai.swedish.municipalities import extend_register, find_code, mentions_in, municipality, register

NAMED = """
Salem | Granskningen gäller Salem.
Salem! | Granskningen gäller Salems kommun.
Salem! | Salems kommuns revisorer har granskat nämnden.
Salem! | SALEMS KOMMUN
Falun! | Falu kommun har antagit en plan.
Upplands Väsby! | Upplands-Väsby kommun
Upplands Väsby | Arbetet i Upplands Väsby pågår.
Upplands-Bro! | Upplands Bro kommun
Malmö! | Malmö stad, stadskontoret
Göteborg! | Göteborgs stads revisorer
Göteborg! | Göteborgs Stad
Borås | Arbetet i Borås har granskats.
Habo! Mullsjö! | Habo och Mullsjö kommuner har en gemensam nämnd.
Habo! Mullsjö! | Habo kommun och Mullsjö kommun
Habo! Mullsjö! Jönköping! | Kommunerna Habo, Mullsjö och Jönköping samverkar.
Habo! Mullsjö! Jönköping! | Habo, Mullsjö samt Jönköpings kommuner samverkar.
Habo Tranås! | I Habo, liksom i Tranås kommun, finns en plan.
Lund! Malmö! | Lunds och Malmö kommuner
Sala! | Sala kommun har en plan.
Sala! | I Sala kommunfullmäktige beslutades planen.
Mora! | Revisorerna i kommunen Mora
Berg! | BERGS KOMMUN
Gotland | Region Gotland är både region och kommun.
Stockholm | Arbetet i Stockholm pågår.
Nacka Nacka! | Nacka växer. I Nacka kommun finns en plan.
Huddinge! | Revisionen i Huddinge kommun, Region Stockholm
Solna | (Solna)
- | Anna Sala är ordförande.
- | Eva Berg och Nils Lund har intervjuats.
Malmö! | Eva Berg och Malmö stad har kommenterat rapporten.
- | Vara lyhörd mot medborgarna.
- | Vara kommunens öga utåt.
- | Mark och exploatering
- | Region Stockholm ansvarar för vården.
- | Stockholms län har 26 kommuner.
- | Stockholms läns sjukvårdsområde
- | Länsstyrelsen i Stockholms län
- | Region Jönköpings län
- | Malmö universitet har forskat om frågan.
- | Högskolan i Borås
- | Lunds tingsrätt
- | Södertälje sjukhus
- | polisregion Stockholm
- | anna.berg@Salem.se
- | Läs mer på www.Nacka.se eller Salem.se
- | Box 12, 721 22 Västerås
- | Storstockholm och Malmövägen
- | Örebro-modellen
- | SALEM
- | Stockholm den 3 maj 2023
- | Göteborg 2023-05-03
- | en kil, en mark och en sala
- | Ingen kommun nämns här.
"""


@pytest.mark.parametrize("line", NAMED.strip().splitlines())
def test_municipalities_are_told_from_their_namesakes(line: str) -> None:
    expected, _, text = line.partition(" | ")
    found = " ".join(register()[m.code].name + "!" * m.explicit for m in mentions_in(text))
    assert (found or "-") == expected


def test_a_mention_spans_the_name_as_it_is_written() -> None:
    text = "Revisorerna i Salems kommun har granskat Upplands-Bros plan."
    assert [text[m.start : m.end] for m in mentions_in(text)] == ["Salems kommun", "Upplands-Bros"]


def test_the_register_holds_the_290_municipalities_with_their_codes() -> None:
    shipped = [entry for entry in register().values() if entry.county_code != "99"]
    assert len(shipped) == 290
    assert all(
        code == entry.code and len(code) == 4 and code[:2] == entry.county_code for code, entry in register().items()
    )
    assert municipality("0128") is not None
    assert municipality("0128") == register()["0128"]
    assert municipality(None) is None


@pytest.mark.parametrize("entry", [e for e in register().values() if e.county_code != "99"], ids=lambda e: e.name)
def test_every_municipality_is_found_by_its_own_names(entry: municipalities.Municipality) -> None:
    for text in (f"{entry.full_name}s revisorer", entry.full_name.upper(), f"granskning av {entry.full_name}"):
        assert [(m.code, m.explicit) for m in mentions_in(text)] == [(entry.code, True)], text
    assert find_code(entry.name) == find_code(entry.name.lower()) == entry.code
    assert find_code(entry.full_name) == find_code(entry.full_name.upper()) == entry.code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Salem", "0128"),
        ("salems kommun", "0128"),
        (" 0128 ", "0128"),
        ("upplands-väsby", "0114"),
        ("malmö stad", "1280"),
        ("sala", "1981"),
        ("Ingenstans", None),
        ("Stockholms län", None),
        ("", None),
    ],
)
def test_a_user_may_name_a_municipality_in_any_way(said: str, code: str | None) -> None:
    assert find_code(said) == code


@pytest.fixture
def _own_register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(municipalities, "_extra", dict(municipalities._extra))
    yield
    monkeypatch.undo()
    register.cache_clear()
    municipalities._pattern.cache_clear()


@pytest.mark.usefixtures("_own_register")
def test_a_csv_file_adds_municipalities(tmp_path: Path) -> None:
    path = tmp_path / "kommuner.csv"
    path.write_text(
        "\ufeffcode,name,full_name,county_code,county\n9981,Norra Ekbo,Norra Ekbos kommun,99,Ekbolän\n",
        encoding="utf-8",
    )
    assert list(mentions_in("Norra Ekbos kommun")) == []
    extend_register(path)
    assert [(m.code, m.explicit) for m in mentions_in("NORRA EKBOS KOMMUN och Norra-Ekbo")] == [
        ("9981", True),
        ("9981", False),
    ]
    assert find_code("norra ekbo") == "9981"


@pytest.mark.usefixtures("_own_register")
@pytest.mark.parametrize(
    "content",
    [
        b"kod,namn\n9981,Ekbo\n",
        b"code;name;full_name;county_code;county\n9981;Ekbo;Ekbo kommun;99;Ekbolan\n",
        b"code,name,full_name,county_code,county\n9981,Ekbo\n",
        b"code,name,full_name,county_code,county\nabc,Ekbo,Ekbo kommun,99,Ekbolan\n",
        b"code,name,full_name,county_code,county\n9981,Ekbo,Ekbo kommun,99,Ekbolan,mer\n",
        b"\xff\xfe\x00",
    ],
    ids=["other columns", "semicolons", "short row", "no code", "long row", "not text"],
)
def test_a_bad_register_is_refused_with_a_hint_and_changes_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fel.csv"
    path.write_bytes(content)
    before = dict(register())
    with pytest.raises(ConfigError, match=r"fel\.csv") as caught:
        extend_register(path)
    assert caught.value.hint
    assert register() == before


@pytest.mark.usefixtures("_own_register")
def test_a_missing_register_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        extend_register(tmp_path / "finns-inte.csv")
