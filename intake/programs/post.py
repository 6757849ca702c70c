"""``intake post``: takes the letters that are due to the mail server, safety alerts before all others."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import structlog

from intake.domain.case import LetterKind
from intake.domain.delivery import IN_DOUBT, DueLetter, Refused, Sent
from intake.edges.operations_log import tell_fault
from intake.errors import Overtaken, Unavailable
from intake.letters.schedule import is_given_up, next_try
from intake.ports import Keys, Outbox, PostOffice, SentFolder
from intake.programs.reminders import remind_once
from intake.settings import Settings

BATCH = 50
"""Letters asked for at a time."""
TICK_SECONDS = 30.0
"""How long the loop sleeps when nobody wakes it."""

log = structlog.get_logger("post")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What a round works with: where letters come from and go to, the rules, the time, and chance for the waits."""

    outbox: Outbox
    office: PostOffice
    keys: Keys
    rules: Settings
    clock: Callable[[], datetime]
    sent: SentFolder | None = None
    """Where a letter in doubt is looked for before it is sent again; None where the server keeps no copies."""
    jitter: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class PostSummary:
    """What became of the letters of one round; ``away`` is the code of why it ended early, None when it did not."""

    sent: int = 0
    later: int = 0
    abandoned: int = 0
    reminded: int = 0
    away: str | None = None


def post_once(dispatch: Dispatch) -> PostSummary:
    """Deliver what can be delivered now. Unavailable where the records are away; a mail server away is ``away``."""
    done: Counter[str] = Counter()
    away = None
    try:
        for due in _due(dispatch):
            done[_deliver(due, dispatch)] += 1
        done["reminded"] = remind_once(dispatch.outbox, dispatch.office, dispatch.keys, dispatch.rules, dispatch.clock)
    except Unavailable as fault:
        if fault.what != "smtp":
            raise
        away = fault.detail or fault.what
    finally:
        dispatch.office.close()
    return PostSummary(done["sent"], done["later"], done["abandoned"], done["reminded"], away)


def post(dispatch: Dispatch, *, stop: Event, woken: Event) -> None:
    """Deliver for ever, at each wake-up and each tick, until ``stop``; a server that is away is told once."""
    away: str | None = None
    while not stop.is_set():
        woken.clear()
        try:
            away = _told(away, post_once(dispatch).away)
        except Unavailable as fault:
            log.warning("waiting-for", what=fault.what, detail=fault.detail)
        except Exception as fault:  # noqa: BLE001 - the post must outlive a fault of ours; told by type and place
            tell_fault("post-failed", fault)
        woken.wait(TICK_SECONDS)


def _told(before: str | None, now: str | None) -> str | None:
    """Say one line when the server goes away and one when it is back, not one for each letter."""
    if now is not None and now != before:
        log.warning("mail-server-away", why=now)
    if now is None and before is not None:
        log.info("mail-server-back")
    return now


def _due(dispatch: Dispatch) -> Iterator[DueLetter]:
    """Give each due letter once, alerts first; the server is asked for only when there is one, and before it counts."""
    seen: set[int] = set()
    while batch := [d for d in dispatch.outbox.due_letters(dispatch.clock(), BATCH) if d.id not in seen]:
        dispatch.office.connect()
        for due in sorted(batch, key=lambda due: due.letter.kind is not LetterKind.SAFETY_ALERT):
            seen.add(due.id)
            yield due


def _deliver(due: DueLetter, dispatch: Dispatch) -> str:
    """Try one letter, the attempt counted before; Unavailable goes on to end the round, the letter put off."""
    outbox = dispatch.outbox
    if due.in_doubt and dispatch.sent is not None:
        settled = _settled(due, dispatch.sent, dispatch)
        if settled is not None:
            return settled
    try:
        outbox.letter_attempt(due)
    except Overtaken:
        return "taken-by-another"
    try:
        delivery = dispatch.office.send(due.letter)
    except Unavailable as fault:
        _not_now(due, fault.detail or "away", dispatch)
        raise
    except Exception as fault:  # noqa: BLE001 - one letter that cannot be handed over must not keep back the next
        tell_fault("letter-failed", fault)
        return _not_now(due, "fault-of-ours", dispatch)
    if isinstance(delivery, Sent):
        outbox.letter_sent(due.id, delivery.queue_code, dispatch.clock())
        log.info("letter-sent", letter=due.id, kind=due.letter.kind.value, queue=delivery.queue_code.lower())
        if delivery.refused:
            log.warning("some-recipients-refused", letter=due.id, count=delivery.refused)
        return "sent"
    return _refused(due, delivery, dispatch)


def _settled(due: DueLetter, sent: SentFolder, dispatch: Dispatch) -> str | None:
    """Look a letter in doubt up; None where it is not there though the server had time to put it there: send it again.

    While nobody can look, or the program died only just now, it waits: late is better than twice.
    """
    now = dispatch.clock()
    try:
        found = sent.holds(due.letter.header_message_id)
    except Unavailable as fault:
        log.warning("sent-folder-away", letter=due.id, what=fault.what, why=fault.detail)
        return _not_now(due, IN_DOUBT, dispatch)
    if found:
        dispatch.outbox.letter_found(due.id, now)
        log.info("letter-found-in-sent", letter=due.id, kind=due.letter.kind.value)
        return "sent"
    if due.letter.why == IN_DOUBT:
        log.warning("letter-sent-again", letter=due.id, kind=due.letter.kind.value)
        return None
    dispatch.outbox.letter_failed(due.id, IN_DOUBT, now + _time_for_a_copy(dispatch), now)
    return "later"


def _time_for_a_copy(dispatch: Dispatch) -> timedelta:
    return timedelta(seconds=dispatch.rules.program.post.sent_wait_seconds)


def _refused(due: DueLetter, refused: Refused, dispatch: Dispatch) -> str:
    if refused.permanent:
        return _abandoned(due, refused.code, dispatch)
    return _not_now(due, refused.code, dispatch)


def _not_now(due: DueLetter, code: str, dispatch: Dispatch) -> str:
    """Put the letter off, or give it up when it has been tried for as long as configured."""
    now = dispatch.clock()
    if is_given_up(due.ordered_at, now, dispatch.rules.program.post.give_up_after_hours):
        return _abandoned(due, f"gave-up-{code}", dispatch)
    then = next_try(due.attempts + 1, now, dispatch.jitter())
    if code == IN_DOUBT and dispatch.sent is not None:
        # Whoever finds it in doubt and not among what was sent sends it again: not before it could be there.
        then = max(then, now + _time_for_a_copy(dispatch))
    dispatch.outbox.letter_failed(due.id, code, then, now)
    log.warning("letter-put-off", letter=due.id, why=code, attempts=due.attempts + 1)
    return "later"


def _abandoned(due: DueLetter, code: str, dispatch: Dispatch) -> str:
    dispatch.outbox.letter_abandoned(due.id, code, dispatch.clock())
    log.error("letter-abandoned", letter=due.id, why=code)
    return "abandoned"
