"""Reads e-mail as Outlook saves it (.msg). python-oxmsg is imported here and nowhere else."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from typing import Any

from granskning_ai.errors import ParsingError
from granskning_ai.parsing.letters import MAX_DEPTH, Attachment, Letter

_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _CONTENT_ID = 0x3707, 0x3704, 0x3001, 0x3712
_SENDER, _TO, _CC = 0x0C1A, 0x0E04, 0x0E03
_EMBEDDED = "__substg1.0_3701000D"
"""The storage of a letter that is attached to another."""
_PROPERTIES = "__properties_version1.0"
_RESAVE = "Öppna brevet i Outlook och spara det som PDF."


def read_msg(name: str, data: bytes) -> Letter:
    """Reads a letter.

    Raises:
        ParsingError: the file is no e-mail, or damaged.
    """
    from oxmsg import Message

    try:
        return _letter(Message.load(io.BytesIO(data)), 0)
    except (
        OSError,
        ValueError,
        LookupError,
        ArithmeticError,
        AttributeError,
        AssertionError,
        TypeError,
        struct.error,
    ) as error:
        # The library takes the file's word for everything, and stumbles in many ways over one that is damaged.
        raise ParsingError(f"Brevet {name} är skadat eller inget Outlookbrev.", hint=_RESAVE) from error


def _letter(message: Any, depth: int) -> Letter:  # noqa: ANN401 - the library's own type
    properties = message.properties
    sent = message.sent_date
    body, body_format = _body(message)
    return Letter(
        subject=_plain(message.subject),
        fields=(
            ("Från", _plain(message.sender or properties.str_prop_value(_SENDER))),
            ("Skickat", sent.strftime("%Y-%m-%d %H:%M UTC") if sent else ""),
            ("Till", _plain(properties.str_prop_value(_TO))),
            ("Kopia", _plain(properties.str_prop_value(_CC))),
            ("Ämne", _plain(message.subject)),
        ),
        body=body,
        body_format=body_format,
        attachments=tuple(
            _attachment(attachment, number, depth)
            for number, attachment in enumerate(message.attachments, start=1)
            if not _is_shown(attachment)
        ),
    )


def _body(message: Any) -> tuple[bytes, str]:  # noqa: ANN401
    """The letter's own text and its format: the plain version, unless only HTML has anything in it."""
    text = message.body or ""
    if text.strip():
        return text.encode("utf-8"), "text"
    html = message.html_body or ""
    return html.encode("utf-8"), "html"


def _attachment(attachment: Any, number: int, depth: int) -> Attachment:  # noqa: ANN401
    properties = attachment.properties
    named = (properties.str_prop_value(prop) for prop in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
    name = next((_plain(value) for value in named if value), f"Bilaga {number}")
    inner = _inner_letter(attachment) if depth <= MAX_DEPTH else None
    return Attachment(
        name=name,
        media_type=str(attachment.mime_type or "").lower(),
        data=b"" if inner else attachment.file_bytes or b"",
        letter=_letter(inner, depth + 1) if inner else None,
    )


def _inner_letter(attachment: Any) -> Any:  # noqa: ANN401
    """The letter that is attached as such; the library knows only of attached files."""
    from oxmsg import Message

    storage = next((storage for storage in attachment._storage.storages if storage.name == _EMBEDDED), None)
    if storage is None:
        return None
    # The head of an inner letter's properties is eight bytes shorter than that of a whole file's.
    streams = tuple(
        replace(stream, bytes_=bytes(8) + stream.bytes_) if stream.name == _PROPERTIES else stream
        for stream in storage.streams
    )
    return Message(replace(storage, streams=streams))


def _is_shown(attachment: Any) -> bool:  # noqa: ANN401
    """Whether the attachment is a picture that the letter's own text shows, such as a logotype in a signature."""
    picture = str(attachment.mime_type or "").startswith("image/")
    return picture and bool(attachment.properties.str_prop_value(_CONTENT_ID))


def _plain(value: str | None) -> str:
    return " ".join((value or "").replace("\x00", "").split())
