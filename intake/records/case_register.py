"""The case register: cases, their versions, and the blind index by which a form finds the cases it may belong to."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from intake.domain.case import Assessment, CaseEntry, KnownCase, Reference, Relation
from intake.domain.identity import matter
from intake.domain.message import Message
from intake.domain.outcome import Outcome
from intake.domain.referral import Referral
from intake.records import exceptions as opening
from intake.records import generations, subjects
from intake.records.codec import encode, moment, plain, stamp
from intake.records.schema import blind_index, cases, links, versions
from intake.records.seals import of_case
from intake.records.store import Store


def write(store: Store, connection: Connection, message: Message, outcome: Outcome, now: datetime) -> None:
    """Write the entries of a mail: a new case, a version more, or the note that a form came again."""
    for entry in outcome.entries:
        _open_case(connection, message, entry, now)
        if entry.assessment.duplicate.relation is Relation.RESUBMISSION:
            _link(connection, message, entry, Relation.RESUBMISSION.value, None)
        else:
            _add_version(store, connection, message, entry)
        for other in entry.assessment.duplicate.suggested:
            _link(connection, message, entry, "same-incident", other)
        opening.open_all(connection, message.id, entry.exceptions, now)
    if outcome.linked and not outcome.entries:
        row = {"reference": outcome.linked, "message": message.id, "kind": "bounce" if outcome.bounced else "reply"}
        if connection.execute(select(links.c.id).filter_by(**row)).first() is None:
            connection.execute(insert(links).values(row))


def _open_case(connection: Connection, message: Message, entry: CaseEntry, now: datetime) -> None:
    known = connection.execute(select(cases.c.reference).where(cases.c.reference == entry.reference)).one_or_none()
    if known is None:
        received = stamp(message.arrival.received_at)
        row = {"first_received_at": received, "opened_at": stamp(now), "status": "received"}
        connection.execute(insert(cases).values(reference=entry.reference, **row))


def _add_version(store: Store, connection: Connection, message: Message, entry: CaseEntry) -> None:
    last = select(func.max(versions.c.version)).where(versions.c.reference == entry.reference)
    version = (connection.execute(last).scalar() or 0) + 1
    form, found, place = entry.referral, entry.assessment, f"case_versions/{entry.reference}/{version}"
    row = {
        "reference": entry.reference, "version": version, "message": message.id, "document": form.document,
        "received_at": stamp(message.arrival.received_at), "sheet": form.sheet, "edition": form.edition,
        "document_sha256": form.sha256, **_summary(found),
        "referral": store.seal(connection, f"{place}/referral", encode(form)),
        "assessment": store.seal(connection, f"{place}/assessment", encode(found)),
    }  # fmt: skip
    connection.execute(insert(versions).values(row))
    for kind, (digest, *_) in _keys(store, form):
        same = (blind_index.c.kind == kind, blind_index.c.digest == digest, blind_index.c.reference == entry.reference)
        if connection.execute(select(blind_index).where(*same)).one_or_none() is None:
            connection.execute(insert(blind_index).values(kind=kind, digest=digest, reference=entry.reference))
    subjects.index(store, connection, of_case(entry.reference), [form])


def _link(connection: Connection, message: Message, entry: CaseEntry, kind: str, other: Reference | None) -> None:
    row = {"reference": entry.reference, "message": message.id, "document": entry.referral.document}
    connection.execute(insert(links).values(kind=kind, other=other, **row))


def known_cases(store: Store, referral: Referral) -> Sequence[KnownCase]:
    """Return registered cases sharing the file, a child or the incident, found by blind index."""
    mine = matter(referral)
    keys = list(_keys(store, referral))
    if not keys:
        return ()
    with store.reading() as connection:
        hits: dict[str, set[tuple[str, str]]] = {}
        for kind, digests in keys:
            same = (blind_index.c.kind == kind, blind_index.c.digest.in_(digests))
            for found in connection.execute(select(blind_index.c.reference).where(*same)).scalars():
                hits.setdefault(found, set()).add((kind, digests[0]))
        return tuple(_known(connection, Reference(case), hit, len(mine.children)) for case, hit in sorted(hits.items()))


def _known(connection: Connection, case: Reference, hit: set[tuple[str, str]], children: int) -> KnownCase:
    newest = select(versions).where(versions.c.reference == case).order_by(versions.c.version.desc()).limit(1)
    row = connection.execute(newest).one()
    first = connection.execute(select(cases.c.first_received_at).where(cases.c.reference == case)).scalar_one()
    kinds = [kind for kind, _ in hit]
    return KnownCase(
        reference=case,
        agency=row.agency,
        same_file="file" in kinds,
        same_children=children > 0 and kinds.count("child") == children == row.children,
        same_incident="incident" in kinds,
        first_received_at=moment(first),
    )


def _keys(store: Store, referral: Referral) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the keyed digests (newest key first) a form is found by: its file, each child, each child's incident."""
    yield "file", store.ring.blinds("file", referral.sha256)
    about = matter(referral)
    for child in sorted(about.children):
        yield "child", store.ring.blinds("child", child)
        if about.incident:
            yield "incident", store.ring.blinds("incident", f"{child}|{about.incident}")


def reindex(store: Store, connection: Connection, reference: Reference) -> None:
    """Let a case be found by what its forms say now, and no more by what was read wrongly before."""
    rows = connection.execute(select(versions).where(versions.c.reference == reference)).all()
    forms = [form for row in rows for form in _standing(store, connection, row)]
    keys = {(kind, digest) for form in forms for kind, (digest, *_) in _keys(store, form)}
    connection.execute(delete(blind_index).where(blind_index.c.reference == reference))
    found = [{"kind": kind, "digest": digest, "reference": reference} for kind, digest in sorted(keys)]
    connection.execute(insert(blind_index), found)
    subjects.forget(connection, of_case(reference))
    subjects.index(store, connection, of_case(reference), forms)


def summarise(connection: Connection, reference: Reference, version: int, found: Assessment) -> None:
    """Bring the plain columns of a version up to date with what its newest reading says."""
    mine = (versions.c.reference == reference, versions.c.version == version)
    connection.execute(update(versions).where(*mine).values(**_summary(found)))


def _standing(store: Store, connection: Connection, row: Row[Any]) -> Iterator[Referral]:
    forms = generations.standing(store, connection, row.message)
    return (form.shown for form in forms if form.document == row.document)


def _summary(found: Assessment) -> dict[str, str | int | None]:
    return {
        "agency": found.agency, "type": found.referral_type.value, "children": found.children,
        "band": found.timeliness.band.value, "qa_status": found.qa.status.value, "missing": plain(found.missing),
        "alerts": plain(found.alerts),
    }  # fmt: skip
