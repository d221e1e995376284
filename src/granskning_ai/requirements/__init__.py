"""Statutory requirements: which status a document gives each, on whose word, with the sentence that shows it."""

from granskning_ai.requirements.catalogues import choose, load_catalogues, parse_catalogue
from granskning_ai.requirements.deciding import decide

__all__ = ["choose", "decide", "load_catalogues", "parse_catalogue"]
