"""START HERE: the way of one message, leg by leg.

    (none) --watch--> RECEIVED --> SCREENED --> PARSED --> CHECKED --> REGISTERED
    by itself:   RECEIVED -> QUARANTINED | SET_ASIDE | HELD;   SCREENED -> SET_ASIDE | HELD;   PARSED, CHECKED -> HELD
    by a person: HELD -> RECEIVED | PARSED | SET_ASIDE;   QUARANTINED -> SCREENED | SET_ASIDE
                 SET_ASIDE -> RECEIVED | HELD

A leg collects evidence (asks the world, decides nothing), decides (purely: the same evidence at the same time gives the
same outcome), and the records commit the outcome whole or not at all. Nothing in an outcome is true until committed; no
stage means "being worked on", so a crash leaves nothing to rescue. An attempt is counted, durably, before a leg begins:
a message that kills its worker is held for a person after a few tries, and the next one goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message, MessageId
from intake.domain.outcome import Outcome
from intake.domain.stages import WORKABLE, Stage, worker_may
from intake.errors import BrokenPromise, Unavailable
from intake.ports import World
from intake.settings import Settings
from intake.steps import check, parse, register, screen

TOO_LARGE_TO_SCAN = "takes-no-file-so-large"


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of the way: what it collects is its own affair, what it decides is an :class:`Outcome`."""

    name: str
    collect: Callable[[Message, World, Settings, datetime], Any]
    decide: Callable[[Message, Any, Settings, datetime], Outcome]


LEGS: dict[Stage, Leg] = {
    Stage.RECEIVED: Leg("screen", screen.collect, screen.decide),
    Stage.SCREENED: Leg("parse", parse.collect, parse.decide),
    Stage.PARSED: Leg("check", check.collect, check.decide),
    Stage.CHECKED: Leg("register", register.collect, register.decide),
}


def advance(message: Message, world: World, rules: Settings, now: datetime) -> Outcome | None:
    """Walk one leg and commit it; return the outcome, or None when something outside is away and the message waits.

    Raises Overtaken when another worker was first. An exception that is none of our families is a fault of ours: it
    passes on to the program, which logs it; the attempt stays counted, so the last attempt holds the message.
    """
    if message.attempts >= rules.program.work.attempts:
        return _commit(message, given_up(message), world, now)
    begun = world.records.begin_leg(message, now=now)
    leg = LEGS[begun.stage]
    try:
        outcome = _decided(leg, begun, world, rules, now)
        return _commit(begun, outcome, world, now)
    except Unavailable as away:
        until = now + timedelta(seconds=rules.program.work.retry_seconds)
        world.records.postpone(begun, until, away, _needs_a_person(away), now=now)
        return None


def travel(message: MessageId, world: World, rules: Settings, clock: Callable[[], datetime]) -> Message:
    """Walk a message as far as the machine may take it; return it where it now stands."""
    row = world.records.message(message)
    while row.stage in WORKABLE:
        if advance(row, world, rules, clock()) is None:
            break
        row = world.records.message(message)
    return row


def given_up(message: Message) -> Outcome:
    """Return the outcome for a message whose leg was begun as often as allowed and never ended."""
    return _held(f"gave-up-at-{LEGS[message.stage].name}")


def _decided(leg: Leg, message: Message, world: World, rules: Settings, now: datetime) -> Outcome:
    """Collect and decide; a promise of ours that does not hold, holds this one message."""
    try:
        return leg.decide(message, leg.collect(message, world, rules, now), rules, now)
    except BrokenPromise as broken:
        return _held(broken.promise)


def _needs_a_person(away: Unavailable) -> ExceptionItem | None:
    """Return what to open where time alone changes nothing: what the scanner will not take waits, and is not hidden."""
    if (away.what, away.detail) == ("scanner", TOO_LARGE_TO_SCAN):
        return ExceptionItem("scanner-too-large", Severity.TODAY)
    return None


def _held(why: str) -> Outcome:
    return Outcome(Stage.HELD, why, exceptions=(ExceptionItem("could-not-be-processed", Severity.TODAY),))


def _commit(message: Message, outcome: Outcome, world: World, now: datetime) -> Outcome:
    """Refuse any way that is not on the map, then commit."""
    if not worker_may(message.stage, outcome.stage):
        outcome = _held("way-not-on-the-map")
    world.records.commit(message, outcome, now=now)
    return outcome
