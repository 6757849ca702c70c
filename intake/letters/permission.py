"""May this sender be answered, and how fully? One list, in the order of asking (RFC 3834; domain.md)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.domain.case import Letter, LetterState
from intake.domain.delivery import LettersOrdered
from intake.domain.robots import is_robot
from intake.domain.verdict import Automation, ScanResult, Screening, SenderTrust
from intake.settings.program import Post


class Answer(StrEnum):
    """How fully a sender may be answered."""

    FULL = "full"
    """An authenticated agency: the acknowledgement with the sections that need attention."""
    WAITS = "waits"
    """Composed without a word about the form, and sent only when a person releases it."""
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
    screening: Screening, ordered: LettersOrdered, post: Post, own_addresses: frozenset[str] = frozenset()
) -> Permission:
    """Judge from the verdicts and the letters ordered in the last day; who is not authenticated waits for a person."""
    never = next(_never(screening, own_addresses), None)
    if never is not None:
        return Permission(Answer.NEVER, never)
    reached = _cap_reached(screening, ordered, post)
    if reached is not None:
        return Permission(Answer.WAITS, reached)
    if screening.sender.trust is SenderTrust.AUTHENTICATED:
        return Permission(Answer.FULL)
    known = screening.sender.trust is SenderTrust.UNVERIFIED
    return Permission(Answer.WAITS, "unverified-sender" if known else "unknown-sender")


def _cap_reached(screening: Screening, ordered: LettersOrdered, post: Post) -> str | None:
    """Return which cap a further letter would pass; only agencies are answered unasked: theirs stands for domains."""
    if ordered.to_sender >= post.letters_per_sender_a_day:
        return "cap-reached"
    if ordered.by_agency.get(screening.sender.agency or "", 0) >= post.letters_per_agency_a_day:
        return "agency-cap-reached"
    return "cap-in-all-reached" if ordered.in_all >= post.letters_a_day else None


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
    elif is_robot(sender.address.reveal()):
        yield "robot-address"
    if screening.automation is not Automation.PERSON:
        yield screening.automation.value
    if not screening.answerable:
        yield "not-answerable"
