"""The whole way from files to tables, by the command that a user types."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpora" / "exempel"
SHARED = (ROOT / ".." / "shared").resolve()
TEXTS = ["eklunda-2025-granskning.txt", "tjarnas-2021-granskning.txt", "vittsund-2024-yttrande.txt"]


def granskning(
    workspace: Path, *arguments: str | Path, seed: str = "0", expect: int | None = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "NO_COLOR": "1"},
        check=False,
        timeout=300,
    )
    assert expect is None or done.returncode == expect, done.stderr
    return done


def exported(workspace: Path, target: Path, seed: str = "0") -> dict[str, bytes]:
    granskning(workspace, "exportera", "--till", target, seed=seed)
    return {path.name: path.read_bytes() for path in sorted(target.iterdir())}


def rows(tables: dict[str, bytes], name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in tables.get(f"{name}.jsonl", b"").decode().splitlines()]


def import_texts(workspace: Path, seed: str = "0") -> None:
    paths = [CORPUS / name for name in TEXTS]
    granskning(workspace, "importera", *paths, "--register", CORPUS / "kommuner.csv", seed=seed)


def test_same_files_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    import_texts(tmp_path / "a", seed="1")
    import_texts(tmp_path / "b", seed="2")
    first = exported(tmp_path / "a", tmp_path / "ut-a", seed="3")
    second = exported(tmp_path / "b", tmp_path / "ut-b", seed="4")
    assert first == second
    assert rows(first, "audit_questions")


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    import_texts(tmp_path / "a")
    before = exported(tmp_path / "a", tmp_path / "ut")
    again = granskning(tmp_path / "a", "importera", *[CORPUS / name for name in TEXTS])
    assert "3 oförändrade" in again.stderr
    assert exported(tmp_path / "a", tmp_path / "ut") == before


def test_a_changed_file_replaces_its_old_version(tmp_path: Path) -> None:
    file = tmp_path / "rapport.txt"
    shutil.copyfile(CORPUS / TEXTS[0], file)
    granskning(tmp_path / "a", "importera", file, "--register", CORPUS / "kommuner.csv")
    old = rows(exported(tmp_path / "a", tmp_path / "ut"), "documents")
    file.write_text(file.read_text(encoding="utf-8").replace("fyra personer", "fem personer"), encoding="utf-8")
    done = granskning(tmp_path / "a", "importera", file)
    new = rows(exported(tmp_path / "a", tmp_path / "ut"), "documents")
    assert "1 lästa på nytt" in done.stderr
    assert len(old) == len(new) == 1
    assert old[0]["document_id"] != new[0]["document_id"]


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_imported(tmp_path: Path) -> None:
    broken = tmp_path / "trasig.pdf"
    broken.write_bytes(b"")
    lying = tmp_path / "bild.pdf"
    lying.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = granskning(tmp_path / "a", "importera", broken, CORPUS / TEXTS[0], lying, expect=3)
    assert "trasig.pdf" in done.stderr
    assert "bild.pdf" in done.stderr
    assert "1 inlästa" in done.stderr
    assert len(rows(exported(tmp_path / "a", tmp_path / "ut"), "documents")) == 1
    listed = granskning(tmp_path / "a", "dokument")
    assert "trasig.pdf" in listed.stdout


def test_usage_errors_are_swedish_and_have_exit_code_2(tmp_path: Path) -> None:
    done = granskning(tmp_path / "a", "importera", expect=2)
    assert "saknas" in done.stderr
    assert "Missing" not in done.stderr
    done = granskning(tmp_path / "a", "finnsinte", expect=2)
    assert "inget kommando" in done.stderr


def test_domain_errors_have_exit_code_1_and_say_what_to_do(tmp_path: Path) -> None:
    done = granskning(tmp_path / "a", "matris", "--kommun", "Ingenstans", expect=1)
    assert "Ingenstans" in done.stderr
    assert "Traceback" not in done.stderr


def killed_during_import(workspace: Path, arguments: list[str], after: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), "importera", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("after", [1.0, 2.0, 3.0])
def test_a_killed_import_leaves_whole_documents_and_goes_on_where_it_was(tmp_path: Path, after: float) -> None:
    arguments = [str(CORPUS / name) for name in TEXTS]
    undisturbed = tmp_path / "undisturbed"
    import_texts(undisturbed)
    workspace = tmp_path / "killed"
    workspace.mkdir()
    shutil.copyfile(CORPUS / "kommuner.csv", workspace / "kommuner.csv")
    killed_during_import(workspace, arguments, after)
    between = exported(workspace, tmp_path / "ut-between")
    for document in rows(between, "documents"):
        assert any(block["document_id"] == document["document_id"] for block in rows(between, "blocks"))
    granskning(workspace, "importera", *arguments)
    assert exported(workspace, tmp_path / "ut") == exported(undisturbed, tmp_path / "ut-undisturbed")


@pytest.mark.real
def test_the_real_documents_survive_a_kill(tmp_path: Path) -> None:
    arguments = [str(path) for path in sorted((SHARED / "corpora").glob("*.txt"))]
    granskning(tmp_path / "undisturbed", "importera", *arguments)
    for after in (2.0, 4.0, 6.0):
        killed_during_import(tmp_path / "killed", arguments, after)
    granskning(tmp_path / "killed", "importera", *arguments)
    assert exported(tmp_path / "killed", tmp_path / "ut") == exported(tmp_path / "undisturbed", tmp_path / "ut2")


@pytest.mark.real
@pytest.mark.parametrize("form", ["text", "pdf", "docx and html"])
def test_the_real_documents_are_read_as_a_careful_reader_does(tmp_path: Path, form: str) -> None:
    typeset = SHARED / "corpora" / "typeset"
    paths = {
        "text": sorted((SHARED / "corpora").glob("*.txt")),
        "pdf": [path for path in sorted(typeset.glob("*.pdf")) if "skannad" not in path.stem],
        "docx and html": sorted([*typeset.glob("*.docx"), *typeset.glob("*.html")]),
    }[form]
    granskning(tmp_path / "a", "importera", *paths)
    granskning(tmp_path / "a", "exportera", "--till", tmp_path / "ut")
    gold = tmp_path / "gold"
    gold.mkdir()
    for path in paths:
        shutil.copyfile(SHARED / "gold" / f"{path.stem}.yaml", gold / f"{path.stem}.yaml")
    done = subprocess.run(
        [
            sys.executable,
            str(SHARED / "tools" / "score_gold.py"),
            str(tmp_path / "ut"),
            str(gold),
            "--texts",
            str(SHARED / "corpora"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.real
def test_hostile_files_are_refused_one_by_one(tmp_path: Path) -> None:
    broken = sorted((SHARED / "corpora" / "typeset" / "trasiga").iterdir())
    started = time.monotonic()
    done = granskning(tmp_path / "a", "importera", *broken, "--json", expect=3)
    assert time.monotonic() - started < 60
    report = json.loads(done.stdout)
    failed = {Path(failure["path"]).name for failure in report["failed"]}
    assert {
        "encrypted-user-password.pdf",
        "huge-page-count.pdf",
        "no-text-layer-blank.pdf",
        "not-a-pdf.pdf",
        "wrong-extension.pdf",
        "zero-bytes.pdf",
    } <= failed
    assert not failed & {"latin1.txt", "utf16.txt", "encrypted-empty-password.pdf", "formula-injection.txt"}
    assert all(failure["message"] and failure["hint"] for failure in report["failed"])
    tables = exported(tmp_path / "a", tmp_path / "ut")
    assert not [row for row in rows(tables, "requirement_statuses") if row["status"] in ("met", "partly_met")]
    same = {row["file_name"]: row["document_id"] for row in rows(tables, "documents")}
    text = {name: [b["text"] for b in rows(tables, "blocks") if b["document_id"] == id] for name, id in same.items()}
    assert text["latin1.txt"] == text["utf16.txt"]
