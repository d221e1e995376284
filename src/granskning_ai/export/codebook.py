"""The codebook: what every table, field and code means, in Swedish. `docs/kodbok.md` is its output."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from importlib.resources import files
from itertools import chain

from granskning_ai.export.appearance import MEANINGS
from granskning_ai.export.schema import (
    BOX,
    EVIDENCE,
    PAGE_QUALITY,
    PART,
    QUALITY,
    REASON,
    SEARCHED,
    TABLES,
    TYPES,
    Field,
    Table,
)
from granskning_ai.model import LABELS, Status, Verdict

_NESTED = {
    "Belägg": EVIDENCE,
    "Ruta på sidan": BOX,
    "Del av en fil": PART,
    "Vad som söktes": SEARCHED,
    "Inläsningens säkerhet": QUALITY,
    "Sidans säkerhet": PAGE_QUALITY,
    "Skäl till tvekan": REASON,
}
_CODE_LISTS = {
    "DocType": "Dokumenttyper",
    "Topic": "Ämnen",
    "Verdict": "Revisorns svar",
    "Status": "Status för ett lagkrav",
    "Basis": "På vems ord en status vilar",
    "BlockKind": "Slag av block",
    "AnomalyKind": "Fel och fällor i dokument",
    "Grade": "Hur säkert något är inläst",
    "Doubt": "Skäl till tvekan",
}
_FLAT = ("csv", "xlsx")
_FRICTIONLESS = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean"}


def codebook() -> str:
    """The codebook in Markdown."""
    parts = [files("granskning_ai.export").joinpath("templates/kodbok.md").read_text(encoding="utf-8").rstrip()]
    parts += ["## Tabeller"]
    for table in TABLES:
        parts += [f"### {table.name}", table.text, _fields(table.fields)]
    parts += ["## Sammansatta fält"]
    for title, fields in _NESTED.items():
        parts += [f"### {title}", _fields(fields)]
    parts += ["## Koder"]
    for codes in _code_lists():
        rows = [(f"`{code.value}`", _explained(code)) for code in codes]
        parts += [f"### {_CODE_LISTS[codes.__name__]}", _table(("Kod", "Betyder"), rows)]
    return "\n\n".join(parts) + "\n"


def datapackage(suffix: str, tables: Mapping[Table, str]) -> str:
    """A description of the exported files that programs can read (Frictionless Data Package)."""
    flat = suffix in _FLAT
    resources = []
    for table, path in tables.items():
        fields = [_described(field, suffix) for field in table.fields]
        if flat:
            fields = [part for field in fields for part in _flattened(field)]
        resource: dict[str, object] = {"name": table.name.replace("_", "-"), "title": table.text, "path": path}
        resource |= {"format": suffix, "encoding": "utf-8"}
        if suffix == "csv":
            resource["dialect"] = {"delimiter": ";", "header": True}
        if suffix == "xlsx":
            resource["dialect"] = {"sheet": table.name}
        resources.append(resource | {"schema": {"fields": fields, "missingValues": [""]}})
    package = {"name": "granskning-ai", "title": "Granskningar av kommuner", "resources": resources}
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _described(field: Field, suffix: str) -> dict[str, object]:
    kind = _FRICTIONLESS.get(field.kind, "array")
    if field.kind in ("searched", "quality"):
        kind = "object"
    if suffix in _FLAT and field.kind == "strings":
        kind = "string"
    described: dict[str, object] = {"name": field.name, "type": kind, "description": field.text}
    if suffix == "csv" and kind == "number":
        described["decimalChar"] = ","
    if field.codes:
        described["constraints"] = {"enum": [code.value for code in field.codes]}
    return described


def _flattened(field: dict[str, object]) -> list[dict[str, object]]:
    if field["name"] != "evidence":
        return [field]
    return [
        {"name": "quote", "type": "string", "description": "Det första citatet."},
        {"name": "page", "type": "integer", "description": "Sidan där det första citatet står."},
        field,
    ]


def _fields(fields: Sequence[Field]) -> str:
    rows = [(f"`{field.name}`", TYPES[field.kind], field.text + _codes(field)) for field in fields]
    return _table(("Fält", "Typ", "Betyder"), rows)


def _codes(field: Field) -> str:
    return f" Koder: {_CODE_LISTS[field.codes.__name__].lower()}." if field.codes else ""


def _code_lists() -> list[type[StrEnum]]:
    fields = [*(field for table in TABLES for field in table.fields), *chain.from_iterable(_NESTED.values())]
    found = {field.codes for field in fields if field.codes}
    return sorted(found, key=lambda codes: list(_CODE_LISTS).index(codes.__name__))


def _explained(code: StrEnum) -> str:
    if isinstance(code, Status | Verdict):
        return f"{LABELS[code]} ({MEANINGS[code]})"
    return LABELS[code]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
