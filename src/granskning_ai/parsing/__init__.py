"""Parsing: the bytes of a file to a Document."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from granskning_ai.errors import GranskningError, LimitExceeded, ParsingError
from granskning_ai.model import Document, SourceFile
from granskning_ai.parsing.confidence import assess
from granskning_ai.parsing.means import Means
from granskning_ai.ports import Parser

_PARSERS = {
    "text": "granskning_ai.parsing.text:TextParser",
    "docx": "granskning_ai.parsing.docx:DocxParser",
    "html": "granskning_ai.parsing.html:HtmlParser",
    "pdf": "granskning_ai.parsing.pdf:PdfParser",
    "eml": "granskning_ai.parsing.mail:EmlParser",
    "msg": "granskning_ai.parsing.mail:MsgParser",
}
_COSTLY = frozenset({"pdf", "docx", "eml", "msg"})
"""The formats whose parsers are told what they may use."""
_RESAVE = "Öppna filen, spara den på nytt och försök igen. Hjälper det inte: spara den i ett annat format."


def parse(source: SourceFile, data: bytes, *, password: str | None = None, means: Means | None = None) -> Document:
    """Parses `data` with the parser for its format.

    Raises:
        ParsingError: the file cannot be read; also where the parser itself failed.
    """
    try:
        document = _parser(source, means or Means()).parse(source, data, password=password)
        return document if document.quality else replace(document, quality=assess(document))
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


def _parser(source: SourceFile, means: Means) -> Parser:
    entry = _PARSERS.get(source.format)
    if entry is None:
        known = ", ".join(sorted(_PARSERS))
        raise ParsingError(f"Formatet {source.format} kan inte tolkas.", hint=f"Det som kan tolkas är: {known}.")
    module, _, name = entry.partition(":")
    kind = getattr(import_module(module), name)
    parser: Parser = kind(means) if source.format in _COSTLY else kind()
    return parser
