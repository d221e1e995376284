"""The embedder that ships with the program: a table of word-piece vectors, whose mean stands for a text.

tokenizers and safetensors are imported here and nowhere else. No torch: it is ready in 0.1 s.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from granskning_ai.errors import ConfigError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from granskning_ai.ports import Role

SHIPPED = Path(__file__).parent / "modell"
_BATCH = 512
_MOST_WORDS = 200_000
"""The words whose pieces are remembered; some 40 MB."""


class StaticEmbedder:
    """Mean of the pieces' vectors, of length one; no prefixes. A text without known pieces gives the zero vector."""

    slow_to_load = False

    def __init__(self, folder: Path = SHIPPED) -> None:
        """Reads the table; the folder holds `model.safetensors` (int8 rows and their scales) and `tokenizer.json`.

        Raises:
            ConfigError: the folder does not hold such a model.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        self._folder = folder
        self._known: dict[str, list[int]] = {}
        try:
            tables = load_file(folder / "model.safetensors")
            self._rows = tables["embeddings"]
            self._scales = tables["weights"].astype(np.float32)
        except (OSError, KeyError, SafetensorError) as error:
            raise ConfigError(
                f"Mappen {folder} innehåller ingen modell som går att använda.",
                hint="Den ska ha filerna model.safetensors och tokenizer.json, som make modell skriver.",
            ) from error
        self.dimension = int(self._rows.shape[1])
        self.name = f"statisk:{self._mark(tables)}"

    @staticmethod
    def _mark(tables: dict[str, NDArray[np.generic]]) -> str:
        """Tells models apart: a digest of a part of the table, since all of it would take longer than a query."""
        rows = tables["embeddings"]
        sample = np.ascontiguousarray(rows[:: max(1, len(rows) // 512)])
        return hashlib.sha256(json.dumps(rows.shape).encode() + sample.tobytes()).hexdigest()[:12]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def embed(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        """One row of length one for each text; queries and passages are treated alike."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            for row, pieces in enumerate(self._pieces(texts[first : first + _BATCH]), start=first):
                if pieces:
                    ids = np.asarray(pieces, dtype=np.int64)
                    vectors[row] = self._scales[ids] @ self._rows[ids].astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text's pieces. The tokenizer parts at white space first, so each word is parted only once."""
        parted = [text.split() for text in texts]
        if len(self._known) > _MOST_WORDS:
            self._known.clear()
        fresh = list(dict.fromkeys(word for words in parted for word in words if word not in self._known))
        for word, encoding in zip(
            fresh, self._tokenizer.encode_batch_fast(fresh, add_special_tokens=False), strict=True
        ):
            self._known[word] = encoding.ids
        known = self._known
        return [[id for word in words for id in known[word]] for words in parted]
