"""Damaged files of every format through the real child process: read, or refused in words, and nothing else happens."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from granskning_ai.errors import GranskningError
from granskning_ai.intake import Incoming, collect
from granskning_ai.model import FileFailure, SourceFile
from granskning_ai.parsing.sandbox import Limits, ParserPool

from .mutations import FILES, damaged, damaged_inside

LIMITS = Limits(seconds=10, memory=512 * 1024**2)
# The same files in each ordinary run; other ones each time in a long one.
SHORT = settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate], database=None)
LONG = settings(SHORT, max_examples=4000, derandomize=False, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def pool() -> Iterator[ParserPool]:
    with ParserPool(LIMITS, workers=1) as shared:
        yield shared


def files(format: str) -> st.SearchStrategy[bytes]:
    data = FILES[format]
    return damaged(data) | damaged_inside(data) if format == "docx" else damaged(data)


def read_or_refused(pool: ParserPool, format: str, data: bytes) -> None:
    begun = time.monotonic()
    outcome = attempt(lambda: pool.parse(SourceFile.of(f"fil.{format}", data, format), data))
    assert time.monotonic() - begun < LIMITS.seconds
    if isinstance(outcome, GranskningError):
        assert outcome.hint
        assert "internt fel" not in outcome.message
        assert "krascha" not in outcome.message


def attempt(action: Callable[[], object]) -> object:
    """What the action returns, or the error that it is allowed to end in."""
    try:
        return action()
    except GranskningError as error:
        return error


@pytest.mark.parametrize("format", FILES)
def test_a_whole_file_is_read(pool: ParserPool, format: str) -> None:
    assert pool.parse(SourceFile.of(f"fil.{format}", FILES[format], format), FILES[format]).text


@pytest.mark.parametrize("format", FILES)
def test_a_damaged_file_is_read_or_refused_in_words(pool: ParserPool, format: str) -> None:
    SHORT(given(files(format))(lambda data: read_or_refused(pool, format, data)))()


@pytest.mark.slow
@pytest.mark.parametrize("format", FILES)
def test_many_damaged_files_are_read_or_refused_in_words(pool: ParserPool, format: str) -> None:
    LONG(given(files(format))(lambda data: read_or_refused(pool, format, data)))()


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for format, data in FILES.items():
            package.writestr(f"rapporter/fil.{'txt' if format == 'text' else format}", data)
    return stream.getvalue()


def test_a_damaged_archive_is_opened_or_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "år.zip"

    def check(data: bytes) -> None:
        path.write_bytes(data)
        for item in collect([path]):
            outcome = attempt(item.load) if isinstance(item, Incoming) else item
            assert not isinstance(outcome, GranskningError | FileFailure) or outcome.hint

    settings(SHORT, max_examples=300)(given(damaged(archive()))(check))()
