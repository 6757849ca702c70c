"""What people put beside a case: notes, its owner, and their word on the links that were suggested; nothing is lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select

from intake.domain.case import Reference
from intake.domain.case_file import TO_JUDGE, CaseLink, Judgement, LinkVerdict, Note, Owner
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.errors import BrokenPromise
from intake.records import case_acts
from intake.records.case_acts import place_of_words, words_in
from intake.records.codec import moment, stamp
from intake.records.emptying import ERASED
from intake.records.schema import cases, links, reasons
from intake.records.store import Store
from intake.records.way_tables import notes, owners, verdicts


class CaseFiles:
    """Notes, owners and judged links; each act is one transaction with its line of the log."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def add_note(self, reference: Reference, text: Private, by: str, now: datetime) -> None:
        """Keep a note for good; BrokenPromise("no-such-case" | "erased" | "needs-words")."""
        if not text.reveal().strip():
            raise BrokenPromise("needs-words")
        with self._store.writing() as connection:
            case_acts.refuse_unless_standing(connection, reference)
            sealed = self._store.seal(connection, _place_of_note(reference), text.reveal().encode())
            told = {"note_sha256": sha256(sealed).hexdigest()}
            line = case_acts.sign(self._store, connection, now, "note-added", reference, by=by, told=told)
            who = {"written_by": by, "written_at": stamp(now), "line": line}
            connection.execute(insert(notes).values(reference=reference, note=sealed, **who))

    def notes_of(self, reference: Reference) -> tuple[Note, ...]:
        """Return a case's notes, oldest first; BrokenPromise("no-such-case")."""
        with self._store.reading() as connection:
            case_acts.status_of(connection, reference)
            return notes_in(self._store, connection, reference)

    def set_owner(self, reference: Reference, owner: str | None, by: str, now: datetime) -> None:
        """Give a case to somebody, or with None back; BrokenPromise("no-such-case" | "erased")."""
        with self._store.writing() as connection:
            case_acts.refuse_unless_standing(connection, reference)
            told = {"owner": owner}
            line = case_acts.sign(self._store, connection, now, "owner-set", reference, by=by, told=told)
            row = {"owner": owner, "set_by": by, "set_at": stamp(now), "line": line}
            connection.execute(insert(owners).values(reference=reference, **row))

    def owner_of(self, reference: Reference) -> Owner | None:
        """Return who has a case now; None where nobody ever had it."""
        newest = select(owners).where(owners.c.reference == reference).order_by(owners.c.id.desc()).limit(1)
        with self._store.reading() as connection:
            row = connection.execute(newest).one_or_none()
        return Owner(row.owner, row.set_by, moment(row.set_at)) if row else None

    def owners(self) -> Mapping[Reference, str]:
        """Return who has which case, for those somebody has; one query."""
        latest = select(func.max(owners.c.id)).group_by(owners.c.reference)
        wanted = select(owners.c.reference, owners.c.owner).where(owners.c.id.in_(latest), owners.c.owner.is_not(None))
        with self._store.reading() as connection:
            return {Reference(row.reference): row.owner for row in connection.execute(wanted)}

    def judge_link(self, link: int, verdict: LinkVerdict, by: str, reason: str, now: datetime) -> None:
        """Accept or refuse a suggested link; said again, the last word holds and the others stay.

        Raises BrokenPromise("no-such-link" | "nothing-to-judge" | "erased" | "needs-words").
        """
        if not reason.strip():
            raise BrokenPromise("needs-words")
        with self._store.writing() as connection:
            row = connection.execute(select(links).where(links.c.id == link)).one_or_none()
            if row is None:
                raise BrokenPromise("no-such-link")
            case_acts.refuse_unless_standing(connection, row.reference)
            if row.kind not in TO_JUDGE:
                raise BrokenPromise("nothing-to-judge")
            told = {"link": link, "kind": row.kind, "other": row.other, "verdict": verdict.value}
            words = Private(reason)
            line = case_acts.sign(
                self._store, connection, now, "link-judged", row.reference, by=by, words=words, told=told
            )
            said = {"verdict": verdict.value, "judged_by": by, "judged_at": stamp(now), "line": line}
            connection.execute(insert(verdicts).values(reference=row.reference, link=link, **said))

    def links_of(self, reference: Reference) -> tuple[CaseLink, ...]:
        """Return every link of a case or to it, with what was said of each; BrokenPromise("no-such-case")."""
        with self._store.reading() as connection:
            case_acts.status_of(connection, reference)
            return links_in(self._store, connection, reference)

    def links_to_judge(self) -> Sequence[CaseLink]:
        """Return the suggested links of all cases, not erased, of which nobody has said anything."""
        said = select(verdicts.c.link)
        standing = select(cases.c.reference).where(cases.c.status != ERASED)
        with self._store.reading() as connection:
            mine = links.c.kind.in_(sorted(TO_JUDGE)) & links.c.id.not_in(said) & links.c.reference.in_(standing)
            return _links(self._store, connection, mine)


def notes_in(store: Store, connection: Connection, reference: str) -> tuple[Note, ...]:
    """Return a case's notes, oldest first, opened."""
    rows = connection.execute(select(notes).where(notes.c.reference == reference).order_by(notes.c.id)).all()
    place = _place_of_note(reference)
    return tuple(
        Note(row.id, words_in(store, connection, place, row.note), row.written_by, moment(row.written_at))
        for row in rows
    )


def links_in(store: Store, connection: Connection, reference: str) -> tuple[CaseLink, ...]:
    """Return every link of a case or to it, with what was said of each, opened."""
    return _links(store, connection, (links.c.reference == reference) | (links.c.other == reference))


def _links(store: Store, connection: Connection, mine: ColumnElement[bool]) -> tuple[CaseLink, ...]:
    """Return links by two queries, however many there are."""
    found = connection.execute(select(links).where(mine).order_by(links.c.id)).all()
    joined = verdicts.outerjoin(reasons, reasons.c.line == verdicts.c.line)
    wanted = select(verdicts, reasons.c.reason).select_from(joined).order_by(verdicts.c.id)
    said: dict[int, list[Judgement]] = {}
    for row in connection.execute(wanted.where(verdicts.c.link.in_(select(links.c.id).where(mine)))).all():
        said.setdefault(row.link, []).append(_judgement(store, connection, row))
    return tuple(
        CaseLink(
            row.id, Reference(row.reference), row.kind, MessageId(row.message), row.document,
            Reference(row.other) if row.other else None, tuple(said.get(row.id, ())),
        )
        for row in found
    )  # fmt: skip


def _judgement(store: Store, connection: Connection, row: Row[Any]) -> Judgement:
    reason = words_in(store, connection, place_of_words(row.reference), row.reason)
    return Judgement(LinkVerdict(row.verdict), row.judged_by, moment(row.judged_at), reason)


def _place_of_note(reference: str) -> str:
    return f"case_notes/{reference}"
