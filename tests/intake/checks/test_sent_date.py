"""The mail's own date beside its receipt."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks import sent_date
from intake.domain.private import Private
from tests.builders.referrals import RECEIVED, context, referral
from tests.builders.settings import settings


def found(tmp_path: Path, written: str | None) -> list[tuple[str, int | str]]:
    """Return what is found of a mail received on 13 November 2026 at 10:30 UTC that says it was sent then."""
    given_context = replace(
        context(settings(tmp_path)), received_at=RECEIVED, sent_date=None if written is None else Private(written)
    )
    return [(one.code, one.detail["minutes"]) for one in sent_date.ask(referral(), given_context)]


@pytest.mark.parametrize(
    "written",
    [
        "Fri, 13 Nov 2026 10:30:00 +0000",
        "Fri, 13 Nov 2026 09:30:00 +0000",
        "13 Nov 2026 12:30:00 +0200",
        None,
        "",
        "soon",
    ],
)
def test_within_an_hour_or_unreadable_nothing_is_said(tmp_path: Path, written: str | None) -> None:
    """A date within the hour, in any zone, is as expected; one that cannot be read counts for nothing."""
    assert found(tmp_path, written) == []


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("Fri, 13 Nov 2026 09:29:00 +0000", 61),
        ("Sat, 14 Nov 2026 10:30:00 +0000", -1440),
        ("13 Nov 2026 10:30 -0500", -300),
    ],
)
def test_over_an_hour_is_reported_either_way(tmp_path: Path, written: str, minutes: int) -> None:
    """A forged or mistaken date is reported with its distance in minutes; nothing else follows from it."""
    assert found(tmp_path, written) == [("sent-date-disagrees", minutes)]


@given(st.text(max_size=300))
def test_no_header_can_end_the_check(written: str) -> None:
    """Whatever stands in the header, the answer is a moment or nothing."""
    moment = sent_date.sent_at(Private(written))
    assert moment is None or moment.tzinfo is not None
