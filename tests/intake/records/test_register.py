"""The case register: a form finds its case again, nothing personal is plain, and looking at it is written down."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Arrival, Earlier, MessageId, Place
from intake.domain.private import Private
from intake.domain.referral import Referral, Remainder
from intake.domain.stages import Stage
from intake.errors import BrokenPromise
from intake.records.codec import decode, encode
from tests.builders.messages import NOW, RECEIVED
from tests.builders.records import Books, everything, moved
from tests.builders.referrals import referral

WORDS = st.text(max_size=30)


def registered(books: Books) -> str:
    """Register a mail; return its case."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    return outcome.entries[0].reference


def test_a_place_is_received_once(books: Books) -> None:
    """The same UID a second time writes nothing and says so."""
    arrival = Arrival(Place("sscp", "INBOX", 9, 4), RECEIVED, 9, "ab" * 32)
    assert books.records.receive(MessageId("m-aaaaaaaaaaab"), arrival, now=NOW)
    before = books.all_rows()
    assert not books.records.receive(MessageId("m-aaaaaaaaaaac"), arrival, now=NOW)
    assert books.all_rows() == before
    assert books.records.known_uids("sscp", "INBOX", 9) == {4}


def test_each_known_mail_is_taken_as_relisted_once(books: Books) -> None:
    """Two mails of the same bytes take two new places; a third is new, as is a copy of one already filed."""
    first, second = (Arrival(Place("sscp", "INBOX", 1, 900 + n), RECEIVED, 9, "ab" * 32) for n in (1, 2))
    ids = [MessageId("m-aaaaaaaaaaab"), MessageId("m-aaaaaaaaaaac")]
    for message, arrival in zip(ids, (first, second), strict=True):
        books.records.receive(message, arrival, now=NOW)
    anew = [replace(first, place=Place("sscp", "INBOX", 2, uid)) for uid in (1, 2, 3)]
    assert [books.records.relisted(each, NOW) for each in anew] == [*ids, None]
    for message in ids:
        books.records.filed(books.records.message(message), "Intake/Registered", NOW)
    assert books.records.relisted(replace(first, place=Place("sscp", "INBOX", 3, 1)), NOW) is None


@pytest.mark.parametrize("same", ["file", "child", "nothing"])
def test_a_form_finds_the_cases_it_may_belong_to(books: Books, same: str) -> None:
    """By its file or its child and incident, through keyed digests alone."""
    case = registered(books)
    other = {"child.name": "Dot Madeup", "child.dob": "05/05/2015"}
    form = {
        "file": referral(children=(other,)),
        "child": referral(sha256="cd" * 32),
        "nothing": referral(children=(other,), sha256="cd" * 32),
    }[same]
    found = books.records.known_cases(form)
    assert [(k.reference, k.same_file, k.same_children, k.same_incident) for k in found] == (
        [] if same == "nothing" else [(case, same == "file", same == "child", same == "child")]
    )


def test_the_slower_of_two_copies_finds_the_faster(books: Books) -> None:
    """The later mail went on first: the earlier one is its copy and must not try in vain for ever."""
    first, second = books.receive(), books.receive()
    books.records.commit(second, moved(Stage.SCREENED, content_sha256="cd" * 32), now=NOW)
    found = books.records.earlier_copy(first.id, first.arrival.sha256, "cd" * 32)
    assert found == Earlier(second.id, Stage.SCREENED, "decided", None)
    assert books.records.earlier_copy(second.id, second.arrival.sha256, "cd" * 32) is None


def test_what_was_opened_before_the_case_gets_its_reference(books: Books) -> None:
    """An alert of an earlier leg is told with the case once there is exactly one."""
    message = books.receive()
    item = ExceptionItem("child-at-risk-now", Severity.ALERT)
    books.records.commit(message, moved(Stage.SCREENED, exceptions=(item,)), now=NOW)
    message = books.records.message(message.id)
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    assert {each.reference for each in books.records.exceptions_of(message.id)} == {outcome.entries[0].reference}


def test_revealing_is_written_down_and_not_revealing_shows_nothing(books: Books) -> None:
    """Without reveal no word is given and the log stays as it is; with it, a line says who."""
    registered(books)
    lines = len(books.log())
    shut = str(books.records.register_rows(reveal=False, by="orla", now=NOW))
    assert "Madeup" not in shut
    assert len(books.log()) == lines
    assert "Madeup" in str(books.records.register_rows(reveal=True, by="orla", now=NOW))
    assert (books.log()[-1]["event"], books.log()[-1]["details"]) == ("revealed", '{"by":"orla"}')


def test_nothing_personal_stands_plain_in_the_database(books: Books, tmp_path: Path) -> None:
    """Not in any column of any table, and not in any page of the file."""
    registered(books)
    rows = repr(books.all_rows())
    pages = b"".join(file.read_bytes() for file in tmp_path.glob("intake.db*"))
    for word in ("Madeup", "Ferrer", "rae.ferrer", "Orla", "04/03/2021", "neighbour", "A letter."):
        assert word not in rows
        assert word.encode() not in pages


def test_a_page_of_the_log_costs_the_same_however_long(books: Books) -> None:
    """One query a table, and each row with its own documents, cases and letters."""
    cases = [registered(books) for _ in range(3)]
    rows = list(books.records.log_rows())
    assert [row["cases"] for row in rows] == [[case] for case in reversed(cases)]
    assert all(len(row["documents"]) == len(row["letters"]) == 1 for row in rows)
    assert rows[0]["findings"] == ["late-submission"]


@given(label=WORDS, text=WORDS, where=WORDS)
def test_what_is_sealed_comes_back_exactly(label: str, text: str, where: str) -> None:
    """Every word of a form survives the way into the database and back."""
    form = referral(unplaced=(Remainder(Private(label), Private(text), Private(where)),))
    assert decode(encode(form), Referral) == form


def test_what_is_no_referral_is_told_as_broken() -> None:
    """And without a word of it."""
    with pytest.raises(BrokenPromise, match="record-unreadable"):
        decode(b'{"document": "Tam Madeup"}', Referral)


def test_sqlite_is_durable_and_checked(tmp_path: Path, books: Books) -> None:
    """The file is a WAL database that its own integrity check passes."""
    if books.engine.dialect.name != "sqlite":
        assert books.url.startswith("postgresql+psycopg://")
        return
    registered(books)
    with sqlite3.connect(tmp_path / "intake.db") as look:
        assert look.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert look.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    look.close()
