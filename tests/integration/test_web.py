"""The web application in a real server, asked over a real connection on this machine."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "exempel"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    workspace = tmp_path_factory.mktemp("webb") / "arbetsyta"
    command = [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace)]
    importing = [*command, "importera", str(CORPUS / "eklunda-2025-granskning.txt")]
    subprocess.run([*importing, "--register", str(CORPUS / "kommuner.csv")], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    server = subprocess.Popen([*command, "webb", "--port", str(number), "--utan-webblasare"], env=dict(os.environ))
    try:
        for _ in range(150):
            try:
                socket.create_connection(("127.0.0.1", number), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=20)


def get(port: int, path: str, host: str = "127.0.0.1") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host})
    return connection.getresponse()


def test_the_matrix_is_the_first_page(port: int) -> None:
    response = get(port, "/")
    page = response.read().decode()
    assert response.status == 200
    assert "Eklunda" in page
    assert "Strategiskt råd" in page


def test_the_matrix_can_be_downloaded(port: int) -> None:
    response = get(port, "/matris.csv")
    assert "attachment" in (response.getheader("Content-Disposition") or "")
    assert "Eklunda" in response.read().decode("utf-8-sig")
    assert get(port, "/matris.exe").status == 404


def test_documents_are_downloads_and_unknown_ones_are_not_found(port: int) -> None:
    assert get(port, "/dokument/finnsinte").status == 404


def test_other_host_names_are_refused(port: int) -> None:
    assert get(port, "/", host="example.org").status == 400
