"""Moving a message the records know to another folder of the same mailbox; nothing is ever deleted.

MOVE where the server has it, else COPY and UID EXPUNGE of just that message; where it has neither, nothing is done.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from intake.domain.message import Message
from intake.edges.mailbox.faults import WHAT, Refused
from intake.edges.mailbox.session import Session, Unfetchable
from intake.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder, by its configured name, as it was when its UIDs were learned."""

    folder: str
    uidvalidity: int


class CannotFile(Exception):
    """This server, or this folder of it, cannot be filed to; the mails stay where they are."""

    def __init__(self, code: str) -> None:
        """``code`` is from a closed list."""
        super().__init__(code)
        self.code = code


def is_there(session: Session, message: Message) -> bool:
    """Tell whether the server knows a message at its UID in the open folder, asked for it alone."""
    try:
        return session.facts(message.arrival.place.uid) is not None
    except Unfetchable:
        return True  # it says something of it


def is_the_recorded(session: Session, message: Message) -> bool:
    """Tell whether what stands at the message's UID in the open folder is what was recorded, byte for byte."""
    return _holds(session, message.arrival.place.uid, message)


def move(session: Session, messages: Mapping[int, Message], source: Opened, folder: str) -> frozenset[int]:
    """Move messages, by UID, from ``source`` to ``folder``, made if missing; return the UIDs no longer in ``source``.

    Raises :class:`CannotFile` where the server gives no safe way.
    """
    target, uids = session.names.of(folder), list(messages)
    _make(session, target)
    if session.client.has_capability("MOVE"):
        _open_for_moving(session, source)
        _or_cannot(session, "move-refused", lambda: session.client.move(uids, target))
    elif session.client.has_capability("UIDPLUS"):
        # A crash may have left a copy there already; a second one would pile up at each try.
        missing = [uid for uid, message in messages.items() if find(session, folder, message) is None]
        _open_for_moving(session, source)
        _copy_then_remove(session, missing, uids, target)
    else:
        raise CannotFile("no-move")
    return frozenset(uids) - still_there(session, uids)


def still_there(session: Session, uids: Iterable[int]) -> frozenset[int]:
    """Return those of the UIDs that the open folder still has."""
    listed = ",".join(str(uid) for uid in uids)
    with session.asking("search-refused"):
        return frozenset(session.client.search(f"UID {listed}"))


def find(session: Session, folder: str, message: Message) -> tuple[Opened, int] | None:
    """Return where in ``folder`` the very bytes of the message are; asks by size, so no word of it is in the question.

    Leaves ``folder`` open, read-only.
    """
    size = message.arrival.bytes
    try:
        with session.asking():
            state = session.client.select_folder(session.names.of(folder), readonly=True)
            found = session.client.search(f"LARGER {max(size - 1, 0)} SMALLER {size + 1}")
    except Refused:
        return None
    uid = next((uid for uid in reversed(found) if _holds(session, uid, message)), None)
    return None if uid is None else (Opened(folder, state.get(b"UIDVALIDITY", 0)), uid)


def _holds(session: Session, uid: int, message: Message) -> bool:
    """Compare length and hash; of an oversize message only the header was ever read."""
    known = message.arrival
    try:
        if message.oversize:
            return session.header_digest(uid) == known.sha256
        return session.digest(uid, known.bytes) == (known.bytes, known.sha256)
    except Unfetchable:
        return False


def _open_for_moving(session: Session, source: Opened) -> None:
    """Open a folder for writing; its UIDs must still mean what they meant when they were listed."""
    try:
        with session.asking("folder-refused"):
            state = session.client.select_folder(session.names.of(source.folder))
    except Unavailable as fault:
        if fault.detail == "read-only":
            raise CannotFile("read-only") from None
        raise
    if state.get(b"UIDVALIDITY") != source.uidvalidity:
        raise Unavailable(WHAT, "uidvalidity-changed")


def _make(session: Session, target: str) -> None:
    """Create the folder where it is missing, and show it to people's mail programs."""
    with session.asking("list-refused"):
        is_there = any(name == target for _flags, _delimiter, name in session.client.list_folders("", target))
    if is_there:
        return
    _or_cannot(session, "create-refused", lambda: session.client.create_folder(target))
    with suppress(Refused), session.asking():
        session.client.subscribe_folder(target)


def _copy_then_remove(session: Session, missing: Sequence[int], uids: Sequence[int], target: str) -> None:
    """Do what MOVE does, in the order that can only ever leave a copy too many."""
    client = session.client
    if missing:
        _or_cannot(session, "copy-refused", lambda: client.copy(missing, target))
    _or_cannot(session, "flag-refused", lambda: client.delete_messages(uids, silent=True))
    _or_cannot(session, "expunge-refused", lambda: client.uid_expunge(uids))


def _or_cannot(session: Session, code: str, command: Callable[[], object]) -> None:
    try:
        with session.asking():
            command()
    except Refused:
        raise CannotFile(code) from None
