"""Verdicts given as answers: in tables, as 'Svar på revisionsfråga: Nej', in questions that the extraction read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from granskning_ai.model import (
    AuditQuestion,
    Block,
    BlockKind,
    Cell,
    Document,
    Finding,
    Requirement,
    Verdict,
)
from granskning_ai.requirements.claims import EXPLICIT, STRONG, Claim, Keyed, Sign, law_test, scale
from granskning_ai.requirements.clauses import is_governed, mark, strip_asides
from granskning_ai.requirements.cues import shows
from granskning_ai.requirements.statements import Skip, Statement
from granskning_ai.requirements.text import Text
from granskning_ai.requirements.wildcards import Mention, find, plain
from granskning_ai.swedish.verdicts import read_answer

SIGNS = {Verdict.YES: Sign.YES, Verdict.LARGELY: Sign.LARGELY, Verdict.PARTLY: Sign.PARTLY, Verdict.NO: Sign.NO}
_EXISTS = re.compile(
    r"^(?:finns|beslutad|beslutat|upprättad|upprättat|antagen|antaget|på plats)\b(?!.*\b(?:inte|ej)\b)"
)
_LACKS = re.compile(r"^(?:saknas|finns (?:inte|ej))$")
_ANSWER = re.compile(
    r"^(?:svar(?:et)?(?: på (?:revisions|kontroll|gransknings|del)?fråg\w*)?(?: \d+)?"
    r"|(?:vår |revisionens |samlad |revisionell )?bedömning(?:en)?(?: (?:av )?(?:kontroll|revisions)\w+ \d+)?"
    r"|slutsats|uppfyllelse|resultat)\s*(?:är)?\s*[:–-]\s*(?P<answer>.+)$"
)
_JA_NEJ = re.compile(r"(?:ja|nej|delvis|till viss del|i huvudsak|i allt väsentligt)\b")
_OBJECTIVE = re.compile(r"(?:kontrollmål|revisionsfråga|delfråga|granskningsmål)\b")
_NUMBERED_OBJECTIVE = re.compile(r"(?:kontrollmål|revisionsfråga|granskningsmål)\s*\d*\s*[:.–]")
_HEAD_END = re.compile(r"[.,;:!–]|\s-\s")
_HEADER = re.compile(r"bedömning|svar|uppfyll|slutsats|status|resultat")
_REACH = 12
_SHORT = 8


def read_sign(cell: str) -> Sign | None:
    """The verdict that an answer cell begins with: 'Uppfyllt', 'Nej. Någon plan finns inte', 'Saknas'."""
    head = _HEAD_END.split(cell.strip(), maxsplit=1)[0].strip().lower()
    if not head or len(head.split()) > 5:
        return None
    if _LACKS.match(head) or _EXISTS.match(head):
        return Sign.NO if _LACKS.match(head) else Sign.YES
    reading = read_answer(head) and read_answer(cell)
    # 'Genomförd' answers what has become of a recommendation, not whether a demand is met.
    if reading is None or re.search(r"genomförd|åtgärdad", head):
        return None
    sign = SIGNS.get(reading.verdict)
    return scale(head) if sign is Sign.YES else sign


def asked_about(
    question: str, requirements: Sequence[Requirement], sign: Sign, *, demands: bool = False
) -> list[Requirement]:
    """The requirements that the answer to a question decides.

    A question about one thing decides that one. A question about several is decided by a yes, which holds for all of
    them; what fails when the answer is no is not known. `demands` is set where the text is a demand's name in a table
    of the law's demands.
    """
    bare = strip_asides(plain(question))
    named = [(requirement, places) for requirement in requirements if (places := _places(requirement, bare, demands))]
    if len(named) > 1:
        named = [(r, places) for r, places in named if any(not _governed(bare, place) for place in places)]
    if len(named) == 1 or (named and sign is Sign.YES):
        return [requirement for requirement, _ in named]
    return []


def _places(requirement: Requirement, bare: str, demands: bool) -> list[Mention]:
    if demands or (requirement.kind == "activity" and len(bare.split()) <= _SHORT and not bare.endswith("?")):
        named = find(requirement.demand, bare)
        if named and (demands or find(requirement.terms, bare)):
            return named
    if requirement.kind == "thing":
        return find(requirement.terms, bare, unlike=requirement.unlike)
    if requirement.kind == "activity":
        objects = find(requirement.terms, bare)
        return find(requirement.actions, bare) if objects else []
    if requirement.kind == "phrases":
        return find(requirement.present, bare)
    return []


def _governed(bare: str, place: Mention) -> bool:
    return is_governed(mark(bare, place.start, place.end).clause)


def _answered_claim(statement: Statement, sign: Sign, spans: Sequence[tuple[int, int]]) -> Claim:
    """A test where an auditor answers, else what the municipality says of itself."""
    rank, rule = (EXPLICIT, "Revisorn svarar på en fråga om kravet") if statement.auditor else (0, "anges i ett svar")
    return replace(law_test(statement, sign, rank, rule), strength=STRONG, spans=tuple(spans))


# --- tables -----------------------------------------------------------------------------------------------------------


def table_claims(document: Document, text: Text, requirements: Sequence[Requirement]) -> Iterator[Keyed]:
    """The verdicts of tables with a question or control objective in one column and its answer in another."""
    by_start = {statement.start: statement for statement in text.statements}
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE or not _is_verdict_table(block):
            continue
        columns = [number for number, cell in enumerate(block.header) if _HEADER.search(plain(cell))]
        for row in block.cells:
            for question, answer, sign, named in _answered(row, columns, requirements, demands=_lists_demands(block)):
                statement = by_start.get(question.start)
                if statement is None or statement.skip not in (Skip.NO, Skip.QUESTION, Skip.NORM):
                    continue
                spans = [(cell.start, cell.end) for cell in (question, answer)]
                for requirement in named:
                    yield requirement.key, _answered_claim(statement, sign, spans)


def _is_verdict_table(block: Block) -> bool:
    header = [plain(cell) for cell in block.header]
    if any("rekommendation" in cell for cell in header[:1]):
        return False
    if any(_HEADER.search(cell) for cell in header):
        return True
    answers = [cell for row in block.cells for cell in dict.fromkeys(row) if read_sign(cell.text) is not None]
    return len(answers) * 2 >= len(block.cells)


def _lists_demands(block: Block) -> bool:
    return any("krav" in plain(cell) for cell in block.header[:1])


def _answered(
    row: Sequence[Cell], columns: Sequence[int], requirements: Sequence[Requirement], *, demands: bool
) -> Iterator[tuple[Cell, Cell, Sign, list[Requirement]]]:
    """The row's verdict with the first cell before it that names a requirement.

    The verdict stands in the column that is headed as one, else in the last cell that reads as one.
    """
    signs = {number: sign for number, cell in enumerate(row) if (sign := read_sign(cell.text)) is not None}
    at = next((number for number in reversed(columns or list(signs)) if number in signs), 0)
    for column, question in enumerate(row[:at]):
        if question is row[at] or shows("imperative", plain(question.text)):
            continue
        named = asked_about(question.text, requirements, signs[at], demands=demands and column == 0)
        if named:
            yield question, row[at], signs[at], named
            return


# --- answers in running text ------------------------------------------------------------------------------------------


def answer_claims(text: Text, requirements: Sequence[Requirement]) -> Iterator[Keyed]:
    """'Har kommunen beslutat om en åtgärdsplan?' followed by 'Svar: Nej.' or simply 'Nej, …'."""
    for statement in text.statements:
        if not statement.auditor or statement.kind is BlockKind.TABLE or statement.skip is Skip.MACHINE:
            continue
        question, sign = _question_and_sign(text, statement)
        if question is None or sign is None:
            continue
        spans = [(question.start, question.end), (statement.start, statement.end)]
        for requirement in asked_about(question.text, requirements, sign):
            yield requirement.key, _answered_claim(statement, sign, spans)


def _question_and_sign(text: Text, statement: Statement) -> tuple[Statement | None, Sign | None]:
    labelled = _ANSWER.match(statement.plain)
    if labelled:
        return _asked_before(text, statement), read_sign(labelled["answer"])
    before = text.statements[statement.index - 1] if statement.index else None
    if before is None or not before.plain.endswith("?") or not _JA_NEJ.match(statement.plain):
        return None, None
    return before, read_sign(statement.text)


def _asked_before(text: Text, statement: Statement) -> Statement | None:
    """The nearest question or control objective above an answer, unless it has been answered already."""
    for before in reversed(text.statements[max(0, statement.index - _REACH) : statement.index]):
        if _ANSWER.match(before.plain):
            return None
        objective = before.kind is BlockKind.HEADING and _OBJECTIVE.match(before.plain)
        if before.plain.endswith("?") or objective or _NUMBERED_OBJECTIVE.match(before.plain):
            return before
    return None


# --- extracted audit questions ----------------------------------------------------------------------------------------


def finding_claims(findings: Sequence[Finding], text: Text, requirements: Sequence[Requirement]) -> Iterator[Keyed]:
    """The verdicts that the extraction has read, for questions about a requirement."""
    for finding in findings:
        if not isinstance(finding, AuditQuestion) or finding.verdict not in SIGNS:
            continue
        first = finding.evidence[0]
        statement = text.at(first.start)
        if statement is None or not statement.auditor:
            continue
        sign = SIGNS[finding.verdict]
        spans = [(evidence.start, evidence.end) for evidence in finding.evidence]
        for requirement in asked_about(finding.text, requirements, sign):
            yield requirement.key, _answered_claim(statement, sign, spans)
