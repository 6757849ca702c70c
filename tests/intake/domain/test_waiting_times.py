"""Waiting times: each kind of end is told apart to the minute, or to the working day."""

from datetime import date, timedelta

from intake.domain import waiting_times
from intake.domain.case_way import Decision
from tests.builders.figures import CLOCKS, PERIOD, RECEIVED, referral


def test_acknowledgements_are_counted_by_how_soon() -> None:
    """An hour is within the hour, a day within the day; none yet is shown as that."""
    after = (timedelta(hours=1), timedelta(hours=1, seconds=1), timedelta(days=1), timedelta(days=2))
    facts = [referral(acknowledged_at=RECEIVED + each) for each in after] + [referral()]
    assert waiting_times.acknowledgement(facts, PERIOD).total.cells == (1, 2, 1, 1, 5, 750.0, 2_880)


def test_the_panel_is_counted_from_the_receipt_and_its_decision_from_the_panel() -> None:
    """What has not come so far is not yet, and has no days; what was decided stands by its kind."""
    came, decided = RECEIVED.date() + timedelta(days=3), RECEIVED.date() + timedelta(days=10)
    facts = [
        referral(panel_on=came, decided_on=decided, decision=Decision.NO_FURTHER_ACTION),
        referral(panel_on=came + timedelta(days=2)),
        referral(),
    ]
    assert waiting_times.panel(facts, PERIOD).total.cells == (2, 1, 3, 4, 5)
    assert waiting_times.decision(facts, PERIOD).total.cells == (1, 2, 3, 7, 7)
    by_kind = {row.key: row.cells[-1] for row in waiting_times.decisions(facts, PERIOD).rows}
    assert {key: count for key, count in by_kind.items() if count} == {"no-further-action": 1, "not-yet": 2}
    assert len(by_kind) == len(Decision) + 1


def test_days_that_run_backwards_are_not_counted() -> None:
    """A panel before the receipt, or a decision before the panel, still counts as a case and gives no days."""
    day = RECEIVED.date()
    facts = [
        referral(panel_on=day - timedelta(days=1)),
        referral(panel_on=day, decided_on=day - timedelta(days=1), decision=Decision.NO_FURTHER_ACTION),
    ]
    assert waiting_times.panel(facts, PERIOD).total.cells == (2, 0, 2, 0, 0)
    assert waiting_times.decision(facts, PERIOD).total.cells == (1, 1, 2, None, None)


def test_reviews_run_from_the_notification() -> None:
    """The fifteenth working day is in time, the sixteenth late; today tells running from overdue."""
    told = date(2026, 11, 2)
    facts = [
        referral(notified_on=told, reviewed_on=date(2026, 11, 23)),
        referral(notified_on=told, reviewed_on=date(2026, 11, 24)),
        referral(notified_on=date(2026, 11, 10)),
        referral(notified_on=told),
        referral(),
    ]
    assert waiting_times.rapid_review(facts, PERIOD, CLOCKS).total.cells == (1, 1, 1, 1, 1, 5, 15.5, 16)
