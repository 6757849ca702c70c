"""Lines of the log are found by case and by who left them, by an index, and none is missed."""

from sqlalchemy import select, text

from intake.domain.case import Reference
from intake.domain.private import Private
from intake.records.log_lines import is_about, is_by_a_person
from intake.records.schema import intake_log
from tests.builders.messages import NOW
from tests.builders.records import Books, everything


def filled(books: Books) -> Reference:
    """Return a registered case that somebody looked at and noted something about; and somebody who signed in."""
    message = books.receive()
    books.records.commit(message, everything(message), now=NOW)
    reference = Reference(message_case(books))
    books.records.note_act("looked", "case", "orla", NOW, case=reference)
    books.records.add_note(reference, Private("rang them"), "orla", NOW)
    books.records.add_account("rae", [], "x", "orla", NOW)
    books.records.signed_in("rae", None, NOW)
    return reference


def message_case(books: Books) -> str:
    """Return the reference of the one case there is."""
    (row,) = books.records.register_rows(reveal=False, by="", now=NOW)
    return str(row["reference"])


def test_lines_by_people_are_those_that_say_by_whom_or_who_came_in(books: Books) -> None:
    """The program's own lines are none of them."""
    filled(books)
    with books.records.store.reading() as connection:
        found = connection.execute(select(intake_log.c.event).where(is_by_a_person(connection))).scalars().all()
    assert sorted(found) == ["account-added", "looked", "note-added", "signed-in"]


def test_a_cases_story_has_its_mails_and_what_people_did(books: Books) -> None:
    """Each line once, in the order they were written; another case's lines are not in it."""
    reference = filled(books)
    books.records.note_act("looked", "case", "orla", NOW, case="SSCP-2026-OTHER0")
    assert [line["event"] for line in books.records.story(reference)] == ["received", "moved", "looked", "note-added"]


def test_neither_reads_the_whole_log(books: Books) -> None:
    """The database says that it can go by the index."""
    asks = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[books.engine.dialect.name]
    with books.engine.connect() as connection:
        if books.engine.dialect.name == "postgresql":  # a handful of rows is read whole there where that is allowed
            connection.execute(text("SET enable_seqscan = off"))
        for condition, index in (
            (is_about(connection, "SSCP-2026-AAAAAA"), "ix_intake_log_case"),
            (is_by_a_person(connection), "ix_intake_log_act"),
        ):
            asked = select(intake_log.c.seq).where(condition)
            sql = str(asked.compile(connection.engine, compile_kwargs={"literal_binds": True}))
            assert index in str(connection.execute(text(f"{asks} {sql}")).all())
