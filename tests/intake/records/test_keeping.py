"""Holding and erasing, on SQLite and on PostgreSQL: what is erased leaves an entry, and no key opens what was in it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from intake.domain.case import Reference
from intake.domain.message import Message
from intake.domain.retention import RetentionClass
from intake.domain.stages import Stage
from intake.errors import BrokenPromise
from intake.records import seals
from intake.records.retention_tables import data_keys
from intake.records.schema import exceptions, letters, messages, versions
from tests.builders.messages import NOW
from tests.builders.records import Books, everything, moved

ACT = ("orla", "the family asked, and the panel agreed", NOW)


def registered(books: Books, *, at_rest: bool = True) -> tuple[Message, Reference]:
    """Register a case; ``at_rest``: its letter is sent and its exceptions are closed."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    if at_rest:
        rest(books)
    return message, outcome.entries[0].reference


def rest(books: Books) -> None:
    """End every letter and close every exception there is."""
    for row in books.records.exception_rows():
        books.records.close_exception(row["id"], "orla", "done", NOW)
    for line in books.records.due_letters(NOW, 10):
        books.records.letter_sent(line.id, "250 taken", NOW)


def erase(books: Books, reference: Reference) -> None:
    """Erase a case and take the originals out of the vault."""
    books.records.erase_case(reference, *ACT)
    for message in books.records.erased():
        books.vault.erase(message)


def refusal(books: Books, reference: Reference) -> str:
    """Return why a case is not erased."""
    before = books.all_rows()
    with pytest.raises(BrokenPromise) as caught:
        books.records.erase_case(reference, *ACT)
    assert books.all_rows() == before
    return caught.value.promise


def test_an_erased_case_leaves_an_entry_and_nothing_in_it(books: Books) -> None:
    """Number, dates, agency and outcome stay in register and log; answers, letters and the original are gone."""
    message, reference = registered(books)
    erase(books, reference)
    (entry,) = books.records.register_rows(reveal=True, by="orla", now=NOW)
    assert (entry["reference"], entry["status"], entry["agency"], entry["readings"]) == (reference, "erased", "gmp", [])
    assert books.told()[-2]["event"] == "case-erased"
    assert message.id not in books.vault.ids()
    assert books.records.known_cases(everything(message).referrals[0]) == ()
    assert books.discrepancies() == []


def test_nothing_sealed_is_left_and_no_key_opens_an_old_copy(books: Books) -> None:
    """Every sealed column is empty, and what somebody copied before stays shut though they have the key ring."""
    message, reference = registered(books)
    with books.engine.connect() as connection:
        copied = connection.execute(select(versions.c.referral)).scalar_one()
    place = f"case_versions/{reference}/1/referral"
    store = books.records.store
    with store.reading() as connection:
        assert store.unseal(connection, place, copied)
    erase(books, reference)
    with store.reading() as connection, pytest.raises(BrokenPromise, match="erased"):
        store.unseal(connection, place, copied)
    assert not [row for row in books.all_rows()["data_keys"] if row[1] is not None]
    sealed = [
        value for table in books.all_rows().values() for row in table for value in row if isinstance(value, bytes)
    ]
    kept = [value for value in sealed if value and not value.startswith(b"k-")]
    assert kept == []
    assert message.id in books.records.erased()


def test_the_reason_of_an_erasure_outlives_it(books: Books) -> None:
    """Why a case was erased is sealed by the house: it opens afterwards."""
    _, reference = registered(books)
    erase(books, reference)
    line = next(row for row in books.log() if row["event"] == "case-erased")
    sealed = next(row for row in books.all_rows()["reasons"] if row[0] == line["seq"])[1]
    assert books.ring.unseal(f"acts/{reference}", bytes(sealed)).decode() == ACT[1]


def test_a_hold_forbids_erasing_until_it_is_lifted(books: Books) -> None:
    """While a legal hold stands a case is not erased; placing twice and lifting none are refused."""
    _, reference = registered(books)
    books.records.place_hold(reference, *ACT)
    assert next(books.records.kept()).held
    assert refusal(books, reference) == "held-by-law"
    with pytest.raises(BrokenPromise, match="held-already"):
        books.records.place_hold(reference, *ACT)
    books.records.lift_hold(reference, *ACT)
    with pytest.raises(BrokenPromise, match="not-held"):
        books.records.lift_hold(reference, *ACT)
    erase(books, reference)


def test_what_somebody_has_still_to_do_is_not_erased(books: Books) -> None:
    """An open exception, a letter not sent and a message still being worked on each forbid it."""
    message, reference = registered(books, at_rest=False)
    assert refusal(books, reference) == "waits-for-a-person"
    with books.engine.begin() as connection:
        connection.execute(update(exceptions).values(closed_at="2026-11-16", closed_by="orla"))
    assert refusal(books, reference) == "letters-unsent"
    with books.engine.begin() as connection:
        connection.execute(update(letters).values(state="sent", queue_code="250"))
        connection.execute(update(messages).where(messages.c.id == message.id).values(stage="parsed"))
    assert refusal(books, reference) == "at-work"


def test_an_unknown_or_erased_case_is_told(books: Books) -> None:
    """Neither is erased."""
    _, reference = registered(books)
    assert refusal(books, Reference("SSCP-2026-9999")) == "no-such-case"
    erase(books, reference)
    assert refusal(books, reference) == "erased"


def test_a_message_of_no_case_is_erased_by_itself(books: Books) -> None:
    """One that was set aside goes with its original; one of a case goes only with it."""
    aside = books.receive()
    books.records.commit(aside, moved(Stage.SET_ASIDE), now=NOW)
    mine, _ = registered(books)
    kinds = {kept.identity: kept.kind for kept in books.records.kept()}
    assert kinds[aside.id] is RetentionClass.NO_REFERRAL
    assert mine.id not in kinds
    books.records.erase_message(aside.id, *ACT)
    assert aside.id not in {kept.identity for kept in books.records.kept()}
    with pytest.raises(BrokenPromise, match="belongs-to-a-case"):
        books.records.erase_message(mine.id, *ACT)


def test_a_copy_of_an_erased_mail_is_a_new_one(books: Books) -> None:
    """Who sends the same mail again after an erasure is not told that it is known."""
    message, reference = registered(books)
    content = message.arrival.sha256
    later = books.receive()
    found = books.records.earlier_copy(later.id, content, content)
    assert found is not None
    assert found.id == message.id
    erase(books, reference)
    assert books.records.earlier_copy(later.id, content, content) is None


def test_an_original_left_behind_is_told(books: Books) -> None:
    """Where the program died between records and vault, verifying says which original should be gone."""
    _, reference = registered(books)
    books.records.erase_case(reference, *ACT)
    assert books.discrepancies() == ["original-not-erased"]
    for message in books.records.erased():
        books.vault.erase(message)
        books.vault.erase(message)
    assert books.discrepancies() == []


def test_nothing_is_sealed_for_what_is_erased(books: Books) -> None:
    """No value comes back to an erased message, and people move it nowhere."""
    aside = books.receive()
    books.records.commit(aside, moved(Stage.SET_ASIDE), now=NOW)
    books.records.erase_message(aside.id, *ACT)
    with books.records.store.writing() as connection, pytest.raises(BrokenPromise, match="erased"):
        books.records.store.seal(connection, f"documents/{aside.id}/1/referral", b"words")
    with pytest.raises(BrokenPromise, match="no-way-for-people"):
        books.records.move_by_person(aside.id, Stage.RECEIVED, "orla", "again", NOW)


def test_data_keys_are_wrapped_anew_and_open_the_same(books: Books) -> None:
    """Wrapping every data key again changes no sealed value, and each still opens."""
    registered(books)
    before = books.all_rows()
    with books.records.store.writing() as connection:
        assert seals.rewrap(books.ring, connection) == (2, [])
    after = books.all_rows()
    assert {name for name in before if before[name] != after[name]} == {"data_keys"}
    assert books.records.register_rows(reveal=True, by="orla", now=NOW)[0]["readings"]


def test_a_key_of_another_owner_opens_nothing(books: Books) -> None:
    """Data keys swapped between two rows are found out: each is bound to its owner."""
    registered(books)
    with books.engine.begin() as connection:
        rows = connection.execute(select(data_keys)).all()
        for row, other in zip(rows, reversed(rows), strict=True):
            connection.execute(update(data_keys).where(data_keys.c.owner == row.owner).values(wrapped=other.wrapped))
    (row,) = books.records.register_rows(reveal=True, by="orla", now=NOW)
    assert (row["unreadable"], row["readings"]) == ("seal-broken", [])


def test_all_of_a_case_is_given_and_that_it_was(books: Books) -> None:
    """Every version with its answers, every mail; a line of the log says that it was given, and nothing prints it."""
    message, reference = registered(books)
    name = everything(message).referrals[0].answer("child.name", 1)
    given = books.records.disclose(reference, *ACT)
    assert (len(given.versions), list(given.messages)) == (1, [message.id])
    assert any(reading["value"] == name for reading in given.versions[0]["readings"])
    assert books.told()[-1]["event"] == "case-disclosed"
    assert repr(given) == "<disclosed>"


def test_a_cases_clock_runs_from_its_last_mail(books: Books) -> None:
    """A later mail of the case, a reply too, begins its years anew."""
    message, reference = registered(books)
    later = books.receive()
    with books.engine.begin() as connection:
        at = (message.arrival.received_at + timedelta(days=40)).isoformat(timespec="microseconds")
        connection.execute(update(messages).where(messages.c.id == later.id).values(received_at=at))
    books.records.commit(later, moved(Stage.SET_ASIDE, linked=reference), now=NOW)
    (kept,) = books.records.kept()
    assert kept.trigger == message.arrival.received_at + timedelta(days=40)
