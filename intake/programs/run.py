"""``intake run``: watch, advance, post, serve and report in one process, for a small installation."""

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from threading import Event

from intake.domain.message import Message
from intake.domain.stages import WORKABLE
from intake.errors import Unavailable
from intake.programs import advance as advancing
from intake.programs import post as posting
from intake.programs import report as reporting
from intake.programs import serve as serving
from intake.programs import watch as watching
from intake.programs.erasing import finisher
from intake.programs.opening import House, opened
from intake.programs.services import each, together
from intake.programs.stopping import Bell, until_told
from intake.settings import Settings


def command(options: Namespace, settings: Settings) -> int:
    """Do all there is to do and end, or go on until told to stop."""
    with opened(settings) as house:
        if options.once:
            run_once(house)
            return 0
        house.tell_what_holds()
        with until_told() as bell:
            run(house, bell)
    return 0


def run_once(house: House, seen: Callable[[Message], None] = lambda _: None) -> None:
    """Take in all that waits, walk it, deliver what can be delivered, file what was dealt with.

    Each part is done though one before it met something away; then the first Unavailable is raised.
    """
    gates = house.gates()
    take = [partial(watching.watch_once, gate) for gate in gates]
    walk = partial(advancing.advance_once, house.world(), house.settings, house.clock, seen)
    each([*take, finisher(house), walk, partial(_deliver, house), *take])


def run(house: House, bell: Bell, seen: Callable[[Message], None] = lambda _: None) -> None:
    """Do all of it until the bell rings, each part of it (and each mailbox) in a thread of its own."""
    mail_came, letters_wait = Event(), Event()
    nudges = [Event() for _ in house.settings.program.mailbox]

    def walked(message: Message) -> None:
        seen(message)
        letters_wait.set()
        if message.stage not in WORKABLE:
            for nudge in nudges:
                nudge.set()

    together(
        [
            *(
                partial(watching.watch, gate, stop=bell.stop, woken=mail_came.set, nudged=nudge)
                for gate, nudge in zip(house.gates(), nudges, strict=True)
            ),
            partial(
                advancing.advance,
                house.world(),
                house.settings,
                house.clock,
                stop=bell.stop,
                woken=mail_came,
                seen=walked,
                tidy=finisher(house),
            ),
            partial(posting.post, house.dispatch(), stop=bell.stop, woken=letters_wait),
            partial(reporting.report, house.desk(), stop=bell.stop),
            *([partial(serving.serve, house, stop=bell.stop)] if house.settings.program.web.listen else []),
            partial(_pass_on, bell.stop, (mail_came, letters_wait)),
        ],
        on_fault=bell.ring,
    )


def _deliver(house: House) -> None:
    away = posting.post_once(house.dispatch()).away
    if away is not None:
        raise Unavailable("smtp", away)


def _pass_on(stop: Event, events: tuple[Event, ...]) -> None:
    """Wake every loop that sleeps on an event of its own once the bell has rung."""
    stop.wait()
    for event in events:
        event.set()
