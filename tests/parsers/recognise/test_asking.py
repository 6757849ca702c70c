"""A question no label is worded like is understood by its telling words, and only where nothing speaks against it."""

import pytest

from parsers.recognise.asking import Asking
from parsers.recognise.known import known_of
from parsers.template import Section
from tests.builders.forms import library

LABELS = known_of(library()).labels(None)
ASKING = Asking(library().fields, library().strangers)


def section(key: str) -> Section:
    """Return a section of all sheets together."""
    return next(each for each in LABELS.sections if each.key == key)


def asked(question: str, key: str | None) -> str | None:
    """Return the name of the field a question asks for in the section of that key."""
    match = ASKING.meaning(question, section(key) if key is not None else None)
    return match.field.name if match is not None else None


@pytest.mark.parametrize(
    ("question", "key", "field"),
    [
        ("Reporting officer", "referrer", "referrer.name"),
        ("Rank or role", "referrer", "referrer.role"),
        ("Force or agency", "referrer", "referrer.agency"),
        ("Direct dial", "referrer", "referrer.phone"),
        ("Work email", "referrer", "referrer.email"),
        ("Rank of member", "qa", "qa.role"),
        ("Which safeguarding lead have you spoken to?", "referrer", "lead.name"),
        ("Gender of the child", "children", "child.gender"),
        ("Any other name the child goes by", "children", "child.aka"),
        ("Date first reported to police", "incident", "incident.date_aware"),
        ("If more than five working days have passed, what caused it?", "reason", "referral.late_reason"),
        ("What could agencies have done better together?", None, "practice.concerns"),
    ],
)
def test_telling_words_say_what_is_asked(question: str, key: str | None, field: str) -> None:
    """Words that only one field's questions hold tell that field, the longest phrase first."""
    assert asked(question, key) == field


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Name and role", "referrer"),
        ("Telephone / email", "referrer"),
        ("Line manager's name", "referrer"),
        ("Mother's name", "referrer"),
        ("Crime reference number of the agency", "referrer"),
        ("Address of organisation", "referrer"),
        ("Role", None),
        ("Name of worker", None),
        ("Gender", "incident"),
        ("What would you like to happen next?", "incident"),
        ("", "referrer"),
        ("Role " * 40, "referrer"),
    ],
)
def test_what_two_fields_or_none_could_mean_is_not_understood(question: str, key: str | None) -> None:
    """Two things asked at once, somebody else's particulars, a stranger's question: nothing is taken."""
    assert asked(question, key) is None


def test_a_field_of_two_people_is_told_by_its_section_alone() -> None:
    """The same question is the referrer's in one section and the panel member's in another."""
    assert [asked("Post held by this person", key) for key in ("referrer", "qa")] == ["referrer.role", "qa.role"]
