"""The folder in which a mail server keeps what it sent: where a letter in doubt is looked for (security.md 7.1)."""

from intake.edges.mailbox.connection import Secret
from intake.edges.mailbox.session import Session
from intake.settings.program import Mailbox


class ImapSentFolder:
    """A :class:`intake.ports.SentFolder`; connects anew for each question: they are rare."""

    def __init__(self, mailbox: Mailbox, folder: str, secret: Secret) -> None:
        """Look into ``folder`` of this mailbox."""
        self._mailbox = mailbox.model_copy(update={"folder": folder})
        self._secret = secret

    def holds(self, header_message_id: str) -> bool:
        """Tell whether a letter of this Message-ID lies there; Unavailable("imap" | "secret", ...)."""
        with Session(self._mailbox, self._secret) as session:
            return session.holds(header_message_id)
