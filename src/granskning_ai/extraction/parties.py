"""The parties of an agreement as a sentence lists them, and which of their names mean the same party."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.swedish.municipalities import municipality

POLICE = "Polismyndigheten"


@cache
def _actor() -> re.Pattern[str]:
    """One party: a common name ('kommunen'), or a capitalised name with what it is ('Vittsunds kommun', 'LPO Norr')."""
    words = load_yaml("agreements.yml")
    nouns = words["party_nouns"]
    capital = rf"(?!(?:{words['openers']})\b)[A-ZÅÄÖ][\wåäöÅÄÖ&.:-]*(?<![.:])"
    name = rf"{capital}(?:\s+(?:{capital}|(?:{nouns})\b|i\s+(?={capital}\s+län)))*(?:\s+län)?"
    lower = rf"(?:lokalpolisområde|polisområde|polisregion|region|länsstyrelsen(?:\s+i)?)\s+{name}"
    return re.compile(rf"(?:{lower}|{name}|(?:{words['common_parties']})\b(?!\w))(?:\s+\([^()]{{2,40}}\))?")


_SEPARATOR = re.compile(r"\s*,\s+(?:och\s+|samt\s+|respektive\s+)?|\s+(?:och|samt|respektive)\s+")
_DETERMINER = re.compile(r"(?:den|det|de)\s+(?:\w+\s+)?(?=\w)")


def parties_at(text: str, at: int) -> tuple[list[str], int]:
    """The series of parties that begins at `at`, and where it ends."""
    found: list[str] = []
    end = at
    while True:
        match = _actor().match(text, at)
        if match is None or not _is_body(match.group()):
            break
        found.append(match.group())
        end = match.end()
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            break
        at = separator.end()
    return found, end


def _is_body(name: str) -> bool:
    """Whether a name can be that of a body: 'Styrgruppen' and 'Överenskommelsen' are things in the definite form."""
    if len(name.split()) > 1 or not re.search(r"(?:en|et|na|ns)$", name):
        return True
    return re.search(load_yaml("agreements.yml")["definite_parties"], name, re.IGNORECASE) is not None


def parties_before(text: str, end: int) -> list[str]:
    """The series of parties that ends at `end`."""
    for start in [0, *(match.end() for match in _SEPARATOR.finditer(text, 0, end)), *_word_starts(text, end)]:
        found, reached = parties_at(text, start)
        if found and reached == len(text[:end].rstrip()):
            return found
    return []


def _word_starts(text: str, end: int) -> list[int]:
    return [match.start() for match in re.finditer(r"\S+", text[:end])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The parties that a sentence gives an agreement, and how far after its name they reach.

    `ours` where it names the other party alone: the first is the document's municipality. `others` where it speaks of
    other municipalities or bodies.
    """

    parties: tuple[str, ...] = ()
    end: int = 0
    ours: bool = False
    others: bool = False


@cache
def _frames() -> dict[str, re.Pattern[str]]:
    """How a sentence gives an agreement its parties, by where they stand beside the agreement's name."""
    words = load_yaml("agreements.yml")
    enters, entered = words["enters"], words["entered"]
    frames = {
        # after the name: '... mellan A och B', '... har tecknats av A och B', '... där parterna utgörs av A och B'
        "between": r"\W*(?:\w+\W+){0,6}?mellan\s+",
        "entered": rf",?\s+(?:som\s+)?(?:har\s+)?(?:gemensamt\s+)?{entered}\s+(?:gemensamt\s+)?(?:av|mellan)\s+",
        "with": r"\s+(?:(?:som|vilken)\s+\w+\s+|(?:är|har)\s+|finns\s+(?:sedan\s+\S+\s+)?)?"
        rf"(?:{words['signed_with']}\s+)?(?:tillsammans\s+)?med\s+",
        "parties": r".*?\bparter(?:na)?\b(?:\s+i\s+\w+)?\s+(?:utgörs\s+av|är|består\s+av)\s+",
        "are": r"\s+(?:utgörs\s+av|är|består\s+av)\s+",
        # before it: 'A och B har tecknat en ...', 'A och B är parter i ...', 'I samverkan med B har A antagit ...'
        "enter": rf"(?P<a>.+?)(?:\s+(?:har|hade))?(?:\s+\w+)?\s+{enters}\s+(?:(?:en|ett|den|gemensam\w*|ny\w*)\s+)*",
        "have": r"(?P<a>.+?)\s+(?:har|hade)\s+(?P<b>(?:[\w-]+\s+){0,6})",
        "parts": r"(?P<a>.+?)\s+(?:utgör|är)\s+(?:också\s+|även\s+)?parter\s+i\s+",
        "jointly": rf"(?:I\s+samverkan|Tillsammans)\s+med\s+(?P<b>.+?)\s+har\s+(?P<a>.+?)\s+{enters}\s+(?:\w+\s+)?",
        "joined": rf"(?P<a>.+?)\s+(?:har\s+)?(?:i\s+samverkan|tillsammans)\s+med\s+(?P<b>.+?)\s+(?:har\s+)?{enters}"
        r"\s+(?:\w+\s+)?",
        "with_first": rf"(?:.*\W)?med\s+(?P<b>.+?)\s+(?:har|hade|finns)\s+(?P<a>{words['ourselves']})?\s*"
        r"(?:(?!inte\b|ing[ea]\w*\b)[\w-]+\s+){0,4}?",
        "owner": rf".*?\b(?P<a>(?!(?:{words['openers']})\b)[A-ZÅÄÖ][\w-]*(?:\s+[A-ZÅÄÖ][\w-]*)*\s+(?:kommuns|stads)"
        r"|[Kk]ommunens)\s+(?:[\w-]+\s+){0,3}",
    }
    return {name: re.compile(frame, re.IGNORECASE if name != "owner" else 0) for name, frame in frames.items()}


@cache
def _others() -> re.Pattern[str]:
    """Words by which a sentence speaks of the agreements of somebody else than the municipality."""
    return re.compile(load_yaml("agreements.yml")["others"], re.IGNORECASE)


def parties_around(before: str, after: str) -> Around:
    """The parties that a sentence gives the agreement whose name stands between `before` and `after`."""
    found = _before(before)
    if found:
        return found
    frames = _frames()
    ends_in_parties = re.search(r"\bparter(?:na)?\s+i\s+$", before, re.IGNORECASE)
    for name in ("between", "entered", "parties", *(["are"] if ends_in_parties else []), "with"):
        match = frames[name].match(after)
        parties, end = parties_at(after, match.end()) if match else ([], 0)
        if parties and name == "with":
            return _with(before, parties, end)
        if len(parties) > 1:
            return Around(parties=tuple(parties), end=end)
    return Around()


def _before(before: str) -> Around | None:
    """The parties that stand before the agreement's name."""
    frames = _frames()
    for name in ("jointly", "joined", "with_first", "enter", "have", "parts"):
        match = frames[name].fullmatch(before)
        if match is None:
            continue
        if name in ("jointly", "joined"):
            first, second = parties_at(match["a"], 0)[0], parties_at(match["b"], 0)[0]
            if first and second:
                return Around(parties=(*first, *second))
        elif name == "with_first":
            partners, end = parties_at(match["b"], 0)
            if partners and end == len(match["b"]):
                return _with_others(before, partners, 0)
        elif len(found := parties_before(match["a"], len(match["a"]))) > 1:
            return Around(parties=tuple(found))
    return None


def _with(before: str, partners: list[str], end: int) -> Around:
    """'A har en överenskommelse med B', 'As överenskommelse med B', or 'överenskommelsen med B' alone."""
    named = _subject(before)
    return Around(parties=(*named, *partners), end=end) if named else _with_others(before, partners, end)


def _with_others(before: str, partners: list[str], end: int) -> Around:
    others = _others().search(before) is not None
    return Around(parties=tuple(partners), end=end, ours=not others, others=others)


def _subject(before: str) -> list[str]:
    """Whose agreement it is, as far as the words before its name tell that."""
    owner = _frames()["owner"].fullmatch(before)
    if owner:
        return [re.sub(r"^[Kk]ommunens$", "kommunen", owner["a"])]
    have = _frames()["have"].fullmatch(before)
    if have and (inverted := parties_at(have["b"], 0)[0]):
        return inverted[:1]
    subject = have or _frames()["enter"].fullmatch(before)
    named = parties_before(subject["a"], len(subject["a"])) if subject else []
    return [name for name in named if _is_certain(name)]


def _is_certain(name: str) -> bool:
    """Whether a name is a body's by itself: 'Dessutom' begins a sentence with a capital letter too."""
    bodies = load_yaml("agreements.yml")["definite_parties"]
    return len(name.split()) > 1 or re.search(bodies, name, re.IGNORECASE) is not None


def canonical(party: str, municipality_code: str | None) -> str | None:
    """The party's name; 'kommunen' is the document's municipality, where there is one."""
    name = re.sub(r"\s*\([^()]*\)", "", " ".join(party.split())).strip(" ,.")
    if name.lower() in ("kommunen", "kommun", "kommunstyrelsen"):
        place = municipality(municipality_code)
        return place.full_name if place else None
    if name.lower() in ("polisen", "polis", "polismyndigheten", "lokalpolisområdet"):
        return POLICE
    name = re.sub(r"(?<=[Kk]ommun)s$", "", name)
    return name[:1].upper() + name[1:]


def party_key(party: str) -> str:
    """What is alike for two names of the same party.

    >>> party_key("LPO Vittsund") == party_key("Vittsunds lokalpolisområde")
    True
    """
    folded = party.lower()
    if re.search(r"\b(?:lpo|lokalpolisområde|polisområde|polisregion)\b|polismyndighet", folded):
        place = re.sub(r"\b(?:lpo|lokalpolisområde|polisområde|polisregion|polismyndigheten|i)\b", "", folded)
        return "polis:" + " ".join(re.sub(r"s$", "", word) for word in place.split())
    return re.sub(r"\bab\b", "", re.sub(r"[^\wåäö]+", " ", folded)).strip()


def merge_parties(lists: list[list[str]]) -> tuple[str, ...]:
    """Every party once, in the order of the longest list; the police of a place stand for the police at large."""
    merged: dict[str, str] = {}
    for parties in sorted(lists, key=len, reverse=True):
        for party in parties:
            merged.setdefault(party_key(party), party)
    if any(key.startswith("polis:") and key != "polis:" for key in merged):
        merged.pop("polis:", None)
    return tuple(merged.values())
