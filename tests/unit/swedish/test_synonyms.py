from __future__ import annotations

from granskning_ai.swedish.compounds import compound_parts
from granskning_ai.swedish.synonyms import alternatives


def others(text: str) -> dict[str, set[str]]:
    words = text.split()
    return {
        " ".join(words[found.first : found.last]): {" ".join(phrase) for phrase in found.phrases}
        for found in alternatives(words)
    }


def test_an_inflected_word_has_the_synonyms_of_its_group() -> None:
    assert "vårdnadshavare" in others("mammor")["mammor"]


def test_a_phrase_goes_before_its_words() -> None:
    found = others("våld i hemmet")
    assert found.keys() == {"våld i hemmet"}
    assert "våld i nära relationer" in found["våld i hemmet"]


def test_a_compound_in_no_group_is_looked_up_by_its_parts() -> None:
    assert "narkotika" in others("knarkförsäljning")["knarkförsäljning"]


def test_a_word_is_not_its_own_synonym() -> None:
    assert not any("förälder" in phrases for phrases in others("förälder").values())
    assert others("xylofon") == {}


def test_compounds_are_parted_where_both_parts_are_words() -> None:
    assert compound_parts("trygghetskameror") == ("trygghet", "kameror")
    assert compound_parts("kommunen") == ("kommunen",)
