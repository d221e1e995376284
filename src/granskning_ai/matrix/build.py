"""Builds the matrix from what is stored: a pure function."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from granskning_ai.matrix import absence, statements
from granskning_ai.matrix.cells import decide
from granskning_ai.matrix.selection import RowKey, Selection, name_of, select
from granskning_ai.model import (
    EMPTY_STATUSES,
    LABELS,
    Catalogue,
    Column,
    Coverage,
    DocumentRecord,
    FileFailure,
    Matrix,
    MatrixCell,
    Requirement,
    Row,
    Topic,
    Verdict,
)
from granskning_ai.swedish.municipalities import municipality

OVERALL = "overall"
"""The key of the column with the auditors' summarising verdict."""

_TOPIC_GROUP = "Revisorernas svar per ämne"


@dataclass(frozen=True, slots=True)
class _Axis:
    """A column with what is needed to fill it."""

    column: Column
    catalogue: Catalogue | None = None
    requirement: Requirement | None = None
    topic: Topic | None = None


def build(
    records: Iterable[DocumentRecord],
    catalogues: Sequence[Catalogue],
    *,
    failures: Sequence[FileFailure] = (),
    requirements: bool = True,
    topics: bool = True,
    by_year: bool = False,
    municipalities: Collection[str] | None = None,
    years: Collection[int] | None = None,
    keys: Collection[str] | None = None,
) -> Matrix:
    """Compares municipalities with each other.

    Args:
        records: everything that is stored; their order does not matter.
        catalogues: the acts whose requirements become columns, in this order.
        failures: files that could not be read. Each is laid to the municipality that its name names, if one.
        requirements: whether the catalogues' requirements are columns.
        topics: whether the topics that the audit questions are about, and the overall assessment, are columns.
        by_year: one row for each municipality and year instead of one for each municipality.
        municipalities: the codes that get a row, also where nothing is known of them; otherwise every
            municipality that a document or a failed file concerns.
        years: the years (`Metadata.year`) of the documents that count; otherwise all.
        keys: the requirement keys, topic codes and `OVERALL` that become columns; otherwise all.
    """
    selection = select(records, failures, by_year=by_year, municipalities=municipalities, years=years)
    axes = (_requirement_axes(catalogues) if requirements else []) + (_topic_axes(selection) if topics else [])
    axes = [axis for axis in axes if keys is None or axis.column.key in keys]
    rows = tuple(_row(key, axes, selection) for key in selection.keys)
    return Matrix(
        title="Kommuner och år jämförda" if by_year else "Kommuner jämförda",
        columns=tuple(axis.column for axis in axes),
        rows=rows,
        coverage=tuple(
            Coverage(filled=sum(_is_filled(row.cells[index]) for row in rows), total=len(rows))
            for index in range(len(axes))
        ),
        notes=selection.notes,
    )


def _requirement_axes(catalogues: Sequence[Catalogue]) -> list[_Axis]:
    return [
        _Axis(
            Column(
                key=requirement.key,
                label=requirement.label,
                group=_named(catalogue),
                kind="krav",
                text=f"{requirement.text} ({requirement.provision})" if requirement.provision else requirement.text,
            ),
            catalogue=catalogue,
            requirement=requirement,
        )
        for catalogue in catalogues
        for requirement in catalogue.requirements
    ]


def _named(catalogue: Catalogue) -> str:
    # The number is what tells acts with like names apart.
    return catalogue.title if catalogue.law in catalogue.title else f"{catalogue.title}, SFS {catalogue.law}"


def _topic_axes(selection: Selection) -> list[_Axis]:
    records = [record for key in selection.keys for record in selection.documents.get(key, ())]
    asked = {question.topic for record in records for question in statements.questions_of(record)}
    axes = [
        _Axis(
            Column(
                key=topic.value,
                label=LABELS[topic].capitalize(),
                group=_TOPIC_GROUP,
                kind="ämne",
                text=f"Revisorns svar på frågor om {LABELS[topic]}."
                if topic is not Topic.OTHER
                else "Revisorns svar på frågor som inte hör till något av ämnena.",
            ),
            topic=topic,
        )
        for topic in Topic
        if topic in asked
    ]
    if asked or any(statements.overall(record) for record in records):
        text = "Revisorns sammanfattande bedömning mot granskningens syfte, där den uttalas."
        label = "Sammanfattande bedömning"
        axes.append(_Axis(Column(key=OVERALL, label=label, group=_TOPIC_GROUP, kind="ämne", text=text)))
    return axes


def _row(key: RowKey, axes: Sequence[_Axis], selection: Selection) -> Row:
    code, year = key
    entry = municipality(code)
    documents, failed = selection.documents.get(key, ()), selection.failed.get(key, ())
    return Row(
        municipality_code=code,
        municipality=name_of(code),
        county=entry.county if entry else "",
        year=year,
        cells=tuple(_cell(axis, code, documents, failed) for axis in axes),
        documents=len(documents),
    )


def _cell(axis: _Axis, code: str, documents: Sequence[DocumentRecord], failed: Sequence[FileFailure]) -> MatrixCell:
    if axis.catalogue and axis.requirement:
        catalogue, requirement = axis.catalogue, axis.requirement
        said = [statements.on_requirement(record, code, catalogue, requirement) for record in documents]
    elif axis.topic:
        said = [statements.on_topic(record, axis.topic) for record in documents]
    else:
        said = [statements.overall(record) for record in documents]
    said = [found for found in said if found]
    if said:
        return decide(said)
    if axis.catalogue and axis.requirement:
        return absence.no_status(documents, code, axis.catalogue, axis.requirement, failed)
    return absence.no_verdict(documents, LABELS[axis.topic] if axis.topic else None, failed)


def _is_filled(cell: MatrixCell) -> bool:
    return cell.value not in EMPTY_STATUSES and cell.value is not Verdict.NOT_ASSESSED
