"""``intake release ID``: a person takes a message that waits for one, or was set aside, another way."""

import sys
from argparse import Namespace

from intake.domain.message import MessageId
from intake.domain.stages import PEOPLES_WAYS, Stage, person_may
from intake.errors import BrokenPromise, ConfigFault, Misconfigured
from intake.programs import tables
from intake.programs.opening import House, opened
from intake.settings import Settings


def command(options: Namespace, settings: Settings) -> int:
    """Move the message in the name of ``--by`` for ``--reason``, both kept; Misconfigured where that cannot be."""
    given = {"--by": options.by, "--reason": options.reason, "--to": options.to}
    missing = [name for name, value in given.items() if not (value or "").strip()]
    if missing:
        raise _misuse(options.id, f"needs {' and '.join(missing)}")
    to = Stage(options.to)
    with opened(settings) as house:
        _refuse_what_cannot_be(house, options.id, to)
        try:
            house.records.move_by_person(
                MessageId(options.id), to, options.by.strip(), options.reason.strip(), house.clock()
            )
        except BrokenPromise as refused:
            if refused.promise != "no-way-for-people":
                raise
            raise _misuse(options.id, "has just been moved by somebody else") from None
    sys.stdout.write(f"{tables.visible(options.id)}: {to.value}\n")
    return 0


def _refuse_what_cannot_be(house: House, identity: str, to: Stage) -> None:
    try:
        message = house.records.message(MessageId(identity))
    except BrokenPromise as refused:
        if refused.promise != "no-such-message":
            raise
        raise _misuse(identity, "no such message") from None
    if not person_may(message.stage, to):
        ways = tables.joined(sorted(PEOPLES_WAYS.get(message.stage, ()))) or "nowhere"
        raise _misuse(identity, f"stands at {message.stage.value}; from there people may send it to: {ways}")
    if to is Stage.PARSED and not house.records.referrals(message.id):
        raise _misuse(identity, "has no form on offer that could go on; send it to received to have it read again")


def _misuse(identity: str, says: str) -> Misconfigured:
    return Misconfigured([ConfigFault("release", tables.visible(identity), says)])
