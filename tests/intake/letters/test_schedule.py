"""When a letter is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake.letters.schedule import is_given_up, next_try
from tests.builders.letters import NOW


@given(st.integers(min_value=1, max_value=1000), st.floats(min_value=0, max_value=1))
def test_a_wait_is_at_least_a_minute_and_never_over_five_hours(attempts: int, jitter: float) -> None:
    """However often it failed, a letter is tried again within hours, and never at once."""
    wait = next_try(attempts, NOW, jitter) - NOW
    assert timedelta(minutes=1) <= wait <= timedelta(hours=5)


@given(st.integers(min_value=1, max_value=50))
def test_waits_grow(attempts: int) -> None:
    """Each wait is as long as the one before, or longer."""
    assert next_try(attempts, NOW, 0.5) <= next_try(attempts + 1, NOW, 0.5)


def test_the_first_tries_come_quickly() -> None:
    """1, 5, 15 and 60 minutes."""
    waits = [next_try(attempts, NOW, 0) - NOW for attempts in (1, 2, 3, 4)]
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]


def test_a_letter_is_given_up_after_the_configured_time() -> None:
    """Not a second before."""
    assert not is_given_up(NOW, NOW + timedelta(hours=72, seconds=-1), 72)
    assert is_given_up(NOW, NOW + timedelta(hours=72), 72)
