"""What people said is read again from where it was sealed, of each kind of act; what was closed stands page by page."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert

from intake.domain.case import Letter, LetterKind, LetterState
from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Step
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.records.schema import links
from tests.builders.messages import NOW
from tests.builders.records import Books, everything, moved


def said(books: Books, wanted: str) -> dict[str, str]:
    """Return what was said about a message or case, by event."""
    story = books.records.story(wanted)
    events = {line["line"]: line["event"] for line in story}
    return {events[line]: reason.reveal() for line, reason in books.records.reasons_of(list(events)).items()}


def test_reasons_are_opened_wherever_they_were_sealed(books: Books) -> None:
    """Of a message, of a case, of the house's own acts; of nothing that was said without one."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    case = outcome.entries[0].reference
    books.records.record_step(case, Step.SENT_TO_PANEL, NOW.date(), "orla", NOW, words=Private("by hand"))
    books.records.place_hold(case, "orla", "a court asked", NOW)
    books.records.set_owner(case, "sam", "orla", NOW)
    item = books.records.exceptions_about(message=message.id)[0]
    books.records.close_exception(item["id"], "orla", "rang them", NOW)
    assert said(books, case) == {
        "step-recorded": "by hand", "hold-placed": "a court asked", "exception-closed": "rang them",
    }  # fmt: skip


def test_what_was_erased_says_nothing(books: Books) -> None:
    """The reason of an email's closing goes with it; why it was erased stays."""
    message = books.receive()
    books.records.commit(message, moved(Stage.HELD, exceptions=(ExceptionItem("locked", Severity.TODAY),)), now=NOW)
    books.records.close_exception(books.records.exception_rows()[0]["id"], "orla", "rang them", NOW)
    books.records.move_by_person(message.id, Stage.SET_ASIDE, "orla", "no referral", NOW)
    assert said(books, message.id) == {"exception-closed": "rang them", "moved-by-person": "no referral"}
    books.records.erase_message(message.id, "orla", "its day has come", NOW)
    assert said(books, message.id) == {"message-erased": "its day has come"}


def test_closed_items_stand_page_by_page_the_newest_first(books: Books) -> None:
    """Each once, also those closed in the same moment, with who closed it and the line that says why."""
    for number in range(5):
        message = books.receive()
        books.records.commit(message, moved(Stage.HELD, exceptions=(ExceptionItem("locked", Severity.TODAY),)), now=NOW)
        item = books.records.exceptions_about(message=message.id)[0]
        books.records.close_exception(item["id"], f"p{number}", f"said {number}", NOW + timedelta(hours=number // 2))
    assert len(books.records.open_exceptions("today")) == 0
    shown, before = [], None
    while page := books.records.closed_exceptions(2, before):
        shown += page
        before = page[-1]["id"]
    assert [one["closed_by"] for one in shown] == ["p4", "p3", "p2", "p1", "p0"]
    reasons = books.records.reasons_of([one["line"] for one in shown])
    assert [reasons[one["line"]].reveal() for one in shown] == [f"said {number}" for number in (4, 3, 2, 1, 0)]


def test_the_trail_is_of_one_person_or_about_one_case_or_email(books: Books) -> None:
    """However the name is written; a correction's line says which case, and a case has its emails' lines with it."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    case = outcome.entries[0].reference
    books.records.key_value(case, 1, "incident.place", None, Private("x"), "Orla", "a slip", NOW)
    books.records.set_owner(case, "sam", "sam", NOW)
    books.records.note_act("searched", "child", "sam", NOW)
    of_orla, _ = books.records.trail(9, by="orla")
    assert [(line["event"], line["case"]) for line in of_orla] == [("value-keyed", case)]
    assert [line["event"] for line in books.records.trail(9, about=case)[0]] == ["owner-set", "value-keyed"]
    assert [line["event"] for line in books.records.trail(9, about=message.id)[0]] == ["value-keyed"]
    assert [line["event"] for line in books.records.trail(9, by="sam", about=case)[0]] == ["owner-set"]
    newest, below = books.records.trail(1, by="sam")
    assert [line["event"] for line in newest] == ["searched"]
    assert [line["event"] for line in books.records.trail(9, below, by="sam")[0]] == ["owner-set"]


def test_what_an_email_is_held_for_is_told_once_in_the_morning(books: Books) -> None:
    """By its list alone, so that it crowds nothing out; what lies in quarantine unseen has a list of its own."""
    for _ in range(3):
        message = books.receive()
        locked, other = ExceptionItem("locked", Severity.TODAY), ExceptionItem("form-newly-readable", Severity.TODAY)
        books.records.commit(message, replace(moved(Stage.HELD, exceptions=(locked, other)), why="locked"), now=NOW)
    hostile = books.receive()
    spoof = ExceptionItem("quarantined-spoof", Severity.ATTENTION)
    books.records.commit(hostile, replace(moved(Stage.QUARANTINED, exceptions=(spoof,)), why="spoof"), now=NOW)
    untold = books.records.untold(("today", "attention"), 2)
    few, count = untold["today"]
    assert ([one["code"] for one in few], count) == (["form-newly-readable"] * 2, 3)
    assert untold["attention"] == ([], 0)
    (unseen,), count = books.records.unseen_in_quarantine(5)
    assert (unseen["message"], unseen["why"], count) == (hostile.id, "spoof", 1)
    books.records.close_exception(unseen["id"], "orla", "a forgery", NOW)
    assert books.records.unseen_in_quarantine(5) == ([], 0)


def test_duplicates_are_counted_until_they_are_decided(books: Books) -> None:
    """As they are listed."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    row = {"reference": outcome.entries[0].reference, "message": message.id, "document": 9, "kind": "same-incident"}
    with books.engine.begin() as connection:
        connection.execute(insert(links).values(**row, other=None))
    waits = [link.id for link in books.records.links_to_judge()]
    assert books.records.count_links_to_judge() == len(waits) > 0
    for link in waits:
        books.records.judge_link(link, LinkVerdict.REFUSED, "orla", "two children", NOW)
    assert books.records.count_links_to_judge() == 0


def test_a_letter_let_go_says_which(books: Books) -> None:
    """Its kind stands on the line, beside why it waited."""
    message = books.receive()
    letter = Letter(
        LetterKind.RECEIPT,
        (Private("rae@gmp.example"),),
        "w@salford.gov.uk",
        b"",
        LetterState.WAITING,
        "unknown-sender",
    )
    books.records.commit(message, moved(Stage.HELD, letters=(letter,)), now=NOW)
    (waiting,) = books.records.letters_of(message.id)
    books.records.release_letter(waiting["id"], "orla", "known to us", NOW)
    (line,) = books.records.trail(9)[0]
    assert (line["event"], line["why"], line["details"]["kind"]) == ("letter-released", "unknown-sender", "receipt")
