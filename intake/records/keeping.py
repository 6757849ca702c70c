"""What is on record and until when, legal holds, and erasing: an entry stays, without anything that was in it.

An erasure destroys the data key of a case (or message) and empties every sealed column in one transaction, which also
notes that it is unfinished. Then the original is taken from the vault (:meth:`Keeping.erased` names those that must be
gone) and the database's own files let go of what they still held: only that takes the note away.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from intake.domain.case import LetterState, Reference
from intake.domain.message import MessageId
from intake.domain.retention import Kept, RetentionClass, case_trigger, class_of
from intake.domain.stages import WORKABLE, Stage
from intake.errors import BrokenPromise
from intake.records import emptying, leases, ways
from intake.records.case_acts import refuse_unless_standing
from intake.records.codec import moment, stamp
from intake.records.emptying import ERASED
from intake.records.holding import held_messages, is_held, sign_act
from intake.records.retention_tables import holds
from intake.records.schema import cases, exceptions, health, letters, links, messages, versions
from intake.records.store import Store

AT_WORK = sorted(stage.value for stage in WORKABLE)
UNFINISHED = "erasure-unfinished"
"""The note of health that something erased may still lie somewhere."""
UNSENT = (LetterState.QUEUED.value, LetterState.WAITING.value)


class Keeping:
    """Reviews, holds and erases, always by a person's name; each act is one transaction with its line of the log."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def kept(self) -> Iterator[Kept]:
        """Give every case, then every message that belongs to none, oldest first, but for what is erased."""
        with self._store.reading() as connection:
            held = set(connection.execute(select(holds.c.reference).where(holds.c.lifted_at.is_(None))).scalars())
            held_mails = held_messages(connection)
            last, closed = last_contact(connection), dict(ways.closings(connection))
            standing = select(cases.c.reference).where(cases.c.status != ERASED).order_by(cases.c.reference)
            for reference in connection.execute(standing).scalars():
                began = case_trigger(moment(last[reference]), closed.get(reference))
                yield Kept(reference, RetentionClass.CASE, began, reference in held)
            mine = select(versions.c.message).union(select(links.c.message))
            loose = select(messages).where(messages.c.erased_at.is_(None), messages.c.id.not_in(mine))
            for row in connection.execute(loose.order_by(messages.c.number)):
                yield Kept(row.id, class_of(Stage(row.stage)), moment(row.received_at), row.id in held_mails)

    def erase_case(self, reference: Reference, by: str, reason: str, now: datetime) -> None:
        """Erase a case with its mails; a mail with a form of another case stays until that is erased too.

        Finished only by :meth:`settle_erasures`.

        Raises BrokenPromise("no-such-case" | "erased" | "held-by-law" | "waits-for-a-person" | "letters-unsent" |
        "at-work").
        """
        with self._store.writing() as connection:
            refuse_unless_standing(connection, reference)
            mine, shared = mails_of(connection, reference)
            if is_held(connection, reference) or not held_messages(connection).isdisjoint(mine):
                raise BrokenPromise("held-by-law")
            _refuse_unless_at_rest(connection, [*mine, *shared])
            emptying.of_case(connection, reference, now)
            for message in mine:
                emptying.of_message(connection, message, now)
            leases.put_note(connection, UNFINISHED, "yes", now)
            told = {"case": reference, "messages": len(mine), "shared": len(shared)}
            sign_act(self._store, connection, now, "case-erased", reference, by, reason, told)

    def erase_message(self, message: MessageId, by: str, reason: str, now: datetime) -> None:
        """Erase a message that belongs to no case; BrokenPromise as :meth:`erase_case`, or "belongs-to-a-case"."""
        with self._store.writing() as connection:
            row = connection.execute(select(messages).where(messages.c.id == message)).one_or_none()
            if row is None:
                raise BrokenPromise("no-such-message")
            if row.erased_at is not None:
                raise BrokenPromise(ERASED)
            own = select(versions.c.reference).where(versions.c.message == message)
            linked = select(links.c.reference).where(links.c.message == message)
            if connection.execute(own.union(linked)).first() is not None:
                raise BrokenPromise("belongs-to-a-case")
            if message in held_messages(connection):
                raise BrokenPromise("held-by-law")
            _refuse_unless_at_rest(connection, [message])
            emptying.of_message(connection, message, now)
            leases.put_note(connection, UNFINISHED, "yes", now)
            sign_act(self._store, connection, now, "message-erased", message, by, reason, message=message)

    def settle_erasures(self, now: datetime) -> bool:
        """Let the database's own files go of what was erased; False while another program still reads them.

        Once the originals are gone from the vault: then nothing is unfinished any more.
        """
        noted = (health.c.name == UNFINISHED, health.c.value == "yes")
        with self._store.reading() as connection:
            since = connection.execute(select(health.c.at).where(*noted)).scalar_one_or_none()
        done = self._store.settle(emptying.TABLES)
        if done and since is not None:
            with self._store.writing() as connection:  # what was erased meanwhile is unfinished still
                new = {"value": "no", "at": stamp(now)}
                connection.execute(update(health).where(*noted, health.c.at == since).values(**new))
        return done

    def erasure_is_unfinished(self) -> bool:
        """Tell whether something that was erased may still lie in the vault or in the database's files."""
        wanted = select(health.c.value).where(health.c.name == UNFINISHED)
        with self._store.reading() as connection:
            return connection.execute(wanted).scalar_one_or_none() == "yes"

    def erased(self) -> Sequence[MessageId]:
        """Return the messages that are erased: the vault must hold none of them."""
        gone = select(messages.c.id).where(messages.c.erased_at.is_not(None)).order_by(messages.c.number)
        with self._store.reading() as connection:
            return [MessageId(each) for each in connection.execute(gone).scalars()]


def last_contact(connection: Connection, of: Reference | None = None) -> dict[str, str]:
    """Return when the last mail of each case came, or of one."""
    found: dict[str, str] = {}
    for table in (versions, links):
        newest = select(table.c.reference, func.max(messages.c.received_at)).join(
            messages, messages.c.id == table.c.message
        )
        wanted = newest if of is None else newest.where(table.c.reference == of)
        for reference, at in connection.execute(wanted.group_by(table.c.reference)):
            found[reference] = max(found.get(reference, ""), at)
    return found


def mails_of(connection: Connection, reference: str) -> tuple[list[str], list[str]]:
    """Return a case's mails with every copy of them, and apart those that another case, not erased, has a share in."""
    own, linked = select(versions.c.message, versions.c.reference), select(links.c.message, links.c.reference)
    pairs = [tuple(row) for row in connection.execute(own.union(linked))]
    ended = set(connection.execute(select(cases.c.reference).where(cases.c.status == ERASED)).scalars())
    others = {message for message, case in pairs if case != reference and case not in ended}
    mine = {message for message, case in pairs if case == reference}
    digests = select(messages.c.sha256).where(messages.c.id.in_(mine - others))
    copies = set(connection.execute(select(messages.c.id).where(messages.c.sha256.in_(digests))).scalars())
    standing = select(messages.c.id).where(messages.c.id.in_((mine | copies) - others), messages.c.erased_at.is_(None))
    return sorted(connection.execute(standing).scalars()), sorted(mine & others)


def _refuse_unless_at_rest(connection: Connection, mine: Sequence[str]) -> None:
    """Refuse while anything is still to be done about these messages."""
    working = select(messages.c.id).where(messages.c.id.in_(mine), messages.c.stage.in_(AT_WORK))
    if connection.execute(working).first() is not None:
        raise BrokenPromise("at-work")
    waiting = select(exceptions.c.id).where(exceptions.c.message.in_(mine), exceptions.c.closed_at.is_(None))
    if connection.execute(waiting).first() is not None:
        raise BrokenPromise("waits-for-a-person")
    unsent = select(letters.c.id).where(letters.c.message.in_(mine), letters.c.state.in_(UNSENT))
    if connection.execute(unsent).first() is not None:
        raise BrokenPromise("letters-unsent")
