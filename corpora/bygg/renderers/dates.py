"""Takes the clock out of built files, so that the same source gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path

MOMENT = datetime(2025, 12, 31, 12, 0, 0)  # noqa: DTZ001 - a file's own clock has no zone

_PDF_DATE = re.compile(rb"D:\d{14}(?:Z|[+-]\d\d'\d\d'?)?")
_PDF_ID = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\]")
_PDF_SUM = re.compile(rb"/DocChecksum\s*/([0-9A-Fa-f]+)")


def freeze_pdf(path: Path) -> None:
    """Overwrites dates and random ids in a PDF with as many fixed bytes."""
    data = path.read_bytes()
    data = _PDF_DATE.sub(lambda m: b"D:20251231120000" + m.group()[16:], data)
    for pattern in (_PDF_ID, _PDF_SUM):
        data = pattern.sub(lambda m: re.sub(rb"[0-9A-Fa-f]{32}", b"0" * 32, m.group()), data)
    path.write_bytes(data)


def freeze_zip(path: Path) -> None:
    """Writes a zip archive (a DOCX) anew with one date for every member."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, MOMENT.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
