"""Embedders by name: the one that ships, or a larger model that sentence-transformers can run.

sentence-transformers is imported here, when the first text is embedded, and nowhere else in search.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from granskning_ai.errors import ConfigError
from granskning_ai.indexing.static_embedder import StaticEmbedder

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from granskning_ai.ports import Embedder, Role

_RECIPES = Path(__file__).parent / "data" / "modeller.yml"
_BATCH = 32
_EDGE = 65_536
"""Bytes at each end of a file of weights that tell it from another."""


def load_embedder(name: str | None = None, *, download: bool = False) -> Embedder:
    """The embedder that ships with the program, or the one in a folder or of a name on the model hub.

    The network is used only if `download` is true and the model is not on this computer.

    Raises:
        ConfigError: the folder does not hold a model.
    """
    if name is None:
        return StaticEmbedder()
    folder = Path(name).expanduser()
    if not folder.is_dir():
        return LargeEmbedder(name, download=download)
    return StaticEmbedder(folder) if _is_static(folder) else LargeEmbedder(str(folder.resolve()))


def _is_static(folder: Path) -> bool:
    """Whether the folder holds a table of int8 rows, as the shipped model is kept and `make modell` writes it."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and config.get("embedding_dtype") == "int8"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model wants its texts: what stands before them, and how many word pieces it reads (None: as it says)."""

    query: str = ""
    passage: str = ""
    pieces: int | None = None

    @classmethod
    def of(cls, name: str) -> Recipe | None:
        """The recipe of the model, if its makers are known to ask for one."""
        import yaml

        last = Path(name).name.lower()
        for entry in yaml.safe_load(_RECIPES.read_text(encoding="utf-8")):
            if fnmatchcase(last, entry.pop("fits")):
                return cls(**entry)
        return None


class LargeEmbedder:
    """A model of sentence-transformers. Loading it takes seconds, so that is left until a text comes."""

    slow_to_load = True

    def __init__(self, name: str, *, download: bool = False) -> None:
        self._path = name
        self._download = download
        self.name = f"{Path(name).name}:{_mark(Path(name))}" if Path(name).is_dir() else name

    @cached_property
    def dimension(self) -> int:
        """The length of its vectors."""
        return len(self.embed(["längd"], role="passage")[0])

    @cached_property
    def _recipe(self) -> Recipe:
        own = self._model.prompts
        return Recipe.of(self._path) or Recipe(
            query=own.get("query") or "", passage=own.get("passage") or own.get("document") or ""
        )

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(self._path, local_files_only=not self._download, device=None)
        except Exception as error:
            raise self._cannot_load() from error
        recipe = Recipe.of(self._path)
        if recipe and recipe.pieces and (model.max_seq_length or recipe.pieces) >= recipe.pieces:
            model.max_seq_length = recipe.pieces
        return model

    def _cannot_load(self) -> ConfigError:
        if Path(self._path).is_dir():
            return ConfigError(
                f"Mappen {self._path} innehåller ingen modell som går att använda.",
                hint="Den ska innehålla en modell som är sparad med sentence-transformers.",
            )
        if self._download:
            return ConfigError(
                f"Modellen {self._path} kunde inte hämtas.",
                hint="Kontrollera namnet och att datorn når nätet, eller ange en mapp där modellen ligger.",
            )
        return ConfigError(
            f"Modellen {self._path} finns inte på datorn.",
            hint="Programmet hämtar ingenting utan att du ber om det. Sätt GRANSKNING_HAMTA_MODELL=true en gång, "
            "eller ange en mapp där modellen ligger.",
        )

    def embed(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        """One row of length one for each text, with what the model wants before a query or a passage."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        prefix = self._recipe.query if role == "query" else self._recipe.passage
        vectors = self._model.encode(
            [prefix + text for text in texts],
            # The model's own default prompt would come before ours.
            prompt="",
            batch_size=_BATCH,
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def _mark(folder: Path) -> str:
    """Tells models in folders apart without reading all of them: their files' names, sizes and edges."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".bin", ".json", ".txt", ".model") and path.is_file():
            size = path.stat().st_size
            digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
            with path.open("rb") as file:
                digest.update(file.read(_EDGE))
                file.seek(max(0, size - _EDGE))
                digest.update(file.read(_EDGE))
    return digest.hexdigest()[:12]
