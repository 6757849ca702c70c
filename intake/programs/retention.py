"""``intake retention review | apply | erase | hold | lift``: what is kept until when, and erasing by a person's name.

A case is never erased by a class: its day is one to decide on. What is erased leaves an entry, and nothing in it.
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import datetime

from intake.domain.case import Reference
from intake.domain.message import MessageId
from intake.domain.retention import Periods, Review
from intake.domain.retention import review as reviewed
from intake.errors import BrokenPromise, ConfigFault, Misconfigured
from intake.programs import tables
from intake.programs.erasing import finish
from intake.programs.opening import House, opened
from intake.settings import Settings

FOUND = 1
COLUMNS = ("WHAT", "CLASS", "SINCE", "REVIEW ON", "HOLD", "WHAT TO DO")
MESSAGE = "m-"
SAYS = {
    "no-such-case": "no such case",
    "no-such-message": "no such message",
    "erased": "is erased already",
    "held-by-law": "is under a legal hold: lift it first",
    "held-already": "is under a legal hold already",
    "not-held": "is under no legal hold",
    "at-work": "is still being worked on",
    "waits-for-a-person": "has an open exception: close it first",
    "letters-unsent": "has letters that are not sent yet",
    "belongs-to-a-case": "belongs to a case: erase that",
}
TRY_AGAIN = 75
Act = Callable[[str, str, datetime], None]


class AlreadyErased(Misconfigured):
    """What was to be erased is."""


def review(options: Namespace, settings: Settings) -> int:
    """Show what is due, or everything; 1 where something is due."""
    with opened(settings) as house:
        found = [each for each in _reviews(house) if options.all or each.due]
    if options.json:
        tables.show_json([_row(each) for each in found])
    else:
        tables.show(COLUMNS, map(_line, found), empty="Nothing is due.")
    return FOUND if any(each.due for each in found) else 0


def apply(options: Namespace, settings: Settings) -> int:
    """Erase what was no referral and is due; 1 where something could not be."""
    by, reason = _named(options, "apply") if not options.dry_run else ("", "")
    with opened(settings) as house:
        found = [each.kept.identity for each in _reviews(house) if each.by_machine]
        if options.dry_run:
            sys.stdout.write("".join(f"{each}: would be erased\n" for each in found) or "Nothing is due.\n")
            return 0
        refused = [each for each in found if not _erased_message(house, MessageId(each), by, reason)]
        is_gone = finish(house)
    sys.stdout.write(f"{len(found) - len(refused)} of {len(found)} messages erased.\n")
    return _told(is_gone) or (FOUND if refused else 0)


def erase(options: Namespace, settings: Settings) -> int:
    """Erase one case with its mails, or one message that belongs to none; Misconfigured where that cannot be.

    An erasure that was cut short is finished. TRY_AGAIN where another program still reads what the files held before.
    """
    wanted: str = options.id
    with opened(settings) as house:
        unfinished = house.records.erasure_is_unfinished() or _has_left(house)
        try:
            if wanted.startswith(MESSAGE):
                _act(options, lambda *act: house.records.erase_message(MessageId(wanted), *act), house)
            else:
                _act(options, lambda *act: house.records.erase_case(Reference(wanted), *act), house)
        except AlreadyErased:
            if not unfinished:
                raise
        is_gone = finish(house)
    if is_gone:
        sys.stdout.write(f"{tables.visible(wanted)}: erased. Copies in older backups go when those backups do.\n")
    return _told(is_gone)


def hold(options: Namespace, settings: Settings) -> int:
    """Forbid that a case, or a message with its exact copies, be erased."""
    with opened(settings) as house:
        if options.id.startswith(MESSAGE):
            _act(options, lambda *act: house.records.hold_message(MessageId(options.id), *act), house)
        else:
            _act(options, lambda *act: house.records.place_hold(Reference(options.id), *act), house)
    sys.stdout.write(f"{tables.visible(options.id)}: under a legal hold\n")
    return 0


def lift(options: Namespace, settings: Settings) -> int:
    """Lift the hold on a case or a message."""
    with opened(settings) as house:
        if options.id.startswith(MESSAGE):
            _act(options, lambda *act: house.records.lift_message(MessageId(options.id), *act), house)
        else:
            _act(options, lambda *act: house.records.lift_hold(Reference(options.id), *act), house)
    sys.stdout.write(f"{tables.visible(options.id)}: no longer under a legal hold\n")
    return 0


def _reviews(house: House) -> Iterator[Review]:
    rules, now = house.settings.program.retention, house.clock()
    periods = Periods(rules.case_years, rules.no_referral_days, rules.quarantined_days)
    return (reviewed(kept, periods, now) for kept in house.records.kept())


def _erased_message(house: House, message: MessageId, by: str, reason: str) -> bool:
    try:
        house.records.erase_message(message, by, reason, house.clock())
    except BrokenPromise as refused:
        if refused.promise not in SAYS:
            raise
        sys.stderr.write(f"{message}: {SAYS[refused.promise]}\n")
        return False
    return True


def _has_left(house: House) -> bool:
    """Tell whether the vault still holds an original of something erased."""
    return not house.vault().ids().isdisjoint(house.records.erased())


def _told(is_gone: bool) -> int:
    """Say where an erasure is not finished, and return the exit code for that."""
    if is_gone:
        return 0
    sys.stderr.write(
        "Nothing erased can be shown any more, but another program still reads the database as it was before: its file "
        "keeps the old until then. `intake advance` finishes it by itself, and so does this command again.\n"
    )
    return TRY_AGAIN


def _act(options: Namespace, does: Act, house: House) -> None:
    by, reason = _named(options, options.id)
    try:
        does(by, reason, house.clock())
    except BrokenPromise as refused:
        if refused.promise not in SAYS:
            raise
        wrong = AlreadyErased if refused.promise == "erased" else Misconfigured
        raise wrong(_misuse(options.id, SAYS[refused.promise]).faults) from None


def _named(options: Namespace, what: str) -> tuple[str, str]:
    """Return who acts and why; Misconfigured where either is missing."""
    missing = [f"--{name}" for name in ("by", "reason") if not (getattr(options, name) or "").strip()]
    if missing:
        raise _misuse(what, f"needs {' and '.join(missing)}")
    return options.by.strip(), options.reason.strip()


def _line(each: Review) -> tuple[str, ...]:
    row = _row(each)
    return (row["what"], row["class"], row["since"], row["review_on"] or "", "yes" if each.kept.held else "", row["do"])


def _row(each: Review) -> dict[str, str]:
    kept = each.kept
    return {
        "what": kept.identity, "class": kept.kind.value, "since": f"{kept.trigger:%Y-%m-%d}",
        "review_on": each.on.isoformat() if each.on else "", "hold": "yes" if kept.held else "no", "do": _advice(each),
    }  # fmt: skip


def _advice(each: Review) -> str:
    if each.on is None:
        return "waits for a person"
    if each.kept.held:
        return "is held"
    if not each.due:
        return "is kept"
    return "apply erases it" if each.by_machine else "decide: erase, or hold"


def _misuse(what: str, says: str) -> Misconfigured:
    return Misconfigured([ConfigFault("retention", tables.visible(what), says)])
