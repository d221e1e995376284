from __future__ import annotations

from dataclasses import dataclass

import pytest

from granskning_ai.model import Box, Verdict
from granskning_ai.store.codec import decode, encode


@dataclass(frozen=True)
class Noun:
    name: str
    verdict: Verdict | None
    boxes: tuple[Box, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()


class LibraryString(str):
    """What lxml and Beautiful Soup hand out."""


def test_noun_becomes_plain_json_and_comes_back() -> None:
    noun = Noun("å", Verdict.NO, (Box(page=1, x0=0.1, y0=2, x1=3, y1=4),), (("a", 1),))

    data = encode(noun)

    assert data == {
        "name": "å",
        "verdict": "no",
        "boxes": [{"page": 1, "x0": 0.1, "y0": 2, "x1": 3, "y1": 4}],
        "pairs": [["a", 1]],
    }
    assert repr(decode(Noun, data)) == repr(noun)


@pytest.mark.parametrize("value", [Verdict.YES, LibraryString("yes")])
def test_every_sort_of_string_becomes_a_plain_one(value: str) -> None:
    # A database driver may do what it likes with the others: psycopg stores the name of a code, not its value.
    assert (type(encode(value)), encode(value)) == (str, "yes")


def test_fields_that_are_absent_get_their_defaults_and_other_keys_are_passed_over() -> None:
    assert decode(Noun, {"name": "å", "verdict": None, "ordinal": 3}) == Noun("å", None)


def test_field_that_cannot_be_kept_is_refused() -> None:
    @dataclass(frozen=True)
    class Unkept:
        words: list[str]

    with pytest.raises(TypeError, match="cannot keep"):
        encode(Unkept([]))
