"""Tables of a plan whose rows a text dump has kept as lines: 'Trygga resor Nattbuss på helger Tekniska nämnden 2026'.

Each row ends with a time, and each cell begins with a capital letter. A row whose cells do not number as many as the
headings is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.plan_tables import CLOSED, Piece, Row
from granskning_ai.model import Block


@cache
def _time() -> re.Pattern[str]:
    time = load_yaml("measures.yml")["time_end"]
    return re.compile(rf"\s(?P<time>(?i:{time}))(?=\s+[A-ZÅÄÖ]|\s*$)")


def rows_of_lines(blocks: Sequence[Block], roles: Sequence[str]) -> list[Row] | None:
    """The rows of the table in `blocks`; None where its rows do not all end in a time."""
    if roles[-1] != "time" or not blocks:
        return None
    ends = [list(_time().finditer(block.text)) for block in blocks]
    pairs = list(zip(blocks, ends, strict=True))
    whole = all(found and found[-1].end() == len(block.text.rstrip()) for block, found in pairs)
    if not whole or sum(map(len, ends)) < 2:
        return None
    rows = []
    for block, found in pairs:
        starts = [0, *(match.end() for match in found)]
        for start, match in zip(starts, found, strict=False):
            row = _row(block, start, match, roles)
            rows += [row] if row else []
    return rows


def _row(block: Block, start: int, time: re.Match[str], roles: Sequence[str]) -> Row | None:
    cells = [*_cells(block.text, start, time.start()), time.span("time")]
    if len(cells) != len(roles):
        return None
    pieces = [Piece(text=block.text[a:b], start=block.start + a, end=block.start + b) for a, b in cells]
    return Row(cells={role: [piece] for role, piece in zip(roles, pieces, strict=True)})


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches that begin with a capital letter; a name after a preposition is no beginning."""
    words = list(re.finditer(r"\S+", text[:end]))
    words = [word for word in words if word.start() >= start]
    cuts = [word.start() for word in words[:1]]
    for before, word in pairwise(words):
        if re.match(r"[A-ZÅÄÖ][a-zåäö]", word.group()) and not CLOSED.search(before.group().lower()):
            cuts.append(word.start())
    return [(a, a + len(text[a:b].rstrip())) for a, b in pairwise([*cuts, end])]
