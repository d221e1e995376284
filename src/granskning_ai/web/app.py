"""The web application. It reads the workspace anew for each page, so that what was just imported is there.

Only this machine is answered: the server listens on 127.0.0.1, and other host names are refused, so that a page
elsewhere on the web cannot read the workspace through the user's browser (DNS rebinding). Documents are untrusted:
they are handed out as downloads, never shown as pages of this site.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from granskning_ai.errors import GranskningError
from granskning_ai.pipeline import Pipeline
from granskning_ai.swedish.filters import Filter

WORKSPACE = "GRANSKNING_ARBETSYTA"
"""The environment variable that names the workspace."""

SAFE_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def create() -> Starlette:
    """Makes the application for the workspace that the environment names."""
    return Starlette(
        routes=[
            Route("/", matrix_page),
            Route("/matris.{format}", matrix_file),
            Route("/dokument/{document_id}", document_file),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        exception_handlers={GranskningError: show_error},
    )


async def matrix_page(request: Request) -> Response:
    """The matrix of the whole workspace."""
    page = await run_in_threadpool(_matrix, "html")
    return HTMLResponse(page, headers=SAFE_HEADERS)


async def matrix_file(request: Request) -> Response:
    """The matrix as a file to download."""
    format = request.path_params["format"]
    if format not in MEDIA_TYPES:
        return PlainTextResponse("Matrisen finns som html, xlsx och csv.", status_code=404, headers=SAFE_HEADERS)
    content = await run_in_threadpool(_matrix, format)
    return _download(content, f"matris.{format}", MEDIA_TYPES[format])


async def document_file(request: Request) -> Response:
    """A document's original file to download."""
    found = await run_in_threadpool(_original, request.path_params["document_id"])
    if found is None:
        return PlainTextResponse("Dokumentet finns inte.", status_code=404, headers=SAFE_HEADERS)
    name, content = found
    return _download(content, name, "application/octet-stream")


async def show_error(request: Request, error: Exception) -> Response:
    """An error that says what to do, as text."""
    return PlainTextResponse(str(error), status_code=500, headers=SAFE_HEADERS)


def _matrix(format: str) -> bytes:
    with Pipeline.open(os.environ.get(WORKSPACE)) as pipeline, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"matris.{format}"
        pipeline.export_matrix(pipeline.matrix(Filter()), format, path)
        return path.read_bytes()


def _original(document_id: str) -> tuple[str, bytes] | None:
    with Pipeline.open(os.environ.get(WORKSPACE)) as pipeline:
        summary = next((s for s in pipeline.documents(Filter()) if s.id == document_id), None)
        path = pipeline.store.original(summary.source.sha256) if summary else None
        return (summary.file_name, path.read_bytes()) if summary and path else None


def _download(content: bytes, name: str, media_type: str) -> Response:
    from urllib.parse import quote

    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={**SAFE_HEADERS, "Content-Disposition": disposition})
