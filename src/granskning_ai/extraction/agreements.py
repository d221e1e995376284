"""Agreements that a document is or speaks of: kind, parties, period and areas, put together from every mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from granskning_ai.extraction.agreement_mentions import Mention, Period, Span, find_mentions
from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.parties import canonical, merge_parties, party_key
from granskning_ai.extraction.reading import Ids
from granskning_ai.model import Agreement, Document, Finding


@dataclass(slots=True, kw_only=True)
class Gathered:
    """An agreement while its mentions are put together."""

    kind: str
    period: Period | None
    mentions: list[Mention]

    @property
    def began(self) -> str | None:
        """When it was signed or renewed, where a mention tells that."""
        return next((mention.began for mention in self.mentions if mention.began), None)


def find_agreements(document: Document) -> list[Finding]:
    """Every agreement of which the document tells the period or at least two parties, each once."""
    municipality = canonical("kommunen", document.metadata.municipality_code)
    ids = Ids("avtal", document)
    found: list[Finding] = []
    for agreement in _gather(list(find_mentions(document)), municipality):
        valid_from, valid_to = agreement.period or (None, None)
        valid_from = valid_from or agreement.began
        parties = merge_parties([mention.parties for mention in agreement.mentions])
        if not (valid_from or valid_to) and len(parties) < 2:
            continue
        if municipality and parties and any(mention.ours for mention in agreement.mentions):
            parties = merge_parties([[municipality, *parties]])
        areas = next((mention.areas for mention in agreement.mentions if mention.areas), [])
        found.append(
            Agreement(
                id=ids.next(agreement.kind, valid_from or "", valid_to or ""),
                evidence=tuple(document.cite(start, end) for start, end in _places(agreement, areas)),
                found_by="rule:agreements",
                agreement_kind=agreement.kind,
                parties=parties,
                valid_from=valid_from,
                valid_to=valid_to,
                areas=tuple(areas),
            )
        )
    return found


def _places(agreement: Gathered, areas: list[str]) -> list[Span]:
    """The sentences that prove the agreement: its most precise period first, then its parties, then its areas."""
    dated = [m.span for m in agreement.mentions if m.period or m.began]
    exact = [m.span for m in agreement.mentions if m.period and m.period == agreement.period]
    fullest = sorted((m for m in agreement.mentions if len(m.parties) > 1), key=lambda m: -len(m.parties))[:2]
    partner = [m.span for m in agreement.mentions if m.ours and m.parties][: 0 if fullest else 1]
    named = [span for m in fullest for span in [m.span, *m.listed]]
    of_areas = next(([m.span, *m.listed] for m in agreement.mentions if areas and m.areas == areas), [])
    return list(dict.fromkeys([*(exact[:1] or _of_each_end(agreement)), *named, *partner, *dated[:2], *of_areas]))


def _of_each_end(agreement: Gathered) -> list[Span]:
    """Where two sentences tell the period together: the one of its beginning and the one of its end."""
    ends = enumerate(agreement.period or ())
    told = [[m.span for m in agreement.mentions if m.period and m.period[n] == end] for n, end in ends if end]
    return [spans[0] for spans in told if spans]


def _gather(mentions: Sequence[Mention], municipality: str | None) -> list[Gathered]:
    """One agreement per kind and period; mentions without a period belong to the newest of their kind."""
    gathered: list[Gathered] = []
    for mention in mentions:
        if mention.period is None or mention.extended:
            continue
        known = next((g for g in gathered if _is_same(g, mention) and _may_share(g, mention, municipality)), None)
        if known:
            known.period = _sharper(known.period or mention.period, mention.period)
            known.kind = _better_kind(known.kind, mention.kind)
            known.mentions.append(mention)
        else:
            gathered.append(Gathered(kind=mention.kind, period=mention.period, mentions=[mention]))
    for mention in mentions:
        if mention.extended and mention.period:
            _extend(gathered, mention, municipality)
    # The fullest list of parties first: it shows which shorter lists are of the same agreement.
    for mention in sorted(mentions, key=lambda mention: -len(mention.parties)):
        if mention.period is not None or mention.past or not (mention.parties or mention.areas or mention.began):
            continue
        candidates = [g for g in gathered if _related(g.kind, mention.kind) and _may_share(g, mention, municipality)]
        if candidates:
            newest = max(candidates, key=lambda g: (g.period or ("", ""))[0] or "")
            newest.mentions.append(mention)
            newest.kind = _better_kind(newest.kind, mention.kind)
        else:
            gathered.append(Gathered(kind=mention.kind, period=None, mentions=[mention]))
    return gathered


def _extend(gathered: list[Gathered], mention: Mention, municipality: str | None) -> None:
    """Puts off the end of the newest agreement that ended before the mention's end."""
    _, end = mention.period or (None, None)
    candidates = [
        known
        for known in gathered
        if _related(known.kind, mention.kind)
        and _may_share(known, mention, municipality)
        and known.period
        and (known.period[1] or "") <= (end or "")
    ]
    if candidates:
        newest = max(candidates, key=lambda known: (known.period or (None, None))[1] or "")
        newest.period = ((newest.period or (None, None))[0], end)
        newest.mentions.append(mention)
    else:
        gathered.append(Gathered(kind=mention.kind, period=mention.period, mentions=[mention]))


def _related(first: str, second: str) -> bool:
    same = load_yaml("agreements.yml")["same"]
    return first == second or (first in same and second in same)


def _better_kind(first: str, second: str) -> str:
    same: list[str] = load_yaml("agreements.yml")["same"]
    return min(first, second, key=lambda kind: same.index(kind) if kind in same else -1)


def _is_same(known: Gathered, mention: Mention) -> bool:
    if not _related(known.kind, mention.kind) or known.period is None or mention.period is None:
        return False
    pairs = zip(known.period, mention.period, strict=True)
    return all(a is None or b is None or a[:4] == b[:4] for a, b in pairs)


def _sharper(first: Period, second: Period) -> Period:
    """Each end as precisely as either mention gives it."""
    ends = (max(pair, key=lambda end: len(end or "")) for pair in zip(first, second, strict=True))
    valid_from, valid_to = ends
    return valid_from, valid_to


def _may_share(known: Gathered, mention: Mention, municipality: str | None) -> bool:
    """A list of parties that has none in common with the agreement's is another agreement's.

    The municipality itself is a party to all of its agreements and tells nothing.
    """
    own = {party_key(party) for other in known.mentions for party in other.parties}
    new = {party_key(party) for party in mention.parties}
    if municipality:
        own, new = own - {party_key(municipality)}, new - {party_key(municipality)}
    return not own or not new or any(_is_one(a, b) for a in own for b in new)


def _is_one(first: str, second: str) -> bool:
    """Whether two names can be the same party's: 'polisen' is the police of any place."""
    police = first.startswith("polis:") and second.startswith("polis:")
    return first == second or (police and "polis:" in (first, second))
