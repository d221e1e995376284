"""Answer tables: question | verdict | grounds | recommendation, in any order, from real and from flattened tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from granskning_ai.extraction.flat_cells import FlatTable, stacked_tables, stroked_tables
from granskning_ai.extraction.phrases import phrase
from granskning_ai.extraction.structure import Placed
from granskning_ai.model import Block, BlockKind, Cell
from granskning_ai.swedish.verdict_scales import Scale
from granskning_ai.swedish.verdicts import read_answer

_BULLET = re.compile(r"^\s*(?:[-–—•»▪o\uf0b7]|\d+[.)]|[a-z]\))\s+")
_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)?|[a-z])[.)]?\s+(?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A stretch of the document with its text (marks of lists left out)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One row of an answer table. `verdict` may hold an answer for the question and each sub-question ('Ja/Nej')."""

    question: Quote | None
    sub_questions: tuple[Quote, ...]
    verdict: Quote | None
    recommendations: tuple[Quote, ...]
    number: str | None = None


def answer_rows(placed: list[Placed], scale: Scale) -> list[AnswerRow]:
    """The rows of every answer table in the document."""
    rows: list[AnswerRow] = []
    for item in placed:
        if item.block.kind is BlockKind.TABLE:
            rows.extend(_table_rows(item.block))
    rows.extend(_flat_rows(placed))
    rows.extend(_column_rows(placed))
    for table in (*stacked_tables(placed, phrase("column_beside")), *stroked_tables(placed)):
        rows.extend(_cell_rows(table, scale))
    rows.extend(_trailing_rows(placed, scale))
    return rows


_TRAILING = re.compile(r"^(?P<question>[A-ZÅÄÖ][^.!?]{8,250}?)(?:\s*[–—:]|\s+-|\.)\s+(?P<answer>[^.:?]{2,40})\.?$")


def _trailing_rows(placed: list[Placed], scale: Scale) -> Iterator[AnswerRow]:
    """Statements that each end in their verdict ('Planen är beslutad – uppfyllt'), two or more in a row."""
    run: list[AnswerRow] = []
    for item in [*placed, None]:
        match = _TRAILING.match(item.block.text.strip()) if item and item.block.kind in _TEXT else None
        told = match is not None and len(match["question"].split()) >= LEAST
        if item and match and told and (scale.read(match["answer"]) or read_answer(match["answer"])):
            cells = [
                Quote(
                    text=match[name],
                    start=item.block.start + match.start(name),
                    end=item.block.start + match.end(name),
                )
                for name in ("question", "answer")
            ]
            run.append(AnswerRow(question=cells[0], sub_questions=(), verdict=cells[1], recommendations=()))
            continue
        if len(run) > 1:
            yield from run
        run = []


def _cell_rows(table: FlatTable, scale: Scale) -> Iterator[AnswerRow]:
    """The rows of a table that was taken apart, as long as each has a verdict where the heading says so."""
    columns = _columns(table.heading)
    if columns is None or columns.verdict is None:
        return
    for row in table.rows:
        verdict = row[columns.verdict]
        if len(row[columns.question].text.split()) < LEAST or not (
            scale.read(verdict.text) or read_answer(verdict.text)
        ):
            return
        question, answer = (Quote(text=c.text, start=c.start, end=c.end) for c in (row[columns.question], verdict))
        yield AnswerRow(question=question, sub_questions=(), verdict=answer, recommendations=())


LEAST = 3
"""Words of a question."""


def cell_lines(cell: Cell) -> list[Quote]:
    """The lines of a cell, each with its span, list marks left out."""
    lines: list[Quote] = []
    offset = cell.start
    for raw in cell.text.split("\n"):
        text = _BULLET.sub("", raw)
        start = offset + len(raw) - len(text)
        if text.strip():
            lines.append(Quote(text=text.strip(), start=start, end=start + len(text.rstrip())))
        offset += len(raw) + 1
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    question: int
    verdict: int | None
    recommendation: int | None


def _columns(header: tuple[str, ...]) -> _Columns | None:
    def first(name: str) -> int | None:
        pattern = phrase(name)
        return next((i for i, text in enumerate(header) if pattern.search(text.strip())), None)

    question, verdict, recommendation = (
        first("column_question"),
        first("column_verdict"),
        first("column_recommendation"),
    )
    if question is None or (verdict is None and recommendation is None):
        return None
    return _Columns(question=question, verdict=verdict, recommendation=recommendation)


def _table_rows(block: Block) -> Iterator[AnswerRow]:
    columns: _Columns | None = None
    header: tuple[Cell, ...] = ()
    for row in block.cells:
        found = _columns(tuple(cell.text for cell in row))
        if found:
            columns, header = found, row
            continue
        if columns is None:
            continue
        yield _row(row, header, columns)


_GLUED = re.compile(r"(?<=\?)\s+(?:[-–—•]\s*)?(?=[A-ZÅÄÖ])")


def _unglued(lines: list[Quote]) -> list[Quote]:
    """Questions that a layout has run together in one line, each by itself."""
    apart: list[Quote] = []
    for line in lines:
        at = 0
        for cut in [*_GLUED.finditer(line.text), None]:
            end = cut.start() if cut else len(line.text)
            apart.append(Quote(text=line.text[at:end], start=line.start + at, end=line.start + end))
            at = cut.end() if cut else end
    return apart


def _row(row: tuple[Cell, ...], header: tuple[Cell, ...], columns: _Columns) -> AnswerRow:
    lines = cell_lines(row[columns.question])
    raw_lines = [line for line in row[columns.question].text.split("\n") if line.strip()]
    bulleted = [bool(_BULLET.match(raw)) for raw in raw_lines]
    main = [line for line, is_sub in zip(lines, bulleted, strict=True) if not is_sub]
    subs = [line for line, is_sub in zip(lines, bulleted, strict=True) if is_sub]
    if not main and subs:
        main, subs = subs[:1], subs[1:]
    joined = _joined(main)
    if joined:
        first, *rest = _unglued([joined])
        main, subs = [first], [*rest, *subs]
    number = _NUMBER.match(row[columns.question].text)
    return AnswerRow(
        question=_joined(main),
        sub_questions=tuple(subs),
        verdict=_verdict(row, header, columns),
        recommendations=tuple(cell_lines(row[columns.recommendation])) if columns.recommendation is not None else (),
        number=number.group(1) if number else None,
    )


def _verdict(row: tuple[Cell, ...], header: tuple[Cell, ...], columns: _Columns) -> Quote | None:
    if columns.verdict is None:
        return None
    head = header[columns.verdict]
    label = re.match(r"[^:]*:\s*(?=\S)", head.text)
    if label:
        return Quote(text=head.text[label.end() :].strip(), start=head.start, end=head.end)
    cell = row[columns.verdict]
    return Quote(text=cell.text.strip(), start=cell.start, end=cell.end) if cell.text.strip() else None


def _joined(quotes: list[Quote]) -> Quote | None:
    if not quotes:
        return None
    text = " ".join(quote.text for quote in quotes)
    number = _NUMBER.match(text)
    return Quote(text=text[number.end() :] if number else text, start=quotes[0].start, end=quotes[-1].end)


def _flat_rows(placed: list[Placed]) -> Iterator[AnswerRow]:
    """Rows of tables that a text dump has flattened: a header line, then the cells one after the other.

    Question and sub-questions end in a question mark; what follows in prose are the grounds; list items after
    that are recommendations where the header names such a column.
    """
    index = 0
    while index < len(placed):
        block = placed[index].block
        header = phrase("flat_answer_header").match(block.text) if block.kind in _TEXT else None
        index += 1
        if header is None:
            continue
        if not header["recommendation"] and index < len(placed):
            # A long header may have been cut in two: its last column stands on a line of its own.
            longer = phrase("flat_answer_header").match(f"{block.text} {placed[index].block.text}")
            if longer and phrase("column_recommendation").match(placed[index].block.text):
                header, index = longer, index + 1
        start = index
        while index < len(placed) and (_belongs(placed[index].block) or _inline_row(placed[index].block)):
            index += 1
        cells = [item.block for item in placed[start:index]]
        inline = [row for cell in cells if (row := _inline_row(cell))]
        if len(inline) >= 2:
            yield from inline
            continue
        row = _flat_row(block, header, cells)
        if row:
            yield row


_INLINE = re.compile(r"^(?:(?P<number>\d+)[.)]\s+)?(?P<question>[^?]{10,300}\?)\s+(?P<answer>\S.{1,300})$", re.DOTALL)


def _inline_row(cell: Block) -> AnswerRow | None:
    """'2. Har köket rätt kompetens? Delvis. …': a row whose cells stand one after the other in a line."""
    match = _INLINE.match(cell.text)
    if match is None or read_answer(match["answer"]) is None:
        return None
    start = cell.start
    question = Quote(text=match["question"], start=start + match.start("question"), end=start + match.end("question"))
    answer = Quote(text=match["answer"].split("\n")[0], start=start + match.start("answer"), end=cell.end)
    number = match["number"] or (cell.marker or "").strip(".)") or None
    return AnswerRow(question=question, sub_questions=(), verdict=answer, recommendations=(), number=number)


def _column_rows(placed: list[Placed]) -> Iterator[AnswerRow]:
    """Rows of a table whose text layer gives all questions first and all verdicts after, as many of each."""
    blocks = [item.block for item in placed]
    for index, block in enumerate(blocks):
        if not _is_column_head(block, "column_question"):
            continue
        at = index + 1
        while at < len(blocks) and blocks[at].text.rstrip().endswith("?"):
            at += 1
        questions = blocks[index + 1 : at]
        if len(questions) < 2 or at >= len(blocks) or not _is_column_head(blocks[at], "column_verdict"):
            continue
        verdicts = blocks[at + 1 : at + 1 + len(questions)]
        if len(verdicts) == len(questions) and all(len(v.text) < 80 and read_answer(v.text) for v in verdicts):
            for question, verdict in zip(questions, verdicts, strict=True):
                yield AnswerRow(
                    question=_quote(question), sub_questions=(), verdict=_quote(verdict), recommendations=()
                )


def _is_column_head(block: Block, name: str) -> bool:
    return len(block.text.split()) <= 3 and phrase(name).search(block.text.strip()) is not None


_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM})


def _belongs(block: Block) -> bool:
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and not phrase("flat_answer_header").match(
        block.text
    )


def _flat_row(header_block: Block, header: re.Match[str], cells: list[Block]) -> AnswerRow | None:
    questions: list[Block] = []
    while cells and (cells[0].text.rstrip().endswith("?") or not questions):
        questions.append(cells.pop(0))
        if len(questions) == 1 and not questions[0].text.rstrip().endswith("?"):
            break
    if not questions:
        return None
    advice = [c for c in cells if c.kind is BlockKind.LIST_ITEM and header["recommendation"]]
    words = (header["words"] or "").strip()
    verdict = None
    if words:
        verdict = Quote(text=words, start=header_block.start, end=header_block.end)
    return AnswerRow(
        question=_quote(questions[0]),
        sub_questions=tuple(_quote(block) for block in questions[1:]),
        verdict=verdict,
        recommendations=tuple(_quote(block) for block in advice),
    )


def _quote(block: Block) -> Quote:
    return Quote(text=block.text, start=block.start, end=block.end)
