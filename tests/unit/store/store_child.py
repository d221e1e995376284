"""Run as a process of its own by the tests of crashes and of several processes at once.

`save DATABASE RECORDS` saves the pickled records in turn and says on stdout when each is saved.
`crash DATABASE RECORDS` saves the first record and then, over and over, kills itself with SIGKILL while it saves the
second in its place: before the first statement to the database, before the second, ... It says after each death
which records are whole in the database, until the second is saved.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

from granskning_ai.model import DocumentRecord
from granskning_ai.store import Store


def save(database: str, records: list[DocumentRecord]) -> None:
    with Store.open(database) as store:
        for number, record in enumerate(records):
            store.save(record)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def crash(database: str, records: list[DocumentRecord]) -> None:
    first, second = records
    with Store.open(database) as store:
        store.save(first)
    number, died = 0, True
    while died:
        number += 1
        child = os.fork()
        if child == 0:
            _die_at(number)
            with Store.open(database) as store:
                store.save(second)
            os._exit(0)
        died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        with Store.open(database) as store:
            whole = [records.index(record) if record in records else -1 for record in store.records()]
        sys.stdout.write(f"{int(died)} {whole}\n")


def _die_at(number: int) -> None:
    """Kills the process at its `number`th call of the database; a commit counts twice, before and after."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def commit(connection: sa.Connection) -> None:
        count()
        connection.connection.commit()
        count()

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    sa.event.listen(sa.Engine, "commit", commit)


if __name__ == "__main__":
    {"save": save, "crash": crash}[sys.argv[1]](sys.argv[2], pickle.loads(Path(sys.argv[3]).read_bytes()))
