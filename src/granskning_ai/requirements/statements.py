"""A sentence of a document with its place, whose word it is, and why it may be no evidence at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from granskning_ai.model import AUDITORS_WORD, BlockKind, DocType
from granskning_ai.requirements.cues import shows


class Skip(StrEnum):
    """Why a sentence says nothing of how things are in the municipality; the value is Swedish, for notes."""

    NO = ""
    FRAME = "avsnitt om uppdraget"
    MACHINE = "text som riktar sig till en maskin"
    QUESTION = "fråga"
    RECOMMENDATION = "rekommendation"
    NORM = "vad lagen säger"
    ELSEWHERE = "annan kommun"
    WISH = "önskemål"
    EARLIER = "tidigare granskning"
    QUOTED = "återgivna ord av revisorn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence. `plain` is how it is matched; `before` the list's lead; `codes` the municipalities it speaks of."""

    index: int
    text: str
    plain: str
    start: int
    end: int
    block: int
    kind: BlockKind
    headings: tuple[str, ...]
    before: str
    doc_type: DocType
    codes: tuple[str, ...]
    skip: Skip = Skip.NO
    assessing: bool = False
    """The writer assesses in this very sentence."""
    in_assessment: bool = False
    """It stands under an assessing heading, or follows an assessing sentence in its paragraph."""
    in_compliance: bool = False
    """It stands where the document tests against the law."""
    attributed: bool = False
    """Somebody else's word: an interviewed person's, the municipality's."""

    @property
    def auditor(self) -> bool:
        """Whether an auditor writes."""
        return self.doc_type in AUDITORS_WORD

    @property
    def in_background(self) -> bool:
        """Whether it stands in a section that tells of the matter at large."""
        return any(shows("heading_background", heading) for heading in self.headings)

    @property
    def heading(self) -> str:
        """The heading directly over the sentence, as it is matched."""
        return self.headings[-1] if self.headings else ""


def speaks_of(statement: Statement, code: str, codes: Sequence[str]) -> bool:
    """Whether the sentence is about the given municipality, where the document is about several."""
    if len(codes) < 2 or code in statement.codes or "båda kommunerna" in statement.plain:
        return True
    collective = re.search(r"\b(?:båda|samtliga|alla|parterna|gemensam\w*|kommunerna)\b", statement.plain)
    return not statement.codes and (statement.doc_type is DocType.AGREEMENT or collective is not None)
