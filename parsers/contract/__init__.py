"""What may cross the wall: closed, bounded structures, decoded strictly on the trusted side. This is its one door.

A request is a :class:`Task` and the bytes it speaks of; an answer is one of :data:`Answer`. Each travels as JSON
behind a four-byte big-endian length. No key beyond these, no string beyond its length, no error text of a parser:
only codes. Names beginning with ``untrusted_`` hold a stranger's words until something has measured them.
"""

from parsers.contract.answers import Answer, Extract, Refusal
from parsers.contract.bounds import Sha256, Struct
from parsers.contract.draft import Draft, DraftQuestion, DraftSection
from parsers.contract.framing import (
    ENDED,
    FAST,
    HEAD_BYTES,
    HOLDS,
    MAX_ANSWER_BYTES,
    MAX_EXTRACT_BYTES,
    NOT_ADMITTED,
    OTHER_RELEASE,
    OUT_OF_TIME,
    READY,
    SLOW,
    decode_answer,
    decode_task,
    encode,
    framed,
)
from parsers.contract.harvest import DocumentReading, Harvest, Unplaced, UntrustedReading
from parsers.contract.kinds import Certainty, DocumentState, Kind, Recognised
from parsers.contract.signing import MAX_SIGNATURES, Signature, SigningKey, Verified
from parsers.contract.survey import Address, Front, Headers, Part, Survey
from parsers.contract.task import Task, TaskKind

__all__ = [
    "ENDED",
    "FAST",
    "HEAD_BYTES",
    "HOLDS",
    "MAX_ANSWER_BYTES",
    "MAX_EXTRACT_BYTES",
    "MAX_SIGNATURES",
    "NOT_ADMITTED",
    "OTHER_RELEASE",
    "OUT_OF_TIME",
    "READY",
    "SLOW",
    "Address",
    "Answer",
    "Certainty",
    "DocumentReading",
    "DocumentState",
    "Draft",
    "DraftQuestion",
    "DraftSection",
    "Extract",
    "Front",
    "Harvest",
    "Headers",
    "Kind",
    "Part",
    "Recognised",
    "Refusal",
    "Sha256",
    "Signature",
    "SigningKey",
    "Struct",
    "Survey",
    "Task",
    "TaskKind",
    "Unplaced",
    "UntrustedReading",
    "Verified",
    "decode_answer",
    "decode_task",
    "encode",
    "framed",
]
