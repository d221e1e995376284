"""Whom advice is addressed to: boards, companies and groups of them, in the text's own words."""

from __future__ import annotations

import re
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.swedish.matching import Finder, organisations

_ADVISED = re.compile(
    r"rekommender\w*\s+(?:vi\s+|revisionen\s+|revisorerna\s+|att\s+)?(?P<who>.{3,120}?)(?:\s+att\b|\s*:|$)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?P<who>.{3,200}?)\s+rekommenderas\b", re.IGNORECASE)
_SPEAKS_OF_ADVICE = re.compile(
    r"rekommendation|förslag|:\s*$|\b(?:bör|behöver|måste|uppmanas|föreslås|(?:anledning|skäl)\s+för|vikt)\b|"
    r"\b(?:väsentligt|viktigt|angeläget|nödvändigt)\b|\batt\s*$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:bör|behöver|måste|uppmana[rs]|föreslår|(?:anledning|skäl)\s+för|(?:väsentligt|viktigt|angeläget|nödvändigt|vikt)\s+att)\s+"
    r"(?P<who>.{3,60}?)(?:\s+att)?\s"
)


@cache
def _finder() -> Finder:
    return Finder(load_yaml("addressees.yml"))


def addressees_in(text: str) -> tuple[str, ...]:
    """The addressees that a sentence names: between 'rekommenderar' and 'att', or as subject of 'bör' and 'behöver'."""
    passive = _PASSIVE.match(text)
    if passive and _named(passive["who"]):
        return _named(passive["who"])
    advised = _ADVISED.search(text)
    if advised:
        return _named(advised["who"]) or tuple(_unknown(advised["who"]))
    if not _SPEAKS_OF_ADVICE.search(text):
        return ()
    told = _TOLD.search(text)
    after = _named(told["who"]) if told else ()
    before = re.split(r"\s(?:bör|behöver|måste|uppmanas|föreslås)\s", text)[0]
    return after or _named(before)


def addressees_named(text: str) -> tuple[str, ...]:
    """The last body that a text speaks of: whom a bare 'Rekommendation: …' after it is addressed to."""
    return _named(text)[-1:]


def leading_addressee(text: str) -> tuple[str, ...]:
    """Who is told what to do in a line such as 'Kommunstyrelsen vidareutvecklar sin uppföljning'."""
    match = next(iter(_finder().find(text)), None)
    return _named(text[match.start : match.end]) if match and match.start == 0 else ()


def names_an_addressee(text: str) -> bool:
    """Whether the text begins with a board or company that is told something."""
    return any(match.start == 0 for match in _finder().find(text))


def _named(scope: str) -> tuple[str, ...]:
    names: list[str] = []
    for match in _finder().find(scope):
        name = re.sub(r"\s+", " ", scope[match.start : match.end])
        # 'Lönekontoret Mitt' and 'Vittsunds Hamn AB' are names.
        proper = match.label == "company" or (match.label == "office" and " " in name)
        name = name if proper else name[:1].lower() + name[1:]
        if name not in names:
            names.append(name)
    return tuple(names)


def _unknown(scope: str) -> list[str]:
    """An organisation that no pattern knows but a trained pipeline, if there is one, takes for one."""
    return [scope[match.start : match.end] for match in organisations(scope)]
