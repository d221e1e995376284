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
from typing import Any, NamedTuple

from granskning_ai.errors import Encrypted, ParsingError
from granskning_ai.parsing.invisible import ZERO_WIDTH, spelled
from granskning_ai.parsing.ocr_picture import PagePicture
from granskning_ai.parsing.pdf_api import Api, Raw, address_of
from granskning_ai.parsing.pdf_bullets import add_drawn_bullets
from granskning_ai.parsing.pdf_letters import composed, letter_of
from granskning_ai.parsing.pdf_page import ASCENT, DESCENT, SUPERSCRIPTS, PageContent, Rect, Style, Word
from granskning_ai.parsing.pdf_paths import PathReader
from granskning_ai.parsing.pdf_turn import make_upright
from granskning_ai.parsing.pdf_visible import hide

_HYPHENS = {0x2, 0xFFFE}
"""What PDFium puts in place of a hyphen at a line's end."""
_SOFT_HYPHEN, _VISIBLE = 0xAD, 1.0
_SPACES = {0x9, 0xA, 0xB, 0xC, 0xD, 0x20, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)}
_CALL = re.compile(r"[^\W\d_][.,;:”\"’)]?\d|^\d{1,3}[^\W\d_]")
_RAISED = 0.2
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!tal)|-bd\b|,bd\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|kursiv", re.IGNORECASE)
_FAMILY = re.compile(r"[-,].*$|(?:bold|italic|oblique|regular|ps|mt)+$", re.IGNORECASE)
_SEMIBOLD = 600
_FORCE_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6
_MAX_OBJECTS = 30_000
_MAX_DEPTH = 8

_Mark = tuple[int, int | None, bool, bool]
"""Of a text object: place in the order of painting, marked content id, decoration, id counts within a form."""
_NO_MARK: _Mark = (0, None, False, False)


class _Setting(NamedTuple):
    """How a text object is set, and the y of its baseline."""

    style: Style
    turned: int
    mode: int
    y: float


class PdfFile:
    """An open PDF file."""

    def __init__(self, data: bytes, password: str | None) -> None:
        import pypdfium2
        import pypdfium2.raw as raw

        self._raw: Raw = raw
        self._api = Api(raw)
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

    def _bookmark_title(self, mark: Raw) -> str:
        size = self._raw.FPDFBookmark_GetTitle(mark, None, 0)
        buffer = ctypes.create_string_buffer(size)
        self._raw.FPDFBookmark_GetTitle(mark, buffer, size)
        return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\x00").strip()

    def page(self, number: int) -> PageContent | None:
        """What stands on the page with the given number (from 1); None where the page cannot be read."""
        with self._open_page(number) as handles:
            return _PageReader(self._api, *handles, number).read() if handles else None

    def picture(self, number: int, dpi: float, max_dots: int, *, colour: bool = False) -> PagePicture:
        """The page drawn in grey or colour, at the resolution asked for or at what so many dots allow.

        Raises:
            ParsingError: the page cannot be drawn.
        """
        import pypdfium2

        try:
            page = self._document[number - 1]
            width, height = page.get_size()
            scale = min(dpi / 72, math.sqrt(max_dots / max(1.0, width * height)))
            bitmap = page.render(scale=scale, grayscale=not colour, rev_byteorder=colour)
        except pypdfium2.PdfiumError as error:
            raise ParsingError(
                f"Sidan {number} i PDF-filen kan inte ritas.", hint="Hämta filen på nytt eller spara om den som PDF."
            ) from error
        line = bitmap.width * (3 if colour else 1)
        dots = bytes(bitmap.buffer)
        if bitmap.stride != line:
            dots = b"".join(dots[start : start + line] for start in range(0, len(dots), bitmap.stride))
        return PagePicture(
            number=number, width=width, height=height, columns=bitmap.width, rows=bitmap.height, pixels=dots
        )

    @contextmanager
    def _open_page(self, number: int) -> Iterator[tuple[Raw, Any] | None]:
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


def _open_error(error: Raw, raw: Raw, password: str | None, data: bytes) -> ParsingError:
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

    def __init__(self, api: Api, page: Raw, text: Raw, number: int) -> None:
        raw = api.raw
        self._api, self._text = api, address_of(text)
        self._page = address_of(page)
        self._rotation: int = raw.FPDFPage_GetRotation(page) * 90
        self._box = _page_box(raw, page)
        self._content = PageContent(
            number=number, width=raw.FPDF_GetPageWidthF(page), height=raw.FPDF_GetPageHeightF(page)
        )
        self._paths = PathReader(api, self._content, self._place)
        self._marks: dict[int, _Mark] = {}
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._settings: dict[int, _Setting] = {}
        self._styles: dict[Style, Style] = {}
        self._z = 0
        self._invisible: list[str] = []

    def read(self) -> PageContent:
        """Reads objects, then text; leaves out what a reader cannot see."""
        self._walk(self._page, None, False, False, 0)
        self._content.words = self._words()
        hide(self._content)
        self._content.hidden += spelled(self._invisible)
        add_drawn_bullets(self._content)
        make_upright(self._content)
        return self._content

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

    def _walk(self, holder: int, mcid: int | None, artifact: bool, in_form: bool, depth: int) -> None:
        api, raw = self._api, self._api.raw
        count = api.form_objects(holder) if in_form else api.page_objects(holder)
        get = api.form_object if in_form else api.page_object
        for index in range(min(count, _MAX_OBJECTS)):
            item = get(holder, index)
            self._z += 1
            kind = api.kind(item)
            own = api.mcid(item)
            item_mcid = own if own >= 0 else mcid
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                decoration = artifact or (own < 0 and api.is_artifact(item))
                # Content of a form has ids of its own unless the form as a whole is marked from outside.
                self._marks[item] = (self._z, item_mcid, decoration, in_form and own >= 0)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                with self._paths.inside(item):
                    self._walk(item, item_mcid, artifact or api.is_artifact(item), True, depth + 1)
            else:
                self._paths.read(item, kind, self._z)

    def _words(self) -> list[Word]:
        """The page's words. Letters that stand in objects of their own but follow each other make one word."""
        text, unicode_at, object_at = self._text, self._api.unicode_at, self._api.object_at
        words: list[Word] = []
        letters: list[str] = []
        first, last, current = 0, 0, 0
        spaced, tied = True, False
        for index in range(self._api.char_count(text)):
            code = unicode_at(text, index)
            address = object_at(text, index) or 0
            space = code in _SPACES or (address == 0 and code not in _HYPHENS)
            if letters and (space or (address != current and not self._is_one_word(current, address, index))):
                words.append(self._word("".join(letters), first, last, current, spaced, tied))
                letters.clear()
                spaced = tied = False
            if space:
                spaced, tied = True, tied or address != 0
            elif code in ZERO_WIDTH:
                self._invisible.append(chr(code))
            else:
                if not letters:
                    first = index
                letters.append(self._letter(code, index))
                current, last = address or current, index
                if code in _HYPHENS:
                    # PDFium marks a hyphen so only where the line ends: the next letter is another line's.
                    words.append(self._word("".join(letters), first, last, current, spaced, tied))
                    letters.clear()
                    spaced, tied = True, False
        if letters:
            words.append(self._word("".join(letters), first, last, current, spaced, tied))
        return words

    def _is_one_word(self, current: int, address: int, index: int) -> bool:
        """Whether an object goes on with the word in the object before it, set alike on the same line."""
        a, b = self._setting(current, index), self._setting(address, index)
        alike = a.style is b.style and a.turned == b.turned == 0 and abs(a.y - b.y) < 0.05 * a.style.size
        return alike and self._marks.get(current, _NO_MARK)[1:] == self._marks.get(address, _NO_MARK)[1:]

    def _letter(self, code: int, index: int) -> str:
        if code in _HYPHENS:
            return "-"
        if code == _SOFT_HYPHEN:
            # A soft hyphen that takes up room is a hyphen: fonts often have one glyph for both.
            box = self._char_box(index)
            return "-" if box.width > _VISIBLE else ""
        letter = letter_of(code)
        if letter is None:
            self._content.unknown_glyphs += 1
            return "\ufffd"
        return letter

    def _word(self, text: str, first: int, last: int, address: int, spaced: bool, tied: bool) -> Word:
        setting = self._setting(address, first)
        style, base = setting.style, setting.y
        box = self._char_box(first)
        end = box if first == last else self._char_box(last)
        x0, x1 = min(box.x0, end.x0), max(box.x1, end.x1)
        if setting.turned == 0:
            y0, y1 = base - ASCENT * style.size, base + DESCENT * style.size
        else:
            y0, y1 = min(box.y0, end.y0), max(box.y1, end.y1)
        z, mcid, artifact, in_form = self._marks.get(address, _NO_MARK)
        if last - first + 1 == len(text) and _CALL.search(text) and setting.turned == 0:
            text = self._with_raised_digits(text, first, style, base)
        return Word(
            composed(text),
            x0,
            x1,
            y0,
            y1,
            base,
            style,
            spaced,
            first,
            mcid,
            artifact,
            in_form,
            setting.turned,
            z,
            setting.mode,
            tied,
        )

    def _with_raised_digits(self, text: str, first: int, style: Style, base: float) -> str:
        """The word with the digits that its font itself raises, as for a note's call, as superscripts."""
        letters = list(text)
        for offset, letter in enumerate(letters):
            if letter.isdigit():
                _, bottom = self._api.glyph_span(self._text, first + offset)
                if base - self._place(self._box[0], bottom)[1] > _RAISED * style.size and not self._rotation:
                    letters[offset] = letter.translate(SUPERSCRIPTS)
        return "".join(letters)

    def _char_box(self, index: int) -> Rect:
        left, top, right, bottom = self._api.char_box(self._text, index)
        ax, ay = self._place(left, top)
        bx, by = self._place(right, bottom)
        return Rect(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _setting(self, address: int, index: int) -> _Setting:
        """How the object at `address` is set; `index` is one of its characters."""
        known = self._settings.get(address)
        if known is None:
            known = self._settings[address] = self._read_setting(address, index)
        return known

    def _read_setting(self, address: int, index: int) -> _Setting:
        api, raw = self._api, self._api.raw
        a, b, c, d, e, f = api.char_matrix(self._text, index)
        if not address:
            return _Setting(Style("", 0.0, False, False, None), 0, 0, self._place(e, f)[1])
        font, bold, italic = self._font(api.font(address))
        mode, fill = api.render_mode(address), api.fill(address)
        points = round(abs(api.font_size(address)) * math.hypot(c, d), 1)
        slant = abs(c) > 0.1 * abs(d) and abs(b) < 0.01 * abs(a or 1)
        heavy = bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        style = Style(font, points, heavy, italic or slant, fill[:3] if fill else None)
        style = self._styles.setdefault(style, style)
        angle = math.degrees(math.atan2(b, a)) - self._rotation if (b or a < 0 or self._rotation) else 0.0
        return _Setting(style, round(angle / 90) * 90 % 360, mode, self._place(e, f)[1])

    def _font(self, font: int) -> tuple[str, bool, bool]:
        if font not in self._fonts:
            raw, handle = self._api.raw, ctypes.cast(font, self._api.raw.FPDF_FONT)
            angle, buffer = ctypes.c_int(), ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(handle, buffer, 256)
            name = _SUBSET.sub("", buffer.value.decode("utf-8", errors="replace"))
            flags = raw.FPDFFont_GetFlags(handle)
            heavy = raw.FPDFFont_GetWeight(handle) >= _SEMIBOLD or bool(flags > 0 and flags & _FORCE_BOLD)
            raw.FPDFFont_GetItalicAngle(handle, angle)
            italic = bool(_ITALIC.search(name)) or bool(flags > 0 and flags & _ITALIC_FLAG)
            self._fonts[font] = (_FAMILY.sub("", name), bool(_BOLD.search(name)) or heavy, italic)
        return self._fonts[font]


def _page_box(raw: Raw, page: Raw) -> tuple[float, float, float, float]:
    box = [ctypes.c_float() for _ in range(4)]
    for getter in (raw.FPDFPage_GetCropBox, raw.FPDFPage_GetMediaBox):
        if getter(page, *box) and box[2].value > box[0].value:
            return box[0].value, box[1].value, box[2].value, box[3].value
    return 0.0, 0.0, raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
