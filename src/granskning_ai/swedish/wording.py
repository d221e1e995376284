"""Small Swedish grammar for what the program says: lists with 'och', numbers in words, dates, genitives, plurals."""

from __future__ import annotations

from collections.abc import Sequence

_NUMBERS = ("ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_NEUTER = {0: "inget", 1: "ett"}

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def number(count: int, *, neuter: bool = False) -> str:
    """The number as a word up to twelve, otherwise in figures.

    >>> number(1), number(1, neuter=True), number(7), number(3200)
    ('en', 'ett', 'sju', '3 200')
    """
    if neuter and count in _NEUTER:
        return _NEUTER[count]
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}".replace(",", " ")


def counted(count: int, one: str, many: str, *, neuter: bool = False) -> str:
    """A number with its noun, which is in the plural for nought as well.

    >>> counted(1, "kommun", "kommuner"), counted(0, "dokument", "dokument"), counted(4, "krav", "krav", neuter=True)
    ('en kommun', 'inga dokument', 'fyra krav')
    """
    return f"{'inga' if count == 0 else number(count, neuter=neuter)} {one if count == 1 else many}"


def listed(items: Sequence[str], last: str = "och") -> str:
    """The items with commas and 'och' before the last.

    >>> listed(["Salem"]), listed(["Salem", "Huddinge", "Sollentuna"])
    ('Salem', 'Salem, Huddinge och Sollentuna')
    """
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)


def genitive(name: str) -> str:
    """The name's genitive.

    >>> genitive("Salem"), genitive("Borås")
    ('Salems', 'Borås')
    """
    return name if name[-1:].lower() in "sxz" else f"{name}s"


def capital(text: str) -> str:
    """The text with a capital letter first; the rest is left as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence: a capital letter first and a full stop last."""
    text = text.strip()
    return capital(text) if text.endswith((".", "!", "?", ":", "…")) else f"{capital(text)}."


def quoted(text: str) -> str:
    """A quote on one line between Swedish quotation marks."""
    return f"”{' '.join(text.split())}”"


def spoken_date(date: str) -> str:
    """An ISO date as it is said in Swedish.

    >>> spoken_date("2024-09-05"), spoken_date("2021-10"), spoken_date("2023")
    ('den 5 september 2024', 'oktober 2021', '2023')
    """
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"den {int(parts[2])} {month}" if len(parts) > 2 else month
