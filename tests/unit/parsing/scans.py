"""Makes scans for the tests: a PDF drawn as pictures, askew and with noise, without any text."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from granskning_ai.parsing.ocr_picture import PagePicture
from granskning_ai.parsing.pdf_reader import PdfFile


def _installed() -> bool:
    program = shutil.which("tesseract")
    return (
        program is not None
        and "swe"
        in subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    )


needs_tesseract = pytest.mark.skipif(
    not _installed(), reason="Tesseract with Swedish is not installed (tesseract-ocr, tesseract-ocr-swe)"
)


def picture_of(data: bytes, *, angle: float = 0.0, dpi: float = 150, noise: float = 0.0) -> PagePicture:
    """The first page of a PDF as a picture, turned by so many degrees clockwise."""
    file = PdfFile(data, None)
    drawn = file.picture(1, dpi, 30_000_000)
    file.close()
    dots = askew(drawn, angle, noise)
    return PagePicture(
        number=1,
        width=drawn.width,
        height=drawn.height,
        columns=drawn.columns,
        rows=drawn.rows,
        pixels=dots.tobytes(),
    )


def askew(drawn: PagePicture, angle: float, noise: float) -> Image.Image:
    picture = Image.frombytes("L", (drawn.columns, drawn.rows), drawn.pixels)
    # PIL turns against the clock.
    picture = picture.rotate(-angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if not noise:
        return picture
    dots = np.asarray(picture, dtype=np.float32)
    grain = np.random.default_rng(1).normal(0, noise, dots.shape)
    return Image.fromarray(np.clip(dots + grain, 0, 255).astype(np.uint8))


def scanned(
    data: bytes, *, angle: float = 0.0, dpi: float = 150, noise: float = 0.0, turn: int = 0, pages: Sequence[int] = (1,)
) -> bytes:
    """The pages of a PDF as a PDF of pictures."""
    file = PdfFile(data, None)
    sheets = [askew(file.picture(number, dpi, 30_000_000), angle, noise).rotate(turn, expand=True) for number in pages]
    file.close()
    stream = io.BytesIO()
    sheets[0].save(stream, "PDF", save_all=True, append_images=sheets[1:], resolution=dpi)
    return stream.getvalue()
