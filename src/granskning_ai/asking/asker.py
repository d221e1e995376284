"""Answers questions: understands, chooses who answers, and refuses where nobody can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from granskning_ai.asking.material import Build, Material, Search, Shelf, name_of
from granskning_ai.asking.question.following import follow, recall, remember
from granskning_ai.asking.question.lexicon import Lexicon, lexicon_for
from granskning_ai.asking.question.reading import understand
from granskning_ai.asking.question.understanding import Kind, Refusal, Subject, Understanding
from granskning_ai.asking.reply import (
    documents,
    explaining,
    figures,
    lists,
    quoting,
    refusing,
    standing,
    statuses,
    verdicts,
)
from granskning_ai.asking.reply.answer import Answer, Draft
from granskning_ai.asking.reply.scope import Scope, scope_of
from granskning_ai.model import AUDITORS_WORD, Catalogue
from granskning_ai.swedish.wording import listed

_ONLY_FINDINGS = frozenset([Subject.RECOMMENDATION, Subject.AUDIT_QUESTION, Subject.CRITERION, Subject.ANOMALY])
"""What a document either lists or has not: a passage with the same words would be something else."""

_FACTS = frozenset([Subject.ISSUER, Subject.COMMISSIONER, Subject.DATE, Subject.SURVEY_ANSWER])
"""What is known of a document itself, or asked in a survey; of anything more particular the text may tell."""

_VERDICTS = frozenset([Subject.VERDICT, Subject.OVERALL])


class Asker:
    """Answers questions about one workspace. `memory` is the file that keeps the last question."""

    def __init__(
        self,
        shelf: Shelf,
        search: Search,
        build: Build,
        catalogues: Sequence[Catalogue],
        memory: Path | None = None,
    ) -> None:
        self._material = Material(shelf, search, build, catalogues)
        self._memory = memory

    @cached_property
    def _lexicon(self) -> Lexicon:
        return lexicon_for(self._material.catalogues)

    def ask(self, question: str, *, follow_up: bool = False) -> Answer:
        """Answers a question; with `follow_up`, one that leans on the question before."""
        u = self.understand(question)
        if follow_up and self._memory:
            last = recall(self._memory)
            if last and u.refusal in (None, Refusal.CHAT):
                u = follow(u, last, self._lexicon)
        answer = self.answer(u)
        if self._memory and u.refusal is None:
            remember(self._memory, u, answer.municipality_codes)
        return answer

    def understand(self, question: str) -> Understanding:
        """What the question asks for."""
        summaries = self._material.summaries.values()
        issuers = {s.metadata.issuer for s in summaries if s.metadata.issuer}
        return understand(question.strip(), self._lexicon, self._material.codes, issuers)

    def answer(self, u: Understanding) -> Answer:
        """Answers an understood question."""
        material = self._material
        draft = self._draft(u.kind)
        if u.refusal:
            refusing.refuse(u.refusal, material, draft)
            return draft.finish()
        if u.subject is Subject.TERM and explaining.explain(u, material, draft):
            return draft.finish()
        scope = scope_of(u, material)
        if scope.reason:
            refusing.not_found(u, scope, draft)
            return draft.finish()
        if self._structured(u, scope, draft) or (draft.refused and u.subject in _ONLY_FINDINGS):
            return self._finished(draft, scope)
        if u.subject in _VERDICTS:
            # What a municipality says of itself is no verdict of its auditors.
            own = tuple(d for d in scope.documents if d.metadata.doc_type in AUDITORS_WORD)
            names = listed([name_of(code) for code in scope.municipalities])
            reason = (
                "" if own else f"Det finns ingen granskning av {names}." if names else "Det finns ingen granskning."
            )
            scope = replace(scope, documents=own, narrowed=True, reason=reason)
        if scope.reason or (u.subject in _FACTS | _VERDICTS and not (u.words or u.topics or u.requirements)):
            refusing.not_found(u, scope, draft)
            return self._finished(draft, scope)
        return self._from_passages(u, scope, draft)

    def _draft(self, kind: Kind) -> Draft:
        return Draft(kind=kind, file_names=self._material.file_names)

    def _from_passages(self, u: Understanding, scope: Scope, draft: Draft) -> Answer:
        """What the documents say in their own words; failing that, what the findings had to say of the matter."""
        quoted = self._draft(u.kind if u.subject is Subject.TEXT else Kind.PASSAGE)
        if quoting.quote_passages(u, scope, self._material, quoted) or (quoted.refused and not draft.refused):
            return self._finished(quoted, scope)
        if not draft.refused:
            draft = self._draft(u.kind)
            refusing.not_found(u, scope, draft)
        return self._finished(draft, scope)

    def _finished(self, draft: Draft, scope: Scope) -> Answer:
        if scope.missing:
            draft.say(f"Om {listed([name_of(code) for code in scope.missing])} finns inget dokument")
        if draft.refused:
            draft.about(*scope.municipalities)
        return draft.finish()

    def _structured(self, u: Understanding, scope: Scope, draft: Draft) -> bool:
        """Answers from findings and statuses; says false where they have no answer."""
        material, lexicon = self._material, self._lexicon
        over = u.kind is Kind.COMPARE or "municipalities" in u.forms
        match u.subject:
            case Subject.REQUIREMENT:
                self._requirements(u, scope, draft)
                return True
            case Subject.VERDICT | Subject.OVERALL if over:
                return verdicts.over_municipalities(u, scope, material, lexicon, draft)
            case Subject.VERDICT:
                return verdicts.on_question(u, scope, material, lexicon, draft) or self._status_of(u, scope, draft)
            case Subject.OVERALL:
                return verdicts.overall(u, scope, material, lexicon, draft)
            case Subject.DOCUMENT:
                return documents.list_documents(u, scope, material, draft)
            case Subject.MUNICIPALITY:
                return documents.count_municipalities(scope, material, draft)
            case Subject.FAILURE:
                return documents.failures(material, draft)
            case Subject.ISSUER | Subject.COMMISSIONER | Subject.DATE:
                return documents.fact(u, scope, material, draft)
            case Subject.INDICATOR:
                told = figures.indicator(u, scope, material, draft)
                return told or (not u.municipalities and figures.survey(u, scope, material, lexicon, draft))
            case Subject.SURVEY_ANSWER:
                return figures.survey(u, scope, material, lexicon, draft)
            case Subject.AGREEMENT:
                return figures.agreement(u, scope, material, draft)
            case Subject.RESPONSIBLE:
                return figures.responsible(u, scope, material, draft)
            case subject if subject in lists.SORTS:
                return lists.list_findings(u, scope, material, lexicon, draft)
        return False

    def _status_of(self, u: Understanding, scope: Scope, draft: Draft) -> bool:
        """How a requirement stands, where no audit question is about it."""
        audited = any(document.metadata.doc_type in AUDITORS_WORD for document in scope.documents)
        if not (u.requirements and scope.municipalities and audited) or u.words:
            return False
        standing.of_municipalities(u, scope, self._material, draft)
        return True

    def _requirements(self, u: Understanding, scope: Scope, draft: Draft) -> None:
        if "requirements" in u.forms:
            standing.of_law(u, scope, self._material, draft)
        elif scope.municipalities and not u.county and "municipalities" not in u.forms:
            standing.of_municipalities(u, scope, self._material, draft)
        else:
            statuses.over_municipalities(u, scope, self._material, draft)
