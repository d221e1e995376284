"""The glossary and the code say the same: every finding kind, noun, port, code and requirement key has a row."""

from __future__ import annotations

import enum
import inspect
import re
from functools import cache
from pathlib import Path

import pytest

from granskning_ai import asking, indexing, model, ports
from granskning_ai.model import FINDING_KINDS, LABELS
from granskning_ai.requirements.catalogues import load_catalogues

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "ordlista.md"
HEADER = ["Svenskt ord", "I koden", "Betyder", "Källa", "Förväxla inte med"]
CODES = {
    name: member
    for name, member in vars(model).items()
    if inspect.isclass(member) and issubclass(member, enum.StrEnum) and name in model.__all__
}
NOUNS = sorted(name for name in model.__all__ if inspect.isclass(getattr(model, name)))
PORTS = sorted(
    name for name, member in vars(ports).items() if getattr(member, "_is_protocol", False) and name != "Protocol"
)


@cache
def rows() -> list[tuple[str, list[str]]]:
    """Every row of the glossary's tables: the heading it stands under, and its five fields."""
    found: list[tuple[str, list[str]]] = []
    heading = ""
    header: list[str] = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, header = line.lstrip("# "), []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not header:
                header = cells
            elif header == HEADER and not set(cells[0]) <= set("-: "):
                found.append((heading, cells))
    return found


def identifiers(cells: list[str]) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cells[1]))


def named() -> set[str]:
    return set().union(*(identifiers(cells) for _, cells in rows()))


def test_every_row_is_filled_in() -> None:
    broken = [cells for _, cells in rows() if len(cells) != 5 or not all(cells) or not identifiers(cells)]
    assert not broken


@pytest.mark.parametrize("name", NOUNS + PORTS)
def test_every_noun_and_port_has_a_row(name: str) -> None:
    assert name in named()


@pytest.mark.parametrize("kind", sorted(FINDING_KINDS))
def test_every_finding_kind_has_a_row_with_its_noun(kind: str) -> None:
    noun = FINDING_KINDS[kind].__name__
    assert any({kind, noun} <= identifiers(cells) for _, cells in rows())


@pytest.mark.parametrize("name", sorted(CODES))
def test_the_codes_of_a_list_are_those_of_the_glossary_in_the_same_order(name: str) -> None:
    section = [cells for heading, cells in rows() if f"`{name}`" in heading]
    assert [cells[1].strip("`") for cells in section] == [code.value for code in CODES[name]]
    assert [cells[0] for cells in section] == [LABELS[code] for code in CODES[name]]


def test_every_requirement_key_has_a_row_under_its_label() -> None:
    words = {cells[1].strip("`"): cells[0] for heading, cells in rows() if "katalogerna" in heading}
    shipped = {r.key: r.label.lower() for catalogue in load_catalogues() for r in catalogue.requirements}
    assert words == shipped


def test_no_word_of_the_trade_has_two_rows() -> None:
    words = [cells[0] for heading, cells in rows() if "`" not in heading and "katalogerna" not in heading]
    assert len(words) == len(set(words))


def test_what_looks_like_a_noun_of_the_model_is_one() -> None:
    known = {*NOUNS, *PORTS, *asking.__all__, *indexing.__all__, "Filter"}
    assert {name.split(".")[0] for name in named() if name[0].isupper()} <= known
