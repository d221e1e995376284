"""The lines of a text file: decoding, leftover markup, and what a line by itself shows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from granskning_ai.errors import ParsingError
from granskning_ai.parsing.words import DANGLING
from granskning_ai.swedish.language import ABBREVIATIONS

_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf02d•▪◦●○■□►▶»›–—‒−·✓➢*-"
_LONE_BULLETS = frozenset("\uf0b7\uf0a7\uf0d8\uf0fc•▪◦●○■□►▶✓➢")
_BULLET = re.compile(rf"([{re.escape(_BULLETS)}o\ue000-\uf8ff])[\t ]+(?=\S)")
_NUMBERED = re.compile(r"(\(?\d{1,2}[.)]|\(?[a-zåäö]\)|[a-zåäö]\.|\(?[ivx]{2,4}\))[\t ]+(?=[^\W_]|[”\"(])")
_SECTION = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4}\.?|\d{1,2})[\t ]+(?=[A-ZÅÄÖÉ”\"(])")
_CAPTION = re.compile(
    r"(?:(?:Figur|Tabell|Diagram|Bild|Karta|Graf)\s+\d+[a-z]?\s*(?:[.:–-]|(?=\s[A-ZÅÄÖ]))|(?:Käll(?:a|or)|Foto)\s*:)"
)
_SUPERSCRIPT = re.compile(r"([⁰¹²³⁴-⁹]+)\s*(?=\S)")
_PAGE_NUMBER = re.compile(
    r"(?:Sid(?:a|an)?\.?\s*|[-–]\s*)?\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3}|\s*\(\d{1,3}\)|\s*[-–])?$"
)
_HEADING_MARK = re.compile(r"(#{1,6})\s+(?=\S)")
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$")
_CLOSERS = "\"”’'»)]*"
_MARKUP = (
    (re.compile(r"\[([^\]\[\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"(?<![\w*])\*\*(?=[^\s*])((?:(?!\n\s*\n|\*\*).)*?[^\s*])\*\*(?![\w*])", re.DOTALL), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])((?:(?!\n\s*\n)[^*])*?[^\s*])\*(?![\w*])", re.DOTALL), r"\1"),
    (re.compile(r"\\([*_#\[\]()|-])"), r"\1"),
)
"""Residue of Markdown in text that was converted from another format: links, breaks, bold, italics, escapes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line with its text trimmed. `blank` tells that an empty line, and `cut` that a page break, stands before it."""

    text: str
    page: int = 1
    indent: int = 0
    blank: bool = False
    cut: bool = False
    trail: bool = False
    """White space stands at the line's end, as some converters leave it inside a paragraph."""
    lost_bullet: bool = False
    """The line is a list item whose mark did not survive: only a leading blank is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a line begins with: kind, the mark as printed, and the rest of the line."""

    kind: str
    mark: str
    rest: str


def decode(data: bytes) -> str:
    """Decodes UTF-8, UTF-16 or Latin-1/Windows-1252, told apart by their bytes; the text is in NFC, line ends are LF.

    Raises:
        ParsingError: the bytes are no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif b"\x00" in data[:4096]:
        even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
        if max(even, odd) < len(data[:4096]) // 8:
            raise ParsingError(
                "Filen innehåller inte text.", hint="Öppna filen i det program den kommer från och spara den som text."
            )
        text = data.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    text = unicodedata.normalize("NFC", text.lstrip("\ufeff"))
    text = re.sub(r"\r\n?|\x85|\u2028|\u2029", "\n", text)
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", "", text).replace("\u00a0", " ")


def read_lines(text: str) -> list[Line]:
    """The lines that are not empty, each with what stands before it."""
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    lines: list[Line] = []
    page, blank, cut = 1, False, False
    for raw in re.split(r"(\n|\f)", text):
        if raw == "\f":
            page, cut = page + 1, True
        elif raw == "\n":
            continue
        elif not raw.strip() or _TABLE_RULE.match(raw):
            blank = blank or not raw.strip()
        else:
            indent = len(raw) - len(raw.lstrip(" "))
            trail = raw != raw.rstrip()
            lines.append(Line(text=_columns(raw), page=page, indent=indent, blank=blank, cut=cut, trail=trail))
            blank, cut = False, False
    return _mark_blanks(_merge_marks(lines))


def _columns(raw: str) -> str:
    """The line trimmed; a row of a Markdown table ('| a | b |') becomes a row of tabs, an empty first cell is kept."""
    text = raw.strip()
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        return "\t".join(cell.strip() for cell in text[1:-1].split("|"))
    tabs = re.match(r" *(\t+)", raw)
    return tabs.group(1) + text if tabs and "\t" in text and start_of(text) is None else text


def _merge_marks(lines: list[Line]) -> list[Line]:
    """Puts a bullet that stands alone before the text on the next line; one that has no text goes."""
    merged: list[Line] = []
    mark = ""
    for line in lines:
        if line.text in _LONE_BULLETS:
            mark = line.text
            continue
        if mark and not line.blank and start_of(line.text) is None:
            line = replace(line, text=f"{mark} {line.text}", blank=True)
        merged.append(line)
        mark = ""
    return merged


def _mark_blanks(lines: list[Line]) -> list[Line]:
    """Reads what a single leading blank means in dumps where few lines have one: a page break, or a lost bullet."""
    if not lines:
        return lines
    single = [line.indent == 1 and bool(start_of(line.text) is None) for line in lines]
    indented = sum(line.indent > 1 for line in lines)
    if sum(line.indent == 1 for line in lines) > max(8, len(lines) // 8) or indented > len(lines) // 10:
        return lines
    heads = [i for i, line in enumerate(lines) if line.blank or line.cut or single[i]]
    lost: set[int] = set()
    for position, index in enumerate(heads[:-1]):
        following = heads[position + 1]
        introduced = index > 0 and lines[index - 1].text.endswith(":")
        if single[index] and single[following] and lines[following].blank and (introduced or index in lost):
            lost |= {index, following}
    return [
        replace(line, lost_bullet=True) if i in lost else replace(line, cut=line.cut or (line.indent == 1 and i > 0))
        for i, line in enumerate(lines)
    ]


def start_of(text: str) -> Start | None:
    """The mark that a line begins with, if any: bullet, numbered, section, caption, footnote or title ('# ')."""
    for kind, pattern in (
        ("title", _HEADING_MARK),
        ("bullet", _BULLET),
        ("section", _SECTION),
        ("numbered", _NUMBERED),
        ("footnote", _SUPERSCRIPT),
    ):
        match = pattern.match(text)
        if match:
            return Start(kind=kind, mark=match.group(1), rest=text[match.end() :])
    if _CAPTION.match(text):
        return Start(kind="caption", mark="", rest=text)
    return None


def is_page_number(text: str) -> bool:
    """Whether the line holds a page number and nothing else ('12', 'Sida 3 av 10', '- 4 -')."""
    return bool(_PAGE_NUMBER.match(text))


def is_open(text: str) -> bool:
    """Whether the text breaks off before the end of its sentence."""
    stripped = text.rstrip().rstrip(_CLOSERS).rstrip()
    if not stripped or stripped[-1] not in ".!?:;…":
        return True
    return stripped.rsplit(maxsplit=1)[-1].lower().lstrip("(") in ABBREVIATIONS


def is_dangling(text: str) -> bool:
    """Whether the text surely goes on: it ends with a hyphen, a comma or a word that binds to the next."""
    text = text.rstrip()
    if not text or text[-1] in ",-–(/&":
        return True
    return text.rsplit(maxsplit=1)[-1].lower().lstrip('(”"') in DANGLING


def begins_low(text: str) -> bool:
    """Whether the text begins in the middle of a sentence: with a small letter, or with what cannot begin one."""
    head = text.lstrip("(”\"'’[«")
    return bool(head) and (head[0].islower() or head[0] in ",.;)%&+=<" or (text[0] == "(" and not head[0].isupper()))


def usual_width(lines: list[Line]) -> int:
    """The width at which the file's lines are wrapped: nine lines out of ten are not longer."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 20)
    return lengths[int(len(lengths) * 0.9)] if lengths else 80


def is_wrapped(lines: list[Line]) -> bool:
    """Whether the file breaks its paragraphs into lines, with or without empty lines between."""
    near: list[bool] = []
    apart: list[bool] = []
    for before, line in pairwise(lines):
        if not line.cut and start_of(line.text) is None and "\t" not in before.text + line.text:
            (apart if line.blank else near).append(is_open(before.text) and begins_low(line.text))
    return (len(near) >= 2 and sum(near) >= 0.2 * len(near)) or (sum(apart) >= 3 and sum(apart) >= 0.3 * len(apart))


def trails(lines: list[Line]) -> bool:
    """Whether the file leaves a blank at the end of lines that go on: then a line without one ends its paragraph."""
    going_on = [
        a.trail
        for a, b in pairwise(lines)
        if is_open(a.text) and not a.text.endswith("-") and begins_low(b.text) and start_of(b.text) is None
    ]
    return len(going_on) >= 5 and sum(going_on) >= 0.9 * len(going_on)


def frequent(lines: list[Line]) -> Counter[str]:
    """How often each line occurs, digits aside: running headers and footers come back on every page."""
    return Counter(re.sub(r"\d+", "#", line.text) for line in lines)
