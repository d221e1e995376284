"""Audit reports, replies and papers that only speak of audits are told apart by their own voice."""

from __future__ import annotations

import pytest

from granskning_ai.extraction.metadata import doc_type_of, zones_of
from granskning_ai.model import SourceFile
from granskning_ai.parsing import parse

PAPERS = [
    (
        "audit_report",
        "Almviks kommun\nRevisorerna\n\nArbetet mot våld\n\nVi har gått igenom hur socialnämnden arbetar mot våld.\n\n"
        "Sammantaget anser vi att arbetet är tillfredsställande. Nämnden bör följa upp planen.\n",
    ),
    (
        "audit_report",
        "Till årsstämman i Vittsunds Hamn AB\n\nJag, lekmannarevisor, har granskat bolagets verksamhet år 2021.\n",
    ),
    (
        "response",
        "TJÄNSTESKRIVELSE\n\nSvar på revisionsrapport om försörjningsstöd\n\nFörslag till beslut\n\n"
        "Socialnämnden antar svaret och överlämnar det till revisionen.\n",
    ),
    (
        "minutes",
        "Sammanträdesprotokoll\n\n§ 88 Svar på revisionens granskning av bygglov\n\n"
        "Kommunstyrelsen beslutar att godkänna yttrandet.\n\nYrkanden\n\nJusterare: Bo Ek\n",
    ),
    (
        "other",
        "Så arbetar revisorerna\n\nRevisorerna granskar allt. Vi bedömer att en sådan tar ett halvår.\n\n"
        "Vad gör revisorerna?\n\nLäs mer om revisionen\n",
    ),
    (
        "other",
        "Vi söker en verksamhetsrevisor\n\nDet är meriterande om du har granskat nämnder. Vi bedömer att du är bra.\n",
    ),
]


@pytest.mark.parametrize(("doc_type", "text"), PAPERS)
def test_a_paper_is_what_its_own_words_say(doc_type: str, text: str) -> None:
    data = text.encode()
    document = parse(SourceFile.of("papper.txt", data, "text"), data)
    assert doc_type_of(zones_of(document)).value == doc_type
