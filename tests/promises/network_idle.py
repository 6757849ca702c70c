"""A watch and a fault while nothing happens (IDLE): it must outlive that, and hear of the next mail."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Lock, Thread

from intake.programs.opening import opened
from intake.programs.watch import watch
from intake.settings.loading import load
from tests.builders.mails import mail
from tests.builders.settings import write_config
from tests.servers import dovecot as imap
from tests.servers.fault_imap import EVERYWHERE, SPECIAL, ImapTalk
from tests.servers.faulty_line import Fault, before

SECONDS = 1.0
PATIENCE = 40.0
FAULTS = (*EVERYWHERE, *SPECIAL["IDLE"])
SAMPLE = ("lost-answer", "mute", "bye-later")
MAILS = 2
"""A mail before the fault and one after it."""
OPENING = Lock()
"""A program opens its house once; here are many, and what upgrades a database knows only one at a time."""
LINES = 6
"""Tried at a time."""


def all_tried(home: Path, faults: Iterable[str]) -> dict[str, int]:
    """Watch with each of these faults; return how many mails were taken in, 0 where something never came."""
    with imap.running() as server, ThreadPoolExecutor(LINES) as pool:
        tried = {what: pool.submit(_tried, server, home / what, what) for what in faults}
        return {
            what: 0 if isinstance(task.exception(), AssertionError) else task.result() for what, task in tried.items()
        }


def _tried(server: imap.Dovecot, home: Path, what: str) -> int:
    """Watch with the fault at the first IDLE, a mail before it and a mail after it; return how many are known."""
    user = f"idle-{what}"
    server.append(user, mail("The first."))
    with before(server.plain, ImapTalk) as proxy:
        proxy.begin(Fault("IDLE", what))
        config = write_config(
            home, imap_port=proxy.port, username=user, password=imap.PASSWORD, timeout_seconds=SECONDS,
            poll_seconds=SECONDS,
        )  # fmt: skip
        with ExitStack() as stack:
            with OPENING:
                house = stack.enter_context(opened(load(config, {})))
            (gate,) = house.gates()
            stop, known = Event(), house.records.receipts
            thread = Thread(target=watch, args=(gate,), kwargs={"stop": stop, "woken": _nothing, "jitter": lambda: 0.0})
            thread.start()
            try:
                _until(lambda: proxy.done == 1)
                server.append(user, mail("The second."))
                _until(lambda: known() == 2)
                _until(lambda: proxy.said.count("IDLE") > 1)
            finally:
                stop.set()
                thread.join(PATIENCE)
            assert not thread.is_alive()
            return known()


def _nothing() -> None:
    """Nobody walks the mails here."""


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "never came"
        time.sleep(0.02)
