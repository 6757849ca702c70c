"""Reading again, corrections and unlocking in the records: whole or not at all, on each database."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from intake.domain.differences import differences
from intake.domain.findings import ExceptionItem, Finding, Severity
from intake.domain.message import Message
from intake.domain.outcome import DocumentRecord
from intake.domain.private import Private
from intake.domain.rereading import ReadAgain, Rereading, Standing
from intake.domain.stages import Stage
from intake.errors import BrokenPromise, Overtaken
from intake.records.reading_tables import generations
from intake.records.schema import findings
from tests.builders.messages import NOW
from tests.builders.records import Books, dies_at, everything, kill, moved
from tests.builders.referrals import referral

LOCKED = moved(
    Stage.HELD,
    documents=(DocumentRecord(1, "pdf", 9, "ab" * 32, "locked", None, "none", None),),
    exceptions=(ExceptionItem("locked", Severity.TODAY),),
)


def registered(books: Books) -> Message:
    """Return a registered message with one form."""
    message = books.receive()
    books.records.commit(message, everything(message), now=NOW)
    return books.records.message(message.id)


def otherwise(standing: Standing) -> Rereading:
    """Return a rereading in which the form says one thing less and is late no more."""
    (form,) = standing.forms
    assert form.assessment is not None
    read = replace(form.read, readings=form.read.readings[1:])
    found = replace(form.assessment, findings=(Finding("incomplete", form.document),))
    return Rereading((ReadAgain(form, read, differences(form.read, read), found),))


def test_a_new_reading_is_the_one_that_stands_and_the_old_one_stays(books: Books) -> None:
    """Both generations can be opened; findings that hold no longer say since which reading; no stage moves."""
    message = registered(books)
    before = books.records.standing(message.id)
    result = otherwise(before)
    books.records.read_again(before, result, NOW)
    (now,) = books.records.standing(message.id).forms
    assert (now.generation, now.read) == (2, result.forms[0].read)
    assert [one.code for one in books.records.findings_of(message.id)] == ["incomplete"]
    with books.engine.connect() as connection:
        ended = connection.execute(select(findings.c.superseded).where(findings.c.code == "late-submission"))
        assert ended.scalars().all() == [2]
        assert connection.execute(select(generations.c.generation)).scalars().all() == [2]
    assert books.records.message(message.id).stage is Stage.REGISTERED
    assert books.told()[-1]["event"] == "read-again"
    assert books.discrepancies() == []


def test_a_rereading_of_what_no_longer_stands_is_refused(books: Books) -> None:
    """Read again, or corrected, by somebody else in between: nothing of this one is written."""
    message = registered(books)
    seen = books.records.standing(message.id)
    books.records.read_again(seen, otherwise(seen), NOW)
    rows = books.all_rows()
    with pytest.raises(Overtaken):
        books.records.read_again(seen, otherwise(seen), NOW)
    assert books.all_rows() == rows


def test_what_a_person_keyed_wins_over_every_reading(books: Books) -> None:
    """Keyed once, a value is shown whatever is read again, sealed and by name; a stale rereading is refused."""
    message = registered(books)
    seen = books.records.standing(message.id)
    (form,) = seen.forms
    assert form.reference is not None
    assert form.version is not None
    answer = form.read.readings[0]
    keyed = Private("Tim Madeup")
    books.records.key_value(form.reference, form.version, answer.field, answer.child, keyed, "orla", "rang", NOW)
    with pytest.raises(Overtaken):
        books.records.read_again(seen, otherwise(seen), NOW)
    seen = books.records.standing(message.id)
    books.records.read_again(seen, otherwise(seen), NOW)
    (shown,) = books.records.referrals(message.id)
    said = [one.text for one in shown.readings if (one.field, one.child) == (answer.field, answer.child)]
    assert said == [keyed]
    assert "Tim" not in str(books.all_rows())
    assert books.discrepancies() == []


def test_dying_anywhere_leaves_all_of_a_rereading_or_nothing(books: Books) -> None:
    """Killed before any statement or the commit, the rows are as before; then the same act is done in full."""
    message = registered(books)
    seen = books.records.standing(message.id)
    rows = books.all_rows()
    number = 1
    while dies_at(books, number, kill, lambda: books.records.read_again(seen, otherwise(seen), NOW)):
        assert books.all_rows() == rows
        number += 1
    assert number > 1
    assert books.records.standing(message.id).forms[0].generation == 2
    assert books.discrepancies() == []


def test_every_message_with_a_form_is_found_from_a_day_on(books: Books) -> None:
    """Held without a form it is none to read again; received before the day it is left out."""
    message = registered(books)
    books.records.commit(books.receive(), LOCKED, now=NOW)
    assert list(books.records.with_readings()) == [message.id]
    assert list(books.records.with_readings(message.arrival.received_at)) == [message.id]
    assert list(books.records.with_readings(NOW.replace(year=NOW.year + 1))) == []


def test_what_a_password_opened_goes_on_in_a_persons_name(books: Books) -> None:
    """The exception is closed, the forms are there, the log names who; a second person comes too late."""
    message = books.receive()
    books.records.commit(message, LOCKED, now=NOW)
    held = books.records.message(message.id)
    assert books.records.has_locked(message.id)
    opened = moved(
        Stage.PARSED,
        documents=(replace(LOCKED.documents[0], state="read", recognised="ours"),),
        referrals=(replace(referral(), document=1),),
    )
    books.records.unlocked(held, opened, "orla", "unlocked with the password", NOW)
    assert books.records.message(message.id).stage is Stage.PARSED
    assert len(books.records.referrals(message.id)) == 1
    assert books.records.exceptions_of(message.id) == []
    assert not books.records.has_locked(message.id)
    assert [line["event"] for line in books.told()[-2:]] == ["unlocked", "exception-closed"]
    with pytest.raises(Overtaken):
        books.records.unlocked(held, opened, "tam", "unlocked with the password", NOW)
    assert books.discrepancies() == []


def test_a_password_sends_nothing_a_way_that_is_not_a_persons(books: Books) -> None:
    """Only what is held can be unlocked, and only to go on or to wait."""
    message = books.receive()
    with pytest.raises(BrokenPromise, match="no-way-for-people"):
        books.records.unlocked(message, moved(Stage.PARSED), "orla", "why", NOW)
    books.records.commit(message, LOCKED, now=NOW)
    with pytest.raises(BrokenPromise, match="no-way-for-people"):
        books.records.unlocked(books.records.message(message.id), moved(Stage.SET_ASIDE), "orla", "why", NOW)


def test_a_password_that_opens_nothing_is_counted_and_changes_nothing(books: Books) -> None:
    """One line of the log with who and why; stage and exception stay."""
    message = books.receive()
    books.records.commit(message, LOCKED, now=NOW)
    before = books.all_rows()["messages"]
    books.records.unlock_failed(message.id, "orla", "wrong-password", NOW)
    assert books.all_rows()["messages"] == before
    assert (books.told()[-1]["event"], books.told()[-1]["why"]) == ("unlock-failed", "wrong-password")
    assert len(books.records.exceptions_of(message.id)) == 1
