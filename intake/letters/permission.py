"""May this sender be answered, and how fully? One list, in the order of asking (RFC 3834; domain.md)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.domain.case import Letter, LetterState
from intake.domain.private import Private
from intake.domain.verdict import Automation, ScanResult, Screening, SenderTrust

ROBOTS = frozenset(
    {"mailer-daemon", "postmaster", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply",
     "bounce", "bounces", "listserv", "majordomo", "root", "daemon", "nobody"}
)  # fmt: skip
"""Local parts nobody reads, or that answer by themselves (RFC 3834 2, RFC 2142)."""


class Answer(StrEnum):
    """How fully a sender may be answered."""

    FULL = "full"
    """An authenticated agency: the acknowledgement with the sections that need attention."""
    RECEIPT_ONLY = "receipt-only"
    """A known agency our border could not authenticate: the reference, but nothing about the form."""
    WAITS = "waits"
    """Composed, and sent only when a person releases it."""
    NEVER = "never"
    """No letter, whoever asks."""


@dataclass(frozen=True, slots=True)
class Permission:
    """The answer, and for WAITS and NEVER the code of why."""

    answer: Answer
    why: str | None = None

    @property
    def never(self) -> bool:
        """Tell whether no letter may be written at all."""
        return self.answer is Answer.NEVER

    @property
    def full(self) -> bool:
        """Tell whether sections may be named."""
        return self.answer is Answer.FULL

    def applied_to(self, letter: Letter) -> Letter:
        """Return the letter queued, or waiting for a person with the reason."""
        if self.answer is Answer.WAITS:
            return replace(letter, state=LetterState.WAITING, why=self.why)
        return letter


def may_answer(
    screening: Screening, letters_today: int, cap: int, own_addresses: frozenset[str] = frozenset()
) -> Permission:
    """Judge from the verdicts and the letters ordered to this address in the last day."""
    never = next(_never(screening, own_addresses), None)
    if never is not None:
        return Permission(Answer.NEVER, never)
    if letters_today >= cap:
        return Permission(Answer.WAITS, "cap-reached")
    if screening.sender.trust is SenderTrust.AUTHENTICATED:
        return Permission(Answer.FULL)
    if screening.sender.trust is SenderTrust.UNVERIFIED:
        return Permission(Answer.RECEIPT_ONLY)
    return Permission(Answer.WAITS, "unknown-sender")


def _never(screening: Screening, own_addresses: frozenset[str]) -> Iterator[str]:
    """Give every reason not to answer, the gravest first."""
    sender = screening.sender
    if screening.scan is ScanResult.INFECTED:
        yield "infected"
    if sender.trust is SenderTrust.FAILED:
        yield "authentication-failed"
    if sender.address is None or sender.trust is SenderTrust.UNUSABLE:
        yield "unusable-address"
    elif sender.trust is SenderTrust.OURSELVES or sender.address.reveal().lower() in own_addresses:
        yield "ourselves"
    elif is_robot(sender.address):
        yield "robot-address"
    if screening.automation is not Automation.PERSON:
        yield screening.automation.value
    if not screening.answerable:
        yield "not-answerable"


def is_robot(address: Private) -> bool:
    """Tell whether the local part is one of a robot, with or without a ``+`` or ``-`` tag (``bounces+1234@...``)."""
    local = address.reveal().rpartition("@")[0].lower()
    return local in ROBOTS or local.split("+")[0] in ROBOTS or local.startswith(("bounce-", "bounces-", "owner-"))
