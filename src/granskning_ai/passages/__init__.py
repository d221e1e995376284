"""The stage that cuts a document into passages for search and for deciding on requirements."""

from granskning_ai.passages.split import split

__all__ = ["split"]
