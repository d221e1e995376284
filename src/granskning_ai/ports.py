"""The plug-in points: every Protocol on one page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from granskning_ai.model import (
    Document,
    DocumentRecord,
    ExtractionResult,
    Matrix,
    Passage,
    SourceFile,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Role = Literal["query", "passage"]
"""What a text is to an embedder: some models are told by a prefix."""


class Parser(Protocol):
    """Turns the bytes of one format into a Document."""

    formats: tuple[str, ...]

    def parse(self, source: SourceFile, data: bytes, *, password: str | None = None) -> Document:
        """Parses `data`.

        Raises:
            ParsingError: the file cannot be read; message and hint are Swedish and meant for the user.
        """
        ...


class Extractor(Protocol):
    """Finds what a document says."""

    name: str

    def extract(self, document: Document, passages: Sequence[Passage]) -> ExtractionResult:
        """Returns the findings, each with evidence cut from `document`."""
        ...


class MatrixExporter(Protocol):
    """Writes a matrix to a file."""

    suffix: str

    def write(self, matrix: Matrix, path: Path) -> None:
        """Writes `matrix` to `path`, whole or not at all."""
        ...


class DatasetExporter(Protocol):
    """Writes everything that is stored to a folder, as documented tables."""

    def write(self, records: Sequence[DocumentRecord], directory: Path) -> list[Path]:
        """Writes one file per table that has rows; returns the paths."""
        ...


class Embedder(Protocol):
    """Turns texts into vectors, so that texts of like meaning lie close."""

    @property
    def name(self) -> str:
        """What an index remembers: two embedders of the same name give the same vectors."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def slow_to_load(self) -> bool:
        """Whether a first answer takes seconds; then its vectors find passages, and do not only weigh others' finds."""
        ...

    def embed(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        """Returns one row for each text, of length one; zeros for a text in which it knows nothing."""
        ...


class VectorStore(Protocol):
    """Keeps vectors by id, each belonging to a document, and finds the nearest."""

    def put(
        self,
        versions: Mapping[str, str],
        ids: Sequence[str],
        owners: Sequence[str],
        vectors: NDArray[np.float32],
    ) -> None:
        """Keeps vectors in place of those that their documents had.

        `versions` has every document by id, also one without vectors; `owners` is the document of each vector. A
        document is held first when all of its vectors are.
        """
        ...

    def remove(self, documents: Collection[str]) -> None:
        """Forgets the documents' vectors; what is not there is no error."""
        ...

    def nearest(
        self, vector: NDArray[np.float32], count: int, *, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the nearest vectors with their cosine, nearest first; in the given documents, or in all."""
        ...

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those of the ids that it has."""
        ...

    def held(self) -> Mapping[str, str]:
        """The version of each document that it holds."""
        ...
