"""A Word file's parts, its styles and its numbering."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from granskning_ai.errors import Encrypted, LimitExceeded, ParsingError
from granskning_ai.parsing.drafts import number_text, tidy

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_DAMAGED = "Öppna filen i Word och spara den på nytt, eller spara den som PDF."
_LARGE = "Dela upp dokumentet, eller höj gränsen för uppackad storlek i inställningarna."
_HEADING = re.compile(r"\b(?:heading|rubrik)\s?([1-9])\b")
_SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "\uf0be": "—", "·": "•"}
_GENERIC_TITLE = re.compile(r"(?:Microsoft Word|Dokument\d*$|Document\d*$|.*\.docx?$|.*\bmall\b)", re.IGNORECASE)


@dataclass(slots=True)
class Style:
    """What a paragraph or character style says; what it leaves out is inherited from `based_on`."""

    name: str
    based_on: str | None = None
    outline: int | None = None
    num_id: str | None = None
    ilvl: int | None = None
    hidden: bool | None = None
    bold: bool | None = None


@dataclass(slots=True)
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    paragraph_style: str | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """By abstract list."""
    lists: dict[str, str] = field(default_factory=dict)
    """The abstract list of each list."""
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def level_of(self, num_id: str, style: str) -> int | None:
        """The level that a paragraph style is tied to in a list."""
        levels = self.levels.get(self.lists.get(num_id, ""), {})
        return next((ilvl for ilvl, level in levels.items() if level.paragraph_style == style), None)

    def next_mark(self, num_id: str, ilvl: int) -> tuple[str, bool] | None:
        """Counts one item on and returns its mark, and whether it is a number; None where there is no such list."""
        abstract = self.lists.get(num_id)
        levels = self.levels.get(abstract or "", {})
        level = levels.get(ilvl)
        if abstract is None or level is None:
            return None
        counts = self._counts.setdefault(abstract, {})
        if num_id not in self._begun:
            self._begun.add(num_id)
            for (owner, at), value in self.restarts.items():
                if owner == num_id:
                    counts[at] = value - 1
        counts[ilvl] = counts.get(ilvl, level.start - 1) + 1
        for deeper in [at for at in counts if at > ilvl]:
            del counts[deeper]
        if level.style == "bullet":
            return _SYMBOLS.get(level.text, level.text), False
        if level.style == "none":
            return "", False

        def printed(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at, level)
            return number_text(counts.setdefault(at, other.start), other.style)

        return re.sub(r"%([1-9])", printed, level.text), True


class Package:
    """The parts of a Word file."""

    def __init__(self, name: str, data: bytes, max_unpacked: int) -> None:
        self._name = name
        self._left = max_unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            main = self._main_part()
            self.document = self.part(main)
            self._targets = self._relationships(main)
        except (zipfile.BadZipFile, KeyError, NotImplementedError, ValueError) as error:
            raise self._damaged() from error
        if self.document is None or self.document.find(f"{W}body") is None:
            raise self._damaged()
        self.styles = self._styles()
        self.numbering = self._numbering()

    def _damaged(self) -> ParsingError:
        return ParsingError(f"Wordfilen {self._name} är skadad eller ofullständig.", hint=_DAMAGED)

    def _main_part(self) -> str:
        for target, kind in self._read_relationships("_rels/.rels", ""):
            if kind.endswith("/officeDocument"):
                return target
        return "word/document.xml"

    def _relationships(self, main: str) -> dict[str, str]:
        folder, name = posixpath.split(main)
        path = f"{folder}/_rels/{name}.rels"
        return {kind.rsplit("/", 1)[-1]: target for target, kind in self._read_relationships(path, folder)}

    def _read_relationships(self, path: str, folder: str) -> list[tuple[str, str]]:
        root = self.part(path)
        found: list[tuple[str, str]] = []
        for entry in root if root is not None else ():
            target = str(entry.get("Target", ""))
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((full, str(entry.get("Type", ""))))
        return found

    def part(self, path: str) -> Element | None:
        """The root element of a part, or None where the file has no such part."""
        try:
            info = self._zip.getinfo(path)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise Encrypted(f"Wordfilen {self._name} är lösenordsskyddad.", hint="Spara en kopia utan lösenord.")
        try:
            with self._zip.open(info) as stream:
                # The size in the archive's directory may be a lie; what is read counts.
                content = stream.read(self._left + 1)
            self._left -= len(content)
            if self._left < 0:
                raise LimitExceeded(f"Wordfilen {self._name} är för stor uppackad.", hint=_LARGE)
            if _STRICT in content:
                content = content.replace(_STRICT, W[1:-1].encode())
            if b"<!DOCTYPE" in content[:1024]:
                # Word writes none; one that is there can only hold entities that grow.
                raise self._damaged()
            return ElementTree.fromstring(content)
        except (ElementTree.ParseError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise self._damaged() from error

    def related(self, kind: str) -> Element | None:
        """The root of the main part's relative of the given kind ('footnotes', 'styles')."""
        return self.part(self._targets[kind]) if kind in self._targets else None

    @property
    def title(self) -> str:
        """The title in the file's properties, unless it only names a template."""
        core = self.part("docProps/core.xml")
        title = tidy(core.findtext(_DC_TITLE) or "") if core is not None else ""
        return "" if _GENERIC_TITLE.match(title) else title

    def _styles(self) -> dict[str, Style]:
        root = self.related("styles")
        styles: dict[str, Style] = {}
        for element in root.iter(f"{W}style") if root is not None else ():
            style = Style(name=value(element.find(f"{W}name")) or "", based_on=value(element.find(f"{W}basedOn")))
            properties = element.find(f"{W}pPr")
            if properties is not None:
                style.outline = number(properties.find(f"{W}outlineLvl"))
                style.num_id = value(properties.find(f"{W}numPr/{W}numId"))
                style.ilvl = number(properties.find(f"{W}numPr/{W}ilvl"))
            runs = element.find(f"{W}rPr")
            style.hidden = switch(runs, "vanish")
            style.bold = switch(runs, "b")
            styles[str(element.get(f"{W}styleId"))] = style
        return styles

    def chain(self, style_id: str | None) -> list[tuple[str, Style]]:
        """The style and those it is based on."""
        found: list[tuple[str, Style]] = []
        while style_id in self.styles and len(found) < 20:
            style = self.styles[style_id]
            found.append((style_id, style))
            style_id = style.based_on
        return found

    def heading_level(self, style_id: str | None) -> int | None:
        """The level of the headings written in this style, by its name ('heading 2', 'Rubrik 2') or outline level."""
        for _, style in self.chain(style_id):
            match = _HEADING.search(style.name.lower())
            if match:
                return int(match.group(1))
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
        return None

    def _numbering(self) -> Numbering:
        numbering = Numbering()
        root = self.related("numbering")
        if root is None:
            return numbering
        links: dict[str, str] = {}
        for element in root.iter(f"{W}abstractNum"):
            name = str(element.get(f"{W}abstractNumId"))
            numbering.levels[name] = {number_of(lvl, "ilvl"): _level(lvl) for lvl in element.iter(f"{W}lvl")}
            link = value(element.find(f"{W}numStyleLink"))
            if link:
                links[name] = link
        for element in root.iter(f"{W}num"):
            num_id = str(element.get(f"{W}numId"))
            numbering.lists[num_id] = value(element.find(f"{W}abstractNumId")) or ""
            for override in element.iter(f"{W}lvlOverride"):
                start = number(override.find(f"{W}startOverride"))
                if start is not None:
                    numbering.restarts[num_id, number_of(override, "ilvl")] = start
        for num_id, abstract in list(numbering.lists.items()):
            # A list whose levels are kept in a list style.
            style = self.styles.get(links.get(abstract, ""))
            if style is not None and style.num_id in numbering.lists:
                numbering.lists[num_id] = numbering.lists[style.num_id]
        return numbering


def _level(element: Element) -> _Level:
    start = number(element.find(f"{W}start"))
    return _Level(
        style=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")) or "",
        start=1 if start is None else start,
        paragraph_style=value(element.find(f"{W}pStyle")),
    )


def value(element: Element | None) -> str | None:
    """The element's `w:val`."""
    found = element.get(f"{W}val") if element is not None else None
    return None if found is None else str(found)


def number(element: Element | None) -> int | None:
    """The element's `w:val` as a number."""
    text = value(element)
    return int(text) if text is not None and re.fullmatch(r"-?\d+", text) else None


def number_of(element: Element, attribute: str) -> int:
    """An attribute as a number, 0 where it is missing."""
    text = str(element.get(f"{W}{attribute}", "0"))
    return int(text) if text.isdigit() else 0


def switch(properties: Element | None, name: str) -> bool | None:
    """A property that is on, off or left to the style."""
    element = properties.find(f"{W}{name}") if properties is not None else None
    if element is None:
        return None
    return value(element) not in ("0", "false", "off", "none")
