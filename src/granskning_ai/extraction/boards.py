"""Who 'nämnden' is: the boards that a document names in full, and those that its letter is addressed to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from granskning_ai.extraction.phrases import phrase

_BOARD = re.compile(
    r"\b(?:[A-ZÅÄÖa-zåäö]+-(?:, [a-zåäö]+-)* och )?"
    r"(?:(?:(?:[Ss]amhälls)?[Tt]ekniska|[Gg]emensamma|[Ss]ociala|[Nn]orra|[Ss]ödra|[Öö]stra|[Vv]ästra|[Cc]entrala) )?"
    r"[A-ZÅÄÖa-zåäö]*nämnden(?=s?\b)"
)
_PLAIN = ("nämnden", "nämnderna")
OPENING = 3000
"""Characters in which a document says whom it audits."""
NEAR = 250
"""Within how many characters before it a board is what 'nämnden' refers to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boards:
    """The boards of a document: each mention in full with its place, who is asked to answer, and on which numbers."""

    mentions: tuple[tuple[int, str], ...]
    audited: tuple[str, ...]
    recipients: tuple[str, ...]
    numbers: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, text: str) -> Boards:
        """Reads them out of the whole text."""
        mentions = tuple(
            (match.start(), _lowered(" ".join(match.group().split())))
            for match in _BOARD.finditer(text)
            if match.group().lower() != "nämnden"
        )
        return cls(
            mentions=mentions, audited=_audited(text), recipients=_recipients(text), numbers=tuple(_numbers(text))
        )

    def in_full(self, addressees: Sequence[str], position: int) -> tuple[str, ...]:
        """The addressees with 'nämnden' and 'nämnderna' replaced by the boards that they plainly refer to."""
        names: list[str] = []
        for name in addressees:
            meant: tuple[str, ...] = (name,)
            if name == "nämnden":
                meant = (self._meant(position) or name,)
            elif name in ("nämnderna", "de granskade nämnderna", "berörda nämnder") and len(self.audited) > 1:
                meant = self.audited
            names += [board for board in meant if board not in names]
        return tuple(names)

    def by_letter(self, number: str | None) -> tuple[str, ...]:
        """Whom a cover letter asks to answer the recommendation of that number, else all that it is addressed to."""
        asked = tuple(board for board, numbers in self.numbers if number in numbers)
        return asked or (() if self.numbers else self.recipients)

    def _meant(self, position: int) -> str | None:
        """The board that was named just before, else the one that the document speaks of most."""
        near = [board for start, board in self.mentions if 0 <= position - start <= NEAR]
        if near:
            return near[-1]
        counted = Counter(board for _, board in self.mentions)
        return max(counted, key=lambda board: counted[board], default=None)


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def boards_in(text: str) -> tuple[str, ...]:
    """The boards that a text names in full, kommunstyrelsen among them, each once."""
    found = [*_BOARD.finditer(text), *re.finditer(r"\b[Kk]ommunstyrelsen\b", text)]
    names: list[str] = []
    for match in sorted(found, key=lambda match: match.start()):
        name = _lowered(" ".join(match.group().split()))
        if name not in (*_PLAIN, *names):
            names.append(name)
    return tuple(names)


def _audited(text: str) -> tuple[str, ...]:
    """The boards of the first sentence in the opening that names several."""
    for sentence in re.split(r"(?<=[.!?])\s", text[:OPENING]):
        boards = boards_in(sentence)
        if len(boards) > 1 and phrase("audits").search(sentence):
            return boards
    return ()


def _recipients(text: str) -> tuple[str, ...]:
    """The boards that a letter is addressed to, those who only get a copy left out."""
    match = phrase("letter_to").search(text[:OPENING])
    return boards_in(match["to"]) if match and phrase("letter_sign").search(text[:OPENING]) else ()


def _numbers(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Who answers which numbers ('Socialnämnden svarar på rekommendation 1, 2 och 5')."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for match in phrase("answers_numbers").finditer(text):
        numbers = tuple(_expanded(match["numbers"]))
        found += [(board, numbers) for board in boards_in(match["who"])]
    return found


def _expanded(numbers: str) -> list[str]:
    """'1, 3–5' as the numbers 1, 3, 4, 5."""
    found: list[str] = []
    for first, last in re.findall(r"(\d{1,2}|\b[a-z]\b)(?:\s*[–-]\s*(\d{1,2}))?", numbers):
        found += [str(n) for n in range(int(first), int(last) + 1)] if last and first.isdigit() else [first]
    return found
