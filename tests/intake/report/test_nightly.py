"""The facts of the nightly report: every open item in exactly one place, alerts first, nothing lost in counting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.case import LetterKind, LetterState
from intake.domain.findings import Severity
from intake.domain.overview import OpenItem, OutboxLine
from intake.domain.stages import Stage
from intake.report.nightly import Certificate, Health, Night, Whose, facts_of
from tests.builders.letters import NOW, shipped_words

HEALTHY = Health({"sscp": NOW - timedelta(minutes=1)}, date(2028, 12, 31), 50_000_000_000, 7, "7f3a91c2")


def ends_in(days: int) -> Certificate:
    """Return a certificate that ends in so many days."""
    return Certificate("sscp", Whose.SERVER, NOW.date() + timedelta(days=days))


EMPTY = Night(NOW, (), 3, 1, {Stage.REGISTERED: 2, Stage.SET_ASIDE: 1}, HEALTHY)
WORDS = shipped_words().report

codes = st.sampled_from(
    ["child-at-risk-now", "locked", "locked-document", "late-submission", "qa-sign-off-missing", "reply-received",
     "letter-abandoned", "wrong-form", "a-code-nobody-knows", "unopened-purview"]
)  # fmt: skip
items = st.builds(
    OpenItem,
    codes,
    st.sampled_from(Severity),
    st.from_regex(r"\ASSCP-2026-[0-9A-Z]{6}\Z"),
    st.integers(0, 900).map(lambda hours: NOW - timedelta(hours=hours)),
)


def letter(state: LetterState, hours: float = 5, *, bounced: bool = False) -> OutboxLine:
    """Return a letter ordered some hours ago."""
    since = NOW - timedelta(hours=hours)
    return OutboxLine(LetterKind.ACKNOWLEDGEMENT, state, "SSCP-2026-7K4M2Q", since, 2, bounced=bounced)


@given(st.lists(items))
def test_every_open_item_is_listed_exactly_once(opened: list[OpenItem]) -> None:
    """Whatever its code and severity, known or not, an item stands in one listing."""
    facts = facts_of(EMPTY, tuple(opened), WORDS)
    listed = [item for listing in facts.listings for item in listing.items]
    key = repr
    assert sorted(listed, key=key) == sorted(opened, key=key)
    assert all(listing.items for listing in facts.listings)


@given(st.lists(items, min_size=1))
def test_alerts_come_before_everything(opened: list[OpenItem]) -> None:
    """No item stands above an alert nobody has acted on, whatever other section names its code."""
    facts = facts_of(EMPTY, tuple(opened), WORDS)
    loud = [item.severity is Severity.ALERT for listing in facts.listings for item in listing.items]
    assert loud == sorted(loud, reverse=True)
    assert facts.alerts == sum(loud)


def test_the_longest_waiting_comes_first() -> None:
    """Within one severity age decides."""
    young, old = (
        OpenItem("locked", Severity.TODAY, where, NOW - timedelta(hours=h)) for where, h in (("a", 1), ("b", 9))
    )
    assert facts_of(EMPTY, (young, old), WORDS).listings[0].items == (old, young)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (letter(LetterState.SENT), False),
        (letter(LetterState.SENT, bounced=True), True),
        (letter(LetterState.ABANDONED, 0), True),
        (letter(LetterState.WAITING, 0), True),
        (letter(LetterState.QUEUED, 0.5), False),
        (letter(LetterState.QUEUED, 1), True),
    ],
)
def test_undelivered_letters_are_shown(line: OutboxLine, shown: bool) -> None:
    """Given up, returned, waiting for release or late; not what was delivered or has just been ordered."""
    assert bool(facts_of(replace(EMPTY, letters=(line,)), (), WORDS).letters) is shown


@pytest.mark.parametrize(("received", "unaccounted"), [(3, 0), (4, 1), (2, 1)])
def test_mails_in_are_mails_accounted_for(received: int, unaccounted: int) -> None:
    """The log's receipts and the rows by stage are counted apart; a difference either way is told."""
    facts = facts_of(replace(EMPTY, received=received), (), WORDS)
    assert facts.night.unaccounted == unaccounted
    assert facts.is_quiet is (unaccounted == 0)


@pytest.mark.parametrize(
    "night",
    [
        replace(EMPTY, by_stage={Stage.REGISTERED: 2, Stage.HELD: 1}),
        replace(EMPTY, links=1),
    ],
    ids=["held", "duplicate"],
)
def test_an_email_held_or_a_duplicate_makes_no_quiet_night(night: Night) -> None:
    """Whatever was closed about it: somebody has still to send it on, or to decide."""
    assert facts_of(EMPTY, (), WORDS).is_quiet
    assert not facts_of(night, (), WORDS).is_quiet


@pytest.mark.parametrize(
    ("health", "warnings"),
    [
        (HEALTHY, ()),
        (replace(HEALTHY, polls={"sscp": NOW - timedelta(minutes=16)}), ("mailbox-not-seen",)),
        (replace(HEALTHY, polls={"sscp": None}), ("mailbox-not-seen",)),
        (replace(HEALTHY, polls={}), ("mailbox-not-seen",)),
        (replace(HEALTHY, holidays_known_until=date(2027, 1, 1)), ("holidays-end-soon",)),
        (replace(HEALTHY, certificates=(ends_in(20),)), ("certificate-ends-soon",)),
        (replace(HEALTHY, certificates=(ends_in(400), ends_in(-1))), ("certificate-ends-soon",)),
        (replace(HEALTHY, certificates=(ends_in(21),)), ()),
        (replace(HEALTHY, disk_free_bytes=900_000_000), ("disk-nearly-full",)),
        (replace(HEALTHY, disk_free_bytes=None), ()),
        (replace(HEALTHY, unfetchable=1), ("mails-not-fetched",)),
        (replace(HEALTHY, unread_since=NOW - timedelta(minutes=16)), ("mails-wait",)),
        (replace(HEALTHY, unread_since=NOW - timedelta(minutes=14)), ()),
    ],
)
def test_a_program_in_trouble_says_so(health: Health, warnings: tuple[str, ...]) -> None:
    """An unseen mailbox, an ending table of holidays, a full disk: a warning, and no quiet night."""
    facts = facts_of(replace(EMPTY, health=health), (), WORDS)
    assert facts.warnings == warnings
    assert facts.is_quiet is (not warnings)
