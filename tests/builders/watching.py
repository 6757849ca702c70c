"""Running a watcher in a test, and the invented mails it finds."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from intake.programs.watch import watch
from tests.builders.gate import Kept

MEGABYTE = 1024 * 1024


def mail(number: int, size: int = 0) -> bytes:
    """Return an invented mail unlike any other, of about ``size`` bytes."""
    return b"From: orla@agency.example\r\nSubject: invented %d\r\n\r\nNothing.\r\n" % number + b"x" * 70 * (size // 70)


@contextmanager
def watching(
    *houses: Kept, seen: Callable[[], None] = lambda: None, nudged: threading.Event | None = None
) -> Iterator[None]:
    """Run a watcher in a thread for each, impatient to try again; afterwards it must have ended in order."""
    stop = threading.Event()

    def run(house: Kept) -> None:
        watch(house.gate, stop=stop, woken=seen, nudged=nudged, jitter=lambda: -0.9)

    threads = [threading.Thread(target=run, args=(house,)) for house in houses]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
    assert not any(thread.is_alive() for thread in threads)


def eventually(is_so: Callable[[], bool]) -> None:
    """Wait for a thing to become so; the limit only ends a test that has failed."""
    tick = threading.Event()
    for _ in range(3000):
        if is_so():
            return
        tick.wait(0.01)
    pytest.fail("it never became so")


def originals(house: Kept) -> list[bytes]:
    """Return the originals of the rows, in the order they came."""
    return [house.vault.kept[message] for message in house.records.rows]
