"""A lexicon as a workspace has it, and the fictional municipalities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from granskning_ai.asking.question.lexicon import Lexicon, lexicon_for
from granskning_ai.asking.question.reading import understand
from granskning_ai.asking.question.understanding import Understanding
from granskning_ai.requirements.catalogues import load_catalogues
from granskning_ai.swedish import municipalities

REGISTER = Path(__file__).resolve().parents[3] / "corpora" / "exempel" / "kommuner.csv"
KNOWN = ("9901", "9902", "9903", "9909")

Read = Callable[[str], Understanding]


@pytest.fixture(autouse=True)
def _fictional_register() -> Iterator[None]:
    before = dict(municipalities._extra)
    municipalities.extend_register(REGISTER)
    yield
    municipalities._extra.clear()
    municipalities._extra.update(before)
    municipalities.register.cache_clear()
    municipalities._pattern.cache_clear()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return lexicon_for(load_catalogues())


@pytest.fixture
def read(lexicon: Lexicon) -> Read:
    """Understands a question in a workspace with documents about four municipalities, by two firms."""
    return lambda question: understand(question, lexicon, KNOWN, {"Stenklang Revision", "Havrekvist"})
