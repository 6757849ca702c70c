"""Every code the program can write has words on the pages: a new one without words fails here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intake.checks.roll import KINDS
from intake.domain.case import LetterKind, LetterState
from intake.domain.case_way import Step
from intake.domain.delivery import IN_DOUBT, SENDING
from intake.domain.findings import Severity
from intake.domain.sign_off import QAEvidence, QAStatus
from intake.domain.staff import Role
from intake.domain.stages import Stage
from intake.domain.timeliness import Band, Reason
from intake.domain.verdict import Automation, SenderTrust
from intake.domain.way_deadlines import Clock, ClockState
from intake.programs.unlock import SAYS
from intake.steps.parse import UNREAD
from intake.web import code_words, file_words, words
from intake.web.advice import OTHERWISE, advice
from intake.web.line_words import OF_EVENTS, more
from intake.web.way_words import NEXT, STATES, STEPS
from parsers.containers.accounts import _CLOSED
from parsers.contract import DocumentState, Kind
from tests.builders.codes import given, paired, returned, taking
from tests.builders.pages import Pages

WRITERS = ("intake/records", "intake/web", "intake/programs")
BOOKS = ("intake/records",)
EVENT = frozenset({"event", "event_", "change"})
POST = (
    "intake/edges/post_office.py",
    "intake/edges/smtp_transaction.py",
    "intake/edges/secrets.py",
    "intake/programs/servers.py",
    "intake/programs/post.py",
)
PEOPLES = {
    "account-exists", "already-closed", "at-work", "belongs-to-a-case", "held-already", "held-by-law",
    "letter-not-waiting", "letters-unsent", "needs-words", "no-such-account", "no-such-case", "no-such-exception",
    "no-such-field", "no-such-letter", "no-such-link", "no-such-version", "no-way-for-people", "not-held",
    "nothing-to-judge", "waits-for-a-person",
}  # fmt: skip
"""Promises that only a person's act can break, who is told there and then: no message is held for one."""


@pytest.fixture(autouse=True)
def in_the_office(looked_at: Pages) -> Iterator[None]:
    """Give the configuration's own words."""
    with looked_at.app.app_context():
        yield


def unsaid(codes: set[str], say: Callable[[str], str] = words.why) -> list[str]:
    """Return the codes that stand for themselves."""
    return sorted(code for code in codes if say(code) == code)


def events() -> set[str]:
    """Return every event that a line of the log can bear."""
    return {code for callee, place, name in taking(WRITERS, EVENT) for code in given(WRITERS, callee, place, name)}


def whys() -> set[str]:
    """Return every reason that a line of the log, or the row of a message, can bear."""
    rooms = ("intake",)
    logged = {
        code
        for callee, place, name in taking(BOOKS, frozenset({"why"}))
        for code in given(WRITERS, callee, place, name)
    }
    outcomes = given(rooms, "Outcome", 1, "why") | given(rooms, "_held", 0, "why") | paired(rooms, "Stage")
    hostile = returned("intake/screening/malware.py", "hostile") | returned(
        "intake/screening/attachments.py", "_danger"
    )
    shown = given(rooms, "note_reveal", 0, "what")
    others = {one.value for one in Automation} | (set(SAYS) - {"overtaken"})
    return (logged | outcomes | hostile | shown | others) - {""}


def broken_promises() -> set[str]:
    """Return what a message can be held for that the program itself did not keep."""
    rooms = ("intake/edges", "intake/letters", "intake/steps", "intake/records", "intake/journey.py")
    return given(rooms, "BrokenPromise", 0, "promise") - PEOPLES


def letters_whys() -> set[str]:
    """Return why a letter can wait, be put off, be given up, or never be written."""
    codes = (
        given(POST, "Unavailable", 1, "detail")
        | given(POST, "_not_now", 1, "code")
        | given(POST, "_abandoned", 1, "code")
    )
    codes |= given(POST, "Refused", 1, "code") | {SENDING, IN_DOUBT, "550", "550-5.1.1", "gave-up-550-5.1.1"}
    known_only_then = {"x-x": "451-4.7.0", "answered-x": "answered-454", "login-refused-x": "login-refused-535"}
    permissions = given(("intake/letters",), "Permission", 1, "why") | returned(
        "intake/letters/permission.py", "_never"
    )
    return {known_only_then.get(code, code) for code in codes} | permissions


def items() -> set[str]:
    """Return every code that can be opened as an item for a person."""
    opened = given(("intake",), "ExceptionItem", 0, "code") - {"x-document"}
    opened |= given(BOOKS, "_open_exception", 3, "code")
    held = paired(("intake",), "Stage", "HELD") - {"unreadable-mail-x"}
    graver = {code for code, kind in KINDS.items() if kind.severity is not Severity.NOTE}
    return opened | held | graver | {f"{state.value}-document" for state in UNREAD}


def test_codes_are_found_in_the_source() -> None:
    """The gathering itself finds what is known to be there, of each way a code is written."""
    assert events() >= {
        "letter-sent",
        "letter-put-off",
        "letter-found",
        "read-again",
        "step-taken-back",
        "moved",
        "filed",
    }
    assert whys() >= {"uidvalidity-changed", "no-form-inside", "wrong-password", "spoof", "macro-bait", "wrong-form"}
    assert letters_whys() >= {"connection-refused", "unknown-sender", "cap-reached", "gave-up-x", "robot-address"}
    assert items() >= {"locked-document", "reply-received", "unopened-x", "letter-abandoned", "quarantined-x"}
    assert broken_promises() >= {"seal-broken", "original-missing"}


def test_every_event_has_words() -> None:
    """What happened is told in words."""
    assert sorted(events() - set(code_words.EVENTS)) == []


def test_every_reason_has_words() -> None:
    """Why a message stands where it stands, why a letter did not go, what a person did it to."""
    assert unsaid(whys()) == []
    assert unsaid(letters_whys()) == []
    assert unsaid(broken_promises()) == []


def test_every_item_and_finding_has_words_and_advice() -> None:
    """Whatever can be opened for a person says what it is, and what to do about just that."""
    assert unsaid(items() | set(KINDS)) == []
    assert sorted(code for code in items() if advice(code) == OTHERWISE) == []


def test_what_is_graded_and_what_is_advised_agree() -> None:
    """Advice to act today stands on what is shown as for today."""
    for code, kind in KINDS.items():
        assert " today" not in advice(code) or kind.severity in {Severity.TODAY, Severity.ALERT}, code


def test_every_closed_list_has_words() -> None:
    """Stages, grades, states, kinds of letters, trust, bands, sign-offs, steps and clocks."""
    for listed in (LetterKind, LetterState, SenderTrust, Band, QAStatus):
        assert unsaid({one.value for one in listed}) == [], listed
    assert {stage.value for stage in Stage} & {words.stage(stage) for stage in Stage} == set()
    assert set(words.GRAVE) == set(Severity)
    assert set(words.CANNOT_SAY) == set(Reason)
    assert set(words.EVIDENCE) == set(QAEvidence)
    assert set(words.ROLES) == set(Role)
    assert (set(STEPS), set(NEXT), set(STATES)) == (set(Step), set(Clock), set(ClockState))


def test_every_attachment_is_told_in_words() -> None:
    """Its kind, what came of it, and why nobody read it."""
    assert {kind.value for kind in Kind} <= set(file_words.KINDS)
    assert {state.value for state in DocumentState} <= set(file_words.DOCUMENTS)
    inside = ("parsers",)
    codes = given(inside, "NotRead", 1, "code") | given(inside, "_Outcome", 1, "why") | paired(inside, "DocumentState")
    assert unsaid(codes | set(_CLOSED) | {f"kind-{kind.value}" for kind in Kind}, file_words.file_why) == []


def test_a_letters_line_says_which_letter_and_why() -> None:
    """Which of them went, was put off, was let go; and a server's own number stays beside the words."""
    line = {"event": "letter-put-off", "to": "registered", "why": "connection-refused", "details": {"kind": "receipt"}}
    assert more(line) == "Receipt. The mail server took no connection"
    assert words.why("gave-up-550-5.1.1") == "Given up after many tries: the mail server refused it (550-5.1.1)"
    assert set(OF_EVENTS) <= set(code_words.EVENTS)


def test_a_line_says_what_a_person_did() -> None:
    """Where they sent it, which answer of which case they corrected, which roles an account has now."""
    field, step = (
        {"field": "child.dob", "child": 2},
        {"step": "decided", "day": "2026-11-16", "decision": "criteria-met"},
    )
    link = {"kind": "same-incident", "other": "SSCP-2026-000001", "verdict": "refused"}
    told: dict[str, tuple[dict[str, str], dict[str, Any], str]] = {
        "moved-by-person": ({"to": "set-aside"}, {}, "Set aside"),
        "value-keyed": ({"case": "SSCP-2026-000000"}, field, "Date of birth, child 2. Case SSCP-2026-000000"),
        "roles-changed": ({}, {"account": "sam", "roles": "auditor,reviewer"}, "Now auditor and reviewer"),
        "step-recorded": ({}, step, "The panel has decided, Monday 16 November 2026"),
        "link-judged": ({}, link, "case SSCP-2026-000001. They do not belong together"),
        "owner-set": ({}, {"owner": None}, "Nobody any more"),
    }
    for event, (line, details, said) in told.items():
        assert (
            said.lower() in more({"event": event, "why": "by-a-person", "to": None, **line, "details": details}).lower()
        )
