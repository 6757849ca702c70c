"""What is kept until when: classes and days, worked out and never guessed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.retention import Kept, Periods, RetentionClass, case_trigger, class_of, review
from intake.domain.stages import Stage
from intake.domain.working_days import local_date

PERIODS = Periods(case_years=35, no_referral_days=180, quarantined_days=90)
BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def kept(kind: RetentionClass, began: datetime = BEGAN, *, held: bool = False) -> Kept:
    """Return a thing of this class."""
    return Kept("SSCP-2026-0001", kind, began, held)


@pytest.mark.parametrize(
    ("kind", "on"),
    [
        (RetentionClass.CASE, date(2061, 3, 1)),
        (RetentionClass.NO_REFERRAL, date(2026, 8, 28)),
        (RetentionClass.QUARANTINED, date(2026, 5, 30)),
        (RetentionClass.WAITING, None),
    ],
)
def test_each_class_has_its_day(kind: RetentionClass, on: date | None) -> None:
    """A case's years run from its last mail, a short class's days from its receipt; what waits has no day."""
    assert review(kept(kind), PERIODS, BEGAN).on == on


def test_a_leap_day_is_kept_longer_never_shorter() -> None:
    """What began on 29 February is due on 1 March where there is no 29th."""
    began = datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert review(kept(RetentionClass.CASE, began), PERIODS, began).on == date(2059, 3, 1)
    assert review(kept(RetentionClass.CASE, began), Periods(36, 1, 1), began).on == date(2060, 2, 29)


def test_days_are_londons() -> None:
    """Half past eleven at night UTC in summer is the next day already."""
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert review(kept(RetentionClass.NO_REFERRAL, late), PERIODS, late).on == date(2026, 7, 2) + timedelta(days=180)


@given(kind=st.sampled_from(RetentionClass), began=MOMENTS, later=st.integers(0, 40_000), held=st.booleans())
def test_the_machine_erases_no_case_nothing_held_and_nothing_early(
    kind: RetentionClass, began: datetime, later: int, held: bool
) -> None:
    """By itself a class takes only what was no referral or was hostile, once its day has come, and nothing held."""
    found = review(kept(kind, began, held=held), PERIODS, began + timedelta(days=later))
    if found.by_machine:
        assert kind in {RetentionClass.NO_REFERRAL, RetentionClass.QUARANTINED}
        assert not held
        assert later >= 89


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_a_class(stage: Stage) -> None:
    """Set aside and quarantined messages have short classes; whatever else belongs to no case waits for a person."""
    short = {Stage.SET_ASIDE: RetentionClass.NO_REFERRAL, Stage.QUARANTINED: RetentionClass.QUARANTINED}
    assert class_of(stage) is short.get(stage, RetentionClass.WAITING)


@given(MOMENTS, st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_a_closing_never_shortens_a_cases_years(last: datetime, closed: date | None) -> None:
    """Its clock runs from the last mail or from the day it was closed, whichever is the later."""
    trigger = case_trigger(last, closed)
    assert local_date(trigger) == max(local_date(last), closed or local_date(last))
    assert closed is not None or trigger == last
