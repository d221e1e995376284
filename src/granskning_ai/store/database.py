"""The connection to the database: opening, migrating, and the two kinds of transaction."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from granskning_ai.errors import StoreError
from granskning_ai.store import tables
from granskning_ai.store.faults import fault, unreadable_text

BUSY_SECONDS = 60
"""How long a writer waits for another process to finish its transaction."""

MIGRATIONS = Path(__file__).parent / "migrations"

_WRITES = "granskning_writes"
_WRITERS_LOCK = 7_163_201
"""The advisory lock that lets one PostgreSQL writer in at a time; any number will do, if nobody changes it."""


class Database:
    """A database at the tables' revision.

    A reading transaction sees one moment of the database from beginning to end. Writers come one at a time and wait
    for each other, because two of them may be at the same path or document.
    """

    def __init__(self, url: str) -> None:
        """Connects and migrates; the folder of a SQLite file is made if need be."""
        try:
            parsed = sa.make_url(url)
        except ArgumentError:
            # The address is not repeated: it may hold a password.
            raise StoreError(
                "Databasens adress går inte att tolka.",
                hint="Den ska se ut så här: postgresql://användare:lösenord@värd/namn.",
            ) from None
        self.place = parsed.database or "" if _is_sqlite(parsed) else parsed.render_as_string(hide_password=True)
        self._engine = _engine(parsed, self.place)
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Lets go of every connection."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one and the same state throughout."""
        options = {} if self._sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._faults(), self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that is committed when the block ends, and undone if it does not end well."""
        options = {_WRITES: True}
        with self._faults(), self._engine.connect().execution_options(**options) as connection, connection.begin():
            if not self._sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS_LOCK)))
            yield connection

    @property
    def _sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise fault(error, self.place) from error
        except UnicodeEncodeError as error:
            raise unreadable_text(self.place) from error

    def _migrate(self) -> None:
        with self.read() as connection:
            if _revision(connection) == tables.HEAD:
                return
        with self.write() as connection:
            # Asked again behind the lock: another process may have migrated meanwhile.
            if _revision(connection) != tables.HEAD:
                _upgrade(connection, self.place)


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _to_json(value: object) -> str:
    # Most lists are empty (cells of what is no table), and starting the encoder costs more than the rest of the row.
    return "[]" if value == [] else _encoder.encode(value)


def _is_sqlite(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _engine(url: sa.URL, place: str) -> sa.Engine:
    try:
        if not _is_sqlite(url):
            if url.get_backend_name() != "postgresql":
                raise sa.exc.NoSuchModuleError(url.drivername)
            return sa.create_engine(url, json_serializer=_to_json)
        Path(place).parent.mkdir(parents=True, exist_ok=True)
    except SQLAlchemyError as error:
        raise fault(error, place) from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"Programmet saknar det som behövs för att tala med databasen {place}.",
            hint=f"Installera Pythonpaketet {error.name}, till exempel med: pip install 'psycopg[binary]'.",
        ) from error
    except OSError as error:
        raise StoreError(
            f"Arbetsytan {Path(place).parent} kan inte skapas: {error.strerror}.",
            hint="Kontrollera dina rättigheter, eller ange en annan arbetsyta med --arbetsyta.",
        ) from error
    # Python's driver would begin transactions by itself, and too late for a consistent read; `begin` does it instead.
    engine = sa.create_engine(
        url, json_serializer=_to_json, connect_args={"isolation_level": None, "timeout": BUSY_SECONDS}
    )
    sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    deadline = time.monotonic() + BUSY_SECONDS
    while not _uses_wal(cursor) and time.monotonic() < deadline:
        time.sleep(0.02)
    cursor.close()


def _uses_wal(cursor: sa.engine.interfaces.DBAPICursor) -> bool:
    """Has readers go on reading the last committed state while somebody writes.

    SQLite does not wait its turn to set this in a new database, so two processes that make one at once would collide.
    """
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_BUSY":
            raise
        return False
    return True


def _begin(connection: sa.Connection) -> None:
    # A writer takes its lock at once: one that reads first and writes later can be refused instead of made to wait.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: sa.Connection, place: str) -> None:
    """Brings the database to HEAD inside the caller's transaction, so that it is migrated wholly or not at all."""
    revision = _revision(connection)
    if revision is None and set(sa.inspect(connection).get_table_names()) & set(tables.metadata.tables):
        raise StoreError(
            f"Databasen {place} hör till ett annat program.",
            hint="Ange en annan arbetsyta med --arbetsyta, eller en annan databas med GRANSKNING_DATABAS.",
        )
    # Alembic takes as long to import as everything else here together, and is needed once in a database's life.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError(
            f"Databasen {place} är gjord av en nyare version av programmet.",
            hint="Uppdatera programmet, eller ange en annan arbetsyta med --arbetsyta.",
        )
    command.upgrade(config, "head")
