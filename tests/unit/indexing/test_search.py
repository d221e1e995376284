from __future__ import annotations

from collections.abc import Callable

import pytest

from granskning_ai.indexing import Search
from granskning_ai.model import DocType, DocumentRecord
from granskning_ai.swedish.filters import Filter

MakeRecord = Callable[..., DocumentRecord]
Over = Callable[..., Search]

SALEM, HABO = "0128", "0643"
LIGHT = "Kommunen har bytt gatubelysningen vid stationen, och fältassistenterna går där på fredagar."
COUNCIL = "Ett strategiskt råd finns inte. Kommundirektören uppger att frågan inte har varit aktuell."
PICTURE = "Kommunstyrelsen har antagit en lägesbild som beskriver brottsligheten i fyra områden."


@pytest.fixture
def search(make_record: MakeRecord, search_over: Over) -> Search:
    return search_over(
        make_record("a.txt", LIGHT, COUNCIL, municipality_codes=(SALEM,), year=2023, issuer="Stenklang"),
        make_record("b.txt", PICTURE, municipality_codes=(HABO,), year=2024, doc_type=DocType.ACTION_PLAN),
    )


def first(search: Search, query: str, filters: Filter | None = None) -> str:
    return search.find(query, filters=filters).hits[0].text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("lägesbid", PICTURE),  # misspelt
        ("lampor på gatorna", LIGHT),  # a synonym, inside a compound
        ("belysning", LIGHT),  # the last part of a compound
        ("råden", COUNCIL),  # inflected
    ],
)
def test_words_are_found_in_other_forms(search: Search, query: str, text: str) -> None:
    assert first(search, query) == text


def test_the_place_of_a_hit_is_the_documents(search: Search, make_record: MakeRecord) -> None:
    hit = search.find("strategiskt råd").hits[0]
    document = make_record("a.txt", LIGHT, COUNCIL).document
    assert (hit.document_id, hit.page, hit.file_name) == (document.id, 2, "a.txt")
    assert document.text[hit.start : hit.end] == hit.text


@pytest.mark.parametrize(
    "filters",
    [
        Filter.of(["Habo"]),
        Filter.of(years=[2024]),
        Filter.of(counties=["Jönköping"]),
        Filter.of(doc_types=["åtgärdsplan"]),
    ],
)
def test_a_filter_shuts_the_rest_out(search: Search, filters: Filter) -> None:
    assert {hit.file_name for hit in search.find("råd och belysning", filters=filters).hits} <= {"b.txt"}
    assert search.find("lägesbild", filters=filters).hits


def test_an_issuer_is_known_whatever_the_case(search: Search) -> None:
    found = search.find("råd", filters=Filter.of(issuers=["STENKLANG"])).hits
    assert {hit.file_name for hit in found} == {"a.txt"}


def test_no_document_chosen_gives_nothing(search: Search) -> None:
    assert not search.find("råd", filters=Filter(documents=())).hits


@pytest.mark.parametrize("query", ["Vad gör Habo?", "Vad gör habos politiker?", "Hur är det i Habo kommun?"])
def test_the_municipality_that_is_named_goes_first(search: Search, query: str) -> None:
    result = search.find(query)
    assert result.understood.municipalities == (HABO,)
    assert result.hits[0].municipality_codes == (HABO,)


def test_a_quoted_phrase_must_stand_word_for_word(search: Search) -> None:
    assert [hit.text for hit in search.find('"har antagit en lägesbild"').hits] == [PICTURE]
    assert not search.find('"antagit lägesbild"').hits


def test_a_sentence_with_what_is_asked_for_goes_before_one_with_the_same_words(
    make_record: MakeRecord, search_over: Over
) -> None:
    search = search_over(
        make_record("a.txt", "Rådet träffas i kommunhuset och behandlar strategiska frågor."),
        make_record("b.txt", "Rådet träffas fyra gånger om året och behandlar strategiska frågor."),
        make_record("c.txt", LIGHT, PICTURE),
    )
    assert search.find("Hur ofta träffas rådet?").hits[0].file_name == "b.txt"


def test_the_same_words_in_two_documents_are_one_hit(make_record: MakeRecord, search_over: Over) -> None:
    one, two = make_record("a.txt", PICTURE), make_record("b.txt", PICTURE)
    hits = search_over(one, two).find("lägesbild").hits
    assert len(hits) == 1
    assert {hits[0].document_id, *hits[0].repeated_in} == {one.document.id, two.document.id}


def test_a_comparison_shows_one_of_each_municipality_first(make_record: MakeRecord, search_over: Over) -> None:
    plans = [f"Åtgärdsplanen följs upp {when} av nämnden." for when in ("i maj", "varje år", "på hösten")]
    search = search_over(
        make_record("a.txt", *plans, municipality_codes=(SALEM,)),
        make_record("b.txt", "Åtgärdsplanen följs inte upp, enligt nämnden.", municipality_codes=(HABO,)),
    )
    hits = search.find("Vilka kommuner följer upp åtgärdsplanen?").hits
    assert {code for hit in hits[:2] for code in hit.municipality_codes} == {SALEM, HABO}


def test_an_act_is_found_by_its_number(make_record: MakeRecord, search_over: Over) -> None:
    search = search_over(
        make_record("a.txt", "Kraven i lag (2023:196) gäller alla kommuner."),
        make_record("b.txt", "Kraven i lag (2010:800) gäller alla kommuner, sedan 2023."),
    )
    assert search.find("Vad säger lagen 2023:196?").hits[0].file_name == "a.txt"


def test_pages_follow_on_each_other(make_record: MakeRecord, search_over: Over) -> None:
    texts = [f"Nämnd {number} har antagit en plan för {number} områden." for number in range(12)]
    search = search_over(make_record("a.txt", *texts))
    pages = [[hit.passage_id for hit in search.find("plan", count=5, page=page).hits] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [5, 5, 2, 0]
    assert len({id for page in pages for id in page}) == 12


def test_facets_count_the_passages(search: Search) -> None:
    facets = search.find("kommunen råd lägesbild").facets
    assert facets["municipality"] == {SALEM: 2, HABO: 1}
    assert facets["year"] == {"2023": 2, "2024": 1}


def test_the_words_that_were_asked_for_are_marked(search: Search) -> None:
    hit = search.find("Finns lägesbilder av brott?").hits[0]
    assert [hit.text[start:end] for start, end in hit.highlights] == ["lägesbild", "brottsligheten"]


def test_an_empty_index_and_an_empty_question_give_nothing(search_over: Over) -> None:
    assert not search_over().find("råd").hits
    assert search_over().find("").total == 0
