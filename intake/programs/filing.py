"""Filing at the server what stands at a stage with a folder: moved after the records are committed, never deleted."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress

import structlog

from intake.domain.message import Message
from intake.edges.mailbox.filing import CannotFile, Opened, find, is_the_recorded, is_there, move
from intake.edges.mailbox.session import Listing, Session
from intake.programs.gate import Gate
from intake.programs.tries import Tries

BATCH = 50
"""Messages moved by one command."""

log = structlog.get_logger("watch")


def file_away(session: Session, listing: Listing, gate: Gate, tries: Tries, done: Counter[str]) -> None:
    """Move what is due to its folder; expects the watched folder open as listed. What cannot be moved stays."""
    due: dict[str, list[Message]] = defaultdict(list)
    gone: list[tuple[Message, str]] = []
    for message, folder in _due(gate, tries):
        if not _is_still_there(session, message, listing):
            gone.append((message, folder))
        elif is_the_recorded(session, message):
            due[folder].append(message)
        else:
            log.error("not-the-recorded-message", message=message.id, mailbox=gate.mailbox.name)
            done["unfiled"] += 1
    for message, folder in gone:
        # while a message under a new UIDVALIDITY could not be fetched, it may be this very one
        if not tries.resting or message.arrival.place.uidvalidity == listing.uidvalidity:
            _not_where_it_was(session, message, folder, gate, done)
    for folder, messages in due.items():
        for at in range(0, len(messages), BATCH):
            gate.renew()
            if not _is_moved(session, messages[at : at + BATCH], folder, gate, done):
                tries.close(folder, gate.clock())
                break


def _due(gate: Gate, tries: Tries) -> Iterator[tuple[Message, str]]:
    """Yield messages of the watched folder that are to be filed, with their folder."""
    box = gate.mailbox
    for message in gate.records.stages_to_file(box.name):
        folder = getattr(box.file_to, message.stage.value.replace("-", "_"), None)
        is_ours = message.filed_to is None and message.arrival.place.folder == box.folder
        if folder is not None and is_ours and not tries.is_closed(folder, gate.clock()):
            yield message, folder


def _is_still_there(session: Session, message: Message, listing: Listing) -> bool:
    """Ask again for what a listing leaves out: called vanished, it would never be filed."""
    place = message.arrival.place
    if place.uidvalidity != listing.uidvalidity:
        return False
    return place.uid in listing.uids or is_there(session, message)


def _not_where_it_was(session: Session, message: Message, folder: str, gate: Gate, done: Counter[str]) -> None:
    """Tell our own move, cut off before it was noted, or one of an earlier stage, from somebody else's."""
    if find(session, folder, message) is not None or _is_moved_on(session, message, folder, gate):
        gate.records.filed(message, folder, gate.clock())
        done["filed"] += 1
        return
    gate.records.vanished(message, gate.clock())
    log.info("message-vanished", message=message.id, mailbox=gate.mailbox.name)
    done["vanished"] += 1


def _is_moved_on(session: Session, message: Message, folder: str, gate: Gate) -> bool:
    """Move a message on that we filed elsewhere at an earlier stage (held, then released by a person)."""
    ours = {name for name in gate.mailbox.file_to.model_dump().values() if name is not None}
    for other in sorted(ours - {folder}):
        found = find(session, other, message)
        if found is not None:
            source, uid = found
            with suppress(CannotFile):
                return uid in move(session, {uid: message}, source, folder)
    return False


def _is_moved(session: Session, messages: Sequence[Message], folder: str, gate: Gate, done: Counter[str]) -> bool:
    """Move one batch and note what is no longer where it was; False where this folder cannot be filed to."""
    by_uid = {message.arrival.place.uid: message for message in messages}
    source = Opened(gate.mailbox.folder, messages[0].arrival.place.uidvalidity)
    try:
        moved = move(session, by_uid, source, folder)
    except CannotFile as fault:
        log.warning("cannot-file", mailbox=gate.mailbox.name, why=fault.code, messages=len(messages))
        done["unfiled"] += len(messages)
        return False
    for uid in moved:
        gate.records.filed(by_uid[uid], folder, gate.clock())
    done["filed"] += len(moved)
    done["unfiled"] += len(messages) - len(moved)
    return True
