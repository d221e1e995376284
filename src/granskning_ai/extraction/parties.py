"""The parties of an agreement as a sentence lists them, and which of their names mean the same party."""

from __future__ import annotations

import re
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.swedish.municipalities import municipality

POLICE = "Polismyndigheten"


@cache
def _actor() -> re.Pattern[str]:
    """One party: a common name ('kommunen'), or a capitalised name with what it is ('Vittsunds kommun', 'LPO Norr')."""
    words = load_yaml("agreements.yml")
    nouns = words["party_nouns"]
    capital = r"[A-ZÅÄÖ][\wåäöÅÄÖ&.:-]*(?<![.:])"
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


@cache
def _frames() -> dict[str, re.Pattern[str]]:
    """How a sentence gives an agreement its parties, by where they stand beside the agreement's name."""
    words = load_yaml("agreements.yml")
    enters, entered = words["enters"], words["entered"]
    frames = {
        # after the name: '... mellan A och B', '... har tecknats av A och B', '... där parterna utgörs av A och B'
        "between": r"\W*(?:\w+\W+){0,6}?mellan\s+",
        "entered": rf"\s+(?:har\s+)?(?:gemensamt\s+)?{entered}\s+(?:gemensamt\s+)?(?:av|mellan)\s+",
        "with": r"\s+(?:(?:som|vilken)\s+\w+\s+)?(?:tillsammans\s+)?med\s+",
        "parties": r".*?\bparter(?:na)?\b(?:\s+i\s+\w+)?\s+(?:utgörs\s+av|är|består\s+av)\s+",
        "are": r"\s+(?:utgörs\s+av|är|består\s+av)\s+",
        # before it: 'A och B har tecknat en ...', 'A och B är parter i ...', 'I samverkan med B har A antagit ...'
        "enter": rf"(?P<a>.+?)(?:\s+(?:har|hade))?(?:\s+\w+)?\s+{enters}\s+(?:(?:en|ett|den|gemensam\w*|ny\w*)\s+)*",
        "parts": r"(?P<a>.+?)\s+(?:utgör|är)\s+(?:också\s+|även\s+)?parter\s+i\s+",
        "jointly": rf"(?:I\s+samverkan|Tillsammans)\s+med\s+(?P<b>.+?)\s+har\s+(?P<a>.+?)\s+{enters}\s+(?:\w+\s+)?",
        "joined": rf"(?P<a>.+?)\s+(?:har\s+)?(?:i\s+samverkan|tillsammans)\s+med\s+(?P<b>.+?)\s+(?:har\s+)?{enters}"
        r"\s+(?:\w+\s+)?",
    }
    return {name: re.compile(frame, re.IGNORECASE) for name, frame in frames.items()}


def parties_around(before: str, after: str) -> list[str]:
    """The parties that a sentence gives the agreement whose name stands between `before` and `after`."""
    frames = _frames()
    for name in ("jointly", "joined", "enter", "parts"):
        match = frames[name].fullmatch(before)
        if match and name in ("jointly", "joined"):
            first, second = parties_at(match["a"], 0)[0], parties_at(match["b"], 0)[0]
            if first and second:
                return first + second
        elif match and (found := parties_before(match["a"], len(match["a"]))) and len(found) > 1:
            return found
    ends_in_parties = re.search(r"\bparter(?:na)?\s+i\s+$", before, re.IGNORECASE)
    for name in ("between", "entered", "parties", *(["are"] if ends_in_parties else []), "with"):
        match = frames[name].match(after)
        found = parties_at(after, match.end())[0] if match else []
        if found and name == "with":
            # 'Vittsunds kommuns samverkansöverenskommelse med ...': the municipality is a party too.
            return [*(["kommunen"] if re.search(r"\b[Kk]ommun(?:s|ens)?\s*(?:\w+\s+)?$", before) else []), *found]
        if len(found) > 1:
            return found
    return []


def canonical(party: str, municipality_code: str | None) -> str | None:
    """The party's name; 'kommunen' is the document's municipality, where there is one."""
    name = re.sub(r"\s*\([^()]*\)", "", " ".join(party.split())).strip(" ,.")
    if name.lower() in ("kommunen", "kommun"):
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
