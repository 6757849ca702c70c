"""Mails and forms of invented agencies as the border delivers them, for journeys."""

from dataclasses import replace

from tests.builders import mails
from tests.builders.forms import CHILD, FilledForm
from tests.builders.mails import mail
from tests.builders.settings import AUTHSERV

POLICE = "Orla Example <orla.example@gmp.example>"
COUNCIL = "Marta Placeholder <marta.placeholder@council.example>"
STRANGER = "A. Stranger <a.stranger@webmail.example>"


def sent(*files: mails.Attachment, number: int = 1, sender: str = POLICE, **more: str) -> bytes:
    """Return a mail as the border delivers it; ``number`` makes its Message-ID its own."""
    more.setdefault("text", "Please find our referral attached.\r\n")
    text = more.pop("text")
    return mail(text, *files, sender=sender, message_id=f"<{number}@gmp.example>", authserv=AUTHSERV, **more)


def form(number: int = 0, **changes: str) -> FilledForm:
    """Return a complete referral about a child of its own."""
    child = {**CHILD, "child.name": f"Tam Madeup{'abcdefgh'[number]}", "child.dob": f"0{number + 1}/03/2021"}
    changes.setdefault("incident__date_aware", "10/11/2026")
    return replace(FilledForm(), children=(child,)).but(**changes)


def kinds(row) -> list[tuple[str, str]]:
    """Return the letters of a row of the log."""
    return [(letter["kind"], letter["state"]) for letter in row["letters"]]


def from_police(raw: bytes) -> bytes:
    """Return a mail of the builders with the police as its authenticated sender."""
    head, _, body = raw.partition(b"\r\n\r\n")
    dropped = (b"from:", b"authentication-results:", b"return-path:", b"received:")
    lines = [line for line in _unfolded(head) if not line.lower().startswith(dropped)]
    rest = b"\r\n".join([f"From: {POLICE}".encode(), *lines]) + b"\r\n\r\n" + body
    return mails.with_headers(mails.delivered(POLICE, "pass", AUTHSERV), rest)


def _unfolded(head: bytes) -> list[bytes]:
    return head.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ").split(b"\r\n")
