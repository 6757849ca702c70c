"""A line tells of every row that was written with it, on SQLite and on PostgreSQL."""

import json

from sqlalchemy import select

from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.errors import Unavailable
from intake.records.marks import MARKED, ROWS, parted
from intake.records.schema import blind_index, messages, metadata, reasons
from tests.builders.messages import NOW
from tests.builders.records import Books, everything, moved

UNMARKED = {"intake_log", "intake_log_head", "leases", "health", "staff_sessions", reasons.name}
"""The log itself, what is kept for a while, and what hangs on lines by a digest."""


def places(books: Books) -> set[str]:
    """Return every place the newest line tells of."""
    return {parted(said)[0] for said in json.loads(books.log()[-1]["details"]).get(ROWS, [])}


def test_every_table_is_marked_or_is_on_the_list_of_those_that_are_not() -> None:
    """A new table has to be thought of."""
    assert set(MARKED) | UNMARKED == {table.name for table in metadata.sorted_tables}


def test_a_line_tells_of_all_its_rows_and_of_no_other(books: Books) -> None:
    """Registering tells of each row it wrote; moving another message tells of that one alone."""
    message = books.receive()
    books.records.commit(message, everything(message), now=NOW)
    told = {place.partition("/")[0] for place in places(books)}
    assert told == {
        "messages", "documents", "findings", "exceptions", "letters", "cases", "case_versions", "blind_index",
        "data_keys", "subject_index",
    }  # fmt: skip
    other = books.receive()
    books.records.commit(other, moved(Stage.SET_ASIDE), now=NOW)
    assert places(books) == {f"messages/{other.id}"}


def test_counting_an_attempt_needs_no_line(books: Books) -> None:
    """Begun, put off and begun again: no line is written, and all is as it was written."""
    message = books.records.begin_leg(books.receive(), now=NOW)
    books.records.postpone(message, NOW, Unavailable("scanner"), None, now=NOW)
    assert len(books.log()) == 1
    assert books.discrepancies() == []


def test_a_row_written_after_its_line_gets_a_line_of_its_own(books: Books) -> None:
    """A note stands beside the number of its line, so it is told of by the next."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    books.records.add_note(outcome.entries[0].reference, Private("rang"), "orla", NOW)
    assert [line["event"] for line in books.log()][-2:] == ["note-added", "rows-marked"]
    assert places(books) == {"case_notes/1"}


def test_no_line_keeps_what_an_erasure_takes_away(books: Books) -> None:
    """The digest a child is found by stands in no line: nobody could ask the log for the child afterwards."""
    message = books.receive()
    books.records.commit(message, everything(message), now=NOW)
    with books.engine.connect() as connection:
        digests = connection.execute(select(blind_index.c.digest)).scalars().all()
        assert connection.execute(select(messages.c.id)).scalar_one() == message.id
    assert digests
    assert not [digest for digest in digests if digest[:32] in str(books.log())]
