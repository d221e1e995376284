"""The pieces of grammar that the statuses rest on: wildcards, clauses, degrees."""

from __future__ import annotations

import pytest

from granskning_ai.requirements.claims import Sign, scale
from granskning_ai.requirements.clauses import is_definite, is_governed, mark, split, strip_asides
from granskning_ai.requirements.cues import cue
from granskning_ai.requirements.wildcards import find, is_well_formed, localise, plain


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("lägesbild*", "en aktuell lägesbild finns", ["lägesbild"]),
        ("lägesbild", "lägesbilden", []),
        ("*trygghetsråd*", "i kommunens trygghetsrådet", ["trygghetsrådet"]),
        (
            "rapporter* … till fullmäktige",
            "rapporteras varje år till fullmäktige",
            ["rapporteras varje år till fullmäktige"],
        ),
        ("rapporter* … till fullmäktige", "rapporteras. Till fullmäktige", []),
        ("Brå-samordnare*", "kommunens bråsamordnare", ["bråsamordnare"]),
    ],
)
def test_a_wildcard_stands_for_the_rest_of_a_word_or_some_words(term: str, text: str, found: list[str]) -> None:
    assert [mention.text for mention in find((term,), text)] == found


def test_lookalikes_are_left_out_unless_the_term_says_more() -> None:
    terms, unlike = ("lokala brottsförebyggande rådet", "brottsförebyggande råd*"), ("brottsförebyggande rådet",)
    assert not find(terms, "enligt brottsförebyggande rådet", unlike=unlike)
    assert find(terms, "det lokala brottsförebyggande rådet möts", unlike=unlike)


def test_a_text_is_matched_without_markup_line_breaks_and_inner_hyphens() -> None:
    assert plain("**Samverkans-\növerenskommelse**  2024") == "samverkans- överenskommelse 2024"
    assert plain("trygghets-främjande arbete") == "trygghetsfrämjande arbete"


@pytest.mark.parametrize(
    ("term", "good"), [("plan*", True), ("… plan", False), ("plan …", False), ("*", False), ("", False)]
)
def test_a_term_must_say_something(term: str, good: bool) -> None:
    assert is_well_formed(term) is good


def test_a_municipalitys_name_is_put_in() -> None:
    assert localise(("rådet i {kommun}", "rådet"), ["Vittsund"]) == ("rådet i vittsund", "rådet")
    assert localise(("rådet i {kommun}",), []) == ()


def test_clauses_are_parted_where_each_has_a_verb() -> None:
    sentence = "kommunen har en lägesbild och en plan, men planen har inte beslutats och följs inte upp"
    assert split(sentence) == (
        "kommunen har en lägesbild och en plan",
        "men planen har inte beslutats",
        "följs inte upp",
    )


@pytest.mark.parametrize(
    ("clause", "governed"),
    [
        ("en analys saknas i ‹T›", True),
        ("enligt kommunens gemensamma ‹T› saknas", True),
        ("det saknas en aktuell ‹T›", False),
        ("rutiner för hur ‹T› uppdateras", True),
        ("mot bakgrund av att det saknas en ‹T›", False),
    ],
)
def test_a_thing_after_a_preposition_is_not_what_the_clause_is_about(clause: str, governed: bool) -> None:
    assert is_governed(clause) is governed


def test_a_modal_verb_reaches_over_och() -> None:
    sentence = "nämnden bör se till att en bild tas fram och att planen följs upp"
    start = sentence.index("planen")
    assert "bör" in mark(sentence, start, start + 6).scope


def test_a_double_negation_says_that_it_is_so() -> None:
    sentence = "det har inte framkommit något som tyder på att lägesbilden inte uppfyller lagens krav"
    assert strip_asides(sentence) == "lägesbilden uppfyller lagens krav"


def test_definite_forms_are_told_from_words_that_end_alike() -> None:
    assert is_definite("åtgärdsplanen")
    assert is_definite("rådets")
    assert not is_definite("åtgärdsplan")
    assert not is_definite("samordningsfunktion")


@pytest.mark.parametrize(
    ("clause", "sign"),
    [
        ("kravet är uppfyllt", Sign.YES),
        ("kravet är inte uppfyllt", Sign.NO),
        ("kravet är inte helt uppfyllt", Sign.PARTLY),
        ("kravet är delvis uppfyllt", Sign.PARTLY),
        ("kravet är i huvudsak uppfyllt", Sign.LARGELY),
        ("kravet är inte bara uppfyllt", Sign.YES),
    ],
)
def test_degrees(clause: str, sign: Sign) -> None:
    assert scale(clause) is sign


def test_every_cue_compiles() -> None:
    for name in ("norm", "create", "demand_before", "refers_back", "machine"):
        assert cue(name).pattern
