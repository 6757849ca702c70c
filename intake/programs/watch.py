r"""``intake watch``: takes new mail of a mailbox into the records, and files what has been dealt with.

Progress is kept in our records (UIDVALIDITY and UID), never in ``\Seen``; each look compares a whole listing with
them, so a lost notice, an outage of any length or a mail dragged in by hand loses nothing. Mailboxes know nothing of
one another: each has its own watcher, connection, lease and back-off.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import structlog

from intake.edges import operations_log
from intake.edges.access_tokens import proof_ends
from intake.edges.mailbox.session import Session
from intake.errors import Unavailable
from intake.programs.filing import file_away
from intake.programs.gate import Gate
from intake.programs.taking import Stumbled, Taking
from intake.programs.tries import Tries

STUMBLES = 10
"""How often one round may connect anew because a single message broke the conversation."""
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
REFUSED_WAIT = 60.0
LONGEST_REFUSED_WAIT = 900.0
"""A refused credential is not healed by asking: servers lock accounts that ask too often."""
REFUSALS = ("login-refused", "token-refused")
"""How the codes of one begin."""

log = structlog.get_logger("watch")


@dataclass(frozen=True, slots=True)
class WatchSummary:
    """What one round did: counts of messages."""

    taken: int = 0
    oversize: int = 0
    relisted: int = 0
    """Known messages whose UID changed with the folder's UIDVALIDITY."""
    unfetchable: int = 0
    """Messages the server does not give as it says; they stay there and are tried again."""
    filed: int = 0
    unfiled: int = 0
    vanished: int = 0


def watch_once(gate: Gate) -> WatchSummary:
    """Take in all that waits and file what can be filed; Unavailable where server, lease, vault or records are away."""
    done: Counter[str] = Counter()
    tries = Tries()
    with gate.held():
        for stumble in range(STUMBLES + 1):
            try:
                with Session(gate.mailbox, gate.secret) as session:
                    _round(session, gate, tries, done)
                break
            except Stumbled:
                if stumble == STUMBLES:
                    raise
    return _summary(done)


def watch(
    gate: Gate,
    *,
    stop: Event,
    woken: Callable[[], None],
    nudged: Event | None = None,
    jitter: Callable[[], float] = random.random,
) -> None:
    """Watch until ``stop``, through every outage; calls ``woken`` when mail came; ``nudged`` asks for a look now."""
    tries, failures = Tries(), 0
    told: str | None = None
    _say_what_is_done(gate)
    while not stop.is_set():
        try:
            with gate.held(), Session(gate.mailbox, gate.secret) as session:
                while not stop.is_set():
                    _look(session, gate, tries, woken)
                    failures, told = 0, _told(gate, told, None)
                    _wait(session, gate, stop, nudged)
        except Unavailable as fault:
            failures += 1
            told = _told(gate, told, fault)
            stop.wait(_pause(failures, fault, jitter()))
        except Exception as fault:  # noqa: BLE001 - the watch must outlive a fault of ours too; told by type and place
            failures += 1
            operations_log.tell_fault("watch-failed", fault)
            stop.wait(_pause(failures, None, jitter()))


def _say_what_is_done(gate: Gate) -> None:
    """Say at the start what becomes of the server's mail: it is moved to the folders named, or left; never deleted."""
    box = gate.mailbox
    moved = sum(folder is not None for _, folder in box.file_to)
    log.info("watching", mailbox=box.name, moves=moved, deletes="never")


def _look(session: Session, gate: Gate, tries: Tries, woken: Callable[[], None]) -> None:
    done: Counter[str] = Counter()
    try:
        _round(session, gate, tries, done)
    finally:
        if done["taken"] or done["oversize"]:
            woken()


def _round(session: Session, gate: Gate, tries: Tries, done: Counter[str]) -> None:
    """List the folder once; take in what is new, then file what is due; note that the mailbox was seen."""
    gate.renew()
    listing = session.look()
    Taking(session, gate, tries).take(listing, done)
    file_away(session, listing, gate, tries, done)
    done["unfetchable"] = tries.resting
    now, name, oauth = gate.clock(), gate.mailbox.name, gate.mailbox.oauth
    ends = {"server": session.certificate_ends, "app": proof_ends(oauth) if oauth else None}
    for what, day in ends.items():
        if day is not None:
            gate.records.note_health(f"ends:{what}:{name}", day.isoformat(), now)
    gate.records.note_health(f"poll:{name}", "ok", now)
    gate.records.note_health(f"unfetchable:{name}", str(tries.resting), now)


def _wait(session: Session, gate: Gate, stop: Event, nudged: Event | None) -> None:
    def is_over() -> bool:
        return stop.is_set() or (nudged is not None and nudged.is_set())

    session.wait(gate.mailbox.poll_seconds, is_over)
    if nudged is not None:
        nudged.clear()


def _pause(failures: int, fault: Unavailable | None, jitter: float) -> float:
    """Return seconds to wait: doubling, capped, and spread by ``jitter`` (0 to 1) over its second half."""
    refused = fault is not None and fault.detail.startswith(REFUSALS)
    first, longest = (REFUSED_WAIT, LONGEST_REFUSED_WAIT) if refused else (FIRST_WAIT, LONGEST_WAIT)
    return float(min(longest, first * 2 ** min(failures - 1, 10))) * (0.5 + jitter / 2)


def _told(gate: Gate, before: str | None, fault: Unavailable | None) -> str | None:
    """Say one line when something goes away, and one when all is well again, not one for each try."""
    now = f"{fault.what}:{fault.detail}" if fault else None
    name = gate.mailbox.name
    if fault is not None and now != before:
        tell = log.error if fault.detail.startswith(REFUSALS) else log.warning
        tell("mailbox-away", mailbox=name, what=fault.what, why=fault.detail)
    if fault is None and before is not None:
        log.info("mailbox-back", mailbox=name)
    return now


def _summary(done: Counter[str]) -> WatchSummary:
    return WatchSummary(**{name: done[name] for name in WatchSummary.__dataclass_fields__})
