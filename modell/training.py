"""Contrastive training with sentence-transformers, and the layout that the program loads."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

Pair = tuple[str, str]

_SHARED_LEFT_OUT = 0.2
"""The share of draws in which the passage loses the words of its query, so that likeness of meaning is learnt too."""

_RATE = 0.003
_SCALE = 20.0


def train(
    tokenizer: Tokenizer,
    vectors: NDArray[np.float32],
    pairs: Sequence[Pair],
    *,
    rounds: int,
    batch: int,
    seed: int,
    progress: Callable[[int, float], None],
) -> NDArray[np.float32]:
    """The vectors after so many rounds over the pairs.

    In each batch every passage but its own is a wrong answer to a query, and every other query to a passage. The loss
    is the sum over all of a vector, its first half and its first quarter (Matryoshka), so that the beginning of a
    vector can be used alone.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import (
        MatryoshkaLoss,
        MultipleNegativesSymmetricRankingLoss,
    )
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(seed)
    chance = random.Random(seed)
    module = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(vectors.copy()))
    model = SentenceTransformer(modules=[module], device="cpu")
    dimension = vectors.shape[1]
    loss = MatryoshkaLoss(
        model,
        MultipleNegativesSymmetricRankingLoss(model, scale=_SCALE),
        matryoshka_dims=[dimension, dimension // 2, dimension // 4],
    )
    steps = max(1, rounds * (len(pairs) // batch))
    optimizer = torch.optim.Adam(model.parameters(), lr=_RATE, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.05 * steps + 1)) * max(0.02, 1 - step / steps)
    )
    for done in range(rounds):
        value = 0.0
        for chosen in batches(pairs, batch, chance):
            queries = [query for query, _ in chosen]
            passages = [_without(query, passage, chance) for query, passage in chosen]
            lost = loss([model.preprocess(queries), model.preprocess(passages)], None)
            optimizer.zero_grad()
            lost.backward()
            optimizer.step()
            schedule.step()
            value = lost.item()
        progress(done + 1, value)
    trained: NDArray[np.float32] = module.embedding.weight.detach().numpy()
    return trained


def batches(pairs: Sequence[Pair], size: int, chance: random.Random) -> Iterator[list[Pair]]:
    """The pairs in a new order; no text stands twice in a batch, since it would be a wrong answer to itself."""
    waiting = list(pairs)
    chance.shuffle(waiting)
    while len(waiting) >= size:
        taken: list[Pair] = []
        left: list[Pair] = []
        seen: set[str] = set()
        for at, pair in enumerate(waiting):
            if len(taken) == size:
                left += waiting[at:]
                break
            if seen.isdisjoint(pair):
                taken.append(pair)
                seen.update(pair)
            else:
                left.append(pair)
        if len(taken) < size:
            return
        yield taken
        waiting = left


def _without(query: str, passage: str, chance: random.Random) -> str:
    if chance.random() >= _SHARED_LEFT_OUT:
        return passage
    asked = {word for word in query.lower().split() if len(word) > 3}
    return " ".join(word for word in passage.split() if word.lower() not in asked) or passage


def export(tokenizer: Tokenizer, vectors: NDArray[np.float32], folder: Path) -> None:
    """Writes whole numbers from -127 to 127 with a scale for each row: a quarter of the size, the same answers."""
    from safetensors.numpy import save_file

    from modell.pieces import PADDING, UNKNOWN

    table = vectors.copy()
    for piece in (PADDING, UNKNOWN):
        table[tokenizer.token_to_id(piece)] = 0
    scales = np.abs(table).max(axis=1)
    scales[scales == 0] = 1
    rows = np.rint(table / scales[:, None] * 127).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    save_file({"embeddings": rows, "weights": (scales / 127).astype(np.float32)}, folder / "model.safetensors")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"embedding_dtype": "int8", "normalize": True}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
