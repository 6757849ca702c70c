"""Whom an access request is about is found by keyed digests, on SQLite and on PostgreSQL, and only while it is kept."""

from intake.domain.case import Reference
from intake.domain.referral import Referral
from intake.domain.subject import Found, Subject, subject
from tests.builders.messages import NOW
from tests.builders.records import Books, everything


def registered(books: Books) -> tuple[Reference, Referral]:
    """Register a case and put it at rest; return it with its form."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    for row in books.records.exception_rows():
        books.records.close_exception(row["id"], "orla", "done", NOW)
    for line in books.records.due_letters(NOW, 10):
        books.records.letter_sent(line.id, "250 taken", NOW)
    return outcome.entries[0].reference, outcome.referrals[0]


def asked_for(form: Referral, born: str | None = None) -> Subject:
    """Return the form's first child as somebody else may write it, with another day of birth where one is given."""
    name, day = form.answer("child.name", 1), form.answer("child.dob", 1)
    assert name is not None
    assert day is not None
    wanted = subject(f"  {name.upper()} ", day if born is None else born)
    assert wanted is not None
    return wanted


def test_a_child_is_found_by_name_and_day(books: Books) -> None:
    """However the name is written; without a day by the name alone, and with another day that is said apart."""
    reference, form = registered(books)
    assert books.records.found_of(asked_for(form)) == Found(cases=(reference,))
    assert books.records.found_of(asked_for(form, "")) == Found(cases=(reference,))
    assert books.records.found_of(asked_for(form, "1 May 1999")) == Found(by_name_alone=(reference,))


def test_an_erased_case_is_found_by_nobody(books: Books) -> None:
    """What stood for its children goes with it, by name and by day."""
    reference, form = registered(books)
    books.records.erase_case(reference, "orla", "the family asked", NOW)
    assert books.records.found_of(asked_for(form)) == Found()
    assert books.records.found_of(asked_for(form, "")) == Found()
