"""Scores records against gold files (evals/README.md describes the format).

A figure is the F1 of what is right, what the gold has and what was found: 2 * right / (gold + found).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from granskning_ai.errors import ConfigError
from granskning_ai.model import (
    EMPTY_STATUSES,
    Agreement,
    Anomaly,
    AuditQuestion,
    Criterion,
    DocumentRecord,
    Finding,
    Indicator,
    Measure,
    Observation,
    OverallAssessment,
    Recommendation,
    RequirementStatus,
    Risk,
    Status,
    SurveyAnswer,
    Verdict,
)
from granskning_ai.swedish.terms import likeness, words

Gold = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Figure:
    """One measure: how many were right, how many the gold has, how many were found, and what went wrong."""

    name: str
    right: int = 0
    wanted: int = 0
    found: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1, 1.0 where there is nothing to find and nothing was found."""
        total = self.wanted + self.found
        return 2 * self.right / total if total else 1.0

    @property
    def precision(self) -> float:
        """How much of what was found is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """How much of what the gold has was found."""
        return self.right / self.wanted if self.wanted else 1.0

    def add(self, right: int, wanted: int, found: int, *notes: str) -> None:
        """Adds one document's counts; the notes are kept only where something was wrong."""
        self.right += right
        self.wanted += wanted
        self.found += found
        if right < max(wanted, found):
            self.notes.extend(notes)


class Scorer:
    """Collects the figures over documents."""

    def __init__(self) -> None:
        self.figures: dict[str, Figure] = {}

    def figure(self, name: str) -> Figure:
        """The figure of that name, made when first asked for."""
        return self.figures.setdefault(name, Figure(name=name))


def load_gold(directory: Path) -> dict[str, Gold]:
    """The gold files of a folder, by the stem of the document that each describes.

    Raises:
        ConfigError: there is no gold file in the folder.
    """
    files = sorted(directory.glob("*.yaml"))
    if not files:
        raise ConfigError(f"Det finns inga facitfiler (*.yaml) i {directory}.", hint="Ange mappen med --facit.")
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}


def score(records: Iterable[DocumentRecord], gold: dict[str, Gold]) -> list[Figure]:
    """Scores every record that has a gold file; a gold file without a record counts as missed."""
    by_stem = {Path(record.document.source.name).stem: record for record in records}
    scorer = Scorer()
    for stem, wanted in gold.items():
        record = by_stem.get(stem)
        scorer.figure("dokument").add(int(record is not None), 1, int(record is not None), f"{stem}: saknas")
        if record is not None:
            _score_one(scorer, stem, record, wanted)
    return list(scorer.figures.values())


def _of(record: DocumentRecord, kind: type[Finding]) -> list[Any]:
    return [finding for finding in record.findings if isinstance(finding, kind)]


def _score_one(scorer: Scorer, stem: str, record: DocumentRecord, gold: Gold) -> None:
    _metadata(scorer, stem, record, gold["document"])
    _questions(scorer, stem, record, gold)
    _overall(scorer, stem, record, gold)
    own = [r for r in _of(record, Recommendation) if not r.quoted]
    quoted = [r for r in _of(record, Recommendation) if r.quoted]
    _texts(scorer, "rekommendationer", stem, own, gold.get("recommendations"), _text, "text", 0.85)
    _addressees(scorer, stem, own, gold.get("recommendations") or [])
    _texts(scorer, "citerade rekommendationer", stem, quoted, gold.get("quoted_recommendations"), _text, "text", 0.85)
    _texts(scorer, "risker", stem, _of(record, Risk), gold.get("risks"), _text, "text", 0.85)
    if "observations" in gold:
        _texts(scorer, "observationer", stem, _of(record, Observation), gold["observations"], _text, None, 0.8)
    if gold.get("criteria") is not None:
        _texts(scorer, "revisionskriterier", stem, _of(record, Criterion), gold["criteria"], _text, None, 0.6)
    _texts(scorer, "åtgärder", stem, _of(record, Measure), gold.get("measures"), lambda m: str(m.name), "name", 0.7)
    _indicators(scorer, stem, record, gold)
    _survey(scorer, stem, record, gold)
    _agreements(scorer, stem, record, gold)
    _anomalies(scorer, stem, record, gold)
    _requirements(scorer, stem, record, gold)
    _grounding(scorer, stem, record)


def _text(finding: Any) -> str:  # noqa: ANN401 - several finding kinds share the field
    return str(finding.text)


def _metadata(scorer: Scorer, stem: str, record: DocumentRecord, wanted: Gold) -> None:
    metadata = record.document.metadata
    municipality = wanted.get("municipality")
    codes = [entry["code"] for entry in wanted.get("municipalities") or ([municipality] if municipality else [])]
    checks: list[tuple[str, object, set[object]]] = [
        ("dokumenttyp", metadata.doc_type.value, {wanted["doc_type"], *(wanted.get("doc_type_accept") or [])}),
        ("kommun", tuple(sorted(metadata.municipality_codes)), {tuple(sorted(codes))}),
        ("datum", metadata.date, _accepted(wanted, "date") if wanted.get("date") else {metadata.date}),
        ("år", metadata.year, {wanted.get("year_audited") or wanted.get("year") or metadata.year}),
    ]
    for name, got, accepted in checks:
        scorer.figure(name).add(int(got in accepted), 1, 1, f"{stem}: {got!r}, inte {sorted(map(str, accepted))}")
    issuers = [name for name in (wanted.get("issuer"), *(wanted.get("issuer_accept") or [])) if name]
    if issuers:
        right = any(f" {' '.join(words(i))} " in f" {' '.join(words(metadata.issuer))} " for i in issuers)
        scorer.figure("utgivare").add(int(right), 1, 1, f"{stem}: {metadata.issuer!r}, inte {issuers}")


def _accepted(wanted: Gold, key: str) -> set[object]:
    return {str(wanted[key]), *(str(value) for value in wanted.get(f"{key}_accept") or [])}


def pair(
    found: Sequence[Any], gold: Sequence[Any], alike: Callable[[Any, Any], float], threshold: float
) -> list[tuple[Any, Any]]:
    """Pairs found and gold one to one, the most alike first."""
    scores = sorted(((alike(f, g), -i, -j) for i, f in enumerate(found) for j, g in enumerate(gold)), reverse=True)
    used_found: set[int] = set()
    used_gold: set[int] = set()
    pairs: list[tuple[Any, Any]] = []
    for value, i, j in scores:
        if value >= threshold and i not in used_found and j not in used_gold:
            used_found.add(i)
            used_gold.add(j)
            pairs.append((found[-i], gold[-j]))
    return pairs


def _gold_likeness(text: str, gold: Any, key: str | None) -> float:  # noqa: ANN401 - read from YAML
    texts = [gold] if key is None or isinstance(gold, str) else [gold[key], *(gold.get("also") or [])]
    return max(likeness(text, str(wanted)) for wanted in texts)


def _texts(
    scorer: Scorer,
    name: str,
    stem: str,
    found: list[Any],
    gold: Sequence[Any] | None,
    text: Callable[[Any], str],
    key: str | None,
    threshold: float,
) -> None:
    wanted = list(gold or [])
    pairs = pair(found, wanted, lambda f, g: _gold_likeness(text(f), g, key), threshold)
    missed = [str(g if key is None else g[key])[:70] for g in wanted if all(g is not p[1] for p in pairs)]
    extra = [text(f)[:70] for f in found if all(f is not p[0] for p in pairs)]
    scorer.figure(name).add(len(pairs), len(wanted), len(found), f"{stem}: missade {missed}, för mycket {extra}")


def _questions(scorer: Scorer, stem: str, record: DocumentRecord, gold: Gold) -> None:
    mains = list(gold.get("audit_questions") or [])
    wanted = mains + [sub for question in mains for sub in question.get("sub", [])]
    found = _of(record, AuditQuestion)
    pairs = pair(found, wanted, lambda f, g: _gold_likeness(f.text, g, "text"), 0.75)
    wanted = [g for g in wanted if not g.get("optional") or any(g is p[1] for p in pairs)]
    missed = [g["id"] for g in wanted if all(g is not p[1] for p in pairs)]
    extra = [f.text[:70] for f in found if all(f is not p[0] for p in pairs)]
    scorer.figure("revisionsfrågor").add(
        len(pairs), len(wanted), len(found), f"{stem}: missade {missed}, för mycket {extra}"
    )
    for got, want in pairs:
        accepted = {want["verdict"], *(want.get("accept") or [])}
        right = int(got.verdict.value in accepted)
        note = f"{stem} {want['id']}: {got.verdict.value} ({got.note}), inte {want['verdict']}"
        scorer.figure("bedömningar").add(right, 1, 1, note)
        if want.get("topic"):
            right = int(got.topic.value == want["topic"])
            scorer.figure("ämnen").add(right, 1, 1, f"{stem} {want['id']}: {got.topic.value}, inte {want['topic']}")
    scorer.figure("bedömningar").add(0, len(missed), 0)


def _overall(scorer: Scorer, stem: str, record: DocumentRecord, gold: Gold) -> None:
    wanted = gold.get("overall_assessment")
    got = {o.verdict.value for o in _of(record, OverallAssessment)}
    if wanted:
        accepted = {wanted["verdict"], *(wanted.get("accept") or [])}
        right = int((got or {Verdict.NOT_ASSESSED.value}) <= accepted)
        scorer.figure("samlade bedömningar").add(right, 1, 1, f"{stem}: {sorted(got)}, inte {wanted['verdict']}")
    elif got:
        scorer.figure("samlade bedömningar").add(0, 0, 1, f"{stem}: {sorted(got)}, men ingen är uttalad")


def _addressees(scorer: Scorer, stem: str, found: list[Any], gold: list[Gold]) -> None:
    for got, want in pair(found, gold, lambda f, g: _gold_likeness(f.text, g, "text"), 0.85):
        if not want.get("addressee"):
            continue
        right = {" ".join(words(a)) for a in got.addressees} == {" ".join(words(a)) for a in want["addressee"]}
        note = f"{stem} {want['id']}: {got.addressees}, inte {want['addressee']}"
        scorer.figure("adressater").add(int(right), 1, 1, note)


def _indicators(scorer: Scorer, stem: str, record: DocumentRecord, gold: Gold) -> None:
    wanted = [(str(i["name"]), str(p), float(v)) for i in gold.get("indicators") or [] for p, v in i["values"].items()]
    found = [(i.name, i.period, i.value) for i in _of(record, Indicator)]

    def alike(f: tuple[str, str, float], g: tuple[str, str, float]) -> float:
        return likeness(f[0], g[0]) if abs(f[2] - g[2]) < 1e-6 and likeness(f[1], g[1]) > 0.5 else 0.0

    pairs = pair(found, wanted, alike, 0.6)
    scorer.figure("indikatorvärden").add(
        len(pairs), len(wanted), len(found), f"{stem}: {len(pairs)} rätt av {len(wanted)}, {len(found)} funna"
    )


def _survey(scorer: Scorer, stem: str, record: DocumentRecord, gold: Gold) -> None:
    labels = {"ja": "ja", "nej": "nej", "vet_ej": "vet ej"}
    wanted = [
        (str(entry["question"]), labels.get(key, key), count)
        for entry in gold.get("survey") or []
        for key, count in entry.items()
        if key != "question"
    ]
    found = [(a.question, a.answer.lower(), a.count) for a in _of(record, SurveyAnswer)]
    pairs = pair(found, wanted, lambda f, g: likeness(f[0], g[0]) if f[1:] == g[1:] else 0.0, 0.8)
    scorer.figure("enkätsvar").add(
        len(pairs), len(wanted), len(found), f"{stem}: {len(pairs)} rätt av {len(wanted)}, {len(found)} funna"
    )


def _agreements(scorer: Scorer, stem: str, record: DocumentRecord, gold: Gold) -> None:
    if gold.get("agreements") is None:
        return
    wanted, found = gold["agreements"], _of(record, Agreement)

    def alike(f: Agreement, g: Gold) -> float:
        # A samverkansöverenskommelse is an överenskommelse: both name the same agreement, one more exactly.
        same_kind = f.agreement_kind.endswith(g["kind"]) or str(g["kind"]).endswith(f.agreement_kind)
        same_period = all(
            str(g.get(end) or "")[:4] == (got or "")[:4]
            for end, got in (("valid_from", f.valid_from), ("valid_to", f.valid_to))
        )
        return float(same_kind and same_period)

    pairs = pair(found, wanted, alike, 0.9)
    scorer.figure("överenskommelser").add(
        len(pairs),
        len(wanted),
        len(found),
        f"{stem}: {[(f.agreement_kind, f.valid_from) for f in found]}, "
        f"facit {[(g['kind'], str(g.get('valid_from'))) for g in wanted]}",
    )


def _anomalies(scorer: Scorer, stem: str, record: DocumentRecord, gold: Gold) -> None:
    wanted = [a["kind"] for a in gold.get("anomalies") or []]
    found = [a.anomaly.value for a in _of(record, Anomaly)]
    right = sum(min(found.count(kind), wanted.count(kind)) for kind in set(wanted))
    scorer.figure("avvikelser").add(right, len(wanted), len(found), f"{stem}: {found}, facit {wanted}")


LAWS = {"requirements": "2023:196", "requirements_kl": "2017:725"}
"""Key in the gold file to the act's number."""


def _requirements(scorer: Scorer, stem: str, record: DocumentRecord, gold: Gold) -> None:
    for key, law in LAWS.items():
        rows = {s.requirement: s for s in record.statuses if s.law == law}
        name = "lagkrav" if key == "requirements" else "lagkrav (kommunallagen)"
        for requirement, want in (gold.get(key) or {}).items():
            accepted = {want["status"], *(want.get("accept") or [])}
            if gold["document"].get("before_the_law") and Status.NOT_ADDRESSED.value in accepted:
                accepted.add(Status.NOT_APPLICABLE.value)
            got = rows.get(requirement)
            status = got.status.value if got else Status.NOT_ADDRESSED.value
            note = f"{stem} {requirement}: {status} ({got.note if got else 'ingen rad'}), inte {want['status']}"
            scorer.figure(name).add(int(status in accepted), 1, 1, note)
        if gold.get(key) == {}:
            claimed = [s for s in rows.values() if s.status is not Status.NOT_APPLICABLE]
            if claimed:
                scorer.figure(name).add(0, 0, len(claimed), f"{stem}: krav fast dokumentet inte gäller en kommun")


def _grounding(scorer: Scorer, stem: str, record: DocumentRecord) -> None:
    """Every quote is the slice of the text that its offsets name; every row but an empty status has one."""
    rows: list[Finding | RequirementStatus] = [*record.findings, *record.statuses]
    for row in rows:
        empty = isinstance(row, RequirementStatus) and row.status in EMPTY_STATUSES
        right = all(record.document.text[e.start : e.end] == e.quote for e in row.evidence) and (
            empty or bool(row.evidence)
        )
        scorer.figure("belägg").add(int(right), 1, 1, f"{stem} {row.id}: utan belägg i dokumentet")
