"""Whatever is saved comes back exactly: generated records of every kind of finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granskning_ai.errors import SpanError
from granskning_ai.model import (
    EMPTY_STATUSES,
    FINDING_KINDS,
    Basis,
    Block,
    BlockKind,
    Box,
    Cell,
    DocType,
    Document,
    DocumentRecord,
    Evidence,
    Finding,
    Metadata,
    Page,
    Part,
    Passage,
    Rejected,
    RequirementStatus,
    Searched,
    SourceFile,
    Status,
)
from granskning_ai.store import Store

TEXT = st.text(max_size=12)
NUMBER = st.integers(min_value=0, max_value=2**31 - 1)
REAL = st.floats(allow_nan=False, allow_infinity=False)
CONFIDENCE = st.floats(min_value=0, max_value=1)
BOXES = st.lists(st.builds(Box, page=NUMBER, x0=REAL, y0=REAL, x1=REAL, y1=REAL), max_size=2).map(tuple)
CELLS = st.builds(Cell, text=TEXT, start=NUMBER, end=NUMBER)
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    text=TEXT,
    start=NUMBER,
    end=NUMBER,
    page=NUMBER,
    level=st.none() | NUMBER,
    marker=st.none() | TEXT,
    cells=st.lists(st.lists(CELLS, max_size=3).map(tuple), max_size=2).map(tuple),
    boxes=BOXES,
)
METADATA = st.builds(
    Metadata,
    title=TEXT,
    doc_type=st.sampled_from(DocType),
    issuer=TEXT,
    commissioned_by=TEXT,
    municipality_codes=st.lists(TEXT, max_size=3).map(tuple),
    region=TEXT,
    date=st.none() | TEXT,
    year=st.none() | NUMBER,
)
PARTS = st.builds(
    Part, doc_type=st.sampled_from(DocType), title=TEXT, start=NUMBER, end=NUMBER, issuer=st.none() | TEXT, date=TEXT
)


def few(strategy: st.SearchStrategy[Any], size: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=size).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text(min_size=1, max_size=80).filter(str.strip))
    source = SourceFile.of(draw(TEXT), text.encode() + draw(st.binary(min_size=4, max_size=4)), draw(TEXT))
    return Document(
        source=source,
        text=text,
        blocks=draw(few(BLOCKS)),
        pages=draw(few(st.builds(Page, number=NUMBER, start=NUMBER, end=NUMBER))),
        page_count=draw(NUMBER),
        metadata=draw(METADATA),
        parts=draw(few(PARTS)),
        hidden=draw(few(TEXT)),
    )


@st.composite
def evidence_in(draw: st.DrawFn, document: Document) -> Evidence:
    whole = document.cite(0, len(document.text))
    start = draw(st.integers(whole.start, whole.end - 1).filter(lambda at: not document.text[at].isspace()))
    end = draw(st.integers(start + 1, whole.end))
    return replace(
        document.cite(start, end), page=draw(NUMBER), section=draw(TEXT), match=draw(TEXT), boxes=draw(BOXES)
    )


def proofs_in(document: Document, *, at_least: int) -> st.SearchStrategy[Any]:
    return st.lists(evidence_in(document), min_size=at_least, max_size=2).map(tuple)


def finding_of(kind: type[Finding], document: Document) -> st.SearchStrategy[Finding]:
    hints = get_type_hints(kind)
    # Not a number is not equal to itself.
    numbers: dict[Any, Any] = {float: REAL, float | None: st.none() | REAL}
    own = {field.name: numbers.get(hints[field.name], st.from_type(hints[field.name])) for field in fields(kind)}
    return st.builds(kind, **(own | {"evidence": proofs_in(document, at_least=1), "confidence": CONFIDENCE}))


@st.composite
def statuses_of(draw: st.DrawFn, document: Document) -> RequirementStatus:
    status = draw(st.sampled_from(Status))
    return RequirementStatus(
        id=draw(TEXT),
        document_id=document.id,
        municipality_code=draw(TEXT),
        law=draw(TEXT),
        requirement=draw(TEXT),
        status=status,
        basis=draw(st.sampled_from(Basis)),
        evidence=draw(proofs_in(document, at_least=status not in EMPTY_STATUSES)),
        note=draw(TEXT),
        searched=draw(st.none() | st.builds(Searched, passages=NUMBER, candidates=NUMBER, terms=few(TEXT))),
        found_by=draw(TEXT),
        confidence=draw(CONFIDENCE),
    )


@st.composite
def records(draw: st.DrawFn) -> DocumentRecord:
    document = draw(documents())
    of_document = {"document_id": st.just(document.id)}
    passage = st.builds(Passage, id=TEXT, start=NUMBER, end=NUMBER, page=NUMBER, section=TEXT, text=TEXT, **of_document)
    kinds = st.sampled_from(list(FINDING_KINDS.values()))
    return DocumentRecord(
        document=document,
        path="/" + document.source.sha256 + draw(TEXT),
        passages=draw(few(passage)),
        findings=draw(few(kinds.flatmap(lambda kind: finding_of(kind, document)), 4)),
        statuses=draw(few(statuses_of(document))),
        rejected=draw(few(st.builds(Rejected, kind=TEXT, text=TEXT, reason=TEXT, **of_document))),
        versions=draw(few(st.tuples(TEXT, TEXT))),
    )


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('store')}/g.db") as opened:
        yield opened


def saved_and_loaded(store: Store, record: DocumentRecord) -> DocumentRecord:
    store.save(record)
    try:
        return store.load(record.document.id)
    finally:
        # An example with the same bytes under another name would be loaded by the first name.
        store.remove(record.document.id)


@given(record=records())
@settings(deadline=None, derandomize=True, max_examples=40)
def test_what_is_saved_is_loaded(shared_store: Store, record: DocumentRecord) -> None:
    loaded = saved_and_loaded(shared_store, record)

    assert loaded == record
    assert repr(loaded) == repr(record)  # a code equals its string, but is not the same


@pytest.mark.parametrize("kind", FINDING_KINDS.values(), ids=FINDING_KINDS.keys())
@given(data=st.data())
@settings(deadline=None, derandomize=True, max_examples=5)
def test_every_kind_of_finding_is_loaded(shared_store: Store, kind: type[Finding], data: st.DataObject) -> None:
    document = data.draw(documents())
    finding = data.draw(finding_of(kind, document))
    record = DocumentRecord(document=document, path=document.id, findings=(finding, finding))

    assert repr(saved_and_loaded(shared_store, record)) == repr(record)


def test_quote_that_does_not_stand_in_the_document_is_refused(
    store: Store, make_record: Callable[..., DocumentRecord]
) -> None:
    record = make_record()
    risk = record.findings[1]
    forged = replace(risk, evidence=(replace(risk.evidence[0], quote="Det står inte där."),))

    with pytest.raises(SpanError, match="står inte i dokumentet"):
        store.save(replace(record, findings=(forged,)))

    assert store.document_ids() == ()


def test_record_that_holds_parts_of_another_document_is_refused(
    store: Store, make_record: Callable[..., DocumentRecord]
) -> None:
    other = make_record(content="Ett annat dokument.")

    with pytest.raises(SpanError, match="annat dokument"):
        store.save(replace(make_record(), passages=other.passages))
