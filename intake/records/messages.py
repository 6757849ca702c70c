"""The rows of messages: how they come in, how a leg is begun and put off, where they are filed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from intake.domain.findings import ExceptionItem
from intake.domain.message import Arrival, Earlier, Message, MessageId, Place
from intake.domain.stages import WORKABLE, Stage
from intake.domain.verdict import SenderTrust
from intake.errors import BrokenPromise, Overtaken, Unavailable
from intake.records import exceptions
from intake.records.codec import moment, stamp
from intake.records.leases import put_note
from intake.records.schema import messages
from intake.records.store import Store

WORK = sorted(stage.value for stage in WORKABLE)
LATE = timedelta(hours=1)
WAITS_FOR = "waits-for"
"""The note of health that says what a message was last put off for."""
RESTING = sorted(stage.value for stage in Stage if stage not in WORKABLE)


class Messages:
    """Reads and writes of message rows; each write is one transaction with its line of the log."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def receive(self, message: MessageId, arrival: Arrival, *, now: datetime, oversize: bool = False) -> bool:
        """Write row and log line of a sealed arrival; False when this place is already known (nothing written)."""
        place = arrival.place
        row = {
            "id": message, "mailbox": place.mailbox, "folder": place.folder, "uidvalidity": place.uidvalidity,
            "uid": place.uid, "received_at": stamp(arrival.received_at), "recorded_at": stamp(now),
            "bytes": arrival.bytes, "sha256": arrival.sha256, "oversize": oversize, "stage": Stage.RECEIVED.value,
            "why": "received", "attempts": 0,
        }  # fmt: skip
        try:
            with self._store.writing() as connection:
                connection.execute(insert(messages).values(row))
                details: dict[str, Any] = {name: row[name] for name in ("bytes", "sha256", "oversize", "received_at")}
                details |= _late(arrival, now)
                self._store.log(
                    connection,
                    now,
                    "received",
                    "received",
                    message=message,
                    there=Stage.RECEIVED.value,
                    details=details,
                )
        except Overtaken:
            return False
        return True

    def message(self, message: MessageId) -> Message:
        """Return the row; BrokenPromise("no-such-message")."""
        with self._store.reading() as connection:
            row = connection.execute(select(messages).where(messages.c.id == message)).one_or_none()
        if row is None:
            raise BrokenPromise("no-such-message")
        return message_of(row)

    def workable(self, limit: int, *, now: datetime) -> Sequence[MessageId]:
        """Return messages at a stage the worker takes up and whose time to try has come, oldest receipt first."""
        due = messages.c.next_try.is_(None) | (messages.c.next_try <= stamp(now))
        wanted = select(messages.c.id).where(messages.c.stage.in_(WORK), due).order_by(messages.c.number).limit(limit)
        with self._store.reading() as connection:
            return [MessageId(row.id) for row in connection.execute(wanted)]

    def begin_leg(self, message: Message, *, now: datetime) -> Message:  # noqa: ARG002 - the port's shape
        """Count an attempt, durably, before the leg is begun; raises Overtaken when the stage is not the row's."""
        with self._store.writing() as connection:
            self._change(connection, message, attempts=message.attempts + 1)
        return self.message(message.id)

    def postpone(
        self, message: Message, until: datetime, away: Unavailable, item: ExceptionItem | None, *, now: datetime
    ) -> None:
        """Take the attempt back and try not before ``until``; note what is away, and open ``item`` once."""
        with self._store.writing() as connection:
            self._change(connection, message, attempts=max(0, message.attempts - 1), next_try=stamp(until))
            put_note(connection, WAITS_FOR, away.what, now)
            if item is not None and exceptions.open_all(connection, message.id, [item], now):
                self._store.log(connection, now, "waits", item.code, message=message.id, there=message.stage.value)

    def unread_since(self) -> datetime | None:
        """Return when the longest waiting of the messages that the machine has still to take up was recorded."""
        wanted = select(func.min(messages.c.recorded_at)).where(messages.c.stage.in_(WORK))
        with self._store.reading() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return moment(found) if found else None

    def _change(self, connection: Connection, message: Message, **values: int | str) -> None:
        same = (messages.c.id == message.id, messages.c.stage == message.stage.value)
        done = connection.execute(
            update(messages).where(*same, messages.c.attempts == message.attempts).values(**values)
        )
        if done.rowcount != 1:
            raise Overtaken

    def earlier_copy(self, message: MessageId, sha256: str, content_sha256: str) -> Earlier | None:
        """Return an earlier message with the same bytes, or one that goes on with this content already.

        The second is often received later and was faster: whoever wrote the content down first is the original.
        """
        mine = select(messages.c.number).where(messages.c.id == message).scalar_subquery()
        bytes_, content = messages.c.sha256 == sha256, messages.c.content_sha256 == content_sha256
        wanted = (
            select(messages.c.id, messages.c.stage, messages.c.why, messages.c.sender_trust)
            .where(
                bytes_ & (messages.c.number < mine) | content, messages.c.id != message, messages.c.erased_at.is_(None)
            )
            .order_by(messages.c.number)
            .limit(1)
        )
        with self._store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        trust = SenderTrust(row.sender_trust) if row.sender_trust else None
        return Earlier(MessageId(row.id), Stage(row.stage), row.why, trust)

    def of_message_id(self, message: MessageId, header_message_id: str) -> MessageId | None:
        """Return an earlier message that bears the same Message-ID, whatever is in it."""
        same = messages.c.header_digest.in_(self._store.ring.blinds("message-id", header_message_id))
        wanted = select(messages.c.id).where(same, messages.c.id != message).order_by(messages.c.number).limit(1)
        with self._store.reading() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return MessageId(found) if found else None

    def known_uids(self, mailbox: str, folder: str, uidvalidity: int) -> set[int]:
        """Return the UIDs recorded from a folder under one UIDVALIDITY."""
        place = (messages.c.mailbox == mailbox, messages.c.folder == folder, messages.c.uidvalidity == uidvalidity)
        with self._store.reading() as connection:
            return set(connection.execute(select(messages.c.uid).where(*place)).scalars())

    def relisted(self, arrival: Arrival, now: datetime) -> MessageId | None:
        """After a change of UIDVALIDITY, take what was just listed as a message known from before; each once."""
        place = arrival.place
        known = select(messages.c.id, messages.c.stage).where(
            messages.c.mailbox == place.mailbox, messages.c.folder == place.folder,
            messages.c.uidvalidity != place.uidvalidity, messages.c.sha256 == arrival.sha256,
            messages.c.filed_to.is_(None),
        ).order_by(messages.c.number).limit(1)  # fmt: skip
        with self._store.writing() as connection:
            row = connection.execute(known).one_or_none()
            if row is None:
                return None
            new = {"uidvalidity": place.uidvalidity, "uid": place.uid}
            connection.execute(update(messages).where(messages.c.id == row.id).values(**new))
            self._store.log(connection, now, "relisted", "uidvalidity-changed", message=row.id, there=row.stage)
        return MessageId(row.id)

    def stages_to_file(self, mailbox: str) -> Sequence[Message]:
        """Return messages of a mailbox that have come to rest and are not yet filed, oldest first."""
        resting = (messages.c.mailbox == mailbox, messages.c.stage.in_(RESTING), messages.c.filed_to.is_(None))
        with self._store.reading() as connection:
            found = connection.execute(select(messages).where(*resting).order_by(messages.c.number))
            return [message_of(row) for row in found]

    def filed(self, message: Message, folder: str, now: datetime) -> None:
        """Note that the server's copy now lies in ``folder``."""
        self._note(message.id, folder, "filed", now)

    def vanished(self, message: Message, now: datetime) -> None:
        """Note that the server's copy is gone from its place: somebody moved or deleted it; ours is in the vault."""
        self._note(message.id, "(gone)", "vanished", now)

    def _note(self, message: MessageId, folder: str, event: str, now: datetime) -> None:
        with self._store.writing() as connection:
            connection.execute(update(messages).where(messages.c.id == message).values(filed_to=folder))
            stage = connection.execute(select(messages.c.stage).where(messages.c.id == message)).scalar_one()
            self._store.log(connection, now, event, event, message=message, there=stage)

    def counts(self) -> dict[Stage, int]:
        """Return how many messages stand at each stage."""
        with self._store.reading() as connection:
            found = connection.execute(select(messages.c.stage, func.count()).group_by(messages.c.stage))
            return {Stage(stage): number for stage, number in found}


def _late(arrival: Arrival, now: datetime) -> dict[str, Any]:
    """Return how long a mail lay at the server before we saw it, where a person or an outage must have had a part."""
    delay = now - arrival.received_at
    return {"minutes_late": delay // timedelta(minutes=1)} if delay > LATE else {}


def message_of(row: Row[Any]) -> Message:
    """Return the domain's message of a row."""
    place = Place(row.mailbox, row.folder, row.uidvalidity, row.uid)
    arrival = Arrival(place, moment(row.received_at), row.bytes, row.sha256)
    return Message(
        MessageId(row.id), arrival, Stage(row.stage), row.why, row.attempts, row.filed_to, bool(row.oversize)
    )
