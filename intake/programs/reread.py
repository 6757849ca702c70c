"""``intake reread``: read stored originals again with today's sheets, show what would change, and apply it."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from intake.domain.differences import Change
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.domain.rereading import ReadAgain, Rereading, Standing
from intake.domain.working_days import LONDON
from intake.edges.claim import claimed
from intake.errors import BrokenPromise, ConfigFault, Misconfigured, Overtaken
from intake.programs import tables
from intake.programs.opening import House, opened
from intake.programs.show_register import account
from intake.settings import Settings
from intake.steps import reread

CHANGED = 1
NO_SHEET = "none"
LOCK = "reread.lock"
COLUMNS = ("CASE", "MESSAGE", "DOCUMENT", "FIELD", "CHILD", "CHANGE", "SHOWN")
VALUES = ("BEFORE", "NOW")
NOTHING = "Every stored form reads today as it is on record."

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one message: its rereading, or the code of why it was left as it is."""

    message: MessageId
    standing: Standing | None = None
    result: Rereading = field(default_factory=Rereading)
    why: str | None = None
    applied: bool = False


def command(options: Namespace, settings: Settings) -> int:
    """Read again what was asked for; 1 when a dry run found a change, 0 when there is none or it was applied."""
    if options.dry_run == options.apply:
        raise Misconfigured([ConfigFault("reread", "", "needs either --dry-run or --apply")])
    since = began(options.since)
    with opened(settings) as house:
        if options.apply:
            with claimed(settings.program.store.vault.parent / LOCK):
                came = list(again(house, since, options.sheet, apply=True))
        else:
            came = list(again(house, since, options.sheet, apply=False))
        if options.reveal:
            house.records.note_reveal("reread", account(), house.clock())
    _show(came, options)
    return CHANGED if options.dry_run and any(one.result for one in came) else 0


def again(house: House, since: datetime | None, sheet: str | None, *, apply: bool) -> Iterator[Came]:
    """Read message after message again and give what is to be told; each is written on its own, whole or not at all."""
    for message in house.records.with_readings(since):
        came = _once(house, message, sheet, apply=apply)
        if came.why is not None or came.result or came.result.unread:
            yield came


def began(day: str | None) -> datetime | None:
    """Return the first moment of a day in Europe/London, or None for all; Misconfigured for what is no date."""
    if day is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time(), LONDON)
    except ValueError:
        raise Misconfigured([ConfigFault("--since", "", "is no date like 2026-11-16")]) from None


def _once(house: House, message: MessageId, sheet: str | None, *, apply: bool) -> Came:
    """Read one message again; what is wrong with it, or was faster, leaves it as it is and is told by code."""
    try:
        standing = house.records.standing(message)
        if not _was_read_by(standing, sheet):
            return Came(message)
        result = _result(house, standing)
        if apply and result:
            house.records.read_again(standing, result, house.clock())
    except Overtaken:
        return Came(message, why="in-work")
    except BrokenPromise as broken:
        return Came(message, why=broken.promise)
    return Came(message, standing, result, applied=apply)


def _result(house: House, standing: Standing) -> Rereading:
    world, message = house.world(), standing.message
    raw = world.vault.open(message.id)
    if sha256(raw).hexdigest() != message.arrival.sha256:
        raise BrokenPromise("original-differs")
    return reread.decide(standing, reread.collect(standing, raw, world), house.settings, house.clock())


def _was_read_by(standing: Standing, sheet: str | None) -> bool:
    return sheet is None or any((form.read.sheet or NO_SHEET) == sheet for form in standing.forms)


def _show(came: list[Came], options: Namespace) -> None:
    if options.json:
        tables.show_json([as_json(one, reveal=options.reveal) for one in came])
        return
    columns = (*COLUMNS, *VALUES) if options.reveal else COLUMNS
    tables.show(columns, (row for one in came for row in _rows(one, reveal=options.reveal)), empty=NOTHING)
    if options.apply and any(one.applied and one.result for one in came):
        sys.stdout.write("\nApplied: these are the readings shown from now on; what was read before is kept.\n")


def as_json(came: Came, *, reveal: bool) -> Told:
    """Return what came of one message in the shape of ``reread --json``; values are null unless revealed."""
    return {
        "message": came.message,
        "why": came.why,
        "applied": came.applied and bool(came.result),
        "forms": [
            {
                "reference": form.before.reference,
                "version": form.before.version,
                "document": form.before.document,
                "generation": form.before.generation + 1,
                "changes": [_change(form, change, reveal=reveal) for change in form.changes],
            }
            for form in came.result.forms
        ],
        "unread": [{"document": document, "why": why} for document, why in sorted(came.result.unread.items())],
        "exceptions": [
            {"code": item.code, "severity": item.severity, "document": item.document} for item in came.result.exceptions
        ],
    }


def _change(form: ReadAgain, change: Change, *, reveal: bool) -> Told:
    return {
        "field": change.field,
        "child": change.child,
        "change": change.kind,
        "keyed": form.is_kept(change),
        "before": [text.reveal() for text in change.before] if reveal else None,
        "after": [text.reveal() for text in change.after] if reveal else None,
    }


def _rows(came: Came, *, reveal: bool) -> Iterator[tuple[tables.Cell, ...]]:
    for form in came.result.forms:
        for change in form.changes:
            place = (form.before.reference, came.message, form.before.document, change.field, change.child)
            shown = "keyed by a person" if form.is_kept(change) else "as read"
            values = (_words(change.before), _words(change.after)) if reveal else ()
            yield (*place, change.kind.value, shown, *values)
    empty = ("", "") if reveal else ()
    for document, why in sorted(came.result.unread.items()):
        yield None, came.message, document, None, None, f"not read: {why}", "as it was", *empty
    for item in came.result.exceptions:
        yield item.reference, came.message, item.document, None, None, f"exception: {item.code}", None, *empty
    if came.why is not None:
        yield None, came.message, None, None, None, f"left: {came.why}", "as it was", *empty


def _words(texts: tuple[Private, ...]) -> str:
    return " | ".join(text.reveal() for text in texts)
