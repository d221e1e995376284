"""`granskning dokument` and `granskning dokument visa`, as a user types them."""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from granskning_ai.cli import main
from granskning_ai.pipeline import Pipeline

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "exempel"
LOCKED = "last.pdf"


@dataclass
class Said:
    code: object
    out: str
    err: str


Run = Callable[[str], Said]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report, the same report behind a password, and a Word file."""
    folder = tmp_path_factory.mktemp("visa")
    writer = PdfWriter(clone_from=PdfReader(CORPUS / "vittsund-2024-granskning.pdf"))
    writer.encrypt(user_password="hemligt")
    with (folder / LOCKED).open("wb") as out:
        writer.write(out)
    with Pipeline.open(folder / "yta") as pipeline:
        pipeline.add_register(CORPUS / "kommuner.csv")
        files = [CORPUS / "vittsund-2024-granskning.pdf", CORPUS / "ytterhede-2025-inkop.docx", folder / LOCKED]
        report = pipeline.import_paths(files, password="hemligt")
        assert not report.failed
    return folder


def say(workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str) -> Said:
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setattr(sys, "argv", ["granskning", "--arbetsyta", str(workspace / "yta"), *shlex.split(command)])
    with pytest.raises(SystemExit) as stop:
        main()
    return Said(stop.value.code, *capsys.readouterr())


@pytest.fixture
def granskning(workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return lambda command: say(workspace, monkeypatch, capsys, command)


def document_id(workspace: Path, name: str) -> str:
    with Pipeline.open(workspace / "yta") as pipeline:
        return next(summary.id for summary in pipeline.store.summaries() if summary.file_name == name)


def test_the_list_shows_ids_and_how_surely_each_was_read(granskning: Run, workspace: Path) -> None:
    said = granskning("dokument")
    head, details = next(pair for pair in pairwise(said.out.splitlines()) if "inkop.docx" in pair[1])
    assert head.startswith(document_id(workspace, "ytterhede-2025-inkop.docx")[:8])
    assert "inläsning: god" in details
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("length", [16, 6])
def test_a_page_is_drawn_by_id_or_its_beginning(granskning: Run, workspace: Path, tmp_path: Path, length: int) -> None:
    name = document_id(workspace, "vittsund-2024-granskning.pdf")[:length]
    target = tmp_path / "sida 6.png"
    said = granskning(f"dokument visa {name} --sida 2 --png '{target}'")
    assert said.code == 0, said.err
    assert said.out == ""
    assert "Sidan 2 i vittsund-2024-granskning.pdf är ritad" in said.err
    assert "revisionsfråga och svar (" in said.err
    picture = Image.open(target)
    assert picture.height > picture.width > 1000


def test_a_page_of_a_protected_file_is_drawn_with_its_password(granskning: Run, tmp_path: Path) -> None:
    target = tmp_path / "sida.png"
    said = granskning(f"dokument visa {LOCKED} --sida 2 --png {target}")
    assert said.code == 1
    assert "lösenord" in said.err
    assert not target.exists()
    assert granskning(f"dokument visa {LOCKED} --sida 2 --png {target} --losenord hemligt").code == 0
    assert Image.open(io.BytesIO(target.read_bytes())).width > 1000


@pytest.mark.parametrize(
    ("command", "message", "hint"),
    [
        ("visa ytterhede-2025-inkop.docx --sida 1", "är ett Worddokument utan sidor", "PDF"),
        ("visa finns-inte.pdf --sida 1", "inget dokument med id eller filnamn", "granskning dokument"),
        ("visa vittsund-2024-granskning.pdf --sida 99", "har ingen sida 99", "från 1 till"),
        ("visa vittsund-2024-granskning.pdf --sida 0", "har ingen sida 0", "från 1 till"),
    ],
)
def test_what_cannot_be_shown_is_said_plainly(
    granskning: Run, tmp_path: Path, command: str, message: str, hint: str
) -> None:
    said = granskning(f"dokument {command} --png {tmp_path / 'a.png'}")
    assert said.code == 1
    assert message in said.err
    assert hint in said.err
    assert not (tmp_path / "a.png").exists()


def test_a_picture_that_cannot_be_written_is_an_error(granskning: Run, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    said = granskning(f"dokument visa vittsund-2024-granskning.pdf --sida 1 --png {tmp_path / 'fil' / 'a.png'}")
    assert said.code == 1
    assert "går inte att skriva" in said.err


def test_importing_a_protected_file_takes_its_password(granskning: Run, workspace: Path, tmp_path: Path) -> None:
    said = granskning(f"--arbetsyta {tmp_path / 'ny'} importera {workspace / LOCKED}")
    assert said.code == 1
    assert "--losenord" in said.err
    said = granskning(f"--arbetsyta {tmp_path / 'ny'} importera {workspace / LOCKED} --losenord fel")
    assert "öppnar inte" in said.err
    said = granskning(f"--arbetsyta {tmp_path / 'ny'} importera {workspace / LOCKED} --losenord hemligt")
    assert said.code == 0
