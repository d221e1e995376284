"""Parses files in child processes with limits on time, memory, pages and size: a hostile file costs only itself.

The children are started afresh, not forked: they inherit no open files, sockets or database, and only the few
environment variables that they need. They live on from file to file and are replaced when one had to be killed.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from granskning_ai.errors import GranskningError, LimitExceeded, ParsingError
from granskning_ai.model import Document, DocumentRecord, SourceFile
from granskning_ai.parsing.page_view import Mark
from granskning_ai.parsing.wire import (
    Drawn,
    DrawRequest,
    Request,
    Scanned,
    Then,
    read_frame,
    restricted_loads,
    write_frame,
)

_COMMAND = (sys.executable, "-P", "-c", "from granskning_ai.parsing.worker import main; main()")
_PASSED_ON = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHASHSEED",
    "LANG",
    "LC_ALL",
    "HOME",
    "TESSDATA_PREFIX",
    "SYSTEMROOT",
)
_TOO_LONG = -getattr(signal, "SIGXCPU", 0)
_SPLIT = "Dela upp filen, eller spara den på nytt från det program den kommer från."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What parsing one file may cost."""

    seconds: float = 60.0
    """Wall clock and processor time alike."""
    scan_seconds: float = 20.0
    """So much longer for each page that is a picture and has to be read as one."""
    memory: int = 1536 * 1024**2
    pages: int = 3000
    size: int = 200 * 1024**2
    unpacked: int = 2 * 1024**3
    """All that a compressed file unpacks to."""


class Loadable(Protocol):
    """What can be parsed: something that knows where its bytes are."""

    def load(self) -> tuple[SourceFile, bytes]:
        """Reads the file.

        Raises:
            GranskningError: it cannot be read.
        """
        ...


Item = TypeVar("Item", bound=Loadable)
Result = TypeVar("Result")


class _Pool(Generic[Result]):
    """A few parsing processes, started when first needed."""

    def __init__(self, kind: type[Result], limits: Limits | None, workers: int | None, then: Then | None) -> None:
        self.limits = limits or Limits()
        self._kind, self._then = kind, then
        self._processors = os.cpu_count() or 1
        self._count = max(1, workers or self._processors)
        self._busy = 0
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._alive: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(self._count):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes."""
        with self._lock:
            self._closed = True
            workers, self._alive = self._alive, set()
        for worker in workers:
            worker.end()

    def parse(self, source: SourceFile, data: bytes, *, password: str | None = None) -> Result:
        """Reads one file.

        Raises:
            ParsingError: the file cannot be read, or parsing it went past a limit (`LimitExceeded`).
        """
        if len(data) > self.limits.size:
            size, most = len(data) // 1024**2, self.limits.size // 1024**2
            raise LimitExceeded(f"Filen {source.name} är {size} MB; gränsen är {most} MB.", hint=_SPLIT)
        with self._worker() as worker:
            outcome, _ = worker.ask(self._request(source, password), data, self.limits)
            if isinstance(outcome, self._kind):
                return outcome
            raise outcome if isinstance(outcome, GranskningError) else worker.puzzled(source)

    @contextlib.contextmanager
    def _worker(self) -> Iterator[_Worker]:
        """A child of one's own for a while."""
        worker = self._idle.get()
        with self._lock:
            self._busy += 1
        try:
            if worker is None or not worker.is_alive:
                worker = self._start()
            yield worker
        finally:
            with self._lock:
                self._busy -= 1
                if worker is not None and not worker.is_alive:
                    self._alive.discard(worker)
                    worker = None
            self._idle.put(worker)

    def _request(self, source: SourceFile, password: str | None) -> Request:
        """What a child is asked for. One that is alone may read as many pictures at a time as there are processors."""
        limits = self.limits
        return Request(
            source=source,
            password=password,
            seconds=limits.seconds,
            scan_seconds=limits.scan_seconds,
            memory=limits.memory,
            pages=limits.pages,
            unpacked=limits.unpacked,
            processes=max(1, self._processors // max(1, self._busy)),
            then=self._then,
        )

    def parse_all(
        self, items: Iterable[Item], *, password: str | None = None
    ) -> Iterator[tuple[Item, Result | GranskningError]]:
        """Yields each item with what was read or its error, in the order given, parsing several at a time."""
        waiting: deque[tuple[Item, Future[Result | GranskningError]]] = deque()
        executor = ThreadPoolExecutor(self._count, thread_name_prefix="parsing")
        try:
            for item in items:
                waiting.append((item, executor.submit(self._attempt, item, password)))
                if len(waiting) >= 2 * self._count:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            executor.shutdown(wait=False, cancel_futures=True)

    def _attempt(self, item: Loadable, password: str | None) -> Result | GranskningError:
        try:
            source, data = item.load()
            return self.parse(source, data, password=password)
        except GranskningError as error:
            return error

    def _start(self) -> _Worker:
        worker = _Worker()
        with self._lock:
            if self._closed:
                worker.end()
                raise ParsingError("Tolkningen avbröts.", hint="Starta importen igen.")
            self._alive.add(worker)
        return worker


class ParserPool(_Pool[Document]):
    """Parses files and draws their pages."""

    def __init__(self, limits: Limits | None = None, workers: int | None = None) -> None:
        super().__init__(Document, limits, workers, None)

    def draw(
        self, source: SourceFile, data: bytes, page: int, marks: tuple[Mark, ...], *, password: str | None = None
    ) -> bytes:
        """Draws a page with marks on it, as a PNG picture.

        Raises:
            ParsingError: there is no such page, or it cannot be drawn.
        """
        limits = self.limits
        request = DrawRequest(
            source=source, password=password, page=page, marks=marks, seconds=limits.seconds, memory=limits.memory
        )
        with self._worker() as worker:
            outcome, picture = worker.ask(request, data, limits)
            if isinstance(outcome, Drawn):
                return picture
            raise outcome if isinstance(outcome, GranskningError) else worker.puzzled(source)


class ReaderPool(_Pool[DocumentRecord]):
    """Parses files and goes on with each document in the same process, within the same limits."""

    def __init__(self, limits: Limits, workers: int | None, then: Then) -> None:
        super().__init__(DocumentRecord, limits, workers, then)


class _Worker:
    """One child process."""

    def __init__(self) -> None:
        # What a killed child leaves behind (pictures of pages) goes with the folder.
        self._folder = tempfile.TemporaryDirectory(prefix="granskning-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ}
            | {name: self._folder.name for name in ("TMPDIR", "TEMP", "TMP")},
            start_new_session=True,
        )
        self._late = False

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Request | DrawRequest, data: bytes, limits: Limits) -> tuple[object, bytes]:
        """Has something done with a file. A child that dies or is killed is told from one that answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        watch = _Watch(limits, self._kill)
        try:
            write_frame(self._process.stdin, request, data)
            answer, more = read_frame(self._process.stdout, restricted_loads, most=limits.memory)
            while isinstance(answer, Scanned):
                watch.extend(answer.pages)
                answer, more = read_frame(self._process.stdout, restricted_loads, most=limits.memory)
        except (EOFError, OSError):
            return self._post_mortem(request.source, watch.seconds), b""
        finally:
            watch.end()
        if isinstance(answer, LimitExceeded):
            # What ran out of memory is not to be trusted with the next file.
            self.end()
        return answer, more

    def puzzled(self, source: SourceFile) -> ParsingError:
        """Ends a child that answers something else than what it was asked for."""
        self.end()
        return ParsingError(f"Filen {source.name} kunde inte tolkas.", hint=_SPLIT)

    def _kill(self) -> None:
        self._late = True
        self._kill_all()

    def _kill_all(self) -> None:
        """Kills the child and what it may have started."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def _post_mortem(self, source: SourceFile, seconds: float) -> GranskningError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            # A child that dies by a signal of its own shall keep it as its exit code.
            self._process.wait(timeout=1)
        code = self.end()
        if self._late or code == _TOO_LONG:
            message = f"Filen {source.name} tog mer än {seconds:g} sekunder att tolka och hoppades över."
            return LimitExceeded(message, hint=_SPLIT)
        return ParsingError(f"Filen {source.name} fick tolken att krascha och hoppades över.", hint=_SPLIT)

    def end(self) -> int:
        """Ends the child, which holds nothing that needs saving; returns its exit code."""
        self._kill_all()
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._folder.cleanup()
        return code


class _Watch:
    """Calls `late` when the time for a file is up. Pages that are pictures extend it, at most once for each page."""

    def __init__(self, limits: Limits, late: Callable[[], None]) -> None:
        self._limits, self._late = limits, late
        self._begun = time.monotonic()
        self._scanned = 0
        self._timer = self._start()

    @property
    def seconds(self) -> float:
        """How long the file may take."""
        return self._limits.seconds + self._scanned * self._limits.scan_seconds

    def extend(self, pages: int) -> None:
        """Grants the time for pages that are pictures, as many as a file may have."""
        self._timer.cancel()
        self._scanned = min(self._limits.pages, self._scanned + max(0, pages))
        self._timer = self._start()

    def end(self) -> None:
        """Stops watching."""
        self._timer.cancel()

    def _start(self) -> threading.Timer:
        timer = threading.Timer(max(0.0, self._begun + self.seconds - time.monotonic()), self._late)
        timer.daemon = True
        timer.start()
        return timer
