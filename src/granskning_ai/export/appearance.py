"""How each value of a cell looks: a symbol and a colour, the same in the terminal, HTML and XLSX.

The colours are told apart by people who do not see red and green alike (teal, amber, vermilion), and a symbol and
a word always stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from granskning_ai.model import LABELS, Basis, Matrix, MatrixCell, Status, Verdict

CONFLICT = "⚠"
CONFLICT_LABEL = "uppgifterna går isär"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`tone` groups values that mean the same to the eye: good, fair, partial, bad, open or empty."""

    symbol: str
    tone: str


LOOKS: dict[Status | Verdict, Look] = {
    Status.MET: Look(symbol="✔", tone="good"),
    Status.PARTLY_MET: Look(symbol="◐", tone="partial"),
    Status.NOT_MET: Look(symbol="✘", tone="bad"),
    Status.PRESENT: Look(symbol="●", tone="fair"),
    Status.ABSENT: Look(symbol="○", tone="lacking"),
    Verdict.YES: Look(symbol="✔", tone="good"),
    Verdict.LARGELY: Look(symbol="◕", tone="fair"),
    Verdict.PARTLY: Look(symbol="◐", tone="partial"),
    Verdict.NO: Look(symbol="✘", tone="bad"),
    Verdict.UNDETERMINED: Look(symbol="?", tone="open"),
    Verdict.NOT_ASSESSED: Look(symbol="◌", tone="open"),
    Status.NOT_ADDRESSED: Look(symbol="–", tone="empty"),
    Status.NOT_AUDITED: Look(symbol="·", tone="empty"),
    Status.NOT_APPLICABLE: Look(symbol="∅", tone="empty"),
    Status.FAILED: Look(symbol="!", tone="failed"),
}
"""In the order of the legend."""

MEANINGS: dict[Status | Verdict, str] = {
    Status.MET: "revisorn har prövat kravet mot lagen, och det är uppfyllt",
    Status.PARTLY_MET: "revisorn har prövat kravet mot lagen, och det är delvis uppfyllt",
    Status.NOT_MET: "revisorn har prövat kravet mot lagen, och det är inte uppfyllt",
    Status.PRESENT: "dokumentet visar att det finns, utan att pröva det mot lagen",
    Status.ABSENT: "dokumentet visar att det saknas, utan att pröva det mot lagen",
    Verdict.YES: "revisorns svar är ja",
    Verdict.LARGELY: "revisorns svar är i allt väsentligt eller i huvudsak ja",
    Verdict.PARTLY: "revisorns svar är delvis",
    Verdict.NO: "revisorns svar är nej",
    Verdict.UNDETERMINED: "revisorn skriver att det inte kan bedömas",
    Verdict.NOT_ASSESSED: "frågan ställs, men får inget svar",
    Status.NOT_ADDRESSED: "dokumenten är lästa, men säger inget om saken",
    Status.NOT_AUDITED: "det finns inget dokument som kan säga något om saken",
    Status.NOT_APPLICABLE: "lagen gällde inte när dokumenten skrevs",
    Status.FAILED: "en fil om kommunen kunde inte läsas",
}
"""What each value means, for the legend."""

SHORT_BASIS = {
    Basis.AUDITOR_ASSESSMENT: "bedömning",
    Basis.AUDITOR_OBSERVATION: "iakttagelse",
    Basis.SELF_REPORTED: "egen uppgift",
    Basis.NONE: "",
}
"""On whose word a value rests, short enough for a cell."""


def label(cell: MatrixCell) -> str:
    """The cell's value in words."""
    return LABELS[cell.value]


def year_of(cell: MatrixCell) -> str:
    """The year from which the deciding statement is: the document's date, failing that the year that it concerns."""
    if not cell.statements:
        return ""
    lead = cell.statements[0]
    return lead.date[:4] if lead.date else str(lead.year or "")


def values_in(matrix: Matrix) -> list[Status | Verdict]:
    """The values that occur in the matrix, in the order of the legend."""
    present = {cell.value for row in matrix.rows for cell in row.cells}
    return [value for value in LOOKS if value in present]


def has_conflict(matrix: Matrix) -> bool:
    """Whether any cell is marked."""
    return any(cell.conflict for row in matrix.rows for cell in row.cells)


def groups(matrix: Matrix) -> list[tuple[str, list[int]]]:
    """The columns' groups in order, each with the indexes of its columns."""
    found: dict[str, list[int]] = {}
    for index, column in enumerate(matrix.columns):
        found.setdefault(column.group, []).append(index)
    return list(found.items())
