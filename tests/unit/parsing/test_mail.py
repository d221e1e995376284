"""E-mail: the letter first, then its attachments as parts; what cannot be read is named."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.application import MIMEApplication

import pytest

from granskning_ai.errors import Encrypted, ParsingError
from granskning_ai.model import BlockKind, DocType, Document, Doubt, Grade, SourceFile
from granskning_ai.parsing import parse
from granskning_ai.parsing.letters import MAX_DEPTH

from .msg_files import attached_file, attached_letter, compound_file, outlook_letter

REPORT = "Granskning av avfallshanteringen\n\n1 Sammanfattning\n\nVi bedömer att nämnden delvis följer upp planen."
WEB = "<html><body><h1>Svar</h1><table><tr><th>Fråga</th><th>Svar</th></tr><tr><td>Plan</td><td>Ja</td></tr></table>"


def letter(body: str = "Hej!\n\nHär kommer rapporten.\n\nHälsningar\nAnna", subject: str = "Rapport") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Anna Ek <anna.ek@bjorkdala.example>"
    message["To"] = "revisionen@bjorkdala.example"
    message["Date"] = "Tue, 05 Mar 2024 14:12:00 +0100"
    message["Subject"] = subject
    message.set_content(body)
    return message


def read(message: EmailMessage) -> Document:
    data = message.as_bytes()
    return parse(SourceFile.of("brev.eml", data, "eml"), data)


def outlook(tree: object) -> Document:
    data = compound_file(tree)  # type: ignore[arg-type]
    return parse(SourceFile.of("brev.msg", data, "msg"), data)


def texts(document: Document, *, furniture: bool = False) -> list[str]:
    return [block.text for block in document.blocks if (block.kind is BlockKind.FURNITURE) == furniture]


def test_the_head_and_the_body_of_a_letter() -> None:
    document = read(letter())
    assert texts(document)[:4] == [
        "Från: Anna Ek <anna.ek@bjorkdala.example>",
        "Skickat: 2024-03-05 14:12",
        "Till: revisionen@bjorkdala.example",
        "Ämne: Rapport",
    ]
    assert "Här kommer rapporten." in texts(document)
    assert document.metadata.title == "Rapport"
    assert document.page_count == 1


def test_attachments_go_on_as_parts_on_pages_of_their_own() -> None:
    message = letter()
    message.add_attachment(REPORT, filename="rapport.txt")
    message.add_attachment(WEB.encode(), maintype="text", subtype="html", filename="svar.html")
    document = read(message)
    assert [(part.doc_type, part.title) for part in document.parts] == [
        (DocType.EMAIL, "Rapport"),
        (DocType.OTHER, "rapport"),
        (DocType.OTHER, "svar"),
    ]
    assert "Bifogat: rapport.txt, svar.html" in texts(document)
    verdict = document.text.index("delvis")
    assert document.page_at(verdict) == 2
    assert document.parts[1].start < verdict < document.parts[1].end
    evidence = document.cite(verdict, verdict + 6)
    assert (evidence.quote, evidence.page) == ("delvis", 2)
    assert evidence.section.endswith("1 Sammanfattning")
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    assert table.page == 3
    assert [document.text[cell.start : cell.end] for row in table.cells for cell in row] == [
        *("Fråga", "Svar", "Plan", "Ja"),
    ]


def test_blocks_and_pages_of_the_whole_agree_with_the_text() -> None:
    message = letter()
    message.add_attachment(REPORT, filename="a.txt")
    message.add_attachment(REPORT, filename="b.txt")
    document = read(message)
    assert all(document.text[block.start : block.end] == block.text for block in document.blocks)
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.pages[-1].end == len(document.text)


def test_a_letter_in_html_only() -> None:
    message = letter()
    message.set_content("<p>Vi svarar på <b>granskningen</b>.</p>", subtype="html")
    assert "Vi svarar på granskningen." in texts(read(message))


def test_the_plain_version_is_not_read_twice() -> None:
    message = letter("Hej på dig.")
    message.add_alternative("<p>Hej på dig.</p>", subtype="html")
    assert read(message).text.count("Hej på dig.") == 1


def test_an_old_letter_in_another_encoding() -> None:
    data = b"From: a@b.se\nSubject: =?iso-8859-1?Q?=C5tg=E4rder?=\n"
    data += b"Content-Type: text/plain; charset=iso-8859-1\n\n\xc5tg\xe4rderna f\xf6ljs upp.\n"
    document = parse(SourceFile.of("a.eml", data, "eml"), data)
    assert texts(document) == ["Från: a@b.se", "Ämne: Åtgärder", "Åtgärderna följs upp."]


def test_what_cannot_be_read_is_named_with_its_reason_and_is_no_prose() -> None:
    message = letter()
    for name, kind, data in (
        ("budget.xlsx", "vnd.ms-excel", b"PK\x03\x04x"),
        ("skadad.pdf", "pdf", b"%PDF-1.7 avklippt"),
        ("tom.pdf", "pdf", b""),
        ("allt.zip", "zip", b"PK\x03\x04"),
    ):
        message.add_attachment(data, maintype="application", subtype=kind, filename=name)
    message.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="karta.jpg")
    document = read(message)
    remarks = texts(document, furniture=True)
    assert [remark.split(" är inte inläst")[0] for remark in remarks] == [
        f"Bilagan {name}" for name in ("budget.xlsx", "skadad.pdf", "tom.pdf", "allt.zip", "karta.jpg")
    ]
    assert "avkortad" in remarks[1]
    assert "bild" in remarks[4]
    assert [part.title for part in document.parts] == ["Rapport"]
    assert document.quality is not None
    assert document.quality.grade is Grade.FAIR
    assert [reason.kind for reason in document.quality.reasons] == [Doubt.UNREAD_ATTACHMENT]


def test_pictures_in_the_text_and_signatures_are_no_attachments() -> None:
    message = letter()
    message.add_alternative("<p>Hej <img src='cid:logga'></p>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logga>")  # type: ignore[index, union-attr]
    message.make_mixed()
    message.attach(MIMEApplication(b"x", "pkcs7-signature", name="smime.p7s"))  # type: ignore[arg-type]
    assert texts(read(message), furniture=True) == []


def test_a_letter_in_a_letter() -> None:
    inner = letter("Yttrandet bifogas.", subject="Yttrande")
    inner.add_attachment(REPORT, filename="yttrande.txt")
    outer = letter(subject="VB: Yttrande")
    outer.add_attachment(inner)
    document = read(outer)
    assert "Yttrandet bifogas." in document.text
    assert [part.title for part in document.parts] == ["VB: Yttrande", "Yttrande", "yttrande"]
    assert document.page_at(document.text.index("Vi bedömer")) == 3


def test_letters_in_letters_end_somewhere() -> None:
    message = letter(subject="0")
    for depth in range(1, MAX_DEPTH + 4):
        outer = letter(subject=str(depth))
        outer.add_attachment(message)
        message = outer
    remarks = texts(read(message), furniture=True)
    assert len(remarks) == 1
    assert "för många led" in remarks[0]


def test_an_encrypted_letter_says_so() -> None:
    data = b"From: a@b.se\nSubject: Hemligt\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nMIAG"
    with pytest.raises(Encrypted, match="krypterat"):
        parse(SourceFile.of("a.eml", data, "eml"), data)


def test_what_is_no_letter_says_so() -> None:
    with pytest.raises(ParsingError, match="inget e-postbrev"):
        parse(SourceFile.of("a.eml", b"Bara text.", "eml"), b"Bara text.")


def test_an_outlook_letter_with_attachments() -> None:
    document = outlook(
        outlook_letter(
            subject="Rapport",
            body="Hej!\r\n\r\nHär kommer rapporten.\r\n",
            sender="Anna Ek",
            to="Revisionen",
            sent=133_541_179_200_000_000,
            attachments=(
                attached_file("rapport.txt", REPORT.encode() * 60, "text/plain"),
                attached_file("logga.png", b"\x89PNG", "image/png", content_id="logga"),
                attached_file("budget.xlsx", b"PK\x03\x04"),
            ),
        )
    )
    assert texts(document)[:3] == ["Från: Anna Ek", "Skickat: 2024-03-05 13:12 UTC", "Till: Revisionen"]
    assert "Här kommer rapporten." in texts(document)
    assert document.page_at(document.text.index("Vi bedömer")) == 2
    remarks = [remark for remark in texts(document, furniture=True) if remark.startswith("Bilagan")]
    assert [remark.split(" är inte inläst")[0] for remark in remarks] == ["Bilagan budget.xlsx"]


def test_an_outlook_letter_in_an_outlook_letter() -> None:
    inner = outlook_letter(
        subject="Yttrande",
        body="Yttrandet bifogas.",
        attachments=(attached_file("y.txt", REPORT.encode()),),
        inner=True,
    )
    document = outlook(
        outlook_letter(subject="VB", body="Se nedan.", attachments=(attached_letter("Yttrande", inner),))
    )
    assert [part.title for part in document.parts] == ["VB", "Yttrande", "y"]
    assert "Yttrandet bifogas." in document.text
    assert "Vi bedömer att nämnden delvis följer upp planen." in document.text


def test_a_damaged_outlook_letter_says_so() -> None:
    data = compound_file(outlook_letter(subject="Rapport", body="Hej"))
    for damaged in (data[:700], data[:1536] + bytes(len(data) - 1536), b"\xd0\xcf\x11\xe0" + bytes(600)):
        with pytest.raises(ParsingError, match="skadat"):
            parse(SourceFile.of("a.msg", damaged, "msg"), damaged)
