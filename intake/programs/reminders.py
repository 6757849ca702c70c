"""An alert nobody has acted on is told again, and again (domain.md, "A child may be at risk now")."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from intake.domain.case import Letter, LetterKind
from intake.domain.delivery import Refused, UnactedAlert
from intake.letters import safety_alert
from intake.letters.tokens import header_message_id
from intake.ports import Keys, Outbox, PostOffice
from intake.settings import Settings

log = structlog.get_logger("post")


def remind_once(outbox: Outbox, office: PostOffice, keys: Keys, rules: Settings, clock: Callable[[], datetime]) -> int:
    """Tell again what was told ``[alert] repeat_minutes`` ago and is still open; return how many reminders went.

    A reminder is made anew each time and is no row of the outbox: what fails or is refused for now has told nobody, and
    is due again in the next round.
    """
    if not rules.program.alert.to:
        return 0
    told_before = clock() - timedelta(minutes=rules.program.alert.repeat_minutes)
    return sum(_remind(alert, outbox, office, keys, rules, clock) for alert in outbox.unacted_alerts(told_before))


def _remind(  # noqa: PLR0917 - what a round works with
    alert: UnactedAlert,
    outbox: Outbox,
    office: PostOffice,
    keys: Keys,
    rules: Settings,
    clock: Callable[[], datetime],
) -> bool:
    delivery = office.send(reminder(alert, keys, rules, clock()))
    if isinstance(delivery, Refused):
        log.error("alert-not-delivered", message=alert.message, why=delivery.code)
        if delivery.permanent:  # asking every round would not change it; the repeat time does for that
            outbox.alert_repeated(alert.message, clock())
        return False
    outbox.alert_repeated(alert.message, clock())
    log.warning("alert-repeated", message=alert.message, times=alert.times_told)
    return True


def reminder(alert: UnactedAlert, keys: Keys, rules: Settings, now: datetime) -> Letter:
    """Compose the reminder; its Message-ID holds the first alert's, so that an answer finds the message."""
    kind = LetterKind.SAFETY_ALERT
    first = header_message_id(
        kind, keys.token("letter", f"{kind.value}/{alert.message}"), alert.message, rules.program.post.sender
    )
    return safety_alert.compose(
        alert.message,
        alert.codes,
        rules.program.alert.to,
        rules.words,
        rules.safety,
        rules.program.post,
        message_id=f"reminder{alert.times_told}.{first}",
        received=alert.received,
        now=now,
        reference=alert.reference,
        repeated=alert.times_told,
    )
