"""How the parser's child process and its parent talk: length, pickle, length, bytes."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import IO

from granskning_ai.errors import rebuild
from granskning_ai.model import SourceFile
from granskning_ai.parsing.page_view import Mark

_SIZE = 8
_NOUNS = ("codes", "documents", "findings", "quality", "requirements", "runs")
_ALLOWED = frozenset({"granskning_ai.errors", *(f"granskning_ai.model.{name}" for name in _NOUNS)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What a child does with a document that it has parsed: calls `function`, 'module:name', with it and `context`."""

    function: str
    context: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A file to parse, and what that may cost."""

    source: SourceFile
    password: str | None
    seconds: float
    scan_seconds: float
    memory: int
    pages: int
    unpacked: int
    processes: int
    then: Then | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRequest:
    """A page to draw, with marks on it, and what that may cost."""

    source: SourceFile
    password: str | None
    page: int
    marks: tuple[Mark, ...]
    seconds: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a child sends with the picture that it has drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What a child sends before it reads pages that are pictures, which takes long: how many they are."""

    pages: int


def write_frame(stream: IO[bytes], value: object, data: bytes = b"") -> None:
    """Writes a value and raw bytes."""
    header = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    for piece in (len(header).to_bytes(_SIZE, "big"), header, len(data).to_bytes(_SIZE, "big"), data):
        stream.write(piece)
    stream.flush()


def read_frame(stream: IO[bytes], loads: Callable[[bytes], object], *, most: int = sys.maxsize) -> tuple[object, bytes]:
    """Reads a value and raw bytes, each of at most `most` bytes.

    Raises:
        EOFError: the other side is gone, or says that it sends more.
    """
    header = _exactly(stream, int.from_bytes(_exactly(stream, _SIZE, most), "big"), most)
    data = _exactly(stream, int.from_bytes(_exactly(stream, _SIZE, most), "big"), most)
    return loads(header), data


def _exactly(stream: IO[bytes], size: int, most: int) -> bytes:
    if size > most:
        raise EOFError
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def restricted_loads(data: bytes) -> object:
    """Unpickles nouns and errors only: what a child sends, that has read a hostile file, may not run code here.

    Raises:
        EOFError: the child sent something else.
    """
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception as error:
        raise EOFError from error


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        known = module in _ALLOWED or (module == __name__ and name in (Scanned.__name__, Drawn.__name__))
        found = super().find_class(module, name) if known and "." not in name else None
        # What a module only imports is no noun of its own.
        if not isinstance(found, type | FunctionType) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name}")
        if isinstance(found, FunctionType) and found is not rebuild:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found
