"""A form of a partnership we never saw, round what a test puts into it, and what is read of it."""

from parsers.contract import DocumentReading, Kind, Recognised
from parsers.recognise import read_document
from tests.builders.forms import library
from tests.builders.word_xml import docx, p, tbl

TITLE = p("Serious case referral for a practice review", style="Title")
REST = (
    p("Child", style="Heading1")
    + tbl(("Name of child", "Kit Invented"), ("Date of birth", "1 May 2020"))
    + p("Incident", style="Heading1")
    + tbl(
        ("Date of incident", "3 May 2026"),
        ("Place of incident", ""),
        ("What happened?", ""),
        ("Reason for referral", ""),
        ("Good practice", ""),
    )
)
REFERRER = p("Referrer", style="Heading1")
QA = p("Quality assurance by Practice Review Group member", style="Heading1")


def read(*body: str) -> DocumentReading:
    """Return the reading of a foreign form with this body between its title and a child and incident."""
    return read_document(0, Kind.DOCX, docx(TITLE + "".join(body) + REST), library())


def answers(*body: str) -> dict[tuple[str, int | None], str]:
    """Return the answers, those of the child and the incident that every such form has left out."""
    reading = read(*body)
    assert reading.recognised is Recognised.OURS
    assert reading.sheet is None
    always = {("child.name", 1): "Kit Invented", ("child.dob", 1): "1 May 2020"}
    found = {(each.field, each.child): each.untrusted_text for each in reading.readings}
    return {key: text for key, text in found.items() if always.get(key) != text and key[0] != "incident.date"}


def plain(*body: str) -> dict[str, str]:
    """Return the answers by field alone."""
    return {field: text for (field, _), text in answers(*body).items()}
