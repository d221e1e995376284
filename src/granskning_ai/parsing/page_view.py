"""Draws a page with what was found on it marked, each kind in its own colour, and a legend below.

Drawing opens the original file, so it is done where parsing is done: in a child process with limits.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning_ai.errors import ParsingError
from granskning_ai.model import Box, DocumentRecord, SourceFile

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

Colour = tuple[int, int, int]

DPI = 130
MAX_DOTS = 20_000_000
_OPACITY = 0.3
_SLACK = 1.0
"""How much larger than its letters a mark is, in points."""
_TEXT, _ROW, _MARGIN, _SWATCH = 15, 26, 14, 18

KINDS: dict[str, tuple[str, Colour]] = {
    "recommendation": ("rekommendation", (31, 99, 201)),
    "audit_question": ("revisionsfråga och svar", (26, 140, 75)),
    "overall_assessment": ("sammanfattande bedömning", (0, 122, 128)),
    "requirement_status": ("lagkrav", (214, 106, 0)),
    "risk": ("risk", (200, 34, 52)),
    "observation": ("iakttagelse", (140, 100, 40)),
    "criterion": ("revisionskriterium", (110, 110, 110)),
    "measure": ("åtgärd", (128, 58, 172)),
    "indicator": ("indikator", (94, 124, 22)),
    "survey_answer": ("enkätsvar", (160, 60, 120)),
    "agreement": ("överenskommelse", (64, 84, 160)),
    "anomaly": ("avvikelse", (180, 0, 120)),
}
"""What each kind of finding is called in the legend, and its colour."""
_NO_PAGES = {
    "docx": "ett Worddokument",
    "html": "en webbsida",
    "text": "en textfil",
    "eml": "ett brev",
    "msg": "ett brev",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rectangle on the page, and the kind of what stands in it."""

    kind: str
    box: Box


def marks_of(record: DocumentRecord, page: int) -> tuple[Mark, ...]:
    """What was found on the page: the rectangles of every quote, each once for each kind."""
    found = [(finding.kind, finding.evidence) for finding in record.findings]
    found += [("requirement_status", status.evidence) for status in record.statuses]
    marks = (
        Mark(kind=kind, box=box)
        for kind, evidence in found
        for quote in evidence
        for box in quote.boxes
        if box.page == page
    )
    return tuple(dict.fromkeys(marks))


def require_pages(source: SourceFile) -> None:
    """Makes sure that the file's format has pages that can be drawn.

    Raises:
        ParsingError: it has none.
    """
    if source.format != "pdf":
        raise ParsingError(
            f"{source.name} är {_NO_PAGES.get(source.format, 'en fil')} utan sidor att visa.",
            hint="Bara PDF-filer har sidor som kan visas. Citaten finns i exporten: granskning exportera.",
        )


def draw(source: SourceFile, data: bytes, page: int, marks: Sequence[Mark], *, password: str | None = None) -> bytes:
    """The page as a PNG picture with the marks on it.

    Raises:
        Encrypted: the file needs a password, or another one.
        ParsingError: the file has no such page, or none that can be drawn.
    """
    require_pages(source)
    from granskning_ai.parsing.pdf_reader import PdfFile

    file = PdfFile(data, password)
    try:
        if not 1 <= page <= file.page_count:
            count = f"{file.page_count} sidor" if file.page_count > 1 else "en sida"
            raise ParsingError(f"{source.name} har {count}; det finns ingen sida {page}.", hint="Välj en annan sida.")
        drawn = file.picture(page, DPI, MAX_DOTS, colour=True)
    finally:
        file.close()
    from PIL import Image

    picture = Image.frombytes("RGB", (drawn.columns, drawn.rows), drawn.pixels)
    marked = _marked(picture, marks, drawn.columns / drawn.width)
    stream = io.BytesIO()
    _with_legend(marked, marks).save(stream, "PNG")
    return stream.getvalue()


def _marked(picture: Image, marks: Iterable[Mark], scale: float) -> Image:
    """The picture tinted under each mark; where two lie over each other both colours show."""
    from PIL import Image, ImageDraw

    pen = ImageDraw.Draw(picture)
    for mark in marks:
        box, colour = mark.box, _colour(mark.kind)
        x0, y0 = max(0, round((box.x0 - _SLACK) * scale)), max(0, round((box.y0 - _SLACK) * scale))
        x1 = min(picture.width - 1, round((box.x1 + _SLACK) * scale))
        y1 = min(picture.height - 1, round((box.y1 + _SLACK) * scale))
        if x0 >= x1 or y0 >= y1:
            continue
        under = picture.crop((x0, y0, x1, y1))
        picture.paste(Image.blend(under, Image.new("RGB", under.size, colour), _OPACITY), (x0, y0))
        pen.rectangle((x0, y0, x1, y1), outline=colour)
    return picture


def _colour(kind: str) -> Colour:
    return KINDS.get(kind, ("", (90, 90, 90)))[1]


def _with_legend(picture: Image, marks: Sequence[Mark]) -> Image:
    """The picture with a strip below it that says what the colours mean."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(size=_TEXT)
    counts = Counter(mark.kind for mark in marks)
    kinds = [kind for kind in KINDS if kind in counts] or [""]
    columns = max(1, picture.width // 300)
    rows = -(-len(kinds) // columns)
    whole = Image.new("RGB", (picture.width, picture.height + rows * _ROW + 2 * _MARGIN), "white")
    whole.paste(picture, (0, 0))
    pen = ImageDraw.Draw(whole)
    pen.line([(0, picture.height), (picture.width, picture.height)], fill=(150, 150, 150), width=2)
    for index, kind in enumerate(kinds):
        x = _MARGIN + (index % columns) * (picture.width // columns)
        y = picture.height + _MARGIN + (index // columns) * _ROW
        _entry(pen, font, x, y, kind)
    return whole


def _entry(pen: ImageDraw, font: FreeTypeFont | ImageFont, x: int, y: int, kind: str) -> None:
    if not kind:
        pen.text((x, y), "Inget har hittats på sidan.", fill="black", font=font)
        return
    label, colour = KINDS[kind]
    red, green, blue = (round(255 - (255 - part) * _OPACITY) for part in colour)
    pen.rectangle([x, y, x + _SWATCH, y + _SWATCH], fill=(red, green, blue), outline=colour, width=2)
    pen.text((x + _SWATCH + 8, y), label, fill="black", font=font)
