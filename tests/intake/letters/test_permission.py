"""Who may be answered, and how fully: the list of RFC 3834 and of the partnership."""

from dataclasses import replace

import pytest

from intake.domain.case import Letter, LetterKind, LetterState
from intake.domain.delivery import LettersOrdered
from intake.domain.verdict import Automation, ScanResult, Screening, SenderTrust
from intake.letters.permission import Answer, Permission, may_answer
from intake.settings.program import Post
from tests.builders.letters import ORLA, screening

POST = Post.model_validate({"host": "smtp.example", "port": 587, "from": "sscp@salford.gov.uk"})
CAP, OF_AGENCY, IN_ALL = POST.letters_per_sender_a_day, POST.letters_per_agency_a_day, POST.letters_a_day
NONE_YET = LettersOrdered()


@pytest.mark.parametrize(
    ("trust", "permission"),
    [
        (SenderTrust.AUTHENTICATED, Permission(Answer.FULL)),
        (SenderTrust.UNVERIFIED, Permission(Answer.WAITS, "unverified-sender")),
        (SenderTrust.UNKNOWN, Permission(Answer.WAITS, "unknown-sender")),
        (SenderTrust.FAILED, Permission(Answer.NEVER, "authentication-failed")),
        (SenderTrust.UNUSABLE, Permission(Answer.NEVER, "unusable-address")),
        (SenderTrust.OURSELVES, Permission(Answer.NEVER, "ourselves")),
    ],
)
def test_every_trust_has_its_answer(trust: SenderTrust, permission: Permission) -> None:
    """An agency that was authenticated is answered fully, anybody else at most by a person, a spoof never."""
    assert may_answer(screening(trust), NONE_YET, POST) == permission


@pytest.mark.parametrize("automation", set(Automation) - {Automation.PERSON})
@pytest.mark.parametrize("trust", SenderTrust)
def test_nothing_a_machine_wrote_is_answered(automation: Automation, trust: SenderTrust) -> None:
    """Auto-replies, lists, bounces and invitations are never answered, whoever they are from."""
    assert may_answer(screening(trust, automation=automation), NONE_YET, POST).never


@pytest.mark.parametrize(
    "never",
    [
        screening(answerable=False),
        screening(scan=ScanResult.INFECTED),
        screening(address=None),
        screening(SenderTrust.UNKNOWN, address="MAILER-DAEMON@agency.example"),
        screening(address="Postmaster@agency.example"),
        screening(address="no-reply@agency.example"),
        screening(address="hr-noreply@agency.example"),
        screening(address="bounces+1234@agency.example"),
        screening(address="owner-list@agency.example"),
    ],
)
def test_what_forbids_an_answer_forbids_it_to_a_known_agency_too(never: Screening) -> None:
    """No trust outweighs a list, a null return path, malware or a robot's address."""
    assert may_answer(never, NONE_YET, POST).never


def test_our_own_addresses_are_never_written_to() -> None:
    """A mail that says it is from a monitored address is not answered, however it is written."""
    spoof = screening(address="SSCP@Salford.gov.uk")
    assert may_answer(spoof, NONE_YET, POST, frozenset({"sscp@salford.gov.uk"})).why == "ourselves"


@pytest.mark.parametrize(("letters", "answer"), [(CAP - 1, Answer.FULL), (CAP, Answer.WAITS), (CAP + 9, Answer.WAITS)])
def test_the_cap_stops_a_loop_that_nothing_else_stopped(letters: int, answer: Answer) -> None:
    """From the cap on letters to one address wait for a person."""
    assert may_answer(screening(), LettersOrdered(letters), POST).answer is answer


@pytest.mark.parametrize(
    ("ordered", "why"),
    [
        (LettersOrdered(by_agency={"agency": OF_AGENCY - 1}, in_all=IN_ALL - 1), None),
        (LettersOrdered(by_agency={"agency": OF_AGENCY}), "agency-cap-reached"),
        (LettersOrdered(by_agency={"another": OF_AGENCY}), None),
        (LettersOrdered(in_all=IN_ALL), "cap-in-all-reached"),
    ],
)
def test_an_agency_and_a_day_have_their_caps_too(ordered: LettersOrdered, why: str | None) -> None:
    """Letters to ever new addresses of one domain, or to everybody, stop as well."""
    expected = Permission(Answer.FULL) if why is None else Permission(Answer.WAITS, why)
    assert may_answer(screening(), ordered, POST) == expected


def test_the_cap_never_softens_a_never() -> None:
    """A sender who may not be answered at all is not put before a person for release."""
    assert may_answer(screening(SenderTrust.FAILED), LettersOrdered(CAP), POST).never


def test_a_letter_that_waits_says_why() -> None:
    """Permission is applied to the composed letter: waiting with its reason, or left queued."""
    letter = Letter(LetterKind.RECEIPT, (ORLA,), "one@salford.gov.uk", b"")
    waiting = Permission(Answer.WAITS, "unknown-sender").applied_to(letter)
    assert waiting == replace(letter, state=LetterState.WAITING, why="unknown-sender")
    assert Permission(Answer.FULL).applied_to(letter) == letter
