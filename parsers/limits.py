"""How much of anything is looked at, and the gate of bytes that a mail passes before any parser sees it.

Every figure stands against a measured attack (security.md 2.1: 22, 31, 32; 4.3), far above what honest mail needs.
"""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Final

MAX_MAIL_BYTES: Final = 62_914_560
MAX_LINES: Final = 1_500_000
"""60 MB of base64 has 830,000 lines; a flood of blank lines costs a microsecond each in the standard library."""
MAX_HEADER_BLOCK_BYTES: Final = 256 * 1024
MAX_HEADER_LINES: Final = 3_000
MAX_HEADER_BYTES: Final = 16_000
"""Of one unfolded header we use; Exchange's own trace headers may be longer and are not looked at."""
MAX_FROM_BYTES: Final = 998
"""A line of RFC 5322 2.1.1. Reading a longer one by the modern policy takes quadratic time."""
MAX_ADDRESS_HEADER_BYTES: Final = 4_000
MAX_DEPTH: Final = 20
MAX_PARTS: Final = 200
"""Leaves of one MIME tree, and entries of one zip."""
MAX_NODES: Final = 500
"""Nodes of all MIME trees of one mail, blocks of a delivery report included."""
MAX_LEAVES: Final = 300
"""Leaves over all containers of one mail; what crosses the wall has room for 400."""
MAX_CONTAINERS_DEEP: Final = 2
"""A form in a zip in a forwarded mail is found; one step further a person opens it."""
MAX_UNPACKED_BYTES: Final = 120 * 1024 * 1024
"""All that comes out of the containers of one mail together."""
MAX_ZIP_RATIO: Final = 100
SMALL_ZIP_ENTRY_BYTES: Final = 256 * 1024
"""Below this an entry may shrink as well as it likes."""
MAX_ZIP_DIRECTORY_BYTES: Final = 2 * 1024 * 1024
MAX_ZIP_ENTRIES: Final = 2_000
"""Of any zip's directory, a Word file's too: listing one costs a microsecond for each four bytes of its name."""
MAX_SIGNED: Final = 4
"""Signed multiparts of one mail that are verified (RFC 1847); the words of any further one are read unverified."""
MAX_SIGNATURE_BYTES: Final = 256 * 1024
"""Of a detached signature with its certificates; taking one apart takes a second for each ten megabytes."""
MAX_BOUNDARIES_FOUND: Final = 4
"""Multiparts of one mail whose boundary is looked for, each of which is parsed anew."""
MAX_BODY_CHARACTERS: Final = 60_000
MAX_BODY_BYTES: Final = 1024 * 1024
"""Of one text or HTML body; what follows is not read and the mail is marked ``body-cut``."""
MAX_BODIES_BYTES: Final = 4 * MAX_BODY_BYTES
"""Of all bodies of a mail together; what follows is not read, and the mail marked likewise."""
MAX_ATTRIBUTES: Final = 1_000
"""Of one element of a page: reading more takes quadratic time in libxml2 (50,000 take ten seconds)."""
MAX_CODES: Final = 60
MAX_PART_CODES: Final = 30

OPENING_SHARE: Final = 0.4
"""Of a task's time, once a mail is parsed, to tell its parts and open what holds others; the rest stays closed."""
OPENING_END: Final = 0.6
"""Of a task's time, from its beginning, when opening ends at the latest."""
LEAST_TURN_SECONDS: Final = 0.02
"""To tell what a part is that lies openly in a mail, even when opening has no time left: ten times enough."""
DOCUMENT_SHARE: Final = 0.4
"""Of a task's time for one document, so that a bomb among the attachments does not hide the form beside it."""
TURN_SHARE: Final = 0.1
"""Of the time that is left, for one document at first; more where fewer documents wait for theirs."""
SLOW_DOCUMENT_SHARE: Final = 0.75
"""The same in a slow task: twenty scanned pages need it, and what was read at once is safe already."""
LEAST_PICTURE_BYTES: Final = 60_000
"""A photograph of a page is larger; what is smaller is never looked at slowly (as intake.steps.without_form has it)."""
READING_SHARE: Final = 0.8
"""Of a task's time, from its beginning, until all documents have been read."""
PDF_LOCK_SECONDS: Final = 2.0
"""Of one mail, to find out which of its PDFs are locked."""

_A_DAY: Final = 86_400.0
_BLANK_LINE: Final = re.compile(rb"\r\n\r\n|\n\n|\n\r\n|\r\r(?!\n)")


class OverLimit(Exception):
    """More than is looked at; ``code`` says of what. Carries nothing of the mail."""

    def __init__(self, code: str) -> None:
        """``code`` is from a closed list of kebab-case words."""
        super().__init__(code)
        self.code = code


class OutOfTime(BaseException):
    """The time given to one document is spent; no parser's own ``except Exception`` may swallow it."""

    codes: tuple[str, ...] = ()
    """What was met of the document before."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the body after so many seconds of wall clock; for the main thread.

    Inside another it ends with that one at the latest, which then goes on with what it has left.
    """
    begun, outer = monotonic(), signal.getitimer(signal.ITIMER_REAL)[0]
    previous = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, _at_least(min(seconds, outer or seconds)))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, _at_least(outer - (monotonic() - begun)))


def _at_least(seconds: float) -> float:
    """Return what the kernel takes: never nothing, which would be no clock at all."""
    return min(max(seconds, 0.001), _A_DAY)


def _ring(*_: object) -> None:
    raise OutOfTime


def header_end(raw: bytes) -> int:
    """Return where the header block of a mail ends: before its first blank line of any line ending, else at its end."""
    if raw[:1] in {b"\r", b"\n"}:
        return 0
    found = _BLANK_LINE.search(raw, 0, MAX_HEADER_BLOCK_BYTES + 4)
    return found.start() if found else len(raw)


def gate(raw: bytes) -> None:
    """Weigh a mail by its bytes alone; raises OverLimit. Nothing is parsed, the cost is linear."""
    if len(raw) > MAX_MAIL_BYTES:
        raise OverLimit("mail-too-large")
    if raw.count(b"\n") > MAX_LINES or raw.count(b"\r") > MAX_LINES:
        raise OverLimit("too-many-lines")
    end = header_end(raw)
    if end > MAX_HEADER_BLOCK_BYTES:
        raise OverLimit("headers-too-large")
    if max(raw.count(b"\n", 0, end), raw.count(b"\r", 0, end)) > MAX_HEADER_LINES:
        raise OverLimit("too-many-headers")


@dataclass(slots=True)
class Allowance:
    """What one mail may still spend, over all its containers; the methods that spend raise OverLimit beyond it."""

    nodes: int = MAX_NODES
    leaves: int = MAX_LEAVES
    unpacked: int = MAX_UNPACKED_BYTES
    signed: int = MAX_SIGNED
    boundaries: int = MAX_BOUNDARIES_FOUND
    locks: float = PDF_LOCK_SECONDS
    until: float = inf
    """When opening ends, by the clock of ``monotonic``; whoever opens looks at it."""

    def node(self) -> None:
        """Spend one node of a MIME tree."""
        self.nodes -= 1
        if self.nodes < 0:
            raise OverLimit("too-many-parts")

    def leaf(self, count: int = 1) -> None:
        """Spend leaves."""
        self.leaves -= count
        if self.leaves < 0:
            raise OverLimit("too-many-parts")

    def unpack(self, size: int) -> None:
        """Spend bytes that come out of a container; they stay spent, whatever becomes of it."""
        self.unpacked -= size
        if self.unpacked < 0:
            raise OverLimit("unpacks-too-large")

    def verify(self) -> bool:
        """Tell whether one more signed multipart may be verified, and spend it."""
        self.signed -= 1
        return self.signed >= 0

    def find_boundary(self) -> bool:
        """Tell whether one more boundary may be looked for, and spend it."""
        self.boundaries -= 1
        return self.boundaries >= 0

    def left(self) -> float:
        """Return the seconds that opening may still take."""
        return self.until - monotonic()

    @contextmanager
    def looking_at_a_lock(self) -> Iterator[None]:
        """Raise OutOfTime in the body once all the locks of the mail together have taken their time."""
        begun = monotonic()
        try:
            with within(self.locks):
                yield
        finally:
            self.locks -= monotonic() - begun
