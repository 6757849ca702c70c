"""Cases on record that wait for nobody: registered, decided by the panel, linked to another."""

from sqlalchemy import insert, select, update

from intake.domain.case import Reference
from intake.domain.case_way import Decision, Step
from intake.domain.private import Private
from intake.domain.working_days import local_date
from intake.records.schema import exceptions, letters, links
from tests.builders.messages import NOW
from tests.builders.records import Books, everything

TODAY = local_date(NOW)
RATIONALE = Private("the panel found abuse known and harm serious")
ACT = ("orla", "asked for by the panel", NOW)


def registered(books: Books) -> Reference:
    """Register a case that waits for nobody."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    with books.records.store.writing() as connection:
        connection.execute(update(exceptions).values(closed_at="2026-11-16", closed_by="orla"))
        connection.execute(update(letters).values(state="sent", queue_code="250"))
    return outcome.entries[0].reference


def decided(books: Books, decision: Decision = Decision.CRITERIA_MET) -> Reference:
    """Register a case and let its panel decide."""
    reference = registered(books)
    books.records.record_step(reference, Step.SENT_TO_PANEL, TODAY, "orla", NOW)
    books.records.record_step(reference, Step.DECIDED, TODAY, "orla", NOW, decision=decision, words=RATIONALE)
    return reference


def linked(books: Books, reference: Reference, other: Reference | None, kind: str = "same-incident") -> int:
    """Link a case to another; return the link's number."""
    message = books.receive().id
    with books.records.store.writing() as connection:
        connection.execute(insert(links).values(reference=reference, message=message, kind=kind, other=other))
        return int(connection.execute(select(links.c.id).where(links.c.message == message)).scalar_one())
