"""What holds of every document, whatever a parser hands over: offsets, pages, sections and quotes fit the text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from granskning_ai.errors import SpanError
from granskning_ai.model import BlockKind, Box, Cell, Document, Draft, SourceFile, assemble

SOURCE = SourceFile.of("björkdala.pdf", b"rapport", "pdf")
DECOMPOSED = "A\u030a"
"""'Å' as two characters, which NFC makes one."""

PROSE_KINDS = sorted(set(BlockKind) - {BlockKind.TABLE, BlockKind.HEADING})
texts = st.text(alphabet=f"ab Åö{DECOMPOSED}\u00a0\n\t\x00\ud800.", max_size=12)
pages = st.integers(1, 4)


@st.composite
def paragraphs(draw: st.DrawFn) -> Draft:
    return Draft(kind=draw(st.sampled_from(PROSE_KINDS)), text=draw(texts), page=draw(pages), boxes=draw(boxes()))


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Box, ...]:
    return tuple(Box(page=page, x0=0, y0=0, x1=9, y1=9) for page in draw(st.lists(pages, max_size=2)))


@st.composite
def headings(draw: st.DrawFn) -> Draft:
    level = draw(st.none() | st.integers(1, 4))
    return Draft(kind=BlockKind.HEADING, text=draw(texts), page=draw(pages), level=level)


@st.composite
def tables(draw: st.DrawFn, *, over_pages: bool | None = None) -> Draft:
    """A table with merged cells (each covered cell names the first of its rectangle), which may go on over a page."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    rows = tuple(tuple(draw(texts) for _ in range(width)) for _ in range(height))
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for _ in range(draw(st.integers(0, 3))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        bottom, right = draw(st.integers(top, height - 1)), draw(st.integers(left, width - 1))
        places = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        if not any(place in spans for place in places):
            spans.update(dict.fromkeys(places, (top, left)))
    first = draw(pages)
    turn = draw(st.integers(1, 4)) if over_pages or (over_pages is None and not spans and draw(st.booleans())) else None
    row_pages = tuple(first + (index >= turn) for index in range(height)) if turn else ()
    return Draft(kind=BlockKind.TABLE, rows=rows, spans=spans, page=first, row_pages=row_pages)


drafts = st.lists(paragraphs() | headings() | tables(), max_size=8)


def made(given_drafts: list[Draft]) -> Document:
    return assemble(SOURCE, given_drafts, page_count=9, title="Granskning")


@given(drafts)
@settings(deadline=None)
def test_blocks_are_slices_of_the_text_in_order_with_an_empty_line_between(given_drafts: list[Draft]) -> None:
    document = made(given_drafts)
    assert document.text == "\n\n".join(block.text for block in document.blocks)
    assert all(document.text[block.start : block.end] == block.text for block in document.blocks)
    assert all(before.end + 2 == after.start for before, after in pairwise(document.blocks))
    assert all(block.text.strip() for block in document.blocks)


@given(drafts)
@settings(deadline=None)
def test_nothing_that_is_printed_is_lost_or_said_twice(given_drafts: list[Draft]) -> None:
    printed = [
        raw
        for draft in given_drafts
        for raw in (
            [draft.text]
            if draft.kind is not BlockKind.TABLE
            else [
                cell
                for r, row in enumerate(draft.rows)
                for c, cell in enumerate(row)
                if draft.spans.get((r, c), (r, c)) == (r, c)
            ]
        )
    ]
    cleaned = (
        unicodedata.normalize("NFC", raw.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")) for raw in printed
    )
    expected = "".join("".join(text.split()) for text in cleaned)
    assert "".join(made(given_drafts).text.split()) == expected


@given(drafts)
@settings(deadline=None)
def test_the_text_is_nfc_and_can_be_stored(given_drafts: list[Draft]) -> None:
    text = made(given_drafts).text
    assert unicodedata.is_normalized("NFC", text)
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text


@given(drafts)
@settings(deadline=None)
def test_cells_are_slices_and_a_merged_cell_is_the_same_in_every_place(given_drafts: list[Draft]) -> None:
    document = made(given_drafts)
    placed = [draft for draft in given_drafts if draft.kind is BlockKind.TABLE]
    placed = [draft for draft in placed if made([draft]).blocks]
    for block, draft in zip((b for b in document.blocks if b.kind is BlockKind.TABLE), placed, strict=True):
        assert [len(row) for row in block.cells] == [len(row) for row in draft.rows]
        for r, row in enumerate(block.cells):
            for c, cell in enumerate(row):
                top, left = draft.spans.get((r, c), (r, c))
                assert cell is block.cells[top][left]
                assert document.text[cell.start : cell.end] == cell.text
                assert block.start <= cell.start <= cell.end <= block.end
        own: list[Cell] = list({id(cell): cell for row in block.cells for cell in row}.values())
        assert all(before.end < after.start for before, after in pairwise(sorted(own, key=lambda cell: cell.start)))
        assert block.header == tuple(cell.text for cell in block.cells[0])


@given(drafts)
@settings(deadline=None)
def test_page_runs_cover_the_text_without_gap_and_name_each_block_its_page(given_drafts: list[Draft]) -> None:
    document = made(given_drafts)
    if not document.blocks:
        assert document.pages == ()
        assert document.page_at(0) == 1
        return
    assert (document.pages[0].start, document.pages[-1].end) == (0, len(document.text))
    for before, after in pairwise(document.pages):
        assert before.end == after.start
        assert before.number != after.number
    assert all(document.page_at(block.start) == block.page for block in document.blocks)


@given(tables(over_pages=True))
@settings(deadline=None)
def test_each_row_of_a_table_stands_on_its_page(draft: Draft) -> None:
    assume(made([draft]).blocks)
    document = made([draft])
    (block,) = document.blocks
    for index, number in enumerate(draft.row_pages):
        begun = [c for c in range(len(draft.rows[index])) if draft.spans.get((index, c), (index, c)) == (index, c)]
        own = [block.cells[index][c] for c in begun]
        assert all(document.page_at(cell.start) == number for cell in own if cell.text)


@given(st.text(alphabet="abå ", min_size=4, max_size=20).filter(lambda text: text == text.strip()), st.data())
@settings(deadline=None)
def test_a_paragraph_that_goes_on_overleaf_has_both_pages(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(text) - 1))
    broken = Draft(kind=BlockKind.PARAGRAPH, text=text, page=2, page_breaks=((at, 3),))
    document = made([Draft(kind=BlockKind.PARAGRAPH, text="före", page=1), broken])
    start = document.blocks[-1].start
    assert [document.page_at(start + offset) for offset in range(len(text))] == [2] * at + [3] * (len(text) - at)


@pytest.mark.parametrize("first", ["ett ", f"{DECOMPOSED}r ", "  ett "])
def test_cleaning_a_text_keeps_its_page_break_where_it_was(first: str) -> None:
    document = made([Draft(kind=BlockKind.PARAGRAPH, text=f"{first}två", page=1, page_breaks=((len(first), 2),))])
    assert [document.page_at(document.text.index(word)) for word in document.text.split()] == [1, 2]


@given(drafts, st.data())
@settings(max_examples=200, deadline=None)
def test_a_quote_is_what_stands_in_the_text(given_drafts: list[Draft], data: st.DataObject) -> None:
    document = made(given_drafts)
    start = data.draw(st.integers(-1, len(document.text) + 1))
    end = data.draw(st.integers(-1, len(document.text) + 2))
    outside = not 0 <= start < end <= len(document.text)
    if outside or not document.text[start:end].strip():
        with pytest.raises(SpanError):
            document.cite(start, end)
        return
    evidence = document.cite(start, end)
    assert document.text[evidence.start : evidence.end] == evidence.quote == document.text[start:end].strip()
    assert start <= evidence.start < evidence.end <= end
    assert evidence.document_id == document.id
    assert evidence.page == document.page_at(evidence.start)
    assert evidence.section == " › ".join(document.section_path(evidence.start))
    touched = [b for b in document.blocks if b.start < evidence.end and evidence.start < b.end]
    assert list(document.blocks_between(evidence.start, evidence.end)) == touched
    assert evidence.boxes == tuple(box for block in touched for box in block.boxes)
    assert document.block_at(evidence.start) == touched[0]


@given(drafts, st.data())
@settings(max_examples=200, deadline=None)
def test_the_section_path_holds_the_headings_still_open(given_drafts: list[Draft], data: st.DataObject) -> None:
    document = made(given_drafts)
    offset = data.draw(st.integers(0, len(document.text)))
    above = [b for b in document.blocks if b.kind is BlockKind.HEADING and b.start <= offset]
    still_open = [
        heading
        for index, heading in enumerate(above)
        if all((later.level or 1) > (heading.level or 1) for later in above[index + 1 :])
    ]
    assert document.section_path(offset) == tuple(heading.text for heading in still_open)
    levels = [heading.level or 1 for heading in still_open]
    assert levels == sorted(set(levels))


@given(drafts)
@settings(deadline=None)
def test_the_same_drafts_make_the_same_document(given_drafts: list[Draft]) -> None:
    assert made(given_drafts) == made(given_drafts)


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_document_is_known_by_its_content_and_by_nothing_else(first: bytes, second: bytes) -> None:
    same = SourceFile.of("a.pdf", first, "pdf").document_id == SourceFile.of("b.txt", second, "text").document_id
    assert same == (first == second)
