"""``intake unlock ID``: a person types the password of a locked form; it is used once and kept nowhere."""

import sys
import warnings
from argparse import Namespace
from getpass import GetPassWarning, getpass
from hashlib import sha256

from intake.domain.message import Message, MessageId
from intake.domain.outcome import Outcome
from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.errors import BrokenPromise, ConfigFault, Misconfigured, Overtaken
from intake.programs import tables
from intake.programs.opening import House, opened
from intake.settings import Settings
from intake.steps import correspondence, parse
from parsers.contract import DocumentState, Harvest, Refusal

STILL_LOCKED = 1
LONGEST = 255
"""As long as a password may be that crosses the wall (``parsers.contract.Task``)."""
REASON = "unlocked with the password"
SAYS = {
    "wrong-password": "That password opens nothing here. The message stays held; try again.",
    "no-form-inside": "It opened, but there is no form of ours in it. The message stays held.",
    "unreadable": "It could not be read. The message stays held.",
    "overtaken": "Somebody else has just moved it; look where it stands.",
}


def command(options: Namespace, settings: Settings) -> int:
    """Ask for the password on the terminal, read the message again with it, and let it go on; 1 when it stays shut."""
    who = (options.by or "").strip()
    if not who:
        raise _misuse(options.id, "needs --by NAME")
    if not sys.stdin.isatty():
        raise _misuse(options.id, "asks for the password on a terminal, and takes it from nowhere else")
    with opened(settings) as house:
        message = _locked(house, options.id)
        why = unlocked_by(house, message, asked(options.id), who)
    sys.stdout.write(f"{SAYS.get(why or '', 'Opened: it goes on its way.')}\n")
    return 0 if why is None else STILL_LOCKED


def asked(identity: str) -> Private:
    """Return what a person types without echo; Misconfigured where it could be seen, is empty or too long."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            typed = Private(getpass("Password: "))
        except (GetPassWarning, EOFError):
            raise _misuse(identity, "needs a terminal that can hide what is typed") from None
    if not typed or len(typed.reveal()) > LONGEST:
        raise _misuse(identity, f"needs a password of 1 to {LONGEST} characters")
    return typed


def _locked(house: House, identity: str) -> Message:
    """Return the message, which must be held with something locked in it; Misconfigured else."""
    try:
        message = house.records.message(MessageId(identity))
    except BrokenPromise as refused:
        if refused.promise != "no-such-message":
            raise
        raise _misuse(identity, "no such message") from None
    if message.stage is not Stage.HELD or not house.records.has_locked(message.id):
        raise _misuse(identity, f"is not held as locked: it stands at {message.stage.value} ({message.why})")
    return message


def unlocked_by(house: House, message: Message, password: Private, who: str) -> str | None:
    """Read with the password and write what it opened; else count the failure and return why, as a code."""
    outcome = _read(house, message, password)
    now = house.clock()
    if isinstance(outcome, str):
        house.records.unlock_failed(message.id, who, outcome, now)
        return outcome
    try:
        house.records.unlocked(message, outcome, who, REASON, now)
    except Overtaken:
        return "overtaken"
    return None


def _read(house: House, message: Message, password: Private) -> Outcome | str:
    """Return the parse leg's decision about what the password opens, or why there is nothing to decide, as a code."""
    world = house.world()
    raw = world.vault.open(message.id)
    if sha256(raw).hexdigest() != message.arrival.sha256:
        raise BrokenPromise("original-differs")
    harvest = house.reader.read(raw, password=password.reveal())
    if isinstance(harvest, Refusal):
        return "unreadable"
    if not any(parse.forms_in(harvest)):
        return "wrong-password" if _is_shut(harvest) else "no-form-inside"
    now, screening = house.clock(), world.records.screening(message.id)
    letters = correspondence.collect(message, screening.sender.address, world, now)
    return parse.decide(message, parse.Evidence(harvest, screening, letters), house.settings, now)


def _is_shut(harvest: Harvest) -> bool:
    return any(document.state is DocumentState.LOCKED for document in harvest.documents)


def _misuse(identity: str, says: str) -> Misconfigured:
    return Misconfigured([ConfigFault("unlock", tables.visible(identity), says)])
