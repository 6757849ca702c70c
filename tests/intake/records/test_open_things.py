"""What is open, a page at a time: the gravest kind first, each item on one page, nothing that is closed."""

from datetime import timedelta

import pytest

from intake.domain.case import Letter, LetterKind, LetterState
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message
from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.errors import BrokenPromise
from tests.builders.messages import NOW
from tests.builders.records import Books, everything, moved


def opened(books: Books, *items: ExceptionItem) -> str:
    """Return a held message with these exceptions."""
    message = books.receive()
    books.records.commit(message, moved(Stage.HELD, exceptions=items), now=NOW)
    return message.id


def test_kinds_are_counted_the_gravest_first(books: Books) -> None:
    """A code may be of two severities, and is two kinds then."""
    locked, late = ExceptionItem("locked", Severity.TODAY), ExceptionItem("late-submission", Severity.ATTENTION)
    for items in ((late,), (locked, late), (ExceptionItem("locked", Severity.ALERT),)):
        opened(books, *items)
    kinds = [(one.severity, one.code, one.count) for one in books.records.open_kinds()]
    assert kinds == [("alert", "locked", 1), ("today", "locked", 1), ("attention", "late-submission", 2)]


def test_pages_follow_each_other(books: Books) -> None:
    """Each item stands on exactly one; what is closed on none."""
    ids = [opened(books, ExceptionItem("locked", Severity.TODAY)) for _ in range(5)]
    first = books.records.open_exceptions("today", "locked", limit=2)
    rest = books.records.open_exceptions("today", after=first[-1]["id"])
    assert [one["message"] for one in (*first, *rest)] == ids
    assert books.records.open_exceptions("today", "late-submission") == []
    books.records.close_exception(first[0]["id"], "orla", "done", NOW)
    assert books.records.open_exception(first[0]["id"]) is None
    assert books.records.open_exception(first[1]["id"]) == first[1]
    assert len(books.records.open_exceptions("today")) == 4


def test_letters_that_are_not_delivered_are_counted_whole(books: Books) -> None:
    """However few are shown."""
    for number in range(3):
        message = books.receive()
        letter = Letter(
            LetterKind.RECEIPT, (Private("rae@gmp.example"),), f"{number}@salford.gov.uk", b"", LetterState.WAITING, "x"
        )
        books.records.commit(message, moved(Stage.HELD, letters=(letter,)), now=NOW)
    few, count = books.records.open_letters(2, NOW)
    assert (len(few), count) == (2, 3)
    assert books.records.letter(few[0]["id"]) == {name: said for name, said in few[0].items() if name != "agency"}
    assert books.records.letter(10_000) is None


def test_a_letter_on_its_way_is_nobodys_before_it_is_put_off_or_late(books: Books) -> None:
    """Just ordered it is left out; put off it stands there, and so does one that nobody took for an hour."""
    message, hour = books.receive(), timedelta(hours=1)
    letter = Letter(LetterKind.RECEIPT, (Private("rae@gmp.example"),), "way@salford.gov.uk", b"")
    books.records.commit(message, moved(Stage.HELD, letters=(letter,)), now=NOW)
    assert books.records.open_letters(5, NOW - hour) == ([], 0)
    assert books.records.open_letters(5, NOW)[1] == 1
    (due,) = books.records.due_letters(NOW, 5)
    books.records.letter_attempt(due)
    assert books.records.open_letters(5, NOW - hour)[1] == 0
    books.records.letter_failed(due.id, "connection-refused", NOW + hour, NOW)
    assert books.records.open_letters(5, NOW - hour)[1] == 1


def sent_to(books: Books, name: str) -> Message:
    """Return a message whose receipt the mail server has taken."""
    message = books.receive()
    letter = Letter(LetterKind.RECEIPT, (Private("rae@gmp.example"),), f"{name}@salford.gov.uk", b"")
    books.records.commit(message, moved(Stage.HELD, letters=(letter,)), now=NOW)
    return message


def came_back(books: Books, *items: ExceptionItem) -> Message:
    """Return a mail that brought the letter ``back`` back, and what was opened on it."""
    bounce = books.receive()
    came = moved(Stage.SET_ASIDE, bounced="back@salford.gov.uk", exceptions=items)
    books.records.commit(bounce, came, now=NOW + timedelta(minutes=3))
    return bounce


def test_a_letter_given_up_is_listed_until_its_item_is_closed(books: Books) -> None:
    """On the pages and in the report; its state stays on record."""
    sent_to(books, "lost")
    (due,) = books.records.due_letters(NOW, 5)
    books.records.letter_abandoned(due.id, "550-5.1.1", NOW)
    assert books.records.open_letters(5, NOW)[1] == len(books.records.outbox_lines()) == 1
    (item,) = books.records.open_exceptions("today", "letter-abandoned")
    books.records.close_exception(item["id"], "orla", "rang them", NOW)
    assert books.records.open_letters(5, NOW) == ([], 0)
    assert books.records.outbox_lines() == []
    assert [one["state"] for one in books.records.outbox_rows()] == ["abandoned"]


@pytest.mark.parametrize("item", [ExceptionItem("acknowledgement-bounced", Severity.TODAY), None])
def test_a_letter_that_came_back_is_listed_until_its_item_is_closed(books: Books, item: ExceptionItem | None) -> None:
    """The item is of the mail that brought it back, and is opened there where that mail was given none."""
    sent_to(books, "back")
    (due,) = books.records.due_letters(NOW, 5)
    books.records.letter_sent(due.id, "queue-1", NOW)
    assert books.records.open_letters(5, NOW) == ([], 0)
    bounce = came_back(books, *([item] if item else []))
    assert books.records.open_letters(5, NOW)[1] == len(books.records.outbox_lines()) == 1
    (only,) = books.records.open_exceptions("today", "acknowledgement-bounced")
    assert only["message"] == bounce.id
    books.records.close_exception(only["id"], "orla", "rang them", NOW)
    assert books.records.open_letters(5, NOW) == ([], 0)
    assert books.records.outbox_lines() == []


def test_a_copy_of_what_came_back_opens_nothing_anew(books: Books) -> None:
    """Whoever has dealt with it is not asked again; and what came back twice is listed until both items are closed."""
    sent_to(books, "back")
    (due,) = books.records.due_letters(NOW, 5)
    books.records.letter_sent(due.id, "queue-1", NOW)
    item = ExceptionItem("acknowledgement-bounced", Severity.TODAY)
    came_back(books, item)
    came_back(books, item)
    for left in (1, 0):
        one, *_ = books.records.open_exceptions("today", "acknowledgement-bounced")
        books.records.close_exception(one["id"], "orla", "rang them", NOW)
        assert books.records.open_letters(5, NOW)[1] == left
    came_back(books)
    assert books.records.open_letters(5, NOW) == ([], 0)


def test_each_letter_given_up_has_its_own_item(books: Books) -> None:
    """Closing that of the receipt leaves the alert that reached nobody where it was."""
    message = books.receive()
    order = tuple(
        Letter(kind, (Private("rae@gmp.example"),), f"{kind}@salford.gov.uk", b"")
        for kind in (LetterKind.RECEIPT, LetterKind.SAFETY_ALERT)
    )
    books.records.commit(message, moved(Stage.HELD, letters=order), now=NOW)
    for due in books.records.due_letters(NOW, 5):
        books.records.letter_abandoned(due.id, "550-5.1.1", NOW)
    first, second = books.records.open_exceptions("today", "letter-abandoned")
    for one, left in ((first, 1), (second, 0)):
        books.records.close_exception(one["id"], "orla", "rang them", NOW)
        assert books.records.open_letters(5, NOW)[1] == left


def test_a_letter_that_was_withdrawn_is_nobodys(books: Books) -> None:
    """A person decided that it never goes out: nobody is asked about it again."""
    message = books.receive()
    letter = Letter(
        LetterKind.RECEIPT, (Private("rae@gmp.example"),), "w@salford.gov.uk", b"", LetterState.WAITING, "unknown"
    )
    books.records.commit(message, moved(Stage.HELD, letters=(letter,)), now=NOW)
    ((waits,), _) = books.records.open_letters(5, NOW)
    books.records.withdraw_letter(waits["id"], "orla", "a stranger", NOW)
    assert books.records.open_letters(5, NOW) == ([], 0)
    assert books.records.outbox_lines() == []


@pytest.mark.parametrize("act", ["release_letter", "withdraw_letter"])
def test_whoever_decides_about_a_waiting_letter_closes_the_item_that_it_waits(books: Books, act: str) -> None:
    """In their name and with their reason, when the last of the message's letters is decided about; no other item."""
    message = books.receive()
    order = tuple(
        Letter(kind, (Private("rae@gmp.example"),), f"{kind}@salford.gov.uk", b"", LetterState.WAITING, "unknown")
        for kind in (LetterKind.RECEIPT, LetterKind.ACKNOWLEDGEMENT)
    )
    items = (ExceptionItem("letter-waits-for-release", Severity.TODAY), ExceptionItem("locked", Severity.TODAY))
    books.records.commit(message, moved(Stage.HELD, letters=order, exceptions=items), now=NOW)
    for letter, left in zip(books.records.open_letters(5, NOW)[0], (2, 1), strict=True):
        getattr(books.records, act)(letter["id"], "orla", "known to us", NOW)
        assert len(books.records.open_exceptions("today")) == left
    (closed,) = books.records.closed_exceptions(5)
    assert (closed["code"], closed["closed_by"]) == ("letter-waits-for-release", "orla")


def test_many_seals_open_as_each_by_itself(books: Books) -> None:
    """Under several cases' keys and the ring's own; what was moved to another place opens in neither way."""
    message = books.receive()
    books.records.commit(message, everything(message), now=NOW)
    store = books.records.store
    with store.writing() as connection:
        places = [
            "case_versions/A/1/referral",
            "case_versions/A/1/assessment",
            "case_versions/B/1/referral",
            "safe/1/x",
        ]
        sealed = {place: store.seal(connection, place, place.encode()) for place in places}
        assert store.unseal_all(connection, sealed) == {place: place.encode() for place in places}
        assert store.unseal_all(connection, {}) == {}
        with pytest.raises(BrokenPromise, match="seal-broken"):
            store.unseal_all(connection, {places[0]: sealed[places[1]]})
