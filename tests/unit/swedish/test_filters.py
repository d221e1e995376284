from __future__ import annotations

import pytest

from granskning_ai.errors import ConfigError
from granskning_ai.model import DocType, Metadata
from granskning_ai.swedish.filters import Filter

REPORT = Metadata(doc_type=DocType.AUDIT_REPORT, issuer="Stenklang", municipality_codes=("0128",), year=2023)


@pytest.mark.parametrize(
    "chosen",
    [
        Filter(),
        Filter.of(["salems kommun"], [2023]),
        Filter.of(counties=["stockholm"]),
        Filter.of(counties=["Stockholms län", "Skåne"]),
        Filter.of(issuers=["stenklang"]),
        Filter.of(doc_types=["gransk"]),
    ],
)
def test_a_document_is_admitted_by_what_it_is(chosen: Filter) -> None:
    assert chosen.admits(REPORT)


@pytest.mark.parametrize(
    "chosen",
    [
        Filter.of(["Habo"]),
        Filter.of(["Salem"], [2022]),
        Filter.of(counties=["Skåne"]),
        Filter.of(issuers=["Sten"]),
        Filter.of(doc_types=["plan", "protokoll"][1:]),
    ],
)
def test_a_document_is_shut_out_by_anything_else(chosen: Filter) -> None:
    assert not chosen.admits(REPORT)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"municipalities": ["Ingenstans"]}, "fyrsiffriga"),
        ({"counties": ["Mordor"]}, "Skåne"),
        ({"doc_types": ["dikt"]}, "åtgärdsplan"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(given: dict[str, list[str]], known: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Filter.of(**given)  # type: ignore[arg-type]
    assert known in refused.value.hint
