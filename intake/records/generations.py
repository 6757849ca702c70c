"""Forms as they stand: the newest reading of each, sealed in its generation, and what people keyed about it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from intake.domain.case import Assessment, Reference, Relation
from intake.domain.private import Private
from intake.domain.referral import Referral
from intake.domain.rereading import Correction, StandingForm
from intake.records.codec import decode, encode, moment, stamp
from intake.records.reading_tables import generations, keyed
from intake.records.schema import cases, documents, links, versions
from intake.records.store import Store

FIRST = 1


def standing(store: Store, connection: Connection, message: str) -> tuple[StandingForm, ...]:
    """Return every form of a message as it stands, in form order."""
    mine = (documents.c.message == message, documents.c.referral.is_not(None))
    wanted = select(documents, documents.c.index.label("document")).where(*mine).order_by(documents.c.index)
    rows = connection.execute(wanted).all()
    latest = newest(connection, message)
    at_home = cases_of(connection, message)
    return tuple(_form(store, connection, row, latest.get((message, row.document)), at_home) for row in rows)


def newest(connection: Connection, message: str | None = None) -> Mapping[tuple[str, int], Row[Any]]:
    """Return the newest later reading of each document, of one message or of all, by message and document."""
    wanted = select(generations).order_by(generations.c.generation)
    rows = connection.execute(wanted if message is None else wanted.where(generations.c.message == message))
    return {(row.message, row.document): row for row in rows}


def read_of(store: Store, connection: Connection, row: Row[Any]) -> tuple[Referral, Assessment | None]:
    """Open what a row of a later reading holds."""
    place = f"readings/{row.message}/{row.document}/{row.generation}"
    referral = decode(store.unseal(connection, f"{place}/referral", row.referral), Referral)
    if row.assessment is None:
        return referral, None
    return referral, decode(store.unseal(connection, _place_of_assessment(row), row.assessment), Assessment)


def assessments(connection: Connection, mails: Collection[str]) -> Mapping[tuple[str, int], tuple[str, bytes]]:
    """Return of each document read again the newest assessment, sealed, with its place; by message and document."""
    mine = (generations.c.message.in_(mails), generations.c.assessment.is_not(None))
    rows = connection.execute(select(generations).where(*mine).order_by(generations.c.generation))
    return {(row.message, row.document): (_place_of_assessment(row), row.assessment) for row in rows}


def last(connection: Connection, message: str, document: int) -> int:
    """Return the number of a document's newest reading."""
    mine = (generations.c.message == message, generations.c.document == document)
    return connection.execute(select(func.max(generations.c.generation)).where(*mine)).scalar() or FIRST


def append(store: Store, connection: Connection, place: tuple[str, int], form: Referral, now: datetime) -> None:
    """Add a reading of a form at ``place``, message and generation; whoever is second there is overtaken."""
    message, number = place
    sealed = store.seal(connection, f"readings/{message}/{form.document}/{number}/referral", encode(form))
    row = {"sheet": form.sheet, "edition": form.edition, "referral": sealed, "at": stamp(now)}
    key = {"message": message, "document": form.document, "generation": number}
    connection.execute(insert(generations).values(**key, **row))


def assess(store: Store, connection: Connection, message: str, number: int, found: Assessment) -> None:
    """Put beside a later reading what was found out about it."""
    sealed = store.seal(connection, f"readings/{message}/{found.document}/{number}/assessment", encode(found))
    same = (generations.c.message == message, generations.c.document == found.document)
    connection.execute(update(generations).where(*same, generations.c.generation == number).values(assessment=sealed))


def corrections(store: Store, connection: Connection, reference: str, version: int) -> tuple[Correction, ...]:
    """Return what people keyed about a version of a case, oldest first."""
    mine = (keyed.c.reference == reference, keyed.c.version == version)
    rows = connection.execute(select(keyed).where(*mine).order_by(keyed.c.id))
    return tuple(correction_of(store, connection, row) for row in rows)


def correction_of(store: Store, connection: Connection, row: Row[Any]) -> Correction:
    """Open one keyed value."""
    place = place_of_keyed(row.reference, row.version, row.field, row.child)
    values = decode(store.unseal(connection, place, row.value), list[str])
    return Correction(row.field, row.child, tuple(map(Private, values)), row.keyed_by)


def place_of_keyed(reference: str, version: int, field: str, child: int | None) -> str:
    """Return what a keyed value's seal is bound to."""
    return f"keyed_values/{reference}/{version}/{field}/{child or ''}"


def cases_of(connection: Connection, message: str) -> Mapping[int, tuple[Reference, int | None, datetime]]:
    """Return each document's case, its version there (None for the same file again), and when the case began."""
    own = select(versions.c.document, versions.c.reference, versions.c.version, cases.c.first_received_at)
    again = select(links.c.document, links.c.reference, cases.c.first_received_at)
    same = (links.c.message == message, links.c.kind == Relation.RESUBMISSION.value)
    found: dict[int, tuple[Reference, int | None, datetime]] = {
        row.document: (Reference(row.reference), None, moment(row.first_received_at))
        for row in connection.execute(again.join(cases).where(*same))
    }
    for row in connection.execute(own.join(cases).where(versions.c.message == message)):
        found[row.document] = Reference(row.reference), row.version, moment(row.first_received_at)
    return found


def _form(
    store: Store,
    connection: Connection,
    row: Row[Any],
    later: Row[Any] | None,
    at_home: Mapping[int, tuple[Reference, int | None, datetime]],
) -> StandingForm:
    read, found = read_of(store, connection, later) if later is not None else _first(store, connection, row)
    reference, version, began = at_home.get(row.document, (None, None, None))
    keyed_so_far: Sequence[Correction] = ()
    if reference is not None and version is not None:
        keyed_so_far = corrections(store, connection, reference, version)
    number = FIRST if later is None else later.generation
    return StandingForm(row.document, number, read, tuple(keyed_so_far), found, reference, version, began)


def _place_of_assessment(row: Row[Any]) -> str:
    return f"readings/{row.message}/{row.document}/{row.generation}/assessment"


def _first(store: Store, connection: Connection, row: Row[Any]) -> tuple[Referral, Assessment | None]:
    place = f"documents/{row.message}/{row.document}"
    referral = decode(store.unseal(connection, f"{place}/referral", row.referral), Referral)
    if row.assessment is None:
        return referral, None
    return referral, decode(store.unseal(connection, f"{place}/assessment", row.assessment), Assessment)
