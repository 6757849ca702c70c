"""The facts the unit's figures are made of, from plain columns only: nothing sealed is opened, a page at a time.

An erased case stays what it was here: the day it came, its agency, its band and its sign-off.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from intake.domain.case import Assessment, LetterKind, LetterState, ReferralType
from intake.domain.case_way import Standing, Step
from intake.domain.figure_facts import MessageFact, Period, ReferralFact
from intake.domain.sign_off import QAStatus
from intake.domain.stages import Stage
from intake.domain.timeliness import Band, SubmissionTimeliness
from intake.errors import BrokenPromise
from intake.records import generations
from intake.records.codec import decode, moment, stamp
from intake.records.emptying import ERASED
from intake.records.schema import cases, exceptions, letters, messages, versions
from intake.records.store import Store
from intake.records.ways import standings

PAGE = 500
WRONG_FORM = "wrong-form"
"""The alert of a misdirected form; the message's own reason goes when a person moves it, this stays."""


class FigureFacts:
    """Reads for the figures."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def referral_facts(self, period: Period) -> Iterator[ReferralFact]:
        """Give every case first received in a period, as its newest version has it, in the order of references.

        Days from the incident stand sealed in its assessment: they alone are taken from it, and nothing that is erased.
        """
        after = ""
        while True:
            wanted = _cases(period).where(cases.c.reference > after).order_by(cases.c.reference).limit(PAGE)
            with self._store.reading() as connection:
                page = connection.execute(wanted).all()
                ways = standings(connection, [row.reference for row in page])
                days = self._days(connection, page)
                facts = [_referral(row, days.get(row.reference), ways.get(row.reference, {})) for row in page]
            yield from facts
            if len(page) < PAGE:
                return
            after = page[-1].reference

    def _days(self, connection: Connection, page: Sequence[Row[Any]]) -> dict[str, SubmissionTimeliness]:
        """Return what was found of each case's days, by reference; nothing of an erased one."""
        standing = [row for row in page if row.status != ERASED]
        later = generations.assessments(connection, {row.message for row in standing})
        sealed = {
            row.reference: later.get((row.message, row.document))
            or (f"case_versions/{row.reference}/{row.version}/assessment", row.assessment)
            for row in standing
        }
        opened = self._what_opens(connection, dict(sealed.values()))
        return {
            case: decode(opened[place], Assessment).timeliness for case, (place, _) in sealed.items() if place in opened
        }

    def _what_opens(self, connection: Connection, sealed: dict[str, bytes]) -> dict[str, bytes]:
        """Open all with one look for their keys; where one does not open, each by itself, and that one is left out."""
        with suppress(BrokenPromise):
            return self._store.unseal_all(connection, sealed)
        opened = {}
        for place, text in sealed.items():
            with suppress(BrokenPromise):
                opened[place] = self._store.unseal(connection, place, text)
        return opened

    def message_facts(self, period: Period, *, misdirected: bool = False) -> Iterator[MessageFact]:
        """Give every message received in a period, or those that once held another service's form, as we got them."""
        after = 0
        while True:
            with self._store.reading() as connection:
                page = _messages(connection, period, after, misdirected=misdirected)
            yield from map(_message, page)
            if len(page) < PAGE:
                return
            after = page[-1].number


def _cases(period: Period) -> Select[Any]:
    """Select each case once: its newest version's columns, and when the letter about its first form was taken."""
    begin, after = period.begins, period.after
    edges = (
        select(
            versions.c.reference,
            func.min(versions.c.version).label("first"),
            func.max(versions.c.version).label("last"),
        )
        .group_by(versions.c.reference)
        .subquery()
    )
    first, last = versions.alias("first_version"), versions.alias("last_version")
    answer = and_(
        letters.c.message == first.c.message,
        letters.c.kind == LetterKind.ACKNOWLEDGEMENT.value,
        letters.c.state == LetterState.SENT.value,
    )
    joined = (
        cases.join(edges, edges.c.reference == cases.c.reference)
        .join(first, and_(first.c.reference == cases.c.reference, first.c.version == edges.c.first))
        .join(last, and_(last.c.reference == cases.c.reference, last.c.version == edges.c.last))
        .outerjoin(letters, answer)
    )
    columns = (
        cases.c.reference, cases.c.status, cases.c.first_received_at, last.c.version, last.c.agency, last.c.band,
        last.c.qa_status, last.c.type, last.c.missing, last.c.assessment, last.c.message, last.c.document,
    )  # fmt: skip
    within = (cases.c.first_received_at >= stamp(begin), cases.c.first_received_at < stamp(after))
    return select(*columns, letters.c.ended_at).select_from(joined).where(*within)


def _messages(connection: Connection, period: Period, after: int, *, misdirected: bool) -> list[Row[Any]]:
    """Return a page of messages; each has at most one alert of a misdirected form that counts, the one first opened."""
    begin, end = period.begins, period.after
    alert = (
        select(exceptions.c.message, func.min(exceptions.c.closed_at).label("closed_at"))
        .where(exceptions.c.code == WRONG_FORM)
        .group_by(exceptions.c.message)
        .subquery()
    )
    wanted = (
        select(messages, alert.c.message.label("misdirected"), alert.c.closed_at)
        .join(alert, alert.c.message == messages.c.id, isouter=not misdirected)
        .where(messages.c.number > after, messages.c.received_at >= stamp(begin), messages.c.received_at < stamp(end))
    )
    return list(connection.execute(wanted.order_by(messages.c.number).limit(PAGE)))


def _referral(row: Row[Any], days: SubmissionTimeliness | None, way: Standing) -> ReferralFact:
    on = {step: entry.day for step, entry in way.items()}
    decided = way.get(Step.DECIDED)
    return ReferralFact(
        agency=row.agency,
        received_at=moment(row.first_received_at),
        band=Band(row.band),
        qa=QAStatus(row.qa_status),
        acknowledged_at=moment(row.ended_at) if row.ended_at else None,
        calendar_days=days.calendar_days if days else None,
        working_days=days.working_days if days else None,
        panel_on=on.get(Step.SENT_TO_PANEL),
        decided_on=on.get(Step.DECIDED),
        decision=decided.decision if decided else None,
        notified_on=on.get(Step.NOTIFIED),
        reviewed_on=on.get(Step.RAPID_REVIEW_DONE),
        referral_type=ReferralType(row.type),
        missing=tuple(json.loads(row.missing)),
    )


def _message(row: Row[Any]) -> MessageFact:
    """Return a message; one that was registered in the end was no other service's form."""
    is_misdirected = row.misdirected is not None and row.stage != Stage.REGISTERED.value
    dealt_with = moment(row.closed_at) if row.closed_at else None
    return MessageFact(moment(row.received_at), row.agency, is_misdirected, dealt_with)
