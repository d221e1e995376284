"""Damaged files of every format through the real child process: read, or refused in words, and nothing else happens."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from granskning_ai.errors import GranskningError
from granskning_ai.intake import Incoming, collect
from granskning_ai.model import Document, FileFailure, SourceFile
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
    try:
        assert isinstance(pool.parse(SourceFile.of(f"fil.{format}", data, format), data), Document)
    except GranskningError as error:
        assert error.hint
        assert "internt fel" not in error.message
        assert "krascha" not in error.message
    assert time.monotonic() - begun < LIMITS.seconds


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
            try:
                assert isinstance(item, Incoming | FileFailure)
                if isinstance(item, Incoming):
                    item.load()
            except GranskningError as error:
                assert error.hint

    settings(SHORT, max_examples=300)(given(damaged(archive()))(check))()
