"""Every sealed column and every data key, opened: one that does not open is evidence lost, or put there by another."""

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, select

from intake.errors import BrokenPromise
from intake.records.case_acts import place_of_reason
from intake.records.generations import place_of_keyed
from intake.records.marks import MARKED, PAGE
from intake.records.retention_tables import data_keys
from intake.records.schema import intake_log, messages, reasons
from intake.records.seals import owner_of
from intake.records.store import Store
from intake.records.verifying.discrepancy import Discrepancy

FORM = ("referral", "assessment")


class Sealed(NamedTuple):
    """One sealed value: the row it stands in, what its seal is bound to, the value."""

    row: str
    place: str
    value: bytes


class Column(NamedTuple):
    """Sealed columns of a table, and what the seal of one is bound to."""

    table: str
    names: tuple[str, ...]
    place: Callable[[RowMapping, str], str]


COLUMNS = (
    Column("messages", ("screening",), lambda row, name: f"messages/{row['id']}/{name}"),
    Column("documents", FORM, lambda row, name: f"documents/{row['message']}/{row['index']}/{name}"),
    Column(
        "readings", FORM, lambda row, name: f"readings/{row['message']}/{row['document']}/{row['generation']}/{name}"
    ),
    Column("case_versions", FORM, lambda row, name: f"case_versions/{row['reference']}/{row['version']}/{name}"),
    Column("letters", ("sealed",), lambda row, _: f"letters/{row['message']}/{row['kind']}"),
    Column(
        "keyed_values",
        ("value",),
        lambda row, _: place_of_keyed(row["reference"], row["version"], row["field"], row["child"]),
    ),
    Column("case_notes", ("note",), lambda row, _: f"case_notes/{row['reference']}"),
    Column("staff_accounts", ("totp",), lambda row, name: f"staff/{row['name']}/{name}"),
)


def broken_seals(store: Store, connection: Connection) -> Iterator[Discrepancy]:
    """Open everything, a page at a time; name each row that does not open."""
    yield from _broken_keys(store, connection)
    for column in COLUMNS:
        rows = connection.execute(MARKED[column.table].rows().execution_options(yield_per=PAGE)).mappings()
        while page := list(islice(rows, PAGE)):
            yield from _broken(store, connection, [one for row in page for one in _sealed_in(column, row)])
    yield from _broken_reasons(store, connection)


def _broken_keys(store: Store, connection: Connection) -> Iterator[Discrepancy]:
    wrapped = select(data_keys.c.owner, data_keys.c.wrapped).where(data_keys.c.wrapped.is_not(None))
    for owner, key in connection.execute(wrapped.execution_options(yield_per=PAGE)):
        try:
            store.ring.unseal(f"data_keys/{owner}", key)
        except BrokenPromise as broken:
            yield Discrepancy(broken.promise, f"data_keys/{owner}")


def _broken_reasons(store: Store, connection: Connection) -> Iterator[Discrepancy]:
    """Open the reasons of people's acts, and hold each against the digest in its line; an erased message's are gone."""
    wanted = select(reasons, intake_log.c.event, intake_log.c.message, intake_log.c.details, messages.c.erased_at)
    joined = wanted.join(intake_log, intake_log.c.seq == reasons.c.line).order_by(reasons.c.line)
    joined = joined.outerjoin(messages, messages.c.id == intake_log.c.message)
    rows = connection.execute(joined.execution_options(yield_per=PAGE))
    while page := list(islice(rows, PAGE)):
        details = {row.line: json.loads(row.details) for row in page}
        places = {row.line: place_of_reason(row.event, row.message, details[row.line]) for row in page}
        sealed = [
            Sealed(f"reasons/{row.line}", places[row.line], row.reason)
            for row in page
            if row.reason or row.erased_at is None
        ]
        yield from _broken(store, connection, sealed)
        for row in page:
            if row.reason and sha256(row.reason).hexdigest() != details[row.line].get("reason_sha256"):
                yield Discrepancy("row-changed", f"reasons/{row.line}")


def _sealed_in(column: Column, row: RowMapping) -> Iterator[Sealed]:
    marked = MARKED[column.table]
    where = marked.place(tuple(row[each.name] for each in marked.identity))
    for name in column.names:
        if row[name] is not None:
            yield Sealed(where, column.place(row, name), row[name])


def _broken(store: Store, connection: Connection, sealed: Sequence[Sealed]) -> Iterator[Discrepancy]:
    """Open a page at once; where something in it does not open, one by one to say which."""
    first = {one.place: one for one in reversed(sealed) if one.value}
    try:
        store.unseal_all(connection, {place: one.value for place, one in first.items()})
    except BrokenPromise:
        for one in sealed:
            yield from _unopened(store, connection, one)
        return
    for one in sealed:  # notes of one case, and reasons of one message, are sealed for the same place
        if one.value and first[one.place] is not one:
            yield from _unopened(store, connection, one)
    ended = _ended(connection, [one for one in sealed if not one.value])
    yield from (Discrepancy("seal-broken", one.row) for one in sealed if not one.value and one not in ended)


def _unopened(store: Store, connection: Connection, one: Sealed) -> Iterator[Discrepancy]:
    if not one.value and one in _ended(connection, [one]):
        return
    try:
        store.unseal(connection, one.place, one.value)
    except BrokenPromise as broken:
        yield Discrepancy(broken.promise if one.value else "seal-broken", one.row)


def _ended(connection: Connection, emptied: Sequence[Sealed]) -> set[Sealed]:
    """Return which empty values may be so: those whose data key is destroyed; that this was decided is asked apart."""
    owners = {one: owner_of(one.place) for one in emptied}
    named = {owner for owner in owners.values() if owner is not None}
    gone = select(data_keys.c.owner).where(data_keys.c.owner.in_(named), data_keys.c.wrapped.is_(None))
    destroyed = set(connection.execute(gone).scalars()) if named else set()
    return {one for one, owner in owners.items() if owner in destroyed}
