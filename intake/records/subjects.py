"""Where a child is spoken of, found by keyed digests: in cases, and in the forms of emails that are no case.

An owner is named as that of a data key (``case/...``, ``message/...``), and what stands for it goes when it is erased.
A message's entries go when its forms are registered, for then the case is found.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, select

from intake.domain.case import Reference
from intake.domain.message import MessageId
from intake.domain.referral import Referral
from intake.domain.stages import Stage
from intake.domain.subject import Found, Subject, subjects
from intake.errors import BrokenPromise
from intake.records import generations
from intake.records.codec import stamp
from intake.records.emptying import ERASED
from intake.records.schema import blind_index, cases, documents, health, messages, subject_index, versions
from intake.records.seals import of_case, of_message
from intake.records.store import Store

CHILD, NAME, BORN = "child", "name", "born"
INDEXED = "subjects-indexed"
"""The note that everything an older program had written was indexed."""


class Subjects:
    """Finds whom an access request is about."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def found_of(self, wanted: Subject) -> Found:
        """Return what speaks of a child: by name and birth where both are given, else by the one that is."""
        with self._store.reading() as connection:
            if not wanted.name:
                return _found(self._owners(connection, BORN, wanted.born))
            named = self._owners(connection, NAME, wanted.name)
            if wanted.child is None:
                return _found(named)
            born = self._owners(connection, CHILD, wanted.child)
            digests = self._store.ring.blinds(CHILD, wanted.child)
            older = (blind_index.c.kind == CHILD, blind_index.c.digest.in_(digests))
            born |= {
                of_case(each) for each in connection.execute(select(blind_index.c.reference).where(*older)).scalars()
            }
        return _found(born, named - born)

    def _owners(self, connection: Connection, kind: str, key: str) -> set[str]:
        mine = (subject_index.c.kind == kind, subject_index.c.digest.in_(self._store.ring.blinds(kind, key)))
        return set(connection.execute(select(subject_index.c.owner).where(*mine)).scalars())


def index(store: Store, connection: Connection, owner: str, forms: Iterable[Referral]) -> None:
    """Let an owner be found by whom these forms speak of too."""
    found = {one for form in forms for one in subjects(form)}
    said = {(NAME, one.name) for one in found} | {(BORN, one.born) for one in found}
    said |= {(CHILD, one.child) for one in found if one.child is not None}
    keys = {(kind, store.ring.blinds(kind, key)[0]) for kind, key in said if key}
    mine = select(subject_index.c.kind, subject_index.c.digest).where(subject_index.c.owner == owner)
    for kind, digest in sorted(keys - {(row.kind, row.digest) for row in connection.execute(mine)}):
        connection.execute(insert(subject_index).values(kind=kind, digest=digest, owner=owner))


def forget(connection: Connection, owner: str) -> None:
    """Let an owner be found by nobody."""
    connection.execute(delete(subject_index).where(subject_index.c.owner == owner))


def index_message(store: Store, connection: Connection, message: str, stage: Stage) -> None:
    """Let a message be found by its forms that are in no case; one that is registered is found by its cases.

    A form that no longer opens stops nobody from holding its message.
    """
    forget(connection, of_message(message))
    with suppress(BrokenPromise):
        forms = generations.standing(store, connection, message) if stage is not Stage.REGISTERED else ()
        index(store, connection, of_message(message), (form.shown for form in forms if form.reference is None))


def index_once(store: Store, now: datetime) -> None:
    """Index what an older program has written, with a line; a form that does not open is passed over."""
    done = select(health.c.name).where(health.c.name == INDEXED)
    with store.reading() as connection:
        if connection.execute(done).first() is not None:
            return
    with store.writing() as connection:
        if connection.execute(done).first() is None:
            count = _index_all(store, connection)
            connection.execute(insert(health).values(name=INDEXED, value=str(count), at=stamp(now)))
            if count:
                store.log(connection, now, INDEXED, "of-an-older-program", details={"count": count})


def _index_all(store: Store, connection: Connection) -> int:
    count = 0
    standing = select(cases.c.reference).where(cases.c.status != ERASED)
    for reference in connection.execute(standing).scalars().all():
        forms: list[Referral] = []
        rows = connection.execute(select(versions).where(versions.c.reference == reference)).all()
        for row in rows:
            with suppress(BrokenPromise):
                mine = generations.standing(store, connection, row.message)
                forms += [form.shown for form in mine if form.document == row.document]
        index(store, connection, of_case(reference), forms)
        count += 1
    read = exists().where(documents.c.message == messages.c.id, documents.c.referral.is_not(None))
    loose = select(messages.c.id, messages.c.stage).where(messages.c.stage != Stage.REGISTERED.value, read)
    for row in connection.execute(loose).all():
        index_message(store, connection, row.id, Stage(row.stage))
        count += 1
    return count


def _found(owners: set[str], more: Iterable[str] = ()) -> Found:
    named = sorted(owner.partition("/")[::2] for owner in owners)
    return Found(
        tuple(Reference(name) for kind, name in named if kind == "case"),
        tuple(MessageId(name) for kind, name in named if kind == "message"),
        tuple(sorted(owner.partition("/")[2] for owner in more)),
    )
