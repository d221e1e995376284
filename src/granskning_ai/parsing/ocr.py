"""Reads pages that are pictures, with Tesseract and its Swedish language data.

pytesseract is imported here and nowhere else. What comes out is a `PageContent` like that of any other page: words with
boxes, type sizes and bold type, and ruling lines; the layout code makes headings, lists and tables of it.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import Lock
from xml.etree import ElementTree

from granskning_ai.errors import NoTextLayer, ParsingError
from granskning_ai.parsing.ocr_picture import PagePicture, Scan
from granskning_ai.parsing.ocr_words import ReadLine, ReadPage, ReadWord, cleaned, words_of
from granskning_ai.parsing.pdf_page import Fill, PageContent, Rect

LANGUAGE = "swe"
DPI = 300
"""Tesseract reads type of this resolution best."""
MAX_DOTS = 30_000_000
"""A page with more dots than this is drawn smaller."""

_INSTALL = (
    "Installera Tesseract med svenska: apt install tesseract-ocr tesseract-ocr-swe (Debian, Ubuntu), "
    "brew install tesseract tesseract-lang (macOS) eller installationsprogrammet från UB Mannheim (Windows). "
    "Importera sedan filen igen."
)
_UPRIGHT = 0.75
"""A page read with less confidence than this may lie on its side or stand on its head."""
_FEW_LETTERS = 12
_MOST_PROCESSES = 4
_TURNS = (0, 180, 90, 270)
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_INK = (40, 40, 40)


class Reader:
    """Reads pictures of pages, several at a time where it may."""

    def __init__(self, processes: int = 1) -> None:
        """`processes` is how many Tesseract processes may run at once."""
        self._processes = min(max(1, processes), _MOST_PROCESSES)
        # Tesseract is what takes time, and runs in processes of its own; to prepare a picture takes memory.
        self._preparing = Lock()

    def read(self, pictures: Iterable[PagePicture]) -> list[PageContent]:
        """What stands on the pages, in the order given. A page without text has no words.

        Raises:
            NoTextLayer: Tesseract or its Swedish language data is not installed.
            ParsingError: Tesseract cannot read a page.
        """
        missing = why_not()
        if missing:
            raise NoTextLayer(f"Sidorna är bilder utan text (inskannat dokument), och {missing}.", hint=_INSTALL)
        pages: list[PageContent] = []
        read: list[ReadPage] = []
        for content, page in self._each(pictures):
            pages.append(content)
            read.append(page)
        words = words_of(read)
        for content in pages:
            content.words = words.get(content.number, [])
        return pages

    def _each(self, pictures: Iterable[PagePicture]) -> Iterator[tuple[PageContent, ReadPage]]:
        """Reads ahead, but never holds more pictures than are being read."""
        waiting: deque[Future[tuple[PageContent, ReadPage]]] = deque()
        with ThreadPoolExecutor(self._processes, thread_name_prefix="ocr") as pool:
            for picture in pictures:
                waiting.append(pool.submit(self._read_page, picture))
                if len(waiting) > self._processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _read_page(self, picture: PagePicture) -> tuple[PageContent, ReadPage]:
        """Reads the page as it lies; where that gives nothing sensible, turned."""
        best: tuple[float, Scan, list[ReadLine], int] | None = None
        for turn in _TURNS:
            with self._preparing:
                scan = Scan(_turned(picture, turn))
            if scan.is_blank:
                break
            found = _tesseract(scan)
            with self._preparing:
                lines = cleaned(found, scan)
            sure = _sureness(lines)
            if best is None or sure > best[0]:
                best = (sure, scan, lines, turn)
            letters = sum(line.letters for line in lines)
            if letters >= _FEW_LETTERS and sure >= _UPRIGHT * letters:
                break
        if best is None:
            empty = PageContent(number=picture.number, width=picture.width, height=picture.height)
            return empty, ReadPage(picture.number, 1.0, [])
        _, scan, lines, turn = best
        return _content(picture, scan, turn), ReadPage(picture.number, scan.dots_per_point, lines)


@cache
def why_not() -> str:
    """Why pictures cannot be read on this machine, as the end of a Swedish sentence; empty where they can."""
    import pytesseract

    try:
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return "Tesseract, som texttolkar bilder, finns inte på datorn"
    return "" if LANGUAGE in languages else "Tesseract saknar sina svenska språkdata (swe)"


def _sureness(lines: list[ReadLine]) -> float:
    """How many letters were read, each weighed by how surely."""
    return sum(line.confidence * line.letters for line in lines)


def _turned(picture: PagePicture, turn: int) -> PagePicture:
    if not turn:
        return picture
    import numpy as np

    dots = np.frombuffer(picture.pixels, dtype=np.uint8).reshape(picture.rows, picture.columns)
    dots = np.ascontiguousarray(np.rot90(dots, k=-turn // 90))
    sideways = turn != 180
    return PagePicture(
        number=picture.number,
        width=picture.height if sideways else picture.width,
        height=picture.width if sideways else picture.height,
        columns=dots.shape[1],
        rows=dots.shape[0],
        pixels=dots.tobytes(),
    )


def _content(picture: PagePicture, scan: Scan, turn: int) -> PageContent:
    """The page without its words: its size, its ruling lines and its dark areas."""
    sideways = turn in (90, 270)
    across, down = scan.rules()
    return PageContent(
        number=picture.number,
        width=picture.height if sideways else picture.width,
        height=picture.width if sideways else picture.height,
        across=across,
        down=down,
        fills=[Fill(block, _INK, 0) for block in scan.blocks],
        turn=turn,
        slant=scan.slant,
    )


def _tesseract(scan: Scan) -> list[ReadLine]:
    """The lines that Tesseract finds on a page."""
    import pytesseract
    from PIL import Image

    # One thread each: several pages are read at once, and a second thread for one page gains next to nothing.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    picture = Image.fromarray(scan.pixels)
    picture.format = "PPM"  # a format that takes no time to write
    resolution = round(scan.dots_per_point * 72)
    try:
        page = pytesseract.image_to_pdf_or_hocr(
            picture, lang=LANGUAGE, extension="hocr", config=f"--dpi {resolution} --psm 3"
        )
    except (pytesseract.TesseractError, OSError) as error:
        raise ParsingError(
            "En sida som är en bild kunde inte texttolkas: Tesseract avbröts.",
            hint="Kontrollera att det finns ledigt minne och diskutrymme, och försök igen.",
        ) from error
    return _lines_of(page, scan)


def _lines_of(hocr: bytes, scan: Scan) -> list[ReadLine]:
    root = ElementTree.fromstring(hocr)
    lines = []
    for item in root.iterfind(".//{*}span[@title]"):
        # Headings, captions and the like are lines under other names.
        measures = _measures(item.get("title", ""))
        if "x_size" not in measures:
            continue
        words = [word for word in (_word(part, scan) for part in item.iterfind("{*}span[@title]")) if word]
        if words:
            x0, _, x1, y1 = measures["bbox"]
            slope, offset = measures.get("baseline", (0.0, 0.0))
            _, base = scan.level_point((x0 + x1) / 2, y1 + offset + slope * (x1 - x0) / 2)
            lines.append(ReadLine(words, base, measures["x_size"][0]))
    return lines


def _word(item: ElementTree.Element, scan: Scan) -> ReadWord | None:
    measures = _measures(item.get("title", ""))
    text = "".join(item.itertext()).strip()
    if not text or len(measures.get("bbox", ())) != 4:
        return None
    confidence = measures.get("x_wconf", (0.0,))[0] / 100
    return ReadWord(text, scan.level(Rect(*measures["bbox"])), min(1.0, max(0.0, confidence)))


def _measures(title: str) -> dict[str, tuple[float, ...]]:
    """What a title says: 'bbox 1 2 3 4; x_wconf 96'."""
    found = {}
    for piece in title.split(";"):
        name, _, values = piece.strip().partition(" ")
        found[name] = tuple(float(value) for value in _NUMBERS.findall(values))
    return found
