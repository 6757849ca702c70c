"""The alert to the named human channel: a mail may concern a child at risk now; by our own ids only, no name."""

from collections.abc import Sequence
from datetime import datetime

from intake.domain.case import Letter, LetterKind, Reference
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.letters.envelope import Envelope, sealed
from intake.letters.london import time_in_words
from intake.letters.parts import body_of
from intake.settings.neighbours import Safety
from intake.settings.program import Post
from intake.settings.words import Facts, Words, say


def compose(  # noqa: PLR0917 - what it is about, to whom, in which words: the order of all letters
    message: MessageId,
    codes: Sequence[str],
    to: Sequence[str],
    words: Words,
    safety: Safety,
    post: Post,
    *,
    message_id: str,
    received: datetime,
    now: datetime,
    reference: Reference | None = None,
    repeated: int = 0,
) -> Letter:
    """Compose it; ``repeated`` counts how often the same alert was told before."""
    letter = words.letters[LetterKind.SAFETY_ALERT.value]
    facts: Facts = {
        "message": message,
        "reference": reference or "",
        "received": time_in_words(received),
        "codes": tuple(words.common.alert_codes.get(code) or code for code in codes),
        "repeated": repeated,
        "unit": words.common.unit,
    }
    envelope = Envelope(
        kind=LetterKind.SAFETY_ALERT,
        sender=post.sender,
        to=tuple(Private(address) for address in to),
        subject=say(letter.subject, facts),
        message_id=message_id,
        now=now,
        automatic="auto-generated",
        urgent=True,
    )
    return sealed(envelope, body_of(letter, facts, words, safety, words.common.duty))
