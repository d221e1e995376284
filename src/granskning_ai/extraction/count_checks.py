"""Counts that do not add up: an announced number against the list it announces, interviews against tabled answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from granskning_ai.extraction.advice_counts import check_advice
from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.reading import Ids, ListRun, Stretch, list_after, marker_kind, stretches
from granskning_ai.extraction.survey import find_survey_answers, survey_headings
from granskning_ai.model import Anomaly, AnomalyKind, BlockKind, Document, SurveyAnswer
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import stem


def check_counts(document: Document) -> list[Anomaly]:
    """Every announced count that the document itself contradicts."""
    ids = Ids("avv-antal", document)
    return [
        *_lists(document, ids),
        *_enumerations(document, ids),
        *_tables(document, ids),
        *_respondents(document, ids),
        *check_advice(document),
    ]


@cache
def _numbers() -> dict[str, int]:
    numbers: dict[str, int] = load_yaml("anomalies.yml")["numbers"]
    return numbers


@cache
def _announcement() -> re.Pattern[str]:
    """A number, what is counted, and at most a short tail before the colon that ends the sentence."""
    words = "|".join([*_numbers(), r"\d{1,2}"])
    return re.compile(
        rf"(?<![\w,.–-])(?P<number>{words})\s+(?:stycken\s+|st\.?\s+)?(?:[\wåäö-]+(?:a|e)\s+){{0,3}}?"
        r"(?P<noun>[\wåäö-]+(?:er|ar|or|en|na|mål|krav|råd|steg|spår|bolag|verktyg|forum|program))"
        r"(?P<tail>(?:,?\s+(?:som|för|till|inom|i|av|på|vad\s+gäller|utifrån|är|utgörs\s+av|identifierades|lyfts\s+fram)\b[^.:?!]{0,60})?)$",
        re.IGNORECASE,
    )


_DOUBT = re.compile(
    r"bl\.?\s?a\.?|bland annat|t\.?\s?ex|till exempel|exempel|däribland|såsom|ett urval|några av|minst|cirka|\bca\b|"
    r"ungefär|drygt|knappt|upp till|följande\s+\w+\s+(?:för|inom|av)\s+(?:de|varje)|respektive|\bav de\b|varav",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"na$|(?<!områd)(?<!and)(?<!end)en$", re.IGNORECASE)
_OTHER_NUMBER = re.compile(r"\d")


def _announced(sentence: str) -> tuple[int, str] | None:
    """The number that a sentence announces before its colon, and the words of the announcement."""
    clause = sentence.rstrip().rstrip(":").rstrip()
    match = _announcement().search(clause)
    if match is None or _DOUBT.search(clause):
        return None
    if re.fullmatch(load_yaml("anomalies.yml")["not_listed"], match["noun"], re.IGNORECASE):
        return None
    # 'Följande gäller för de tre bolagen:' lists what holds, not the companies.
    if _DEFINITE.search(match["noun"]) and not re.match(r",?\s+(?:är|utgörs)\b", match["tail"]):
        return None
    if re.search(r"\bföljande\b|\bnedanstående\b", match["tail"]) or _more_numbers(clause, match):
        return None
    word = match["number"].lower()
    number = _numbers().get(word) or int(word)
    return (number, match.group()) if number > 1 else None


def _more_numbers(clause: str, match: re.Match[str]) -> bool:
    rest = clause[: match.start()] + " " + match["tail"]
    words = {word.lower() for word in re.findall(r"[\wåäö]+", rest)}
    return bool(_OTHER_NUMBER.search(rest)) or bool(words & (set(_numbers()) - {"en", "ett"}))


def _lists(document: Document, ids: Ids) -> Iterator[Anomaly]:
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not block.text.rstrip().endswith(":"):
            continue
        run = list_after(blocks, index)
        start, end = sentences(block.text)[-1]
        announced = _announced(block.text[start:end])
        if announced is None or not _is_whole(run):
            continue
        number, words = announced
        if number != len(run.items):
            yield Anomaly(
                id=ids.next(words),
                evidence=(
                    document.cite(block.start + start, block.start + end),
                    *(document.cite(item[0].start, item[0].end) for item in run.items),
                ),
                found_by="rule:announced_count",
                confidence=0.8,
                anomaly=AnomalyKind.INCONSISTENT_COUNT,
                text=f"Dokumentet anger ”{words.strip()}” men listan som följer har {len(run.items)} punkter.",
                expected=str(len(run.items)),
            )


def _is_whole(run: ListRun) -> bool:
    """Whether the list certainly ends where it seems to; numbered items must count from one without a gap."""
    if len(run.items) < 2 or not run.clean:
        return False
    firsts = [item[0] for item in run.items]
    if marker_kind(firsts[0]) != "number":
        return True
    numbers = [int(re.sub(r"\D", "", block.marker or "0")) for block in firsts]
    return numbers == list(range(1, len(numbers) + 1))


def _tables(document: Document, ids: Ids) -> Iterator[Anomaly]:
    """'Granskningen har sex kontrollmål:' over a table with a column 'Kontrollmål'."""
    blocks = [block for block in document.blocks if block.kind not in (BlockKind.FURNITURE, BlockKind.CAPTION)]
    for lead, table, *after in zip(blocks, blocks[1:], [*blocks[2:], None], strict=False):
        if table.kind is not BlockKind.TABLE or lead.kind is not BlockKind.PARAGRAPH or not lead.text.endswith(":"):
            continue
        start, end = sentences(lead.text)[-1]
        announced = _announced(lead.text[start:end])
        continued = any(block and block.kind is BlockKind.TABLE for block in after)
        if announced is None or continued or not _is_headed(table.header[0], announced[1]):
            continue
        rows = {row[0].start: row[0] for row in table.cells[1:] if row[0].text}
        if announced[0] != len(rows) and len(rows) == len(table.cells) - 1:
            yield Anomaly(
                id=ids.next(announced[1]),
                evidence=(
                    document.cite(lead.start + start, lead.start + end),
                    *(document.cite(cell.start, cell.end) for cell in rows.values()),
                ),
                found_by="rule:announced_count",
                confidence=0.8,
                anomaly=AnomalyKind.INCONSISTENT_COUNT,
                text=f"Dokumentet anger ”{announced[1].strip()}” men tabellen som följer har {len(rows)} rader.",
                expected=str(len(rows)),
            )


def _is_headed(heading: str, announcement: str) -> bool:
    """Whether a column is headed by what is announced: 'Revisionsfråga' and 'fem revisionsfrågor'."""
    words = re.findall(r"[\wåäö]+", heading.lower())
    said = re.findall(r"[\wåäö]+", announcement.lower())
    return any(len(word) > 3 and stem(word) == stem(other) for word in words for other in said)


_INLINE_MARK = re.compile(r"(?<!\w)\(?(?P<number>\d)\)\s")


def _enumerations(document: Document, ids: Ids) -> Iterator[Anomaly]:
    """'följande tre områden: (1) ..., (2) ...' within one sentence."""
    for text in stretches(document):
        if "1)" not in text.text:
            continue
        for start, end in sentences(text.text):
            found = _enumeration(text, start, end)
            if found is None:
                continue
            words, counted = found
            yield Anomaly(
                id=ids.next(words),
                evidence=(document.cite(text.start + start, text.start + end),),
                found_by="rule:announced_count",
                confidence=0.8,
                anomaly=AnomalyKind.INCONSISTENT_COUNT,
                text=f"Dokumentet anger ”{words.strip()}” men räknar upp {counted}.",
                expected=str(counted),
            )


def _enumeration(text: Stretch, start: int, end: int) -> tuple[str, int] | None:
    """The announcement and the number of items, where they contradict each other."""
    sentence = text.text[start:end]
    marks = list(_INLINE_MARK.finditer(sentence))
    if len(marks) < 2 or [int(mark["number"]) for mark in marks] != list(range(1, len(marks) + 1)):
        return None
    announced = _announced(sentence[: marks[0].start()].rstrip(" ("))
    # The last item must be joined by 'och' or 'samt': else the enumeration may go on in the next sentence.
    joined = re.search(r"\b(?:och|samt)\s*\(?$", sentence[: marks[-1].start()].rstrip(" ("))
    if announced is None or not joined or announced[0] == len(marks):
        return None
    return announced[1], len(marks)


_WHO = r"(?:kommuner|nämnder|regioner|bolag|skolor|enheter|förvaltningar|respondenter)"


@cache
def _asked() -> tuple[re.Pattern[str], ...]:
    """'Enkäten besvarades av elva av länets tolv kommuner', 'Elva kommuner svarade på enkäten'."""
    words = "|".join([*_numbers(), r"\d{1,3}"])
    who = rf"(?P<number>{words})(?:\s+av\s+(?:\w+\s+){{0,2}}?(?:{words}))?\s+(?:\w+(?:a|de)\s+)?{_WHO}\b"
    return (
        re.compile(rf"(?P<kind>intervju|enkät)\w*\b[^.;:]{{0,40}}?\b(?:med|från|av|hos)\s+{who}", re.IGNORECASE),
        re.compile(
            rf"\b{who}\s+(?:har\s+)?(?:svara|besvara|delta|intervjua)\w*[^.;:]{{0,30}}?(?P<kind>intervju|enkät)", re.I
        ),
        re.compile(rf"\bvi\s+har\s+(?P<kind>intervju)at\s+{who}", re.IGNORECASE),
    )


def _respondents(document: Document, ids: Ids) -> Iterator[Anomaly]:
    """A stated number of interviews against tables of the interviews' answers whose rows all sum to another number."""
    stated = list(_stated_respondents(document))
    if not stated:
        return
    answers = find_survey_answers(document)
    total = _answers_per_question(answers)
    headings = [heading.lower() for heading in survey_headings(document)]
    for start, end, number, match in stated:
        # Eight interviews and a questionnaire with 120 answers do not contradict each other.
        same_kind = all(match["kind"].lower() in heading for heading in headings)
        if total is None or number == total or not same_kind:
            continue
        yield Anomaly(
            id=ids.next(match["number"], str(total)),
            evidence=(document.cite(start, end), *(answer.evidence[0] for answer in answers[:1])),
            found_by="rule:respondent_count",
            confidence=0.8,
            anomaly=AnomalyKind.INCONSISTENT_COUNT,
            text=f"Dokumentet anger ”{match.group()}” men svaren i tabellerna är {total} per fråga.",
            expected=str(total),
        )
        return


def _stated_respondents(document: Document) -> Iterator[tuple[int, int, int, re.Match[str]]]:
    """The sentences that say how many were asked: their spans, the number and the words."""
    for text in stretches(document):
        lower = text.text.lower()
        if "enkät" not in lower and "intervju" not in lower:
            continue
        for start, end in sentences(text.text):
            match = next((found for asked in _asked() if (found := asked.search(text.text[start:end]))), None)
            if match:
                word = match["number"].lower()
                yield text.start + start, text.start + end, _numbers().get(word) or int(word), match


def _answers_per_question(answers: list[SurveyAnswer]) -> int | None:
    """The number of answers that every question of at least two adds up to."""
    sums: Counter[str] = Counter()
    for answer in answers:
        if answer.count is None:
            return None
        sums[answer.question] += answer.count
    totals = set(sums.values())
    return totals.pop() if len(sums) >= 2 and len(totals) == 1 else None
