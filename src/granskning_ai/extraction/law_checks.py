"""Slips in how a document cites acts: wrong number, wrong date of entry into force, an act that was repealed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from granskning_ai.extraction.laws import Act, Citation, find_citations, in_force_at, register
from granskning_ai.extraction.reading import Ids, Stretch, stretches
from granskning_ai.model import Anomaly, AnomalyKind, Document
from granskning_ai.swedish.dates import find_dates
from granskning_ai.swedish.language import sentences

PLACES = 3
"""How many places are shown of a slip that the document repeats."""

TITLE_WORDS = 4
"""How many words of an unknown act's title are compared; what follows may be the sentence's own words."""

SAME_TIME = 2
"""How many years a wrong date may be off before 'lagen' is taken to be another act."""

OFTEN = 3
"""How often a document cites the act that it is about."""

SAME_SUBJECT = 4000
"""How many characters back 'lagen' may refer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation with its place in the document and the sentence it stands in."""

    citation: Citation
    start: int
    end: int
    sentence: str


def check_laws(document: Document) -> list[Anomaly]:
    """Every slip in the document's citations of acts, each once."""
    ids = Ids("avv", document)
    texts = list(stretches(document))
    cited = [item for text in texts for item in _cited(text)]
    return [
        *_wrong_numbers(document, cited, ids),
        *_two_numbers(document, cited, ids),
        *_wrong_dates(document, texts, cited, ids),
        *_repealed(document, cited, ids),
    ]


def _cited(text: Stretch) -> Iterator[Cited]:
    bounds = sentences(text.text)
    for citation in find_citations(text.text):
        sentence = next((text.text[a:b] for a, b in bounds if a <= citation.start < b), text.text)
        yield Cited(
            citation=citation, start=text.start + citation.start, end=text.start + citation.end, sentence=sentence
        )


def _wrong_numbers(document: Document, cited: list[Cited], ids: Ids) -> Iterator[Anomaly]:
    """An act that is named and numbered, where the register has another number for the name."""
    wrong: dict[str, tuple[Act, ...]] = {}
    for item in cited:
        number, named = item.citation.number, item.citation.named
        if number and named and number not in {act.number for act in named} and _is_slip(number, named):
            wrong.setdefault(number, named)
    for number, named in wrong.items():
        # Once the number is known to be wrong, the first place counts even if it leaves out the act's title.
        places = [
            item
            for item in cited
            if item.citation.number == number and (item.citation.named == named or not item.citation.name)
        ]
        act = in_force_at(named, _date(document))
        yield Anomaly(
            id=ids.next(AnomalyKind.WRONG_LAW_NUMBER, number),
            evidence=tuple(document.cite(item.start, item.end) for item in places[:PLACES]),
            found_by="rule:law_number",
            anomaly=AnomalyKind.WRONG_LAW_NUMBER,
            text=f"Dokumentet anger {_definite(act)} med nummer {number}. Lagens nummer är {act.number}.",
            expected=act.number,
        )


def _is_slip(number: str, named: tuple[Act, ...]) -> bool:
    """Whether the number is another act's or nearly right; else it may be an older act that the register lacks."""
    return number in register() or any(
        number[:4] == act.number[:4] or edit_distance(number, act.number) <= 2 for act in named
    )


def edit_distance(first: str, second: str) -> int:
    """How many characters must be changed, added, left out or swapped with the next one.

    >>> edit_distance("2017:725", "2017:752"), edit_distance("2023:196", "2023:193")
    (1, 1)
    """
    rows = [list(range(len(second) + 1))]
    for i, a in enumerate(first, start=1):
        row = [i]
        for j, b in enumerate(second, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _two_numbers(document: Document, cited: list[Cited], ids: Ids) -> Iterator[Anomaly]:
    """An act that the register lacks, cited under two numbers that differ by one slip of the pen."""
    by_title: dict[str, dict[str, list[Cited]]] = {}
    for item in cited:
        citation = item.citation
        title = re.sub(r"^(lag|förordning)en\b", r"\1", citation.name)
        if citation.number and title and not citation.named and citation.number not in register():
            by_title.setdefault(" ".join(title.split()[:TITLE_WORDS]), {}).setdefault(citation.number, []).append(item)
    for numbers in by_title.values():
        if len(numbers) != 2:
            continue
        (first, first_places), (second, second_places) = numbers.items()
        if edit_distance(first, second) > 1:
            continue
        rarer, places = (first, first_places) if len(first_places) < len(second_places) else (second, second_places)
        other = second_places if rarer == first else first_places
        yield Anomaly(
            id=ids.next(AnomalyKind.WRONG_LAW_NUMBER, rarer),
            evidence=tuple(document.cite(item.start, item.end) for item in [*places[: PLACES - 1], other[0]]),
            found_by="rule:law_two_numbers",
            confidence=0.7,
            anomaly=AnomalyKind.WRONG_LAW_NUMBER,
            text=f"Samma lag anges med två nummer: {first} och {second}.",
        )


_IN_FORCE = re.compile(
    r"\b(?:(?:trädde|träder|trätt)\b(?P<between>[^.;]{0,160}?)\bi\s?kraft\b|(?:började|börjar)\s+gälla\b|ikraftträdande\b)",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"\s*(?:som\s+lag\s+)?(?:(?:den|under|i|från|och|med|fr\.o\.m\.|redan|först|år|året|sommaren|hösten|våren)\s+)*",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"föresl|förslag|väntas|beräkna|planera|ändring|förändring|skjut|tillägg|bestämmelse|paragraf|kapit"
)
_THE_ACT = re.compile(r"\b(?:den\s+)?(?:nya\s+)?(?:lagen|lagens|lagstiftningen|lagstiftningens)(?:,?\s+som)?\s*$", re.I)


def _wrong_dates(document: Document, texts: list[Stretch], cited: list[Cited], ids: Ids) -> Iterator[Anomaly]:
    seen: set[tuple[str, str]] = set()
    for text in texts:
        for start, end in sentences(text.text):
            for date, acts in _stated_dates(text, start, end, cited):
                dated = [act for act in acts if act.in_force]
                if not dated or any(_compatible(date, act.in_force) for act in dated):
                    continue
                act = in_force_at(tuple(dated), _date(document))
                if (act.number, date) in seen:
                    continue
                seen.add((act.number, date))
                yield Anomaly(
                    id=ids.next(AnomalyKind.WRONG_EFFECTIVE_DATE, act.number, date),
                    evidence=(document.cite(text.start + start, text.start + end),),
                    found_by="rule:law_effective_date",
                    anomaly=AnomalyKind.WRONG_EFFECTIVE_DATE,
                    text=f"Dokumentet anger att {_definite(act)} ({act.number}) trädde i kraft {date}. "
                    f"Lagen trädde i kraft {act.in_force}.",
                    expected=act.in_force,
                )


def _stated_dates(text: Stretch, start: int, end: int, cited: list[Cited]) -> Iterator[tuple[str, tuple[Act, ...]]]:
    """The dates on which the sentence says that an act entered into force, with the acts it can mean."""
    sentence = text.text[start:end]
    if _NOT_YET.search(sentence.lower()):
        return
    for match in _IN_FORCE.finditer(sentence):
        date = _date_beside(sentence, match)
        if not date:
            continue
        named = _named_subject(sentence, match, text.start + start, cited)
        meant = [act for act in _meant_subject(sentence, match, text.start + start, cited) if act.in_force]
        if named:
            yield date, named
        elif meant and not _may_be_another(date, meant, cited):
            yield date, tuple(meant)


def _date_beside(sentence: str, match: re.Match[str]) -> str | None:
    """The date that follows the words of entry into force, or in inverted order stands directly before them."""
    lead = _BEFORE_DATE.match(sentence, match.end())
    at = lead.end() if lead else match.end()
    for date in find_dates(sentence):
        if date.start == at or (match["between"] and 0 <= match.start() - date.end <= 1):
            return date.iso
    year = re.compile(r"(?:19|20)\d\d(?![\d:–-])").match(sentence, at)
    return year.group() if year else None


def _named_subject(sentence: str, match: re.Match[str], offset: int, cited: list[Cited]) -> tuple[Act, ...]:
    """The act that is named as the verb's subject: directly before it, or between verb and 'i kraft'."""
    begin, end = offset + match.start(), offset + match.end()
    for item in cited:
        beside = item.end <= begin and re.fullmatch(
            r"\)?(?:\s*\([^)]*\))?(?:,?\s+som)?\s*", sentence[item.end - offset : match.start()]
        )
        if offset <= item.start and item.end <= end and (beside or item.start >= begin):
            return _acts(item.citation)
    return ()


def _meant_subject(sentence: str, match: re.Match[str], offset: int, cited: list[Cited]) -> tuple[Act, ...]:
    """The act that 'lagen' means, where the text has just spoken of that act and no other."""
    begin = offset + match.start()
    between = (match["between"] or "").strip()
    if not _THE_ACT.search(sentence[: match.start()]) and not _THE_ACT.search(between):
        return ()
    near = [item for item in cited if begin - SAME_SUBJECT <= item.start < begin and _acts(item.citation)]
    titles = {acts[0].title for item in near if (acts := _acts(item.citation))}
    return _acts(near[-1].citation) if len(titles) == 1 else ()


def _may_be_another(date: str, acts: Sequence[Act], cited: list[Cited]) -> bool:
    """Whether 'lagen' is rather an act that the text has not named: one of quite another time, or one of that date.

    In a document that cites one act again and again 'lagen' is that act.
    """
    if all(abs(int(date[:4]) - int(act.in_force[:4])) > SAME_TIME for act in acts):
        return True
    if sum(_acts(item.citation)[:1] == tuple(acts[:1]) for item in cited) >= OFTEN:
        return False
    return any(_compatible(date, act.in_force) for act in register().values() if act.in_force)


def _acts(citation: Citation) -> tuple[Act, ...]:
    act = register().get(citation.number or "")
    return citation.named or ((act,) if act else ())


def _compatible(first: str, second: str) -> bool:
    """Whether two dates can be the same day, as far as both are precise."""
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]


_PAST = re.compile(
    r"tidigare|dåvarande|äldre|upphäv|upphör|upphört|ersatt|ersätt|gaml|förra|övergång|gällde|då gällande|föregående|"
    r"till och med|t\.o\.m\.|var(?:it)? gällande|föregångare"
)


def _repealed(document: Document, cited: list[Cited], ids: Ids) -> Iterator[Anomaly]:
    """An act that is cited as if in force though it was repealed when the document was written."""
    date = _date(document)
    if not date:
        return
    places: dict[str, list[Cited]] = {}
    for item in cited:
        act = register().get(item.citation.number or "")
        if act is None or (item.citation.name and act not in item.citation.named):
            continue
        if act.repealed and _is_after(date, act.repealed) and not _PAST.search(item.sentence.lower()):
            places.setdefault(act.number, []).append(item)
    for number, items in places.items():
        act = register()[number]
        successor = in_force_at(items[0].citation.named or (act,), date)
        yield Anomaly(
            id=ids.next(AnomalyKind.REPEALED_LAW, number),
            evidence=tuple(document.cite(item.start, item.end) for item in items[:PLACES]),
            found_by="rule:repealed_law",
            anomaly=AnomalyKind.REPEALED_LAW,
            text=f"Dokumentet hänvisar till {_definite(act)} ({number}), som upphävdes {act.repealed}.",
            expected=successor.number if successor.number != number else "",
        )


def _is_after(date: str, repealed: str) -> bool:
    """Whether the document is younger than the repeal; a document of the same year, without a date, is not."""
    shared = min(len(date), len(repealed))
    return date[:shared] > repealed[:shared] or (shared == len(repealed) and date[:shared] == repealed)


def _date(document: Document) -> str | None:
    metadata = document.metadata
    return metadata.date or (str(metadata.year) if metadata.year else None)


def _definite(act: Act) -> str:
    """The act's name in the definite form, for a Swedish sentence: 'lagen om ...', 'kommunallagen'."""
    kind, _, rest = act.title.partition(" ")
    return f"{kind}en {rest}" if kind in {"lag", "förordning"} else f"{act.title}en"
