"""What README and the tutorial show is what the program says of the example corpus."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from granskning_ai.cli import main
from granskning_ai.export.appearance import LOOKS
from granskning_ai.model import LABELS
from granskning_ai.pipeline import Pipeline
from granskning_ai.swedish.filters import Filter

ROOT = Path(__file__).resolve().parents[2]
SHOWN = re.compile(
    r"^```console\n(granskning [^\n]+)\n```\n(?:\n[^`]+?)??\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which the example corpus is found where the tutorial says that it is."""
    folder = tmp_path_factory.mktemp("handledning")
    (folder / "corpora").symlink_to(ROOT / "corpora", target_is_directory=True)
    return folder


def run(command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What the program prints, on standard output and then on standard error."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    with pytest.raises(SystemExit) as stop:
        main()
    printed = capsys.readouterr()
    assert stop.value.code == 0, printed.err
    return printed.out + printed.err


def lines(text: str) -> list[str]:
    """The text's lines without what cannot be seen."""
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def pattern(shown: str) -> re.Pattern[str]:
    """What is shown as a pattern; a line of three dots stands for any lines."""
    return re.compile("".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in lines(shown)))


def test_the_tutorial_shows_what_the_program_prints(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    shown = SHOWN.findall((ROOT / "docs" / "handledning.md").read_text(encoding="utf-8"))
    assert len(shown) >= 4
    for command, expected in shown:
        printed = run(command, monkeypatch, capsys)
        assert pattern(expected).fullmatch("\n".join([*lines(printed), ""])), f"{command}\n{printed}"


def test_readme_shows_a_real_finding(folder: Path) -> None:
    rows = re.findall(r"^\| (\w[^|]*?) \| (.+?) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    shown = dict(rows)
    document = re.search(r"\(`(.+)`\)$", shown["Dokument"])
    assert document is not None
    with Pipeline.open(folder / "readme") as pipeline:
        pipeline.add_register(ROOT / "corpora" / "exempel" / "kommuner.csv")
        pipeline.import_paths([ROOT / "corpora" / "exempel" / document[1]])
        matrix = pipeline.matrix(Filter.of([shown["Kommun"]], None))
    column = [column.label for column in matrix.columns].index(shown["Lagkrav"])
    cell = matrix.rows[0].cells[column]
    statement, evidence = cell.statements[0], cell.statements[0].evidence[0]
    assert shown["Status"] == f"{LOOKS[cell.value].symbol} {LABELS[cell.value]}"
    assert shown["På vems ord"] == LABELS[cell.basis]
    assert shown["Citat"] == f"”{evidence.quote}”"
    assert shown["Var"] == f"sidan {evidence.page}, avsnitt {evidence.section}"
    assert shown["Dokument"].startswith(f"{statement.title}, {statement.issuer}, {statement.date} (")
