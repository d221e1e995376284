"""`make modell` on a tiny text: a model that the program loads, and that has learnt what it was shown."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from granskning_ai.indexing.models import load_embedder
from granskning_ai.indexing.static_embedder import StaticEmbedder

ROOT = Path(__file__).resolve().parents[2]

TOPICS = {
    "Äldreomsorg": "Hemtjänsten besöker de äldre varje morgon, lagar frukost och hjälper till med medicinen",
    "Resor": "Skolskjutsen hämtar eleverna vid hållplatsen, och bussen kör genom byarna till skolan",
    "Teknik": "Vattenverket renar råvattnet med filter, och ledningarna för dricksvattnet till husen",
    "Kultur": "Biblioteket lånar ut böcker och ordnar sagostunder, och låntagarna får lånekort",
    "Vinter": "Plogbilarna röjer snön på gatorna efter oväder, och sedan sandas trottoarerna mot halka",
    "Tillstånd": "Byggnadsnämnden prövar ansökan om bygglov för villor, altaner och murar mot detaljplanen",
}
SAID = (
    "{} enligt avtalet.",
    "Under året har {}.",
    "Det framgår att {} som vanligt.",
    "Fortfarande {} i hela kommunen.",
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("text")
    chance = random.Random(1)
    for number in range(12):
        parts = [f"Rapport {number}"]
        for topic in chance.sample(sorted(TOPICS), 4):
            clauses = TOPICS[topic].split(", ")
            chance.shuffle(clauses)
            parts += [topic, " ".join(chance.choice(SAID).format(clause) for clause in [*clauses, *clauses])]
        (folder / f"{number}.txt").write_text("\n\n".join(parts), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "modell", folder, "--till", folder / "modell",
         "--ordbitar", "300", "--dimensioner", "32", "--varv", "10", "--knippe", "8"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "12 texter" in done.stdout
    return folder / "modell"


def test_the_program_loads_it(model: Path) -> None:
    embedder = load_embedder(str(model))
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.dimension == 32
    assert embedder.name != load_embedder(None).name


def test_a_heading_lies_next_to_what_stands_below_it(model: Path) -> None:
    embedder = load_embedder(str(model))
    headings = embedder.embed([heading.lower() for heading in TOPICS], role="query")
    bodies = embedder.embed(list(TOPICS.values()), role="passage")
    assert (headings @ bodies.T).argmax(axis=1).tolist() == list(range(len(TOPICS)))
    # Also with the first quarter of the numbers, for the loss is Matryoshka's.
    short = headings[:, :8] @ bodies[:, :8].T
    assert sum(short.argmax(axis=1) == range(len(TOPICS))) >= len(TOPICS) - 1


def test_text_without_paragraphs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kort.txt").write_text("Hej", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "modell", tmp_path, "--till", tmp_path / "modell"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Texten räcker inte till" in done.stderr
