"""The option that chooses audit topics by their Swedish names."""

from __future__ import annotations

from typing import Annotated

import typer

from granskning_ai.errors import ConfigError

Topics = Annotated[
    list[str] | None,
    typer.Option("--amne", metavar="ÄMNE", help="Bara det här ämnet, till exempel resurser. Kan anges flera gånger."),
]


def topic_codes(names: list[str] | None) -> tuple[str, ...]:
    """The codes of the topics that a user names by label, the beginning of a label, or code.

    Raises:
        ConfigError: there is no such topic.
    """
    from granskning_ai.model import LABELS, Topic

    codes: list[str] = []
    for name in names or ():
        wanted = name.strip().lower()
        matches = [t for t in Topic if t.value == wanted or LABELS[t].startswith(wanted)] if wanted else []
        if not matches:
            known = ", ".join(LABELS[topic] for topic in Topic)
            raise ConfigError(f"Det finns inget ämne som heter {name}.", hint=f"Ämnena är: {known}.")
        codes.extend(topic.value for topic in matches)
    return tuple(codes)
