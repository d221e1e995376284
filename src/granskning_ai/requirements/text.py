"""A document's statements with the things that they name or refer back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from granskning_ai.model import Requirement
from granskning_ai.requirements.clauses import is_governed, mark, strip_asides
from granskning_ai.requirements.cues import cue
from granskning_ai.requirements.statements import Statement
from granskning_ai.requirements.wildcards import Mention, find


@dataclass(slots=True)
class Text:
    """The statements of a document, read for one catalogue. `subject` holds the words of the act's field."""

    statements: tuple[Statement, ...]
    subject: tuple[str, ...] = ()
    _mentions: dict[tuple[tuple[str, ...], int], tuple[Mention, ...]] = field(default_factory=dict)

    def bare(self, statement: Statement) -> str:
        """The sentence without its adverbials."""
        return strip_asides(statement.plain)

    def mentions(self, requirement: Requirement, statement: Statement) -> tuple[Mention, ...]:
        """Where the sentence names the requirement's thing by one of its own names."""
        at = (requirement.terms, statement.index)
        if at not in self._mentions:
            found = find(requirement.terms, self.bare(statement), unlike=requirement.unlike)
            self._mentions[at] = tuple(found)
        return self._mentions[at]

    def referred(self, requirement: Requirement, statement: Statement) -> tuple[Mention, ...]:
        """Where the sentence refers back to the thing: 'Rådet …', 'Den …', 'någon sådan'."""
        bare = self.bare(statement)
        short = find(requirement.short, bare, unlike=requirement.unlike)
        if short and self._is_introduced(requirement, statement):
            return tuple(short)
        before = self.previous(statement)
        if before is None or not self.mentions(requirement, before):
            return ()
        such = cue("such").search(bare)
        if such:
            return (Mention(such.start(), such.end(), such.group()),)
        pronoun = cue("pronoun").search(bare)
        if pronoun and ("båda" in pronoun.group() or self.is_about(requirement, before)):
            return (Mention(pronoun.start(), pronoun.end(), pronoun.group()),)
        return ()

    def spoken_of(self, requirement: Requirement, statement: Statement) -> tuple[Mention, ...]:
        """Where the sentence names the thing or, failing that, refers back to it."""
        return self.mentions(requirement, statement) or self.referred(requirement, statement)

    def is_about(self, requirement: Requirement, statement: Statement, end: int | None = None) -> bool:
        """Whether the sentence is about the thing up to `end`, not only names it ('analysen i lägesbilden')."""
        bare = self.bare(statement)
        return any(
            not is_governed(mark(bare, mention.start, mention.end).clause)
            for mention in self.spoken_of(requirement, statement)
            if end is None or mention.start < end
        )

    def previous(self, statement: Statement) -> Statement | None:
        """The sentence before, in the same paragraph."""
        before = self.statements[statement.index - 1] if statement.index else None
        return before if before is not None and before.block == statement.block else None

    def at(self, offset: int) -> Statement | None:
        """The sentence at an offset into the document's text."""
        return next((s for s in self.statements if s.start <= offset < s.end), None)

    def _is_introduced(self, requirement: Requirement, statement: Statement) -> bool:
        """Whether the document itself, the heading or a sentence in this block or the one before names the thing."""
        if statement.doc_type in requirement.shown_by:
            return True
        names = (*requirement.terms, *requirement.present)
        nearby = (self.bare(before) for before in self._before(statement))
        return any(find(names, place, unlike=requirement.unlike) for place in (*statement.headings[-1:], *nearby))

    def _before(self, statement: Statement) -> Iterator[Statement]:
        for before in reversed(self.statements[: statement.index]):
            if before.block < statement.block - 1:
                return
            yield before


def topics(text: Text, requirements: Sequence[Requirement], statement: Statement, end: int) -> set[str]:
    """The keys of the things that the sentence is about up to `end`."""
    return {r.key for r in requirements if r.kind == "thing" and text.is_about(r, statement, end)}
