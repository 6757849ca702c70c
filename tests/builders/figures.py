"""Invented facts for figures, one by one and as strategies."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from intake.domain.case import LetterState, ReferralType
from intake.domain.case_way import Decision
from intake.domain.figure_facts import AlertFact, FormMailFact, LetterFact, MessageFact, Period, ReferralFact
from intake.domain.sign_off import QAStatus
from intake.domain.timeliness import Band
from intake.domain.waiting_times import Clocks
from intake.domain.working_days import WorkingCalendar

PERIOD = Period(date(2026, 9, 1), date(2026, 11, 30))
CLOCKS = Clocks(5, WorkingCalendar(date(2028, 12, 31)), date(2026, 12, 1))
RECEIVED = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
SECTIONS = ("summary", "child", "qa")
AGENCIES = ("gmp", "salford-council", None)


def referral(agency: str | None = "gmp", month: int = 11, days: int | None = None, **more: object) -> ReferralFact:
    """Return a referral received in a month of 2026, on time and signed off unless ``more`` says other."""
    received = RECEIVED.replace(month=month)
    fields: dict[str, object] = {"band": Band.WITHIN_CALENDAR, "qa": QAStatus.CONFIRMED, "calendar_days": days, **more}
    return ReferralFact(agency=agency, received_at=received, **fields)  # type: ignore[arg-type]  # fields by name


def misdirected(month: int = 11, after: timedelta | None = None) -> MessageFact:
    """Return a form of another service, dealt with so long after its receipt."""
    received = RECEIVED.replace(month=month)
    return MessageFact(received, None, is_misdirected=True, dealt_with_at=None if after is None else received + after)


def alert(month: int = 11, after: timedelta | None = None) -> AlertFact:
    """Return an alert, closed so long after it was raised."""
    raised = RECEIVED.replace(month=month)
    return AlertFact(raised, None if after is None else raised + after)


def form_mail(month: int = 11, *, is_read_whole: bool = True) -> FormMailFact:
    """Return a mail with a form."""
    return FormMailFact(RECEIVED.replace(month=month), is_read_whole)


def letter(month: int = 11, state: LetterState = LetterState.SENT, *, has_bounced: bool = False) -> LetterFact:
    """Return an answer to a sender."""
    return LetterFact(RECEIVED.replace(month=month), state, has_bounced)


@st.composite
def posts(draw: st.DrawFn) -> tuple[list[AlertFact], list[FormMailFact], list[LetterFact]]:
    """Give any alerts, mails with forms and letters of the months."""
    month, some = st.integers(8, 12), st.booleans()
    after = st.none() | st.integers(0, 3_000).map(lambda minutes: timedelta(minutes=minutes))
    return (
        draw(st.lists(st.builds(alert, month, after), max_size=9)),
        draw(st.lists(st.builds(form_mail, month, is_read_whole=some), max_size=9)),
        draw(st.lists(st.builds(letter, month, st.sampled_from(LetterState), has_bounced=some), max_size=9)),
    )


@st.composite
def referrals(draw: st.DrawFn) -> ReferralFact:
    """Give any referral of three months, or of the months beside them."""
    received = datetime(2026, 8, 20, 12, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 24 * 115)))
    soon = draw(st.none() | st.integers(0, 3_000))
    days = draw(st.none() | st.integers(0, 60))
    notified = draw(st.none() | st.integers(0, 40))
    reviewed = draw(st.none() | st.integers(0, 40))
    panel = draw(st.none() | st.integers(-2, 24))  # also before the receipt and after the decision, as no record has it
    decision = draw(st.none() | st.sampled_from(Decision)) if panel is not None else None
    return ReferralFact(
        agency=draw(st.sampled_from(AGENCIES)),
        received_at=received,
        band=draw(st.sampled_from(Band)),
        qa=draw(st.sampled_from(QAStatus)),
        acknowledged_at=None if soon is None else received + timedelta(minutes=soon),
        calendar_days=days,
        panel_on=None if panel is None else received.date() + timedelta(days=panel),
        decided_on=None if decision is None else received.date() + timedelta(days=20),
        decision=decision,
        notified_on=None if notified is None else received.date() + timedelta(days=notified),
        reviewed_on=None if reviewed is None else received.date() + timedelta(days=reviewed + 10),
        referral_type=draw(st.sampled_from(ReferralType)),
        missing=tuple(draw(st.lists(st.sampled_from(SECTIONS), unique=True))),
    )


@st.composite
def mails(draw: st.DrawFn) -> MessageFact:
    """Give any mail of the same months."""
    received = datetime(2026, 8, 20, 12, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 24 * 115)))
    after = draw(st.none() | st.integers(0, 3_000))
    dealt = None if after is None else received + timedelta(minutes=after)
    return MessageFact(received, draw(st.sampled_from(AGENCIES)), draw(st.booleans()), dealt)
