"""Who may be answered, and how fully: the list of RFC 3834 and of the partnership."""

from dataclasses import replace

import pytest

from intake.domain.case import Letter, LetterKind, LetterState
from intake.domain.verdict import Automation, ScanResult, Screening, SenderTrust
from intake.letters.permission import Answer, Permission, may_answer
from tests.builders.letters import ORLA, screening

CAP = 20


@pytest.mark.parametrize(
    ("trust", "permission"),
    [
        (SenderTrust.AUTHENTICATED, Permission(Answer.FULL)),
        (SenderTrust.UNVERIFIED, Permission(Answer.RECEIPT_ONLY)),
        (SenderTrust.UNKNOWN, Permission(Answer.WAITS, "unknown-sender")),
        (SenderTrust.FAILED, Permission(Answer.NEVER, "authentication-failed")),
        (SenderTrust.UNUSABLE, Permission(Answer.NEVER, "unusable-address")),
        (SenderTrust.OURSELVES, Permission(Answer.NEVER, "ourselves")),
    ],
)
def test_every_trust_has_its_answer(trust: SenderTrust, permission: Permission) -> None:
    """An agency that was authenticated is answered fully, a stranger only by a person, a spoof never."""
    assert may_answer(screening(trust), 0, CAP) == permission


@pytest.mark.parametrize("automation", set(Automation) - {Automation.PERSON})
@pytest.mark.parametrize("trust", SenderTrust)
def test_nothing_a_machine_wrote_is_answered(automation: Automation, trust: SenderTrust) -> None:
    """Auto-replies, lists, bounces and invitations are never answered, whoever they are from."""
    assert may_answer(screening(trust, automation=automation), 0, CAP).never


@pytest.mark.parametrize(
    "never",
    [
        screening(answerable=False),
        screening(scan=ScanResult.INFECTED),
        screening(address=None),
        screening(SenderTrust.UNKNOWN, address="MAILER-DAEMON@agency.example"),
        screening(address="Postmaster@agency.example"),
        screening(address="no-reply@agency.example"),
        screening(address="bounces+1234@agency.example"),
        screening(address="owner-list@agency.example"),
    ],
)
def test_what_forbids_an_answer_forbids_it_to_a_known_agency_too(never: Screening) -> None:
    """No trust outweighs a list, a null return path, malware or a robot's address."""
    assert may_answer(never, 0, CAP).never


def test_our_own_addresses_are_never_written_to() -> None:
    """A mail that says it is from a monitored address is not answered, however it is written."""
    spoof = screening(address="SSCP@Salford.gov.uk")
    assert may_answer(spoof, 0, CAP, frozenset({"sscp@salford.gov.uk"})).why == "ourselves"


@pytest.mark.parametrize(("letters", "answer"), [(CAP - 1, Answer.FULL), (CAP, Answer.WAITS), (CAP + 9, Answer.WAITS)])
def test_the_cap_stops_a_loop_that_nothing_else_stopped(letters: int, answer: Answer) -> None:
    """From the cap on letters to one address wait for a person."""
    assert may_answer(screening(), letters, CAP).answer is answer


def test_the_cap_never_softens_a_never() -> None:
    """A sender who may not be answered at all is not put before a person for release."""
    assert may_answer(screening(SenderTrust.FAILED), CAP, CAP).never


def test_a_letter_that_waits_says_why() -> None:
    """Permission is applied to the composed letter: waiting with its reason, or left queued."""
    letter = Letter(LetterKind.RECEIPT, (ORLA,), "one@salford.gov.uk", b"")
    waiting = Permission(Answer.WAITS, "unknown-sender").applied_to(letter)
    assert waiting == replace(letter, state=LetterState.WAITING, why="unknown-sender")
    assert Permission(Answer.FULL).applied_to(letter) == letter
