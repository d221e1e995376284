"""Search against what a Python user would otherwise write: pypdf, LangChain's splitter, Chroma and a model.

Both read the same PDF files and answer the same questions in one run, each in a process of its own. The usual model is
all-MiniLM-L6-v2; GRANSKNING_JAMFOR_MODELL names the folder of it or of another. Without one, our own static model is
used on both sides, which says nothing of models but all of the rest.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SHARED = (ROOT / ".." / "shared").resolve()
COUNT = 10


@dataclass(frozen=True)
class Question:
    text: str
    gold: tuple[str, ...]


def material() -> tuple[list[Path], list[Question], list[str]]:
    """The PDF files, the questions that they answer, and extra arguments for our import."""
    asked = SHARED / "retrieval" / "questions-dev.jsonl"
    if asked.exists():
        files = sorted(f for f in (SHARED / "corpora" / "typeset").glob("*.pdf") if "skannad" not in f.name)
        lines = [json.loads(line) for line in asked.read_text(encoding="utf-8").splitlines() if line]
        return files, [Question(q["question"], tuple(g["text"] for g in q["gold"])) for q in lines], []
    corpus = ROOT / "corpora" / "exempel"
    files = sorted(corpus.glob("*.pdf"))
    stems = {file.stem for file in files}
    entries = yaml.safe_load((ROOT / "evals" / "fragor" / "passage.yaml").read_text(encoding="utf-8"))
    chosen = [entry for entry in entries if stems.issuperset(entry["cites"])]
    questions = [Question(entry["question"], tuple(entry["contains"])) for entry in chosen]
    return files, questions, ["--register", str(corpus / "kommuner.csv")]


def ours(folder: Path, _: str) -> dict[str, Any]:
    """Imports with everything that it finds (findings, requirements, both indexes), then searches."""
    from granskning_ai.pipeline import Pipeline

    files, questions, extra = material()
    with Pipeline.open(folder / "arbetsyta") as pipeline:
        if extra:
            pipeline.add_register(Path(extra[1]))
        started = time.perf_counter()
        pipeline.import_paths(files)
        ingest = time.perf_counter() - started
        return {"ingest": ingest} | _ask(questions, lambda q: [hit.text for hit in pipeline.search(q).hits])


def theirs(folder: Path, model: str) -> dict[str, Any]:
    """The pipeline as the libraries' own introductions show it, with the splitter's usual sizes."""
    files, questions, _ = material()
    started = time.perf_counter()
    import pypdf
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(model, device="cpu", local_files_only=True)

    class Model(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return loaded.encode(texts, show_progress_bar=False).tolist()

        def embed_query(self, text: str) -> list[float]:
            return loaded.encode([text], show_progress_bar=False)[0].tolist()

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = []
    for file in files:
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
        chunks += splitter.split_text(text)
    store = Chroma("jamfor", Model(), persist_directory=str(folder / "chroma"))
    store.add_texts(chunks)
    ingest = time.perf_counter() - started
    search = lambda q: [document.page_content for document in store.similarity_search(q, k=COUNT)]  # noqa: E731
    return {"ingest": ingest} | _ask(questions, search)


def _ask(questions: list[Question], search: Callable[[str], list[str]]) -> dict[str, Any]:
    search(questions[0].text)
    spent = []
    answers = []
    for question in questions:
        started = time.perf_counter()
        answers.append(search(question.text)[:COUNT])
        spent.append(time.perf_counter() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"query": sorted(spent)[len(spent) // 2], "memory": memory, **_quality(questions, answers)}


def _quality(questions: list[Question], answers: list[list[str]]) -> dict[str, float]:
    hit = ranks = 0.0
    words = [len(text.split()) for texts in answers for text in texts]
    for question, texts in zip(questions, answers, strict=True):
        right = next((at for at, text in enumerate(texts) if any(_covers(text, gold) for gold in question.gold)), None)
        hit += right is not None and right < 5
        ranks += 0.0 if right is None else 1 / (right + 1)
    return {"hit": hit / len(questions), "mrr": ranks / len(questions), "words": sum(words) / max(1, len(words))}


def _covers(text: str, gold: str) -> bool:
    """Whether the passage has the gold text, or half of its pieces of 24 letters: splitters cut where they please."""
    plain, wanted = _squeezed(text), _squeezed(gold)
    pieces = {wanted[at : at + 24] for at in range(0, max(1, len(wanted) - 23), 4)}
    return wanted in plain or sum(piece in plain for piece in pieces) * 2 >= len(pieces)


def _squeezed(text: str) -> str:
    return re.sub(r"[^0-9a-zåäöéü]", "", unicodedata.normalize("NFC", text).lower())


def own_model(folder: Path) -> str:
    """Our static model as sentence-transformers keeps models."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    from granskning_ai.indexing.static_embedder import SHIPPED, StaticEmbedder

    shipped = StaticEmbedder()
    weights = torch.from_numpy(shipped._rows.astype("float32") * shipped._scales[:, None])
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(str(folder))
    return str(folder)


def main() -> None:
    files, questions, _ = material()
    print(f"{len(files)} PDF-filer, {len(questions)} frågor")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = os.environ.get("GRANSKNING_JAMFOR_MODELL")
        if model is None:
            print("Modellen hos jämförelsen är vår egen statiska, i sentence-transformers. (GRANSKNING_JAMFOR_MODELL)")
            model = own_model(folder / "modell")
        figures = {}
        for who in ("ours", "theirs"):
            line = [sys.executable, "-m", "benchmarks.bench_jamfor", who, str(folder), model]
            done = subprocess.run(line, check=True, capture_output=True, text=True)
            figures[who] = json.loads(done.stdout.splitlines()[-1])
    rows = [
        ("rätt stycke bland fem", "hit", "{:8.3f}"),
        ("MRR@10", "mrr", "{:8.3f}"),
        ("ord per stycke", "words", "{:8.0f}"),
        ("inläsning, s", "ingest", "{:8.1f}"),
        ("en fråga, ms", "query", "{:8.1f}"),
        ("minne, MB", "memory", "{:8.0f}"),
    ]
    print(f"{'':24}{'granskning':>12}{'pypdf+LangChain+Chroma':>26}{'kvot':>8}")
    for label, key, form in rows:
        mine, other = (figures[who][key] * (1000 if key == "query" else 1) for who in ("ours", "theirs"))
        print(f"{label:24}{form.format(mine):>12}{form.format(other):>26}{mine / max(other, 1e-9):8.2f}")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps({"ours": ours, "theirs": theirs}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])))
    else:
        main()
