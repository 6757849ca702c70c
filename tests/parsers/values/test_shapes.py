"""Answers that look like what was asked for."""

import pytest

from parsers.template import FieldKind
from parsers.values.shapes import is_nhs_number, looks_like


@pytest.mark.parametrize("text", ["999 000 0018", "9990000018", "NHS no. 999-000-0018"])
def test_an_nhs_number_has_ten_digits_and_its_check_digit(text: str) -> None:
    """However its digits are grouped."""
    assert is_nhs_number(text)


@pytest.mark.parametrize("text", ["999 000 0017", "999 000 001", "99900000180", "not known", ""])
def test_other_digits_are_no_nhs_number(text: str) -> None:
    """A slip in one digit shows."""
    assert not is_nhs_number(text)


@pytest.mark.parametrize(
    ("kind", "good", "odd"),
    [
        (FieldKind.DATE, "13 Nov 2026", "as discussed"),
        (FieldKind.APPROXIMATE_DATE, "early November 2026", "some time ago"),
        (FieldKind.PHONE, "0161 496 0123 ext 4", "via the office"),
        (FieldKind.EMAIL, "orla@gmp.example", "orla at gmp"),
        (FieldKind.NHS_NUMBER, "999 000 0018", "999 000 0081"),
    ],
)
def test_an_answer_of_another_look_is_told(kind: FieldKind, good: str, odd: str) -> None:
    """Each kind with a look of its own knows its like; words may say anything."""
    assert looks_like(kind, good)
    assert not looks_like(kind, odd)
    assert looks_like(FieldKind.TEXT, odd)
