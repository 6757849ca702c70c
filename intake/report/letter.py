"""The nightly report as a letter to the business unit, and when it is due."""

from datetime import datetime, timedelta

from intake.domain.case import Letter, LetterKind
from intake.domain.private import Private
from intake.letters.envelope import Envelope, address_of, sealed
from intake.letters.london import LONDON
from intake.report.nightly import ReportFacts
from intake.report.render import facts_in_words, render
from intake.settings import Settings
from intake.settings.words import say


def compose(facts: ReportFacts, rules: Settings, *, token: str) -> Letter:
    """Compose the report to all of ``[report] to``; its subject holds counts only."""
    at = facts.night.at
    domain = address_of(rules.program.post.sender).rpartition("@")[2]
    envelope = Envelope(
        kind=LetterKind.REPORT,
        sender=rules.program.post.sender,
        to=tuple(Private(address) for address in rules.program.report.to),
        subject=say(rules.words.report.subject, facts_in_words(facts, rules.words)),
        message_id=f"report.{token}.{at:%Y%m%d%H%M%S}@{domain}",
        now=at,
        automatic="auto-generated",
    )
    return sealed(envelope, render(facts, rules.words))


def next_due(after: datetime, at: str) -> datetime:
    """Return the first ``HH:MM`` in London strictly after ``after`` (aware); in London's time zone.

    A time the clocks skip in March counts as the one an hour later; of a time they pass twice in October, the first.
    """
    hour, minute = (int(part) for part in at.split(":"))
    local = after.astimezone(LONDON)
    today = local.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
    # Compared as instants: two wall times of one zone are compared by their hands, which is wrong when clocks change.
    if today.timestamp() > after.timestamp():
        return today
    return (today.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=LONDON)
