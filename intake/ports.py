"""What the story needs from outside, as Protocols: the edges and the records implement them, tests may fake them.

Every method may raise :class:`intake.errors.Unavailable` (the thing is away) and nothing else of its own library's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from intake.domain.case import Assessment, KnownCase, Letter, Reference
from intake.domain.delivery import Delivery, DueLetter, LettersOrdered, UnactedAlert
from intake.domain.findings import ExceptionItem, Finding
from intake.domain.message import Arrival, Earlier, Message, MessageId
from intake.domain.outcome import Outcome
from intake.domain.private import Private
from intake.domain.referral import Referral
from intake.domain.verdict import ScanResult, Screening
from intake.errors import Unavailable
from parsers.contract import Front, Harvest, Refusal, Signature, SigningKey, Survey


class Clock(Protocol):
    """The time; asked only by the shell, never by a decision."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC."""


class Reader(Protocol):
    """The wall: takes untrusted bytes apart in a process of its own."""

    def survey(self, raw: bytes) -> Survey | Refusal:
        """Take a mail apart without reading its forms."""

    def front(self, raw: bytes) -> Front | Refusal:
        """Return the headers alone, of a mail that could not be taken apart."""

    def read(self, raw: bytes, *, password: str = "") -> Harvest | Refusal:
        """Read every form of a mail; ``password`` is what an operator typed to open its locked parts."""

    def holding(self, raw: bytes, keys: Sequence[SigningKey]) -> tuple[Signature, ...]:
        """Return which of a mail's DKIM signatures hold by these keys."""

    def read_file(self, data: bytes, *, password: str = "") -> Harvest | Refusal:
        """Read one file as a form (``intake form try``)."""


class Vault(Protocol):
    """Sealed originals: encrypted files named by our own id, each fsynced before it is spoken of."""

    def store(self, message: MessageId, chunks: Sequence[bytes]) -> None:
        """Seal the original whole or not at all; a second store under the same id replaces an unfinished first."""

    def open(self, message: MessageId) -> bytes:
        """Return the original; raises BrokenPromise("original-missing" | "original-altered")."""


class Scanner(Protocol):
    """The malware scanner."""

    def scan(self, raw: bytes) -> ScanResult:
        """Scan a whole mail; Unavailable while the scanner is away (the message waits, never passes)."""


class SenderKeys(Protocol):
    """The keys that senders publish for their DKIM signatures."""

    def record(self, signature: Signature) -> str | None:
        """Return the key record; None where there is none, or nobody answers in time."""


class Keys(Protocol):
    """What keyed codes the story needs; the key material never leaves the ring."""

    def token(self, purpose: str, text: str) -> str:
        """Return 20 lower-case base32 digits of HMAC-SHA-256 over purpose and text: deterministic per key ring."""

    def is_token(self, purpose: str, text: str, token: str) -> bool:
        """Tell in constant time whether ``token`` is ours, under any key of the ring."""


class Records(Protocol):
    """The records as the journey uses them. Each write is one transaction, with its line of the intake log."""

    def receive(self, message: MessageId, arrival: Arrival, *, now: datetime, oversize: bool = False) -> bool:
        """Write row and log line of a sealed arrival; False when this place is already known (nothing written)."""

    def message(self, message: MessageId) -> Message:
        """Return the row; BrokenPromise("no-such-message")."""

    def workable(self, limit: int, *, now: datetime) -> Sequence[MessageId]:
        """Return messages at a stage the worker takes up and whose time to try has come, oldest receipt first."""

    def begin_leg(self, message: Message, *, now: datetime) -> Message:
        """Count an attempt, durably, before the leg is begun; raises Overtaken when the stage is not the row's."""

    def postpone(
        self, message: Message, until: datetime, away: Unavailable, item: ExceptionItem | None, *, now: datetime
    ) -> None:
        """Take the attempt back and try not before ``until``: something outside is away; ``item`` tells a person."""

    def commit(self, message: Message, outcome: Outcome, *, now: datetime) -> None:
        """Write the outcome whole or not at all; raises Overtaken when another worker moved the message first."""

    def earlier_copy(self, message: MessageId, sha256: str, content_sha256: str) -> Earlier | None:
        """Return an earlier message with the same bytes, or the same content but for trace headers."""

    def of_message_id(self, message: MessageId, header_message_id: str) -> MessageId | None:
        """Return an earlier message that bears the same Message-ID, whatever is in it."""

    def letter_of(self, header_message_ids: Sequence[str]) -> tuple[MessageId, Sequence[Reference]] | None:
        """Return whose letter of ours bears one of these Message-IDs, and the references it spoke of."""

    def letters_ordered(self, address: Private, since: datetime) -> LettersOrdered:
        """Count letters ordered since then: to an address, by agency and in all (the caps)."""

    def screening(self, message: MessageId) -> Screening:
        """Return what was durable at SCREENED."""

    def referrals(self, message: MessageId) -> Sequence[Referral]:
        """Return what was durable at PARSED: the forms of ours, opened from their seal."""

    def assessments(self, message: MessageId) -> Sequence[Assessment]:
        """Return what was durable at CHECKED."""

    def exceptions_of(self, message: MessageId) -> Sequence[ExceptionItem]:
        """Return the open exceptions of a message."""

    def findings_of(self, message: MessageId) -> Sequence[Finding]:
        """Return the findings of a message."""

    def known_cases(self, referral: Referral) -> Sequence[KnownCase]:
        """Return registered versions sharing the file, a child or the incident, found by blind index."""

    def reference_taken(self, reference: Reference) -> bool:
        """Tell whether a reference is in use."""


class PostOffice(Protocol):
    """The way out: hands letters to the mail server over one kept connection."""

    def connect(self) -> None:
        """Make sure of a secured, logged-in connection; Unavailable("smtp", ...) while the server is away."""

    def send(self, letter: Letter) -> Delivery:
        """Hand over one letter: Sent only after the server's 250; Unavailable("smtp", "in-doubt") when cut before."""

    def close(self) -> None:
        """End the batch: say goodbye where somebody still listens."""


class SentFolder(Protocol):
    """Where the mail server keeps a copy of what it sent for us."""

    def holds(self, header_message_id: str) -> bool:
        """Tell whether a letter of this Message-ID lies there; Unavailable("imap" | "secret", ...)."""


class Outbox(Protocol):
    """The records as the post uses them; each write is one transaction."""

    def due_letters(self, now: datetime, limit: int) -> Sequence[DueLetter]:
        """Return queued letters whose time to try has come: safety alerts first, then the longest waiting."""

    def letter_attempt(self, due: DueLetter) -> None:
        """Count an attempt, durably, before it is made; Overtaken when another post office has begun it since."""

    def letter_sent(self, letter: int, queue_code: str, now: datetime) -> None:
        """Note that the server said 250: the letter is theirs now."""

    def letter_found(self, letter: int, now: datetime) -> None:
        """Note that a letter in doubt lies among those the server has sent."""

    def letter_failed(self, letter: int, code: str, next_try: datetime, now: datetime) -> None:
        """Not this time; try not before ``next_try``."""

    def letter_abandoned(self, letter: int, code: str, now: datetime) -> None:
        """Never again: abandoned, with an exception for a person, in one transaction."""

    def unacted_alerts(self, told_before: datetime) -> Sequence[UnactedAlert]:
        """Return alerts whose exception is still open and of which nobody was told since ``told_before``."""

    def alert_repeated(self, message: MessageId, now: datetime) -> None:
        """Note that the named human channel was told again: the clock to the next repeat runs anew."""


@dataclass(frozen=True, slots=True)
class World:
    """All the ports a leg may ask, and the one source of chance."""

    reader: Reader
    vault: Vault
    scanner: Scanner
    keys: Keys
    records: Records
    randomness: Callable[[], int]
    """At least 60 random bits; the shell gives ``secrets.randbits``, tests a seeded one."""
    sender_keys: SenderKeys | None = None
    """For a second opinion on DKIM; None where it is left to the border."""
