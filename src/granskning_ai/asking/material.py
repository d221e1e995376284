"""What questions are answered from: the store's documents and findings, the matrix, and search. All by Protocol."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from granskning_ai.model import (
    Catalogue,
    Document,
    DocumentRecord,
    FileFailure,
    Finding,
    Matrix,
    Metadata,
    Page,
    RequirementStatus,
    SourceFile,
)
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.municipalities import municipality


class Summary(Protocol):
    """A stored document without its text."""

    @property
    def id(self) -> str:
        """The document's id."""
        ...

    @property
    def source(self) -> SourceFile:
        """The file that it was read from."""
        ...

    @property
    def metadata(self) -> Metadata:
        """What is known of it as a whole."""
        ...

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        ...


class StatusHead(Protocol):
    """What a requirement status says, without its proof. Its fields are strings as stored."""

    @property
    def document_id(self) -> str:
        """The document that it stands in."""
        ...

    @property
    def municipality_code(self) -> str:
        """The municipality that it is about."""
        ...

    @property
    def requirement(self) -> str:
        """The requirement's key."""
        ...

    @property
    def status(self) -> str:
        """The status' code."""
        ...

    @property
    def basis(self) -> str:
        """The code of its ground."""
        ...


class Shelf(Protocol):
    """What is read of the store. `documents` narrows to the given ids; None means every document."""

    def cards(self) -> Sequence[Summary]:
        """Every document without its text."""
        ...

    def findings_of(self, kinds: Collection[str], documents: Collection[str] | None = None) -> Iterator[Finding]:
        """The findings of the given kinds, by document and place."""
        ...

    def status_heads(self, requirements: Collection[str]) -> Sequence[StatusHead]:
        """What every status of the given requirements says, without its proof."""
        ...

    def statuses_of(
        self, requirements: Collection[str] | None = None, documents: Collection[str] | None = None
    ) -> Iterator[RequirementStatus]:
        """The requirement statuses, of the given requirement keys or of all."""
        ...

    def text_of(self, document_id: str) -> tuple[str, tuple[Page, ...]]:
        """A document's text and pages."""
        ...

    def failures(self) -> Sequence[FileFailure]:
        """The files that could not be read."""
        ...


class Hit(Protocol):
    """A passage that search found: `text` stands in the document from `start` to `end`."""

    @property
    def document_id(self) -> str:
        """The document that it stands in."""
        ...

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def title(self) -> str:
        """The document's title."""
        ...

    @property
    def section(self) -> str:
        """The headings over it."""
        ...


class Search(Protocol):
    """Finds the passages that fit a question, best first; `documents` narrows to the given ids."""

    def __call__(self, query: str, *, documents: Collection[str] | None, count: int) -> Sequence[Hit]:
        """At most `count` passages."""
        ...


Build = Callable[..., Matrix]
"""`granskning_ai.matrix.build`: stages do not import each other, so the pipeline hands over what is theirs."""


_MOST_OPENED = 60
"""Documents whose text is read for one question; of more of them the title must do."""

_OPENING = 1500
_TASK = re.compile(r"\b(?:granska\w*|granskning(?:en)? (?:av|om|gäller|avser)|förstudie (?:av|om))\b", re.IGNORECASE)

_FEW = 400
"""Documents. With more of them, only those are read that can make a difference."""


class Material:
    """The workspace as questions see it; each thing is read when it is first asked for."""

    def __init__(self, shelf: Shelf, search: Search, build: Build, catalogues: Sequence[Catalogue]) -> None:
        self._shelf = shelf
        self._build = build
        self._texts: dict[str, Document] = {}
        self.search = search
        self.catalogues = tuple(catalogues)

    @cached_property
    def summaries(self) -> dict[str, Summary]:
        """Every document by its id, in the store's order."""
        return {summary.id: summary for summary in self._shelf.cards()}

    @cached_property
    def file_names(self) -> dict[str, str]:
        """The documents' file names by id."""
        return {key: summary.source.name for key, summary in self.summaries.items()}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The municipalities that there are documents about."""
        found = {code for summary in self.summaries.values() for code in summary.metadata.municipality_codes}
        return tuple(sorted(found))

    def findings(self, *kinds: type[Finding], documents: Collection[str] | None = None) -> list[Finding]:
        """Findings of the given kinds in the given documents, or in all; in the store's order."""
        if documents is not None and not documents:
            return []
        order = {key: at for at, key in enumerate(self.summaries)}
        found = self._shelf.findings_of([kind.kind for kind in kinds], documents)
        return sorted((one for one in found if one.document_id in order), key=lambda one: order[one.document_id])

    @property
    def failures(self) -> Sequence[FileFailure]:
        """The files that could not be read."""
        return self._shelf.failures()

    def document(self, document_id: str) -> Document:
        """A document with its text and pages but without blocks: what citing takes."""
        if document_id not in self._texts:
            text, pages = self._shelf.text_of(document_id)
            self._texts[document_id] = _document(self.summaries[document_id], text, pages)
        return self._texts[document_id]

    def subject_of(self, document_id: str) -> str:
        """What a document is about: its title, and where its text says what was examined."""
        title = self.summaries[document_id].metadata.title
        if document_id not in self._texts and len(self._texts) >= _MOST_OPENED:
            return title
        opening = self.document(document_id).text[:_OPENING]
        task = next((opening[start:end] for start, end in sentences(opening) if _TASK.search(opening[start:end])), "")
        return f"{title} {task}"

    def _that_count(self, keys: Collection[str] | None, chosen: Mapping[str, Summary]) -> Collection[str]:
        """The documents whose statuses can decide a cell or contradict what does.

        Of those that say the same on the same ground of one municipality, only the newest can. In a small workspace
        all of them are read, so that what was read can be told in full.
        """
        if keys is None or len(chosen) <= _FEW:
            return tuple(chosen)
        newest: dict[tuple[str, ...], tuple[str, str]] = {}
        for head in self._shelf.status_heads(keys):
            if head.document_id in chosen:
                metadata = chosen[head.document_id].metadata
                when = (metadata.date or str(metadata.year or ""), head.document_id)
                said = (head.municipality_code, head.requirement, head.status, head.basis)
                newest[said] = max(newest.get(said, when), when)
        return {document for _, document in newest.values()}

    def matrix(
        self,
        catalogue: Catalogue | None,
        keys: Collection[str] | None,
        *,
        documents: Collection[str] | None,
        municipalities: Collection[str] | None = None,
        kinds: Sequence[type[Finding]] = (),
    ) -> Matrix:
        """The matrix of requirements (of `catalogue`) or of verdicts (from findings of `kinds`), over `documents`.

        Only what its columns need is read.
        """
        chosen = self.summaries if documents is None else {key: self.summaries[key] for key in documents}
        narrowed = None if len(chosen) == len(self.summaries) else tuple(chosen)
        statuses: dict[str, list[RequirementStatus]] = {}
        findings: dict[str, list[Finding]] = {}
        if catalogue:
            for status in self._shelf.statuses_of(keys, self._that_count(keys, chosen)):
                statuses.setdefault(status.document_id, []).append(status)
        if kinds:
            for finding in self._shelf.findings_of([kind.kind for kind in kinds], narrowed):
                findings.setdefault(finding.document_id, []).append(finding)
        records = [_outline(summary, findings.get(key, ()), statuses.get(key, ())) for key, summary in chosen.items()]
        return self._build(
            records,
            [catalogue] if catalogue else [],
            # A file that could not be read is of unknown issuer and kind, so only its municipality can narrow it.
            failures=self._shelf.failures() if narrowed is None or municipalities else (),
            topics=bool(kinds),
            municipalities=municipalities or None,
            keys=keys,
        )


def _outline(summary: Summary, findings: Iterable[Finding], statuses: Iterable[RequirementStatus]) -> DocumentRecord:
    return DocumentRecord(
        document=_document(summary, "", ()), path="", findings=tuple(findings), statuses=tuple(statuses)
    )


def _document(summary: Summary, text: str, pages: tuple[Page, ...]) -> Document:
    return Document(
        source=summary.source,
        text=text,
        blocks=(),
        pages=pages,
        page_count=summary.page_count,
        metadata=summary.metadata,
    )


def name_of(code: str) -> str:
    """The municipality's name, or the code where the register does not have it."""
    entry = municipality(code)
    return entry.name if entry else code
