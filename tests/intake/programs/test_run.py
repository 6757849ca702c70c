"""The whole program in one process, at a real mailbox and a real mail server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders.forms import CHILD, FilledForm, to_docx
from tests.builders.mails import docx_attachment, mail, out_of_office
from tests.builders.settings import AUTHSERV, write_config
from tests.servers import dovecot as imap
from tests.servers import smtp

POLICE = "Orla Example <orla.example@gmp.example>"
PATIENCE = 60.0


@pytest.fixture
def post() -> Iterator[smtp.Server]:
    """Give a mail server for the letters."""
    with smtp.running() as server:
        yield server


@pytest.fixture
def config(tmp_path: Path, dovecot: imap.Dovecot, user: str, post: smtp.Server) -> Path:
    """Give a configuration for both servers."""
    return write_config(
        tmp_path / "config", imap_port=dovecot.plain, username=user, password=imap.PASSWORD, smtp_port=post.port,
        poll_seconds=30.0,
    )  # fmt: skip


def referral(number: int) -> bytes:
    """Return a mail with a complete referral about a child of its own."""
    child = {**CHILD, "child.name": f"Tam Madeup{'abcdefgh'[number]}"}
    form = docx_attachment(to_docx(replace(FilledForm(), children=(child,))))
    return mail("Attached.", form, sender=POLICE, message_id=f"<{number}@gmp.example>", authserv=AUTHSERV)


@contextmanager
def started(config: Path) -> Iterator[subprocess.Popen[str]]:
    """Run ``intake run`` as a process of its own; ended hard when the test forgets to."""
    program = [sys.executable, "-m", "intake", "--config", str(config), "run"]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def comes_true(said: Callable[[], bool]) -> bool:
    """Wait until something is so, or patience ends."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if said():
            return True
        time.sleep(0.05)
    return said()


def test_mail_is_registered_answered_and_filed_as_it_comes(
    config: Path, dovecot: imap.Dovecot, user: str, post: smtp.Server
) -> None:
    """A running program registers what arrives (by IDLE: the poll is far off), answers, files, and ends when asked."""
    dovecot.append(user, referral(0))
    with started(config) as program:
        assert comes_true(lambda: len(post.taken) == 1)
        dovecot.append(user, referral(1))
        dovecot.append(user, out_of_office())
        assert comes_true(lambda: len(post.taken) == 2)
        assert comes_true(lambda: dovecot.mails(user) == [])
        assert len(dovecot.mails(user, "Intake/Registered")) == 2
        assert len(dovecot.mails(user, "Intake/Set aside")) == 1
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0
    assert "Traceback" not in said
    assert "Madeup" not in said


def test_killed_and_started_again_it_does_nothing_twice(
    config: Path, dovecot: imap.Dovecot, user: str, post: smtp.Server
) -> None:
    """A program killed outright takes up where it stood: one letter a referral, and no walled process left behind."""
    dovecot.append(user, referral(0))
    with started(config) as program:
        assert comes_true(lambda: len(post.taken) == 1)
        os.kill(program.pid, signal.SIGKILL)
    dovecot.append(user, referral(1))
    with started(config):
        assert comes_true(lambda: len(post.taken) >= 2)
        assert comes_true(lambda: len(dovecot.mails(user, "Intake/Registered")) == 2)
    assert len({str(letter.mail["Message-ID"]) for letter in post.taken}) == 2
