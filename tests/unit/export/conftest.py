"""A fictional county: everything that the exports have to carry, written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from granskning_ai.matrix import build
from granskning_ai.model import (
    Agreement,
    Anomaly,
    AnomalyKind,
    AuditQuestion,
    Basis,
    BlockKind,
    Box,
    Catalogue,
    Criterion,
    DocType,
    Document,
    DocumentRecord,
    Draft,
    FileFailure,
    Finding,
    Indicator,
    Matrix,
    Measure,
    Metadata,
    Observation,
    OverallAssessment,
    Part,
    Recommendation,
    Requirement,
    RequirementStatus,
    Risk,
    Searched,
    SourceFile,
    Status,
    SurveyAnswer,
    Topic,
    Verdict,
    assemble,
    stable_id,
)
from granskning_ai.swedish import municipalities

NAMES = (
    *("Björkdala", "Vittsund", "Granåker", "Sjövik", "Långholma", "Norrbäcken", "Havsmark", "Tallmo", "Ängsby"),
    *("Åkersvik", "Ödegård", "Klockrike", "Stenhamra", "Fagerlid", "Rönnäs", "Kvarnby", "Myrheden", "Sandhult"),
    *("Hjortsjö", "Almvik", "Furunäs", "Lillsele", "Brännholm", "Eksätra", "Vassmo", "Övre-Hällesta"),
)
LAW = "2023:196"
HOSTILE = '=HYPERLINK("http://ond.example";"öppna")'
SCRIPT = "<script>alert('x')</script> och \"><img src=x onerror=alert(1)>"

_REQUIREMENTS = {
    "lagesbild": "Lägesbild",
    "atgardsplan": "Åtgärdsplan",
    "uppfoljning": "Uppdatering och uppföljning",
    "samverkansoverenskommelse": "Samverkansöverenskommelse",
    "strategiskt_rad": "Strategiskt råd",
    "samordningsfunktion": "Samordningsfunktion",
    "ledning": "Ledning av arbetet",
    "rapportering_fullmaktige": "Rapportering till fullmäktige",
}
_SENTENCES = {
    Status.MET: "Vi bedömer att kommunen uppfyller lagens krav på {0}.",
    Status.PARTLY_MET: "Vi bedömer att kravet på {0} är delvis uppfyllt, eftersom analysen saknas.",
    Status.NOT_MET: "Kommunen uppfyller inte lagens krav på {0}.",
    Status.PRESENT: "Det finns {0} som beslutades av kommunstyrelsen under våren.",
    Status.ABSENT: "Vid tiden för granskningen saknade kommunen {0}.",
}


@pytest.fixture(autouse=True)
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Puts the fictional municipalities in the register for the time of a test."""
    for number, name in enumerate(NAMES):
        entry = municipalities.Municipality(
            code=f"99{number:02}", name=name, full_name=f"{name}s kommun", county_code="99", county="Mellanmarks län"
        )
        monkeypatch.setitem(municipalities._extra, entry.code, entry)
    municipalities.register.cache_clear()
    yield
    monkeypatch.undo()
    municipalities.register.cache_clear()


def law() -> Catalogue:
    return Catalogue(
        id="brottsforebyggande",
        law=LAW,
        title="Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete",
        in_force="2023-07-01",
        repealed=None,
        names=("brottsförebyggande lagen",),
        requirements=tuple(
            Requirement(key=key, label=label, text=f"Kommunen ska svara för {label.lower()}.")
            for key, label in _REQUIREMENTS.items()
        ),
    )


def _document(name: str, drafts: list[Draft], metadata: Metadata, pages: int = 12) -> Document:
    source = SourceFile.of(name, repr(drafts).encode(), name.rsplit(".", 1)[-1])
    bare = assemble(source, drafts, page_count=pages, title=metadata.title)
    part = Part(doc_type=metadata.doc_type, title=metadata.title, start=0, end=len(bare.text))
    return Document(
        source=source,
        text=bare.text,
        blocks=bare.blocks,
        pages=bare.pages,
        page_count=pages,
        metadata=metadata,
        parts=(part,),
    )


def _audit(number: int, name: str) -> DocumentRecord:
    """An audit of one municipality; the pattern of its statuses follows from the municipality's number."""
    pattern = list(_SENTENCES)
    chosen = {
        key: pattern[(number * 3 + index * 2 + number * index) % 5]
        for index, key in enumerate(_REQUIREMENTS)
        if (number + index) % 4
    }
    sentences = {key: _SENTENCES[status].format(_REQUIREMENTS[key].lower()) for key, status in chosen.items()}
    verdicts = [Verdict.YES, Verdict.LARGELY, Verdict.PARTLY, Verdict.NO, Verdict.UNDETERMINED]
    topics = [Topic.ORGANISATION, Topic.EXTERNAL_COLLABORATION, Topic.RESOURCES, Topic.STEERING_AND_FOLLOW_UP]
    questions = [f"Har {name} en ändamålsenlig {topic.value.replace('_', ' ')}?" for topic in topics]
    box = (Box(page=3, x0=72, y0=100.5, x1=520, y1=128),)
    drafts = [Draft(kind=BlockKind.HEADING, text="1 Granskningens resultat", level=1)]
    drafts += [
        Draft(kind=BlockKind.PARAGRAPH, text=text, page=2 + at, boxes=box) for at, text in enumerate(sentences.values())
    ]
    drafts += [Draft(kind=BlockKind.LIST_ITEM, text=text, page=9, marker="•", level=1) for text in questions]
    drafts += [Draft(kind=BlockKind.PARAGRAPH, text=f"Vår samlade bedömning är att {name} delvis når målen.", page=11)]
    metadata = Metadata(
        title=f"Granskning av brottsförebyggande arbete i {name}",
        doc_type=DocType.AUDIT_REPORT,
        issuer=("Revisionsbyrån Ek", "Granit Revision", "Norrsken & Co")[number % 3],
        commissioned_by=f"Revisorerna i {name}",
        municipality_codes=(f"99{number:02}",),
        region="Mellanmarks län",
        date=f"202{4 + number % 2}-0{1 + number % 9}-15",
        year=2024 + number % 2,
    )
    document = _document(f"granskning-{number:02}.pdf", drafts, metadata)
    statuses = [_status(document, key, chosen.get(key), sentences.get(key)) for key in _REQUIREMENTS]
    findings: list[Finding] = []
    for at, (question, topic) in enumerate(zip(questions, topics, strict=True)):
        start = document.text.index(question)
        findings.append(
            AuditQuestion(
                id=stable_id("fraga", document.id, question),
                evidence=(document.cite(start, start + len(question)),),
                found_by="rule:questions",
                text=question,
                number=str(at + 1),
                topic=topic,
                verdict=verdicts[(number + at * 2) % 5],
                verdict_text="Delvis",
            )
        )
    text = f"Vår samlade bedömning är att {name} delvis når målen."
    start = document.text.index(text)
    evidence = (document.cite(start, start + len(text)),)
    findings.append(
        OverallAssessment(
            id=stable_id("helhet", document.id), evidence=evidence, found_by="rule:overall", text=text,
            verdict=Verdict.PARTLY,
        )
    )  # fmt: skip
    return DocumentRecord(
        document=document, path=f"in/{document.source.name}", findings=tuple(findings), statuses=tuple(statuses)
    )


def _status(document: Document, key: str, status: Status | None, sentence: str | None) -> RequirementStatus:
    tested = status in (Status.MET, Status.PARTLY_MET, Status.NOT_MET)
    own = document.metadata.doc_type is DocType.ACTION_PLAN
    basis = Basis.AUDITOR_ASSESSMENT if tested else Basis.SELF_REPORTED if own else Basis.AUDITOR_OBSERVATION
    start = document.text.index(sentence) if sentence else 0
    return RequirementStatus(
        id=stable_id("krav", document.id, key),
        document_id=document.id,
        municipality_code=document.metadata.municipality_codes[0],
        law=LAW,
        requirement=key,
        status=status or Status.NOT_ADDRESSED,
        basis=basis if status else Basis.NONE,
        evidence=(document.cite(start, start + len(sentence)),) if sentence else (),
        note="" if status else "Ingen mening nämner kravet.",
        searched=Searched(passages=48, candidates=0 if not status else 3, terms=(_REQUIREMENTS[key].lower(),)),
        confidence=0.9,
    )


def _plan() -> DocumentRecord:
    """A municipality's own plan: newer than its audit, and with text that means harm."""
    drafts = [
        Draft(kind=BlockKind.HEADING, text="Åtgärdsplan", level=1),
        Draft(kind=BlockKind.PARAGRAPH, text=f"Det finns åtgärdsplan för 2026. {SCRIPT}", page=1),
        Draft(kind=BlockKind.PARAGRAPH, text=HOSTILE, page=1),
        Draft(kind=BlockKind.PARAGRAPH, text="Vid årets slut saknas lägesbild\u0007 för året.", page=2),
        Draft(
            kind=BlockKind.TABLE,
            page=2,
            rows=(("Område", "Åtgärd"), ("Trygghet", "@fält"), ("", "-1+2")),
            spans={(2, 0): (1, 0)},
        ),
    ]
    metadata = Metadata(
        title=f"Åtgärdsplan {SCRIPT}",
        doc_type=DocType.ACTION_PLAN,
        issuer="Björkdala kommun",
        municipality_codes=("9900",),
        date="2026-02",
        year=2026,
    )
    document = _document("+plan<b>.docx", drafts, metadata, pages=2)
    whole = document.cite(0, len(document.text))
    hostile = document.cite(document.text.index(HOSTILE), document.text.index(HOSTILE) + len(HOSTILE))
    by = "rule:test"
    findings: tuple[Finding, ...] = (
        Recommendation(id="rek-1", evidence=(hostile, whole), found_by=by, text=HOSTILE, addressees=("=nämnden", "b")),
        Recommendation(id="rek-2", evidence=(hostile,), found_by="human:anna", text="Ta fram en plan", quoted=True),
        Risk(id="risk-1", evidence=(hostile,), found_by=by, text="\t=1+1"),
        Observation(id="iakt-1", evidence=(hostile,), found_by=by, text="@SUM(A1)"),
        Criterion(id="krit-1", evidence=(hostile,), found_by=by, text="-2+3", law=LAW),
        Measure(id="atg-1", evidence=(hostile,), found_by=by, name="\r=cmd", area="Trygghet"),
        Indicator(id="ind-1", evidence=(hostile,), found_by=by, name="Andel", period="2025", value=-3.5, unit="%"),
        SurveyAnswer(id="enk-1", evidence=(hostile,), found_by=by, question="Har ni en plan?", answer="ja", count=4),
        Agreement(id="avt-1", evidence=(hostile,), found_by=by, agreement_kind="samverkansavtal", parties=("A", "B")),
        Anomaly(
            id="avv-1", evidence=(hostile,), found_by=by, anomaly=AnomalyKind.WRONG_LAW_NUMBER, text="lag (2023:169)",
            expected=LAW,
        ),
    )  # fmt: skip
    statuses = (
        _status(document, "atgardsplan", Status.PRESENT, f"Det finns åtgärdsplan för 2026. {SCRIPT}"),
        _status(document, "lagesbild", Status.ABSENT, "Vid årets slut saknas lägesbild\u0007 för året."),
    )
    return DocumentRecord(document=document, path="/hemlig/plan.docx", findings=findings, statuses=statuses)


def _old_audit() -> DocumentRecord:
    """An audit from before the law, of a municipality that has nothing else."""
    text = "Vi har granskat trygghetsarbetet."
    metadata = Metadata(
        title="Granskning av trygghetsarbetet", doc_type=DocType.AUDIT_REPORT, issuer="Granit Revision",
        municipality_codes=("9924",), date="2022-05-01", year=2022,
    )  # fmt: skip
    document = _document("gammal.pdf", [Draft(kind=BlockKind.PARAGRAPH, text=text)], metadata, pages=1)
    note = "Lagen började gälla 2023-07-01, efter dokumentet."
    statuses = tuple(
        replace(_status(document, key, None, None), status=Status.NOT_APPLICABLE, note=note) for key in _REQUIREMENTS
    )
    return DocumentRecord(document=document, path="gammal.pdf", statuses=statuses)


@cache
def county() -> tuple[DocumentRecord, ...]:
    return (*(_audit(number, name) for number, name in enumerate(NAMES[:21])), _plan(), _old_audit())


@cache
def county_matrix() -> Matrix:
    failures = [FileFailure(path="in/Eksätra kommun 2024.pdf", message="Filen är skyddad med lösenord.")]
    codes = [f"99{number:02}" for number in range(len(NAMES))]
    return build(county(), [law()], failures=failures, municipalities=codes)


@pytest.fixture
def records() -> list[DocumentRecord]:
    return list(county())


@pytest.fixture
def matrix() -> Matrix:
    return county_matrix()
