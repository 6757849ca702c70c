"""Other processes' forms ask after the same children in the same words; their titles tell them from a referral."""

from collections.abc import Iterator

import pytest
from docx import Document

from parsers.contract import DocumentReading, DocumentState, Kind, Recognised
from parsers.recognise import read_document
from parsers.template import Library
from parsers.values.text import plain_whole
from tests.builders.forms import library
from tests.builders.other_forms import add_rows, saved

PEOPLE = (
    ("Name of child", "Nia Nobody"),
    ("Date of birth", "01/05/2019"),
    ("Name of referrer", "Sam Sender"),
    ("Agency", "Fable Primary School"),
    ("Email address", "sam.sender@school.example"),
    ("Date of incident", "10/11/2026"),
    ("What happened?", "Nia came to school with a bruise."),
)
TRAP = "Cases of this kind may lead to a Child Safeguarding Practice Review."


def titled(title: str, *, under: str = TRAP) -> DocumentReading:
    """Return the reading of a form of this title that names a practice review and asks what a referral asks."""
    document = Document()
    document.add_heading(title, 0)
    document.add_paragraph(under)
    add_rows(document, PEOPLE)
    return read_document(1, Kind.DOCX, saved(document), library())


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Children's Social Care Referral Form", "marf"),
        ("Notification to the Local Authority Designated Officer", "lado"),
        ("Child Death Review: Reporting Form", "cdop"),
        ("Domestic Homicide Review: Notification Form", "adult"),
        ("Rapid Review: Agency Information Gathering Form", "agency-summary"),
        ("Practice Review Scoping Document", "agency-summary"),
        ("Combined chronology", "chronology"),
        ("Operation Encompass Notification", "police-notice"),
        ("Report to Child Protection Conference", "casework"),
    ],
)
def test_a_neighbours_title_tells_whose_form_it_is(title: str, key: str) -> None:
    """A form of another process is known by its title though a practice review is named in the next line."""
    reading = titled(title)
    assert (reading.state, reading.recognised, reading.sheet) == (DocumentState.READ, Recognised.NEIGHBOUR, key)
    assert reading.readings == ()


@pytest.mark.parametrize("title", ["Early Help Assessment", "Child in Need Plan", "Nursery accident record"])
def test_a_form_nobody_told_us_of_is_not_ours(title: str) -> None:
    """A form of no known process is no referral, whatever labels it shares with one."""
    assert titled(title, under="To be kept on the child's file.").recognised is Recognised.NONE


def test_no_neighbours_title_stands_in_our_own_forms() -> None:
    """No title of another process is part of a title, heading or label of ours, so none of ours is taken for it."""
    ours = {f" {plain_whole(text)} " for text in _words_of_ours(library())}
    marks = [plain_whole(mark) for neighbour in library().neighbours for mark in neighbour.marks]
    assert [mark for mark in marks if any(f" {mark} " in text for text in ours)] == []


def _words_of_ours(known: Library) -> Iterator[str]:
    for sheet in known.sheets:
        yield from (sheet.title, *sheet.marks)
        for section in sheet.sections:
            yield from (section.title, *section.also)
            yield from (question.label for question in section.questions)
    for field in known.fields:
        yield from field.labels
