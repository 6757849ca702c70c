"""How a program that runs for ever is asked to end: SIGTERM and SIGINT let what is in hand be finished."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Bell:
    """``stop`` ends the loops, ``woken`` makes them look at once."""

    stop: Event = field(default_factory=Event)
    woken: Event = field(default_factory=Event)

    def ring(self) -> None:
        """Ask every loop to end now."""
        self.stop.set()
        self.woken.set()


@contextmanager
def until_told() -> Iterator[Bell]:
    """Give a bell the system's signals ring; a second signal ends the program where it stands, which is safe too."""
    bell = Bell()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def asked(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signal's shape
        # from a thread: the signal may have come while this very thread held an event's lock
        Thread(target=bell.ring).start()
        for each, handler in before.items():
            signal.signal(each, handler)

    for number in SIGNALS:
        signal.signal(number, asked)
    try:
        yield bell
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
