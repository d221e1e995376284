"""Word lists that tell a heading from a name and an unfinished line from a finished one."""

from __future__ import annotations

from granskning_ai.swedish.language import ABBREVIATIONS as ABBREVIATIONS

DANGLING = frozenset(
    "och eller samt som att i på av för med till om från vid under över mellan inom genom utan mot enligt hos efter före "
    "inför kring bland trots utifrån sedan medan där när då vilket vilka vilken den det de en ett dess deras sin sitt sina "
    "är har kan ska skall bör bl.a. t.ex. m.m. dvs. såväl både dels inte ej även respektive gällande avseende rörande ut "
    "denna detta dessa vår våra varje samtliga flera olika sig man vi".split()
)
"""Words that bind to what follows: a line that ends with one of them goes on."""

SECTION_WORDS = frozenset(
    line.strip()
    for line in """
    sammanfattning
    inledning
    bakgrund
    bakgrund och syfte
    syfte
    syfte och frågeställningar
    syfte och revisionsfrågor
    syfte och revisionsfråga
    revisionsfråga
    revisionsfrågor
    revisionsfråga och kontrollmål
    kontrollmål
    kontrollfrågor
    frågeställningar
    avgränsning
    avgränsningar
    revisionskriterier
    metod
    metoder
    metod och genomförande
    genomförande
    ansvarig nämnd
    kvalitetssäkring
    organisation
    iakttagelser
    iakttagelser och bedömning
    iakttagelser och bedömningar
    iakttagelser och kommentarer
    resultat
    resultat av granskningen
    granskningsresultat
    granskningens resultat
    bedömning
    bedömningar
    vår bedömning
    samlad bedömning
    sammanfattande bedömning
    revisionell bedömning
    bedömning och rekommendationer
    samlad bedömning och rekommendationer
    kommentar
    kommentarer
    kommentar och bedömning
    slutsats
    slutsatser
    slutsatser och rekommendationer
    slutsats och rekommendationer
    rekommendation
    rekommendationer
    förslag till åtgärder
    svar på revisionsfrågor
    svar på revisionsfrågorna
    summering
    referenser
    källor
    källförteckning
    bilagor
    """.splitlines()
    if line.strip()
)
"""Headings that audit reports use, in lower case."""

NEVER_PARENT = frozenset({"sammanfattning", "förord", "innehåll", "innehållsförteckning", "sammanfattning och bedömning"})
"""Sections that stand beside what follows them, never above it."""

TOP_WORDS = frozenset(
    "sammanfattning inledning iakttagelser resultat slutsats slutsatser rekommendationer summering referenser "
    "källförteckning bilagor".split()
) | {"resultat av granskningen", "iakttagelser och kommentarer", "iakttagelser och bedömningar", "granskningsresultat"}
"""Sections that are chapters where nothing else tells their level."""

CONTENTS_WORDS = frozenset({"innehåll", "innehållsförteckning", "innehållsöversikt"})

COLUMN_WORDS = frozenset(
    "revisionsfråga revisionsfrågor kontrollmål kontrollfråga kontrollfrågor frågeställning fråga granskningsmål bedömning "
    "svar kommentar kommentarer iakttagelse iakttagelser rekommendation rekommendationer indikator indikatorer nyckeltal "
    "inriktning åtgärd åtgärder insats insatser aktivitet aktiviteter syfte mål målsättning delmål effektmål målvärde "
    "etappmål utfall beskrivning ansvarig ansvar tidplan tid status krav område målgrupp uppföljning resultat motivering "
    "brist risk nämnd år period kommun datum beslut vem när hur vad grund prioritet kostnad budget".split()
)
"""Words that head the columns of tables in reports and plans."""

CLOSING_PHRASES = (
    "med vänlig",
    "vänlig",
    "bästa hälsning",
    "hälsningar",
    "för kännedom",
    "dag som ovan",
    "enligt uppdrag",
    "underskrift",
)
"""How letters end, in lower case; not headings."""

ROLE_ENDINGS = (
    "revisor",
    "revisorer",
    "ledare",
    "chef",
    "sekreterare",
    "registrator",
    "ordförande",
    "samordnare",
    "direktör",
    "konsult",
    "handläggare",
    "strateg",
    "utredare",
    "ansvarig",
    "partner",
    "granskare",
)
"""How titles under a signature end."""
