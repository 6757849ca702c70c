"""Today says what needs somebody, why, and what to do next; what is beyond its lists is counted and a click away."""

import re
from datetime import timedelta

import pytest

from intake.domain.case import Letter, LetterKind, LetterState
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import MessageId
from intake.domain.outcome import Outcome
from intake.domain.private import Private
from intake.domain.staff import Role
from intake.domain.stages import Stage
from intake.records.exceptions import open_all
from intake.web import today
from tests.builders.pages import Pages
from tests.promises.post_bag import sent, word


def opened(pages: Pages, count: int, code: str, severity: Severity) -> None:
    """Open items of one code on the registered email."""
    with pages.home.records.store.writing() as connection:
        items = [ExceptionItem(code, severity, document=number) for number in range(count)]
        open_all(connection, MessageId(pages.registered), items, pages.home.now)


def test_an_email_held_is_waiting_whatever_was_closed_about_it(pages: Pages) -> None:
    """With every item closed it is still not said that nothing waits."""
    visit = pages.visit(Role.REVIEWER)
    for item in pages.home.records.exception_rows():
        pages.home.records.close_exception(item["id"], "orla", "done", pages.home.now)
    text = visit.get("/").text
    assert "Nothing waits" not in text
    assert "2 emails waiting" in text


def test_alerts_stand_with_the_numbers_to_ring(looked_at: Pages) -> None:
    """Each with its hours, from the configuration, on the page and where the alert is closed; nowhere else."""
    visit, records = looked_at.visit(Role.REVIEWER), looked_at.home.records
    items = {item["severity"]: item["id"] for item in records.exception_rows()}
    alert, other = (visit.get(f"/exceptions/{items[grade]}/close").text for grade in ("alert", "today"))
    for channel in looked_at.home.rules.safety.channels:
        assert f"{channel.name}: {channel.phone}" in visit.get("/").text
        assert channel.hours in alert
        assert channel.phone not in other


def test_many_alerts_are_counted(pages: Pages) -> None:
    """The thirty-first is not silently cut."""
    opened(pages, today.MOST, "child-at-risk-now", Severity.ALERT)
    text = pages.visit(Role.AUDITOR).get("/").text
    assert f"{today.MOST + 1} alerts" in text
    assert "And 1 more" in text


def test_what_its_emails_tell_crowds_nothing_out(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """An item stands on the page though as many older ones as fit are told by the list of emails."""
    monkeypatch.setattr(today, "MOST", 1)
    opened(pages, 1, "no-children", Severity.TODAY)
    text = pages.visit(Role.AUDITOR).get("/").text
    assert "No child could be read from the form" in text
    assert "1 other item for today" in text


def test_deadlines_say_what_to_do_and_have_a_page_of_their_own(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a way to record the step, for those who may; page after page."""
    pages.home.take(sent(31, word(31)))
    pages.home.now += timedelta(days=20)
    monkeypatch.setattr(today, "MOST", 1)
    text = pages.visit(Role.REVIEWER).get("/").text
    assert "Send the referral to the Virtual Panel" in text
    assert re.search(r'href="/case/SSCP-2026-[0-9A-Z]{6}/step"', text)
    assert "all 2 deadlines" in text
    monkeypatch.setattr(today, "ROWS", 1)
    first, second = (pages.visit(Role.AUDITOR).get(path).text for path in ("/deadlines", "/deadlines?after=1"))
    assert ("/deadlines?after=1" in first, "/deadlines?after=2" in second) == (True, False)
    assert first.count("SSCP-") == second.count("SSCP-") == 1
    assert "/step" not in first


def test_what_lies_in_quarantine_stands_with_its_reason_until_somebody_looked(pages: Pages) -> None:
    """And once, not among the other items too."""
    visit = pages.visit(Role.REVIEWER)
    text = visit.get("/").text
    assert "1 email in quarantine that nobody has looked at" in text
    assert text.count(f'href="/message/{pages.quarantined}"') == 1
    (item,) = pages.home.records.exceptions_about(message=pages.quarantined)
    pages.home.records.close_exception(item["id"], "orla", "a forgery", pages.home.now)
    assert f'href="/message/{pages.quarantined}"' not in visit.get("/").text


def letter(pages: Pages, number: int, state: LetterState, why: str | None = None) -> str:
    """Order a letter about a new held message; return the message's id."""
    message = pages.home.records.message(pages.home.arrive(sent(number)))
    to = (Private("rae@gmp.example"),)
    one = Letter(LetterKind.ACKNOWLEDGEMENT, to, f"{message.id}@salford.gov.uk", b"", state, why)
    pages.home.records.commit(message, Outcome(Stage.HELD, "locked", letters=(one,)), now=pages.home.now)
    return message.id


def test_letters_that_did_not_go_say_why_and_what_to_do(pages: Pages) -> None:
    """One that waits can be let go from there, one given up is for the telephone; one just ordered is not there."""
    waits = letter(pages, 41, LetterState.WAITING, "unknown-sender")
    lost = letter(pages, 42, LetterState.QUEUED)
    due = next(
        one for one in pages.home.records.due_letters(pages.home.now, 50) if lost in one.letter.header_message_id
    )
    visit = pages.visit(Role.REVIEWER)
    for path in ("/", "/exceptions"):
        assert f'href="/message/{lost}"' not in visit.get(path).text.partition("Letters that")[2]
    pages.home.records.letter_abandoned(due.id, "550-5.1.1", pages.home.now)
    for path in ("/", "/exceptions"):
        text = visit.get(path).text.partition("Letters that")[2]
        assert "the sender belongs to no agency we know" in text
        assert "Find out who wrote, then let it go or withdraw it" in text
        assert "the mail server refused it (550-5.1.1)" in text
        assert "Ring the agency and say that the referral has arrived" in text
    own = {one["id"]: one["state"] for name in (waits, lost) for one in pages.home.records.letters_of(name)}
    for identity, state in own.items():
        asks = "Send it" in visit.get(f"/letters/{identity}/release").text
        assert asks is (state == "waiting")
        assert (f"/letters/{identity}/release" in visit.get("/").text) is (state == "waiting")


def test_a_mailbox_nobody_has_looked_at_is_said_to_be(looked_at: Pages) -> None:
    """Never so far; not: not yet."""
    text = looked_at.visit(Role.AUDITOR).get("/").text
    assert "Mailbox sscp, last looked at" in text
    assert "Never so far" in text


def test_what_was_set_aside_in_the_last_day_is_counted(pages: Pages) -> None:
    """Nobody reads it unless somebody looks: its number leads there; a day later it is none."""
    visit = pages.visit(Role.REVIEWER)
    assert "set aside: no referrals" not in visit.get("/").text
    pages.home.records.move_by_person(MessageId(pages.held), Stage.SET_ASIDE, "orla", "no referral", pages.home.now)
    assert '1 of them <a class="govuk-link" href="/log?stage=set-aside">' in visit.get("/").text
    pages.home.now += timedelta(days=1, minutes=1)
    assert pages.home.records.count_set_aside(pages.home.now - timedelta(days=1)) == 0


def test_who_an_email_is_from_stands_beside_why_it_waits(looked_at: Pages) -> None:
    """The agency, and how far that is proved."""
    waiting = looked_at.visit(Role.AUDITOR).get("/").text.partition("Emails that wait for a person</h2>")[2]
    assert 'Greater Manchester Police<span class="staff-where">Proved to come from the agency' in waiting
