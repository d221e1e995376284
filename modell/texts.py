"""Text files to what a model learns from: sentences, and pairs of texts that belong together."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from granskning_ai.swedish.language import sentences

LONGEST_QUERY = 40
LONGEST_PASSAGE = 190
"""Words of a query and of a passage that are used."""

_PASSAGES_PER_TITLE = 3
_FEWEST_WORDS = 12
_ENDS = re.compile(r"[.!?:;,]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the heading that stands over it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """One file: its first heading, and its paragraphs."""

    title: str
    paragraphs: tuple[Paragraph, ...]


def read(paths: Iterable[Path]) -> Iterator[Text]:
    """The texts of the .txt and .md files among and under the paths, by path."""
    for path in paths:
        files = (
            sorted(found for found in path.rglob("*") if found.suffix in (".txt", ".md")) if path.is_dir() else [path]
        )
        for file in files:
            yield parse(file.read_text(encoding="utf-8"))


def parse(text: str) -> Text:
    """Paragraphs stand between blank lines; a short one that does not end like a sentence is a heading."""
    plain = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    title = heading = ""
    paragraphs: list[Paragraph] = []
    for part in re.split(r"\n\s*\n", plain):
        joined = " ".join(part.lstrip("# ").split())
        if not joined:
            continue
        if part.startswith("#") or (len(joined.split()) <= _FEWEST_WORDS and not _ENDS.search(joined)):
            heading = joined
            title = title or joined
        else:
            paragraphs.append(Paragraph(heading, joined))
    return Text(title, tuple(paragraphs))


def distinct_sentences(texts: Iterable[Text]) -> list[str]:
    """Every sentence, title and heading once, in the order of the texts."""
    found: dict[str, None] = {}
    for text in texts:
        for line in [text.title, *(paragraph.heading for paragraph in text.paragraphs)]:
            if line:
                found[line] = None
        for paragraph in text.paragraphs:
            found.update((paragraph.text[start:end], None) for start, end in sentences(paragraph.text))
    return list(found)


def pairs(texts: Iterable[Text], chance: random.Random) -> list[tuple[str, str]]:
    """What a question-like text and a passage that answers it look like, as far as text without questions tells.

    A title and a paragraph below it; a heading and its text; a sentence and the rest of its paragraph; a paragraph
    and the next.
    """
    found: dict[tuple[str, str], None] = {}
    for text in texts:
        bodies = [paragraph.text for paragraph in text.paragraphs if len(paragraph.text.split()) >= _FEWEST_WORDS]
        if text.title and bodies:
            for body in chance.sample(bodies, min(_PASSAGES_PER_TITLE, len(bodies))):
                found[_cut(text.title, body)] = None
        for heading, body in _sections(text):
            found[_cut(heading, body)] = None
        for at, body in enumerate(bodies):
            spans = sentences(body)
            if len(spans) >= 3:
                start, end = chance.choice(spans)
                found[_cut(_part(body[start:end], chance), f"{body[:start]} {body[end:]}")] = None
            elif at + 1 < len(bodies):
                found[_cut(body, bodies[at + 1])] = None
    return [(query, passage) for query, passage in found if query and passage]


def _sections(text: Text) -> Iterator[tuple[str, str]]:
    bodies: dict[str, list[str]] = {}
    for paragraph in text.paragraphs:
        if paragraph.heading and paragraph.heading != text.title:
            bodies.setdefault(paragraph.heading, []).append(paragraph.text)
    for heading, parts in bodies.items():
        body = " ".join(parts)
        if len(body.split()) >= _FEWEST_WORDS:
            yield heading.lstrip("0123456789. "), body


def _part(sentence: str, chance: random.Random) -> str:
    """The sentence, or every other time a stretch of it: questions are shorter than sentences."""
    words = sentence.split()
    if len(words) <= _FEWEST_WORDS or chance.random() < 0.5:
        return sentence
    length = chance.randint(5, _FEWEST_WORDS)
    first = chance.randint(0, len(words) - length)
    return " ".join(words[first : first + length])


def _cut(query: str, passage: str) -> tuple[str, str]:
    return " ".join(query.split()[:LONGEST_QUERY]), " ".join(passage.split()[:LONGEST_PASSAGE])
