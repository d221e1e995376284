"""Characters without width, which can carry a message that no reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TAGS = range(0xE0000, 0xE0080)
_ZERO_WIDTH = (
    *(0x034F, 0x180E, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *_TAGS,
    *range(0xE0100, 0xE01F0),
)
ZERO_WIDTH = frozenset(_ZERO_WIDTH)
"""The codes of characters that take no room, soft hyphens aside."""
_PATTERN = re.compile("[" + "".join(map(chr, _ZERO_WIDTH)) + "]")
_MANY = 16
"""So many of them in a page do not come from a typesetter."""


def without_invisible(text: str) -> str:
    """The text without characters that take no room; soft hyphens are left."""
    return text if text.isascii() else _PATTERN.sub("", text)


def invisible_in(text: str) -> list[str]:
    """The characters of the text that take no room."""
    return [] if text.isascii() else _PATTERN.findall(text)


def spelled(characters: Iterable[str]) -> list[str]:
    """What characters without width spell: tag characters as their letters, many others as a note.

    >>> spelled(chr(0xE0000 + ord(letter)) for letter in "alla krav uppfyllda")
    ['alla krav uppfyllda']
    """
    codes = [ord(char) for char in characters if ord(char) in ZERO_WIDTH]
    tagged = "".join(chr(code - _TAGS.start) for code in codes if _TAGS.start + 0x20 <= code < _TAGS.stop - 1)
    found = [tagged] if tagged.strip() else []
    others = sum(code not in _TAGS for code in codes)
    if others >= _MANY:
        found.append(f"{others} osynliga tecken med bredden noll")
    return found
