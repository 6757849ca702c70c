"""The facts of the post: alerts, mails with a form, answers to senders, each once, on each database."""

from datetime import date, timedelta

from sqlalchemy import select

from intake.domain.case import Letter, LetterKind, LetterState
from intake.domain.delivery import LettersOrdered
from intake.domain.figure_facts import AlertFact, FormMailFact, LetterFact, Period
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message
from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.records.schema import letters
from tests.builders.letters import screening
from tests.builders.messages import NOW, RECEIVED
from tests.builders.records import Books, everything, moved

NOVEMBER, DECEMBER = (Period(date(2026, month, 1), date(2026, month, 30)) for month in (11, 12))


def held(books: Books, code: str, severity: Severity = Severity.TODAY) -> Message:
    """Return a message that waits for a person for this reason."""
    message = books.receive()
    books.records.commit(message, moved(Stage.HELD, exceptions=(ExceptionItem(code, severity),)), now=NOW)
    return message


def test_an_alert_is_closed_by_a_person(books: Books) -> None:
    """Another service's form is counted elsewhere, what is no alert nowhere."""
    kinds = (("child-at-risk-now", Severity.ALERT), ("wrong-form", Severity.ALERT), ("locked", Severity.TODAY))
    for code, severity in kinds:
        held(books, code, severity)
    assert list(books.records.alert_facts(NOVEMBER)) == [AlertFact(NOW)]
    alert = next(one for one in books.records.exception_rows() if one["code"] == "child-at-risk-now")
    books.records.close_exception(alert["id"], "orla", "rang the Bridge", NOW + timedelta(minutes=4))
    assert list(books.records.alert_facts(NOVEMBER)) == [AlertFact(NOW, NOW + timedelta(minutes=4))]
    assert list(books.records.alert_facts(DECEMBER)) == []


def test_a_mail_with_a_form_is_counted_once_read_whole_or_not(books: Books) -> None:
    """Registered with nothing unread beside is read whole; what could not be read is not; chatter is neither."""
    message = books.receive()
    books.records.commit(message, everything(message), now=NOW)
    beside = books.receive()
    outcome = everything(beside)
    items = tuple(ExceptionItem(code, Severity.TODAY) for code in ("locked-document", "unreadable-document"))
    books.records.commit(beside, moved(Stage.REGISTERED, **_with(outcome, items)), now=NOW)
    held(books, "unopened-purview")
    held(books, "speaks-of-a-referral")
    whole, not_whole = FormMailFact(RECEIVED, is_read_whole=True), FormMailFact(RECEIVED, is_read_whole=False)
    assert sorted(books.records.form_mail_facts(NOVEMBER), key=str) == sorted([whole, not_whole, not_whole], key=str)
    assert list(books.records.form_mail_facts(DECEMBER)) == []


def test_an_answer_stands_where_its_letter_stands(books: Books) -> None:
    """Queued, then sent, then come back."""
    message = books.receive()
    books.records.commit(message, everything(message), now=NOW)
    with books.engine.connect() as connection:
        letter = connection.execute(select(letters.c.id)).scalar_one()
    assert [one.state for one in books.records.letter_facts(NOVEMBER)] == [LetterState.QUEUED]
    books.records.letter_sent(letter, "4Rj1", NOW)
    assert list(books.records.letter_facts(NOVEMBER)) == [LetterFact(NOW, LetterState.SENT)]
    assert list(books.records.letter_facts(DECEMBER)) == []


def _with(outcome: object, items: tuple[ExceptionItem, ...]) -> dict[str, object]:
    names = ("screening", "content_sha256", "documents", "referrals", "assessments", "entries")
    return {name: getattr(outcome, name) for name in names} | {"exceptions": items}


def test_letters_are_counted_to_the_sender_by_agency_and_in_all(books: Books) -> None:
    """What waits for a person counts for its sender alone, alerts and older letters for nobody but who got them."""
    rae, pat = Private("Rae@gmp.example"), Private("pat@gmp.example")
    for to, kind, state in (
        (rae, LetterKind.RECEIPT, LetterState.QUEUED),
        (pat, LetterKind.ACKNOWLEDGEMENT, LetterState.QUEUED),
        (rae, LetterKind.RECEIPT, LetterState.WAITING),
        (pat, LetterKind.SAFETY_ALERT, LetterState.QUEUED),
    ):
        message = books.receive()
        letter = Letter(kind, (to,), f"{message.id}@salford.gov.uk", b"A letter.", state)
        books.records.commit(message, moved(Stage.HELD, screening=screening(), letters=(letter,)), now=NOW)
    assert books.records.letters_ordered(rae, NOW) == LettersOrdered(2, {"agency": 2}, 2)
    assert books.records.letters_ordered(rae, NOW + timedelta(seconds=1)) == LettersOrdered()
