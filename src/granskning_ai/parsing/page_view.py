"""Draws a page with what was found on it marked, each kind in its own colour, and a legend below.

Drawing opens the original file, so it is done where parsing is done: in a child process with limits.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning_ai.errors import ParsingError
from granskning_ai.model import Box, DocumentRecord, SourceFile

if TYPE_CHECKING:
    from PIL.Image import Image

    from granskning_ai.parsing.ocr_picture import PagePicture

Colour = tuple[int, int, int]

DPI = 130
MAX_DOTS = 20_000_000
_OPACITY = 0.3
_SLACK = 1.0
"""How much larger than its letters a mark is, in points."""
_APART = 3
"""How far outside each other the outlines of marks on the same place are drawn, in dots."""
_TEXT, _ROW, _MARGIN, _SWATCH, _ENTRY = 8.5, 14.0, 8.0, 10.0, 165.0
"""Measures of the legend in points: type, rows, margins, squares and columns."""
_NOTHING = "Inget har hittats på sidan."

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
    """A quote on the page: the kind of what was found in it, and its rectangles."""

    kind: str
    boxes: tuple[Box, ...]


def marks_of(record: DocumentRecord, page: int) -> tuple[Mark, ...]:
    """What was found on the page: every quote with its rectangles there, each once for each kind."""
    found = [(finding.kind, finding.evidence) for finding in record.findings]
    found += [("requirement_status", status.evidence) for status in record.statuses]
    marks = (
        Mark(kind=kind, boxes=tuple(box for box in quote.boxes if box.page == page))
        for kind, evidence in found
        for quote in evidence
    )
    return tuple(dict.fromkeys(mark for mark in marks if mark.boxes))


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
    scale = drawn.columns / drawn.width
    kinds = Counter(mark.kind for mark in marks)
    legend = PdfFile(_legend(kinds, drawn.width), None)
    try:
        strip = legend.picture(1, 72 * scale, MAX_DOTS, colour=True)
    finally:
        legend.close()
    from PIL import Image

    whole = Image.new("RGB", (drawn.columns, drawn.rows + strip.rows), "white")
    whole.paste(_marked(_image(drawn), marks, scale), (0, 0))
    whole.paste(_image(strip), (0, drawn.rows))
    stream = io.BytesIO()
    whole.save(stream, "PNG")
    return stream.getvalue()


def _image(picture: PagePicture) -> Image:
    from PIL import Image

    return Image.frombytes("RGB", (picture.columns, picture.rows), picture.pixels)


def _marked(picture: Image, marks: Iterable[Mark], scale: float) -> Image:
    """The picture tinted under each mark. Where several lie on the same place, their outlines go round each other."""
    from PIL import Image, ImageDraw

    pen = ImageDraw.Draw(picture)
    kinds: dict[Box, set[str]] = defaultdict(set)
    for mark in marks:
        colour = _colour(mark.kind)
        for box in mark.boxes:
            if mark.kind in kinds[box]:
                continue
            outside = _APART * len(kinds[box])
            kinds[box].add(mark.kind)
            x0, y0 = (max(0, round((at - _SLACK) * scale) - outside) for at in (box.x0, box.y0))
            x1 = min(picture.width - 1, round((box.x1 + _SLACK) * scale) + outside)
            y1 = min(picture.height - 1, round((box.y1 + _SLACK) * scale) + outside)
            if x0 >= x1 or y0 >= y1:
                continue
            if not outside:
                under = picture.crop((x0, y0, x1, y1))
                picture.paste(Image.blend(under, Image.new("RGB", under.size, colour), _OPACITY), (x0, y0))
            pen.rectangle((x0, y0, x1, y1), outline=colour, width=2 if outside else 1)
    return picture


def _colour(kind: str) -> Colour:
    return KINDS.get(kind, ("", (90, 90, 90)))[1]


def _legend(counts: Counter[str], width: float) -> bytes:
    """A PDF page that says what the colours mean: PDFium has type with Swedish letters, wherever it runs."""
    kinds = [kind for kind in KINDS if kind in counts]
    columns = max(1, int((width - 2 * _MARGIN) // _ENTRY))
    height = 2 * _MARGIN + _ROW * max(1, -(-len(kinds) // columns))
    drawn = [f"0.6 G 0 {height} m {width} {height} l S"]
    for index, kind in enumerate(kinds):
        x = _MARGIN + (index % columns) * _ENTRY
        y = height - _MARGIN - _ROW * (index // columns) - _SWATCH
        label, colour = KINDS[kind]
        tint = " ".join(f"{1 - (1 - part / 255) * _OPACITY:.3f}" for part in colour)
        line = " ".join(f"{part / 255:.3f}" for part in colour)
        drawn.append(f"{tint} rg {line} RG {x} {y} {_SWATCH} {_SWATCH} re B")
        drawn.append(_words(x + 1.5 * _SWATCH, y + 2, f"{label} ({counts[kind]})"))
    if not kinds:
        drawn.append(_words(_MARGIN, height - _MARGIN - _SWATCH + 2, _NOTHING))
    return _one_page(width, height, "\n".join(drawn).encode("cp1252"))


def _words(x: float, y: float, text: str) -> str:
    escaped = text.replace("(", "\\(").replace(")", "\\)")
    return f"BT 0 g /F {_TEXT} Tf {x} {y} Td ({escaped}) Tj ET"


def _one_page(width: float, height: float, content: bytes) -> bytes:
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Resources<</Font<</F 4 0 R>>>>"
        "/Contents 5 0 R>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
    )
    data, offsets = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(data))
    )
