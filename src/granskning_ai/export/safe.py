"""Text from documents is not trusted: what is taken out or guarded before it reaches a terminal or a spreadsheet."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"[\s\u00a0]*[=+\-@＝＋－＠]|[\t\r\n]")


def plain(text: str) -> str:
    """`text` without control characters, escape sequences and marks that reverse the reading direction."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """`plain` text on one line."""
    return " ".join(plain(text).split())


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program may take the text for a formula, or may do so after trimming it."""
    return bool(_FORMULA.match(text))


def csv_text(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet program would else calculate it.

    >>> csv_text("=1+1"), csv_text("- punkt"), csv_text("plan")
    ("'=1+1", "'- punkt", 'plan')
    """
    text = plain(text)
    return f"'{text}" if looks_like_formula(text) else text
