"""Reads the members of zip archives, within limits. Nothing is written to disk, so a member's path is only a name."""

from __future__ import annotations

import contextlib
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from granskning_ai.errors import IntakeError

_REPACK = "Packa upp arkivet och läs in filerna direkt."


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeLimits:
    """How large a file may be, and what an archive may hold: far more than a year of reports, far less than a bomb."""

    size: int = 200 * 1024**2
    members: int = 5_000
    unpacked: int = 2 * 1024**3
    """All members of an archive together."""
    ratio: int = 200
    """How many times larger than its compressed form a member over 10 MB may be."""


DEFAULT_LIMITS = IntakeLimits()
_SMALL = 10 * 1024**2


def list_members(archive: Path, limits: IntakeLimits = DEFAULT_LIMITS) -> list[tuple[str, str]]:
    """The (name in the archive, name to show) of every file in the archive, sorted by the latter.

    Raises:
        IntakeError: the archive is damaged or exceeds a limit.
    """
    with _open(archive) as package:
        infos = [info for info in package.infolist() if not info.is_dir()]
    if len(infos) > limits.members:
        raise IntakeError(
            f"Arkivet {archive.name} innehåller {len(infos)} filer; gränsen är {limits.members}.", hint=_REPACK
        )
    if sum(info.file_size for info in infos) > limits.unpacked:
        raise IntakeError(
            f"Arkivet {archive.name} blir större än {limits.unpacked // 1024**2} MB uppackat.", hint=_REPACK
        )
    return sorted(((info.filename, _shown(info)) for info in infos), key=lambda pair: (pair[1].casefold(), pair))


def read_member(archive: Path, member: str, limits: IntakeLimits = DEFAULT_LIMITS) -> bytes:
    """The bytes of one member.

    Raises:
        IntakeError: the member is encrypted, damaged, too large or compressed beyond what documents are.
    """
    with _open(archive) as package:
        try:
            info = package.getinfo(member)
            shown = _shown(info)
            if info.flag_bits & 1:
                raise IntakeError(
                    f"Filen {shown} i arkivet {archive.name} är lösenordsskyddad.",
                    hint="Packa upp arkivet med lösenordet och läs in filerna.",
                )
            if info.file_size > max(_SMALL, limits.ratio * max(info.compress_size, 1)):
                raise IntakeError(
                    f"Filen {shown} i arkivet {archive.name} är orimligt hårt komprimerad och läses inte.", hint=_REPACK
                )
            with package.open(info) as stream:
                # The size in the archive's directory may be a lie; what is read counts.
                data = stream.read(limits.size + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise IntakeError(
                f"Filen {member} i arkivet {archive.name} är skadad och kan inte packas upp.",
                hint="Hämta arkivet på nytt från källan.",
            ) from error
    if len(data) > limits.size:
        raise IntakeError(
            f"Filen {shown} i arkivet {archive.name} är större än {limits.size // 1024**2} MB.", hint=_REPACK
        )
    return data


def _open(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise IntakeError(
            f"Arkivet {archive.name} är skadat eller inte ett zip-arkiv.", hint="Hämta arkivet på nytt från källan."
        ) from error


def _shown(info: zipfile.ZipInfo) -> str:
    """The member's name as its maker wrote it: some programs write UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return unicodedata.normalize("NFC", "/".join(parts)) or "namnlös"
