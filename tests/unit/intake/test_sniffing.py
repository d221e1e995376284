"""What a file is, whatever its name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from granskning_ai.errors import IntakeError
from granskning_ai.intake import sniff

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PAGE = b"<!DOCTYPE html><html><head><title>404 &ndash; Sidan finns inte</title></head><body>Hej</body></html>"


def package(*members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.pdf", b"%PDF-1.7\n...", "pdf"),
        ("a.txt", b"\n\n%PDF-1.4 ...", "pdf"),
        ("a.pdf", package("[Content_Types].xml", "word/document.xml"), "docx"),
        ("a.html", PAGE, "html"),
        ("a.txt", b"\xef\xbb\xbf <html lang='sv'><p>Hej", "html"),
        ("a.txt", "Åtgärder följs upp.".encode(), "text"),
        ("a.txt", "Åtgärder följs upp.".encode("cp1252"), "text"),
        ("a.txt", "Åtgärder följs upp.".encode("utf-16"), "text"),
        ("a.txt", "BM25 är ett mått.".encode(), "text"),
        ("a.zip", package("a.txt"), "zip"),
        ("a.eml", b"From: anna@bjorkdala.example\nSubject: Svar\n\nHej", "eml"),
        ("a.txt", b"Received: from a\n by b; Mon\nMIME-Version: 1.0\nSubject: Svar\n\nHej", "eml"),
        ("a.txt", "Från: Anna\nTill: Bo\nÄmne: Svar\n\nHej".encode(), "text"),
        ("a.txt", b"From: Anna\nTo: Bo\nSubject: Svar\n\nHej", "text"),
        ("a.msg", b"\xd0\xcf\x11\xe0" + bytes(100) + "__properties_version1.0".encode("utf-16-le"), "msg"),
    ],
)
def test_the_content_decides(name: str, data: bytes, format: str) -> None:
    assert sniff(name, data) == format


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.pdf", b"", "är tom"),
        ("a.pdf", b"\x00\x00\n  ", "är tom"),
        ("a.pdf", PNG, "en bild (PNG)"),
        ("a.txt", b"\xff\xd8\xff\xe0" + bytes(20), "en bild (JPEG)"),
        ("a.pdf", PAGE, "en webbsida (”404 – Sidan finns inte”), inte ett PDF-dokument"),
        ("a.docx", b"Bara text.", "ren text, inte ett DOCX-dokument"),
        ("a.docx", package("xl/workbook.xml"), "en Excelfil"),
        ("a.docx", b"PK\x03\x04" + b"avklippt", "skadad eller ofullständig"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(100), "äldre format"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "lösenordsskyddat"),
        ("a.txt", bytes(range(1, 256)) * 8, "okänd typ"),
        ("a.txt", b"{\\rtf1 Hej}", "RTF"),
        ("a.txt", b"<?xml version='1.0'?><a/>", "XML"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(name: str, data: bytes, what: str) -> None:
    with pytest.raises(IntakeError) as caught:
        sniff(name, data)
    assert what in caught.value.message
    assert name in caught.value.message
    assert caught.value.hint
