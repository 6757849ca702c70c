"""Key: a person types what a form says that the program could not read. HELD -> PARSED; from there it goes as any."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from intake.domain.message import MessageId
from intake.domain.outcome import DocumentRecord, Outcome
from intake.domain.private import Private
from intake.domain.referral import Reading, Referral
from intake.domain.stages import Stage
from parsers.contract import Certainty, DocumentState, Recognised

KEYED = "keyed-by-hand"
"""Why the message goes on, and the code of a form that nobody but a person has read."""
KIND = "keyed"
BODY = "the email's own words"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person typed of one answer: one value, several options, or the rows of a table."""

    field: str
    child: int | None
    values: tuple[Private, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as somebody typed it: what it was typed from, which sheet it is of (None: of none), and its answers."""

    by: str
    attachment: int | None
    """None where it stood in the email's own words."""
    sheet: str | None
    answers: tuple[Answer, ...]


def decide(message: MessageId, typed: Typed, documents: Sequence[int]) -> Outcome:
    """Return the outcome that puts a typed form beside the ``documents`` there are, as one of its own.

    Its digest is of its place, never of its words: a short answer could be guessed from it. So no file is taken for
    the same as this, and a file that becomes readable later is told to a person (``intake.steps.reread``).
    """
    number = max(documents, default=0) + 1
    digest = sha256(f"{KEYED}/{message}/{number}".encode()).hexdigest()
    place = Private(f"keyed by a person from {_source(typed.attachment)}")
    readings = tuple(
        Reading(answer.field, answer.child, value, place, Certainty.KEYED, typed.by)
        for answer in typed.answers
        for value in answer.values
    )
    record = DocumentRecord(
        number, KIND, 0, digest, DocumentState.READ.value, recognised=Recognised.OURS.value, sheet=typed.sheet
    )
    return Outcome(
        stage=Stage.PARSED,
        why=KEYED,
        documents=(record,),
        referrals=(Referral(number, digest, typed.sheet, None, readings, codes=(KEYED,)),),
    )


def _source(attachment: int | None) -> str:
    return BODY if attachment is None else f"attachment {attachment}"
