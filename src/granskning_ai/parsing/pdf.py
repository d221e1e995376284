"""Parses PDF files: by the tag tree where there is one, else by geometry."""

from __future__ import annotations

from collections.abc import Sequence

from granskning_ai.errors import LimitExceeded, NoTextLayer, ParsingError
from granskning_ai.model import Document, Draft, SourceFile, assemble
from granskning_ai.parsing.pdf_drafts import draft_of, vocabulary
from granskning_ai.parsing.pdf_geometry import chunks_of_pages
from granskning_ai.parsing.pdf_outline import Bookmark
from granskning_ai.parsing.pdf_page import PageContent
from granskning_ai.parsing.pdf_reader import PdfFile
from granskning_ai.parsing.pdf_structure import chunks_of_tags
from granskning_ai.parsing.pdf_tags import Node, read_tags

MAX_PAGES = 3000


class PdfParser:
    """The parser of PDF files."""

    formats: tuple[str, ...] = ("pdf",)

    def __init__(self, *, max_pages: int = MAX_PAGES) -> None:
        self._max_pages = max_pages

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
            if file.page_count > self._max_pages:
                raise LimitExceeded(
                    f"PDF-filen har {file.page_count} sidor; högst {self._max_pages} läses.",
                    hint="Dela upp filen, eller höj gränsen för antal sidor i inställningarna.",
                )
            pages = self._pages(file)
            title, tagged, outline = file.title(), file.is_tagged, file.outline()
        finally:
            file.close()
        tree = read_tags(data, password) if tagged else None
        drafts = _drafts(pages, tree, outline)
        hidden = tuple(text for page in pages for text in page.hidden)
        return assemble(source, drafts, page_count=len(pages), title=title, hidden=hidden)

    def _pages(self, file: PdfFile) -> list[PageContent]:
        pages = []
        for number in range(1, file.page_count + 1):
            page = file.page(number)
            if page is not None:
                pages.append(page)
        if not any(page.words for page in pages):
            raise _no_text(pages)
        return pages


def _drafts(pages: list[PageContent], tree: Node | None, outline: Sequence[Bookmark]) -> list[Draft]:
    chunks = (chunks_of_tags(tree, pages) if tree else None) or chunks_of_pages(pages, outline)
    words = vocabulary(chunks)
    by_number = {page.number: page for page in pages}
    return [draft_of(chunk, words, by_number) for chunk in chunks]


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
            "PDF-filens sidor är bilder utan text (inskannat dokument).",
            hint="Texttolka filen först (OCR, till exempel med OCRmyPDF och svenska) och importera resultatet.",
        )
    return NoTextLayer("PDF-filen innehåller ingen text.", hint="Kontrollera att det är rätt fil.")
