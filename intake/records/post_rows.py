"""The facts of what came by post and what went: alerts, mails with a form, answers to senders; plain columns alone."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, literal, or_, select

from intake.domain.case import LetterKind, LetterState
from intake.domain.figure_facts import AlertFact, FormMailFact, LetterFact, Period
from intake.domain.findings import Severity
from intake.records.codec import moment, stamp
from intake.records.figures_rows import WRONG_FORM
from intake.records.schema import exceptions, letters, messages, versions
from intake.records.store import Store

UNREAD_FAMILIES = ("locked", "over-limit", "unopened", "unreadable", "unsupported")
"""How codes begin of what a mail brought and the program could not read."""
UNREAD_CODES = ("link-only", "body-not-read-whole")
ANSWERS = (LetterKind.ACKNOWLEDGEMENT.value, LetterKind.RECEIPT.value)


class PostFacts:
    """Reads for the figures of the post."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def alert_facts(self, period: Period) -> Iterator[AlertFact]:
        """Give every alert raised in a period; another service's form is counted as misdirected, not here."""
        mine = (exceptions.c.severity == Severity.ALERT.value, exceptions.c.code != WRONG_FORM)
        raised = exceptions.c.opened_at
        with self._store.reading() as connection:
            rows = connection.execute(select(raised, exceptions.c.closed_at).where(*mine, *_within(raised, period)))
            for opened, closed in rows.all():
                yield AlertFact(moment(opened), moment(closed) if closed else None)

    def form_mail_facts(self, period: Period) -> Iterator[FormMailFact]:
        """Give every mail received in a period with a registered form, or with something that could not be read."""
        registered = select(versions.c.message, literal(0).label("unread"))
        each = registered.union_all(select(exceptions.c.message, literal(1)).where(is_unread())).subquery()
        mails = select(each.c.message, func.max(each.c.unread).label("unread")).group_by(each.c.message).subquery()
        wanted = select(messages.c.received_at, mails.c.unread).join(mails, mails.c.message == messages.c.id)
        within = _within(messages.c.received_at, period)
        with self._store.reading() as connection:
            for received, unread in connection.execute(wanted.where(*within)).all():
                yield FormMailFact(moment(received), not unread)

    def letter_facts(self, period: Period) -> Iterator[LetterFact]:
        """Give every answer to a sender that was ordered in a period."""
        ordered = letters.c.ordered_at
        wanted = select(ordered, letters.c.state, letters.c.bounced_at).where(letters.c.kind.in_(ANSWERS))
        with self._store.reading() as connection:
            for at, state, bounced in connection.execute(wanted.where(*_within(ordered, period))).all():
                yield LetterFact(moment(at), LetterState(state), has_bounced=bounced is not None)


def is_unread() -> ColumnElement[bool]:
    """Return the condition that an exception is about something that could not be read."""
    families = (exceptions.c.code.startswith(family, autoescape=True) for family in UNREAD_FAMILIES)
    return or_(exceptions.c.code.in_(UNREAD_CODES), *families)


def _within(at: ColumnElement[str], period: Period) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return at >= stamp(period.begins), at < stamp(period.after)
