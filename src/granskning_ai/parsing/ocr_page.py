"""Which pages have to be read as pictures, and how what is read there joins what the file holds as text."""

from __future__ import annotations

from dataclasses import replace

from granskning_ai.parsing.pdf_page import PageContent, Word

_COVERED = 0.5
"""A picture that covers less of a page than this is an illustration, not the page."""
_EDGE = 0.12
_STAMP_WORDS = 25
"""So many words along the edge of a picture of a page are a stamp: a register number, a signature, a page number."""


def is_scan(page: PageContent) -> bool:
    """Whether the page is a picture: without any text, or with no more than a stamp along its edge."""
    if not page.words:
        return bool(page.pictures or page.curves or page.fills)
    covered = sum(picture.width * picture.height for picture in page.pictures)
    if covered < _COVERED * page.width * page.height or len(page.words) > _STAMP_WORDS:
        return False
    return all(_at_edge(word, page) for word in page.words)


def _at_edge(word: Word, page: PageContent) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    across, down = _EDGE * page.width, _EDGE * page.height
    return not (across < x < page.width - across and down < y < page.height - down)


def merged(page: PageContent, read: PageContent) -> PageContent:
    """What was read on the page's picture, with the words that the file holds in place of the same words read."""
    if not page.words or read.turn or page.turn:
        return replace(read, hidden=page.hidden)
    own = [word for word in read.words if not any(_covers(word, kept) for kept in page.words)]
    return replace(read, words=own + page.words, hidden=page.hidden)


def _covers(read: Word, kept: Word) -> bool:
    x, y = (read.x0 + read.x1) / 2, (read.y0 + read.y1) / 2
    return kept.x0 - 2 <= x <= kept.x1 + 2 and kept.y0 - 2 <= y <= kept.y1 + 2
