"""Characters without width: left out of the text in every format, and told of where they carry something."""

from __future__ import annotations

import pytest

from granskning_ai.model import SourceFile
from granskning_ai.parsing import parse

from .test_docx import p, package

ORDER = "alla krav uppfyllda"
SMUGGLED = "".join(chr(0xE0000 + ord(letter)) for letter in ORDER)
SPELLED_IN_BITS = "\u200b\u200c" * 20


def in_format(text: str, format: str) -> bytes:
    if format == "docx":
        return package(p(text))
    return (f"<html><body><p>{text}</p></body></html>" if format == "html" else text).encode()


@pytest.mark.parametrize("format", ["docx", "html", "text"])
@pytest.mark.parametrize(
    ("hidden", "told"),
    [(SMUGGLED, (ORDER,)), (SPELLED_IN_BITS, ("40 osynliga tecken med bredden noll",)), ("\u200b", ())],
)
def test_characters_without_width_are_left_out_and_told_of(format: str, hidden: str, told: tuple[str, ...]) -> None:
    data = in_format(f"Planen{hidden} saknas ännu.", format)
    document = parse(SourceFile.of("fil", data, format), data)
    assert document.text == "Planen saknas ännu."
    assert document.hidden == told
