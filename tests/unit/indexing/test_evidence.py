from __future__ import annotations

import pytest

from granskning_ai.indexing.evidence import answering, coverage, kinds_of_answer, spaced, wanted
from granskning_ai.indexing.highlighting import highlights


def test_coverage_is_the_share_of_the_words_that_the_text_has() -> None:
    words = wanted(("kameror", "centrum"), {}, lambda form: 3.0 if form == "kamer" else 1.0)
    assert coverage(spaced("Kommunens trygghetskamera"), words) == pytest.approx(0.75)
    assert coverage(spaced("Kameror i centrum."), words) == 1.0
    assert coverage(spaced("Ingenting."), words) == 0.0


def test_short_words_count_only_where_a_word_begins() -> None:
    words = wanted(("råd",), {}, lambda _: 1.0)
    assert coverage(spaced("Området."), words) == 0.0
    assert coverage(spaced("Ett rådslag."), words) == 1.0


def test_a_synonym_and_a_part_of_a_compound_count_for_less() -> None:
    words = wanted(("mamma",), {"mamma": ("förälder",)}, lambda _: 1.0)
    assert 0 < coverage(spaced("En förälder."), words) < 1
    words = wanted(("samverkansöverenskommelsen",), {}, lambda _: 1.0)
    assert 0 < coverage(spaced("Deras samverkan."), words) < 1


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("hur många bilar brändes?", "Fjorton bilar brändes, 14 av dem i maj.", "Bilar brändes."),
        ("när antogs planen?", "Planen antogs i juni 2024.", "Planen antogs av nämnden."),
        ("hur ofta träffas rådet?", "Rådet träffas två gånger om året.", "Rådet träffas i kommunhuset."),
        ("varför saknas plan?", "Plan saknas eftersom tiden inte har räckt.", "Plan saknas."),
        ("vem leder arbetet?", "Kommunstyrelsens ordförande leder arbetet.", "Arbetet leder framåt."),
        ("vad kostar vakterna?", "Vakterna kostar 2 miljoner kronor.", "Vakterna går varje kväll."),
    ],
)
def test_a_sentence_with_what_is_asked_for_counts(question: str, answer: str, other: str) -> None:
    kinds = kinds_of_answer(question)
    words = wanted(question.rstrip("?").split()[2:], {}, lambda _: 1.0)
    assert answering(answer, words, kinds) > answering(other, words, kinds)


def test_the_words_and_the_answer_must_stand_in_the_same_sentence() -> None:
    words = wanted(("bilar",), {}, lambda _: 1.0)
    kinds = kinds_of_answer("hur många bilar?")
    assert answering("Det fanns fem hus. Bilar brändes.", words, kinds) == 0.0
    assert answering("Fem bilar brändes.", words, kinds) == 1.0


def test_a_question_of_no_known_kind_has_no_such_evidence() -> None:
    assert kinds_of_answer("trygghet i centrum") == ()
    assert answering("Fem bilar.", wanted(("bilar",), {}, lambda _: 1.0), ()) == 0.0


def marked(text: str, *asked: str, **synonyms: tuple[str, ...]) -> list[str]:
    return [text[start:end] for start, end in highlights([text], asked, synonyms)[0]]


def test_forms_compounds_and_synonyms_are_marked() -> None:
    assert marked("Kameran och trygghetskameror.", "kameror") == ["Kameran", "trygghetskameror"]
    assert marked("Vårdnadshavare möts.", "mammor", mammor=("vårdnadshavare",)) == ["Vårdnadshavare"]


def test_a_misspelt_word_marks_the_right_one_only_where_it_stands_nowhere() -> None:
    assert marked("Lägesbilden är från 2022.", "lägesbid") == ["Lägesbilden"]
    assert marked("Planen planeras.", "plan") == ["Planen", "planeras"]
    assert marked("Området och rådet.", "råd") == ["rådet"]
