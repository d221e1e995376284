"""Reads PDF pages with pypdfium2: characters with boxes, fonts and colours, lines, fills and pictures.

pypdfium2 is imported here and nowhere else. The raw interface is used because a page's text must be tied to the page's
objects (marked content, colour, render mode), which the comfortable one does not show.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from granskning_ai.errors import Encrypted, ParsingError
from granskning_ai.parsing.pdf_page import ASCENT, DESCENT, PageContent, Rect, Style, Word
from granskning_ai.parsing.pdf_paths import PathReader
from granskning_ai.parsing.pdf_turn import make_upright
from granskning_ai.parsing.pdf_visible import decode_invisible, hide

_HYPHENS = {0x2, 0xFFFE}
"""What PDFium puts in place of a hyphen at a line's end."""
_SPACES = {0x9, 0xA, 0xB, 0xC, 0xD, 0x20, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)}
_ZERO_WIDTH = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E, *range(0x202A, 0x202F), *range(0xE0000, 0xE0080)}
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!tal)|-bd\b|,bd\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|kursiv", re.IGNORECASE)
_FAMILY = re.compile(r"[-,].*$|(?:bold|italic|oblique|regular|ps|mt)+$", re.IGNORECASE)
_MAX_OBJECTS = 30_000
_MAX_DEPTH = 8


class PdfFile:
    """An open PDF file."""

    def __init__(self, data: bytes, password: str | None) -> None:
        import pypdfium2
        import pypdfium2.raw as raw

        self._raw: Any = raw
        try:
            self._document = pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError as error:
            raise _open_error(error, raw, password, data) from error
        self.page_count: int = len(self._document)
        self.is_tagged = bool(raw.FPDFCatalog_IsTagged(self._document.raw))

    def title(self) -> str:
        """The title in the document's own information."""
        return str(self._document.get_metadata_value("Title") or "").strip()

    def outline(self, limit: int = 2000) -> list[tuple[int, str, int | None]]:
        """The bookmarks as (level from 1, title, page number); a loop among them ends the list."""
        raw, document = self._raw, self._document.raw
        found: list[tuple[int, str, int | None]] = []
        seen: set[int] = set()
        stack = [(raw.FPDFBookmark_GetFirstChild(document, None), 1)]
        while stack and len(found) < limit:
            mark, level = stack.pop()
            address = ctypes.cast(mark, ctypes.c_void_p).value
            if not address or address in seen or level > 20:
                continue
            seen.add(address)
            destination = raw.FPDFBookmark_GetDest(document, mark)
            page = raw.FPDFDest_GetDestPageIndex(document, destination) if destination else -1
            found.append((level, self._bookmark_title(mark), page + 1 if page >= 0 else None))
            stack.append((raw.FPDFBookmark_GetNextSibling(document, mark), level))
            stack.append((raw.FPDFBookmark_GetFirstChild(document, mark), level + 1))
        return found

    def _bookmark_title(self, mark: Any) -> str:
        size = self._raw.FPDFBookmark_GetTitle(mark, None, 0)
        buffer = ctypes.create_string_buffer(size)
        self._raw.FPDFBookmark_GetTitle(mark, buffer, size)
        return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\x00").strip()

    def page(self, number: int) -> PageContent | None:
        """What stands on the page with the given number (from 1); None where the page cannot be read."""
        with self._open_page(number) as handles:
            return _PageReader(self._raw, *handles, number).read() if handles else None

    @contextmanager
    def _open_page(self, number: int) -> Iterator[tuple[Any, Any] | None]:
        page = self._raw.FPDF_LoadPage(self._document.raw, number - 1)
        text = self._raw.FPDFText_LoadPage(page) if page else None
        try:
            yield (page, text) if page and text else None
        finally:
            if text:
                self._raw.FPDFText_ClosePage(text)
            if page:
                self._raw.FPDF_ClosePage(page)

    def close(self) -> None:
        """Frees the file."""
        self._document.close()


def _open_error(error: Any, raw: Any, password: str | None, data: bytes) -> ParsingError:
    code = getattr(error, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD:
        if password:
            return Encrypted("Lösenordet öppnar inte PDF-filen.", hint="Kontrollera lösenordet och försök igen.")
        return Encrypted(
            "PDF-filen är skyddad med lösenord.", hint="Ange lösenordet med --losenord eller importera en olåst kopia."
        )
    if code == raw.FPDF_ERR_SECURITY:
        return Encrypted(
            "PDF-filen är krypterad på ett sätt som inte stöds.", hint="Be avsändaren om en kopia utan kryptering."
        )
    if b"%%EOF" not in data[-2048:]:
        return ParsingError(
            "PDF-filen är avkortad: slutet saknas och sidorna går inte att hitta.",
            hint="Hämta filen på nytt; överföringen har troligen avbrutits.",
        )
    return ParsingError(
        "PDF-filen är skadad och går inte att öppna.", hint="Hämta filen på nytt eller spara om den som PDF."
    )


class _PageReader:
    """Reads one page."""

    def __init__(self, raw: Any, page: Any, text: Any, number: int) -> None:
        self._raw, self._page, self._text = raw, page, text
        rotation = raw.FPDFPage_GetRotation(page) * 90
        self._box = self._page_box()
        self._content = PageContent(
            number=number, width=raw.FPDF_GetPageWidthF(page), height=raw.FPDF_GetPageHeightF(page)
        )
        self._rotation = rotation
        self._paths = PathReader(raw, self._content, self._place)
        self._marks: dict[int, tuple[int, int | None, bool, bool]] = {}
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._styles: dict[int, tuple[Style, int, int]] = {}
        self._z = 0
        self._invisible: list[str] = []

    def read(self) -> PageContent:
        """Reads objects, then text; leaves out what a reader cannot see."""
        self._walk(self._page, None, False, False, 0)
        self._content.words = self._words()
        hide(self._content)
        self._content.hidden += decode_invisible(self._invisible)
        make_upright(self._content)
        return self._content

    def _page_box(self) -> tuple[float, float, float, float]:
        box = [ctypes.c_float() for _ in range(4)]
        for getter in (self._raw.FPDFPage_GetCropBox, self._raw.FPDFPage_GetMediaBox):
            if getter(self._page, *box) and box[2].value > box[0].value:
                return box[0].value, box[1].value, box[2].value, box[3].value
        return 0.0, 0.0, self._raw.FPDF_GetPageWidthF(self._page), self._raw.FPDF_GetPageHeightF(self._page)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space on the page as it is shown."""
        left, bottom, right, top = self._box
        if self._rotation == 90:
            return y - bottom, x - left
        if self._rotation == 180:
            return right - x, y - bottom
        if self._rotation == 270:
            return top - y, right - x
        return x - left, top - y

    def _walk(self, holder: Any, mcid: int | None, artifact: bool, in_form: bool, depth: int) -> None:
        raw = self._raw
        if in_form:
            count, get = raw.FPDFFormObj_CountObjects(holder), raw.FPDFFormObj_GetObject
        else:
            count, get = raw.FPDFPage_CountObjects(holder), raw.FPDFPage_GetObject
        for index in range(min(count, _MAX_OBJECTS)):
            item = get(holder, index)
            self._z += 1
            kind = raw.FPDFPageObj_GetType(item)
            own = raw.FPDFPageObj_GetMarkedContentID(item)
            item_mcid = own if own >= 0 else mcid
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                address = ctypes.cast(item, ctypes.c_void_p).value or 0
                decoration = artifact or self._is_artifact(item)
                # Content of a form has ids of its own unless the form as a whole is marked from outside.
                self._marks[address] = (self._z, item_mcid, decoration, in_form and own >= 0)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                with self._paths.inside(item):
                    self._walk(item, item_mcid, artifact or self._is_artifact(item), True, depth + 1)
            else:
                self._paths.read(item, kind, self._z)

    def _is_artifact(self, item: Any) -> bool:
        size, buffer = ctypes.c_ulong(), ctypes.create_string_buffer(64)
        for index in range(self._raw.FPDFPageObj_CountMarks(item)):
            mark = self._raw.FPDFPageObj_GetMark(item, index)
            if self._raw.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 64, size):
                name = buffer.raw[: max(0, size.value - 2)].decode("utf-16-le", errors="replace")
                if name == "Artifact":
                    return True
        return False

    def _words(self) -> list[Word]:
        raw, text = self._raw, self._text
        unicode_at = _fast(raw.FPDFText_GetUnicode, ctypes.c_uint)
        object_at = _fast(raw.FPDFText_GetTextObject, ctypes.c_void_p)
        handle = ctypes.cast(text, ctypes.c_void_p)
        words: list[Word] = []
        letters: list[str] = []
        first, current, spaced = 0, 0, True

        def flush(end: int) -> None:
            nonlocal spaced
            if letters:
                words.append(self._word("".join(letters), first, end - 1, current, spaced))
                letters.clear()
                spaced = False

        for index in range(raw.FPDFText_CountChars(text)):
            code = unicode_at(handle, index)
            address = object_at(handle, index) or 0
            if code in _SPACES or (address == 0 and code not in _HYPHENS):
                flush(index)
                spaced = True
                continue
            if address != current or not letters:
                flush(index)
                first, current = index, address
            if code in _ZERO_WIDTH:
                self._invisible.append(chr(code))
                continue
            letters.append(self._letter(code))
        flush(raw.FPDFText_CountChars(text))
        return words

    def _letter(self, code: int) -> str:
        if code in _HYPHENS:
            return "-"
        if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            self._content.unknown_glyphs += 1
            return "\ufffd"
        return chr(code)

    def _word(self, text: str, first: int, last: int, address: int, spaced: bool) -> Word:
        style, turned, mode = self._style(address, first)
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(self._text, first, x, y)
        box0, box1 = self._char_box(first), self._char_box(last)
        base_x, base_y = self._place(x.value, y.value)
        x0, x1 = min(box0.x0, box1.x0), max(box0.x1, box1.x1)
        if turned == 0:
            y0, y1 = base_y - ASCENT * style.size, base_y + DESCENT * style.size
            x0 = min(max(x0, base_x - style.size), base_x + style.size / 2)
        else:
            y0, y1 = min(box0.y0, box1.y0), max(box0.y1, box1.y1)
        z, mcid, artifact, in_form = self._marks.get(address, (0, None, False, False))
        return Word(
            text, x0, max(x1, x0), y0, y1, base_y, style, spaced, first, mcid, artifact, in_form, turned, z, mode
        )

    def _char_box(self, index: int) -> Rect:
        box = self._raw.FS_RECTF()
        self._raw.FPDFText_GetLooseCharBox(self._text, index, box)
        ax, ay = self._place(box.left, box.top)
        bx, by = self._place(box.right, box.bottom)
        return Rect(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _style(self, address: int, index: int) -> tuple[Style, int, int]:
        known = self._styles.get(address)
        if known:
            return known
        raw = self._raw
        item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        matrix, size = raw.FS_MATRIX(), ctypes.c_float(0)
        raw.FPDFText_GetMatrix(self._text, index, matrix)
        font, bold, italic = "", False, False
        colour, mode = None, 0
        if address:
            raw.FPDFTextObj_GetFontSize(item, size)
            font, bold, italic = self._font(raw.FPDFTextObj_GetFont(item))
            colour, mode = self._fill_colour(item), raw.FPDFTextObj_GetTextRenderMode(item)
        points = round(abs(size.value) * math.hypot(matrix.c, matrix.d), 1)
        slant = abs(matrix.c) > 0.1 * abs(matrix.d) and abs(matrix.b) < 0.01 * abs(matrix.a or 1)
        style = Style(font, points, bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE, italic or slant, colour)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - self._rotation
        known = (style, round(angle / 90) * 90 % 360, mode)
        self._styles[address] = known
        return known

    def _fill_colour(self, item: Any) -> tuple[int, int, int] | None:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not self._raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
            return None
        return red.value, green.value, blue.value

    def _font(self, font: Any) -> tuple[str, bool, bool]:
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address not in self._fonts:
            raw, angle = self._raw, ctypes.c_int()
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = _SUBSET.sub("", buffer.value.decode("utf-8", errors="replace"))
            flags = raw.FPDFFont_GetFlags(font)
            bold = bool(_BOLD.search(name)) or raw.FPDFFont_GetWeight(font) >= 600 or bool(flags > 0 and flags & 1 << 18)
            raw.FPDFFont_GetItalicAngle(font, angle)
            italic = bool(_ITALIC.search(name)) or bool(flags > 0 and flags & 1 << 6)
            self._fonts[address] = (_FAMILY.sub("", name), bold, italic)
        return self._fonts[address]


def _fast(function: Any, result: Any) -> Any:
    """`function(handle, index)` without ctypes' conversions, which cost more than the call; used per character."""
    prototype = ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value)

