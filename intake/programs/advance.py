"""``intake advance``: takes every message as far along the journey as the machine may."""

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import PurePath
from threading import Event

import structlog

from intake import journey
from intake.domain.message import Message, MessageId
from intake.errors import Overtaken, Unavailable
from intake.ports import World
from intake.settings import Settings

BATCH = 50
"""Messages asked for at a time: memory stays flat however many wait."""

log = structlog.get_logger("advance")

Advanced = Callable[[Message], None]


def advance_once(world: World, rules: Settings, clock: Callable[[], datetime], seen: Advanced = lambda _: None) -> int:
    """Walk all that can be walked now; return how many messages moved. Unavailable when the records are away."""
    walked = 0
    for row in _walked(world, rules, clock):
        seen(row)
        walked += 1
    return walked


def advance(
    world: World,
    rules: Settings,
    clock: Callable[[], datetime],
    *,
    stop: Event,
    woken: Event,
    seen: Advanced = lambda _: None,
    tidy: Callable[[], None] = lambda: None,
) -> None:
    """Walk for ever: at each wake-up, and every retry interval for what had to wait, until ``stop``; ``tidy`` first."""
    while not stop.is_set():
        woken.clear()
        for turn in (tidy, partial(advance_once, world, rules, clock, seen)):
            try:
                turn()
            except Unavailable as away:
                log.warning("waiting-for", what=away.what, detail=away.detail)
        woken.wait(rules.program.work.retry_seconds)


def _walked(world: World, rules: Settings, clock: Callable[[], datetime]) -> Iterator[Message]:
    """Walk message after message; one that cannot move on is not asked for again in this round."""
    stuck: Counter[MessageId] = Counter()
    while batch := [m for m in world.records.workable(BATCH, now=clock()) if stuck[m] <= rules.program.work.attempts]:
        for message in batch:
            row = _walk(message, world, rules, clock)
            stuck[message] += 1
            if row is not None:
                yield row


def _walk(message: MessageId, world: World, rules: Settings, clock: Callable[[], datetime]) -> Message | None:
    """Walk one message; a fault of ours is told by type and place alone, and never stops the next message."""
    try:
        row = journey.travel(message, world, rules, clock)
    except Overtaken:
        return None
    except Unavailable:
        raise
    except (OSError, MemoryError) as starved:
        raise Unavailable("machine", type(starved).__name__.lower()) from None
    except Exception as fault:  # noqa: BLE001 - whatever it is, the attempt is counted and the next mail goes on
        told = {"fault": type(fault).__name__, "at": place_of(fault)}
        log.error("leg-failed", message=message, **told)  # noqa: TRY400 - a traceback could quote the mail
        return None
    log.info("advanced", message=row.id, stage=row.stage.value, why=row.why)
    return row


def place_of(fault: BaseException) -> str:
    """Return ``module.py:line`` of the innermost frame of ours: no values and no paths, for its text may be theirs."""
    frames = [f for f in traceback.extract_tb(fault.__traceback__) if "intake" in PurePath(f.filename).parts]
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "elsewhere"
