"""The case register in the shape of ``register --json`` (interface.md): every version of every case as it stands."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from intake.domain.case import Assessment, Reference
from intake.domain.referral import Reading, Referral
from intake.domain.rereading import Correction, beside, corrected
from intake.errors import BrokenPromise
from intake.records import generations
from intake.records.codec import decode, moment
from intake.records.emptying import ERASED
from intake.records.reading_tables import keyed
from intake.records.schema import cases, versions
from intake.records.store import Store

Shown = dict[str, Any]
Standing = tuple[Row[Any], Referral | None, Assessment | None, Sequence[Correction], int]
"""The form, what was found and the number of the reading: None and FIRST of what is erased, or does not open."""
BLANK: Shown = {"conflicts": [], "unplaced": [], "timeliness_reason": None, "qa_member": None, "qa_evidence": []}
UNKNOWN = ("earliest", "latest", "precision", "calendar_days", "working_days")


def shown(store: Store, connection: Connection, *, reveal: bool, reference: Reference | None = None) -> Iterator[Shown]:
    """Give the versions of every case, or of one; of an erased one the entry that it leaves.

    Of every case: one that does not open keeps back no other, and says why (``unreadable``). Of one: BrokenPromise.
    """
    why: dict[tuple[str, int], str] | None = {} if reference is None else None
    for row, form, found, said, generation in _standing(store, connection, reference, why):
        if form is None or found is None:
            code = (why or {}).get((row.reference, row.version))
            yield _entry(row) | _erased(row) | ({"unreadable": code} if code else {})
        else:
            yield _entry(row) | _read(form, found, said, reveal=reveal) | {"generation": generation}


def whole(store: Store, connection: Connection, reference: Reference) -> Iterator[Shown]:
    """Give the versions of a case revealed, with all that a page shows beside: conflicts, strange labels, evidence."""
    for row, form, found, said, generation in _standing(store, connection, reference):
        if form is None or found is None:
            yield _entry(row) | _erased(row) | BLANK
        else:
            rest: Shown = {"generation": generation, "conflicts": list(corrected(form, said).conflicts)}
            rest["timeliness_reason"] = found.timeliness.reason
            rest["qa_member"] = found.qa.member.reveal() if found.qa.member else None
            rest["qa_evidence"] = [one.value for one in found.qa.evidence]
            rest["unplaced"] = _unplaced(form)
            yield _entry(row) | _read(form, found, said, reveal=True) | rest


def offered(store: Store, connection: Connection, message: str) -> Iterator[Shown]:
    """Give the forms of a message that are no versions of a case, revealed, in part of the shape of :func:`whole`."""
    for one in generations.standing(store, connection, message):
        if one.reference is None:
            yield {
                "document": one.document, "sheet": one.read.sheet, "conflicts": list(one.read.conflicts), "beside": [],
                "readings": [_reading(each, reveal=True) for each in one.read.readings],
                "unplaced": _unplaced(one.read),
            }  # fmt: skip


def _unplaced(form: Referral) -> list[Shown]:
    return [
        {"label": one.label.reveal(), "text": one.text.reveal(), "where": one.where.reveal()} for one in form.unplaced
    ]


def _standing(
    store: Store,
    connection: Connection,
    reference: Reference | None,
    unreadable: dict[tuple[str, int], str] | None = None,
) -> Iterator[Standing]:
    """Give each version's row with its newest reading, what was found and keyed, and which reading it is.

    What does not open is noted in ``unreadable``, with why; without that, BrokenPromise.
    """
    wanted = select(versions, cases.c.status).join(cases).order_by(versions.c.reference, versions.c.version)
    if reference is not None:
        wanted = wanted.where(versions.c.reference == reference)
    rows = connection.execute(wanted).all()
    if reference is None:
        later = generations.newest(connection)
    else:
        mails = {row.message for row in rows}
        later = {key: one for mail in mails for key, one in generations.newest(connection, mail).items()}
    keyed_so_far = _corrections(connection, reference)
    for row in rows:
        if row.status == ERASED:
            yield row, None, None, (), generations.FIRST
            continue
        newest = later.get((row.message, row.document))
        try:
            form, found = _newest(store, connection, row, newest)
            mine = keyed_so_far.get((row.reference, row.version), [])
            said = [generations.correction_of(store, connection, one) for one in mine]
        except BrokenPromise as broken:
            if unreadable is None:
                raise
            unreadable[row.reference, row.version] = broken.promise
            yield row, None, None, (), generations.FIRST
            continue
        yield row, form, found, said, newest.generation if newest is not None else generations.FIRST


def place_without_words(where: str) -> str:
    """Return a place without what it quotes: a label in a table can be a name somebody wrote there."""
    before, quoted, _ = where.partition("'")
    return before.rpartition(", ")[0] if quoted else where


def _entry(row: Row[Any]) -> Shown:
    """Return what the plain columns say."""
    plain = ("reference", "version", "message", "agency", "sheet", "edition", "type", "children", "status")
    return {name: getattr(row, name) for name in plain} | {"received_at": moment(row.received_at)}


def _read(form: Referral, found: Assessment, keyed_so_far: Sequence[Correction], *, reveal: bool) -> Shown:
    said, form = beside(form, keyed_so_far), corrected(form, keyed_so_far)
    clock = found.timeliness
    return {
        "sheet": form.sheet,
        "edition": form.edition,
        "timeliness": {
            "earliest": clock.incident.earliest,
            "latest": clock.incident.latest,
            "precision": clock.incident.precision,
            "calendar_days": clock.calendar_days,
            "working_days": clock.working_days,
            "band": clock.band,
        },
        "qa": {"status": found.qa.status, "date": found.qa.signed_on},
        "missing": list(found.missing),
        "alerts": list(found.alerts),
        "readings": [_reading(one, reveal=reveal) for one in form.readings],
        "beside": [_reading(one, reveal=reveal) for one in said],
    }


def _erased(row: Row[Any]) -> Shown:
    clock = dict.fromkeys(UNKNOWN) | {"band": row.band}
    blank: Shown = {"missing": [], "alerts": [], "readings": [], "beside": [], "generation": generations.FIRST}
    return {"timeliness": clock, "qa": {"status": row.qa_status, "date": None}} | blank


def _newest(store: Store, connection: Connection, row: Row[Any], later: Row[Any] | None) -> tuple[Referral, Assessment]:
    if later is not None:
        form, found = generations.read_of(store, connection, later)
        if found is not None:
            return form, found
    place = f"case_versions/{row.reference}/{row.version}"
    form = decode(store.unseal(connection, f"{place}/referral", row.referral), Referral)
    return form, decode(store.unseal(connection, f"{place}/assessment", row.assessment), Assessment)


def _corrections(connection: Connection, reference: Reference | None) -> dict[tuple[str, int], list[Row[Any]]]:
    """Return what people keyed, still sealed, by version."""
    found: dict[tuple[str, int], list[Row[Any]]] = {}
    standing = select(keyed).join(cases, cases.c.reference == keyed.c.reference).where(cases.c.status != ERASED)
    if reference is not None:
        standing = standing.where(keyed.c.reference == reference)
    for row in connection.execute(standing.order_by(keyed.c.id)):
        found.setdefault((row.reference, row.version), []).append(row)
    return found


def _reading(one: Reading, *, reveal: bool) -> Shown:
    where = one.where.reveal()
    return {
        "field": one.field, "child": one.child, "value": one.text.reveal() if reveal else None,
        "where": where if reveal else place_without_words(where), "certainty": one.certainty, "by": one.by,
    }  # fmt: skip
