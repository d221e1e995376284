"""What each part of search is worth: the whole against the whole without it, with paired bootstrap.

On the questions of evals/retrieval, and where they are on the real documents' and SweFAQ's, which are not part of the
project. The figures stand in docs/sokning.md.
"""

from __future__ import annotations

import json
import math
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from granskning_ai.evaluation.search import Ranking, SearchCase, load_searches, rank
from granskning_ai.indexing import Hit, Index, Search
from granskning_ai.indexing.ranking import DEFAULT, Weights
from granskning_ai.pipeline import Pipeline

ROOT = Path(__file__).resolve().parents[1]
SHARED = (ROOT / ".." / "shared").resolve()
ROUNDS = 2000

WITHOUT: dict[str, tuple[Weights, bool]] = {
    "vectors": (replace(DEFAULT, dense=0.0), True),
    "synonyms": (DEFAULT, False),
    "neighbours": (replace(DEFAULT, neighbour=0.0), True),
    "coverage": (replace(DEFAULT, coverage=0.0), True),
    "kind of answer": (replace(DEFAULT, answering=0.0), True),
    "municipality": (replace(DEFAULT, municipality=0.0), True),
    "all but 4-grams": (Weights(dense=0, neighbour=0, coverage=0, answering=0, municipality=0), False),
    "all but vectors": (Weights(dense=1, neighbour=0, coverage=0, answering=0, municipality=0), False),
}


@dataclass(frozen=True, slots=True)
class Questions:
    """A set of questions and the index that they are asked of."""

    name: str
    cases: Sequence[SearchCase]
    index: Index
    whole: Mapping[str, str] = field(default_factory=dict)
    """The texts by file name, where a whole text is the answer and not a passage of it."""

    def rankings(self, weights: Weights = DEFAULT, *, synonyms: bool = True) -> list[Ranking]:
        """How each question goes."""
        search = Search(self.index, weights=weights, synonyms=synonyms)
        return [rank(self._texts(search.search(case.question, count=20)), case.gold) for case in self.cases]

    def _texts(self, hits: Sequence[Hit]) -> list[str]:
        return list(dict.fromkeys(self.whole.get(hit.file_name, hit.text) for hit in hits))


@contextmanager
def indexed(paths: Sequence[Path], register: Path | None = None) -> Iterator[Index]:
    """Imports documents into a workspace that is thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder, Pipeline.open(folder) as pipeline:
        if register:
            pipeline.add_register(register)
        pipeline.import_paths(paths)
        yield pipeline.indexes.open()


def real_cases() -> list[SearchCase]:
    """The questions on the real documents."""
    lines = (SHARED / "retrieval" / "questions-dev.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines if line.strip()]
    return [
        SearchCase(id=e["id"], split="dev", question=e["question"], gold=tuple(g["text"] for g in e["gold"]))
        for e in entries
    ]


def swefaq(folder: Path) -> tuple[dict[str, str], list[SearchCase]]:
    """SweFAQ's answers, written as one file each, by file name; and its questions."""
    lines = (SHARED / "retrieval" / "swefaq.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines if line.strip()]
    answers = {entry["id"]: entry["text"] for entry in entries if entry["type"] == "passage"}
    for key, text in answers.items():
        (folder / f"{key}.txt").write_text(text, encoding="utf-8")
    return {f"{key}.txt": text for key, text in answers.items()}, [
        SearchCase(id=e["id"], split="test", question=e["question"], gold=tuple(answers[key] for key in e["gold"]))
        for e in entries
        if e["type"] == "question"
    ]


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean, by bootstrap over questions."""
    draw = random.Random(0)
    means = sorted(sum(draw.choices(differences, k=len(differences))) / len(differences) for _ in range(ROUNDS))
    return means[int(0.025 * ROUNDS)], means[int(0.975 * ROUNDS)]


def report(questions: Questions) -> None:
    """Prints the figures of the whole, and of the whole without each part."""
    whole = questions.rankings()
    count = len(whole)
    ndcg = sum(1 / math.log2(1 + r.first) for r in whole if r.first) / count
    print(
        f"\n{questions.name} ({count} questions): hit@5 {sum(0 < r.first <= 5 for r in whole) / count:.3f}  "
        f"MRR@10 {sum(r.reciprocal for r in whole) / count:.3f}  "
        f"recall@10 {sum(r.found for r in whole) / sum(r.wanted for r in whole):.3f}  "
        f"nDCG@10 of the first {ndcg:.3f}"
    )
    print("| without | MRR@10 | the whole is better by |")
    print("|---|---|---|")
    for name, (weights, synonyms) in WITHOUT.items():
        other = questions.rankings(weights, synonyms=synonyms)
        differences = [a.reciprocal - b.reciprocal for a, b in zip(whole, other, strict=True)]
        low, high = interval(differences)
        mean = sum(differences) / count
        print(f"| {name} | {sum(r.reciprocal for r in other) / count:.3f} | {mean:+.3f} [{low:+.3f}, {high:+.3f}] |")


def main() -> None:
    corpus = ROOT / "corpora" / "exempel"
    cases = load_searches(ROOT / "evals" / "retrieval")
    with indexed([corpus], corpus / "kommuner.csv") as index:
        for split in ("dev", "test"):
            report(Questions(f"own questions, {split}", [case for case in cases if case.split == split], index))
    if (SHARED / "retrieval").is_dir():
        with indexed(sorted((SHARED / "corpora").glob("*.txt"))) as index:
            report(Questions("real documents, dev", real_cases(), index))
        with tempfile.TemporaryDirectory() as folder:
            answers, cases = swefaq(Path(folder))
            with indexed([Path(folder)]) as index:
                report(Questions("SweFAQ", cases, index, answers))
