"""Asking what was imported: answers from findings, statuses and passages, with quotes; refusals; follow-ups."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from granskning_ai.asking import Answer, Kind
from granskning_ai.evaluation.asking import claims_of
from granskning_ai.pipeline import Pipeline
from granskning_ai.swedish import municipalities

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpora" / "exempel"
NAMES = [
    "eklunda-2025-granskning.txt",
    "klarvik-2024-lagesbild.html",
    "norrmarka-2021-forstudie.html",
    "norrmarka-2025-granskning.html",
    "tjarnas-2021-granskning.txt",
    "vittsund-2024-yttrande.txt",
]
HEAVY = ("torch", "sentence_transformers", "spacy", "chromadb")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("fraga") / "arbetsyta"
    before = dict(municipalities._extra)
    with Pipeline.open(folder) as pipeline:
        pipeline.add_register(CORPUS / "kommuner.csv")
        assert not pipeline.import_paths([CORPUS / name for name in NAMES]).failed
    yield folder
    municipalities._extra.clear()
    municipalities._extra.update(before)
    municipalities.register.cache_clear()
    municipalities._pattern.cache_clear()


@pytest.fixture(scope="module")
def pipeline(workspace: Path) -> Iterator[Pipeline]:
    with Pipeline.open(workspace) as opened:
        yield opened


def check(answer: Answer, pipeline: Pipeline) -> None:
    """What holds for every answer: quotes stand where they say, and every claim is cited by a quote that bears it."""
    for source in answer.sources:
        text, pages = pipeline.store.text_of(source.document_id)
        assert text[source.start : source.end] == source.quote
        assert source.page in {page.number for page in pages}
        assert f"[{source.number}]" in answer.text
    assert {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)} == {s.number for s in answer.sources}
    assert not [claim for claim, sound in claims_of(answer) if not sound]


@pytest.mark.parametrize(
    ("question", "kind", "codes", "said"),
    [
        ("Vilka kommuner uppfyller kravet på lägesbild?", Kind.COMPARE, ("9903", "9907"), "Norrmarka"),
        ("Hur många kommuner uppfyller kravet på strategiskt råd?", Kind.COUNT, ("9903",), "En kommun"),
        ("Vilka kommuner saknar åtgärdsplan?", Kind.COMPARE, ("9909",), "saknar åtgärdsplan"),
        ("Har Klarvik en åtgärdsplan?", Kind.FINDINGS, ("9909",), "Nej."),
        ("Vilka rekommendationer fick Norrmarka om fullmäktige?", Kind.FINDINGS, ("9903",), "minst en gång om året"),
        ("Hur många rekommendationer fick Norrmarka?", Kind.COUNT, ("9903",), "Tre rekommendationer"),
        ("Fick Eklunda några rekommendationer?", Kind.FINDINGS, ("9907",), "Vi lämnar inga rekommendationer"),
        ("Vad bedömde revisorerna om samordningen i Norrmarka?", Kind.FINDINGS, ("9903",), "I allt väsentligt"),
        ("Vilka risker lyfter förstudien i Norrmarka?", Kind.FINDINGS, ("9903",), "enskilda personer"),
        ("Hur många narkotikabrott anmäldes i Klarvik 2023?", Kind.FINDINGS, ("9909",), "95"),
        ("Vem granskade Tjärnås?", Kind.FINDINGS, ("9906",), "Tallört & Rask"),
        ("Hur många bilar brändes i Tjärnås 2020?", Kind.PASSAGE, ("9906",), "fjorton bilar"),
        ("Vad svarade Vittsund om mätbara mål?", Kind.PASSAGE, ("9902",), "Vi delar inte revisorernas uppfattning"),
    ],
)
def test_the_answer_is_right_and_every_claim_is_cited(
    pipeline: Pipeline, question: str, kind: Kind, codes: tuple[str, ...], said: str
) -> None:
    answer = pipeline.ask(question)
    assert not answer.refused, answer.text
    assert (answer.kind, answer.municipality_codes) == (kind, codes)
    assert said in answer.text
    assert answer.sources
    check(answer, pipeline)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilka rekommendationer fick Malmö?", "inget dokument om Malmö"),
        ("Vilka rekommendationer fick Norrmarka 2019?", "inget dokument om Norrmarka från 2019"),
        ("Vilka rekommendationer fick Klarvik?", "ingen granskning av Klarvik"),
        ("Vad är den samlade bedömningen av Klarvik?", "framgår inte"),
        ("Vad bedömde revisorerna om hemtjänsten i Eklunda?", "Sökt i ett dokument om Eklunda efter ”hemtjänsten”"),
        ("Hur många bilar brändes i Tjärnås 2023?", "framgår inte"),
        ("Hur många narkotikabrott anmäldes i Klarvik 2024?", "framgår inte"),
        ("Vad sade KPMG om Norrmarka?", "Inget dokument är skrivet av KPMG"),
        ("Vad kostade granskningen av Norrmarka?", "framgår inte"),
        ("Hur blir vädret i Klarvik?", "framgår inte"),
        ("Skriv en dikt om Vittsund", "utför inga andra uppdrag"),
    ],
)
def test_what_the_material_does_not_tell_is_refused_and_what_was_searched_is_told(
    pipeline: Pipeline, question: str, said: str
) -> None:
    answer = pipeline.ask(question)
    assert answer.refused, answer.text
    assert said in answer.text
    check(answer, pipeline)


def test_the_kinds_of_empty_are_kept_apart(pipeline: Pipeline) -> None:
    answer = pipeline.ask("Vilka kommuner uppfyller kravet på samordningsfunktion?")
    assert "Tjärnås" in answer.text
    assert "inte prövat mot lagen" in answer.text
    assert "Klarviks lägesbild och Vittsunds yttrande nämner ingen samordningsfunktion" in answer.text


def test_a_status_is_never_stronger_than_its_source(pipeline: Pipeline) -> None:
    answer = pipeline.ask("Har Tjärnås en överenskommelse med polisen?")
    assert answer.text.startswith("Ja.")
    assert "enligt revisorns iakttagelse, men det är inte prövat mot lagen" in answer.text


def test_a_question_that_follows_keeps_what_it_leaves_out(pipeline: Pipeline) -> None:
    first = pipeline.ask("Uppfyller Norrmarka kravet på strategiskt råd?")
    assert first.municipality_codes == ("9903",)
    second = pipeline.ask("och Eklunda?", follow_up=True)
    assert second.municipality_codes == ("9907",)
    assert "strategiskt råd" in second.text
    third = pipeline.ask("Vilka rekommendationer fick de?", follow_up=True)
    assert "Vi lämnar inga rekommendationer" in third.text


def test_without_its_flag_a_question_starts_afresh(pipeline: Pipeline) -> None:
    pipeline.ask("Uppfyller Norrmarka kravet på strategiskt råd?")
    assert "strategiskt råd" not in pipeline.ask("och Eklunda?").text


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    with Pipeline.open(tmp_path / "tom") as empty:
        answer = empty.ask("Vilka kommuner saknar en lägesbild?")
    assert answer.refused
    assert "granskning importera" in answer.text


def granskning(workspace: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80"},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_prints_the_answer_and_its_sources(workspace: Path) -> None:
    printed = granskning(workspace, "fraga", "Vilka kommuner uppfyller kravet på strategiskt råd?")
    assert printed.startswith("Norrmarka [1] uppfyller kravet på strategiskt råd enligt revisorns bedömning.")
    assert "[1] norrmarka-2025-granskning.html, sida 1\n    ”Rådet motsvarar lagens krav" in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_the_json_is_what_other_programs_rely_on(workspace: Path) -> None:
    printed: dict[str, Any] = json.loads(granskning(workspace, "fraga", "Vem granskade Tjärnås?", "--json"))
    assert list(printed) == ["answer", "refused", "kind", "municipality_codes", "sources"]
    assert list(printed["sources"][0]) == ["number", "document_id", "file_name", "page", "start", "end", "quote"]
    assert printed["kind"] in {kind.value for kind in Kind}


@pytest.mark.parametrize("question", ["Vilka kommuner saknar en lägesbild?", "Hur många bilar brändes i Tjärnås?"])
def test_a_question_loads_no_heavy_library(workspace: Path, question: str) -> None:
    code = (
        "import sys; from granskning_ai.pipeline import Pipeline; "
        f"Pipeline.open({str(workspace)!r}).ask({question!r}); "
        f"print([name for name in {HEAVY!r} + ('granskning_ai.extraction', 'alembic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


@pytest.mark.real
def test_the_question_of_the_regional_body_on_the_real_documents(shared: Path, tmp_path: Path) -> None:
    with Pipeline.open(tmp_path / "arbetsyta") as pipeline:
        pipeline.import_paths(sorted((shared / "corpora").glob("*.txt")))
        answer = pipeline.ask("Vilka kommuner saknar ett forum på hög nivå för brottsförebyggande frågor?")
        assert answer.municipality_codes == ("0126",)
        assert answer.text.startswith("Huddinge [1] uppfyller inte kravet på strategiskt råd")
        assert re.search(r"Salem \[2\] och Sollentuna \[3\] .* inte prövat mot lagen", answer.text)
        assert "Södertäljes åtgärdsplan nämner inget strategiskt råd" in answer.text
        check(answer, pipeline)
