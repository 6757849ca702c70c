"""``intake report``: gathers the night, composes the report and hands it to the mail server; also on an empty night."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import structlog

from intake.domain.delivery import Refused
from intake.domain.overview import OpenItem
from intake.edges.operations_log import tell_fault
from intake.errors import ConfigFault, Misconfigured, Unavailable
from intake.ports import Keys, PostOffice
from intake.report.letter import compose, next_due
from intake.report.nightly import Night, facts_of
from intake.report.render import render
from intake.settings import Settings

TRY_AGAIN = timedelta(minutes=5)
LOOK_SECONDS = 20.0
"""How often the loop looks at the clock: a machine that slept sends the report when it wakes."""

log = structlog.get_logger("report")


@dataclass(frozen=True, slots=True)
class Desk:
    """What making a report needs; ``gather`` and ``items`` ask the records how things stand and for what is open."""

    gather: Callable[[datetime], Night]
    items: Callable[[], Sequence[OpenItem]]
    office: PostOffice
    keys: Keys
    rules: Settings
    clock: Callable[[], datetime]


def report_once(desk: Desk, *, send: bool = True) -> str:
    """Make the report and return it as plain text; ``send`` it unless it is only to be shown.

    Raises Unavailable where records or mail server are away or the server refuses it (try again), Misconfigured where
    ``[report] to`` names nobody.
    """
    rules = desk.rules
    if send and not rules.program.report.to:
        raise Misconfigured([ConfigFault("intake.toml", "report.to", "names nobody to send the report to")])
    facts = facts_of(desk.gather(desk.clock()), desk.items(), rules.words.report)
    if send:
        token = desk.keys.token("report", facts.night.at.isoformat())
        try:
            delivery = desk.office.send(compose(facts, rules, token=token))
        finally:
            desk.office.close()
        if isinstance(delivery, Refused):
            raise Unavailable("smtp", f"report-refused-{delivery.code}")
        log.info("report-sent", queue=delivery.queue_code.lower(), alerts=facts.alerts, today=facts.today)
    return render(facts, rules.words).text


def report(desk: Desk, *, stop: Event) -> None:
    """Send the report every day at ``[report] at`` (London) until ``stop``; what fails is tried again soon."""
    if not desk.rules.program.report.to:
        log.warning("nobody-gets-the-report")
        return
    due = next_due(desk.clock(), desk.rules.program.report.at)
    while not stop.wait(LOOK_SECONDS):
        if desk.clock() < due:
            continue
        try:
            report_once(desk)
            due = next_due(desk.clock(), desk.rules.program.report.at)
        except Unavailable as away:
            log.warning("report-put-off", what=away.what, detail=away.detail)
            due = desk.clock() + TRY_AGAIN
        except Exception as fault:  # noqa: BLE001 - tomorrow's report must come whatever tonight's ran into
            tell_fault("report-failed", fault)
            due = desk.clock() + TRY_AGAIN
