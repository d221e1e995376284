"""Tells what a file is by its content, whatever its name says."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import PurePath

from granskning_ai.errors import IntakeError

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown", ".eml", ".msg"})
"""The suffixes of the formats that can be read; `.zip` is opened."""

_NOT_TEXT = frozenset({".pdf", ".docx", ".msg"})
_HEAD = 4096
_DOWNLOAD = "Hämta filen på nytt från källan och öppna den en gång för att se att den är hel."
_AS_PDF = "Öppna filen i det program den kommer från och spara den som PDF eller .docx."
_PICTURE = "Be om originaldokumentet, eller gör om bilden till en textsökbar PDF (OCR)."
_KNOWN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "en bild (PNG)", _PICTURE),
    (b"\xff\xd8\xff", "en bild (JPEG)", _PICTURE),
    (b"GIF8", "en bild (GIF)", _PICTURE),
    (b"II*\x00", "en bild (TIFF)", _PICTURE),
    (b"MM\x00*", "en bild (TIFF)", _PICTURE),
    (b"BM", "en bild (BMP)", _PICTURE),
    (b"{\\rtf", "ett RTF-dokument", _AS_PDF),
    (b"7z\xbc\xaf", "ett 7-Zip-arkiv", "Packa upp arkivet och läs in filerna, eller packa dem som zip."),
    (b"Rar!", "ett RAR-arkiv", "Packa upp arkivet och läs in filerna, eller packa dem som zip."),
    (b"\x1f\x8b", "ett gzip-arkiv", "Packa upp arkivet och läs in filerna."),
    (b"MZ", "ett Windowsprogram", "Kontrollera var filen kommer ifrån."),
    (b"\x7fELF", "ett program", "Kontrollera var filen kommer ifrån."),
    (b"SQLite format 3\x00", "en databas (SQLite)", "Välj ett dokument i stället."),
)
_PACKAGES = (
    ("xl/workbook.xml", "en Excelfil"),
    ("ppt/presentation.xml", "en PowerPointfil"),
    ("content.xml", "ett OpenDocument-dokument"),
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_MAIL_FIELD = re.compile(
    rb"^(received|return-path|message-id|mime-version|from|to|date|subject|delivered-to|x-[\w-]+):", re.IGNORECASE
)
_MAIL_ONLY = frozenset({b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"})
"""Fields of a letter's head that nobody types."""
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def sniff(name: str, data: bytes) -> str:
    """The format of `data`: 'pdf', 'docx', 'html', 'text', 'eml', 'msg' or 'zip'.

    Raises:
        IntakeError: the file is empty, or is something else than its name says and cannot be read.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise IntakeError(f"Filen {name} är tom.", hint=_DOWNLOAD)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _package(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _OUTLOOK in data:
            return "msg"
        raise _office(name, data)
    for magic, what, hint in _KNOWN:
        if data.startswith(magic) and not (len(magic) == 2 and _is_text(data)):
            raise IntakeError(f"Filen {name} är {what}, inte ett dokument med text.", hint=hint)
    return _text(name, data)


def _package(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise IntakeError(f"Filen {name} är skadad eller ofullständig.", hint=_DOWNLOAD) from error
    if "word/document.xml" in members:
        return "docx"
    for member, what in _PACKAGES:
        if member in members:
            raise IntakeError(f"Filen {name} är {what}, som inte kan läsas in.", hint=_AS_PDF)
    return "zip"


def _office(name: str, data: bytes) -> IntakeError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return IntakeError(
            f"Filen {name} är ett lösenordsskyddat Officedokument.",
            hint="Öppna dokumentet med lösenordet och spara en kopia utan lösenord.",
        )
    return IntakeError(
        f"Filen {name} är ett dokument i Words eller Excels äldre format (.doc, .xls), som inte kan läsas in.",
        hint="Öppna filen och spara den som .docx eller PDF.",
    )


def _text(name: str, data: bytes) -> str:
    suffix = PurePath(name).suffix.lower()
    if _is_mail(data, suffix):
        return "eml"
    head = data[:_HEAD].replace(b"\x00", b"")
    if _HTML.search(head):
        if suffix in _NOT_TEXT:
            raise _web_page(name, data, suffix)
        return "html"
    if not _is_text(data):
        raise IntakeError(f"Filen {name} är av en okänd typ och innehåller inte läsbar text.", hint=_DOWNLOAD)
    if suffix in _NOT_TEXT:
        raise IntakeError(
            f"Filen {name} innehåller ren text, inte ett {suffix[1:].upper()}-dokument.",
            hint="Ge filen ändelsen .txt om innehållet ska läsas som text, annars: " + _DOWNLOAD,
        )
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        raise IntakeError(f"Filen {name} är en XML-fil, som inte kan läsas in.", hint=_AS_PDF)
    return "text"


def _web_page(name: str, data: bytes, suffix: str) -> IntakeError:
    match = _TITLE.search(data[: 4 * _HEAD])
    title = html.unescape(" ".join(match.group(1).decode("utf-8", "replace").split())) if match else ""
    named = f" (”{title}”)" if title else ""
    return IntakeError(
        f"Filen {name} är en webbsida{named}, inte ett {suffix[1:].upper()}-dokument.",
        hint="Servern svarade troligen med ett felmeddelande. Öppna länken i webbläsaren och hämta filen igen.",
    )


def _is_text(data: bytes) -> bool:
    """Whether the bytes look like text in UTF-8, UTF-16 or Latin-1: hardly any control characters."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = head.count(0)
    if zeros:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return max(even, odd) > len(head) // 4 and min(even, odd) < zeros // 10 + 1
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls <= len(head) // 100


def _is_mail(data: bytes, suffix: str) -> bool:
    """Whether the data begin with the head of an e-mail; the print of one, which lacks most of it, is text."""
    fields = set()
    for line in data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n").splitlines():
        field = _MAIL_FIELD.match(line)
        if field:
            fields.add(field[1].lower())
        elif not fields or not line.strip():
            break
    return len(fields) >= 2 and (suffix == ".eml" or bool(fields & _MAIL_ONLY))
