"""The facts of the figures: each case and message once, as the plain columns have them, on each database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from intake.domain.case import DuplicateVerdict, Reference, Relation
from intake.domain.case_way import Decision, Step
from intake.domain.figure_facts import Period
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message
from intake.domain.private import Private
from intake.domain.sign_off import QAStatus
from intake.domain.stages import Stage
from intake.domain.timeliness import Band
from intake.records import figures_rows
from intake.records.exceptions import open_all
from intake.records.figures_rows import FigureFacts
from intake.records.schema import cases, letters, messages
from tests.builders.messages import NOW, RECEIVED
from tests.builders.records import Books, everything, moved

NOVEMBER = Period(date(2026, 11, 20), date(2026, 11, 21))


def registered(books: Books) -> Message:
    """Return a registered message with one form."""
    message = books.receive()
    books.records.commit(message, everything(message), now=NOW)
    return message


def facts(books: Books) -> FigureFacts:
    """Return the reader of what was written."""
    return FigureFacts(books.records.store)


def test_a_case_is_what_its_columns_say(books: Books) -> None:
    """Agency, receipt, band and sign-off; days are sealed and not given; no letter sent, no acknowledgement."""
    registered(books)
    (one,) = facts(books).referral_facts(NOVEMBER)
    assert (one.agency, one.received_at, one.band, one.qa) == ("gmp", RECEIVED, Band.CANNOT_SAY, QAStatus.CONFIRMED)
    assert (one.calendar_days, one.working_days, one.acknowledged_at, one.decided_on) == (None, None, None, None)


def test_it_is_acknowledged_when_the_server_took_the_letter(books: Books) -> None:
    """Not when it was written, nor while it is on its way."""
    registered(books)
    with books.engine.connect() as connection:
        letter = connection.execute(select(letters.c.id)).scalar_one()
    books.records.letter_sent(letter, "4Rj1", NOW + timedelta(minutes=3))
    (one,) = facts(books).referral_facts(NOVEMBER)
    assert one.acknowledged_at == NOW + timedelta(minutes=3)


def test_its_way_is_what_holds_of_it_now(books: Books) -> None:
    """A day that was corrected counts as corrected, a step taken back not at all."""
    registered(books)
    with books.engine.connect() as connection:
        reference = Reference(connection.execute(select(cases.c.reference)).scalar_one())
    first, second = NOW.date(), NOW.date() + timedelta(days=1)
    later, record = NOW + timedelta(days=5), books.records.record_step
    record(reference, Step.SENT_TO_PANEL, first, "orla", later)
    record(reference, Step.SENT_TO_PANEL, second, "orla", later)
    words = Private("the criteria are met")
    record(reference, Step.DECIDED, second, "orla", later, decision=Decision.CRITERIA_MET, words=words)
    record(reference, Step.NOTIFIED, second, "orla", later)
    books.records.take_back_step(reference, Step.NOTIFIED, "orla", "not sent after all", later)
    (one,) = facts(books).referral_facts(NOVEMBER)
    assert (one.panel_on, one.decided_on, one.decision) == (second, second, Decision.CRITERIA_MET)
    assert (one.notified_on, one.reviewed_on) == (None, None)


def test_a_letter_given_up_acknowledges_nothing(books: Books) -> None:
    """An abandoned one ended too, and nobody has it."""
    registered(books)
    with books.engine.connect() as connection:
        letter = connection.execute(select(letters.c.id)).scalar_one()
    books.records.letter_abandoned(letter, "refused", NOW)
    assert [one.acknowledged_at for one in facts(books).referral_facts(NOVEMBER)] == [None]


def test_a_form_that_came_again_is_no_second_referral(books: Books) -> None:
    """A later version changes what the case says, and neither its number nor when it was received."""
    message = registered(books)
    with books.records.store.writing() as connection:
        reference = connection.execute(select(cases.c.reference)).scalar_one()
    again = books.receive()
    outcome = everything(again)
    (entry,) = outcome.entries
    found = replace(
        entry.assessment, agency="salford-council", duplicate=DuplicateVerdict(Relation.NEW_VERSION, reference)
    )
    later = replace(entry, reference=reference, assessment=found, exceptions=())
    books.records.commit(again, replace(outcome, entries=(later,), exceptions=(), letters=()), now=NOW)
    (one,) = facts(books).referral_facts(NOVEMBER)
    assert (one.agency, one.received_at) == ("salford-council", message.arrival.received_at)


def test_only_what_came_in_the_period_is_read(books: Books) -> None:
    """Months are London's: from the first moment of the first to the last of the last."""
    registered(books)
    with books.records.store.writing() as connection:
        connection.execute(update(messages).values(received_at="2026-11-30T23:59:59.999999+00:00"))
        connection.execute(update(cases).values(first_received_at="2026-11-30T23:59:59.999999+00:00"))
    for day, count in ((date(2026, 11, 1), 1), (date(2026, 12, 1), 0), (date(2026, 10, 1), 0)):
        assert len(list(facts(books).referral_facts(Period(day, day)))) == count
        assert len(list(facts(books).message_facts(Period(day, day)))) == count


def test_a_misdirected_form_stays_one_when_a_person_moves_it_on(books: Books) -> None:
    """It is dealt with when its alert is closed; set aside, it is still counted."""
    message = books.receive()
    alert = ExceptionItem("wrong-form", Severity.ALERT)
    books.records.commit(message, moved(Stage.HELD, exceptions=(alert,)), now=NOW)
    (before,) = facts(books).message_facts(NOVEMBER)
    assert (before.is_misdirected, before.dealt_with_at) == (True, None)
    books.records.close_exception(books.records.exception_rows()[0]["id"], "orla", "passed on", NOW)
    books.records.move_by_person(message.id, Stage.SET_ASIDE, "orla", "passed on", NOW)
    (after,) = facts(books).message_facts(NOVEMBER)
    assert (after.is_misdirected, after.dealt_with_at) == (True, NOW)


def test_what_was_registered_after_all_was_not_misdirected(books: Books) -> None:
    """A person's second look counts."""
    message = registered(books)
    with books.records.store.writing() as connection:
        open_all(connection, message.id, [ExceptionItem("wrong-form", Severity.ALERT)], NOW)
    assert [one.is_misdirected for one in facts(books).message_facts(NOVEMBER)] == [False]


def test_pages_leave_nothing_out(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """However short the pages, every case and message is given once."""
    monkeypatch.setattr(figures_rows, "PAGE", 2)
    for _ in range(5):
        registered(books)
    with books.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(messages)).scalar_one() == 5
    assert len(list(facts(books).referral_facts(NOVEMBER))) == 5
    assert len(list(facts(books).message_facts(NOVEMBER))) == 5
    assert list(facts(books).message_facts(NOVEMBER, misdirected=True)) == []
