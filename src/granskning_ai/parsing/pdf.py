"""Parses PDF files: by the tag tree where there is one, else by geometry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from granskning_ai.errors import LimitExceeded, NoTextLayer, ParsingError
from granskning_ai.model import Document, Draft, SourceFile, assemble
from granskning_ai.parsing.confidence import assess
from granskning_ai.parsing.means import Means
from granskning_ai.parsing.ocr_page import is_scan, merged
from granskning_ai.parsing.pdf_chunks import Chunk
from granskning_ai.parsing.pdf_drafts import draft_of, vocabulary
from granskning_ai.parsing.pdf_geometry import chunks_of_pages
from granskning_ai.parsing.pdf_page import PageContent
from granskning_ai.parsing.pdf_reader import PdfFile
from granskning_ai.parsing.pdf_structure import chunks_of_tags
from granskning_ai.parsing.pdf_tags import read_tags

_MADE_UP = re.compile(r"^(?:microsoft \w+\s*-|untitled|namnlös|dokument\d*$|document\d*$)|\.\w{3,4}$", re.IGNORECASE)
_MAX_TITLE, _TITLE_RATIO = 200, 1.3


class PdfParser:
    """The parser of PDF files."""

    formats: tuple[str, ...] = ("pdf",)

    def __init__(self, means: Means | None = None) -> None:
        self._means = means or Means()

    def parse(self, source: SourceFile, data: bytes, *, password: str | None = None) -> Document:
        """Parses the file.

        Raises:
            Encrypted: the file needs a password, or another one.
            NoTextLayer: the pages hold only pictures, or nothing.
            LimitExceeded: the file has more pages than allowed.
            ParsingError: the file is damaged or no PDF.
        """
        _check(data)
        file = PdfFile(data, password)
        try:
            most = self._means.max_pages
            if file.page_count > most:
                raise LimitExceeded(
                    f"PDF-filen har {file.page_count} sidor; högst {most} läses.",
                    hint="Dela upp filen, eller höj gränsen för antal sidor i inställningarna.",
                )
            pages, unread = self._with_scans(self._pages(file), file)
            title, tagged, outline = file.title(), file.is_tagged, file.outline()
        finally:
            file.close()
        tree = read_tags(data, password) if tagged else None
        chunks = (chunks_of_tags(tree, pages) if tree else None) or chunks_of_pages(pages, outline)
        hidden = tuple(text for page in pages for text in page.hidden)
        document = assemble(
            source, _drafts(chunks, pages), page_count=len(pages), title=_title(title, chunks), hidden=hidden
        )
        return replace(document, quality=assess(document, unread=unread))

    def _pages(self, file: PdfFile) -> list[PageContent]:
        pages = []
        broken = []
        for number in range(1, file.page_count + 1):
            page = file.page(number)
            if page is None:
                broken.append(number)
            else:
                pages.append(page)
        if broken:
            raise _unreadable(broken, file.page_count)
        return pages

    def _with_scans(self, pages: list[PageContent], file: PdfFile) -> tuple[list[PageContent], list[int]]:
        """The pages, those without text read as pictures; and the numbers of those that could not be."""
        bare = [page.number for page in pages if is_scan(page)]
        if not bare:
            if not any(page.words for page in pages):
                raise _no_text(pages)
            return pages, []
        # Imported here: most files have no such pages.
        from granskning_ai.parsing.ocr import DPI, MAX_DOTS, Reader

        self._means.tell_scanned(len(bare))
        try:
            pictures = (file.picture(number, DPI, MAX_DOTS) for number in bare)
            read = {page.number: page for page in Reader(self._means.processes).read(pictures)}
        except NoTextLayer:
            if not any(page.words for page in pages):
                raise
            # The rest of the file is worth having; which pages are missing is told.
            return pages, bare
        whole = [merged(page, read[page.number]) if page.number in read else page for page in pages]
        if not any(page.words for page in whole):
            raise _no_text(pages)
        return whole, []


def _drafts(chunks: Sequence[Chunk], pages: Sequence[PageContent]) -> list[Draft]:
    words = vocabulary(chunks)
    by_number = {page.number: page for page in pages}
    return [draft_of(chunk, words, by_number) for chunk in chunks]


def _title(stated: str, chunks: Sequence[Chunk]) -> str:
    """The title that the file states, unless a program made it up; else what is set largest on the first page."""
    if stated and not _MADE_UP.search(stated):
        return stated
    sizes = Counter(line.size for chunk in chunks for line in chunk.lines for _ in line.words)
    first = [chunk for chunk in chunks if chunk.lines and chunk.page == 1 and len(chunk.plain) <= _MAX_TITLE]
    largest = max(first, key=lambda chunk: chunk.lines[0].size, default=None)
    if largest is None or largest.lines[0].size < _TITLE_RATIO * sizes.most_common(1)[0][0]:
        return ""
    return " ".join(largest.plain.split())


def _check(data: bytes) -> None:
    if not data:
        raise ParsingError("PDF-filen är tom (0 byte).", hint="Hämta filen på nytt.")
    if b"%PDF-" not in data[:1024]:
        raise ParsingError(
            "Filen är ingen PDF, trots sitt namn.", hint="Kontrollera filen; byt filändelse om den är av annat slag."
        )


def _no_text(pages: list[PageContent]) -> NoTextLayer:
    if any(page.pictures for page in pages):
        return NoTextLayer(
            "PDF-filens sidor är bilder, och ingen text går att läsa i dem.",
            hint="Kontrollera att det är rätt fil, eller skanna in dokumentet på nytt med högre upplösning.",
        )
    return NoTextLayer("PDF-filen innehåller ingen text.", hint="Kontrollera att det är rätt fil.")


def _unreadable(broken: Sequence[int], page_count: int) -> ParsingError:
    """The error for a file of which a part is lost: what is left must not pass for the whole."""
    named = ", ".join(str(number) for number in broken[:10]) + (" med flera" if len(broken) > 10 else "")
    which = f"sidan {named}" if len(broken) == 1 else f"sidorna {named}"
    return ParsingError(
        f"PDF-filen är skadad: {which} av {page_count} går inte att läsa.",
        hint="Hämta filen på nytt eller spara om den som PDF.",
    )
