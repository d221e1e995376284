"""Parsing: the bytes of a file to a Document."""

from __future__ import annotations

from importlib import import_module

from granskning_ai.errors import GranskningError, LimitExceeded, ParsingError
from granskning_ai.model import Document, SourceFile
from granskning_ai.ports import Parser

_PARSERS = {
    "text": "granskning_ai.parsing.text:TextParser",
    "docx": "granskning_ai.parsing.docx:DocxParser",
    "html": "granskning_ai.parsing.html:HtmlParser",
    "pdf": "granskning_ai.parsing.pdf:PdfParser",
}
_RESAVE = "Öppna filen, spara den på nytt och försök igen. Hjälper det inte: spara den i ett annat format."


def parse(source: SourceFile, data: bytes, *, password: str | None = None, max_pages: int | None = None) -> Document:
    """Parses `data` with the parser for its format. `max_pages` limits formats that have pages.

    Raises:
        ParsingError: the file cannot be read; also where the parser itself failed.
    """
    try:
        return _parser(source, max_pages).parse(source, data, password=password)
    except GranskningError:
        raise
    except MemoryError as error:
        raise LimitExceeded(f"Filen {source.name} kräver för mycket minne för att tolkas.", hint=_RESAVE) from error
    except RecursionError as error:
        raise ParsingError(f"Filen {source.name} kunde inte tolkas: den är för djupt nästlad.", hint=_RESAVE) from error
    except Exception as error:
        # The file is at fault or the parser is; either way the rest of the import goes on.
        what = type(error).__name__
        raise ParsingError(f"Filen {source.name} kunde inte tolkas (internt fel: {what}).", hint=_RESAVE) from error


def _parser(source: SourceFile, max_pages: int | None) -> Parser:
    entry = _PARSERS.get(source.format)
    if entry is None:
        known = ", ".join(sorted(_PARSERS))
        raise ParsingError(f"Formatet {source.format} kan inte tolkas.", hint=f"Det som kan tolkas är: {known}.")
    module, _, name = entry.partition(":")
    kind = getattr(import_module(module), name)
    parser: Parser = kind(max_pages=max_pages) if source.format == "pdf" and max_pages else kind()
    return parser
