"""From character codes to letters: ligatures, glyphs of symbol fonts, accents that are set beside their letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_SYMBOLS = {
    0xF020: " ",
    0xF02D: "-",
    0xF0A3: "≤",
    0xF0B3: "≥",
    0xF0B1: "±",
    0xF0B0: "°",
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0A8: "☐",
    0xF06F: "☐",
    0xF0FC: "✓",
    0xF0FE: "☒",
    0xF0E0: "→",
    0xF0D8: "➢",
}
"""What the symbol fonts of Windows show under codes of private use."""
_ACCENTS = {"¨": "\u0308", "˚": "\u030a", "´": "\u0301"}
_ACCENT_FIRST = re.compile("([¨˚´])([aouAOUeE])")


@lru_cache(maxsize=4096)
def letter_of(code: int) -> str | None:
    """The character or characters that a code stands for; None where it stands for nothing."""
    if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return None
    return _LIGATURES.get(code) or _SYMBOLS.get(code) or chr(code)


def composed(text: str) -> str:
    """The word with accents joined to the letter that they are set over, as old TeX fonts leave them apart.

    >>> composed("f¨orening")
    'förening'
    """
    if text.isascii():
        return text
    return _ACCENT_FIRST.sub(lambda m: unicodedata.normalize("NFC", m.group(2) + _ACCENTS[m.group(1)]), text)
