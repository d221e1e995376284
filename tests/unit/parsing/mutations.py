"""Small whole files of every format, and ways to damage them."""

from __future__ import annotations

import io
import zipfile

from hypothesis import strategies as st

from .conftest import Pdf
from .msg_files import attached_file, compound_file, outlook_letter
from .test_docx import cell as docx_cell
from .test_docx import listed, p, package, row

NUMBERS = (b"0", b"-1", b"1", b"65535", b"2147483647", b"-2147483648", b"99999999999999999999", b"1e308", b"NaN")
TOKENS = (
    *(b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"/", b"null", b"0 R", b"endobj", b"stream", b"endstream"),
    *(b"\x00", b"\xff\xfe", b"\xf0\x9f\x92\xa9", b"</w:p>", b"<w:p>", b"</td>", b"<table>", b"&#0;", b"]]>", b"--"),
    *(b"Content-Type: ", b"\r\n\r\n", b"=?utf-8?q?", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
)


def pdf_file() -> bytes:
    pdf = Pdf(title="Granskning", outline=[("Bakgrund", 1), ("Resultat", 2)])
    pdf.page()
    heading = "H1", [pdf.tagged(72, 80, "Bakgrund", size=16, font="F2")]
    text = "P", [pdf.tagged(72, 110, "Nämnden i Björkdala följer upp sina mål varje år.")]
    item = "LI", [("Lbl", [pdf.tagged(72, 140, "1.")]), ("LBody", [pdf.tagged(90, 140, "Ta fram en plan.")])]
    pdf.page().grid((72, 200, 360), (160, 180, 200))
    cells = [
        [("TD", [pdf.tagged(x, y, word)], "/A<</ColSpan 1/RowSpan 1>>") for x, word in ((76, "Fråga"), (204, "Svar"))]
        for y in (174, 194)
    ]
    pdf.tree = [("Document", [heading, text, ("L", [item]), ("Table", [("TR", own) for own in cells])])]
    return pdf.data()


def docx_file() -> bytes:
    table = f"<w:tbl>{row(docx_cell('Fråga'), docx_cell('Svar'))}{row(docx_cell('Plan?'), docx_cell('Nej'))}</w:tbl>"
    return package(p("Bakgrund", "Rubrik1") + p("Nämnden följer upp.") + listed("Första punkten", 2) + table)


HTML = """<html lang="sv"><head><title>Förstudie</title><style>.dold{display:none}</style></head><body><main>
<h1>Förstudie</h1><p>Nämnden <b>följer</b> upp<sup><a href="#n1">1</a></sup>.</p>
<ul><li>Plan<ul><li>Mål</li></ul></li></ul>
<table><tr><th>Fråga</th><th rowspan="2">Svar</th></tr><tr><td colspan="1">Plan?</td></tr></table>
<p class="dold">Osynligt.</p><ol id="noter"><li id="n1">Not.</li></ol></main></body></html>""".encode()
EML = b"""From: =?utf-8?q?=C3=85sa?= <asa@bjorkdala.se>
To: revisor@vittsund.se
Subject: Granskning
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hej, h=C3=A4r kommer rapporten.
--x
Content-Type: text/html; charset=utf-8
Content-Disposition: attachment; filename="bilaga.html"

<p>Planen saknas.</p>
--x--
"""
TEXT = "Granskning\n\n1 Inledning\nNämnden följer upp.¹\n\n- Plan\n- Mål\n\n¹ Varje år.\n".encode()

MSG = compound_file(
    outlook_letter(
        subject="Granskning",
        body="Hej, här kommer rapporten.",
        sender="Åsa",
        to="revisor@vittsund.se",
        attachments=(attached_file("bilaga.txt", b"Planen saknas."),),
    )
)

FILES = {"pdf": pdf_file(), "docx": docx_file(), "html": HTML, "eml": EML, "msg": MSG, "text": TEXT}
"""A whole file of each format."""


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """The file after a few changes: bytes, numbers and tokens replaced, stretches cut, doubled or moved."""
    place = st.integers(0, max(0, len(data) - 1))
    change = st.tuples(
        st.sampled_from(("flip", "cut", "double", "token", "number", "end")),
        place,
        st.integers(1, 60),
        st.sampled_from(TOKENS),
        st.sampled_from(NUMBERS),
        st.integers(0, 255),
    )
    return st.lists(change, min_size=1, max_size=6).map(lambda changes: _changed(data, changes))


def _changed(data: bytes, changes: list[tuple[str, int, int, bytes, bytes, int]]) -> bytes:
    for kind, at, length, token, number, byte in changes:
        if kind == "flip":
            data = data[:at] + bytes([byte]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at] + data[at + length :]
        elif kind == "double":
            data = data[:at] + data[at : at + length] * 3 + data[at + length :]
        elif kind == "token":
            data = data[:at] + token + data[at:]
        elif kind == "number":
            data = _with_number(data, at, number)
        else:
            data = data[: max(at, len(data) // 2)]
    return data


def _with_number(data: bytes, at: int, number: bytes) -> bytes:
    """Replaces the first number from `at` on."""
    start = next((i for i in range(at, len(data)) if data[i : i + 1].isdigit()), len(data))
    end = next((i for i in range(start, len(data)) if not data[i : i + 1].isdigit()), len(data))
    return data[:start] + number + data[end:]


@st.composite
def damaged_inside(draw: st.DrawFn, data: bytes) -> bytes:
    """A zip file with one of its members damaged, so that the archive itself is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    members[name] = draw(damaged(members[name]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for own, content in members.items():
            archive.writestr(own, content)
    return stream.getvalue()
