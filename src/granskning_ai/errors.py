"""Every error the program raises on purpose, each with what the user can do about it.

GranskningError
├── ConfigError            a setting or argument is wrong
├── IntakeError            a path cannot be read, or is of a kind that is not supported
├── ParsingError           a file cannot be turned into a Document
│   ├── NoTextLayer        the pages hold pictures only, or nothing
│   ├── Encrypted          a password is needed
│   └── LimitExceeded      the parser's child process ran past a limit
├── SpanError              a span does not lie in its document
├── StoreError             the workspace's database or index cannot be used
│   └── Busy               another run is using it, and did not finish in time
├── CatalogueError         a catalogue file is not well formed
└── PluginError            a plug-in is unknown
    └── MissingExtra       an optional package is not installed
"""

from __future__ import annotations


class GranskningError(Exception):
    """An error with a Swedish message for the user and a hint that says what to do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross the border of the parser's child process, so the keyword must survive pickling.
        return (rebuild, (type(self), self.message, self.hint))


def rebuild(kind: type[GranskningError], message: str, hint: str) -> GranskningError:
    """The error that was pickled."""
    return kind(message, hint=hint)


class ConfigError(GranskningError):
    """A setting or argument is wrong."""


class IntakeError(GranskningError):
    """A path cannot be read, or is of a kind that is not supported."""


class ParsingError(GranskningError):
    """A file cannot be turned into a Document."""


class NoTextLayer(ParsingError):
    """The pages hold pictures only, or nothing."""


class Encrypted(ParsingError):
    """A password is needed to open the file."""


class LimitExceeded(ParsingError):
    """The parser's child process ran past a limit on time, memory, pages or size."""


class SpanError(GranskningError):
    """A span does not lie in its document: a fault in the program, never in the input."""


class StoreError(GranskningError):
    """The workspace's database or index cannot be used."""


class Busy(StoreError):
    """Another run is using what is needed, and did not finish in time."""


class CatalogueError(GranskningError):
    """A catalogue file is not well formed."""


class PluginError(GranskningError):
    """A plug-in is unknown."""


class MissingExtra(PluginError):
    """An optional package or program is not installed."""
