"""What only people may do: by name, with a reason that is sealed, and a line of the log for each."""

import pytest
from sqlalchemy import select

from intake.domain.case import Letter, LetterKind, LetterState
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.private import Private
from intake.domain.stages import PEOPLES_WAYS, Stage
from intake.errors import BrokenPromise
from intake.records.schema import reasons
from tests.builders.messages import NOW
from tests.builders.records import Books, moved

ADDRESS = Private("rae.ferrer@gmp.example")


def letter(state: LetterState = LetterState.QUEUED, kind: LetterKind = LetterKind.RECEIPT, name: str = "one") -> Letter:
    """Return a letter."""
    return Letter(kind, (ADDRESS,), f"{name}@salford.gov.uk", b"A letter.", state, "unverified")


@pytest.mark.parametrize("here", sorted(PEOPLES_WAYS))
def test_a_person_goes_the_ways_for_people_and_no_other(books: Books, here: Stage) -> None:
    """Each way on the map can be gone; any other is refused and nothing is written."""
    for there in Stage:
        message = books.receive()
        books.records.commit(message, moved(here), now=NOW)
        before = books.all_rows()
        if there in PEOPLES_WAYS[here]:
            books.records.move_by_person(message.id, there, "orla", "Tam Madeup's form is fine", NOW)
            assert books.records.message(message.id).stage is there
            assert books.told()[-1]["event"] == "moved-by-person"
            continue
        with pytest.raises(BrokenPromise, match="no-way-for-people"):
            books.records.move_by_person(message.id, there, "orla", "why not", NOW)
        assert books.all_rows() == before
    assert books.discrepancies() == []


def test_a_reason_is_kept_sealed(books: Books) -> None:
    """The words are a person's own and may name a child: they open with the ring alone."""
    message = books.receive()
    books.records.commit(message, moved(Stage.HELD), now=NOW)
    books.records.move_by_person(message.id, Stage.RECEIVED, "orla", "Tam Madeup again", NOW)
    with books.engine.connect() as connection:
        sealed = connection.execute(select(reasons.c.reason)).scalar_one()
        assert b"Tam" not in sealed
        opened_again = books.records.store.unseal(connection, f"reasons/{message.id}", sealed)
    assert opened_again == b"Tam Madeup again"
    assert "Tam" not in str(books.log())


def test_a_message_walked_again_opens_and_writes_nothing_twice(books: Books) -> None:
    """Sent back by a person, it is held again: one receipt, one open exception, whatever the machine decides anew."""
    item = ExceptionItem("locked", Severity.TODAY)
    held = moved(Stage.HELD, exceptions=(item,), letters=(letter(),))
    message = books.receive()
    books.records.commit(message, held, now=NOW)
    books.records.move_by_person(message.id, Stage.RECEIVED, "orla", "the password came", NOW)
    books.records.commit(books.records.message(message.id), held, now=NOW)
    assert books.records.exceptions_of(message.id) == [item]
    assert len(books.records.outbox_rows()) == 1


def test_an_exception_is_closed_once(books: Books) -> None:
    """Closed is closed: it is no longer open, the log tells who did it, and a second time is refused."""
    message = books.receive()
    books.records.commit(message, moved(Stage.HELD, exceptions=(ExceptionItem("locked", Severity.TODAY),)), now=NOW)
    (row,) = books.records.exception_rows()
    books.records.close_exception(row["id"], "orla", "rang them", NOW)
    assert books.records.exception_rows() == []
    assert books.told()[-1]["event"] == "exception-closed"
    for wrong, code in ((row["id"], "already-closed"), (999, "no-such-exception")):
        with pytest.raises(BrokenPromise, match=code):
            books.records.close_exception(wrong, "orla", "again", NOW)


def test_a_waiting_letter_goes_out_only_when_released(books: Books) -> None:
    """It is not due before; released it is; and nothing but a waiting letter can be released."""
    message = books.receive()
    books.records.commit(message, moved(Stage.HELD, letters=(letter(LetterState.WAITING),)), now=NOW)
    assert books.records.due_letters(NOW, 9) == []
    (row,) = books.records.outbox_rows()
    books.records.release_letter(row["id"], "orla", "known to us", NOW)
    (due,) = books.records.due_letters(NOW, 9)
    assert (due.id, due.letter.state) == (row["id"], LetterState.QUEUED)
    for wrong, code in ((row["id"], "letter-not-waiting"), (999, "no-such-letter")):
        with pytest.raises(BrokenPromise, match=code):
            books.records.release_letter(wrong, "orla", "again", NOW)
    assert [line["event"] for line in books.told()][-1] == "letter-released"


def test_an_unacted_alert_is_one_reminder_a_message(books: Books) -> None:
    """Two alerts of one mail are told together, also where the first letter could not be delivered."""
    items = tuple(ExceptionItem(code, Severity.ALERT) for code in ("child-at-risk-now", "words-of-danger"))
    alert = letter(kind=LetterKind.SAFETY_ALERT)
    message = books.receive()
    books.records.commit(message, moved(Stage.HELD, exceptions=items, letters=(alert,)), now=NOW)
    (due,) = books.records.due_letters(NOW, 9)
    later = NOW.replace(hour=23)
    assert books.records.unacted_alerts(later) == []
    books.records.letter_abandoned(due.id, "550", NOW)
    (unacted,) = books.records.unacted_alerts(later)
    assert unacted.codes == ("child-at-risk-now", "words-of-danger")
    assert unacted.received == message.arrival.received_at
    books.records.alert_repeated(message.id, later)
    assert books.records.unacted_alerts(later) == []


def test_what_was_sent_stays_sent(books: Books) -> None:
    """A second post that failed with a letter the first had delivered changes nothing."""
    message = books.receive()
    books.records.commit(message, moved(Stage.HELD, letters=(letter(),)), now=NOW)
    (due,) = books.records.due_letters(NOW, 9)
    books.records.letter_sent(due.id, "ABC", NOW)
    books.records.letter_abandoned(due.id, "550", NOW)
    (row,) = books.records.outbox_rows()
    assert (row["state"], row["queue_code"]) == ("sent", "ABC")
    assert books.records.exception_rows() == []
