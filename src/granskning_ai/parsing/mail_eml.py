"""Reads e-mail as it is sent (.eml), with the standard library."""

from __future__ import annotations

import email.policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from granskning_ai.errors import Encrypted, ParsingError
from granskning_ai.parsing.letters import Attachment, Letter

_FIELDS = (("Från", "From"), ("Skickat", "Date"), ("Till", "To"), ("Kopia", "Cc"), ("Ämne", "Subject"))
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/calendar"}
)
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_UTF8 = "utf-8"


def read_eml(name: str, data: bytes) -> Letter:
    """Reads a letter.

    Raises:
        Encrypted: the letter is encrypted.
        ParsingError: the file is no e-mail.
    """
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(data)
        return _letter(name, message)
    except (MessageError, LookupError, ValueError, AttributeError) as error:
        # The library's parsers of header fields give up on some malformed ones in ways of their own.
        raise ParsingError(
            f"Brevet {name} är skadat och kan inte läsas.",
            hint="Öppna brevet i e-postprogrammet och spara det som PDF.",
        ) from error


def _letter(name: str, message: EmailMessage) -> Letter:
    if not any(message.get(field) for _, field in _FIELDS):
        raise ParsingError(f"Filen {name} är inget e-postbrev.", hint="Kontrollera filen.")
    if message.get_content_type() in _ENCRYPTED:
        raise Encrypted(f"Brevet {name} är krypterat.", hint="Öppna brevet i e-postprogrammet och spara det som PDF.")
    body, body_format = _body(message)
    own = message.get_body(("plain", "html"))
    return Letter(
        subject=_field(message, "Subject"),
        fields=tuple((swedish, _field(message, field)) for swedish, field in _FIELDS),
        body=body,
        body_format=body_format,
        attachments=tuple(_attachments(message, own)),
    )


def _field(message: MIMEPart, name: str) -> str:
    value = " ".join(str(message.get(name, "")).split())
    if name != "Date" or not value:
        return value
    try:
        return parsedate_to_datetime(value).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return value


def _body(message: EmailMessage) -> tuple[bytes, str]:
    """The letter's own text and its format: the plain version, unless only HTML has anything in it."""
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        text = _text(part) if isinstance(part, MIMEPart) else ""
        if text.strip():
            return text.encode(_UTF8), "text" if kind == "plain" else "html"
    return b"", "text"


def _text(part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset(_UTF8), errors="strict")
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", errors="replace")


def _attachments(message: EmailMessage, body: MIMEPart | None) -> list[Attachment]:
    """What came with the letter. Pictures that the letter's own text shows, and signatures, are left out."""
    found: list[Attachment] = []
    for part in _leaves(message):
        media_type = part.get_content_type()
        if part is body or media_type in _SIGNATURES or _is_shown(part):
            continue
        attached = part.get_content_disposition() == "attachment" or part.get_filename()
        if not attached and media_type in ("text/plain", "text/html"):
            continue
        found.append(_attachment(part, media_type, len(found) + 1))
    return found


def _leaves(message: MIMEPart) -> list[MIMEPart]:
    """The parts that hold something, without going into letters that are attached."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        return [message]
    return [leaf for part in message.iter_parts() for leaf in _leaves(part)]


def _is_shown(part: MIMEPart) -> bool:
    within = part.get_content_disposition() != "attachment" and bool(part.get("Content-ID") or not part.get_filename())
    return part.get_content_maintype() == "image" and within


def _attachment(part: MIMEPart, media_type: str, number: int) -> Attachment:
    if media_type == "message/rfc822":
        inner = part.get_payload()
        letter = inner[0] if isinstance(inner, list) and inner else None
        data = letter.as_bytes(policy=email.policy.default) if isinstance(letter, EmailMessage) else b""
        subject = _field(letter, "Subject") if isinstance(letter, EmailMessage) else ""
        return Attachment(
            name=part.get_filename() or f"{subject or f'Brev {number}'}.eml", media_type=media_type, data=data
        )
    name = " ".join((part.get_filename() or f"Bilaga {number}").split())
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    if part.get_content_maintype() == "text":
        # In an encoding that the text's parser knows, whatever the letter used.
        data = _text(part).encode(_UTF8)
    return Attachment(name=name, media_type=media_type, data=data)
