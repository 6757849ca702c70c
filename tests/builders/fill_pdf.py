"""Fills the form fields of a blank PDF the way a PDF reader does."""

from collections.abc import Mapping
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from intake.blank_form.pdf import pdf_name


def filled(blank: bytes, held: Mapping[str, str]) -> bytes:
    """Return the blank with each named field holding its text, its boxes ticked."""
    fields = PdfReader(BytesIO(blank)).get_fields() or {}
    writer = PdfWriter(clone_from=BytesIO(blank))
    values = {pdf_name(name): text for name, text in held.items()}
    wanted = {
        name: "/Yes" if fields[name].get("/FT") == "/Btn" else text for name, text in values.items() if name in fields
    }
    for page in (page for page in writer.pages if "/Annots" in page):
        writer.update_page_form_field_values(page, dict(wanted), auto_regenerate=False)
    return _bytes(writer)


def locked(pdf: bytes, password: str) -> bytes:
    """Return a PDF that opens only with a password."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt(password, algorithm="AES-256")
    return _bytes(writer)


def _bytes(writer: PdfWriter) -> bytes:
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
