"""The way of a case on record, on each database: whole or nothing, never written over, told with its clocks."""

import itertools
from datetime import date, timedelta

import pytest
from sqlalchemy import event, update

from intake.domain.case import Reference
from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Decision, Entry, Step, standing
from intake.domain.private import Private
from intake.domain.way_deadlines import Clock, ClockState, due
from intake.domain.working_days import WorkingCalendar, local_date
from intake.errors import BrokenPromise
from intake.records.way_tables import steps
from intake.settings.neighbours import WayClocks
from tests.builders.cases import ACT, RATIONALE, TODAY, decided, linked, registered
from tests.builders.messages import NOW
from tests.builders.records import Books, dies_at, kill

CALENDAR, LIMITS = WorkingCalendar(known_until=date(2028, 12, 31)), WayClocks()


def erase(books: Books, reference: Reference) -> None:
    """Erase a case and take the originals out of the vault."""
    books.records.erase_case(reference, *ACT)
    for message in books.records.erased():
        books.vault.erase(message)


def test_steps_are_kept_as_they_were_recorded(books: Books) -> None:
    """Who, when, which day, which decision and why: the entries come back, and each has its line of the log."""
    reference = decided(books)
    assert books.records.way_of(reference) == (
        Entry(Step.SENT_TO_PANEL, TODAY, "orla", NOW),
        Entry(Step.DECIDED, TODAY, "orla", NOW, Decision.CRITERIA_MET, RATIONALE),
    )
    told = [line for line in books.records.story(reference) if line["event"] == "step-recorded"]
    assert [(line["details"]["step"], line["details"]["by"]) for line in told] == [
        ("sent-to-panel", "orla"),
        ("decided", "orla"),
    ]
    assert RATIONALE.reveal() not in repr(books.all_rows())
    assert books.discrepancies() == []


def test_a_correction_leaves_what_it_corrects(books: Books) -> None:
    """A decision corrected, and a closing taken back: what holds is the newest, and all four entries stay."""
    reference = decided(books)
    better = {"decision": Decision.LOCAL_CASE_REVIEW, "words": Private("on reading it again")}
    books.records.record_step(reference, Step.DECIDED, TODAY, "dot", NOW, **better)
    books.records.record_step(reference, Step.CLOSED, TODAY, "dot", NOW, words=Private("sent in error"))
    with pytest.raises(BrokenPromise, match="closed"):
        books.records.record_step(reference, Step.REFERRER_TOLD, TODAY, "dot", NOW)
    books.records.take_back_step(reference, Step.CLOSED, "orla", "it was not", NOW)
    way = books.records.way_of(reference)
    assert [each.step for each in way] == [
        Step.SENT_TO_PANEL, Step.DECIDED, Step.DECIDED, Step.CLOSED, Step.CLOSED,
    ]  # fmt: skip
    assert standing(way)[Step.DECIDED].decision is Decision.LOCAL_CASE_REVIEW
    assert Step.CLOSED not in standing(way)
    assert books.told()[-1]["event"] == "step-taken-back"


@pytest.mark.parametrize(
    ("step", "later", "code"),
    [
        (Step.REFERRER_TOLD, 0, "out-of-order"),
        (Step.SENT_TO_PANEL, 1, "in-the-future"),
        (Step.OUTCOME, 0, "needs-words"),
    ],
)
def test_what_cannot_be_writes_nothing(books: Books, step: Step, later: int, code: str) -> None:
    """A refused step leaves every row as it was."""
    reference = registered(books)
    before = books.all_rows()
    with pytest.raises(BrokenPromise, match=code):
        books.records.record_step(reference, step, TODAY + timedelta(days=later), "orla", NOW)
    assert books.all_rows() == before


def test_a_crash_between_any_two_statements_leaves_nothing(books: Books) -> None:
    """A step, a note and a judged link, each broken off at each statement and at the commit: nothing, or all of it."""
    reference = decided(books)
    link = linked(books, reference, registered(books))
    acts = (
        lambda: books.records.record_step(reference, Step.OUTCOME, TODAY, "orla", NOW, words=RATIONALE),
        lambda: books.records.add_note(reference, RATIONALE, "orla", NOW),
        lambda: books.records.set_owner(reference, "dot", "orla", NOW),
        lambda: books.records.judge_link(link, LinkVerdict.ACCEPTED, *ACT),
    )
    for act in acts:
        before = books.all_rows()
        for number in itertools.count(1):
            if not dies_at(books, number, kill, act):
                break
            assert books.all_rows() == before
        assert number > 4
        assert books.all_rows() != before
    assert books.discrepancies() == []


def test_the_database_refuses_what_is_on_no_list(books: Books) -> None:
    """A step or decision of no list, and a decision beside a step that decides nothing."""
    reference = decided(books)
    for wrong in ({"step": "elsewhere"}, {"decision": "perhaps"}, {"step": "closed"}, {"day": None}):
        mine = (steps.c.reference == reference, steps.c.step == "decided")
        with pytest.raises(BrokenPromise, match="database-refused"), books.records.store.writing() as connection:
            connection.execute(update(steps).where(*mine).values(**wrong))


def test_every_open_case_is_told_with_its_clocks_by_one_query(books: Books) -> None:
    """However many cases there are; a closed and an erased one are not among them, and the most pressing is first."""
    waiting, at_panel, closed, gone = (registered(books) for _ in range(4))
    books.records.set_owner(at_panel, "dot", "orla", NOW)
    tomorrow = NOW + timedelta(days=1)
    books.records.record_step(at_panel, Step.SENT_TO_PANEL, local_date(tomorrow), "orla", tomorrow)
    books.records.record_step(closed, Step.CLOSED, TODAY, "orla", NOW, words=RATIONALE)
    erase(books, gone)
    asked: list[str] = []
    later = NOW + timedelta(days=30)
    event.listen(books.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    found = books.records.ways_due(later, CALENDAR, LIMITS)
    assert len([statement for statement in asked if "case_steps" in statement]) == 1
    assert len([statement for statement in asked if statement.lstrip().startswith("SELECT cases")]) == 1
    assert [(way.reference, way.owner) for way in found] == [(waiting, None), (at_panel, "dot")]
    states = {way.reference: [(each.clock, each.state) for each in due(way.deadlines)] for way in found}
    assert states[waiting] == [(Clock.TO_PANEL, ClockState.OVERDUE)]
    assert states[at_panel] == [(Clock.DECISION, ClockState.OVERDUE)]
    books.records.take_back_step(closed, Step.CLOSED, *ACT)
    assert closed in {way.reference for way in books.records.ways_due(later, CALENDAR, LIMITS)}


def test_there_is_no_way_of_no_case(books: Books) -> None:
    """Every question and every act about a reference nobody has is refused."""
    nobody, records = Reference("SSCP-2026-9999"), books.records
    for act in (
        lambda: records.way_of(nobody),
        lambda: records.notes_of(nobody),
        lambda: records.links_of(nobody),
        lambda: records.record_step(nobody, Step.SENT_TO_PANEL, TODAY, "orla", NOW),
        lambda: records.add_note(nobody, RATIONALE, "orla", NOW),
        lambda: records.set_owner(nobody, "dot", "orla", NOW),
    ):
        with pytest.raises(BrokenPromise, match="no-such-case"):
            act()
