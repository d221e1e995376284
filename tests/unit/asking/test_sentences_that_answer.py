"""Which sentences of a passage answer a question, and which only resemble one that does."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from granskning_ai.asking.reply.fitting import Fitter, Quote
from granskning_ai.asking.reply.matching import Words, is_light, strength
from granskning_ai.asking.reply.selecting import Said, select, with_words


@dataclass(frozen=True)
class Passage:
    text: str
    section: str = "3 Iakttagelser"
    title: str = "Granskning av fritidsgårdarna"
    document_id: str = "d"
    start: int = 0
    end: int = 0


def best(question: str, words: list[str], text: str, years: tuple[int, ...] = (), section: str = "3 Resultat") -> Quote:
    passages = [Passage(text, section=section)]
    quotes = Fitter(question, Words(words), years).quotes(passages, {"d": {2024}})
    nothing = Quote(hit=passages[0], start=0, end=0, score=0.0, cover=0.0, is_answer=False)
    return next((quote for quote in quotes if quote.is_answer), nothing)


@pytest.mark.parametrize(
    ("question", "words", "text", "answer"),
    [
        (
            "Hur många cyklar stals vid stationen?",
            ["cyklar", "stals", "stationen"],
            "Stationen byggdes om 2019. Under året stals fyrtio cyklar vid stationen.",
            "Under året stals fyrtio cyklar vid stationen.",
        ),
        (
            "Vem leder rådet?",
            ["leder", "rådet"],
            "Rådet har funnits i tre år. Rådet leds av kommundirektören.",
            "Rådet leds av kommundirektören.",
        ),
        (
            "När beslutades planen?",
            ["beslutades", "planen"],
            "I mars 2023 var planen inte beslutad. Planen beslutades den 4 juni 2024.",
            "Planen beslutades den 4 juni 2024.",
        ),
        (
            "Varför stängdes gården?",
            ["stängdes", "gården"],
            "Gården stängdes i maj. Hyresvärden sade upp avtalet.",
            "Gården stängdes i maj. Hyresvärden sade upp avtalet.",
        ),
        ("Vem ansvarar för gården?", ["ansvarar", "gården"], "Vem ansvarar för gården?", ""),
        ("Hur många poliser finns det?", ["poliser"], "I gruppen ingår två lokalpoliser.", ""),
        ("Hur många poliser finns det?", ["poliser"], "Avtalet med polisen gäller 2024.", ""),
        ("Vad kostade granskningen?", ["kostade", "granskningen"], "Bidraget är 2 miljoner kronor.", ""),
        ("Hur många simhallar finns det?", ["simhallar"], "Det finns tre fritidsgårdar.", ""),
    ],
)
def test_the_sentence_that_answers_is_quoted_and_no_other(
    question: str, words: list[str], text: str, answer: str
) -> None:
    assert best(question, words, text).text == answer


def test_a_figure_is_of_the_year_that_is_asked_for() -> None:
    table = "Brott\t2022\t2023\nCykelstölder\t40\t52"
    assert best("Hur många cykelstölder var det 2023?", ["cykelstölder"], table, (2023,)).is_answer
    assert not best("Hur många cykelstölder var det 2024?", ["cykelstölder"], table, (2024,)).is_answer


def test_a_title_or_a_heading_is_no_answer() -> None:
    assert not best("Vad sägs om fritidsgårdarna?", ["fritidsgårdarna"], "Granskning av fritidsgårdarna").is_answer


def test_what_stands_under_a_heading_that_is_the_question_answers_it() -> None:
    quote = best(
        "Vilka hinder nämner ungdomarna?",
        ["hinder", "ungdomarna"],
        "Avgifter och långa köer.",
        section="4 Hinder för ungdomarna",
    )
    assert quote.text == "Avgifter och långa köer."


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("belysning", "gatubelysningen", True),
        ("kostnadskontrollen", "kontroll över vad det kostar", True),
        ("följs", "simhallen", False),
        ("uppföljning", "planen följs inte alltid upp", True),
    ],
)
def test_words_are_found_in_other_forms(wanted: str, text: str, found: bool) -> None:
    assert bool(Words([wanted]).found_in(text)) is found


def test_a_part_of_a_word_is_less_than_the_word() -> None:
    assert strength("grannsamverkan", "samverkan") < 0.5 < strength("samverkan", "grannsamverkan")


def test_nouns_carry_a_question_and_everyday_verbs_do_not() -> None:
    assert is_light("träffas")
    assert not is_light("skolpsykolog")


def test_what_few_items_fit_decides() -> None:
    advice = ["ny belysning vid skolan", "ny belysning i tunneln", "ny plan"]
    chosen = select(advice, with_words(["belysning", "tunneln"]), lambda text: Said(text=text))
    assert chosen == ["ny belysning i tunneln"]


def test_advice_of_an_audit_is_about_what_was_audited() -> None:
    items = [("Inför en rutin.", "Granskning av hemtjänsten"), ("Inför en plan.", "Granskning av skolan")]
    chosen = select(items, with_words(["hemtjänsten"]), lambda item: Said(text=item[0], subject=item[1]))
    assert chosen == items[:1]
