"""From the paths a user names to the files that are to be read: files, folders and zip archives."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from granskning_ai.errors import IntakeError
from granskning_ai.intake.archives import DEFAULT_LIMITS, IntakeLimits, list_members, read_member
from granskning_ai.intake.sniffing import SUFFIXES, sniff
from granskning_ai.model import FileFailure, SourceFile

_SEPARATOR = " › "
_READABLE = "Det som kan läsas är PDF, Word (.docx), HTML, e-post (.eml, .msg) och text (.txt, .md), även i zip-arkiv."


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file that is to be read. `path` is what the user is shown; nothing is read before `load`."""

    path: str
    name: str
    location: Path
    member: str | None = None
    limits: IntakeLimits = field(default=DEFAULT_LIMITS, repr=False)

    @property
    def key(self) -> str:
        """What the file is known by from one import to the next: its absolute path, and its place in an archive."""
        place = self.location.resolve().as_posix()
        return f"{place}!{self.member}" if self.member else place

    def load(self) -> tuple[SourceFile, bytes]:
        """Reads the file and tells its format by its content.

        Raises:
            IntakeError: the file cannot be read, is too large, or is of a kind that is not supported.
        """
        data = self._read() if self.member is None else read_member(self.location, self.member, self.limits)
        format = sniff(self.name, data)
        if format == "zip":
            raise _nested(self.name)
        return SourceFile.of(self.name, data, format), data

    def _read(self) -> bytes:
        try:
            size = self.location.stat().st_size
            if size > self.limits.size:
                raise IntakeError(
                    f"Filen {self.name} är {size // 1024**2} MB; gränsen är {self.limits.size // 1024**2} MB.",
                    hint="Dela dokumentet, eller spara det med mindre bilder.",
                )
            return self.location.read_bytes()
        except OSError as error:
            raise IntakeError(
                f"Filen {self.name} kan inte läsas ({error.strerror}).",
                hint="Kontrollera att du har rätt att läsa filen.",
            ) from error


def collect(paths: Iterable[str | Path], *, limits: IntakeLimits = DEFAULT_LIMITS) -> list[Incoming | FileFailure]:
    """The files behind `paths`, in the order given; folders and archives in the order of their names.

    What cannot be taken in is a `FileFailure` in its place, and stops nothing else.
    """
    items: list[Incoming | FileFailure] = []
    seen: set[tuple[Path, str | None]] = set()
    for path in paths:
        for item in _collect(Path(path), str(path), limits):
            if isinstance(item, Incoming):
                key = (item.location.resolve(), item.member)
                if key in seen:
                    continue
                seen.add(key)
            items.append(item)
    return items


def _collect(path: Path, shown: str, limits: IntakeLimits) -> Iterator[Incoming | FileFailure]:
    if path.is_dir():
        yield from _folder(path, shown, limits)
    elif not path.exists():
        hint = "Kontrollera stavningen. Sökvägar med mellanslag skrivs inom citattecken."
        yield FileFailure(path=shown, message=f"{shown} finns inte.", hint=hint)
    elif path.suffix.lower() == ".zip":
        yield from _archive(path, shown, limits)
    elif path.suffix and path.suffix.lower() not in SUFFIXES:
        message = f"{path.name} är av en typ som inte kan läsas in ({path.suffix.lower()})."
        yield FileFailure(path=shown, message=message, hint=_READABLE)
    else:
        yield Incoming(path=shown, name=_nfc(path.name), location=path, limits=limits)


def _folder(folder: Path, shown: str, limits: IntakeLimits) -> Iterator[Incoming | FileFailure]:
    found = False
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted((name for name in folders if not _is_hidden(name)), key=_order)
        for name in sorted(names, key=_order):
            path = Path(directory, name)
            if _is_hidden(name) or path.suffix.lower() not in SUFFIXES | {".zip"} or not path.is_file():
                continue
            found = True
            below = path.relative_to(folder).as_posix()
            yield from _collect(path, _nfc(f"{shown.rstrip('/')}/{below}"), limits)
    if not found:
        message = f"Mappen {shown} innehåller inga dokument som kan läsas in."
        yield FileFailure(path=shown, message=message, hint=_READABLE)


def _archive(archive: Path, shown: str, limits: IntakeLimits) -> Iterator[Incoming | FileFailure]:
    try:
        members = list_members(archive, limits)
    except IntakeError as error:
        yield FileFailure(path=shown, message=error.message, hint=error.hint)
        return
    found = False
    for member, below in members:
        path = PurePosixPath(below)
        if any(_is_hidden(part) for part in path.parts):
            continue
        place = f"{shown}{_SEPARATOR}{below}"
        if path.suffix.lower() == ".zip":
            nested = _nested(path.name)
            yield FileFailure(path=place, message=nested.message, hint=nested.hint)
        elif path.suffix.lower() in SUFFIXES:
            yield Incoming(path=place, name=path.name, location=archive, member=member, limits=limits)
        else:
            continue
        found = True
    if not found:
        message = f"Arkivet {archive.name} innehåller inga dokument som kan läsas in."
        yield FileFailure(path=shown, message=message, hint=_READABLE)


def _nested(name: str) -> IntakeError:
    return IntakeError(
        f"{name} är ett zip-arkiv inne i ett annat, eller ett arkiv under fel namn, och öppnas inte.",
        hint="Packa upp arkivet och läs in filerna.",
    )


def _is_hidden(name: str) -> bool:
    """Hidden files, and what Word, LibreOffice, macOS and Windows leave behind."""
    return name.startswith((".", "~$", "~")) or name.endswith("#") or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def _order(name: str) -> tuple[str, str]:
    return _nfc(name).casefold(), name


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)
