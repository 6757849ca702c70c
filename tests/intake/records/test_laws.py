"""The laws of the records, on SQLite and on PostgreSQL: whole or nothing, the first one wins, and the log tells all."""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from intake.domain.message import Arrival, MessageId, Place
from intake.domain.stages import WORKABLE, WORKERS_WAYS, Stage
from intake.errors import Overtaken
from intake.records.schema import health, messages
from tests.builders.messages import NOW, RECEIVED
from tests.builders.records import Books, dies_at, everything, kill, moved, opened, rewrite, tampered, without_guard
from tests.servers import postgres


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Postgres]:
    """Return the run's PostgreSQL."""
    with postgres.running() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Books]:
    """Return empty records on each database in turn."""
    if request.param == "sqlite":
        with opened(f"sqlite:///{tmp_path / 'intake.db'}", tmp_path) as empty:
            yield empty
        return
    server: postgres.Postgres = request.getfixturevalue("server")
    url = server.database()
    with opened(url, tmp_path, lambda: server.end_connections(url)) as empty:
        yield empty


@given(data=st.data())
@trying(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_is_late_writes_nothing(books: Books, data: st.DataObject) -> None:
    """However legs of two workers interleave, only the one who knows stage and attempts as they are moves a message."""
    seen = [books.receive()]
    for _ in range(data.draw(st.integers(1, 8))):
        now_at = books.records.message(seen[0].id)
        view = data.draw(st.sampled_from(seen))
        is_current = (view.stage, view.attempts) == (now_at.stage, now_at.attempts)
        ways = sorted(WORKERS_WAYS[view.stage])
        begins = not ways or data.draw(st.booleans())
        way = None if begins else data.draw(st.sampled_from(ways))
        try:
            if way is None:
                books.records.begin_leg(view, now=NOW)
            else:
                books.records.commit(view, moved(way), now=NOW)
        except Overtaken:
            assert not is_current
            assert books.records.message(view.id) == now_at
        else:
            assert is_current
        seen.append(books.records.message(view.id))
        expected = (view.stage, view.attempts + 1) if way is None else (way, 0)
        assert not is_current or (seen[-1].stage, seen[-1].attempts) == expected
    assert books.discrepancies() == []


def test_what_may_be_worked_on_is_what_the_map_says(books: Books) -> None:
    """A message at a stage with a way on is offered, in order of receipt; one that waits for a person never is."""
    offered = []
    for stage in Stage:
        message = books.receive()
        if stage is not Stage.RECEIVED:
            books.records.commit(message, moved(stage), now=NOW)
        offered += [message.id] if stage in WORKABLE else []
    assert list(books.records.workable(100, now=NOW)) == offered


@pytest.mark.parametrize("how", ["killed", "cut off"])
def test_a_crash_between_any_two_statements_leaves_nothing(books: Books, how: str) -> None:
    """The largest outcome there is, broken off at each statement and at the commit: nothing of it, or all of it."""
    if how == "cut off" and books.cut is None:
        die: Callable[[], None] = kill  # a file has nobody to cut us off: it is the same as being killed
    else:
        die = books.cut if how == "cut off" and books.cut else kill
    message = books.records.begin_leg(books.receive(), now=NOW)
    outcome, before = everything(message), books.all_rows()
    for number in itertools.count(1):
        if not dies_at(books, number, die, lambda: books.records.commit(message, outcome, now=NOW)):
            break
        assert books.all_rows() == before
    assert number > 10
    assert books.records.message(message.id).stage is Stage.REGISTERED
    assert books.discrepancies() == []


def test_a_crash_while_a_mail_is_received_leaves_nothing(books: Books) -> None:
    """Row and log line come together or not at all."""
    before, arrival = books.all_rows(), Arrival(Place("sscp", "INBOX", 2, 1), RECEIVED, 9, "ab" * 32)
    message = MessageId("m-zzzzzzzzzzzz")
    for number in itertools.count(1):
        if not dies_at(books, number, kill, lambda: books.records.receive(message, arrival, now=NOW)):
            break
        assert books.all_rows() == before
    assert books.records.message(message).arrival == arrival
    assert [line["message"] for line in books.log()] == [message]


def test_several_workers_move_every_message_once(books: Books) -> None:
    """Workers on one queue at the same time: each step of each message is committed by exactly one of them."""
    way = {Stage.RECEIVED: Stage.SCREENED, Stage.SCREENED: Stage.PARSED, Stage.PARSED: Stage.CHECKED}
    messages = [books.receive().id for _ in range(6)]

    def work(_worker: int) -> int:
        done = 0
        with books.another_worker() as records:
            while waiting := [records.message(m) for m in records.workable(50, now=NOW)]:
                for row in waiting:
                    try:
                        begun = records.begin_leg(row, now=NOW)
                        outcome = moved(way[begun.stage]) if begun.stage in way else everything(begun)
                        records.commit(begun, outcome, now=NOW)
                    except Overtaken:
                        continue
                    done += 1
        return done

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 4 * len(messages)
    assert books.records.messages_by_stage() == {Stage.REGISTERED: len(messages)}
    assert len(books.log()) == 5 * len(messages)
    assert books.discrepancies() == []


@pytest.mark.parametrize("stale", ["stage", "attempts"])
def test_a_worker_with_an_old_view_is_overtaken(books: Books, stale: str) -> None:
    """Who knew the message before another leg was begun, or before it moved, writes nothing."""
    view = books.receive()
    if stale == "attempts":
        books.records.begin_leg(view, now=NOW)
    else:
        books.records.commit(view, moved(Stage.SCREENED), now=NOW)
    before = books.all_rows()
    with pytest.raises(Overtaken):
        books.records.commit(view, moved(Stage.HELD), now=NOW)
    with pytest.raises(Overtaken):
        books.records.begin_leg(view, now=NOW)
    assert books.all_rows() == before


def test_no_count_is_lost_between_workers(books: Books) -> None:
    """What a transaction read is still so when it writes (a driver's own transactions lost three counts of four)."""
    books.records.note_health("count", "0", NOW)
    mine = health.c.name == "count"

    def count(_worker: int) -> None:
        with books.another_worker() as records:
            for _ in range(10):
                with records.store.writing() as connection:
                    value = int(connection.execute(select(health.c.value).where(mine)).scalar_one())
                    connection.execute(update(health).where(mine).values(value=str(value + 1)))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(count, range(3)))
    assert books.records.health_notes()["count"][0] == "30"


def test_two_mails_of_one_content_cannot_both_go_on(books: Books) -> None:
    """Whoever is second is overtaken, writes nothing, and finds the copy when it is tried again."""
    first, second = books.receive(), books.receive()
    books.records.commit(first, moved(Stage.SCREENED, content_sha256="cd" * 32), now=NOW)
    before = books.all_rows()
    with pytest.raises(Overtaken):
        books.records.commit(second, moved(Stage.SCREENED, content_sha256="cd" * 32), now=NOW)
    assert books.all_rows() == before
    found = books.records.earlier_copy(second.id, second.arrival.sha256, "cd" * 32)
    assert found is not None
    assert found.id == first.id


@pytest.mark.parametrize("change", ["UPDATE intake_log SET why = 'x'", "DELETE FROM intake_log"])
def test_the_database_itself_keeps_the_log_append_only(books: Books, change: str) -> None:
    """Whoever holds the program's own account cannot change or remove a line."""
    books.receive()
    before = books.log()
    with pytest.raises(DBAPIError, match="append-only"), books.engine.begin() as connection:
        connection.execute(text(change))
    assert books.log() == before


def test_every_change_of_the_log_is_found(books: Books) -> None:
    """Each column of each line changed, each line taken out, exchanged with the next, or cut off with all after it."""
    books.records.commit(books.receive(), moved(Stage.SET_ASIDE), now=NOW)
    books.receive()
    lines = books.log()
    assert books.discrepancies() == []
    with books.engine.begin() as connection:
        without_guard(connection)
    unnoticed = []
    for what, changed in tampered(lines):
        try:
            rewrite(books, changed)
        except DBAPIError:
            continue  # the database itself will not have it
        if not books.discrepancies():
            unnoticed.append(what)
    rewrite(books, lines)
    assert books.discrepancies() == []
    assert unnoticed == []


def test_a_mail_taken_out_whole_is_found_by_the_anchor(books: Books) -> None:
    """The newest row, its line and the log's head made to agree: only the file outside the database still knows."""
    books.receive()
    last = books.receive()
    lines = books.log()
    with books.engine.begin() as connection:
        without_guard(connection)
        connection.execute(delete(messages).where(messages.c.id == last.id))
    rewrite(books, lines[:-1])
    assert books.discrepancies() != []
    books.anchor.write_text("".join(books.anchor.read_text().splitlines(keepends=True)[:-1]))
    assert books.discrepancies() == ["original-unknown"]  # so it was the anchor that knew
