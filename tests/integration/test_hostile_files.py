"""Broken and hostile files: each costs only itself, within limits, and the user is told what is wrong with it."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from granskning_ai.errors import GranskningError
from granskning_ai.intake import Incoming, collect
from granskning_ai.model import SourceFile
from granskning_ai.parsing.sandbox import Limits, ParserPool

HOSTILE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "typeset" / "trasiga"
MESSAGES = {
    "encrypted-user-password.pdf": "skyddad med lösenord",
    "huge-page-count.pdf": "5000 sidor; högst 2000 läses",
    "no-text-layer-blank.pdf": "innehåller ingen text",
    "not-a-pdf.pdf": "är en webbsida",
    "truncated.pdf": "avkortad",
    "wrong-extension.pdf": "är en bild (PNG)",
    "zero-bytes.pdf": "är tom",
}


@pytest.mark.real
def test_each_hostile_file_is_named_with_what_is_wrong_and_the_rest_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(tmp_path / "a"), "importera", str(HOSTILE)]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}, check=False)
    assert time.monotonic() - begun < 60
    assert done.returncode == 3
    told = done.stderr.split("Kunde inte läsas: ")[1:]
    assert len(told) == len(MESSAGES)
    for file, message in MESSAGES.items():
        (about,) = (text for text in told if text.split("\n")[0].endswith(file))
        assert message in about
    assert "6 inlästa, 7 kunde inte läsas" in done.stderr


@pytest.mark.real
def test_no_hostile_file_takes_more_memory_than_allowed() -> None:
    limits = Limits(pages=2000, memory=1024 * 1024**2)
    with ParserPool(limits, workers=1) as pool:
        for item in collect([HOSTILE]):
            assert isinstance(item, Incoming)
            list(pool.parse_all([item]))
            for worker in pool._alive:
                status = Path(f"/proc/{worker._process.pid}/status")
                if not status.is_file():
                    pytest.skip("needs /proc")
                peak = next(line for line in status.read_text().splitlines() if line.startswith("VmPeak"))
                assert int(peak.split()[1]) * 1024 <= limits.memory, item.name


def bomb_pdf(size: int) -> bytes:
    """A page whose content unpacks to `size` bytes of operators."""
    stream = zlib.compress(b"BT /F1 9 Tf (ord) Tj ET\n" * (size // 24), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return body + b"trailer\n<</Size 5/Root 1 0 R>>\n%%EOF\n"


def bomb_docx(size: int) -> bytes:
    """A Word file whose text unpacks to `size` bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("format", "data"),
    [
        ("pdf", bomb_pdf(200 * 1024**2)),
        ("docx", bomb_docx(300 * 1024**2)),
        ("html", b"<table>" + b"<tr><td colspan=1000 rowspan=1000>x</td></tr>" * 2000),
        ("text", b"a" * 5_000_000),
        ("text", b"1.1.1.1 " * 500_000),
    ],
)
def test_what_grows_when_it_is_read_stops_at_a_limit_or_is_read(format: str, data: bytes) -> None:
    limits = Limits(seconds=8, memory=700 * 1024**2, unpacked=200 * 1024**2)
    good = b"Planen f\xc3\xb6ljs upp."
    begun = time.monotonic()
    with ParserPool(limits, workers=1) as pool:
        with contextlib.suppress(GranskningError):
            pool.parse(SourceFile.of(f"stor.{format}", data, format), data)
        assert pool.parse(SourceFile.of("a.txt", good, "text"), good).text == "Planen följs upp."
    assert time.monotonic() - begun < 20
