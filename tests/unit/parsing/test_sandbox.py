"""Parsing in child processes: limits hold, one bad file costs only itself, nothing leaks in or out."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from granskning_ai.errors import GranskningError, IntakeError, LimitExceeded, ParsingError
from granskning_ai.model import Document, SourceFile
from granskning_ai.parsing import parse
from granskning_ai.parsing.sandbox import Limits, ParserPool, ReaderPool
from granskning_ai.parsing.wire import Then, read_frame, restricted_loads, write_frame
from granskning_ai.understanding import Knowledge, understand


@dataclass
class Item:
    name: str
    data: bytes = b"Planen f\xc3\xb6ljs upp."
    format: str = "text"

    def load(self) -> tuple[SourceFile, bytes]:
        if self.format == "saknas":
            raise IntakeError("Filen finns inte.")
        return SourceFile.of(self.name, self.data, self.format), self.data


@pytest.fixture(scope="module")
def pool() -> Iterator[ParserPool]:
    with ParserPool(Limits(seconds=20), workers=2) as shared:
        yield shared


def test_every_item_gets_its_outcome_in_the_order_given(pool: ParserPool) -> None:
    items = [Item("1.txt"), Item("2.pdf", b"%PDF-1.4 avklippt", "pdf"), Item("3.txt", format="saknas")]
    items += [Item(f"{n}.txt") for n in range(4, 12)]
    outcomes = list(pool.parse_all(items))
    assert [item.name for item, _ in outcomes] == [item.name for item in items]
    assert isinstance(outcomes[0][1], Document)
    assert isinstance(outcomes[1][1], ParsingError)
    assert isinstance(outcomes[2][1], IntakeError)
    assert all(isinstance(outcome, Document) for _, outcome in outcomes[3:])


def test_a_document_from_a_child_equals_one_parsed_here(pool: ParserPool) -> None:
    source, data = Item("a.txt", "1 Inledning\nNämnden följer upp.¹\n\n¹ Varje år.".encode()).load()
    assert pool.parse(source, data) == parse(source, data)


def test_what_takes_too_long_is_killed_and_the_next_file_is_parsed() -> None:
    slow = b"<div>" * 300_000
    with ParserPool(Limits(seconds=1), workers=1) as own:
        begun = time.monotonic()
        outcomes = [o for _, o in own.parse_all([Item("lång.html", slow, "html"), Item("a.txt")])]
    assert isinstance(outcomes[0], LimitExceeded)
    assert "lång.html tog mer än 1 sekunder" in outcomes[0].message
    assert isinstance(outcomes[1], Document)
    assert time.monotonic() - begun < 15


def test_what_needs_too_much_memory_is_an_error_for_that_file_alone() -> None:
    with ParserPool(Limits(seconds=30, memory=100 * 1024**2), workers=1) as own:
        large = b"Ord.\n" * 1_000_000
        outcomes = [o for _, o in own.parse_all([Item("stor.txt", large), Item("a.txt")])]
    assert isinstance(outcomes[0], LimitExceeded)
    assert "minne" in outcomes[0].message
    assert isinstance(outcomes[1], Document)


def test_a_file_beyond_the_size_limit_is_never_sent() -> None:
    with ParserPool(Limits(size=10), workers=1) as own, pytest.raises(LimitExceeded, match="gränsen är"):
        own.parse(*Item("a.txt").load())


def test_a_child_that_dies_is_replaced(pool: ParserPool) -> None:
    pool.parse(*Item("a.txt").load())
    for worker in list(pool._alive):
        os.kill(worker._process.pid, 9)
        worker._process.wait()
    assert isinstance(pool.parse(*Item("a.txt").load()), Document)


def test_a_child_inherits_no_secrets_and_no_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "hemlig")
    read, write = os.pipe()
    os.set_inheritable(read, True)
    with ParserPool(workers=1) as own:
        own.parse(*Item("a.txt").load())
        (worker,) = own._alive
        process = f"/proc/{worker._process.pid}"
        if not os.path.isdir(process):  # noqa: PTH112  Linux only
            pytest.skip("needs /proc")
        with open(f"{process}/environ", "rb") as environment:  # noqa: PTH123
            assert b"hemlig" not in environment.read()
        targets = {os.readlink(f"{process}/fd/{fd}") for fd in os.listdir(f"{process}/fd")}  # noqa: PTH115, PTH208
        assert f"pipe:[{os.fstat(read).st_ino}]" not in targets
    os.close(read)
    os.close(write)


def test_a_pool_leaves_no_processes_behind() -> None:
    with ParserPool(workers=2) as own:
        list(own.parse_all([Item("a.txt"), Item("b.txt")]))
        processes = [worker._process for worker in own._alive]
    assert processes
    assert all(process.poll() is not None for process in processes)


@pytest.mark.parametrize(
    ("function", "message"), [("operator:contains", "internt fel: TypeError"), ("operator:is_", "kunde inte tolkas")]
)
def test_what_is_made_of_a_document_fails_for_that_file_alone(function: str, message: str) -> None:
    with ReaderPool(Limits(seconds=20), 1, Then(function=function, context=0)) as own:
        outcomes = [outcome for _, outcome in own.parse_all([Item("a.txt"), Item("b.txt")])]
    assert all(isinstance(outcome, ParsingError) and message in outcome.message for outcome in outcomes)


def test_a_record_from_a_child_equals_one_made_here() -> None:
    source, data = Item("a.txt", "1 Rekommendationer\nVi rekommenderar nämnden att anta en plan.".encode()).load()
    then = Then(function="granskning_ai.understanding:understand_in_child", context=Knowledge(catalogues=()))
    with ReaderPool(Limits(seconds=60), 1, then) as own:
        assert own.parse(source, data) == understand(parse(source, data), ())


def test_nothing_but_nouns_and_errors_is_unpickled() -> None:
    class Hostile:
        def __reduce__(self) -> tuple[object, ...]:
            return (os.system, ("true",))

    with pytest.raises(EOFError):
        restricted_loads(pickle.dumps(Hostile()))
    with pytest.raises(EOFError):
        restricted_loads(b"cgranskning_ai.model.findings\nhashlib\n.")
    with pytest.raises(EOFError):
        restricted_loads(b"cgranskning_ai.model.findings\nstable_id\n(S'a'\ntR.")
    error = LimitExceeded("För stor.", hint="Dela.")
    stream = io.BytesIO()
    write_frame(stream, error, b"x")
    stream.seek(0)
    answer, data = read_frame(stream, restricted_loads)
    assert isinstance(answer, LimitExceeded)
    assert (answer.hint, data) == ("Dela.", b"x")


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (RecursionError(), ParsingError, "djupt nästlad"),
        (MemoryError(), LimitExceeded, "för mycket minne"),
        (KeyError("x"), ParsingError, "internt fel: KeyError"),
    ],
)
def test_a_parser_that_fails_is_an_error_of_the_file(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[GranskningError], message: str
) -> None:
    def fail(*_: object, **__: object) -> Document:
        raise error

    monkeypatch.setattr("granskning_ai.parsing.text.TextParser.parse", fail)
    with pytest.raises(kind, match=message) as caught:
        parse(*Item("a.txt").load())
    assert isinstance(caught.value, GranskningError)
    assert caught.value.hint


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ParsingError, match="docx, eml, html, msg, pdf, text"):
        parse(*Item("a.xyz", format="xyz").load())


def test_a_child_loads_nothing_heavy() -> None:
    heavy = "spacy torch sqlalchemy docx bs4 lxml pypdf pypdfium2 chromadb yaml"
    code = (
        "import sys, granskning_ai.parsing.worker, granskning_ai.parsing.text;"
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
