"""What an HTML page hides from a reader: display:none, white on white, size zero, off the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[.#][\w-]+")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_WHITE = re.compile(r"#fff(?:fff)?\b|white\b|rgba?\(255,255,255(?:,1)?\)")
_CLEAR = re.compile(r"transparent\b|rgba\([^)]*,0(?:\.0+)?\)")
_ZERO = re.compile(r"0*(?:\.0+)?(?:px|pt|em|rem|%|)$")
_FAR = re.compile(r"-\d{3,}")
_ON_COLOUR = frozenset({"th", "thead", "header", "nav", "button", "a"})
"""Elements that commonly are white on a colour which a style sheet elsewhere gives them."""


class Visibility:
    """Reads the page's own style rules and its elements' attributes."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for sheet in soup.find_all("style"):
            self._read(_COMMENT.sub("", sheet.get_text()))

    def _read(self, sheet: str) -> None:
        for selectors, body in _RULE.findall(sheet):
            for selector in selectors.split(","):
                if _SIMPLE.fullmatch(selector.strip()):
                    self._rules.setdefault(selector.strip(), {}).update(_declarations(body))

    def is_hidden(self, tag: Tag) -> bool:
        """Whether the element itself (not its parents) is made invisible."""
        if tag.has_attr("hidden"):
            return True
        style = self._style(tag)
        if not style:
            return False
        if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
            return True
        if any(_ZERO.fullmatch(style[name]) for name in ("font-size", "opacity") if style.get(name)):
            return True
        if any(_FAR.match(style.get(name, "")) for name in ("text-indent", "left", "top", "margin-left")):
            return True
        return self._is_white(tag, style)

    def _is_white(self, tag: Tag, style: dict[str, str]) -> bool:
        colour = style.get("color", "")
        if _CLEAR.fullmatch(colour):
            return True
        if not _WHITE.fullmatch(colour):
            return False
        for element in [tag, *tag.parents]:
            if element.name in _ON_COLOUR or element.get("bgcolor"):
                return False
            own = self._style(element)
            ground = own.get("background-color") or own.get("background") or ""
            if ground:
                return bool(_WHITE.match(ground))
        return True

    def _style(self, tag: Tag) -> dict[str, str]:
        style: dict[str, str] = {}
        for name in str(tag.get("class", "")).split() if isinstance(tag.get("class"), str) else tag.get("class") or ():
            style.update(self._rules.get(f".{name}", {}))
        if tag.get("id"):
            style.update(self._rules.get(f"#{tag['id']}", {}))
        if tag.get("color"):
            style["color"] = str(tag["color"]).lower()
        style.update(_declarations(str(tag.get("style", ""))))
        return style


def _declarations(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        found[name.strip().lower()] = re.sub(r"\s+", "", value.lower()).removesuffix("!important")
    found.pop("", None)
    return found
