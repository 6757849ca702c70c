"""The records: messages, intake log, case register, exceptions, outbox, in one SQL database.

:class:`SqlRecords` is the room's door; the modules behind it are one concern each. Every write is one transaction with
its line in the intake log. Start at :mod:`intake.records.legs`: committing an outcome.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, func, select

from intake.domain.case import Assessment, KnownCase, Reference
from intake.domain.delivery import LettersOrdered
from intake.domain.findings import ExceptionItem, Finding, Severity
from intake.domain.message import Message, MessageId
from intake.domain.outcome import Outcome
from intake.domain.private import Private
from intake.domain.referral import Referral
from intake.domain.stages import Stage
from intake.domain.verdict import Screening
from intake.errors import BrokenPromise
from intake.records import case_register, legs, letters
from intake.records.case_files import CaseFiles
from intake.records.codec import decode, stamp
from intake.records.corrections import Corrections
from intake.records.disclosing import Disclosing
from intake.records.figures_rows import FigureFacts
from intake.records.holding import Holding
from intake.records.keeping import Keeping
from intake.records.key_notes import KeyNotes
from intake.records.leases import Leases
from intake.records.letters import Outbox
from intake.records.messages import Messages
from intake.records.morning import Morning
from intake.records.open_things import OpenThings
from intake.records.pages import Pages
from intake.records.people import People
from intake.records.post_rows import PostFacts
from intake.records.reasons import Reasons
from intake.records.rereading import ReadingsAgain
from intake.records.ring import Ring
from intake.records.schema import cases, exceptions, findings, intake_log, messages
from intake.records.show import Shows
from intake.records.staff import Staff
from intake.records.staff_sessions import Sessions
from intake.records.store import Store
from intake.records.subjects import Subjects
from intake.records.trails import Trails
from intake.records.ways import Ways


class SqlRecords(
    Messages, Outbox, Leases, Shows, People, Corrections, ReadingsAgain, Ways, CaseFiles, Keeping, Pages, Staff,
    Sessions, FigureFacts, PostFacts, OpenThings, KeyNotes, Reasons, Trails, Morning, Holding, Disclosing, Subjects,
):  # fmt: skip
    """All of the records on one database: :class:`intake.ports.Records`, the outbox, what watch and the pages need."""

    def __init__(self, engine: Engine, ring: Ring, *anchors: Path) -> None:
        """Use a migrated database (:func:`intake.records.upgrading.upgrade`); its heads are kept in these files."""
        self.store = Store(engine, ring, *anchors)
        super().__init__(self.store)

    def commit(self, message: Message, outcome: Outcome, *, now: datetime) -> None:
        """Write the outcome whole or not at all; raises Overtaken when another worker moved the message first."""
        legs.commit(self.store, message, outcome, now)

    def letter_of(self, header_message_ids: Sequence[str]) -> tuple[MessageId, Sequence[Reference]] | None:
        """Return whose letter of ours bears one of these Message-IDs, and the references it spoke of."""
        return letters.letter_of(self.store, header_message_ids)

    def letters_ordered(self, address: Private, since: datetime) -> LettersOrdered:
        """Count letters ordered since then: to an address, by agency and in all (the caps)."""
        return letters.ordered(self.store, address, since)

    def screening(self, message: MessageId) -> Screening:
        """Return what was durable at SCREENED; BrokenPromise("not-screened")."""
        with self.store.reading() as connection:
            sealed = connection.execute(
                select(messages.c.screening).where(messages.c.id == message)
            ).scalar_one_or_none()
            if sealed is None:
                raise BrokenPromise("not-screened")
            return decode(self.store.unseal(connection, f"messages/{message}/screening", sealed), Screening)

    def referrals(self, message: MessageId) -> Sequence[Referral]:
        """Return the forms of ours as they stand, opened from their seal: read last, with what people keyed."""
        return [form.shown for form in self.standing(message).forms]

    def assessments(self, message: MessageId) -> Sequence[Assessment]:
        """Return what was found out about the forms as they stand."""
        found = (form.assessment for form in self.standing(message).forms)
        return [assessment for assessment in found if assessment is not None]

    def exceptions_of(self, message: MessageId) -> Sequence[ExceptionItem]:
        """Return the open exceptions of a message."""
        mine = (exceptions.c.message == message, exceptions.c.closed_at.is_(None))
        with self.store.reading() as connection:
            rows = connection.execute(select(exceptions).where(*mine).order_by(exceptions.c.id)).all()
        return [ExceptionItem(row.code, Severity(row.severity), row.reference, row.document) for row in rows]

    def findings_of(self, message: MessageId) -> Sequence[Finding]:
        """Return the findings of a message that hold by the newest reading."""
        holding = (findings.c.message == message, findings.c.superseded.is_(None))
        with self.store.reading() as connection:
            rows = connection.execute(select(findings).where(*holding).order_by(findings.c.id))
            return [Finding(row.code, row.document, decode(row.detail.encode(), dict[str, str | int])) for row in rows]

    def known_cases(self, referral: Referral) -> Sequence[KnownCase]:
        """Return registered versions sharing the file, a child or the incident, found by blind index."""
        return case_register.known_cases(self.store, referral)

    def reference_taken(self, reference: Reference) -> bool:
        """Tell whether a reference is in use."""
        with self.store.reading() as connection:
            mine = select(cases.c.reference).where(cases.c.reference == reference)
            return connection.execute(mine).one_or_none() is not None

    def receipts(self, since: datetime | None = None) -> int:
        """Count the receipts in the intake log (not the rows of messages), all or those since then."""
        wanted = select(func.count()).select_from(intake_log).where(intake_log.c.event == "received")
        with self.store.reading() as connection:
            return int(
                connection.execute(
                    wanted if since is None else wanted.where(intake_log.c.at >= stamp(since))
                ).scalar_one()
            )

    def messages_by_stage(self) -> dict[Stage, int]:
        """Count the rows of messages at each stage."""
        return self.counts()
