"""Parses e-mail: the letter first, then each attachment as a part of the same document.

How the two formats are read stands in `mail_eml` and `mail_msg`; both give a `Letter`.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import PurePath

from granskning_ai.errors import GranskningError, ParsingError
from granskning_ai.model import BlockKind, DocType, Document, Draft, Page, Part, SourceFile, assemble
from granskning_ai.parsing.joining import joined
from granskning_ai.parsing.letters import MAX_DEPTH, Attachment, Letter
from granskning_ai.parsing.means import Means

MAX_ATTACHMENTS = 200

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp"})


class _MailParser:
    """What both parsers of e-mail do."""

    def __init__(self, means: Means | None = None) -> None:
        self._means = means or Means()

    def _document(self, source: SourceFile, letter: Letter, password: str | None) -> Document:
        """The letter and its attachments as one document."""
        documents: list[tuple[Document, Part | None]] = [
            (self._letter(source, letter), Part(doc_type=DocType.EMAIL, title=letter.subject, start=0, end=0))
        ]
        for attachment in letter.attachments[:MAX_ATTACHMENTS]:
            try:
                part = Part(doc_type=DocType.OTHER, title=PurePath(attachment.name).stem, start=0, end=0)
                documents.append((self._attachment(attachment, password), part))
            except GranskningError as error:
                reason = f"{error.message} {error.hint}".strip()
                documents.append((_note(source, f"Bilagan {attachment.name} är inte inläst. {reason}"), None))
        if len(letter.attachments) > MAX_ATTACHMENTS:
            documents.append((_note(source, f"Fler bilagor än {MAX_ATTACHMENTS} läses inte in."), None))
        left_out = sum(part is None for _, part in documents)
        return joined(source, documents, title=letter.subject, left_out=left_out)

    def _letter(self, source: SourceFile, letter: Letter) -> Document:
        """Head and body, which stand on one page."""
        head = _head(source, letter)
        if not letter.body.strip():
            return head
        try:
            body = self._parsed(SourceFile.of(source.name, letter.body, letter.body_format), letter.body, None)
        except GranskningError as error:
            body = _note(source, f"Brevets text kunde inte läsas: {error.message}")
        return _on_one_page(joined(source, [(head, None), (body, None)], title=letter.subject))

    def _attachment(self, attachment: Attachment, password: str | None) -> Document:
        source = SourceFile.of(attachment.name, attachment.data, _format_of(attachment))
        if not source.format:
            raise _unreadable(attachment)
        if source.format in ("eml", "msg") and self._means.depth >= MAX_DEPTH:
            raise ParsingError("Brev ligger i brev i för många led.", hint="Spara brevet och läs in det för sig.")
        if attachment.letter is not None:
            return type(self)(self._means.deeper())._document(source, attachment.letter, password)
        return self._parsed(source, attachment.data, password)

    def _parsed(self, source: SourceFile, data: bytes, password: str | None) -> Document:
        # Imported here: a letter may hold letters, so the two modules need each other.
        from granskning_ai.parsing import parse

        return parse(source, data, password=password, means=self._means.deeper())


class EmlParser(_MailParser):
    """The parser of e-mail as it is sent (.eml)."""

    formats: tuple[str, ...] = ("eml",)

    def parse(self, source: SourceFile, data: bytes, *, password: str | None = None) -> Document:
        """Parses the letter and what is attached to it. What cannot be read is named in the document.

        Raises:
            Encrypted: the letter is encrypted.
            ParsingError: the file is no e-mail.
        """
        from granskning_ai.parsing.mail_eml import read_eml

        return self._document(source, read_eml(source.name, data), password)


class MsgParser(_MailParser):
    """The parser of e-mail as Outlook saves it (.msg)."""

    formats: tuple[str, ...] = ("msg",)

    def parse(self, source: SourceFile, data: bytes, *, password: str | None = None) -> Document:
        """Parses the letter and what is attached to it. What cannot be read is named in the document.

        Raises:
            ParsingError: the file is no e-mail, or damaged.
        """
        from granskning_ai.parsing.mail_msg import read_msg

        return self._document(source, read_msg(source.name, data), password)


def _head(source: SourceFile, letter: Letter) -> Document:
    """The letter's head as a printed letter has it."""
    lines = [f"{name}: {value}" for name, value in letter.fields if value]
    names = ", ".join(attachment.name for attachment in letter.attachments)
    if names:
        lines.append(f"Bifogat: {names}")
    return assemble(source, [Draft(kind=BlockKind.PARAGRAPH, text=line) for line in lines], page_count=1)


def _on_one_page(document: Document) -> Document:
    return replace(
        document,
        blocks=tuple(replace(block, page=1) for block in document.blocks),
        pages=(Page(number=1, start=0, end=len(document.text)),),
        page_count=1,
    )


def _note(source: SourceFile, text: str) -> Document:
    """A remark of the program's own; it is no text of the letter."""
    return assemble(source, [Draft(kind=BlockKind.FURNITURE, text=text)], page_count=1)


def _format_of(attachment: Attachment) -> str:
    """The format of an attachment, told by its content and only then by its name; empty where it cannot be read."""
    data, suffix = attachment.data, PurePath(attachment.name).suffix.lower()
    if attachment.letter is not None:
        return "msg"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx" if _has_member(data, "word/document.xml") else ""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "msg" if "__properties_version1.0".encode("utf-16-le") in data else ""
    if suffix == ".eml" or attachment.media_type == "message/rfc822":
        return "eml"
    if _HTML.search(data[:4096]):
        return "html"
    if suffix in _TEXT_SUFFIXES or (attachment.media_type in ("text/plain", "text/markdown") and b"\x00" not in data):
        return "text"
    return ""


def _has_member(data: bytes, name: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return name in package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def _unreadable(attachment: Attachment) -> ParsingError:
    suffix = PurePath(attachment.name).suffix.lower()
    if not attachment.data:
        return ParsingError("Den är tom.")
    if suffix in _PICTURES or attachment.media_type.startswith("image/"):
        return ParsingError("Den är en bild.", hint="Spara bilden som PDF och läs in den för sig.")
    if suffix == ".zip":
        return ParsingError("Den är ett arkiv.", hint="Spara arkivet och läs in det för sig.")
    hint = "Spara den som PDF eller .docx och läs in den för sig."
    return ParsingError("Filer av den typen kan inte läsas in.", hint=hint)
