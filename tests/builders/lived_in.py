"""A house somebody has lived in: a configuration whose records hold a few invented mails, for commands to look at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from intake.domain.message import Arrival, MessageId, Place
from intake.programs.advance import advance_once
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.forms import CHILD, FilledForm, to_docx
from tests.builders.mails import docx_attachment, mail
from tests.builders.settings import write_config

RECEIVED = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
SENDER = "Orla Example <orla.example@gmp.example>"
FORMULA = "=1+1"


def referral() -> bytes:
    """Return a mail with one complete form, from a known agency."""
    return mail("A referral.", docx_attachment(to_docx(FilledForm())), sender=SENDER)


def late_referral() -> bytes:
    """Return a mail whose form is late and unfinished, about another child, with a formula for a number."""
    child = {**CHILD, "child.name": "Dot Madeup", "child.dob": "05/05/2015"}
    form = replace(FilledForm(), children=(child,)).but(
        incident__date="01/09/2026", incident__summary="", referrer__phone=FORMULA
    )
    return mail("Another.", docx_attachment(to_docx(form)), sender=SENDER, message_id="<two@gmp.example>")


def lived_in(folder: Path, mails: Iterable[bytes], at: datetime = RECEIVED, **how: str) -> Path:
    """Take the mails in at one time and walk them as far as the machine may; return the ``intake.toml``.

    Ids are m-1, m-2 ...; ``how`` is for :func:`write_config`.
    """
    config = write_config(folder, **how)
    with opened(load(config, {}), lambda: at) as house:
        for number, raw in enumerate(mails, start=1):
            message = MessageId(f"m-{number}")
            house.vault().store(message, [raw])
            arrival = Arrival(Place("sscp", "INBOX", 7, number), at, len(raw), sha256(raw).hexdigest())
            house.records.receive(message, arrival, now=at)
        advance_once(house.world(), house.settings, lambda: at)
    return config
