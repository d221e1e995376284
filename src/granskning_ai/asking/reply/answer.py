"""An answer, its numbered sources, and the notes from which it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from granskning_ai.asking.question.understanding import Kind
from granskning_ai.model import Evidence
from granskning_ai.swedish.wording import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A numbered quote that an answer rests on; `start` and `end` are its place in the document's text."""

    number: int
    document_id: str
    file_name: str
    page: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered. `refused` where the material has no answer, or where the question is none to the material."""

    text: str
    kind: Kind
    refused: bool = False
    municipality_codes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(slots=True, kw_only=True)
class Draft:
    """An answer being written: paragraphs, the municipalities that are the answer, and the quotes cited so far."""

    kind: Kind
    file_names: dict[str, str]
    """The documents' file names by id."""
    paragraphs: list[str] = field(default_factory=list)
    codes: dict[str, None] = field(default_factory=dict)
    sources: dict[tuple[str, int, int], Source] = field(default_factory=dict)
    refused: bool = False

    def cite(self, *evidence: Evidence) -> str:
        """Numbers the quotes as sources and returns the marks, '[1][2]'; a quote keeps its first number."""
        marks: list[str] = []
        for quote in evidence:
            key = (quote.document_id, quote.start, quote.end)
            if key not in self.sources:
                self.sources[key] = Source(
                    number=len(self.sources) + 1,
                    document_id=quote.document_id,
                    file_name=self.file_names.get(quote.document_id, quote.document_id),
                    page=quote.page,
                    start=quote.start,
                    end=quote.end,
                    quote=quote.quote,
                )
            mark = f"[{self.sources[key].number}]"
            if mark not in marks:
                marks.append(mark)
        return "".join(marks)

    def say(self, text: str) -> None:
        """Adds a sentence to the last paragraph, or begins the first."""
        text = sentence(text)
        if self.paragraphs and "\n" not in self.paragraphs[-1]:
            self.paragraphs[-1] += f" {text}"
        else:
            self.paragraphs.append(text)

    def paragraph(self, text: str) -> None:
        """Adds a paragraph as it stands."""
        self.paragraphs.append(text)

    def bullets(self, lead: str, items: Iterable[str]) -> None:
        """Adds a list under its lead-in."""
        self.paragraphs.append("\n".join([lead, *(f"– {item}" for item in items)]))

    def about(self, *codes: str) -> None:
        """Notes municipalities as part of the answer."""
        self.codes.update(dict.fromkeys(codes))

    def finish(self) -> Answer:
        """The answer as it is now."""
        return Answer(
            text="\n\n".join(self.paragraphs),
            kind=self.kind,
            refused=self.refused,
            municipality_codes=tuple(sorted(self.codes)),
            sources=tuple(self.sources.values()),
        )
