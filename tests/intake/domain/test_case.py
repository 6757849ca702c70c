"""References say nothing, and an acknowledgement's facts can hold no word of a mail."""

import re
import typing
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.case import AcknowledgementFacts, Reference, reference


@given(st.integers(2026, 2099), st.integers(0, 2**64))
def test_a_reference_is_a_year_and_six_unmistakable_digits(year: int, randomness: int) -> None:
    """Whatever the randomness, it has one shape, without I, L, O or U."""
    assert re.fullmatch(rf"SSCP-{year}-[0-9A-HJKMNP-TV-Z]{{6}}", reference(year, randomness))


@given(st.integers(0, 2**30 - 1), st.integers(0, 2**30 - 1))
def test_other_bits_give_another_reference(one: int, other: int) -> None:
    """All thirty bits count."""
    assert (reference(2026, one) == reference(2026, other)) == (one == other)


def test_an_acknowledgements_facts_have_no_room_for_words() -> None:
    """Its fields are references, a time, a count and codes: a content-free letter is a matter of types."""
    closed = {tuple[Reference, ...], datetime, int, int | None}
    codes = {"sections": tuple[str, ...], "note": str | None}
    for name, kind in typing.get_type_hints(AcknowledgementFacts).items():
        assert kind in closed or codes.get(name) == kind, name
