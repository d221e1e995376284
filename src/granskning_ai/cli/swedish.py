"""The argument parser's own English words in Swedish: help pages and usage errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer import Context

_WORDS: tuple[tuple[str, str], ...] = (
    (r"\{([A-ZÅÄÖ]+)\}", r"\1"),
    (r" <(?:list\[)?(?:str|int|path|text)\]?> ", "  "),
    (r"\bUsage:", "Användning:"),
    (r"^Options:", "Flaggor:"),
    (r"^Arguments:", "Argument:"),
    (r"^Commands:", "Kommandon:"),
    (r"\[OPTIONS\]", "[FLAGGOR]"),
    (r"COMMAND \[ARGS\]\.\.\.", "KOMMANDO [ARGUMENT]..."),
    (r"Show this message and exit\.", "Visa den här hjälpen."),
    (r"Install completion for the current shell\.", "Installera komplettering för skalet."),
    (r"\[default:(?=\s)", "[förval:"),
    (r"\bdefault:(?=\s)", "förval:"),
    (r"\benv var:(?=\s)", "miljövariabel:"),
    (r"\brequired\]", "krävs]"),
    (r"Missing command\.", "Ange ett kommando. Skriv --help för att se vilka som finns."),
    (r"Missing (?:argument|option|parameter):? ?", "Det saknas en uppgift: "),
    (r"No such command (\S+?)\.", r"Det finns inget kommando \1."),
    (r"No such option: (\S+)", r"Det finns ingen flagga \1."),
    (r"Did you mean (?:one of: )?(.+?)\?", r"Menade du \1?"),
    (r"\(Possible options: (.+?)\)", r"Möjliga: \1."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+?)\)", r"För många uppgifter: \1."),
    (r"Invalid value for (.+?): ", r"Fel värde för \1: "),
    (r"Invalid value: ", "Fel värde: "),
    (r"(\S+) is not a valid (?:int|integer)\b(?: range)?\.?", r"\1 är inte ett heltal."),
    (r"(\S+) is not one of (.+?)\.", r"\1 är inget av \2."),
    (r"Option (\S+) requires an argument\.?", r"Flaggan \1 behöver ett värde."),
)


def in_swedish(text: str) -> str:
    """Replaces the argument parser's English words in a help page or an error."""
    for english, swedish in _WORDS:
        text = re.sub(english, swedish, text, flags=re.MULTILINE)
    return text


class SwedishCommand(TyperCommand):
    """A command whose help page is in Swedish."""

    def get_help(self, ctx: Context | Any) -> str:  # noqa: ANN401 - the library's own type is private
        """The help page."""
        return in_swedish(super().get_help(ctx))


class SwedishGroup(TyperGroup):
    """A group of commands whose help page is in Swedish."""

    def get_help(self, ctx: Context | Any) -> str:  # noqa: ANN401 - the library's own type is private
        """The help page."""
        return in_swedish(super().get_help(ctx))
