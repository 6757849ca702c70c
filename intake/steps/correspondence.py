"""What each leg may write to people: the answer to the sender, the alert to the duty channel, from evidence alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from intake.domain.case import AcknowledgementFacts, Letter, LetterKind
from intake.domain.delivery import LettersOrdered
from intake.domain.message import Message
from intake.domain.private import Private
from intake.domain.verdict import Screening
from intake.letters import acknowledgement, receipt, safety_alert
from intake.letters.permission import may_answer
from intake.letters.tokens import header_message_id
from intake.ports import World
from intake.settings import Settings

MOST_TAKEN_APART = 62_914_560
"""Bytes of a mail that the wall takes apart, whatever a mailbox takes in."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Evidence for letters: how many were ordered in the last day, and a keyed token for each kind."""

    ordered: LettersOrdered
    tokens: Mapping[LetterKind, str]


NONE = Correspondence(LettersOrdered(), {})
"""Where nobody is written to."""


def collect(message: Message, address: Private | None, world: World, now: datetime) -> Correspondence:
    """Count the letters ordered over the day before ``now``, and make the tokens of this message's letters."""
    return Correspondence(
        ordered=world.records.letters_ordered(address, now - A_DAY) if address else LettersOrdered(),
        tokens={kind: world.keys.token("letter", f"{kind.value}/{message.id}") for kind in LetterKind},
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the letters about one message are written: pure, from the message, the evidence, the rules and the time."""

    message: Message
    evidence: Correspondence
    rules: Settings
    now: datetime

    def acknowledge(self, screening: Screening, facts: AcknowledgementFacts) -> tuple[Letter, ...]:
        """Compose the acknowledgement of a registered referral, or none where nobody may be answered."""
        return self._answer(LetterKind.ACKNOWLEDGEMENT, screening, facts)

    def receive(self, screening: Screening, note: str | None) -> tuple[Letter, ...]:
        """Compose the receipt without reference for a mail that waits for a person, or none."""
        facts = AcknowledgementFacts(
            references=(),
            received=self.message.arrival.received_at,
            documents=0,
            note=note,
            limit_megabytes=self._limit_megabytes() if note == "over-limit" else None,
        )
        return self._answer(LetterKind.RECEIPT, screening, facts)

    def alert(self, codes: tuple[str, ...]) -> tuple[Letter, ...]:
        """Compose the alert to the named human channel; none where none is configured (check-config warns)."""
        if not codes or not self.rules.program.alert.to:
            return ()
        letter = safety_alert.compose(
            self.message.id,
            codes,
            self.rules.program.alert.to,
            self.rules.words,
            self.rules.safety,
            self.rules.program.post,
            message_id=self._fixed_id(LetterKind.SAFETY_ALERT),
            received=self.message.arrival.received_at,
            now=self.now,
        )
        return (letter,)

    def _answer(self, kind: LetterKind, screening: Screening, facts: AcknowledgementFacts) -> tuple[Letter, ...]:
        post = self.rules.program.post
        permission = may_answer(screening, self.evidence.ordered, post, self.rules.program.own_addresses)
        if permission.never or screening.sender.address is None:
            return ()
        compose = acknowledgement.compose if kind is LetterKind.ACKNOWLEDGEMENT else receipt.compose
        letter = compose(
            facts if permission.full else replace(facts, sections=()),
            screening.sender.address,
            self.rules.words,
            self.rules.safety,
            post,
            message_id=self._fixed_id(kind),
            in_reply_to=screening.in_reply_to,
            now=self.now,
        )
        return (permission.applied_to(letter),)

    def _limit_megabytes(self) -> int | None:
        box = self.rules.program.mailbox_named(self.message.arrival.place.mailbox)
        return min(box.max_bytes, MOST_TAKEN_APART) // 1_000_000 if box else None

    def _fixed_id(self, kind: LetterKind) -> str:
        return header_message_id(kind, self.evidence.tokens[kind], self.message.id, self.rules.program.post.sender)
