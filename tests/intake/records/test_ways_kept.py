"""How long the way of a case is kept, on each database: held, given, copied, sealed by its own key, and erased."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Decision, Step, standing
from intake.domain.private import Private
from intake.domain.working_days import local_date
from intake.errors import BrokenPromise
from intake.records import SqlRecords, seals
from intake.records.copying import copy_all
from intake.records.schema import letters, reasons
from intake.records.store import make_engine
from intake.records.upgrading import upgrade
from intake.records.way_tables import ACTS
from tests.builders.cases import ACT, RATIONALE, TODAY, decided, linked, registered
from tests.builders.messages import NOW
from tests.builders.records import Books


def test_a_closing_begins_the_years_of_a_case(books: Books) -> None:
    """While it stands; taken back, the years run from the last mail again."""
    reference = registered(books)
    (before,) = books.records.kept()
    later = NOW + timedelta(days=60)
    books.records.record_step(reference, Step.CLOSED, local_date(later), "orla", later, words=RATIONALE)
    (kept,) = books.records.kept()
    assert local_date(kept.trigger) == local_date(later)
    books.records.take_back_step(reference, Step.CLOSED, "orla", "not yet", later)
    assert list(books.records.kept()) == [before]


def test_an_erased_case_leaves_days_and_codes_and_no_word(books: Books) -> None:
    """Rationale, note and reason are gone from their columns, a copy made before stays shut, nothing comes after."""
    reference = decided(books)
    books.records.add_note(reference, Private("rang the school"), "orla", NOW)
    link = linked(books, reference, None, "resubmission")
    books.records.judge_link(link, LinkVerdict.REFUSED, *ACT)
    lines = {line["seq"] for line in books.log() if line["event"] in {"step-recorded", "link-judged"}}
    with books.engine.connect() as connection:
        copied = connection.execute(select(reasons.c.reason).where(reasons.c.line.in_(lines))).scalars().all()
    assert len(copied) == 2
    with books.records.store.writing() as connection:
        connection.execute(update(letters).values(state="sent", queue_code="250"))
        connection.exec_driver_sql("UPDATE messages SET stage = 'set-aside' WHERE stage = 'received'")
    books.records.erase_case(reference, *ACT)
    with books.engine.connect() as connection:
        kept = connection.execute(select(reasons.c.reason).where(reasons.c.line.in_(lines))).scalars().all()
    assert set(map(bytes, kept)) == {b""}
    way = books.records.way_of(reference)
    assert [(each.step, each.decision, each.words) for each in way] == [
        (Step.SENT_TO_PANEL, None, None),
        (Step.DECIDED, Decision.CRITERIA_MET, None),
    ]
    assert [note.text for note in books.records.notes_of(reference)] == [None]
    assert [said.reason for each in books.records.links_of(reference) for said in each.judgements] == [None]
    with books.records.store.reading() as connection, pytest.raises(BrokenPromise, match="erased"):
        books.records.store.unseal(connection, f"case_acts/{reference}", copied[0])
    before = books.all_rows()
    for act in (
        lambda: books.records.record_step(reference, Step.NOTIFIED, TODAY, "orla", NOW),
        lambda: books.records.take_back_step(reference, Step.DECIDED, *ACT),
        lambda: books.records.add_note(reference, RATIONALE, "orla", NOW),
        lambda: books.records.set_owner(reference, "dot", "orla", NOW),
        lambda: books.records.judge_link(link, LinkVerdict.ACCEPTED, *ACT),
    ):
        with pytest.raises(BrokenPromise, match="erased"):
            act()
    assert books.all_rows() == before


def test_a_case_under_a_hold_goes_on_and_stays(books: Books) -> None:
    """A legal hold forbids erasing, and nothing of the way."""
    reference = registered(books)
    books.records.place_hold(reference, *ACT)
    books.records.record_step(reference, Step.SENT_TO_PANEL, TODAY, "orla", NOW)
    with pytest.raises(BrokenPromise, match="held-by-law"):
        books.records.erase_case(reference, *ACT)
    assert len(books.records.way_of(reference)) == 1


def test_keys_are_wrapped_anew_and_the_words_open(books: Books) -> None:
    """A rotation changes no sealed word, and each still opens."""
    reference = decided(books)
    books.records.add_note(reference, RATIONALE, "orla", NOW)
    before = books.all_rows()
    ring = books.ring.rotate(books.folder / "keyring")
    with books.records.store.writing() as connection:
        seals.rewrap(ring, connection)
    after = books.all_rows()
    assert {name for name in before if before[name] != after[name]} == {"data_keys"}
    records = SqlRecords(books.engine, ring)
    assert standing(records.way_of(reference))[Step.DECIDED].words == RATIONALE
    assert records.notes_of(reference)[0].text == RATIONALE


def test_all_of_it_is_given_and_copied(books: Books, tmp_path: Path) -> None:
    """Who asks for a case is given steps, notes and links; a copy of the records has every row of them."""
    reference = decided(books)
    books.records.add_note(reference, Private("rang the school"), "orla", NOW)
    books.records.set_owner(reference, "dot", "orla", NOW)
    books.records.judge_link(linked(books, reference, None, "resubmission"), LinkVerdict.REFUSED, *ACT)
    given = books.records.disclose(reference, *ACT)
    assert given.steps == books.records.way_of(reference)
    assert given.notes == books.records.notes_of(reference)
    assert given.links == books.records.links_of(reference)
    copy = make_engine(f"sqlite:///{tmp_path / 'copy.db'}")
    try:
        upgrade(copy)
        copy_all(books.engine, copy)
        with copy.connect() as connection:
            for table in ACTS:
                rows = sorted(map(tuple, connection.execute(select(table))), key=repr)
                assert rows == books.all_rows()[table.name]
                assert rows
    finally:
        copy.dispose()
