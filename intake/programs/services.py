"""``intake watch | advance | post | report``: one program each; ``--once`` does what there is to do."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from functools import partial
from threading import Thread

import structlog

from intake.errors import Unavailable
from intake.programs import advance as advancing
from intake.programs import post as posting
from intake.programs import report as reporting
from intake.programs import watch as watching
from intake.programs.erasing import finisher
from intake.programs.opening import opened
from intake.programs.stopping import until_told
from intake.settings import Settings

log = structlog.get_logger("services")


def watch(options: Namespace, settings: Settings) -> int:
    """Take in what waits in every mailbox, or watch them all until told to stop."""
    with opened(settings) as house:
        gates = house.gates()
        if options.once:
            each(partial(watching.watch_once, gate) for gate in gates)
            return 0
        with until_told() as bell:
            watchers = [partial(watching.watch, gate, stop=bell.stop, woken=bell.woken.set) for gate in gates]
            together(watchers, on_fault=bell.ring)
    return 0


def advance(options: Namespace, settings: Settings) -> int:
    """Walk every message as far as the machine may, now or until told to stop."""
    with opened(settings) as house:
        if options.once:
            finisher(house)()
            advancing.advance_once(house.world(), settings, house.clock)
            return 0
        house.tell_what_holds()
        with until_told() as bell:
            advancing.advance(
                house.world(), settings, house.clock, stop=bell.stop, woken=bell.woken, tidy=finisher(house)
            )
    return 0


def post(options: Namespace, settings: Settings) -> int:
    """Send the letters that are due, now or until told to stop; Unavailable where ``--once`` met no mail server."""
    with opened(settings) as house:
        if options.once:
            away = posting.post_once(house.dispatch()).away
            if away is not None:
                raise Unavailable("smtp", away)
            return 0
        with until_told() as bell:
            posting.post(house.dispatch(), stop=bell.stop, woken=bell.woken)
    return 0


def report(options: Namespace, settings: Settings) -> int:
    """Send the nightly report now (a timer says when: systemd's, or that of ``intake run``), or only print it."""
    with opened(settings) as house:
        text = reporting.report_once(house.desk(), send=not options.print)
    if options.print:
        sys.stdout.write(text)
    return 0


def each(tasks: Iterable[Callable[[], object]]) -> None:
    """Do every task though one before it met something away; then raise the first Unavailable, if there was one."""
    away: Unavailable | None = None
    for task in tasks:
        try:
            task()
        except Unavailable as fault:
            log.warning("waiting-for", what=fault.what, detail=fault.detail)
            away = away or fault
    if away is not None:
        raise away


def together(tasks: Iterable[Callable[[], object]], *, on_fault: Callable[[], object] = lambda: None) -> None:
    """Do all tasks at once, each in a thread, and return when every one has ended.

    A task that fails calls ``on_fault`` (so that the others can be told to stop: half a program must not look like a
    whole one); the first fault is raised once all have ended.
    """
    faults: list[BaseException] = []

    def done(task: Callable[[], object]) -> None:
        try:
            task()
        except BaseException as fault:  # noqa: BLE001 - raised again below, in the thread that asked
            faults.append(fault)
            on_fault()

    threads = [Thread(target=done, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
