"""Reads requirement catalogues: YAML files, the shipped ones and the user's own, checked before they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from granskning_ai.errors import CatalogueError, ConfigError
from granskning_ai.model import Catalogue, DocType, Requirement
from granskning_ai.requirements.wildcards import is_well_formed

KINDS = ("thing", "activity", "quality", "phrases")
_CATALOGUE_KEYS = {
    "id": True,
    "law": True,
    "title": True,
    "in_force": True,
    "requirements": True,
    "repealed": False,
    "names": False,
    "subject": False,
    "doc_types": False,
}
_REQUIREMENT_TEXTS = {"key": True, "label": True, "text": True, "provision": False, "evidence": False, "kind": False}
_REQUIREMENT_TERMS = ("terms", "actions", "demand", "short", "unlike", "lesser", "present", "absent")
_FLAGS = ("decided", "recurring")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def load_catalogues(extra_directory: Path | None = None) -> tuple[Catalogue, ...]:
    """The shipped catalogues and then those of `extra_directory` (*.yaml, *.yml), in the order of their file names.

    Raises:
        CatalogueError: a file is not well formed; the message names the file, the key and what is wrong.
    """
    folder = files("granskning_ai.requirements").joinpath("catalogues")
    texts = [
        (entry.name, entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml")
    ]
    texts += [(path.name, _read_text(path)) for path in _own_files(extra_directory)]
    catalogues: dict[str, Catalogue] = {}
    for name, text in texts:
        catalogue = parse_catalogue(text, name)
        if catalogue.id in catalogues:
            raise _error(name, "id", f"en katalog med id ”{catalogue.id}” finns redan")
        catalogues[catalogue.id] = catalogue
    return tuple(catalogues.values())


def choose(catalogues: Sequence[Catalogue], name: str | None) -> list[Catalogue]:
    """The catalogue of that id or act's number, all of them for 'alla', the first one for None.

    Raises:
        ConfigError: there is no such catalogue.
    """
    if name is None:
        return list(catalogues[:1])
    if name == "alla":
        return list(catalogues)
    chosen = [entry for entry in catalogues if name in (entry.id, entry.law)]
    if not chosen:
        known = ", ".join(f"{entry.id} ({entry.title})" for entry in catalogues)
        raise ConfigError(f"Det finns ingen kravkatalog som heter {name}.", hint=f"De som finns är: {known}.")
    return chosen


def _own_files(directory: Path | None) -> list[Path]:
    if directory is None:
        return []
    if not directory.is_dir():
        raise CatalogueError(
            f"Mappen {directory} med egna kravkataloger finns inte.",
            hint="Skapa mappen, eller ta bort inställningen som pekar på den.",
        )
    return sorted(path for path in directory.iterdir() if path.suffix in {".yaml", ".yml"} and path.is_file())


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"Kravkatalogen {path.name} kan inte läsas.", hint="Filen ska vara en textfil i UTF-8."
        ) from error


def parse_catalogue(text: str, name: str) -> Catalogue:
    """The catalogue in a YAML text; `name` is the file's, for error messages.

    Raises:
        CatalogueError: the text is not a well-formed catalogue.
    """
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"rad {mark.line + 1}" if mark else "filen"
        raise _error(name, where, "filen är inte giltig YAML") from error
    if not isinstance(raw, dict):
        raise _error(name, "filen", "filen ska bestå av nycklar och värden (id, law, title, in_force, requirements)")
    _check_keys(name, "", raw, _CATALOGUE_KEYS)
    rows = raw["requirements"]
    if not isinstance(rows, list) or not rows:
        raise _error(name, "requirements", "det ska vara en lista med minst ett krav")
    requirements = tuple(_requirement(name, number, row) for number, row in enumerate(rows, start=1))
    keys = [requirement.key for requirement in requirements]
    for key in keys:
        if keys.count(key) > 1:
            raise _error(name, f"requirements › {key}", "nyckeln står mer än en gång")
    return Catalogue(
        id=_text(name, "id", raw["id"]),
        law=_text(name, "law", raw["law"]),
        title=_text(name, "title", raw["title"]),
        in_force=_date(name, "in_force", raw["in_force"]),
        repealed=None if raw.get("repealed") is None else _date(name, "repealed", raw["repealed"]),
        names=_terms(name, "names", raw.get("names")),
        requirements=requirements,
        subject=_terms(name, "subject", raw.get("subject")),
        doc_types=_doc_types(name, "doc_types", raw.get("doc_types")),
    )


def _requirement(name: str, number: int, row: Any) -> Requirement:  # noqa: ANN401 - straight from YAML
    where = f"requirements › krav {number}"
    if not isinstance(row, dict):
        raise _error(name, where, "kravet ska ha nycklar och värden (key, label, text, terms)")
    if isinstance(row.get("key"), str):
        where = f"requirements › {row['key']}"
    optional = dict.fromkeys((*_REQUIREMENT_TERMS, "shown_by", *_FLAGS), False)
    _check_keys(name, where, row, {**_REQUIREMENT_TEXTS, **optional})
    texts = {key: _text(name, f"{where} › {key}", row[key]) for key in _REQUIREMENT_TEXTS if key in row}
    terms = {key: _terms(name, f"{where} › {key}", row.get(key)) for key in _REQUIREMENT_TERMS}
    _check_requirement(name, where, row, texts, terms)
    return Requirement(
        key=texts["key"],
        label=texts["label"],
        text=texts["text"],
        provision=texts.get("provision", ""),
        evidence=texts.get("evidence", ""),
        kind=texts.get("kind", KINDS[0]),
        terms=terms["terms"],
        actions=terms["actions"],
        demand=terms["demand"],
        short=terms["short"],
        unlike=terms["unlike"],
        lesser=terms["lesser"],
        present=terms["present"],
        absent=terms["absent"],
        shown_by=_doc_types(name, f"{where} › shown_by", row.get("shown_by")),
        decided=row.get("decided", False),
        recurring=row.get("recurring", False),
    )


def _check_requirement(
    name: str, where: str, row: dict[Any, Any], texts: dict[str, str], terms: dict[str, tuple[str, ...]]
) -> None:
    kind = texts.get("kind", KINDS[0])
    if not _KEY.fullmatch(texts["key"]):
        raise _error(name, f"{where} › key", "nyckeln får bara ha små bokstäver a–z, siffror och understreck")
    if kind not in KINDS:
        raise _error(name, f"{where} › kind", f"värdet ska vara något av {', '.join(KINDS)}")
    for flag in _FLAGS:
        if not isinstance(row.get(flag, False), bool):
            raise _error(name, f"{where} › {flag}", "värdet ska vara true eller false")
    if not terms["terms"] and not terms["present"]:
        raise _error(name, f"{where} › terms", "kravet behöver minst ett sökord i terms eller present")
    if kind == "activity" and not terms["actions"]:
        raise _error(name, f"{where} › actions", "ett krav av slaget activity behöver minst ett ord i actions")


def _check_keys(name: str, where: str, row: dict[Any, Any], known: dict[str, bool]) -> None:
    at = f"{where} › " if where else ""
    for key in row:
        if key not in known:
            raise _error(name, f"{at}{key}", f"nyckeln är okänd; välj bland {', '.join(sorted(known))}")
    for key, required in known.items():
        if required and row.get(key) in (None, ""):
            raise _error(name, f"{at}{key}", "nyckeln saknas eller är tom")


def _text(name: str, where: str, value: Any) -> str:  # noqa: ANN401 - straight from YAML
    if not isinstance(value, str):
        raise _error(name, where, "värdet ska vara text (sätt det inom citattecken)")
    return value.strip()


def _date(name: str, where: str, value: Any) -> str:  # noqa: ANN401 - straight from YAML
    text = str(value)
    if not _DATE.fullmatch(text):
        raise _error(name, where, "datumet ska skrivas som 2023-07-01")
    return text


def _terms(name: str, where: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - straight from YAML
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(term, str) for term in value):
        raise _error(name, where, "värdet ska vara en lista med ord eller fraser")
    for term in value:
        if not is_well_formed(term):
            raise _error(name, where, f"sökordet ”{term}” är tomt, eller börjar eller slutar med …")
    return tuple(value)


def _doc_types(name: str, where: str, value: Any) -> tuple[DocType, ...]:  # noqa: ANN401 - straight from YAML
    known = {doc_type.value: doc_type for doc_type in DocType}
    types: Iterable[str] = _terms(name, where, value)
    for entry in types:
        if entry not in known:
            raise _error(name, where, f"dokumenttypen ”{entry}” är okänd; välj bland {', '.join(known)}")
    return tuple(known[entry] for entry in types)


def _error(name: str, where: str, what: str) -> CatalogueError:
    return CatalogueError(
        f"Kravkatalogen {name} är felskriven vid {where}: {what}.",
        hint="Rätta filen och försök igen. De medföljande katalogerna visar hur en katalog skrivs.",
    )
