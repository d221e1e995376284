from __future__ import annotations

from collections.abc import Callable

from granskning_ai.extraction.reading import Ids, list_after, stretches
from granskning_ai.model import Document

Made = Callable[..., Document]


def texts(document: Document, index: int) -> list[list[str]]:
    return [[block.text for block in item] for item in list_after(document.blocks, index).items]


def test_a_list_has_its_nested_items_and_what_a_page_break_cut(made: Made) -> None:
    document = made("Lead:\n- Ett\n  - under\n~ 3 (9)\n- Två som\n~ Sidfot\ngår vidare\n- Tre\nText.")
    assert texts(document, 0) == [["Ett", "under"], ["Två som", "går vidare"], ["Tre"]]
    assert list_after(document.blocks, 0).clean


def test_a_list_that_something_cuts_is_not_clean(made: Made) -> None:
    assert not list_after(made("Lead:\n- Ett\n# Rubrik\n- Två").blocks, 0).clean
    assert not list_after(made("Lead:\n- Ett\n1. Två\nText.").blocks, 0).clean
    assert texts(made("Lead:\n- Ett\n1. Två"), 0) == [["Ett"]]
    assert not list_after(made("Lead:\n- Ett\nMer om ett.\n- Två\nText.").blocks, 0).clean
    assert list_after(made("Lead:\n- Ett\nEn ny uppräkning:\n- Två\nText.").blocks, 0).clean


def test_no_list_follows_directly(made: Made) -> None:
    assert list_after(made("Lead:\nText.\n- Ett").blocks, 0).items == ()


def test_stretches_leave_out_furniture_and_give_each_cell_once(made: Made) -> None:
    document = made("~ Sidhuvud\nText.\n| A | < |\n| 1 | 2 |")
    assert [stretch.text for stretch in stretches(document)] == ["Text.", "A", "1", "2"]
    for stretch in stretches(document):
        assert document.text[stretch.start : stretch.start + len(stretch.text)] == stretch.text


def test_repeated_words_get_different_ids_that_do_not_depend_on_other_words(made: Made) -> None:
    document = made("Text.")
    ids = Ids("x", document)
    first, second = ids.next("samma"), ids.next("samma")
    assert first != second
    other = Ids("x", document)
    other.next("annat")
    assert other.next("samma") == first
