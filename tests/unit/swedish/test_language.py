from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granskning_ai.swedish.language import sentences

SENTENCES = """
Planen är beslutad. | Den följs upp.
Nämnden har bl.a. en plan. | Den följs upp.
Enligt t.ex. Björkdala kommun är det så. | Andra håller med.
Rutiner, riktlinjer m.m. finns. | De är kända.
Det finns rutiner, riktlinjer m.m. | Nämnden känner till dem.
Skolan, polisen m.fl. deltar i arbetet.
Den s.k. Fabriksmodellen används.
Se 12 kap. 1 § kommunallagen. | Där står det.
Enligt 4 §. | Nämnden har inte svarat.
Beslutet (§ 4) gäller. | Det fattades den 3. maj 2022.
Handlingen har dnr. KS 2023/45 och finns hos registrator.
DNR. KS 2023/45 gäller.
Granskningen leds av A. Ek och B. Sand. | Den är klar.
Anna B. Lind är ordförande.
Rutinen finns i bilaga B. | Den är beslutad.
Kostnaden är 3.5 miljoner kronor. | Det är mer än väntat.
Kostnaden är 12 tkr. | Det är mindre än väntat.
Kostnaden är 12 mnkr. per år.
Det kom 12 st. | Fem av dem var sena.
Bristen är av allvarlig art. | Nämnden bör agera.
Jfr. art. 5 i förordningen.
Läs mer på www.bjorkdala.se/plan.html. | Där finns planen.
Mötet börjar kl. 13.30. | Alla är välkomna.
”Vi hinner inte.” | Så säger en rektor.
”Hinner ni?” frågar revisorerna.
Frågan ”Finns en plan?” har fått svar. | Ja!
Finns en plan? | Är den beslutad?
Nämnden tvekar ... och beslutar ändå. | Det är klart.
Nämnden tvekar … och beslutar ändå.
Nämnden tvekar … | Beslutet dröjer.
1. Planen ska beslutas. | 2. Den ska följas upp.
a. Planen ska beslutas.
2.1. Organisation
Under 2023. | Nämnden beslutade i juni.
Se kapitel 3. | Där beskrivs metoden.
Från och med jan. 2023 gäller planen. | Den löper i fyra år.
Rapporten (se bilaga 2.) är klar. | Den är kort.
Kommunen m.fl. | Övriga saknas.
Det gäller åren 2021–2023 o.s.v. | Nästa plan är klar.
Planen antogs den 3 dec. av fullmäktige.
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_sentences_end_where_a_reader_ends_them(line: str) -> None:
    expected = line.split(" | ")
    text = " ".join(expected)
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_line_break_always_ends_a_sentence() -> None:
    text = "Mål och budget\n\nför 2024 bl.a.\nnämnden"
    assert [text[start:end] for start, end in sentences(text)] == ["Mål och budget", "för 2024 bl.a.", "nämnden"]


def test_offsets_point_into_the_text_as_it_is() -> None:
    text = "  Åtgärd  ett.\u00a0 Åtgärd två.  "
    assert [text[start:end] for start, end in sentences(text)] == ["Åtgärd  ett.", "Åtgärd två."]


@given(st.text(alphabet='aB1 .!?…\n\t”"()§åÅ-', max_size=200))
@settings(max_examples=300, deadline=None)
def test_sentences_are_ordered_trimmed_and_hold_all_that_is_printed(text: str) -> None:
    spans = sentences(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


HOSTILE = [
    "a. " * 70_000,
    "." * 200_000,
    "m.m. A" * 40_000,
    ".)" * 100_000,
    ". " + " " * 200_000,
    ("A" * 1000 + ". ") * 200,
    "1. " * 70_000,
    "?” " * 70_000,
    ".\n" * 100_000,
    ". (((" * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_split_in_linear_time(text: str) -> None:
    started = time.process_time()
    sentences.__wrapped__(text)
    assert time.process_time() - started < 20.0  # processor time; quadratic would take minutes
