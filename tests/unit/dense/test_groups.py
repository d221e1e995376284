"""The same advice in other words is put together, and nothing else."""

from __future__ import annotations

import pytest

from granskning_ai.indexing import StaticEmbedder
from granskning_ai.indexing.groups import same_advice
from granskning_ai.ports import Embedder

ADVICE = [
    ("björkdala", "Upprätta en dokumenthanteringsplan för socialtjänstens akter."),
    ("björkdala", "Se över priserna på kommunens parkeringsplatser."),
    ("vittsund", "Nämnden bör besluta om en dokumenthanteringsplan som omfattar socialtjänstens akter."),
    ("vittsund", "Genomföra brandskyddskontroller på samtliga särskilda boenden."),
    ("lindåker", "Ta fram en dokumenthanteringsplan för akter inom socialtjänsten."),
    ("lindåker", "Kontrollera brandskyddet på kommunens särskilda boenden varje år."),
    ("lindåker", "Upphandla skolskjutsar i god tid före läsårets början."),
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return StaticEmbedder()


def grouped(embedder: Embedder, advice: list[tuple[str, str]]) -> list[set[str]]:
    vectors = embedder.embed([text for _, text in advice], role="passage")
    groups = same_advice(vectors, [document for document, _ in advice], embedder)
    assert sorted(row for group in groups for row in group) == list(range(len(advice)))
    return [{advice[row][1] for row in group} for group in groups if len(group) > 1]


def test_advice_that_says_the_same_is_one_group_and_the_rest_stands_alone(embedder: Embedder) -> None:
    texts = [text for _, text in ADVICE]
    found = grouped(embedder, ADVICE)
    assert {texts[0], texts[2], texts[4]} in found
    assert {texts[3], texts[5]} in found
    assert len(found) == 2


def test_the_order_of_the_advice_does_not_matter(embedder: Embedder) -> None:
    assert sorted(map(sorted, grouped(embedder, ADVICE[::-1]))) == sorted(map(sorted, grouped(embedder, ADVICE)))


def test_two_pieces_of_advice_in_one_document_are_never_the_same(embedder: Embedder) -> None:
    twice = [("björkdala", "Ta fram rutiner för inköp."), ("björkdala", "Ta fram riktlinjer för inköp.")]
    assert grouped(embedder, twice) == []
    assert len(grouped(embedder, [("björkdala", twice[0][1]), ("vittsund", twice[1][1])])) == 1


def test_the_most_typical_comes_first(embedder: Embedder) -> None:
    vectors = embedder.embed([ADVICE[at][1] for at in (0, 2, 4)], role="passage")
    similar = (vectors @ vectors.T).sum(axis=1)
    [group] = same_advice(vectors, ["a", "b", "c"], embedder)
    assert group[0] == int(similar.argmax())
    assert group[1:] == sorted(group[1:])
