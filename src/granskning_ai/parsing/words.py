"""Word lists that tell a heading from a name and an unfinished line from a finished one; the words are in data/."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS: dict[str, list[str]] = tomllib.loads(
    files("granskning_ai.parsing").joinpath("data/words.toml").read_text(encoding="utf-8")
)

DANGLING = frozenset(_LISTS["dangling"])
SECTION_WORDS = frozenset(_LISTS["sections"])
TOP_WORDS = frozenset(_LISTS["chapters"])
NEVER_PARENT = frozenset(_LISTS["never_parents"])
CONTENTS_WORDS = frozenset(_LISTS["contents"])
COLUMN_WORDS = frozenset(_LISTS["columns"])
CLOSING_PHRASES = tuple(_LISTS["closing_phrases"])
ROLE_ENDINGS = tuple(_LISTS["role_endings"])
HTML_DROPPED = frozenset(_LISTS["html_dropped"])
HTML_BLOCKS = frozenset(_LISTS["html_blocks"])
