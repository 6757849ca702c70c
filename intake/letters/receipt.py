"""The receipt for a mail that waits for a person: no reference, no section, only that it came."""

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
    """Compose it; references and sections are dropped here, whatever the facts hold."""
    return answer(
        LetterKind.RECEIPT,
        replace(facts, references=(), sections=()),
        to,
        words,
        safety,
        post,
        message_id=message_id,
        in_reply_to=in_reply_to,
        now=now,
    )
