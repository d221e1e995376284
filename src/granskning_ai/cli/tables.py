"""How lists look in the terminal. rich is imported late: `--help` must not wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from granskning_ai.evaluation.score import Figure
    from granskning_ai.model import FileFailure, Quality, Recommendation
    from granskning_ai.store import DocumentSummary


_ID = 8
"""So much of a document's id is shown: enough to tell it from others, and to name it by."""


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def print_documents(summaries: Sequence[DocumentSummary], failures: Sequence[FileFailure]) -> None:
    """Lists documents: what each is, about whom, by whom and when."""
    from rich.markup import escape
    from rich.padding import Padding

    from granskning_ai.model import LABELS, Grade

    console = _console()
    if not summaries and not failures:
        console.print("Det finns inga dokument. Läs in några med: granskning importera SÖKVÄG")
        return
    for summary in summaries:
        metadata = summary.metadata
        about = ", ".join(_names(summary)) or metadata.region or "Kommun framgår inte"
        console.print(f"{summary.id[:_ID]}  [bold]{escape(about)} {metadata.year or ''}[/bold]")
        issuer = f"av {metadata.issuer}" if metadata.issuer else "utgivare framgår inte"
        read = f"inläsning: {LABELS[summary.quality.grade] if summary.quality else 'okänd'}"
        details = (f"{LABELS[metadata.doc_type].capitalize()}, {issuer}", read, summary.file_name)
        console.print(Padding(escape(" · ".join(details)), (0, 0, 0, _ID + 2), expand=False))
        if summary.quality and summary.quality.grade is not Grade.GOOD:
            doubts = f"[yellow]Osäkert läst: {_doubts(summary.quality)}.[/yellow]"
            console.print(Padding(doubts, (0, 0, 0, _ID + 2), expand=False))
    for failure in failures:
        console.print(f"[red]Kunde inte läsas:[/red] {escape(failure.path)}. {escape(failure.message)}")


def _doubts(quality: Quality) -> str:
    """Why a document may not have been read as it was written, and which pages are the worst."""
    from granskning_ai.model import LABELS, Doubt

    whole = (Doubt.UNREAD_ATTACHMENT, Doubt.MISSING_LETTERS)
    reasons = [
        LABELS[reason.kind] + ("" if reason.kind in whole else f" ({max(reason.share, 0.01):.0%})")
        for reason in quality.reasons
    ]
    poor = [str(page) for page in quality.poor_pages]
    if poor:
        reasons.append(f"låg säkerhet på {'sidan' if len(poor) == 1 else 'sidorna'} {', '.join(poor)}")
    return ", ".join(reasons)


def print_recommendations(found: Sequence[tuple[DocumentSummary, Recommendation]]) -> None:
    """Lists recommendations under their documents, each with its addressees and where it stands."""
    from rich.markup import escape
    from rich.padding import Padding

    console = _console()
    if not found:
        console.print("Det finns inga rekommendationer i urvalet.")
        return
    last = None
    for summary, finding in found:
        if summary.id != last:
            names = ", ".join(_names(summary))
            console.print(
                f"\n[bold]{escape(names or summary.metadata.region)} {summary.metadata.year or ''}[/bold]"
                f"  {escape(summary.metadata.title)} ({escape(summary.file_name)})"
            )
            last = summary.id
        number = f"{finding.number}. " if finding.number else "• "
        pages = ", ".join(str(page) for page in sorted({e.page for e in finding.evidence}))
        to = f"Till {', '.join(finding.addressees)}. " if finding.addressees else "Mottagare framgår inte. "
        restated = "Återges ur en annan rapport. " if finding.quoted else ""
        console.print(Padding(f"{number}{escape(finding.text)}", (0, 0, 0, 2)))
        note = f" {escape(finding.note)}" if finding.note else ""
        console.print(Padding(f"[dim]{escape(to)}{restated}Sida {pages}.{note}[/dim]", (0, 0, 0, 4)))


def print_shared_recommendations(groups: Sequence[Sequence[tuple[DocumentSummary, Recommendation]]]) -> None:
    """Lists advice that several municipalities were given, each in its own words."""
    from rich.markup import escape
    from rich.padding import Padding

    console = _console()
    if not groups:
        console.print("Inget råd i urvalet har getts till flera kommuner.")
        return
    for group in groups:
        codes = {code for summary, _ in group for code in summary.metadata.municipality_codes}
        console.print(f"\n[bold]{len(codes)} kommuner:[/bold] {escape(group[0][1].text)}")
        for summary, finding in group:
            place = ", ".join(_names(summary)) or summary.metadata.region
            page = finding.evidence[0].page
            console.print(
                Padding(f"{escape(place)} {summary.metadata.year or ''}: {escape(finding.text)}", (0, 0, 0, 2))
            )
            console.print(Padding(f"[dim]{escape(summary.file_name)}, sida {page}.[/dim]", (0, 0, 0, 4)))


def _names(summary: DocumentSummary) -> list[str]:
    from granskning_ai.swedish.municipalities import municipality

    return [entry.name if (entry := municipality(code)) else code for code in summary.metadata.municipality_codes]


def print_figures(figures: Sequence[Figure]) -> None:
    """Shows an evaluation: each figure, and below it what went wrong."""
    from rich.markup import escape
    from rich.table import Table

    console = _console()
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("Mått")
    for heading in ("F1", "precision", "täckning", "rätt", "i facit", "funna"):
        table.add_column(heading, justify="right")
    for figure in figures:
        colour = "green" if figure.f1 >= 0.9995 else "yellow"
        table.add_row(
            figure.name,
            f"[{colour}]{figure.f1:.3f}[/]",
            f"{figure.precision:.3f}",
            f"{figure.recall:.3f}",
            str(figure.right),
            str(figure.wanted),
            str(figure.found),
        )
    console.print(table)
    for figure in figures:
        if figure.notes:
            console.print(f"\n[bold]{figure.name}[/bold]")
            for note in figure.notes:
                console.print(f"  {escape(note)}")
