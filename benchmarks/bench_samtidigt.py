"""Two processes that import and ask at once, one of them killed now and then: is anything lost, does a reader wait?

`python -m benchmarks samtidigt` runs ten minutes, or GRANSKNING_MINUTER. Ends with exit code 1 if a document was lost,
something was corrupted, or the doctor did not mend what the killed writer left.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.material import sentences

WAIT_ALLOWED = 0.2
_AT_A_TIME = 4
_QUESTIONS_BETWEEN = 20


@dataclass
class Outcome:
    """What was promised, and what came of it."""

    imported: int = 0
    killed: int = 0
    answers: int = 0
    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def work(workspace: Path, log: Path, name: str, seconds: float) -> None:
    """One process: imports a few new reports, asks some questions, and again. What is done is written to the log."""
    from granskning_ai.pipeline import Pipeline

    chance = random.Random(name)
    inbox = workspace.parent / f"in-{name}"
    inbox.mkdir(exist_ok=True)
    until = time.monotonic() + seconds
    done: list[str] = []
    with log.open("a", encoding="utf-8") as out:
        while time.monotonic() < until:
            files = [_report(inbox, chance) for _ in range(_AT_A_TIME)]
            with Pipeline.open(workspace) as pipeline:
                report = pipeline.import_paths(files)
            done += report.imported
            print(json.dumps({"imported": report.imported, "failed": [f.message for f in report.failed]}), file=out)
            out.flush()
            for _ in range(_QUESTIONS_BETWEEN):
                wanted = Path(chance.choice(done)).stem
                waited, found = _ask(workspace, wanted)
                print(json.dumps({"waited": waited, "found": found, "wanted": wanted}), file=out, flush=True)


def _ask(workspace: Path, word: str) -> tuple[float, bool]:
    """How long a question was kept waiting, and whether it was answered; workspace and index are opened anew.

    Waiting is what is left of the time when the processor has had its share: not what was computed, and not what the
    other processes of a busy machine took.
    """
    from granskning_ai.pipeline import Pipeline

    started, busy = time.perf_counter(), _busy()
    with Pipeline.open(workspace) as pipeline:
        hits = pipeline.search(f"Vad sägs om {word}?").hits
    waited = time.perf_counter() - started - (_busy() - busy)
    return waited, any(hit.file_name == f"{word}.txt" for hit in hits)


def _busy() -> float:
    """Seconds that this thread has computed or stood in line for a processor; the latter only Linux tells."""
    try:
        computed, in_line, _ = Path("/proc/thread-self/schedstat").read_text().split()
    except OSError:
        return time.thread_time()
    return (int(computed) + int(in_line)) / 1e9


def _report(inbox: Path, chance: random.Random) -> Path:
    """A new report with a word that stands in no other."""
    word = "x" + "".join(chance.choices("bdfgjklmnprstv", k=14))
    parts = [f"Granskning av {word}", "Björkdala kommun 2024", f"1 Iakttagelser\n\nVi har granskat {word}."]
    parts += [" ".join(sentences(chance, 8)) for _ in range(6)]
    parts.append(f"2 Rekommendationer\n\nVi rekommenderar kommunstyrelsen att:\n\n- se över rutinerna för {word}.")
    path = inbox / f"{word}.txt"
    path.write_text("\n\n".join(parts), encoding="utf-8")
    return path


def run(folder: Path, minutes: float) -> Outcome:
    """Lets two processes work, kills one of them five times, has the doctor look, and checks everything at the end."""
    outcome = Outcome()
    workspace = folder / "arbetsyta"
    chance = random.Random(4)
    until = time.monotonic() + minutes * 60
    between = minutes * 60 / 6
    steady = _start(workspace, folder / "logg-a", "a", minutes * 60)
    number = 0
    while (left := until - time.monotonic()) > 0:
        number += 1
        victim = _start(workspace, folder / f"logg-b{number}", f"b{number}", left)
        try:
            victim.wait(min(left + 60, between * chance.uniform(0.6, 1.2)))
        except subprocess.TimeoutExpired:
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            outcome.killed += 1
            _doctor(workspace, outcome, f"efter avbrott {number}")
    steady.wait(120)
    for log in sorted(folder.glob("logg-*")):
        _read(log, outcome)
    if steady.returncode:
        outcome.faults.append(f"en process slutade med kod {steady.returncode}")
    _doctor(workspace, outcome, "till slut")
    said = _doctor(workspace, outcome, "en gång till")
    if "Lagat" in said or "ombyggt" in said:
        outcome.faults.append(f"doktorn lagade inte allt: {said}")
    _verify(folder, workspace, outcome)
    return outcome


def _start(workspace: Path, log: Path, name: str, seconds: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "benchmarks.bench_samtidigt", str(workspace), str(log), name, str(seconds)]
    return subprocess.Popen(command)


def _doctor(workspace: Path, outcome: Outcome, when: str) -> str:
    command = [sys.executable, "-m", "granskning_ai", "--arbetsyta", str(workspace), "doktor"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        outcome.faults.append(f"doktorn {when}: {done.stdout}{done.stderr}")
    return done.stdout


def _read(log: Path, outcome: Outcome) -> None:
    for line in log.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue  # The last line of a killed process.
        if "imported" in entry:
            outcome.imported += len(entry["imported"])
            outcome.faults += entry["failed"]
        else:
            outcome.answers += 1
            outcome.waits.append(entry["waited"])
            if not entry["found"]:
                outcome.faults.append(f"{entry['wanted']} var inläst men hittades inte")


def _verify(folder: Path, workspace: Path, outcome: Outcome) -> None:
    """Everything that was said to be imported is there and can be found; the database is whole."""
    from granskning_ai.pipeline import Pipeline

    with sqlite3.connect(workspace / "granskning.db") as connection:
        for pragma in ("integrity_check", "foreign_key_check"):
            answer = connection.execute(f"PRAGMA {pragma}").fetchall()
            if answer not in ([], [("ok",)]):
                outcome.faults.append(f"databasen: {answer}")
    said = set()
    for log in folder.glob("logg-*"):
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith('{"imported"'):
                said |= set(json.loads(line)["imported"])
    with Pipeline.open(workspace) as pipeline:
        stored = {card.file_name for card in pipeline.store.cards()}
        for path in sorted(said):
            if Path(path).name not in stored:
                outcome.faults.append(f"{path} är borta")
        for name in sorted(stored):
            word = Path(name).stem
            if not any(hit.file_name == name for hit in pipeline.search(f"Vad sägs om {word}?").hits):
                outcome.faults.append(f"{word} hittas inte till slut")


def main() -> None:
    minutes = float(os.environ.get("GRANSKNING_MINUTER", "10"))
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), minutes)
    waits = sorted(outcome.waits)
    print(
        f"{minutes:g} minuter: {outcome.imported} dokument inlästa, {outcome.answers} frågor, {outcome.killed} avbrott"
    )
    if waits:
        late = sum(wait > WAIT_ALLOWED for wait in waits)
        print(
            f"väntan för den som frågar: median {waits[len(waits) // 2] * 1000:.0f} ms, "
            f"95 % under {waits[int(len(waits) * 0.95)] * 1000:.0f} ms, längst {waits[-1] * 1000:.0f} ms, "
            f"över 200 ms: {late} gånger"
        )
    for fault in outcome.faults:
        print(f"FEL: {fault}")
    if outcome.faults:
        sys.exit(1)
    print("Inget dokument är borta, ingenting är trasigt.")


if __name__ == "__main__":
    place, log, name, seconds = sys.argv[1:]
    work(Path(place), Path(log), name, float(seconds))
