"""The acknowledgement of a registered referral: its reference, and nothing about the child (domain.md)."""

from dataclasses import replace
from datetime import datetime

from intake.domain.case import AcknowledgementFacts, Letter, LetterKind
from intake.domain.private import Private
from intake.letters.answer import answer
from intake.settings.neighbours import Safety
from intake.settings.program import Post
from intake.settings.words import Words


def compose(
    facts: AcknowledgementFacts,
    to: Private,
    words: Words,
    safety: Safety,
    post: Post,
    *,
    message_id: str,
    in_reply_to: str | None,
    now: datetime,
) -> Letter:
    """Compose it; sections are named only where the facts have them (an authenticated sender's do)."""
    return answer(
        LetterKind.ACKNOWLEDGEMENT,
        replace(facts, note=None),
        to,
        words,
        safety,
        post,
        message_id=message_id,
        in_reply_to=in_reply_to,
        now=now,
    )
