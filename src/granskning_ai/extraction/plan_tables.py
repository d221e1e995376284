"""The tables of a plan as rows of named cells: those the parser found, and those a text dump has run together.

A run-together table is a sequence of pieces without columns. Its heading tells how many columns there were and in
which order; each row's pieces stand in that order, some of them missing. The assignment that fits the words best is
found with dynamic programming, and where another assignment fits as well the cell is left out, never guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.model import Block, BlockKind
from granskning_ai.swedish.municipalities import mentions_in

UNSURE = 0.75
"""A piece whose best column is less than this better than its second best is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A text that a cell, or a part of it, is made of. `item` where it is a list item."""

    text: str
    start: int
    end: int
    item: bool = False


@dataclass(slots=True, kw_only=True)
class Row:
    """One row: the pieces of each of its columns, by role."""

    cells: dict[str, list[Piece]] = field(default_factory=dict)


@cache
def _columns() -> dict[str, re.Pattern[str]]:
    return {role: re.compile(rf"(?:{p})", re.IGNORECASE) for role, p in load_yaml("measures.yml")["columns"].items()}


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(load_yaml("measures.yml")["cues"][name], re.IGNORECASE)


def role_of_heading(heading: str) -> str | None:
    """The role of a column by its heading.

    >>> role_of_heading("Åtgärd/insats"), role_of_heading("Insatsområde"), role_of_heading("Belopp")
    ('name', 'area', None)
    """
    text = re.sub(r"^\d+\.?\s+", "", " ".join(heading.split())).strip(" :")
    return next((role for role, found in _columns().items() if found.fullmatch(text)), None)


def roles_of_headings(headings: Sequence[str]) -> list[str] | None:
    """The roles of a table's columns; None where it is no table of measures (no name column, or nothing beside it)."""
    roles: list[str] = []
    for heading in headings:
        role = role_of_heading(heading) or "other"
        # The second of 'Åtgärd | Aktiviteter' says how; of 'Mål | Delmål' only the first is the measure's goal.
        if role in roles:
            role = "description" if role == "name" and "description" not in roles else "other"
        roles.append(role)
    known = [role for role in roles if role not in ("other", "time")]
    return roles if "name" in roles and len(known) >= 2 else None


def read_flat_head(text: str) -> list[str] | None:
    """The roles of the columns whose headings a line has run together; None for any other line.

    >>> read_flat_head("Inriktning Åtgärd/insats Syfte Ansvarig"), read_flat_head("Åtgärder och mål för kommunen")
    (['area', 'name', 'purpose', 'responsible'], None)
    """
    words = text.split()
    headings: list[str] = []
    at = 0
    while at < len(words):
        size = next(
            (n for n in (4, 3, 2, 1) if role_of_heading(" ".join(words[at : at + n])) and at + n <= len(words)), 0
        )
        if not size:
            return None
        headings.append(" ".join(words[at : at + size]))
        at += size
    capitals = all(heading[:1].isupper() for heading in headings)
    return roles_of_headings(headings) if len(headings) > 1 and capitals else None


# Pieces


CLOSED = re.compile(
    r"[.:;,(/–-]$|^(?:i|på|för|och|med|av|till|mot|om|från|vid|inom|samt|eller|kring|hos|en|ett|den|det|de)$"
)
_CUE_INSIDE = re.compile(r"\s(?=(?:Syftet?|Syftar|Målet|Målsättningen|Insatsen|Åtgärden|Aktiviteten)\b)")


def pieces_of(block: Block, *, has_area: bool) -> list[Piece]:
    """A block's pieces: two cells that a text dump has glued together are told apart by the second one's capital."""
    if block.kind is BlockKind.LIST_ITEM:
        return [Piece(text=block.text, start=block.start, end=block.end, item=True)]
    pieces = []
    for start, end in pairwise([0, *_cuts(block.text, has_area), len(block.text)]):
        text = block.text[start:end]
        at = block.start + start + len(text) - len(text.lstrip())
        pieces.append(Piece(text=text.strip(), start=at, end=at + len(text.strip())))
    return pieces


def _cuts(text: str, has_area: bool) -> list[int]:
    for match in _CUE_INSIDE.finditer(text):
        if is_title(text[: match.start()]) and len(text[: match.start()].split()) <= 9:
            return [match.start()]
    words = list(re.finditer(r"\S+", text))
    places = {mention.start for mention in mentions_in(text)}
    for position, word in enumerate(words[1:7], start=1):
        before = words[position - 1].group()
        if re.search(r"[\"”“’»]", before) or (position > 1 and before[:1].isupper()):
            # Names and quotations have capitals of their own.
            break
        capital = re.match(r"[A-ZÅÄÖ][a-zåäö]", word.group())
        if not capital or CLOSED.search(before.lower()) or word.start() in places:
            continue
        rest = text[word.start() :]
        sentence = len(rest.split()) >= 4 and not is_title(rest)
        # 'Trygga platser Värdar på ...': an area and a name; a single word before may be part of a name.
        if sentence or (has_area and position >= 2 and is_title(rest)):
            return [word.start()]
    return []


def is_title(text: str) -> bool:
    """Whether a text is a title rather than a sentence: short, no full stop, no cue of a purpose or goal."""
    text = text.strip()
    cued = _cue("purpose").search(text) or _cue("goal").search(text)
    return 0 < len(text.split()) <= 10 and text[-1] not in ".:;,?!" and not cued and text[:1].isupper()


# Assignment


def assign(pieces: Sequence[Piece], roles: Sequence[str]) -> list[Row]:
    """The rows of a run-together table. Every row begins with an area or a name."""
    if not pieces:
        return []
    fit = [[_fit(piece, role) for role in roles] for piece in pieces]
    forward = _best_paths(fit, pieces, roles)
    best = max(range(len(roles)), key=lambda column: forward[-1][column][0] - _skipped(roles[column + 1 :]))
    path = [best]
    for at in range(len(pieces) - 1, 0, -1):
        path.append(forward[at][path[-1]][1])
    path.reverse()
    sure = _margins(fit, pieces, roles, path)
    return _rows(pieces, roles, path, sure)


def _best_paths(fit: list[list[float]], pieces: Sequence[Piece], roles: Sequence[str]) -> list[list[tuple[float, int]]]:
    """For each piece and column, the best score of an assignment that ends there, and the column before."""
    columns = range(len(roles))
    steps = _steps(roles)
    table = [[(fit[0][column] + _opening(roles, column, first=True), -1) for column in columns]]
    for at in range(1, len(pieces)):
        row = []
        for column in columns:
            cost = steps[pieces[at].item][column]
            scored = [(table[-1][other][0] + cost[other], -other) for other in columns]
            score, previous = max(scored)
            row.append((score + fit[at][column], -previous))
        table.append(row)
    return table


def _steps(roles: Sequence[str]) -> dict[bool, list[list[float]]]:
    """What it costs to come to each column from each other, in the way that costs least; for list items and others."""
    columns = range(len(roles))
    return {
        item: [
            [max(_within(roles, before, column, item=item), _new_row(roles, before, column)) for before in columns]
            for column in columns
        ]
        for item in (False, True)
    }


def _within(roles: Sequence[str], previous: int, column: int, *, item: bool) -> float:
    """What it costs to go on in the row, or in the cell."""
    if column == previous:
        return -0.2 if item or roles[column] == "description" else -3.0
    return -_skipped(roles[previous + 1 : column]) if column > previous else -math.inf


def _new_row(roles: Sequence[str], previous: int, column: int) -> float:
    return -_skipped(roles[previous + 1 :]) + _opening(roles, column, first=False)


def _opening(roles: Sequence[str], column: int, *, first: bool) -> float:
    """What it costs a row to begin in `column`: a merged first column stands only in the first row of its group."""
    if column and group_role(roles):
        return -(3.0 if first else 0.3) - _skipped(roles[1:column])
    return -_skipped(roles[:column])


def group_role(roles: Sequence[str]) -> str | None:
    """The role of the first column where it can be merged over several measures."""
    return roles[0] if roles[0] in ("area", "goal", "purpose") else None


def _skipped(roles: Sequence[str]) -> float:
    """What it costs that a row lacks these columns: a name least gladly."""
    return sum(2.0 if role == "name" else 0.5 if role in ("other", "time", "description") else 1.5 for role in roles)


def _fit(piece: Piece, role: str) -> float:
    """How well the words of a piece suit a column."""
    text, title, size = piece.text, is_title(piece.text) and not piece.item, len(piece.text.split())
    purpose, goal = bool(_cue("purpose").search(text)), bool(_cue("goal").search(text))
    if role == "area":
        return (2.0 if size <= 4 else 0.5) if title else -6.0
    if role == "name":
        return 2.0 if title else _fit_of_untitled_name(text, size, piece.item or purpose or goal)
    if role == "purpose":
        return 3.0 * purpose - 3.0 * goal - 1.0 * title - 2.0 * piece.item
    if role == "goal":
        opening = bool(_cue("goal_opening").search(text))
        return 3.0 * goal - 3.0 * purpose + 0.5 * opening - 0.5 * title - 2.0 * piece.item
    if role == "description":
        return 2.0 * piece.item + 0.5 * (not title) + 1.0 * text.endswith(":") - 1.0 * title - 2.0 * (purpose or goal)
    if role in ("responsible", "time"):
        return 3.0 if _cue(role).search(text) and size <= 14 and not text.endswith(".") else -3.0
    return 0.0


def _fit_of_untitled_name(text: str, size: int, is_other: bool) -> float:
    """Some plans name their measures in whole sentences, but not at length and not by stating a purpose or a goal."""
    if is_other or size > 25:
        return -4.0
    return -2.0 if text.endswith(".") else -1.0


def _margins(fit: list[list[float]], pieces: Sequence[Piece], roles: Sequence[str], path: Sequence[int]) -> list[bool]:
    """For each piece, whether its column is clearly better than any other."""
    forward = _best_paths(fit, pieces, roles)
    columns = range(len(roles))
    steps = _steps(roles)
    backward = [[-_skipped(roles[column + 1 :]) for column in columns] for _ in pieces]
    for at in range(len(pieces) - 2, -1, -1):
        for column in columns:
            backward[at][column] = max(
                steps[pieces[at + 1].item][other][column] + fit[at + 1][other] + backward[at + 1][other]
                for other in columns
            )
    sure = []
    for at, column in enumerate(path):
        totals = [forward[at][other][0] + backward[at][other] for other in columns]
        rest = [total for other, total in enumerate(totals) if other != column]
        sure.append(not rest or totals[column] - max(rest) >= UNSURE)
    return sure


def _rows(pieces: Sequence[Piece], roles: Sequence[str], path: Sequence[int], sure: Sequence[bool]) -> list[Row]:
    rows = [Row()]
    for at, (piece, column) in enumerate(zip(pieces, path, strict=True)):
        if at and _new_row(roles, path[at - 1], column) > _within(roles, path[at - 1], column, item=piece.item):
            rows.append(Row())
        if sure[at]:
            rows[-1].cells.setdefault(roles[column], []).append(piece)
    return rows
