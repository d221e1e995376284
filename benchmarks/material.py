"""Made-up reports in any number: Swedish-like text about real municipalities' made-up audits, the same in every run.

They are records, as the stages would have made them of files: reading 300,000 passages takes hours, and is measured
elsewhere. Nothing in them is true.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from granskning_ai.model import (
    Basis,
    Block,
    BlockKind,
    DocType,
    Document,
    DocumentRecord,
    Evidence,
    Finding,
    Metadata,
    OverallAssessment,
    Page,
    Passage,
    Recommendation,
    RequirementStatus,
    SourceFile,
    Status,
    Topic,
    Verdict,
    stable_id,
)
from granskning_ai.model.findings import AuditQuestion
from granskning_ai.swedish.municipalities import register

PASSAGES_PER_DOCUMENT = 60
_ISSUERS = ("KPMG", "PwC", "EY", "Deloitte", "Revisionskontoret")
_AREAS = (
    "det brottsförebyggande arbetet", "hemtjänsten", "skolans elevhälsa", "upphandling och inköp", "äldreomsorgen",
    "fastighetsunderhållet", "intern kontroll", "krisberedskapen", "den ekonomiska styrningen", "orosanmälningar",
    "informationssäkerheten", "bygglovsprocessen", "kompetensförsörjningen", "vattenförsörjningen",
)  # fmt: skip
_CRIME_PREVENTION = _AREAS[0]
_BODIES = (
    "kommunstyrelsen", "socialnämnden", "utbildningsnämnden", "tekniska nämnden", "kommunfullmäktige",
    "förvaltningen", "miljönämnden", "omsorgsnämnden", "kommundirektören", "stadsdelen",
)  # fmt: skip
_FRAMES = (
    "{body} har under {year} {word} om {noun} och {noun}, men det {word} inte hur {noun} ska {word} upp.",
    "Enligt de {word} finns {noun} för {noun}, och detta {word} av {body} tillsammans med {noun}.",
    "Vi {word} att {noun} saknar {noun} till {noun} samt att {noun} för {noun} inte är {word} {word}.",
    "I {noun} {word} att {noun} ska vara {word} senast {year} och sedan {word} för {body}.",
    "Vår {noun} är att {noun} i huvudsak är {word}, eftersom {noun} har {word} sedan {year}.",
    "{body} får varje {word} en {word} om {noun}, {noun} och {noun}.",
    "Av {count} {word} {noun} hade {count} en {word} {noun}, medan det för de övriga var {word}.",
    "Det {word} en {word} för att {noun} {word} när {noun} inte har {word} {noun}.",
    "{noun} mellan {body} och {body} {word} genom {noun}, vilket de anser är {word}.",
    "{word} visar att {noun} {word} från {noun} för {noun} i {count} fall av {count}.",
    "Under {year} har {noun} {word} tillsammans med {noun} i hela {word}.",
    "De {word} anser att {noun} tar mycket {word} och att {noun} därför har {word} ned.",
    "När det gäller {noun} har {body} inte {word} någon {noun} efter {year}.",
    "Detta {word} både {noun} och {noun}, och det är {word} om {noun} kan {word}.",
    "Till {noun} hör också att {body} {word} {noun} minst {count} gånger per {word}.",
    "Som {word} ovan är {noun} för {noun} {word} sedan {year}, utan att {body} har {word} det.",
)
_ADVICE = (
    "säkerställa att {noun} följs upp minst en gång per år",
    "ta fram rutiner för {noun}",
    "tydliggöra ansvaret för {noun} i delegationsordningen",
    "stärka den interna kontrollen av {noun}",
    "se till att {noun} har tillräckliga resurser",
    "upprätta en plan för {noun} och {noun}",
)
_REQUIREMENTS = (
    "lagesbild", "atgardsplan", "uppfoljning", "samverkansoverenskommelse",
    "strategiskt_rad", "samordningsfunktion", "ledning", "rapportering_fullmaktige",
)  # fmt: skip


def _word_parts() -> tuple[list[str], list[str]]:
    """The first and last parts that Swedish compounds are made of, from the program's own list."""
    import granskning_ai.swedish as swedish

    lines = (Path(swedish.__file__).parent / "data" / "ordleder.txt").read_text(encoding="utf-8").splitlines()
    middle = lines.index("[efterleder]")
    first = [line for line in lines[lines.index("[förleder]") + 1 : middle] if line]
    return first, [line for line in lines[middle + 1 :] if len(line) > 3]


class _Words:
    """Nouns drawn as words are used: a few often, most of them seldom."""

    def __init__(self, chance: random.Random, nouns: int = 40_000) -> None:
        self._chance = chance
        first, last = _word_parts()
        made = [a + b for a, b in zip(chance.choices(first, k=nouns), chance.choices(last, k=nouns), strict=True)]
        chance.shuffle(last)
        self._nouns = _drawn(made, chance)
        self._others = _drawn(last, chance)

    def noun(self) -> str:
        return next(self._nouns)

    def fill(self, frame: str, year: int) -> str:
        parts = frame.split("{")
        found = [parts[0]]
        for part in parts[1:]:
            slot, rest = part.split("}")
            found.append(self._slot(slot, year) + rest)
        sentence = "".join(found)
        return sentence[0].upper() + sentence[1:]

    def _slot(self, slot: str, year: int) -> str:
        if slot == "noun":
            return self.noun()
        if slot == "word":
            return next(self._others)
        if slot == "body":
            return self._chance.choice(_BODIES)
        return str(year - self._chance.randrange(3)) if slot == "year" else str(self._chance.randrange(2, 90))


def sentences(chance: random.Random, count: int) -> list[str]:
    """Sentences as they stand in the reports."""
    words = _Words(chance, nouns=2_000)
    return [words.fill(frame, 2024) for frame in chance.choices(_FRAMES, k=count)]


def _drawn(words: list[str], chance: random.Random) -> Iterator[str]:
    """The words without end, the first often and the last seldom."""
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    while True:
        yield from chance.choices(words, cum_weights=weights, k=20_000)


def records(passages: int, *, versions: tuple[tuple[str, str], ...] = ()) -> Iterator[DocumentRecord]:
    """Reports until there are so many passages, over all municipalities in turn."""
    chance = random.Random(20231)
    words = _Words(chance)
    places = [(code, place.name) for code, place in sorted(register().items())]
    made = 0
    while made < passages:
        number = made // PASSAGES_PER_DOCUMENT
        code, name = places[number % len(places)]
        year = 2008 + number // len(places) % 18
        count = min(PASSAGES_PER_DOCUMENT, passages - made)
        yield _Report(words, chance, code, name, year, versions).record(number, count)
        made += count


class _Report:
    def __init__(
        self,
        words: _Words,
        chance: random.Random,
        code: str,
        name: str,
        year: int,
        versions: tuple[tuple[str, str], ...],
    ) -> None:
        self._words, self._chance = words, chance
        self._code, self._name, self._year, self._versions = code, name, year, versions
        self._area = chance.choice(_AREAS)
        self._blocks: list[tuple[BlockKind, str]] = []

    def record(self, number: int, count: int) -> DocumentRecord:
        """The report as the stages would have made it."""
        title = f"Granskning av {self._area} i {self._name} {self._year}"
        self._blocks.append((BlockKind.HEADING, title))
        for at in range(count - 1):
            if at % 6 == 0:
                self._blocks.append((BlockKind.HEADING, f"{at // 6 + 1} {self._words.noun().capitalize()}"))
            self._blocks.append((BlockKind.PARAGRAPH, self._paragraph()))
        self._blocks.append((BlockKind.HEADING, "Rekommendationer"))
        self._blocks.append((BlockKind.PARAGRAPH, self._advice()))
        text = "\n".join(text for _, text in self._blocks)
        source = SourceFile.of(f"rapport-{number:05}.txt", f"{number}\n{text}".encode(), "text")
        blocks = tuple(self._placed())
        document = Document(
            source=source,
            text=text,
            blocks=blocks,
            pages=tuple(Page(number=at + 1, start=at * 3000, end=min((at + 1) * 3000, len(text)))
                        for at in range(len(text) // 3000 + 1)),
            page_count=len(text) // 3000 + 1,
            metadata=Metadata(
                title=title,
                doc_type=DocType.AUDIT_REPORT,
                issuer=self._chance.choice(_ISSUERS),
                municipality_codes=(self._code,),
                date=f"{self._year}-05-14",
                year=self._year,
            ),
        )  # fmt: skip
        passages = tuple(_passages(document))
        return DocumentRecord(
            document=document,
            path=f"/material/{source.name}",
            passages=passages,
            findings=tuple(self._findings(document, passages)),
            statuses=tuple(self._statuses(document, passages)),
            versions=self._versions,
        )

    def _paragraph(self) -> str:
        frames = self._chance.choices(_FRAMES, k=self._chance.randrange(7, 12))
        return " ".join(self._words.fill(frame, self._year) for frame in frames)

    def _advice(self) -> str:
        body = self._chance.choice(_BODIES)
        frames = self._chance.sample(_ADVICE, k=4)
        return " ".join(f"Vi rekommenderar {body} att {self._low(frame)}." for frame in frames)

    def _low(self, frame: str) -> str:
        sentence = self._words.fill(frame, self._year)
        return sentence[0].lower() + sentence[1:]

    def _placed(self) -> Iterator[Block]:
        start = 0
        for at, (kind, text) in enumerate(self._blocks):
            level = (1 if at == 0 else 2) if kind is BlockKind.HEADING else None
            yield Block(kind=kind, text=text, start=start, end=start + len(text), page=start // 3000 + 1, level=level)
            start += len(text) + 1

    def _findings(self, document: Document, passages: tuple[Passage, ...]) -> Iterator[Finding]:
        advice = passages[-1]
        for at, quote in enumerate(_sentences(document, advice)):
            yield Recommendation(
                id=stable_id("rek", document.id, at),
                evidence=(quote,),
                found_by="rule:material",
                text=quote.quote.partition(" att ")[2].rstrip("."),
                topic=Topic.STEERING_AND_FOLLOW_UP,
            )
        verdicts = (Verdict.YES, Verdict.LARGELY, Verdict.PARTLY, Verdict.NO)
        for at in range(min(4, len(passages) - 1)):
            quote = _sentences(document, passages[at])[0]
            yield AuditQuestion(
                id=stable_id("fraga", document.id, at),
                evidence=(quote,),
                found_by="rule:material",
                text=f"Är {self._area} ändamålsenlig?",
                verdict=self._chance.choice(verdicts),
                verdict_text=quote.quote,
            )
        quote = _sentences(document, passages[0])[-1]
        yield OverallAssessment(
            id=stable_id("bedomning", document.id),
            evidence=(quote,),
            found_by="rule:material",
            text=quote.quote,
            verdict=self._chance.choice(verdicts),
        )

    def _statuses(self, document: Document, passages: tuple[Passage, ...]) -> Iterator[RequirementStatus]:
        if self._area != _CRIME_PREVENTION:
            return
        tested = (Status.MET, Status.PARTLY_MET, Status.NOT_MET)
        for key in _REQUIREMENTS:
            quote = self._chance.choice(_sentences(document, self._chance.choice(passages)))
            after = self._year > 2023
            yield RequirementStatus(
                id=stable_id("status", document.id, key),
                document_id=document.id,
                municipality_code=self._code,
                law="2023:196",
                requirement=key,
                status=self._chance.choice(tested if after else (Status.PRESENT, Status.ABSENT)),
                basis=Basis.AUDITOR_ASSESSMENT if after else Basis.AUDITOR_OBSERVATION,
                evidence=(quote,),
            )


def _passages(document: Document) -> Iterator[Passage]:
    section = ""
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            section = block.text
            continue
        yield Passage(
            id=stable_id("pass", document.id, block.start, block.end),
            document_id=document.id,
            start=block.start,
            end=block.end,
            page=block.page,
            section=section,
            text=block.text,
        )


def _sentences(document: Document, passage: Passage) -> list[Evidence]:
    found = []
    start = passage.start
    for sentence in passage.text.split(". "):
        end = min(start + len(sentence) + 1, passage.end)
        found.append(document.cite(start, end))
        start = end + 1
    return found
