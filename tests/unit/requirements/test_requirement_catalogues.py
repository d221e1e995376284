"""Catalogues: the shipped ones, the user's own, and what is said of a file that is not well formed."""

from __future__ import annotations

from pathlib import Path

import pytest

from granskning_ai.errors import CatalogueError
from granskning_ai.model import DocType
from granskning_ai.requirements.catalogues import load_catalogues, parse_catalogue

OWN = """
id: bibliotek
law: "2013:801"
title: Bibliotekslagen
in_force: 2014-01-01
names: [bibliotekslag*]
requirements:
  - key: biblioteksplan
    label: Biblioteksplan
    text: Kommunen ska anta en biblioteksplan.
    provision: 17 §
    terms: [biblioteksplan*]
"""


def test_two_catalogues_are_shipped() -> None:
    crime, audit = load_catalogues()
    assert (crime.law, crime.in_force, crime.repealed) == ("2023:196", "2023-07-01", None)
    assert [requirement.key for requirement in crime.requirements] == [
        "lagesbild",
        "atgardsplan",
        "uppfoljning",
        "samverkansoverenskommelse",
        "strategiskt_rad",
        "samordningsfunktion",
        "ledning",
        "rapportering_fullmaktige",
    ]
    assert (audit.law, audit.in_force) == ("2017:725", "2018-01-01")
    assert [requirement.key for requirement in audit.requirements] == [
        "andamalsenlig",
        "ekonomiskt_tillfredsstallande",
        "rattvisande_rakenskaper",
        "intern_kontroll",
    ]
    assert audit.doc_types == (DocType.AUDIT_REPORT, DocType.FOLLOW_UP)


def test_every_requirement_tells_what_it_asks_and_what_proves_it() -> None:
    for catalogue in load_catalogues():
        for requirement in catalogue.requirements:
            assert requirement.label
            assert requirement.text
            assert requirement.evidence
            assert requirement.terms or requirement.present


def test_a_provision_is_given_only_where_it_is_certain() -> None:
    crime = load_catalogues()[0]
    assert {r.key: r.provision for r in crime.requirements if r.provision} == {"lagesbild": "4 §"}


def test_a_users_catalogue_comes_after_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "bibliotek.yml").write_text(OWN, encoding="utf-8")
    (tmp_path / "anteckningar.txt").write_text("inte en katalog", encoding="utf-8")
    catalogues = load_catalogues(tmp_path)
    assert [catalogue.id for catalogue in catalogues][2:] == ["bibliotek"]
    assert catalogues[2].in_force == "2014-01-01"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="saknad med egna kravkataloger finns inte"):
        load_catalogues(tmp_path / "saknad")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "fel.yaml").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(CatalogueError, match=r"fel\.yaml kan inte läsas"):
        load_catalogues(tmp_path)


def test_two_catalogues_with_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "dubblett.yaml").write_text(OWN.replace("bibliotek\n", "brottsforebyggande\n", 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"dubblett\.yaml .* id: .*finns redan"):
        load_catalogues(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("id: bibliotek\n", "", "id", "saknas"),
        ("in_force: 2014-01-01", "in_force: 1 januari 2014", "in_force", "2023-07-01"),
        ("title: Bibliotekslagen", "title: 7", "title", "text"),
        ("names: [bibliotekslag*]", "namn: [x]", "namn", "okänd"),
        ("    key: biblioteksplan", "    key: Biblioteksplan", "key", "små bokstäver"),
        ("    label: Biblioteksplan\n", "", "biblioteksplan › label", "saknas"),
        ("    terms: [biblioteksplan*]", "    terms: biblioteksplan", "terms", "lista"),
        ("    terms: [biblioteksplan*]", "    terms: ['… plan']", "terms", "börjar eller slutar"),
        ("    terms: [biblioteksplan*]", "    provision: 18 §", "terms", "minst ett sökord"),
        ("    provision: 17 §", "    kind: sak", "kind", "thing, activity"),
        ("    provision: 17 §", "    kind: activity", "actions", "activity"),
        ("    provision: 17 §", "    recurring: kanske", "recurring", "true eller false"),
        ("    provision: 17 §", "    shown_by: [plan]", "shown_by", "okänd"),
        ("requirements:", "requirements: 3\nnotes:", "notes", "okänd"),
    ],
)
def test_a_malformed_catalogue_tells_file_key_and_fault(old: str, new: str, where: str, what: str) -> None:
    text = OWN.replace(
        old.strip() if old.startswith("    key") else old, new.strip() if new.startswith("    key") else new
    )
    assert text != OWN
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(text, "egen.yaml")
    assert "egen.yaml" in caught.value.message
    assert where in caught.value.message
    assert what in caught.value.message
    assert caught.value.hint


def test_yaml_that_cannot_be_read_names_its_line() -> None:
    with pytest.raises(CatalogueError, match="rad 2"):
        parse_catalogue("id: a\n b: [", "egen.yaml")


def test_a_requirement_twice_is_refused() -> None:
    twice = OWN + OWN[OWN.index("  - key") :]
    with pytest.raises(CatalogueError, match="biblioteksplan: nyckeln står mer än en gång"):
        parse_catalogue(twice, "egen.yaml")
