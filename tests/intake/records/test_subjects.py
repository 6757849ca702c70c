"""Whom an access request is about is found by keyed digests, on SQLite and on PostgreSQL, and only while it is kept."""

from dataclasses import replace

from intake.domain.subject import Found, Subject, subject
from tests.builders.cases import registered
from tests.builders.messages import NOW
from tests.builders.records import Books
from tests.builders.referrals import referral


def asked_for(born: str | None = None) -> Subject:
    """Return the child of a case as somebody else may write it, with another day of birth where one is given."""
    form = referral()
    name, day = form.answer("child.name", 1), form.answer("child.dob", 1)
    assert name is not None
    assert day is not None
    wanted = subject(f"  {name.upper()} ", day if born is None else born)
    assert wanted is not None
    return wanted


def test_a_child_is_found_by_name_and_day(books: Books) -> None:
    """However the name is written; without a day by the name alone, and with another day that is said apart."""
    reference = registered(books)
    assert books.records.found_of(asked_for()) == Found(cases=(reference,))
    assert books.records.found_of(asked_for("")) == Found(cases=(reference,))
    assert books.records.found_of(asked_for("1 May 1999")) == Found(by_name_alone=(reference,))


def test_a_child_is_found_by_day_of_birth_alone(books: Books) -> None:
    """Whoever is called otherwise by another form is found too; another day finds nobody."""
    reference, day = registered(books), referral().answer("child.dob", 1)
    assert day is not None
    for born, cases in ((day, (reference,)), ("1 May 1999", ())):
        wanted = subject("", born)
        assert wanted is not None
        assert books.records.found_of(wanted) == Found(cases=cases)


def test_an_erased_case_is_found_by_nobody(books: Books) -> None:
    """What stood for its children goes with it, by name and by day."""
    reference = registered(books)
    books.records.erase_case(reference, "orla", "the family asked", NOW)
    assert books.records.found_of(asked_for()) == Found()
    assert books.records.found_of(asked_for("")) == Found()
    assert books.records.found_of(replace(asked_for(), name="", child=None)) == Found()
