"""The phrases of audit Swedish, compiled once (data/phrases.yml)."""

from __future__ import annotations

import re
from functools import cache

from granskning_ai.extraction.data_files import load_yaml


@cache
def phrase(name: str) -> re.Pattern[str]:
    """The compiled pattern of a phrase, without regard to case."""
    raw = load_yaml("phrases.yml")
    pattern = raw[name].replace("{question_words}", raw["question_words"])
    return re.compile(pattern, re.IGNORECASE)
