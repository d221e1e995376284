"""What every registered parser must do, built-in or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from granskning_ai import registry
from granskning_ai.errors import ParsingError
from granskning_ai.model import BlockKind, SourceFile
from granskning_ai.ports import Parser

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "exempel"
SUFFIXES = {"text": "txt"}


def samples(name: str) -> list[Path]:
    return sorted(CORPUS.glob(f"*.{SUFFIXES.get(name, name)}"))[:2]


@pytest.mark.parametrize("name", registry.names("parsers"))
def test_a_document_is_covered_by_its_blocks(name: str) -> None:
    files = samples(name)
    if not files:
        pytest.skip(f"no sample of {name} in the example corpus")
    parser: Parser = registry.load("parsers", name)
    assert name in parser.formats
    for path in files:
        data = path.read_bytes()
        source = SourceFile.of(path.name, data, name)
        document = parser.parse(source, data)
        assert document.source == source
        assert document.blocks
        assert {block.kind for block in document.blocks} >= {BlockKind.HEADING, BlockKind.PARAGRAPH}
        end = 0
        for block in document.blocks:
            assert document.text[block.start : block.end] == block.text
            assert block.start >= end
            assert 1 <= block.page <= document.page_count
            end = block.end
            for cell in (cell for row in block.cells for cell in row):
                assert document.text[cell.start : cell.end] == cell.text
        assert parser.parse(source, data) == document


@pytest.mark.parametrize("name", registry.names("parsers"))
@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 50, b"%PDF-1.7\nhej", b"PK\x03\x04hej", b"\xff" * 99])
def test_garbage_is_refused_in_swedish_or_read_as_it_is(name: str, data: bytes) -> None:
    parser: Parser = registry.load("parsers", name)
    refused: ParsingError | None = None
    try:
        document = parser.parse(SourceFile.of("skräp", data, name), data)
    except ParsingError as error:
        refused = error
    else:
        assert all(document.text[block.start : block.end] == block.text for block in document.blocks)
    assert refused is None or (refused.message and refused.hint)
