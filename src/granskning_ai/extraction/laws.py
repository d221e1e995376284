"""The register of acts that municipal audits cite (data/laws.csv, facts only), and the citations of acts in a text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act. Dates are ISO 8601; `in_force` is empty where one day cannot be given, `repealed` while it is in force.

    `names` are the title and every other form in which a text names the act, abbreviations too.
    """

    number: str
    title: str
    in_force: str
    repealed: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place where a text cites an act, by number, by name or by both.

    `number` is as printed. `named` is what the name is in the register: several acts where an older one had the same
    name. `name` is the folded name, kept for acts that the register lacks.
    """

    start: int
    end: int
    number: str | None
    name: str
    named: tuple[Act, ...]


@cache
def register() -> dict[str, Act]:
    """Every act by its number."""
    text = files("granskning_ai.extraction").joinpath("data/laws.csv").read_text(encoding="utf-8")
    acts = {}
    for row in csv.DictReader(io.StringIO(text)):
        others = tuple(name for name in row["names"].split(";") if name)
        acts[row["number"]] = Act(
            number=row["number"],
            title=row["title"],
            in_force=row["in_force"],
            repealed=row["repealed"],
            names=(*_forms(row["title"]), *others),
        )
    return acts


def _forms(title: str) -> tuple[str, ...]:
    """The title and, for 'lag om ...', the form 'lagen om ...'."""
    kind, space, rest = title.partition(" ")
    return (title, f"{kind}en {rest}") if space and kind in {"lag", "förordning"} else (title,)


def fold(text: str) -> str:
    """A name for comparison: lower case, without hyphens, one space between words.

    >>> fold("Plan-  och bygglagen")
    'plan och bygglagen'
    """
    return " ".join(text.lower().replace("\u00ad", "").replace("-", "").split())


@cache
def _by_name() -> dict[str, tuple[Act, ...]]:
    found: dict[str, tuple[Act, ...]] = {}
    for act in register().values():
        for name in act.names:
            key = name if _is_abbreviation(name) else fold(name)
            found[key] = (*found.get(key, ()), act)
    return found


def _is_abbreviation(name: str) -> bool:
    return len(name) <= 4 and name != name.lower()


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Any name in the register, any abbreviation, and a piece of a word that every name has.

    The third is quick to look for in a text: where it is not found there is no name.
    """
    words: list[str] = []
    abbreviations: list[str] = []
    pieces = {"lag", "balk", "förordning"}
    for name in sorted(
        {name for act in register().values() for name in act.names}, key=lambda name: (-len(name), name)
    ):
        pattern = r"\s+".join(re.escape(word).replace(r"\-", "-?") for word in name.split())
        (abbreviations if _is_abbreviation(name) else words).append(pattern)
        if not _is_abbreviation(name) and not any(piece in name.lower() for piece in pieces):
            pieces.add(name.lower())
    return (
        re.compile(rf"(?<![\w-])(?:{'|'.join(words)})s?(?![\w-])", re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?:{'|'.join(abbreviations)})s?(?![\w-])"),
        re.compile("|".join(map(re.escape, sorted(pieces)))),
    )


_WORD_BEFORE = re.compile(r"(?:(?<![\w-])[\w]+-\s+och\s+)?[\w-]*$")
_LONGEST_WORD = 60


def _name_matches(text: str) -> Iterator[re.Match[str]]:
    """Every name and abbreviation in the text, in no certain order."""
    name, abbreviation, piece = _names()
    yield from abbreviation.finditer(text)
    lower = text.lower()
    if len(lower) != len(text):
        # A letter whose small form is longer would shift the places.
        yield from name.finditer(text)
        return
    at = 0
    for found in piece.finditer(lower):
        before = _WORD_BEFORE.search(text, max(at, found.start() - _LONGEST_WORD), found.start())
        match = name.match(text, before.start() if before else found.start()) if found.start() >= at else None
        # In 'plan- och bygglagen' the name may be the last word alone.
        if match is None and before and " " in before.group():
            match = name.match(text, found.start() - len(before.group().split(" ")[-1]))
        if match:
            at = match.end()
            yield match


_NUMBER = r"(?P<number>(?:1[6-9]|20)\d\d:\d{1,4})(?!\d)"
_NUMBERED = re.compile(
    rf"\((?:[A-ZÅÄÖ][\wÅÄÖåäö]{{1,4}}[,;]?\s+)?(?:SFS\s*)?{_NUMBER}[^()]{{0,30}}\)"
    rf"|\bSFS\s+{_NUMBER.replace('number', 'bare')}"
)
_KIND_BEFORE = re.compile(r"\b(?:lag|lagen|förordning|förordningen)\s*$", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"(?:\b(?:lag|lagen|förordning|förordningen)\s+(?:om|med|angående)\s+[^().;:]{3,150}"
    r"|(?:\b[\wåäö]+-\s+och\s+)?\b[\wåäö]+(?:lag|lagen|balk|balken|förordning|förordningen))\s*(?:\([A-Za-zÅÄÖåäö]{2,5}\)\s*)?$",
    re.IGNORECASE,
)
_TITLE_AFTER = re.compile(r"\s+(?:om|med|angående)\s+[^().;:,–—]{3,150}")


def find_citations(text: str) -> list[Citation]:
    """Every citation of an act in `text`, in order.

    >>> [(citation.number, citation.named[0].number) for citation in find_citations("kommunallagen och SoL (2001:453)")]
    [(None, '2017:725'), ('2001:453', '2025:400')]
    """
    found: list[Citation] = []
    for match in _NUMBERED.finditer(text) if ":" in text else ():
        found.append(_numbered(text, match))
    for match in _name_matches(text):
        if not any(citation.start < match.end() and match.start() < citation.end for citation in found):
            name = match.group()
            named = _lookup(name) or _lookup(name[:-1])
            found.append(Citation(start=match.start(), end=match.end(), number=None, name=fold(name), named=named))
    return sorted(found, key=lambda citation: citation.start)


def _numbered(text: str, match: re.Match[str]) -> Citation:
    number = match["number"] or match["bare"]
    before, after = text[max(0, match.start() - 170) : match.start()], text[match.end() : match.end() + 170]
    kind = _KIND_BEFORE.search(before)
    title = _TITLE_AFTER.match(after) if kind else None
    if kind and title:
        name, named, length = _leading_name(f"{kind.group().strip()}{title.group()}")
        end = match.end() + length - len(kind.group().strip()) if named else match.end()
        return Citation(
            start=match.start() - len(before) + kind.start(), end=end, number=number, name=name, named=named
        )
    if kind:
        return Citation(
            start=match.start() - len(before) + kind.start(), end=match.end(), number=number, name="", named=()
        )
    name, named, start = _trailing_name(before)
    return Citation(start=match.start() - len(before) + start, end=match.end(), number=number, name=name, named=named)


def _lookup(name: str) -> tuple[Act, ...]:
    return _by_name().get(name) or _by_name().get(fold(name)) or ()


def _leading_name(words: str) -> tuple[str, tuple[Act, ...], int]:
    """The act that `words` begin with, and how many characters of `words` name it."""
    pieces = words.split()
    for name, acts in _by_name().items():
        count = len(name.split())
        if count > 1 and _alike(" ".join(pieces[:count]), name):
            stretch = re.match(rf"\s*(?:\S+\s+){{{count - 1}}}\S+", words)
            return name, acts, stretch.end() if stretch else len(words)
    return fold(" ".join(pieces[:8])), (), 0


def _trailing_name(before: str) -> tuple[str, tuple[Act, ...], int]:
    """The act whose name ends `before`, and where in `before` the name begins."""
    bare = re.sub(r"\s*\([A-Za-zÅÄÖåäö]{2,5}\)\s*$", "", before).rstrip()
    words = list(re.finditer(r"\S+", bare))
    for name, acts in _by_name().items():
        count = len(name.split())
        if len(words) >= count and _alike(bare[words[-count].start() :], name):
            return name, acts, words[-count].start()
    unknown = _NAME_BEFORE.search(before)
    return (fold(unknown.group()), (), unknown.start()) if unknown else ("", (), len(before))


def _alike(words: str, name: str) -> bool:
    """Whether `words` are the name, a misspelt letter in a long name apart."""
    folded = fold(words)
    if folded == name or words == name:
        return True
    return len(name) > 30 and SequenceMatcher(None, folded, name, autojunk=False).ratio() > 0.95


def act_cited(text: str, date: str | None = None) -> Act | None:
    """The first act that `text` cites: the one it names, in the version in force at `date`, else the one it numbers."""
    for citation in find_citations(text):
        numbered = register().get(citation.number or "")
        if numbered and (not citation.named or numbered in citation.named):
            return numbered
        if citation.named:
            return in_force_at(citation.named, date)
    return None


def number_cited(text: str, date: str | None = None) -> str | None:
    """The number of the first act that `text` cites, also of one that the register lacks.

    >>> number_cited("livsmedelslagen (2006:804)"), number_cited("Arbetsmiljöverkets föreskrifter (AFS 2001:1)")
    ('2006:804', None)
    """
    act = act_cited(text, date)
    return act.number if act else next((c.number for c in find_citations(text) if c.number and c.name), None)


def in_force_at(acts: tuple[Act, ...], date: str | None) -> Act:
    """Of acts with the same name, newest first, the one in force at `date` (the newest where that is unknown)."""
    if date:
        for act in acts:
            if act.in_force[: len(date)] <= date[: len(act.in_force)]:
                return act
    return acts[0]
