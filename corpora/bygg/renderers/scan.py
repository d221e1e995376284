"""A PDF as an office scanner leaves it: askew pictures of the pages in black and white, with specks, and no text."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from pypdfium2 import PdfDocument

from . import paper
from .source import Source

DPI = 200
_BLUR, _NOISE, _BLACK = 0.5, 14.0, 195
_SPECKS = 0.00002


def write(source: Source, target: Path) -> None:
    """Sets the document, prints it and scans it, each page askew by its own angle (`vinklar`, in degrees)."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / target.name
        paper.write(source, printed)
        angles = source.head["vinklar"]
        with PdfDocument(printed) as document:
            pages = [
                _scanned(document[number], angles[number % len(angles)], number) for number in range(len(document))
            ]
    # Dates would differ from one build to the next.
    pages[0].save(
        target, save_all=True, append_images=pages[1:], resolution=DPI, title=None, creationDate=None, modDate=None
    )


def _scanned(page: object, angle: float, seed: int) -> Image.Image:
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")  # type: ignore[attr-defined]
    picture = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(_BLUR))
    dice = np.random.default_rng(seed)
    dots = np.asarray(picture, dtype=np.float32)
    dots = dots + dice.normal(0, _NOISE, dots.shape)
    dots[dice.random(dots.shape) < _SPECKS] = 0
    return Image.fromarray(((dots > _BLACK) * 255).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)
