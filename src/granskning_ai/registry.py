"""Finds plug-ins by name. Built-in ones are registered by entry point like everybody else's.

The groups are `granskning_ai.parsers` (named by format), `granskning_ai.matrix_exporters` and
`granskning_ai.dataset_exporters` (named by what the user writes after --format).
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from granskning_ai.errors import MissingExtra, PluginError

GROUPS = {
    "parsers": "filformat",
    "matrix_exporters": "format för matrisen",
    "dataset_exporters": "format för datamängden",
}
"""Each group with what its members are called in messages."""


@cache
def _registered(group: str) -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in sorted(entry_points(group=f"granskning_ai.{group}"), key=lambda e: e.name)}


def names(group: str) -> tuple[str, ...]:
    """The names of the plug-ins in a group."""
    return tuple(_registered(group))


@cache
def load(group: str, name: str) -> Any:  # noqa: ANN401 - the caller knows the port that the group implements
    """Loads the plug-in and makes one.

    Raises:
        PluginError: there is no plug-in of that name; the message lists those that there are.
        MissingExtra: a package that the plug-in needs is not installed.
    """
    entry = _registered(group).get(name)
    if entry is None:
        raise PluginError(
            f"Det finns inget {GROUPS[group]} som heter {name}.", hint=f"De som finns är: {', '.join(names(group))}."
        )
    try:
        return entry.load()()
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"{name} behöver paketet {error.name}, som inte är installerat.", hint=f"Skriv: pip install {error.name}"
        ) from error
