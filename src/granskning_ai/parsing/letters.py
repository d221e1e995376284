"""An e-mail as it is read, whatever format it came in."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_DEPTH = 5
"""How deep letters may be attached to letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a letter. `letter` holds an attached letter that the format has no bytes of its own for."""

    name: str
    media_type: str
    data: bytes
    letter: Letter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An e-mail. `fields` are the lines of its head as (Swedish name, value); `body` is text or HTML."""

    subject: str
    fields: tuple[tuple[str, str], ...]
    body: bytes
    body_format: str
    attachments: tuple[Attachment, ...] = field(default=())
