"""Answers on how named municipalities stand: one requirement, all of a law, or two municipalities side by side."""

from __future__ import annotations

from collections.abc import Sequence

from granskning_ai.asking.material import Material
from granskning_ai.asking.question.understanding import Kind, Stance, Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.scope import Scope, searched
from granskning_ai.asking.reply.status_words import SATISFIES, Asked, claim, contradiction, mark, what_was_read
from granskning_ai.asking.reply.statuses import Grid, grid_of, label_of
from granskning_ai.model import EMPTY_STATUSES, TESTED_STATUSES, MatrixCell, Row, Status
from granskning_ai.swedish.wording import capital, counted, listed, number

_MOST_EXCEPTIONS = 3

_YES = {
    Stance.HAS: (Status.MET, Status.PRESENT),
    Stance.MEETS: (Status.MET,),
    Stance.LACKS: (Status.NOT_MET, Status.ABSENT),
    Stance.FAILS: (Status.NOT_MET,),
    Stance.PARTLY: (Status.PARTLY_MET,),
}
_NO = {
    Stance.HAS: (Status.NOT_MET, Status.ABSENT),
    Stance.MEETS: (Status.NOT_MET,),
    Stance.LACKS: (Status.MET, Status.PRESENT),
    Stance.FAILS: (Status.MET,),
    Stance.PARTLY: (Status.MET, Status.NOT_MET),
}


def of_municipalities(u: Understanding, scope: Scope, material: Material, draft: Draft) -> None:
    """Answers 'Har Klarvik en åtgärdsplan?' and 'Jämför A och B när det gäller åtgärdsplanen'."""
    grid = grid_of(u, scope, material)
    cells = [(row, asked, cell) for row in grid.rows for asked, cell in zip(grid.asked, grid.cells(row), strict=True)]
    draft.about(*(row.municipality_code for row in grid.rows))
    if all(cell.value in EMPTY_STATUSES for _, _, cell in cells):
        _not_there(cells, scope, draft)
        return
    if "compare" in u.forms:
        items = [f"{row.municipality}: {_short(draft, cell, asked, material)}" for row, asked, cell in cells]
        draft.bullets(f"Kravet på {listed([asked.label for asked in grid.asked])}:", items)
    else:
        if "yes_no" in u.forms and len(cells) == 1:
            draft.say(_yes_or_no(u.stance or Stance.HAS, cells[0][2]))
        for row, asked, cell in cells:
            said = claim([row.municipality], asked, cell.value, cell.basis)
            draft.say(f"{said} {mark(draft, '', cell, asked, material).strip()}".strip())
    for row, asked, cell in cells:
        said_else = contradiction(draft, row.municipality, cell, asked, material)
        if said_else:
            draft.say(said_else)


def of_law(u: Understanding, scope: Scope, material: Material, draft: Draft) -> None:
    """Answers 'Vilka krav uppfyller Vittsund inte?' and 'Vad skiljer A från B i fråga om lagens krav?'."""
    grid = grid_of(u, scope, material, whole_law=True)
    if not scope.municipalities:
        _every_municipality(u, grid, material, draft)
        return
    draft.about(*(row.municipality_code for row in grid.rows))
    if all(cell.value in EMPTY_STATUSES for row in grid.rows for cell in grid.cells(row)):
        every = [
            (row, asked, cell) for row in grid.rows for asked, cell in zip(grid.asked, grid.cells(row), strict=True)
        ]
        _not_there(every[:1], scope, draft)
    elif len(grid.rows) > 1:
        _side_by_side(grid, material, draft)
    elif u.stance:
        _by_stance(u.stance, grid, material, draft)
    else:
        _all_of_them(grid, material, draft)


def _not_there(cells: Sequence[tuple[Row, Asked, MatrixCell]], scope: Scope, draft: Draft) -> None:
    draft.refused = True
    draft.say("Det framgår inte av underlaget")
    for row, asked, cell in cells[:3]:
        if cell.value is not Status.NOT_ADDRESSED:
            draft.say(claim([row.municipality], asked, cell.value, cell.basis))
    draft.say(what_was_read(cells[0][2]) if len(cells) == 1 else searched(scope.documents))


def _yes_or_no(stance: Stance, cell: MatrixCell) -> str:
    if cell.value in _YES.get(stance, ()):
        return "Ja."
    if cell.value in _NO.get(stance, ()):
        return "Nej."
    if cell.value is Status.PARTLY_MET:
        return "Ja, men bara delvis." if stance is Stance.HAS else "Delvis."
    return "Det är inte prövat mot lagen."


def _short(draft: Draft, cell: MatrixCell, asked: Asked, material: Material) -> str:
    return mark(draft, label_of(cell), cell, asked, material)


def _by_stance(stance: Stance, grid: Grid, material: Material, draft: Draft) -> None:
    """The requirements of one municipality that stand as asked."""
    row = grid.rows[0]
    pairs = list(zip(grid.asked, grid.cells(row), strict=True))
    hits = [(asked, cell) for asked, cell in pairs if cell.value in SATISFIES[stance]]
    verb = {
        Stance.MEETS: "uppfyller", Stance.PARTLY: "uppfyller delvis", Stance.FAILS: "uppfyller inte",
        Stance.LACKS: "saknar eller uppfyller inte", Stance.HAS: "har eller uppfyller helt eller delvis",
        Stance.UNTESTED: "har inte prövats mot", Stance.UNKNOWN: "har inget besked om",
    }[stance]  # fmt: skip
    total = f"lagens {number(len(pairs), neuter=True)} krav"
    if draft.kind is Kind.COUNT:
        which = f": {listed([_named(draft, *pair, material) for pair in hits])}" if hits else ""
        draft.say(f"{row.municipality} {verb} {number(len(hits), neuter=True)} av {total}{which}")
    elif hits:
        draft.bullets(
            f"{row.municipality} {verb} {number(len(hits), neuter=True)} av {total}:",
            [f"{_capital_label(asked)}: {_short(draft, cell, asked, material)}" for asked, cell in hits],
        )
    else:
        draft.say(f"Det finns inget av {total} som {row.municipality} {verb}")
    between = [(a, c) for a, c in pairs if c.value is Status.PARTLY_MET and (a, c) not in hits]
    if between:
        draft.say(f"{row.municipality} uppfyller delvis {listed([_named(draft, *p, material) for p in between])}")
    silent = [asked.label for asked, cell in pairs if cell.value in EMPTY_STATUSES]
    if silent and stance is not Stance.UNKNOWN:
        draft.say(f"Det framgår inte hur det är med {listed(silent)}")


def _named(draft: Draft, asked: Asked, cell: MatrixCell, material: Material) -> str:
    return mark(draft, asked.label, cell, asked, material)


def _capital_label(asked: Asked) -> str:
    return capital(asked.label)


def _all_of_them(grid: Grid, material: Material, draft: Draft) -> None:
    row = grid.rows[0]
    cells = grid.cells(row)
    tested = sum(cell.value in TESTED_STATUSES for cell in cells)
    met = sum(cell.value is Status.MET for cell in cells)
    some = f"{number(met, neuter=True)} av de {number(tested)} krav som har prövats mot lagen"
    lead = f"{row.municipality} uppfyller {some}:"
    if not tested:
        lead = f"I {row.municipality} har inget krav prövats mot lagen. Det här framgår av dokumenten:"
    draft.bullets(
        lead,
        [
            f"{_capital_label(asked)}: {_short(draft, cell, asked, material)}"
            for asked, cell in zip(grid.asked, cells, strict=True)
        ],
    )


def _side_by_side(grid: Grid, material: Material, draft: Draft) -> None:
    unlike = sum(len({grid.cells(row)[at].value for row in grid.rows}) > 1 for at in range(len(grid.asked)))
    names = listed([row.municipality for row in grid.rows])
    total = number(len(grid.asked), neuter=True)
    some = f"alla lagens {total}" if unlike == len(grid.asked) else f"{number(unlike, neuter=True)} av lagens {total}"
    lead = f"{names} skiljer sig åt i fråga om {some} krav:"
    if not unlike:
        lead = f"{names} står lika i fråga om alla lagens {total} krav:"
    draft.bullets(
        lead,
        [
            f"{_capital_label(asked)}: "
            + "; ".join(
                f"{row.municipality} – {_short(draft, grid.cells(row)[at], asked, material)}" for row in grid.rows
            )
            for at, asked in enumerate(grid.asked)
        ],
    )


def _every_municipality(u: Understanding, grid: Grid, material: Material, draft: Draft) -> None:
    """Answers 'Vilka kommuner uppfyller alla krav?' and 'Vilka bryter mot lagen?'."""
    total = number(len(grid.asked), neuter=True)
    tested = [row for row in grid.rows if any(cell.value in TESTED_STATUSES for cell in grid.cells(row))]
    failing = u.stance in (Stance.FAILS, Stance.LACKS)
    if failing:
        hits = [row for row in tested if any(cell.value is Status.NOT_MET for cell in grid.cells(row))]
        what = "uppfyller inte alla lagens krav enligt revisorns bedömning"
    else:
        hits = [row for row in tested if all(cell.value is Status.MET for cell in grid.cells(row))]
        what = f"uppfyller alla lagens {total} krav enligt revisorns bedömning"
    draft.about(*(row.municipality_code for row in hits))
    if not hits:
        draft.say(f"Ingen kommun i underlaget {what}")
    elif draft.kind is Kind.COUNT:
        draft.say(
            f"{capital(counted(len(hits), 'kommun', 'kommuner'))} {what}: {listed([r.municipality for r in hits])}"
        )
    else:
        draft.say(f"{listed([row.municipality for row in hits])} {what}")
    shown = hits if failing else [row for row in tested if row not in hits]
    if shown:
        wanted = (Status.NOT_MET,) if failing else tuple(status for status in Status if status is not Status.MET)
        draft.bullets("Det som brister:", [_exceptions(row, wanted, grid, material, draft) for row in shown])
    untested = [row.municipality for row in grid.rows if row not in tested]
    if untested:
        draft.paragraph(f"För {listed(untested)} har inget krav prövats mot lagen.")


def _exceptions(row: Row, wanted: Sequence[Status], grid: Grid, material: Material, draft: Draft) -> str:
    pairs = [(a, c) for a, c in zip(grid.asked, grid.cells(row), strict=True) if c.value in wanted]
    pairs.sort(key=lambda pair: pair[1].value not in TESTED_STATUSES)
    said = [f"{asked.label} {_short(draft, cell, asked, material)}" for asked, cell in pairs[:_MOST_EXCEPTIONS]]
    more = len(pairs) - len(said)
    return f"{row.municipality}: {', '.join(said)}{f' och {number(more, neuter=True)} till' if more else ''}"
