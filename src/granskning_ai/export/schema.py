"""What the dataset holds: every table and field, with the Swedish description that the codebook prints.

The writers, the codebook and the tests all read this page; a field exists if and only if it stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from granskning_ai.model import AnomalyKind, Basis, BlockKind, DocType, Doubt, Grade, Status, Topic, Verdict


@dataclass(frozen=True, slots=True)
class Field:
    """A field. `kind` is one of the keys of `TYPES`; `codes` is the closed list that its values come from."""

    name: str
    kind: str
    text: str
    codes: type[StrEnum] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one file in the export."""

    name: str
    text: str
    fields: tuple[Field, ...]


TYPES = {
    "string": "text",
    "integer": "heltal",
    "number": "tal",
    "boolean": "sant eller falskt",
    "strings": "lista av texter",
    "evidence": "lista av belägg",
    "boxes": "lista av rutor på sidan",
    "parts": "lista av delar",
    "cells": "rader av celler",
    "searched": "vad som söktes",
    "quality": "inläsningens säkerhet",
    "reasons": "lista av skäl till tvekan",
    "page_qualities": "lista av sidor",
}
"""The types of fields, and what the codebook calls them."""

EVIDENCE = (
    Field("page", "integer", "Sidan, räknad från 1."),
    Field("start", "integer", "Citatets första tecken i dokumentets text, räknat i kodpunkter från 0."),
    Field("end", "integer", "Tecknet efter citatets sista."),
    Field("quote", "string", "Citatet, ordagrant."),
    Field("section", "string", "Rubrikerna över citatet, ytterst först."),
    Field("match", "string", "Hur citatet hittades: `exact` (ordagrant) eller `normalised` (blanksteg utjämnade)."),
    Field("boxes", "boxes", "Var på sidan citatet står, där formatet har sidor."),
)
BOX = (
    Field("page", "integer", "Sidan."),
    Field("x0", "number", "Vänster kant i punkter (1/72 tum) från sidans vänsterkant."),
    Field("y0", "number", "Övre kant i punkter från sidans överkant."),
    Field("x1", "number", "Höger kant."),
    Field("y1", "number", "Nedre kant."),
)
PART = (
    Field("doc_type", "string", "Delens dokumenttyp.", DocType),
    Field("title", "string", "Delens rubrik."),
    Field("start", "integer", "Delens första tecken."),
    Field("end", "integer", "Tecknet efter delens sista."),
    Field("issuer", "string", "Vem som har skrivit delen."),
    Field("date", "string", "Delens datum."),
)
SEARCHED = (
    Field("passages", "integer", "Antal genomsökta stycken."),
    Field("candidates", "integer", "Antal meningar som nämner saken."),
    Field("terms", "strings", "Orden som söktes. `*` står för resten av ett ord, `…` för några ord emellan."),
)

REASON = (
    Field("kind", "string", "Slag av skäl.", Doubt),
    Field("share", "number", "Hur stor del av sidan eller dokumentet som skälet gäller, 0–1."),
)
PAGE_QUALITY = (
    Field("page", "integer", "Sidan, räknad från 1."),
    Field("grade", "string", "Sidans betyg.", Grade),
    Field("confidence", "number", "Hur säkert sidan är inläst, 0–1."),
    Field("reasons", "reasons", "Varför inte säkrare."),
)
QUALITY = (
    Field("grade", "string", "Dokumentets betyg.", Grade),
    Field("confidence", "number", "Hur säkert dokumentet är inläst, 0–1."),
    Field("reasons", "reasons", "Varför inte säkrare."),
    Field("pages", "page_qualities", "Sidorna som det finns skäl till tvekan om."),
)

_DOCUMENT = Field("document_id", "string", "Dokumentets id, nyckel till `documents`.")
_NOTE = Field("note", "string", "Vad man behöver veta om uppgiften, till exempel att sidan är inläst med låg säkerhet.")
_EVIDENCE = Field("evidence", "evidence", "Citaten som bevisar raden.")
_FOUND = (
    Field("found_by", "string", "Vem som fann uppgiften: `rule:…`, `llm:…` eller `human:…`."),
    Field("confidence", "number", "Hur säker uppgiften är, 0–1."),
)
_MUNICIPALITY = Field("municipality_code", "string", "Kommunkod enligt SCB, fyra tecken med inledande nolla.")


def _table(name: str, text: str, *fields: Field) -> Table:
    return Table(name, text, (_DOCUMENT, *fields))


def _findings(name: str, text: str, *fields: Field) -> Table:
    note = () if any(field.name == _NOTE.name for field in fields) else (_NOTE,)
    return _table(name, text, *fields, *note, _EVIDENCE, *_FOUND)


TABLES = (
    _table(
        "documents",
        "Ett inläst dokument per rad.",
        Field("file_name", "string", "Filens namn."),
        Field("title", "string", "Dokumentets titel."),
        Field("doc_type", "string", "Dokumenttyp.", DocType),
        Field("issuer", "string", "Vem som har skrivit dokumentet: revisionsbyråns korta namn eller organets namn."),
        Field("commissioned_by", "string", "Vem som har beställt det."),
        Field(
            "municipality_code",
            "string",
            "Kommunkod enligt SCB. Tomt när dokumentet gäller flera kommuner eller ingen.",
        ),
        Field("municipality", "string", "Kommunens namn."),
        Field("municipality_codes", "strings", "Koderna för alla kommuner som dokumentet gäller."),
        Field("region", "string", "Län eller region."),
        Field("date", "string", "Datum (ISO 8601), så långt det är känt: `2023-02-16`, `2023-02` eller `2023`."),
        Field("year", "integer", "Året som dokumentet gäller, eller annars året då det skrevs."),
        Field("pages", "integer", "Antal sidor."),
        Field("sha256", "string", "Filens kontrollsumma."),
        Field("parts", "parts", "Dokumenten i filen, när den innehåller flera (missiv och rapport)."),
        Field("quality", "quality", "Hur säkert dokumentet är inläst, och varför inte säkrare."),
    ),
    _findings(
        "recommendations",
        "En rekommendation från revisorn per rad, en gång även om dokumentet upprepar den.",
        Field("recommendation_id", "string", "Rekommendationens id, detsamma i varje körning."),
        Field("text", "string", "Rekommendationen med dokumentets egna ord."),
        Field("number", "string", "Numret eller bokstaven som dokumentet ger den."),
        Field("addressees", "strings", "Vilka den riktas till."),
        Field("audit_question_ids", "strings", "Revisionsfrågorna den hör till, nycklar till `audit_questions`."),
        Field("topic", "string", "Ämne.", Topic),
        _MUNICIPALITY,
        Field("year", "integer", "Dokumentets år."),
        Field("quoted", "boolean", "Sant när dokumentet återger en annan rapports rekommendation."),
    ),
    _findings(
        "audit_questions",
        "En revisionsfråga, frågeställning eller ett kontrollmål per rad, med revisorns svar.",
        Field("audit_question_id", "string", "Frågans id."),
        Field("parent_id", "string", "Huvudfrågans id, när raden är en underfråga."),
        Field("number", "string", "Frågans nummer i dokumentet."),
        Field("text", "string", "Frågan."),
        Field("topic", "string", "Ämne.", Topic),
        Field("verdict", "string", "Revisorns svar.", Verdict),
        Field("verdict_text", "string", "Svaret med dokumentets egna ord."),
        Field("note", "string", "Hur svaret har lästs, när det inte är självklart."),
    ),
    _findings(
        "overall_assessments",
        "Den sammanfattande bedömningen mot granskningens syfte, där den uttalas. Aldrig ett genomsnitt.",
        Field("overall_assessment_id", "string", "Bedömningens id."),
        Field("verdict", "string", "Bedömningen.", Verdict),
        Field("text", "string", "Bedömningen med dokumentets egna ord."),
        Field("note", "string", "Hur bedömningen har lästs, när det inte är självklart."),
    ),
    _findings(
        "requirement_statuses",
        "Ett lagkrav i en kommun enligt ett dokument per rad. Tomma statusar är med, och säger varför de är tomma.",
        Field("requirement_status_id", "string", "Radens id."),
        _MUNICIPALITY,
        Field("law", "string", "Lagens nummer i SFS."),
        Field("requirement", "string", "Kravets nyckel i kravkatalogen."),
        Field("status", "string", "Status.", Status),
        Field("basis", "string", "På vems ord statusen vilar.", Basis),
        Field("note", "string", "Hur statusen har bestämts, eller varför den är tom."),
        Field("searched", "searched", "Vad som genomsöktes. Finns när kravet har sökts i dokumentet."),
    ),
    _findings(
        "risks",
        "En risk som dokumentet själv lyfter fram per rad.",
        Field("risk_id", "string", "Riskens id."),
        Field("text", "string", "Risken."),
    ),
    _findings(
        "observations",
        "En iakttagelse som dokumentet själv listar per rad.",
        Field("observation_id", "string", "Iakttagelsens id."),
        Field("text", "string", "Iakttagelsen."),
    ),
    _findings(
        "measures",
        "En åtgärd eller insats i en plan per rad.",
        Field("measure_id", "string", "Åtgärdens id."),
        Field("area", "string", "Området som åtgärden hör till."),
        Field("name", "string", "Åtgärdens namn."),
        Field("purpose", "string", "Syfte."),
        Field("goal", "string", "Mål."),
        Field("description", "string", "Beskrivning."),
        Field("responsible", "string", "Vem som ansvarar."),
    ),
    _findings(
        "indicators",
        "Ett tal i en tabell per rad.",
        Field("indicator_id", "string", "Radens id."),
        Field("name", "string", "Indikatorns namn."),
        Field("period", "string", "Kolumnen som talet står i: ett år eller en plats."),
        Field("value", "number", "Talet."),
        Field("unit", "string", "Enhet."),
        Field("target", "string", "Målet, som det är tryckt."),
        Field("outcome", "string", "Utfallet, som det är tryckt."),
    ),
    _findings(
        "survey_answers",
        "Ett svarsalternativ på en enkätfråga per rad.",
        Field("survey_answer_id", "string", "Radens id."),
        Field("question", "string", "Enkätfrågan."),
        Field("answer", "string", "Svarsalternativet."),
        Field("count", "integer", "Antal som svarade så."),
        Field("share", "number", "Andel som svarade så, 0–1, när dokumentet anger den."),
    ),
    _findings(
        "agreements",
        "En överenskommelse som dokumentet är eller nämner per rad.",
        Field("agreement_id", "string", "Överenskommelsens id."),
        Field("kind", "string", "Slag, till exempel samverkansöverenskommelse eller medborgarlöfte."),
        Field("parties", "strings", "Parterna."),
        Field("valid_from", "string", "Gäller från, så långt det är känt."),
        Field("valid_to", "string", "Gäller till."),
        Field("areas", "strings", "Områden som den omfattar."),
    ),
    _findings(
        "criteria",
        "Ett revisionskriterium per rad: vad granskningen bedömer mot.",
        Field("criterion_id", "string", "Kriteriets id."),
        Field("text", "string", "Kriteriet."),
        Field("law", "string", "Lagens nummer, när kriteriet är en lag med nummer."),
    ),
    _findings(
        "anomalies",
        "Ett fel eller en fälla i ett dokument per rad. Felen rapporteras och rättas inte.",
        Field("anomaly_id", "string", "Radens id."),
        Field("kind", "string", "Slag.", AnomalyKind),
        Field("text", "string", "Vad som står i dokumentet."),
        Field("expected", "string", "Vad som borde stå."),
    ),
    _table(
        "blocks",
        "Dokumentets delar i läsordning: rubriker, stycken, listpunkter, tabeller och fotnoter.",
        Field("block_id", "string", "Blockets id."),
        Field("kind", "string", "Slag.", BlockKind),
        Field("level", "integer", "Rubrikens eller listpunktens nivå, ytterst 1."),
        Field("marker", "string", "Listpunktens tecken eller nummer, som inte ingår i texten."),
        Field("text", "string", "Texten; tomt för omslag och innehållsförteckning (`furniture`)."),
        Field("furniture_text", "string", "Texten i omslag och innehållsförteckning."),
        Field(
            "cells", "cells", "Tabellens celler. En sammanslagen cell upprepas i varje rad och kolumn som den täcker."
        ),
        Field("page", "integer", "Sidan där blocket börjar."),
        Field("start", "integer", "Blockets första tecken i dokumentets text."),
        Field("end", "integer", "Tecknet efter blockets sista."),
        Field("boxes", "boxes", "Var på sidan blocket står."),
        Field("confidence", "number", "Hur säkert texten är tolkad ur en bild, 0–1. Tomt när filen innehåller texten."),
    ),
)
"""Every table, in the order of the codebook."""
