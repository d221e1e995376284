from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granskning_ai.swedish.terms import STOP_WORDS, content_stems, likeness, overlap, same_statement, stem, words


def test_words_are_lower_case_without_punctuation() -> None:
    assert words("Planen (2023–2026) följs upp, enligt Åsa Ünal-Çelik!") == [
        *["planen", "2023", "2026", "följs", "upp", "enligt", "åsa", "ünal", "çelik"]
    ]
    assert words("…–!") == []


@pytest.mark.parametrize(
    ("forms", "same"),
    [
        (["uppföljning", "uppföljningen", "uppföljningar"], True),
        (["rutin", "rutiner", "rutinerna"], True),
        (["åtgärdsplan", "åtgärdsplanen"], True),
        (["skola", "skada"], False),
    ],
)
def test_forms_of_a_word_share_their_stem(forms: list[str], same: bool) -> None:
    assert (len({stem(form) for form in forms}) == 1) is same


def test_content_stems_leave_out_the_words_that_mean_nothing() -> None:
    assert content_stems("Har nämnden en plan för uppföljningen av de beslutade målen?") == (
        *(stem(word) for word in ("nämnden", "plan", "uppföljningen", "beslutade", "målen")),
    )
    assert content_stems("om det och detta i en och ett") == ()
    assert all(word == word.lower() and word.isalpha() for word in STOP_WORDS)


def test_the_same_statement_may_differ_in_a_word() -> None:
    chapter = "Säkerställa att rutinerna för orosanmälningar är kända i hela verksamheten"
    assert same_statement(chapter, "Säkerställa att rutinerna för orosanmälningar är kända i verksamheten.")
    assert not same_statement(chapter, "Säkerställa att rutinerna för upphandling är kända i hela kommunen")
    assert same_statement(chapter, chapter.replace("hela ", ""), threshold=0.9)
    assert not same_statement(chapter, chapter.replace("hela ", ""), threshold=0.99)


def test_the_order_of_words_counts() -> None:
    there = "nämnden granskar styrelsen och styrelsen svarar nämnden"
    back = "styrelsen svarar nämnden och nämnden granskar styrelsen"
    assert likeness(there, there) == 1.0
    assert likeness(there, back) < 0.6


@pytest.mark.parametrize(("first", "second"), [("", "plan"), ("plan", ""), ("", ""), ("–", "–")])
def test_nothing_is_like_an_empty_text(first: str, second: str) -> None:
    assert likeness(first, second) == 0.0
    assert not same_statement(first, second)


@given(st.text(alphabet="abå ,.", max_size=40), st.text(alphabet="abå ,.", max_size=40))
@settings(max_examples=200, deadline=None)
def test_likeness_is_a_share_and_full_for_the_same_words(first: str, second: str) -> None:
    assert 0.0 <= likeness(first, second) <= 1.0
    assert likeness(first, first.upper()) == (1.0 if words(first) else 0.0)


def test_long_repetitive_texts_are_compared_in_no_time() -> None:
    text = "inte " * 20_000
    started = time.process_time()
    assert likeness.__wrapped__(text, text + "alls") > 0.99
    assert likeness.__wrapped__(text, "ja " * 20_000) == 0.0
    assert time.process_time() - started < 10.0  # processor time; a runaway pattern takes far longer


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        (["plan", "mål"], ["plan"], 1.0),
        (["plan", "mål"], ["mål", "risk", "styrning"], 0.5),
        (["uppföljning"], ["måluppföljning", "budget"], 1.0),
        (["samverkan"], ["samverkansavtal"], 1.0),
        (["plan"], ["planering"], 0.0),
        (["plan"], [], 0.0),
    ],
)
def test_overlap_counts_compounds_by_their_first_and_last_part(
    first: list[str], second: list[str], share: float
) -> None:
    assert overlap(first, second) == overlap(second, first) == share
