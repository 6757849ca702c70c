"""What watching asks of a mailbox: which UIDs there are, how large each is, its bytes in chunks, and to wait for more.

Everything here reads: the folder is opened read-only (EXAMINE) and bodies are asked for with PEEK, so not even a flag
changes at the server. UIDs only; sequence numbers shift under a second client.
"""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from intake.edges.mailbox.connection import Secret, connect, hang_up, said_bye
from intake.edges.mailbox.faults import WHAT, Refused, mapped
from intake.edges.mailbox.names import Names
from intake.edges.mailbox.wire import STOP_SECONDS, Client
from intake.errors import Unavailable
from intake.settings.program import Mailbox

CHUNK = 1024 * 1024
"""Bytes asked for at a time: a literal costs three times its size in memory (libraries.md, "Mail in")."""
HEADER_BYTES = 256 * 1024
"""As much of an oversize mail's header as is kept (security.md, threat 32)."""
MANY = 50_000
"""A listing of so many UIDs is under a million bytes, the most imaplib takes in one line."""


class Unfetchable(Exception):
    """The server does not give this one message as it said it would; ``code`` says how."""

    def __init__(self, code: str) -> None:
        """``code`` is from a closed list."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Listing:
    """All UIDs of the folder at one time, ascending."""

    uidvalidity: int
    uids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the server says of a message before it is fetched: RFC822.SIZE and INTERNALDATE (aware, UTC)."""

    bytes: int
    received_at: datetime | None
    """None where the server gives no date that can be read."""


class Session:
    """A logged-in conversation about one folder. Every method may raise Unavailable("imap", code)."""

    def __init__(self, mailbox: Mailbox, secret: Secret) -> None:
        """Connect, secure, log in."""
        self.mailbox = mailbox
        self.client: Client = connect(mailbox, secret)
        self._names: Names | None = None

    def __enter__(self) -> "Session":
        """Return the session."""
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye where somebody still listens."""
        self.close()

    @property
    def certificate_ends(self) -> date | None:
        """The last day of the certificate the server showed (UTC); None on a line without TLS."""
        wire = self.client.wire.sock
        told = wire.getpeercert() if isinstance(wire, ssl.SSLSocket) else None
        ends = told.get("notAfter") if told else None
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC).date() if isinstance(ends, str) else None

    def look(self) -> Listing:
        """Open the folder anew and list it: never by UNSEEN, never by date, so nothing can be missed."""
        with self.asking("folder-refused"):
            folder = self.names.of(self.mailbox.folder)
            state = self.client.select_folder(folder, readonly=True)
            validity = state.get(b"UIDVALIDITY")
            if not isinstance(validity, int) or validity <= 0:
                raise Unavailable(WHAT, "no-uidvalidity")
            return Listing(validity, tuple(sorted(set(self._uids(state)))))

    def facts(self, uid: int) -> Facts | None:
        """Return what the server says of a message; None when it has vanished. May raise :class:`Unfetchable`."""
        answer = self._fetched(uid, ["RFC822.SIZE", "INTERNALDATE"])
        return _facts(answer) if answer else None

    def chunks(self, uid: int, size: int) -> Iterator[bytes]:
        """Yield a message's bytes until the server says it ends, at least as far as ``size`` where it gives so much.

        Raises :class:`Unfetchable` when an answer has no bytes in it or bytes from elsewhere.
        """
        offset = 0
        while data := self._part(uid, "BODY[]", offset, CHUNK):
            yield data
            offset += len(data)
            if len(data) < CHUNK and offset >= size:
                return

    def header(self, uid: int) -> bytes:
        """Return the first 256 kB of a message's header."""
        return self._part(uid, "BODY[HEADER]", 0, HEADER_BYTES)

    def header_digest(self, uid: int) -> str:
        """Return the SHA-256 of what :meth:`header` gives."""
        return sha256(self.header(uid)).hexdigest()

    def digest(self, uid: int, most: int) -> tuple[int, str] | None:
        """Return length and SHA-256 of a message as it stands at the server; None when it is over ``most`` bytes."""
        length, digest = 0, sha256()
        for chunk in self.chunks(uid, most):
            length += len(chunk)
            digest.update(chunk)
            if length > most:
                return None
        return length, digest.hexdigest()

    def holds(self, header_message_id: str) -> bool:
        """Tell whether the folder has a mail of this Message-ID (without its brackets)."""
        with self.asking("folder-refused"):
            self.client.select_folder(self.names.of(self.mailbox.folder), readonly=True)
            return bool(self.client.search(["HEADER", "Message-ID", f"<{header_message_id}>"]))

    def wait(self, seconds: float, is_over: Callable[[], bool]) -> None:
        """Return when the server has news, at the latest after ``seconds``; whoever asked looks again in any case."""
        until = time.monotonic() + seconds
        with suppress(Refused), self.asking():
            if self.client.has_capability("IDLE"):
                self.client.wire.wait_idle(seconds, is_over)
                return
        while (left := until - time.monotonic()) > 0 and not is_over():
            time.sleep(min(left, STOP_SECONDS))

    def close(self) -> None:
        """Say goodbye; never fails, never waits longer than a time-out."""
        with suppress(Unavailable, Refused), self.asking():
            self.client.logout()
        hang_up(self.client)

    @contextmanager
    def asking(self, refusal: str | None = None) -> Iterator[None]:
        """Map the libraries' exceptions; a NO becomes Unavailable("imap", refusal) where one is named."""
        try:
            with mapped(lambda: said_bye(self.client)):
                yield
        except Refused:
            if refusal is None:
                raise
            raise Unavailable(WHAT, refusal) from None

    @property
    def names(self) -> Names:
        """How this server writes folders' names."""
        if self._names is None:
            with self.asking("list-refused"):
                self._names = Names.of_server(self.client)
        return self._names

    def _uids(self, state: dict[bytes, Any]) -> Iterator[int]:
        """Yield all UIDs; a large folder is listed window by window."""
        after = state.get(b"UIDNEXT")
        if state.get(b"EXISTS", 0) <= MANY or not isinstance(after, int):
            yield from self.client.search("ALL")
            return
        for low in range(1, after, MANY):
            yield from self.client.search(f"UID {low}:{low + MANY - 1}")

    def _part(self, uid: int, what: str, offset: int, size: int) -> bytes:
        answer = self._fetched(uid, [f"{what.replace('BODY', 'BODY.PEEK')}<{offset}.{size}>"])
        return _bytes_of(answer, what.encode(), offset, size)

    def _fetched(self, uid: int, items: list[str]) -> dict[bytes, Any]:
        """Ask about one message alone: an answer that is a no, or none, is then about no other."""
        try:
            with self.asking():
                answer: dict[bytes, Any] = self.client.fetch([uid], items).get(uid, {})
        except Refused:
            raise Unfetchable("refused") from None
        return answer


def _facts(answer: dict[bytes, Any]) -> Facts:
    size, date = answer.get(b"RFC822.SIZE"), answer.get(b"INTERNALDATE")
    if not isinstance(size, int) or size < 0:
        raise Unfetchable("no-size")
    return Facts(size, _utc(date) if isinstance(date, datetime) else None)


def _utc(date: datetime) -> datetime | None:
    try:
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _bytes_of(answer: dict[bytes, Any], what: bytes, offset: int, size: int) -> bytes:
    """Return the bytes of a partial answer, which must be those asked for; past the end there are none."""
    key = what + b"<%d>" % offset
    if key not in answer and not (offset == 0 and what in answer):
        raise Unfetchable("no-literal")
    data = answer.get(key, answer.get(what))
    if data is None and offset > 0:
        return b""
    if not isinstance(data, bytes):
        raise Unfetchable("no-literal")
    if len(data) > size:
        raise Unfetchable("too-long")
    return data
