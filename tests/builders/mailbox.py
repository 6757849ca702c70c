"""A logged-in session with a mailbox at a loopback port."""

from typing import Any

from intake.edges.mailbox.session import Session
from intake.settings.program import Mailbox

RAW = b"Subject: an invented one\r\n\r\nNothing.\r\n"
PASSWORD = "an-invented-password"


def opened(port: int, user: str = "someone", **changes: Any) -> Session:
    """Log in to a mailbox at a loopback port."""
    fields = {"name": "sscp", "host": "127.0.0.1", "port": port, "security": "insecure", "username": user}
    return Session(Mailbox.model_validate({**fields, "timeout_seconds": 5, **changes}), lambda: PASSWORD)
