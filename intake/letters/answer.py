"""What the two letters to a sender have in common: the same closed facts, put into the words of either."""

from datetime import datetime

from intake.domain.case import AcknowledgementFacts, Letter, LetterKind
from intake.domain.private import Private
from intake.letters.envelope import Envelope, sealed
from intake.letters.london import time_in_words
from intake.letters.parts import body_of
from intake.settings.neighbours import Safety
from intake.settings.program import Post
from intake.settings.words import Facts, Words, say


def answer(  # noqa: PLR0917 - the order the two letters share
    kind: LetterKind,
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
    """Compose the letter of ``kind`` to the one address ``to``."""
    letter = words.letters[kind.value]
    named = facts_in_words(facts, words)
    envelope = Envelope(
        kind=kind,
        sender=post.sender,
        to=(to,),
        subject=say(letter.subject, named),
        message_id=message_id,
        now=now,
        in_reply_to=in_reply_to,
    )
    return sealed(envelope, body_of(letter, named, words, safety, words.common.privacy))


def facts_in_words(facts: AcknowledgementFacts, words: Words) -> Facts:
    """Return what the sentences may name: references, a time, counts, titles and notes of our own configuration."""
    return {
        "references": tuple(facts.references),
        "reference": facts.references[0] if facts.references else "",
        "received": time_in_words(facts.received),
        "documents": facts.documents,
        "sections": tuple(dict.fromkeys(words.title_of(section) for section in facts.sections)),
        "note": words.note(facts.note),
        "limit_megabytes": facts.limit_megabytes or 0,
        "unit": words.common.unit,
    }
