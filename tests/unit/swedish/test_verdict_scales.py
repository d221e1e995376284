"""Scales that a report states: the steps, their order, and what stands on them."""

from __future__ import annotations

import pytest

from granskning_ai.swedish.verdict_scales import stated_scale

STATED = [
    ("Skalan är Betryggande (3), Utvecklingsbar (2) och Svag (1).", "betryggande=yes utvecklingsbar=partly svag=no"),
    ("Bedömningsskalan är 1 = svag, 2 = godtagbar, 3 = god.", "god=yes godtagbar=partly svag=no"),
    (
        "En fyrgradig skala används: god, acceptabel, knapp och bristfällig.",
        "god=yes acceptabel=largely knapp=partly bristfällig=no",
    ),
    ("Vi bedömer i tre nivåer: röd, gul och grön.", "grön=yes gul=partly röd=no"),
    ("En skala i tre steg används: röd, gul och grön.", "grön=yes gul=partly röd=no"),
    ("Arbetet sker på tre nivåer: nationell, regional och lokal.", ""),
    ("På en skala från 1 till 5 svarade personalen i snitt 3,2.", ""),
]


@pytest.mark.parametrize(("text", "steps"), STATED)
def test_a_scale_is_read_where_it_is_plain_which_end_is_good(text: str, steps: str) -> None:
    found = " ".join(f"{step.words}={step.verdict.value}" for step in stated_scale(text).steps)
    assert found == steps


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Bedömning: svag.", "no"),
        ("Utvecklingsbar – rutinen är ny", "partly"),
        ("3", "yes"),
        ("Nivå 2", "partly"),
        ("Vår bild är att nämndens arbete är utvecklingsbart.", None),
        ("Vi bedömer att nämndens uppföljning är utvecklingsbar.", "partly"),
        ("30 procent", None),
        ("Svagheter finns", None),
    ],
)
def test_an_answer_on_the_scale(said: str, verdict: str | None) -> None:
    reading = stated_scale("Skalan är betryggande (3), utvecklingsbar (2) och svag (1).").read(said)
    assert (reading.verdict.value if reading else None) == verdict
