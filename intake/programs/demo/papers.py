"""Papers the demo's mails carry that are no form of ours: a locked file, another service's form, a scan."""

from io import BytesIO

from docx import Document
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def locked(pdf: bytes) -> bytes:
    """Return a PDF nobody opens without its password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(user_password="nobody-was-told", algorithm="AES-256")  # noqa: S106 - an invented file's
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def multi_agency_referral_form() -> bytes:
    """Return a neighbour's form, filled: a concern for the front door, not for a review."""
    document = Document()
    document.add_heading("Multi-Agency Referral Form (MARF)", level=1)
    document.add_paragraph("The Bridge Partnership: request for support or protection for a child")
    table = document.add_table(rows=0, cols=2)
    answers = (
        ("Name of child", "Hollis Imaginary"),
        ("Date of birth", "12/12/2018"),
        ("Reason for contact", "Invented."),
    )
    for label, answer in answers:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, answer
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def scan() -> bytes:
    """Return a PDF page that is only drawn: lines where words would be, and no text to read."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for line in range(40):
        canvas.line(60, 780 - line * 18, 500 - (line * 37) % 120, 780 - line * 18)
    canvas.save()
    return target.getvalue()
