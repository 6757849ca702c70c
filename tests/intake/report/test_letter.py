"""The report as a letter, and when it is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.stages import Stage
from intake.errors import BrokenPromise
from intake.letters.london import LONDON
from intake.report.letter import compose, next_due
from intake.report.nightly import Health, Night, facts_of
from tests.builders.letters import NOW, mail_of
from tests.builders.settings import settings

NIGHT = Night(NOW, (), 1, 1, {Stage.REGISTERED: 1}, Health({"sscp": NOW}, date(2028, 12, 31), None, 2, "7f3a"))

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware at once
clock_times = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda at: f"{at[0]:02}:{at[1]:02}")


def test_the_report_goes_to_all_named_and_its_subject_holds_counts_only(tmp_path: Path) -> None:
    """From our own address, made by a machine, with a Message-ID of this night."""
    rules = settings(tmp_path)
    mail = mail_of(compose(facts_of(NIGHT, (), rules.words.report), rules, token="abc"))
    assert mail["To"] == "business.unit@council.example"
    assert mail["Subject"] == "SSCP nightly report, Tuesday 24 November 2026: nothing for today"
    assert mail["Message-ID"] == "<report.abc.20261124160500@salford.gov.uk>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_report_is_read_back_like_any_letter(tmp_path: Path) -> None:
    """Its subject may count in any words of the configuration's, but write no header besides."""
    rules = settings(tmp_path)
    smuggled = rules.words.report.model_copy(update={"subject": "=?utf-8?q?=0D=0ABcc=3A_x=40y.example?="})
    spoilt = replace(rules, words=replace(rules.words, report=smuggled))
    with pytest.raises(BrokenPromise, match="header-not-clean"):
        compose(facts_of(NIGHT, (), smuggled), spoilt, token="abc")


def test_two_reports_are_two_letters(tmp_path: Path) -> None:
    """A report made again later is not taken for the same one."""
    rules = settings(tmp_path)
    later = replace(NIGHT, at=NOW + timedelta(seconds=1))
    ids = {compose(facts_of(n, (), rules.words.report), rules, token="abc").header_message_id for n in (NIGHT, later)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (datetime(2026, 11, 24, 6, 29, tzinfo=UTC), datetime(2026, 11, 24, 6, 30, tzinfo=UTC)),
        (datetime(2026, 11, 24, 6, 30, tzinfo=UTC), datetime(2026, 11, 25, 6, 30, tzinfo=UTC)),
        (datetime(2026, 7, 1, 4, 0, tzinfo=UTC), datetime(2026, 7, 1, 5, 30, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 30, tzinfo=UTC)),
    ],
)
def test_half_past_six_is_half_past_six_in_salford(after: datetime, due: datetime) -> None:
    """Winter and summer, and on the days the clocks change."""
    assert next_due(after, "06:30") == due


@given(moments, clock_times)
def test_the_next_report_is_always_ahead_and_within_a_day(after: datetime, at: str) -> None:
    """No moment of the year makes the report due in the past, or skips a day."""
    wait = next_due(after, at).timestamp() - after.timestamp()
    assert 0 < wait <= 25 * 3600


@given(moments, clock_times)
def test_reports_come_once_a_day(after: datetime, at: str) -> None:
    """From one due time to the next the date in London moves by one day."""
    first = next_due(after, at)
    second = next_due(first, at)
    assert second.astimezone(LONDON).date() - first.astimezone(LONDON).date() == timedelta(days=1)
