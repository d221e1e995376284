"""Reads the word lists and patterns that belong to this stage."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load_yaml(name: str) -> dict[str, Any]:
    """The content of a YAML file in `extraction/data/`."""
    loaded: dict[str, Any] = yaml.safe_load(
        files("granskning_ai.extraction").joinpath("data", name).read_text(encoding="utf-8")
    )
    return loaded
