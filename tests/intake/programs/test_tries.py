"""What is remembered of messages that would not come: they come last, rest, and are never forgotten while wanted."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from intake.programs.tries import IN_A_ROW, REST, Tries

NOW = datetime(2026, 11, 24, 16, 5, tzinfo=UTC)
UIDS = st.integers(min_value=1, max_value=9)


def test_a_troubled_message_comes_after_all_others() -> None:
    """Whatever its UID, it cannot keep a new one waiting."""
    tries = Tries()
    assert tries.ready(7, [3, 1, 2], NOW) == [1, 2, 3]
    assert tries.failed(1, NOW)
    assert tries.failed(2, NOW)
    assert tries.failed(2, NOW)
    assert tries.ready(7, [1, 2, 3, 4], NOW) == [3, 4, 1, 2]


def test_after_some_tries_in_a_row_it_rests_for_a_while() -> None:
    """Then it is tried again, for ever: nothing is given up."""
    tries, now = Tries(), NOW
    for _ in range(3):
        assert tries.ready(7, [1], now) == [1]
        assert [tries.failed(1, now) for _ in range(IN_A_ROW)] == [True, True, False]
        assert (tries.ready(7, [1], now), tries.resting) == ([], 1)
        now += REST


def test_what_is_no_longer_wanted_or_came_in_the_end_is_forgotten() -> None:
    """Also when UIDs have come to mean something else."""
    tries = Tries()
    for uid in (1, 2, 3):
        for _ in range(IN_A_ROW):
            tries.failed(uid, NOW)
    tries.done(1)
    assert tries.resting == 2
    assert tries.ready(0, [1, 2], NOW) == [1]
    assert tries.resting == 1
    assert tries.ready(8, [1, 2], NOW) == [1, 2]
    assert tries.resting == 0


def test_only_the_same_bytes_in_every_try_before_are_insisted_on() -> None:
    """One answer that differs, or none, and the counting begins anew."""
    tries, same, other = Tries(), (5, "a"), (6, "b")
    assert not tries.is_insisted_on(1, same)
    tries.failed(1, NOW, same)
    assert not tries.is_insisted_on(1, same)
    tries.failed(1, NOW, same)
    assert tries.is_insisted_on(1, same)
    assert not tries.is_insisted_on(1, other)
    tries.failed(1, NOW)
    tries.failed(1, NOW, same)
    assert not tries.is_insisted_on(1, same)


@given(st.sets(UIDS), st.lists(UIDS, max_size=20))
def test_every_wanted_message_is_ready_or_rests(wanted: set[int], failures: list[int]) -> None:
    """None is dropped, whatever failed before."""
    tries = Tries()
    tries.ready(7, wanted, NOW)
    for uid in failures:
        if uid in wanted:
            tries.failed(uid, NOW)
    ready = tries.ready(7, wanted, NOW)
    assert len(ready) == len(set(ready))
    assert set(ready) <= wanted
    assert len(ready) + tries.resting == len(wanted)
    assert set(tries.ready(7, wanted, NOW + REST)) == wanted


def test_a_folder_that_cannot_be_filed_to_is_left_alone_for_a_while() -> None:
    """Else every mail in it would be compared again at each poll."""
    tries = Tries()
    tries.close("Intake", NOW)
    assert tries.is_closed("Intake", NOW)
    assert not tries.is_closed("Elsewhere", NOW)
    assert not tries.is_closed("Intake", NOW + REST)
