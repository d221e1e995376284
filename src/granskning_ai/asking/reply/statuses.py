"""Answers from the requirements' statuses over municipalities: who meets, who lacks, how many, A against B."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from granskning_ai.asking.material import Material
from granskning_ai.asking.question.understanding import Kind, Stance, Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.scope import Scope, searched
from granskning_ai.asking.reply.status_words import (
    SATISFIES,
    Asked,
    claim,
    contradiction,
    mark,
    quotes_of,
    silent,
    what_was_read,
)
from granskning_ai.model import EMPTY_STATUSES, LABELS, TESTED_STATUSES, Basis, MatrixCell, Row, Status
from granskning_ai.swedish.wording import capital, counted, listed, number

_MOST_NAMED = 15
"""Municipalities that do not answer the question are named up to this many; more of them are counted."""

_ORDER = (
    Status.MET,
    Status.PARTLY_MET,
    Status.NOT_MET,
    Status.PRESENT,
    Status.ABSENT,
    Status.NOT_ADDRESSED,
    Status.NOT_APPLICABLE,
    Status.NOT_AUDITED,
    Status.FAILED,
)

_OPPOSITE = {
    Stance.LACKS: (Status.MET,),
    Stance.FAILS: (Status.MET,),
    Stance.HAS: (),
    Stance.MEETS: (),
}
"""What is told last, after what stands between: nobody asked for it, but nothing is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Municipalities against the requirements that are asked for."""

    asked: tuple[Asked, ...]
    rows: tuple[Row, ...]

    def cells(self, row: Row) -> tuple[MatrixCell, ...]:
        """The row's cells, in the order of `asked`."""
        return row.cells[: len(self.asked)]


def grid_of(u: Understanding, scope: Scope, material: Material, *, whole_law: bool = False) -> Grid:
    """Reads the statuses of the requirements that a question names, or of the whole first catalogue."""
    keys = () if whole_law else u.requirements
    asked: list[Asked] = []
    for catalogue in material.catalogues:
        for requirement in catalogue.requirements:
            if requirement.key in keys or (whole_law and catalogue is material.catalogues[0]):
                asked.append(Asked(catalogue=catalogue, requirement=requirement))
    rows: dict[str, Row] = {}
    for catalogue in dict.fromkeys(one.catalogue for one in asked):
        own = [one.requirement.key for one in asked if one.catalogue is catalogue]
        matrix = material.matrix(catalogue, own, documents=scope.ids, municipalities=scope.municipalities)
        for row in matrix.rows:
            before = rows.get(row.municipality_code)
            cells = (*before.cells, *row.cells) if before else row.cells
            rows[row.municipality_code] = replace(row, cells=cells)
    return Grid(asked=tuple(asked), rows=tuple(rows.values()))


def over_municipalities(u: Understanding, scope: Scope, material: Material, draft: Draft) -> None:
    """Answers 'Vilka kommuner saknar …?' and 'Hur många kommuner uppfyller …?'."""
    grid = grid_of(u, scope, material)
    stance = u.stance or Stance.HAS
    if len(grid.asked) > 1:
        _several(u, grid, stance, material, draft)
        return
    teller = _Teller(grid, material, draft, counting=draft.kind is Kind.COUNT, share="share" in u.forms)
    teller.tell(stance)
    if all(grid.cells(row)[0].value in EMPTY_STATUSES for row in grid.rows) and stance is not Stance.UNKNOWN:
        draft.refused = True
        draft.say(searched(scope.documents))


class _Teller:
    """Tells how one requirement stands over municipalities."""

    def __init__(self, grid: Grid, material: Material, draft: Draft, *, counting: bool, share: bool) -> None:
        self._grid = grid
        self._asked = grid.asked[0]
        self._material = material
        self._draft = draft
        self._counting = counting
        self._share = share

    def tell(self, stance: Stance) -> None:
        wanted = SATISFIES[stance]
        hits = [row for row in self._grid.rows if self._grid.cells(row)[0].value in wanted]
        self._draft.about(*(row.municipality_code for row in hits))
        if not hits:
            self._draft.say(_none(stance, self._asked))
        elif self._counting or stance is Stance.HAS:
            self._lead(hits, stance)
        if hits and not (self._counting or stance is Stance.HAS):
            self._groups(wanted)
        elif hits:
            self._nuances(hits)
        if stance is Stance.UNKNOWN:
            self._searched(hits)
        last = _OPPOSITE.get(stance, ())
        self._groups([status for status in _ORDER if status not in wanted and status not in last])
        self._groups(last)
        for row in self._grid.rows:
            said = contradiction(self._draft, row.municipality, self._cell(row), self._asked, self._material)
            if said:
                self._draft.say(said)

    def _cell(self, row: Row) -> MatrixCell:
        return self._grid.cells(row)[0]

    def _marked(self, row: Row) -> str:
        return mark(self._draft, row.municipality, self._cell(row), self._asked, self._material)

    def _lead(self, hits: Sequence[Row], stance: Stance) -> None:
        names = listed([self._marked(row) for row in hits])
        what = _asked_for(stance, self._asked)
        if self._counting:
            count = counted(len(hits), "kommun", "kommuner")
            if self._share:
                total = len(self._grid.rows)
                percent = round(100 * len(hits) / total)
                count = f"{number(len(hits))} av {counted(total, 'kommun', 'kommuner')} ({percent} %)"
            self._draft.say(f"{capital(count)} {what}: {names}")
        else:
            self._draft.say(f"{names} {what}")

    def _nuances(self, hits: Sequence[Row]) -> None:
        """Of those that have the thing: where it falls short of the law, and where that is not tested."""
        for status, text in (
            (Status.PARTLY_MET, "I {0} är lagens krav bara delvis uppfyllt"),
            (Status.NOT_MET, "I {0} är lagens krav inte uppfyllt enligt revisorns bedömning"),
            (Status.PRESENT, "För {0} är det inte prövat mot lagen"),
            (Status.ABSENT, "För {0} är det inte prövat mot lagen"),
        ):
            tested = status in TESTED_STATUSES
            names = [
                self._marked(row) if tested else row.municipality for row in hits if self._cell(row).value is status
            ]
            if names:
                self._draft.say(text.format(listed(names)))

    def _groups(self, statuses: Sequence[Status]) -> None:
        """One sentence for each status and ground."""
        for status in statuses:
            for basis in Basis:
                rows = [r for r in self._grid.rows if (self._cell(r).value, self._cell(r).basis) == (status, basis)]
                if not rows:
                    continue
                if status is Status.NOT_ADDRESSED and len(rows) <= _MOST_NAMED:
                    cells = [self._cell(row) for row in rows]
                    self._draft.say(
                        silent([r.municipality for r in rows], self._asked, cells, [self._only(r) for r in rows])
                    )
                elif len(rows) > _MOST_NAMED and status not in (Status.NOT_MET, Status.ABSENT):
                    self._draft.say(claim([counted(len(rows), "kommun", "kommuner")], self._asked, status, basis))
                else:
                    self._draft.say(claim([self._marked(row) for row in rows], self._asked, status, basis))

    def _only(self, row: Row) -> str:
        """What the municipality's only document is; nothing where it has several."""
        codes = row.municipality_code
        kinds = [
            s.metadata.doc_type for s in self._material.summaries.values() if codes in s.metadata.municipality_codes
        ]
        return LABELS[kinds[0]] if len(kinds) == 1 else ""

    def _searched(self, hits: Sequence[Row]) -> None:
        self._draft.bullets(
            "Vad som lästes:", [f"{row.municipality}: {what_was_read(self._cell(row))}" for row in hits[:3]]
        )


def _none(stance: Stance, asked: Asked) -> str:
    """That no municipality is as asked for: of what is lacking, that nobody says so."""
    if stance is Stance.LACKS:
        return f"Inget dokument visar att någon kommun {asked.lacks}"
    return f"Ingen kommun i underlaget {_asked_for(stance, asked)}"


def _asked_for(stance: Stance, asked: Asked) -> str:
    return {
        Stance.MEETS: f"uppfyller kravet på {asked.label} enligt revisorns bedömning",
        Stance.PARTLY: f"uppfyller delvis kravet på {asked.label}",
        Stance.FAILS: f"uppfyller inte kravet på {asked.label} enligt revisorns bedömning",
        Stance.HAS: asked.has,
        Stance.LACKS: f"{asked.lacks} eller uppfyller inte kravet",
        Stance.UNTESTED: f"har fått {asked.label} beskrivet utan att kravet är prövat mot lagen",
        Stance.UNKNOWN: f"är sådan att {asked.label} inte framgår av dokumenten",
    }[stance]


def _several(u: Understanding, grid: Grid, stance: Stance, material: Material, draft: Draft) -> None:
    """Several requirements at once: 'både … och …' is all of them, 'eller' any."""
    wanted = SATISFIES[stance]
    enough = any if u.either else all
    hits = [row for row in grid.rows if enough(cell.value in wanted for cell in grid.cells(row))]
    draft.about(*(row.municipality_code for row in hits))
    named = listed([f"kravet på {asked.label}" for asked in grid.asked], "eller" if u.either else "och")
    verb = {
        Stance.MEETS: "uppfyller", Stance.PARTLY: "uppfyller delvis", Stance.FAILS: "uppfyller inte",
        Stance.LACKS: "saknar det som behövs för eller uppfyller inte", Stance.HAS: "har det som behövs för",
    }.get(stance, "har inte prövats mot")  # fmt: skip
    if not hits:
        draft.say(f"Ingen kommun i underlaget {verb} {named}")
    names = []
    for row in hits:
        pairs = [(a, c) for a, c in zip(grid.asked, grid.cells(row), strict=True) if c.value in wanted]
        quotes = [quote for asked, cell in pairs for quote in quotes_of(cell.statements[0], asked, material)]
        names.append(f"{row.municipality} {draft.cite(*quotes)}")
    if hits:
        count = f"{capital(counted(len(hits), 'kommun', 'kommuner'))} {verb} {named}: {listed(names)}"
        draft.say(count if draft.kind is Kind.COUNT else f"{listed(names)} {verb} {named}")
    others = [row for row in grid.rows if row not in hits][:_MOST_NAMED]
    if others:
        draft.bullets("Övriga:", [_standing(row, grid, material, draft) for row in others])


def _standing(row: Row, grid: Grid, material: Material, draft: Draft) -> str:
    parts = [
        f"{asked.label} {mark(draft, _LABELS[Status(cell.value)], cell, asked, material)}"
        for asked, cell in zip(grid.asked, grid.cells(row), strict=True)
    ]
    return f"{row.municipality}: {', '.join(parts)}"


_LABELS = {
    Status.MET: "uppfyllt",
    Status.PARTLY_MET: "delvis uppfyllt",
    Status.NOT_MET: "inte uppfyllt",
    Status.PRESENT: "finns, inte prövat mot lagen",
    Status.ABSENT: "saknas, inte prövat mot lagen",
    Status.NOT_ADDRESSED: "framgår inte",
    Status.NOT_AUDITED: "inget dokument",
    Status.NOT_APPLICABLE: "lagen gällde inte",
    Status.FAILED: "en fil kunde inte läsas",
}
"""A status in a table of words; `model.LABELS` are the words of the matrix."""


def label_of(cell: MatrixCell) -> str:
    """The status in a few words."""
    return _LABELS[Status(cell.value)]
