"""Reads the word lists that belong to this stage."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Twenty times as fast where libyaml is there; a question must be answered in under a second."""


@cache
def load(name: str) -> Any:  # noqa: ANN401 - each file has its own form
    """The content of a YAML file in `asking/data/`."""
    text = files("granskning_ai.asking").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, _LOADER)
