"""The parser's child process: reads a file from its input, answers with a Document or an error, and waits for more."""

from __future__ import annotations

import os
import pickle
import sys
from importlib import import_module
from typing import IO

from granskning_ai.errors import GranskningError, LimitExceeded, ParsingError
from granskning_ai.model import Document
from granskning_ai.parsing import parse
from granskning_ai.parsing.means import Means
from granskning_ai.parsing.page_view import draw
from granskning_ai.parsing.wire import Drawn, DrawRequest, Request, Scanned, Then, read_frame, write_frame

_REPORT = "De andra filerna påverkas inte. Hör av dig till den som sköter programmet, med filen."


def main() -> None:
    """Serves until the input closes."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not end up between the answers.
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    while True:
        try:
            request, data = read_frame(requests, pickle.loads)
        except (EOFError, OSError):
            return
        if not isinstance(request, Request | DrawRequest):
            return
        _limit(request.seconds, request.memory)
        if isinstance(request, DrawRequest):
            write_frame(answers, *_drawing(request, data))
        else:
            write_frame(answers, _answer(request, data, answers))


def _answer(request: Request, data: bytes, answers: IO[bytes]) -> object:
    def tell_scanned(pages: int) -> None:
        # The parent grants the time; this process only must not end itself before.
        _limit(request.seconds + request.pages * request.scan_seconds, request.memory)
        write_frame(answers, Scanned(pages=pages))

    means = Means(
        max_pages=request.pages,
        max_unpacked=request.unpacked,
        processes=request.processes,
        tell_scanned=tell_scanned,
    )
    try:
        document = parse(request.source, data, password=request.password, means=means)
        return _go_on(document, request.then) if request.then else document
    except GranskningError as error:
        return type(error)(error.message, hint=error.hint)


def _go_on(document: Document, then: Then) -> object:
    """What is made of the document.

    Raises:
        ParsingError: that failed; the file is at fault or the program is, and the other files are read all the same.
    """
    module, _, name = then.function.partition(":")
    try:
        return getattr(import_module(module), name)(document, then.context)
    except GranskningError:
        raise
    except MemoryError as error:
        message = f"Filen {document.source.name} kräver för mycket minne för att läsas."
        raise LimitExceeded(message, hint=_REPORT) from error
    except Exception as error:
        message = f"Filen {document.source.name} kunde inte läsas färdigt (internt fel: {type(error).__name__})."
        raise ParsingError(message, hint=_REPORT) from error


def _drawing(request: DrawRequest, data: bytes) -> tuple[Drawn | GranskningError, bytes]:
    name = request.source.name
    try:
        return Drawn(), draw(request.source, data, request.page, request.marks, password=request.password)
    except GranskningError as error:
        return type(error)(error.message, hint=error.hint), b""
    except Exception as error:
        # As in `parse`: the file is at fault, or the drawing is.
        what = type(error).__name__
        return ParsingError(f"Sidan {request.page} i {name} kunde inte ritas (internt fel: {what})."), b""


def _limit(seconds: float, memory: int) -> None:
    """Limits processor time for this file, and memory for the process."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit there.
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    _set(resource.RLIMIT_CPU, int(spent + seconds) + 1)
    _set(resource.RLIMIT_AS, memory)
    _set(resource.RLIMIT_CORE, 0)


def _set(kind: int, value: int) -> None:
    import resource

    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
