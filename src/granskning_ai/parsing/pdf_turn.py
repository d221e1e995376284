"""Turns a page whose text runs sideways, such as a wide table set along the long side of a portrait page."""

from __future__ import annotations

from dataclasses import replace

from granskning_ai.parsing.pdf_page import ASCENT, PageContent, Rect, Rule


def make_upright(content: PageContent) -> None:
    """Turns everything on the page so that most of its text is upright."""
    letters = {angle: 0 for angle in (0, 90, 180, 270)}
    for word in content.words:
        letters[word.turned] += len(word.text)
    angle = max(letters, key=lambda key: (letters[key], -key))
    if angle:
        _turn(content, angle)


def _turn(content: PageContent, angle: int) -> None:
    width, height = content.width, content.height

    def moved(rect: Rect) -> Rect:
        if angle == 90:
            return Rect(height - rect.y1, rect.x0, height - rect.y0, rect.x1)
        if angle == 270:
            return Rect(rect.y0, width - rect.x1, rect.y1, width - rect.x0)
        return Rect(width - rect.x1, height - rect.y1, width - rect.x0, height - rect.y0)

    for word in content.words:
        box = moved(Rect(word.x0, word.y0, word.x1, word.y1))
        word.x0, word.y0, word.x1, word.y1 = box.x0, box.y0, box.x1, box.y1
        word.turned = (word.turned - angle) % 360
        word.base = box.y0 + ASCENT * word.style.size
    lines = [(Rect(rule.start, rule.at, rule.end, rule.at)) for rule in content.across]
    lines += [(Rect(rule.at, rule.start, rule.at, rule.end)) for rule in content.down]
    content.across, content.down = [], []
    for rect in map(moved, lines):
        if rect.width >= rect.height:
            content.across.append(Rule(rect.y0, rect.x0, rect.x1))
        else:
            content.down.append(Rule(rect.x0, rect.y0, rect.y1))
    content.fills = [replace(fill, rect=moved(fill.rect)) for fill in content.fills]
    content.pictures = [moved(rect) for rect in content.pictures]
    content.curves = [moved(rect) for rect in content.curves]
    if angle != 180:
        content.width, content.height = height, width
    content.turn = angle
