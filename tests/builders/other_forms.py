"""Other people's forms and papers, made up here: a neighbour's, a foreign layout, a review's paper, a letter."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document

from tests.builders.fill_word import STAMP


def saved(document: Any) -> bytes:
    """Return a python-docx document as bytes that are the same each time."""
    made, kept = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return kept.getvalue()


def add_rows(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    """Append a table of these texts; a row shorter than the first is merged across."""
    width = max(map(len, rows))
    table = document.add_table(rows=0, cols=width)
    for texts in rows:
        cells = table.add_row().cells
        if len(texts) == 1:
            cells[0].merge(cells[-1]).text = texts[0]
            continue
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    return table


def marf() -> bytes:
    """Return a multi-agency referral form, filled."""
    document = Document()
    document.add_heading("Multi-Agency Referral Form (MARF)", 0)
    document.add_paragraph("Use this form to refer a child to the Bridge Partnership.")
    add_rows(
        document,
        [
            ("Child's full name", "Nia Nobody"),
            ("Date of birth", "01/05/2019"),
            ("Home address", "2 Nowhere Lane"),
            ("Name of referrer", "Sam Sender"),
            ("Agency", "Fable Primary School"),
            ("Email address", "sam.sender@school.example"),
            ("Reason for referral", "Nia came to school with a bruise and is afraid to go home."),
        ],
    )
    return saved(document)


def agency_summary() -> bytes:
    """Return an agency's summary for a practice review."""
    document = Document()
    document.add_heading("Agency summary report", 0)
    document.add_paragraph("For the Child Safeguarding Practice Review of child Z")
    add_rows(
        document,
        [
            ("Agency", "Fable Community Trust"),
            ("Name of child", "Nia Nobody"),
            ("Date of birth", "01/05/2019"),
            ("Completed by", "Sam Sender"),
            ("Summary", "Seen four times between January and June."),
            ("Good practice", "Prompt letters."),
        ],
    )
    return saved(document)


def foreign() -> bytes:
    """Return another partnership's referral for a practice review, filled; no sheet knows its layout."""
    document = Document()
    document.add_heading("Child Safeguarding Practice Review Referral", 0)
    document.add_heading("Details of person making the referral", 1)
    add_rows(
        document,
        [
            ("Name:", "Orla Example", "Job Title:", "Health visitor"),
            ("Agency:", "Fable Community Trust", "Telephone No:", "0161 496 0199"),
            ("E-mail:", "orla.example@trust.example", "Date completed:", "13/11/2026"),
        ],
    )
    document.add_heading("Child details", 1)
    add_rows(
        document, [("Full name", "D.O.B", "Gender", "Ethnicity"), ("Tam Madeup", "04/03/2021", "F", "White British")]
    )
    document.add_heading("Details of incident", 1)
    document.add_paragraph("Date of incident: 10 November 2026")
    document.add_paragraph("Circumstances of the incident")
    add_rows(document, [("Tam was found injured at home.",)])
    return saved(document)


def letter() -> bytes:
    """Return a letter."""
    document = Document()
    document.add_paragraph("Dear colleague,")
    document.add_paragraph("Please find the newsletter of the partnership. The next briefing is on practice reviews.")
    document.add_paragraph("Date: 3 March 2026")
    return saved(document)
