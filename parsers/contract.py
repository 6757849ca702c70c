"""What may cross the wall: closed, bounded structures, decoded strictly on the trusted side.

A request is a :class:`Task` and the bytes it speaks of; an answer is one of :data:`Answer`. Each travels as JSON
behind a four-byte big-endian length. No key beyond these, no string beyond its length, no error text of a parser:
only codes. Names beginning with ``untrusted_`` hold a stranger's words until something has measured them.
"""

from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

MAX_ANSWER_BYTES = 4 * 1024 * 1024
MAX_EXTRACT_BYTES = 84 * 1024 * 1024
"""Of an answer that hands out a part: 60 MB in base64."""
HEAD_BYTES = 4
"""Of the length before every message."""
READY, ENDED, OUT_OF_TIME = b"R", b"E", b"T"
"""The server's own words: the library is read; a child has ended (a signal's number follows, or 0); was stopped."""
OTHER_RELEASE, NOT_ADMITTED = b"O", b"N"
"""Why it will not serve, in place of READY: the two sides would not understand each other; the client is not ours."""
FAST, SLOW = b"f", b"s"
"""Who asks says no more of a task to the server than this; what it is, a password among it, its child alone reads."""
HOLDS: Final = ("landlock", "seccomp")
"""What of the kernel's own a child may be kept by, beside limits; a kernel may lack either."""

Code = Annotated[str, Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,63}\Z")]
FieldName = Annotated[str, Meta(pattern=r"\A[a-z_]+\.[a-z_]+\Z", max_length=60)]
Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Count = Annotated[int, Meta(ge=0, le=2**40)]
Label = Annotated[str, Meta(max_length=300)]
Value = Annotated[str, Meta(max_length=65_536)]
HeaderText = Annotated[str, Meta(max_length=16_384)]


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parent of all that crosses: immutable, closed, by keyword."""


class Kind(StrEnum):
    """What a part is, told from its bytes alone (its name and declared type are hearsay)."""

    DOCX = "docx"
    DOCM = "docm"
    DOTX = "dotx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    SPREADSHEET = "spreadsheet"
    IMAGE = "image"
    ZIP = "zip"
    MAIL = "mail"
    OUTLOOK_MSG = "outlook-msg"
    TNEF = "tnef"
    SMIME_SIGNED = "smime-signed"
    SMIME_ENCRYPTED = "smime-encrypted"
    PGP_ENCRYPTED = "pgp-encrypted"
    PROTECTED_MESSAGE = "protected-message"
    LOCKED_OFFICE = "locked-office"
    HTML = "html"
    TEXT = "text"
    CALENDAR = "calendar"
    DELIVERY_STATUS = "delivery-status"
    EXECUTABLE = "executable"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class DocumentState(StrEnum):
    """What came of one document."""

    READ = "read"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    OVER_LIMIT = "over-limit"
    NOT_A_FORM = "not-a-form"
    BLANK_FORM = "blank-form"
    IGNORED = "ignored"


class Recognised(StrEnum):
    """Whose form it is: the partnership's, another process's (MARF, LADO, CDOP ...), or no form at all."""

    OURS = "ours"
    NEIGHBOUR = "neighbour"
    NONE = "none"


class Certainty(StrEnum):
    """How sure a reading is, best first. ``keyed`` is a person's; the wall never says it."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    KEYED = "keyed"


class TaskKind(StrEnum):
    """``survey`` takes a mail apart without reading forms; ``read`` reads its forms; ``read-file`` reads one file.

    ``front`` hands out the headers alone, of a mail that could not be taken apart. ``extract`` hands out the bytes of
    one part as they are, never looked at on the other side. ``draft`` takes a blank form apart. ``signatures`` verifies
    a mail's DKIM signatures with keys that were looked up for it.
    """

    SURVEY = "survey"
    FRONT = "front"
    READ = "read"
    READ_FILE = "read-file"
    EXTRACT = "extract"
    DRAFT = "draft"
    SIGNATURES = "signatures"


DomainName = Annotated[str, Meta(pattern=r"\A[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,9}\Z", max_length=253)]
MAX_SIGNATURES = 5
"""DKIM signatures of one mail that are looked at, from the top."""


class Signature(Struct, frozen=True):
    """Where a DKIM signature (RFC 6376) says its key lies: ``selector`` + "._domainkey." + ``domain``."""

    domain: DomainName
    selector: DomainName


class SigningKey(Struct, frozen=True):
    """A key record as the name service gave it, for one signature."""

    signature: Signature
    record: Annotated[str, Meta(max_length=2_000)]


class Task(Struct, frozen=True):
    """What the trusted side asks: the kind of work and the length in bytes of what follows."""

    kind: TaskKind
    length: Count
    slow: bool = False
    """Convert old formats and read pictures too: in the workshop, with more time, memory and a folder of its own."""
    part: Count = 0
    """The part to extract, by its number in the survey."""
    password: Annotated[str, Meta(max_length=255)] = ""
    """What an operator typed to open locked parts; lives in this one task and its child alone."""
    signing_keys: Annotated[tuple[SigningKey, ...], Meta(max_length=MAX_SIGNATURES)] = ()
    """For ``signatures``: the keys to verify with."""
    entity: Count = 0
    """Of the bytes that follow, how many at their end our key opened ``part`` to: a MIME entity, read in its place."""


class Address(Struct, frozen=True):
    """One mailbox as one reader saw it: RFC 5322 addr-spec and display name, both as claimed."""

    untrusted_address: Annotated[str, Meta(max_length=320)]
    untrusted_name: Label


class Headers(Struct, frozen=True):
    """The headers the story needs, unfolded and decoded, every one bounded; absent is an empty string or tuple."""

    untrusted_from_raw: Annotated[tuple[Annotated[str, Meta(max_length=998)], ...], Meta(max_length=8)]
    from_header_count: Count
    from_addresses: Annotated[tuple[Address, ...], Meta(max_length=8)]
    from_second_opinion: Annotated[tuple[Address, ...], Meta(max_length=8)]
    reply_to: Annotated[tuple[Address, ...], Meta(max_length=8)]
    untrusted_subject: HeaderText
    untrusted_message_id: Annotated[str, Meta(max_length=998)]
    untrusted_in_reply_to: Annotated[str, Meta(max_length=998)]
    untrusted_references: HeaderText
    untrusted_date: Label
    untrusted_return_path: Annotated[str, Meta(max_length=998)]
    untrusted_auto_submitted: HeaderText
    untrusted_precedence: HeaderText
    untrusted_suppress: HeaderText
    untrusted_loop: HeaderText
    """All of X-Loop: the addresses that have answered or sent the mail on."""
    responder_headers: Annotated[tuple[Code, ...], Meta(max_length=20)]
    """Which fields of responders and senders in bulk it has: X-Autoreply, Feedback-ID and their like."""
    list_headers: Annotated[tuple[Code, ...], Meta(max_length=20)]
    untrusted_content_type: HeaderText
    authentication_results: Annotated[tuple[HeaderText, ...], Meta(max_length=20)]
    received_above: Annotated[tuple[Count, ...], Meta(max_length=20)]
    """For each of them, how many Received fields stand above it: how far down the way of the mail it was written."""
    received: Annotated[tuple[HeaderText, ...], Meta(max_length=60)]
    received_count: Count
    recipients: Annotated[tuple[Address, ...], Meta(max_length=100)]
    returned_message_ids: Annotated[tuple[Annotated[str, Meta(max_length=998)], ...], Meta(max_length=8)] = ()
    """Message-IDs of the mail a delivery status notification (RFC 3464) returns."""
    signatures: Annotated[tuple[Signature, ...], Meta(max_length=MAX_SIGNATURES)] = ()
    """Its DKIM signatures, from the top, as far as they name a key."""


class Part(Struct, frozen=True):
    """One leaf of the mail, containers opened: its number, its way in, its kind by content, its digest."""

    index: Count
    path: Annotated[str, Meta(pattern=r"\A[0-9a-z./]{1,200}\Z")]
    kind: Kind
    untrusted_declared_type: Label
    untrusted_name: Label
    bytes: Count
    sha256: Sha256
    locked: bool
    body: bool
    codes: Annotated[tuple[Code, ...], Meta(max_length=30)] = ()


class Survey(Struct, frozen=True, tag="survey"):
    """A mail taken apart. ``content_sha256`` is over the mail without its trace headers (RFC 5321 4.4)."""

    headers: Headers
    content_sha256: Sha256
    parts: Annotated[tuple[Part, ...], Meta(max_length=400)]
    wrapper: Code | None
    link_hosts: Annotated[tuple[Code, ...], Meta(max_length=20)]
    codes: Annotated[tuple[Code, ...], Meta(max_length=60)]


class Front(Struct, frozen=True, tag="front"):
    """The headers of a mail that was refused whole; ``cut``: there are more of them than were looked at."""

    headers: Headers
    cut: bool


class UntrustedReading(Struct, frozen=True):
    """One answer as it stands on the form. ``child`` counts from 1; ``where`` names its place for a person."""

    field: FieldName
    child: Annotated[int, Meta(ge=1, le=20)] | None
    untrusted_text: Value
    where: Label
    certainty: Certainty


class Unplaced(Struct, frozen=True):
    """An answer under a label no field knows: kept and shown under its own label."""

    untrusted_label: Label
    untrusted_text: Value
    where: Label


class DocumentReading(Struct, frozen=True):
    """What was read from one document of a mail (``index`` is the part's) or from a single file (index 0)."""

    index: Count
    kind: Kind
    bytes: Count
    sha256: Sha256
    state: DocumentState
    why: Code | None
    recognised: Recognised
    sheet: Code | None
    edition: Label | None
    """As the library has it for this sheet: the trusted side takes no other."""
    readings: Annotated[tuple[UntrustedReading, ...], Meta(max_length=2_000)]
    unplaced: Annotated[tuple[Unplaced, ...], Meta(max_length=500)]
    conflicts: Annotated[tuple[FieldName, ...], Meta(max_length=200)]
    codes: Annotated[tuple[Code, ...], Meta(max_length=30)] = ()


class Harvest(Struct, frozen=True, tag="harvest"):
    """All that was read from one mail: its documents, its body's own words, and whether they look like a form."""

    documents: Annotated[tuple[DocumentReading, ...], Meta(max_length=400)]
    untrusted_body: Value
    body_looks_like_form: bool
    codes: Annotated[tuple[Code, ...], Meta(max_length=60)]


class Extract(Struct, frozen=True, tag="extract"):
    """One part's bytes, as they came."""

    data: bytes


class DraftQuestion(Struct, frozen=True):
    """One question of a blank form: its words, its place, the kind of answer, and the field it asks for if known."""

    untrusted_label: Label
    untrusted_guidance: Annotated[str, Meta(max_length=1_000)]
    where: Label
    kind: Code
    field: FieldName | None
    why: Code | None
    """Why a person must place it; None where its field is certain."""
    untrusted_options: Annotated[tuple[Label, ...], Meta(max_length=60)] = ()
    """The options or columns that no field knows."""
    choices: Annotated[tuple[Label, ...], Meta(max_length=60)] = ()
    """The options of the field that it offers, where it does not offer all."""
    untrusted_tag: Label = ""
    """The form's own name for its control."""


class DraftSection(Struct, frozen=True):
    """One section of a blank form; ``key`` is that of the section of other sheets that it is, or empty."""

    key: Annotated[str, Meta(pattern=r"\A[a-z0-9-]{0,40}\Z")]
    untrusted_title: Label
    answers: bool
    children: Annotated[int, Meta(ge=0, le=20)]
    questions: Annotated[tuple[DraftQuestion, ...], Meta(max_length=200)]
    untrusted_text: Annotated[tuple[Label, ...], Meta(max_length=100)]


class Draft(Struct, frozen=True, tag="draft"):
    """What a blank form asks, section by section; ``neighbour`` is the other process whose form it looks like."""

    kind: Kind
    unreadable: Code | None
    """Why it could not be read; then all else is empty."""
    untrusted_title: Label = ""
    untrusted_edition: Label = ""
    untrusted_header: Label = ""
    neighbour: Code | None = None
    sections: Annotated[tuple[DraftSection, ...], Meta(max_length=60)] = ()


class Refusal(Struct, frozen=True, tag="refusal"):
    """The whole task could not be done: over-limit, unreadable, time, memory, killed."""

    code: Code
    limit: Code | None = None
    """What there was too much of, where the code is over-limit."""


class Verified(Struct, frozen=True, tag="verified"):
    """Which of the signatures asked about hold: the mail is as it was signed."""

    holding: Annotated[tuple[Signature, ...], Meta(max_length=MAX_SIGNATURES)]


Answer = Survey | Front | Harvest | Extract | Draft | Verified | Refusal


def framed(message: bytes) -> bytes:
    """Return a message behind its length."""
    return len(message).to_bytes(HEAD_BYTES, "big") + message


encode = msgspec.json.Encoder().encode
decode_answer = msgspec.json.Decoder(Answer).decode
decode_task = msgspec.json.Decoder(Task).decode
