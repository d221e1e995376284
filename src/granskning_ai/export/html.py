"""The matrix as one HTML file that needs nothing else: no network, no other file, no name outside it.

Everything that comes from a document is escaped by the template engine, and a content security policy that
names the page's own style and script by their hashes keeps anything else from running or loading.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from granskning_ai.export.appearance import (
    CONFLICT,
    CONFLICT_LABEL,
    LOOKS,
    MEANINGS,
    SHORT_BASIS,
    groups,
    has_conflict,
    label,
    values_in,
    year_of,
)
from granskning_ai.export.files import write_whole
from granskning_ai.export.safe import plain
from granskning_ai.model import LABELS, Matrix, Statement

if TYPE_CHECKING:
    from jinja2 import Template

_LONG = 13
_SEAM = re.compile(r"(?<=\w{3})(?:ings|hets|tions|skaps|doms|elses|nads|itets|kans|ens)(?=\w{4})")
_SYLLABLE = re.compile(r"(?<=[aeiouyåäöé])(?=[^\W\d_aeiouyåäöé][aeiouyåäöé])")
_SOFT_HYPHEN = "\u00ad"


class HtmlMatrix:
    """Writes the matrix as a self-contained HTML file in which each cell opens its evidence."""

    suffix = ".html"

    def write(self, matrix: Matrix, path: Path) -> None:
        """Writes `matrix` to `path`, whole or not at all."""
        write_whole(path, render(matrix).encode())


def render(matrix: Matrix) -> str:
    """The HTML file's text."""
    from markupsafe import Markup

    style, script = _file("matris.css"), _file("matris.js")
    return _page().render(
        matrix=matrix,
        groups=groups(matrix),
        counties=sorted({row.county for row in matrix.rows if row.county}),
        by_year=any(row.year is not None for row in matrix.rows),
        values=values_in(matrix),
        looks=LOOKS,
        labels=LABELS,
        meanings=MEANINGS,
        short_basis=SHORT_BASIS,
        conflict=CONFLICT,
        conflict_label=CONFLICT_LABEL,
        has_conflict=has_conflict(matrix),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
    )


@cache
def _page() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_finalize
    )
    environment.filters.update(label=label, year=year_of, source=_source, hyphenated=_hyphenated)
    return environment.from_string(_file("matris.html"))


@cache
def _file(name: str) -> str:
    return files("granskning_ai.export").joinpath(f"templates/{name}").read_text(encoding="utf-8")


def _finalize(value: object) -> object:
    # A plain string only: what is already marked as safe must keep its mark.
    return plain(value) if type(value) is str else value


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _source(statement: Statement) -> str:
    """The document that speaks: title, issuer and date."""
    when = statement.date or str(statement.year or "")
    return " · ".join(part for part in (statement.title or statement.file_name, statement.issuer, when) if part)


def _hyphenated(text: str) -> str:
    """Long words with soft hyphens at compound seams, else between syllables: browsers do not hyphenate Swedish."""

    def cut(match: re.Match[str]) -> str:
        seams = _SEAM.sub(rf"\g<0>{_SOFT_HYPHEN}", match.group())
        parts = (part if len(part) <= _LONG else _syllables(part) for part in seams.split(_SOFT_HYPHEN))
        return _SOFT_HYPHEN.join(parts)

    return re.sub(rf"\w{{{_LONG + 1},}}", cut, text)


def _syllables(word: str) -> str:
    return word[:3] + _SYLLABLE.sub(_SOFT_HYPHEN, word[3:-3]) + word[-3:]
