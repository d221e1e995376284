"""Whole scanned documents: their words are read, and what stands in them is found as from the text."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from granskning_ai.evaluation.run import TOLERANCE, read_baseline
from granskning_ai.evaluation.score import load_gold, score
from granskning_ai.model import Document, DocumentRecord, Doubt, Grade, SourceFile
from granskning_ai.parsing.means import Means
from granskning_ai.parsing.ocr import why_not
from granskning_ai.parsing.pdf import PdfParser
from granskning_ai.requirements.catalogues import load_catalogues
from granskning_ai.swedish.hyphenation import join_lines
from granskning_ai.swedish.municipalities import extend_register
from granskning_ai.understanding import understand

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "corpora" / "skannade" / "hagsele-2023-granskning.pdf"
GOLD = ROOT / "evals" / "skannade"
SOURCE = ROOT / "corpora" / "bygg" / "kallor" / "hagsele-2023-granskning.md"
TYPESET = (ROOT / ".." / "shared" / "corpora" / "typeset").resolve()

pytestmark = pytest.mark.skipif(
    bool(why_not()), reason="Tesseract with Swedish is not installed (tesseract-ocr, tesseract-ocr-swe)"
)


def parsed(path: Path, data: bytes | None = None) -> Document:
    data = data or path.read_bytes()
    return PdfParser(Means(processes=2)).parse(SourceFile.of(path.name, data, "pdf"), data)


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())


def word_error_rate(right: Sequence[str], read: Sequence[str]) -> float:
    """Words put in, left out or taken for others, for each word that should have been read."""
    row = list(range(len(read) + 1))
    for index, word in enumerate(right, start=1):
        before, row[0] = row[0], index
        for place, other in enumerate(read, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1] / len(right)


@pytest.fixture(scope="module")
def example() -> DocumentRecord:
    extend_register(ROOT / "corpora" / "exempel" / "kommuner.csv")
    return understand(parsed(EXAMPLE), load_catalogues())


def test_the_scanned_example_is_read_word_for_word(example: DocumentRecord) -> None:
    _, _, body = SOURCE.read_text(encoding="utf-8").split("---\n", 2)
    printed = re.sub(r"<!--.*?-->|^\|[-|]+\|$", "", body, flags=re.MULTILINE)
    assert word_error_rate(words_of(printed), words_of(example.document.text)) < 0.01
    quality = example.document.quality
    assert quality is not None
    assert quality.grade is Grade.FAIR
    assert [(reason.kind, reason.share) for reason in quality.reasons] == [(Doubt.OCR, 1.0)]


def test_no_figure_of_the_scanned_example_falls(example: DocumentRecord) -> None:
    figures = {figure.name: figure for figure in score([example], load_gold(GOLD))}
    before = read_baseline(GOLD / "baseline.json")
    assert {name: figures[name].notes for name in before if figures[name].f1 < before[name] - TOLERANCE} == {}
    assert {before[name] for name in ("bedömningar", "rekommendationer", "samlade bedömningar", "belägg")} == {1.0}


# The real scan


def body_of(text: str) -> list[str]:
    """The words of a text whose pages end with form feeds, without the lines that stand on most of its pages."""
    pages = [page.splitlines() for page in text.split("\f")]

    def bare(line: str) -> str:
        return re.sub(r"\d+", "#", line.strip())

    seen = Counter(line for page in pages for line in {bare(line) for line in page})
    lines = [line for page in pages for line in page if seen[bare(line)] <= len(pages) / 2]
    return words_of(join_lines(lines))


def first_pages(path: Path, count: int) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for page in PdfReader(path).pages[:count]:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def said(record: DocumentRecord) -> list[tuple[object, ...]]:
    """What was found, apart from ids and places in the text; a dash reads as a hyphen in a picture."""
    found: list[tuple[object, ...]] = []
    for finding in record.findings:
        fields = set(finding.__dataclass_fields__) - {"id", "evidence", "audit_question_ids", "parent_id", "confidence"}
        found.append(
            (finding.kind, *((name, str(getattr(finding, name))) for name in sorted(fields)), *quotes(finding))
        )
    found += [(s.requirement, s.status, s.basis, *quotes(s)) for s in record.statuses]
    return found


def quotes(found: object) -> Iterable[tuple[int, str]]:
    for evidence in found.evidence:  # type: ignore[attr-defined]
        yield evidence.page, evidence.quote.replace("–", "-")


@pytest.mark.real
def test_the_real_scan_is_read_and_understood_as_the_text_of_the_same_pages() -> None:
    scan = parsed(TYPESET / "salem-2022-granskning-skannad.pdf")
    facit = (TYPESET / "facit" / "salem-2022-granskning-skannad.txt").read_text(encoding="utf-8")
    assert word_error_rate(body_of(facit), words_of(scan.text)) < 0.01
    path = TYPESET / "salem-2022-granskning.pdf"
    printed = parsed(path, first_pages(path, scan.page_count))
    catalogues = load_catalogues()
    right, read = said(understand(printed, catalogues)), said(understand(scan, catalogues))
    assert len(right) > 20
    assert [entry for entry in right if entry not in read] == []
    assert [entry for entry in read if entry not in right] == []
