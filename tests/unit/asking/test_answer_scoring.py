"""The scoring of answers must see what is wrong with one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from granskning_ai.asking import Answer, Kind, Source
from granskning_ai.evaluation.asking import Question, claims_of, faults_of

SOURCE = Source(
    number=1,
    document_id="d",
    file_name="rapport.txt",
    page=3,
    start=10,
    end=52,
    quote="Rådet leds av kommundirektören.",
)
ANSWER = Answer(text="Vittsund: ”Rådet leds av kommundirektören.” [1]", kind=Kind.PASSAGE, sources=(SOURCE,))
QUESTION = Question(id="q", kind=Kind.PASSAGE, split="dev", text="Vem leder rådet?", codes=())


def sound(answer: Answer) -> list[bool]:
    return [is_sound for _, is_sound in claims_of(answer)]


def test_a_claim_with_its_quote_is_sound() -> None:
    assert sound(ANSWER) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Vittsund har ett råd som leds av kommunen.",
        "Vittsund: ”Rådet leds av polisen.” [1]",
        "Simhallen byggs om [1].",
        "Vittsund: ”Rådet leds av kommundirektören.” [2]",
    ],
)
def test_a_claim_without_its_quote_is_not(text: str) -> None:
    assert False in sound(replace(ANSWER, text=text))


def test_a_right_answer_has_no_faults() -> None:
    assert (
        faults_of(replace(QUESTION, contains=("kommundirektören",), cites=("rapport",)), ANSWER, {"d": "rapport"}) == []
    )


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (replace(QUESTION, codes=("9902",)), "kommuner"),
        (replace(QUESTION, kind=Kind.COUNT), "slag"),
        (replace(QUESTION, contains=("polisen",)), "saknar"),
        (replace(QUESTION, lacks=("kommundirektören",)), "har"),
        (replace(QUESTION, cites=("plan",)), "citerar"),
        (replace(QUESTION, value=3), "inte antalet"),
    ],
)
def test_each_fault_is_told(question: Question, fault: str) -> None:
    [told] = faults_of(question, ANSWER, {"d": "rapport"})
    assert told.startswith(fault)


def test_the_number_that_is_given_first_counts() -> None:
    answer = replace(ANSWER, text="Tre kommuner uppfyller kravet: A [1], B [1] och C [1].")
    assert faults_of(replace(QUESTION, value=3), answer, {}) == []
    assert faults_of(replace(QUESTION, value=2), answer, {}) == ["inte antalet 2"]
