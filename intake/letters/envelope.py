"""The outside of a letter: headers of RFC 5322 and 3834 that nothing can be smuggled into, and the final bytes.

Every value passes :class:`Line`, which refuses what could end a header line, hide in one or turn one round; then the
standard library writes the message. Nothing a sender wrote reaches a header but a Message-ID of strict grammar. What
was written is read back (:mod:`intake.letters.written`): the library decodes what looks like an encoded word, line ends
and all, before it writes it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from intake.domain.case import Letter, LetterKind, LetterState
from intake.domain.private import Private
from intake.errors import BrokenPromise
from intake.letters import written
from intake.letters.parts import Body

ENCODED = "=?"
"""What begins an encoded word (RFC 2047): text that is written as it stands, and read as something else."""
LONGEST_LINE = 998  # RFC 5322 2.1.1
REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that are no text: control and format characters (bidi among them), separators of lines."""

CLEAN_MESSAGE_ID = re.compile(r"<?([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.\-\[\]:]{1,200})>?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a header, proven clean: to hold a Line is to hold no line break, control, bidi or encoded text."""

    text: str

    def __post_init__(self) -> None:
        """Refuse; BrokenPromise("header-not-clean") says nothing of the text."""
        if len(self.text) > LONGEST_LINE or ENCODED in self.text or not _is_text(self.text):
            raise BrokenPromise("header-not-clean")


def _is_text(text: str) -> bool:
    return not any(unicodedata.category(character) in REFUSED_CATEGORIES for character in text)


def clean_message_id(text: str | None) -> str | None:
    """Return the msg-id without brackets where ``text`` is one of plain grammar (RFC 5322 3.6.4), else None.

    An encoded word is of that grammar too, letter by letter, and is none of ours to pass on.
    """
    match = CLEAN_MESSAGE_ID.fullmatch(text.strip()) if text and ENCODED not in text else None
    return match.group(1) if match else None


def address_of(mailbox: str) -> str:
    """Return the addr-spec of ``Name <address>`` as configured."""
    return parseaddr(mailbox)[1]


@dataclass(frozen=True, slots=True)
class Envelope:
    """All that stands on the outside; ``automatic`` is RFC 3834's auto-replied or auto-generated."""

    kind: LetterKind
    sender: str
    to: tuple[Private, ...]
    subject: str
    message_id: str
    now: datetime
    automatic: str = "auto-replied"
    in_reply_to: str | None = None
    urgent: bool = False


def sealed(envelope: Envelope, body: Body) -> Letter:
    """Return the letter with its final bytes; BrokenPromise where a header is not clean, or not written so."""
    if not envelope.to:
        raise BrokenPromise("letter-without-recipient")
    headers = [(name, Line(value).text) for name, value in _headers(envelope)]
    try:
        content = _message(envelope, headers, body).as_bytes(policy=_policy(envelope))
    except (MessageError, ValueError, IndexError, AttributeError):
        raise BrokenPromise("letter-not-composable") from None
    if not written.says(content, headers, recipients=len(envelope.to)):
        raise BrokenPromise("letter-not-as-composed")
    return Letter(
        kind=envelope.kind,
        recipients=envelope.to,
        header_message_id=envelope.message_id.strip("<>"),
        content=content,
        state=LetterState.QUEUED,
    )


def _policy(envelope: Envelope) -> "policy.EmailPolicy[EmailMessage]":
    """Return RFC 5322 line ends without refolding: a folded msg-id would be taken apart; RFC 6532 only where needed."""
    addresses = (envelope.sender, *(address.reveal() for address in envelope.to))
    plain = all(address_of(address).isascii() for address in addresses)
    return policy.SMTP.clone(max_line_length=LONGEST_LINE, utf8=not plain)


def _message(envelope: Envelope, headers: Sequence[tuple[str, str]], body: Body) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    for name, value in headers:
        message[name] = value
    message.set_content(body.text, subtype="plain", charset="utf-8", cte="quoted-printable")
    message.add_alternative(body.html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = "en-GB"
    message.set_boundary(f"=_{hashlib.sha256(envelope.message_id.encode()).hexdigest()[:32]}")
    return message


def _headers(envelope: Envelope) -> Sequence[tuple[str, str]]:
    answered = clean_message_id(envelope.in_reply_to)
    headers = [
        ("From", envelope.sender),
        ("To", ", ".join(address.reveal() for address in envelope.to)),
        ("Subject", envelope.subject),
        ("Date", format_datetime(envelope.now.astimezone(UTC))),
        ("Message-ID", f"<{envelope.message_id.strip('<>')}>"),
        ("Auto-Submitted", envelope.automatic),
        ("X-Auto-Response-Suppress", "All"),
    ]
    if answered:
        headers += [("In-Reply-To", f"<{answered}>"), ("References", f"<{answered}>")]
    if envelope.urgent:
        headers += [("Importance", "high"), ("X-Priority", "1")]
    return headers
