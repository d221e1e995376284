"""The plug-in points: every Protocol on one page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from granskning_ai.model import (
    Document,
    DocumentRecord,
    ExtractionResult,
    Matrix,
    Passage,
    SourceFile,
)


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
