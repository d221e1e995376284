"""What a database says when it fails, as a StoreError that tells the user what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from granskning_ai.errors import StoreError

_SQLITE = {
    "SQLITE_NOTADB": (
        "Filen {place} är inte en databas.",
        "Flytta undan filen, eller ange en annan arbetsyta med --arbetsyta.",
    ),
    "SQLITE_CORRUPT": (
        "Databasen {place} är skadad.",
        "Återställ den från en säkerhetskopia, eller flytta undan den och importera filerna på nytt.",
    ),
    "SQLITE_FULL": (
        "Databasen {place} kan inte växa: disken är full.",
        "Frigör utrymme och kör samma kommando igen. Det som redan är sparat finns kvar.",
    ),
    "SQLITE_READONLY": (
        "Databasen {place} är skrivskyddad.",
        "Ge dig själv skrivrättighet till arbetsytan, eller ange en annan med --arbetsyta.",
    ),
    "SQLITE_CANTOPEN": (
        "Databasen {place} kan inte öppnas.",
        "Kontrollera att mappen finns och att du har rätt att läsa och skriva i den.",
    ),
    "SQLITE_PERM": (
        "Databasen {place} kan inte öppnas.",
        "Kontrollera att du har rätt att läsa och skriva i arbetsytan.",
    ),
    "SQLITE_BUSY": (
        "Databasen {place} är upptagen av ett annat program.",
        "Vänta tills det är klart och försök igen.",
    ),
    "SQLITE_IOERR": (
        "Disken svarar inte när databasen {place} ska läsas eller skrivas.",
        "Kontrollera disken. En arbetsyta ska ligga på datorns egen disk, inte på en nätverksmapp.",
    ),
}
_POSTGRES_FULL = "53100"


def fault(error: SQLAlchemyError, place: str) -> StoreError:
    """`error` from the database at `place`, told in Swedish."""
    if isinstance(error, NoSuchModuleError):
        return StoreError(
            f"Databasen {place} är av en sort som inte stöds.", hint="Använd SQLite eller PostgreSQL (postgresql://…)."
        )
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        for code, (message, hint) in _SQLITE.items():
            if name.startswith(code):
                return StoreError(message.format(place=place), hint=hint)
    if getattr(cause, "sqlstate", None) == _POSTGRES_FULL:
        message, hint = _SQLITE["SQLITE_FULL"]
        return StoreError(message.format(place=place), hint=hint)
    said = str(cause or error).strip().partition("\n")[0]
    return StoreError(
        f"Databasen {place} kan inte användas. Den svarar: {said}",
        hint="Kontrollera att databasen är igång och att GRANSKNING_DATABAS stämmer, om den är satt.",
    )


def unreadable_text(place: str) -> StoreError:
    """A text that holds half a character."""
    return StoreError(
        f"Dokumentets text innehåller tecken som inte kan sparas i {place}.",
        hint="Spara om filen i det program som den gjordes i, och importera den igen.",
    )
