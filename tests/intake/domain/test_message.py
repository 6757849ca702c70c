"""A message's own id."""

import re

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.message import new_message_id


@given(st.integers(min_value=0, max_value=2**64 - 1), st.integers(min_value=0, max_value=2**64 - 1))
def test_an_id_is_twelve_digits_that_say_all_sixty_bits(one: int, other: int) -> None:
    """Two numbers that differ in their last 60 bits give two ids."""
    assert re.fullmatch(r"m-[a-z2-7]{12}", new_message_id(one))
    assert (new_message_id(one) == new_message_id(other)) == (one % 2**60 == other % 2**60)
