"""From what Tesseract reads on a page to words as other pages have them: type sizes, bold type, bullets, confidence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from granskning_ai.parsing.ocr_picture import Scan
from granskning_ai.parsing.pdf_page import ASCENT, DESCENT, Rect, Style, Word

_EM, _CAPITAL, _LOW_LETTER, _RING = 0.96, 0.73, 0.54, 0.84
"""Shares of the type size: Tesseract's x_size, tall letters, letters like 'x', and 'å', which differs most between
typefaces."""
_TALL = re.compile(r"[A-Zbdfhkl0-9]")
_MARKED = re.compile(r"[ÅÄÖÉ/()§|\[\]]")
_LOW = re.compile(r"[acemnorsuvwxz]+[.,:]?$")
_BELOW = re.compile(r"[gjpqyQç,;()\[\]/§|_µ]")
_STANDS = re.compile(r"[^\W_]")
_SAME_SIZE = 0.09
_BOLD_LINE, _BOLD_WORD = 1.18, 1.3
"""How much thicker than usual the strokes of bold type are: of a whole line, and of one word in it."""
_MEASURED = 4
_BULLET_GAP, _BULLET_APART = 4.0, 0.8
"""How far from its text a bullet may stand, and how near to text on its left, in ems."""
_NO_WORD = re.compile(r"[|¦\\_{}\[\]~^`´'’”\"“.,:;!]+$")
"""Signs that no typesetter sets apart: specks, and pieces of ruling lines."""
_SAME_HEIGHT, _WORD_GAP = 0.12, 0.6
"""How much heights on a line may differ, and how far apart words of a sentence stand at most, in ems."""
_READABLE = 0.6
_LIKE_A_WORD = re.compile(r"[A-ZÅÄÖ]?[a-zåäöé]{2,}[.,:;]?$|[A-ZÅÄÖ]{3,}$")
_CHAPTER = re.compile(r"kap\.?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}[a-z]?$|[Il]$")
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_NO_L = re.compile(r"l(?:[bcdfghkmnpqrstvwxz]|$)|[lT]akttag")
"""What no Swedish word begins with: the letter is a capital I."""


@dataclass(slots=True)
class ReadWord:
    """A word as Tesseract reads it; the box is in pixels, the confidence 0-1."""

    text: str
    box: Rect
    confidence: float


@dataclass(slots=True)
class ReadLine:
    """A line as Tesseract reads it. `base` is the y of the baseline and `size` the type size, both in pixels."""

    words: list[ReadWord]
    base: float
    size: float
    strokes: list[float] = field(default_factory=list)
    """How thick each word's strokes are as a share of the type size; 0 where the word is too short to tell."""

    def __post_init__(self) -> None:
        """Measures the letters where they show the baseline and the size: Tesseract's own figures are rough."""
        feet = [word.box.y1 for word in self.words if _STANDS.search(word.text) and not _BELOW.search(word.text)]
        self.base = median(feet) if feet else self.base
        tall = [self.base - word.box.y0 for word in self.words if _is_tall(word.text)]
        low = [self.base - word.box.y0 for word in self.words if _LOW.match(word.text)]
        ringed = [self.base - word.box.y0 for word in self.words if _is_ringed(word.text)]
        for heights, share in ((tall, _CAPITAL), (low, _LOW_LETTER), (ringed, _RING)):
            if heights:
                self.size = median(heights) / share
                return
        self.size /= _EM

    @property
    def letters(self) -> int:
        """How many letters and digits the line has."""
        return sum(char.isalnum() for word in self.words for char in word.text)

    @property
    def confidence(self) -> float:
        """How sure the line's letters are."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0


def _is_tall(text: str) -> bool:
    return bool(_TALL.search(text)) and "å" not in text and not _MARKED.search(text)


def _is_ringed(text: str) -> bool:
    return "å" in text and not _MARKED.search(text)


@dataclass(slots=True)
class ReadPage:
    """What was read on one page."""

    number: int
    scale: float
    """Pixels per point."""
    lines: list[ReadLine]


def cleaned(lines: Iterable[ReadLine], scan: Scan) -> list[ReadLine]:
    """The lines without what is no text (specks, rules, pieces of pictures), their bullets and strokes found."""
    kept = []
    for line in lines:
        line.words = _with_capital_i(line)
        line.words = [word for word in line.words if word.text and not _NO_WORD.match(word.text)]
        line.words = _corrected(_with_bullets(line, scan.bullets))
        wordlike = any(_LIKE_A_WORD.match(word.text) for word in line.words)
        if line.letters and (wordlike or line.confidence >= _READABLE):
            line.strokes = [_stroke(word, line.size, scan) for word in line.words]
            kept.append(line)
    return kept


def _with_capital_i(line: ReadLine) -> list[ReadWord]:
    """The line's words, the strokes that are the word 'I' told from specks and pieces of ruling lines."""
    words = [_tidy(word) for word in line.words]
    for word, before, after in zip(words, [None, *words], [*words[1:], None], strict=False):
        if word.text != "|" or after is None or not after.text[:1].islower():
            continue
        begins = before is None or before.text.endswith((".", ":", "!", "?"))
        tall = abs(line.base - word.box.y0 - _CAPITAL * line.size) <= _SAME_HEIGHT * line.size
        stands = abs(word.box.y1 - line.base) <= _SAME_HEIGHT * line.size
        if begins and tall and stands and after.box.x0 - word.box.x1 <= _WORD_GAP * line.size:
            word.text = "I"
    return words


def _tidy(word: ReadWord) -> ReadWord:
    return ReadWord(unicodedata.normalize("NFC", word.text).strip(), word.box, word.confidence)


def _stroke(word: ReadWord, size: float, scan: Scan) -> float:
    letters = sum(char.isalnum() for char in word.text)
    return scan.stroke(word.box) / size if letters >= _MEASURED and size else 0.0


def _with_bullets(line: ReadLine, bullets: Iterable[Rect]) -> list[ReadWord]:
    """The line's words with the bullets that stand before them."""
    words = list(line.words)
    for dot in bullets:
        x, y = (dot.x0 + dot.x1) / 2, (dot.y0 + dot.y1) / 2
        if not line.base - 0.72 * line.size <= y <= line.base + 0.05 * line.size:
            continue
        after = next((index for index, word in enumerate(words) if word.box.x0 >= x), None)
        if after is None or words[after].box.x0 - dot.x1 > _BULLET_GAP * line.size:
            continue
        if after == 0 or dot.x0 - words[after - 1].box.x1 >= _BULLET_APART * line.size:
            words.insert(after, ReadWord("•", dot, 1.0))
    return words


def _corrected(words: list[ReadWord]) -> list[ReadWord]:
    """Reads letters that look alike as the ones that they must be where they stand."""
    for index, word in enumerate(words):
        before = words[index - 1].text if index else ""
        after = words[index + 1].text if index + 1 < len(words) else ""
        text = word.text
        if text in ("8", "8.", "$") and index > 1 and _NUMBER.match(before) and _CHAPTER.match(words[index - 2].text):
            text = "§" + text[1:]  # '6 kap. 1 8'
            words[index - 1].text = "1" if before in ("I", "l") else before
        elif text == "&" and not before and _YEAR.match(after):
            text = "©"
        elif _NO_L.match(text):
            text = "I" + text[1:]
        words[index] = ReadWord(text, word.box, word.confidence)
    return [
        word
        for word in words
        if word.confidence >= _READABLE or len(word.text) > 1 or word.text in "§©" or word.text.isalnum()
    ]


def words_of(pages: Sequence[ReadPage]) -> dict[int, list[Word]]:
    """The words of each page in points. Sizes and boldness are told from the document as a whole."""
    sizes = _usual_sizes(pages)
    usual = _usual_stroke(pages)
    styles: dict[tuple[float, bool], Style] = {}
    found: dict[int, list[Word]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            size = sizes[_points(line, page)]
            heavy = _heavy(line, usual)
            for word, bold in zip(line.words, heavy, strict=True):
                style = styles.setdefault((size, bold), Style("", size, bold, False, None))
                found[page.number].append(_word(word, line.base / page.scale, style, page, len(found[page.number])))
    return found


def _word(word: ReadWord, base: float, style: Style, page: ReadPage, order: int) -> Word:
    x0, x1 = word.box.x0 / page.scale, word.box.x1 / page.scale
    top, foot = base - ASCENT * style.size, base + DESCENT * style.size
    return Word(word.text, x0, x1, top, foot, base, style, True, order, confidence=word.confidence)


def _points(line: ReadLine, page: ReadPage) -> float:
    return round(line.size / page.scale, 1)


def _usual_sizes(pages: Sequence[ReadPage]) -> dict[float, float]:
    """Each measured type size with the size it stands for: the most common one nearby, to the half point."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[_points(line, page)] += max(1, line.letters)
    meaning: dict[float, float] = {}
    for size, _ in sorted(letters.items(), key=lambda pair: (-pair[1], pair[0])):
        near = [other for other in meaning if meaning[other] == round(other * 2) / 2 and _alike(other, size)]
        meaning[size] = meaning[near[0]] if near else round(size * 2) / 2
    return meaning


def _alike(a: float, b: float) -> bool:
    return abs(a - b) <= _SAME_SIZE * max(a, b)


def _usual_stroke(pages: Sequence[ReadPage]) -> float:
    """How thick strokes are in most of the text, as a share of the type size."""
    measured = sorted(
        (stroke, len(word.text))
        for page in pages
        for line in page.lines
        for word, stroke in zip(line.words, line.strokes, strict=True)
        if stroke
    )
    half = sum(weight for _, weight in measured) / 2
    for stroke, weight in measured:
        half -= weight
        if half <= 0:
            return stroke
    return 0.0


def _heavy(line: ReadLine, usual: float) -> list[bool]:
    """Which words of the line are bold."""
    measured = [(s, len(word.text)) for word, s in zip(line.words, line.strokes, strict=True) if s]
    if not measured or not usual:
        return [False] * len(line.words)
    mean = sum(stroke * weight for stroke, weight in measured) / sum(weight for _, weight in measured)
    if mean >= _BOLD_LINE * usual and min(stroke for stroke, _ in measured) >= 1.1 * usual:
        return [True] * len(line.words)
    return [stroke >= _BOLD_WORD * usual for stroke in line.strokes]
