"""Which words of a PDF page a reader can see: what is hidden is taken out of the text and kept apart."""

from __future__ import annotations

from granskning_ai.parsing.pdf_page import Colour, Fill, PageContent, Word

_INVISIBLE_MODES = {3, 7}
_WHITE: Colour = (255, 255, 255)
_SAME = 12
"""Two colours that differ no more than this in any channel cannot be told apart."""
_TINY = 1.2
_LEAST_GROUND, _MAX_FILLS = 4.0, 800


def hide(content: PageContent) -> None:
    """Moves the words that cannot be seen from `content.words` to `content.hidden`."""
    seen: list[Word] = []
    run: list[Word] = []
    fills = [fill for fill in content.fills if fill.rect.width >= _LEAST_GROUND and fill.rect.height >= _LEAST_GROUND]
    if len(fills) > _MAX_FILLS:
        # A map or drawing: only its large areas can lie behind words.
        fills = sorted(fills, key=lambda fill: -fill.rect.width * fill.rect.height)[:_MAX_FILLS]
        fills.sort(key=lambda fill: fill.z)
    for word in content.words:
        if _is_hidden(word, content, fills):
            run.append(word)
            continue
        seen.append(word)
        _keep(run, content)
    _keep(run, content)
    content.words = seen


def _keep(run: list[Word], content: PageContent) -> None:
    if run:
        text = "".join((" " if word.spaced else "") + word.text for word in run).strip()
        if any(char.isalnum() for char in text):
            content.hidden.append(text)
        run.clear()


def _is_hidden(word: Word, content: PageContent, fills: list[Fill]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    if not (-2 <= x <= content.width + 2 and -2 <= y <= content.height + 2):
        return True
    if 0 < word.style.size < _TINY:
        return True
    on_picture = any(picture.holds(x, y) for picture in content.pictures)
    if word.mode in _INVISIBLE_MODES:
        return not on_picture
    if on_picture:
        return False
    if any(fill.z > word.z and fill.exact and fill.colour and fill.rect.holds(x, y) for fill in fills):
        return True
    return word.style.colour is not None and _melts(word.style.colour, word.z, (x, y), fills)


def _melts(colour: Colour, z: int, place: tuple[float, float], fills: list[Fill]) -> bool:
    """Whether a word of this colour cannot be told from what it stands on."""
    ground: Colour | None = _WHITE
    for fill in fills:
        if fill.z < z and fill.rect.holds(*place):
            ground = fill.colour if fill.exact else None
    return ground is not None and all(abs(a - b) <= _SAME for a, b in zip(colour, ground, strict=True))
