"""A Chroma server of its own, an embedder whose vectors are plain to see, and records to index."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import pytest
from numpy.typing import NDArray

from granskning_ai.model import (
    Block,
    BlockKind,
    DocType,
    Document,
    DocumentRecord,
    Metadata,
    Page,
    Passage,
    Recommendation,
    SourceFile,
    stable_id,
)
from granskning_ai.ports import Role


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    program = Path(sys.executable).with_name("chroma")
    server = subprocess.Popen(
        [program, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/api/v2/heartbeat", server)
        yield url
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("chroma run did not start")


class LetterEmbedder:
    """How often each letter stands in the text, of length one."""

    name = "bokstäver"
    dimension = 29
    slow_to_load = False

    def embed(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        rows = np.array(
            [[text.lower().count(x) for x in "abcdefghijklmnopqrstuvwxyzåäö"] for text in texts], np.float32
        )
        rows = rows.reshape(len(texts), self.dimension)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, lengths, out=rows, where=lengths > 0)
        return rows


def _record(number: int, *paragraphs: str, advice: str = "", code: str = "0128") -> DocumentRecord:
    """A record whose passages are the paragraphs; the advice is the last of them."""
    texts = [*paragraphs, *([advice] if advice else [])]
    blocks: list[Block] = []
    start = 0
    for text in texts:
        blocks.append(Block(kind=BlockKind.PARAGRAPH, text=text, start=start, end=start + len(text), page=1))
        start += len(text) + 1
    whole = "\n".join(texts)
    source = SourceFile.of(f"rapport-{number}.txt", f"{number} {whole}".encode(), "text")
    document = Document(
        source=source,
        text=whole,
        blocks=tuple(blocks),
        pages=(Page(number=1, start=0, end=len(whole)),),
        page_count=1,
        metadata=Metadata(title=f"Rapport {number}", doc_type=DocType.AUDIT_REPORT, municipality_codes=(code,)),
    )
    passages = tuple(
        Passage(
            id=stable_id("pass", document.id, block.start),
            document_id=document.id,
            start=block.start,
            end=block.end,
            page=1,
            section="",
            text=block.text,
        )
        for block in blocks
    )
    findings: tuple[Recommendation, ...] = ()
    if advice:
        quote = document.cite(blocks[-1].start, blocks[-1].end)
        findings = (
            Recommendation(id=stable_id("rek", document.id), evidence=(quote,), found_by="rule:x", text=advice),
        )
    return DocumentRecord(document=document, path=f"/{source.name}", passages=passages, findings=findings)


@pytest.fixture
def make_record() -> Callable[..., DocumentRecord]:
    return _record


@pytest.fixture
def letters() -> LetterEmbedder:
    return LetterEmbedder()
