"""``intake demo``: its own servers, mails and store; the real program over them; an account of each mail."""

import logging
import os
import secrets
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from intake.domain.private import Private
from intake.domain.staff import Role
from intake.edges import operations_log
from intake.programs import report as reporting
from intake.programs.demo import account, configuration, papers, servers
from intake.programs.demo.mails import DemoMail, Writer, others
from intake.programs.demo.referrals import Forms, referrals
from intake.programs.opening import House, opened
from intake.programs.run import run, run_once
from intake.programs.stopping import until_told
from intake.settings.loading import load
from intake.web.passwords import hash_of
from parsers.template import Library

PASSWORD_BYTES = 12


def command(options: Namespace) -> int:
    """Run the demo; without ``--once`` it goes on watching its mailbox until told to stop."""
    servers.required()
    with _invented_world(options.port) as (house, letters):
        _say(INTRODUCTION)
        mails = _arrive(house)
        run_once(house)
        _account(house, letters, mails)
        if not options.once:
            _go_on(house)
    return 0


@contextmanager
def _invented_world(port: int | None) -> Iterator[tuple[House, servers.Letters]]:
    """Give a house whose mailbox, post office and store live as long as the demo."""
    password = secrets.token_hex(PASSWORD_BYTES)
    with (
        tempfile.TemporaryDirectory(prefix="intake-demo-") as folder,
        servers.mailbox(password, port) as imap,
        servers.post_office() as letters,
    ):
        file = configuration.write(
            Path(folder), imap=imap, smtp=letters.port, web=servers.free_port(), password=password
        )
        settings = load(file, os.environ)
        operations_log.configure(settings.program.log)
        with opened(settings) as house:
            yield house, letters


def _arrive(house: House) -> list[DemoMail]:
    """Let the invented mails arrive in the mailbox."""
    mails = list(_mails(house.settings.library, house.clock()))
    mailbox = house.settings.program.mailbox[0]
    secret = (house.settings.folder / "imap-password").read_text()
    servers.put(mailbox.port, secret, ((mail.raw, mail.received.timestamp()) for mail in mails))
    _say([f"{len(mails)} invented mails have arrived in {mailbox.username}. The program reads them now ...", ""])
    return mails


def _mails(library: Library, now: datetime) -> Iterator[DemoMail]:
    logging.getLogger("pypdf").disabled = True  # it remarks on pages without fields while a sample is being filled
    writer, forms = Writer(now.astimezone(UTC)), Forms.of(library)
    yield from referrals(writer, forms)
    yield from others(writer, papers.locked(forms.fillable), papers.multi_agency_referral_form(), papers.scan())


def _account(house: House, letters: servers.Letters, mails: list[DemoMail]) -> None:
    """Tell what became of each mail, show one letter and the night's report."""
    meanings = house.settings.words.report.meanings
    evidence = account.Evidence(list(house.records.log_rows()), letters.taken, meanings)
    for line in account.lines(mails, evidence):
        _say(account.told(line))
    _say([f"{len(letters.taken)} letters went out. One of them, as its reader sees it:", ""])
    _say(account.one_letter(letters.taken))
    _say(["", "The nightly report of this evening:", ""])
    _say(f"  {line}".rstrip() for line in reporting.report_once(house.desk(), send=False).splitlines())


def _go_on(house: House) -> None:
    mailbox = house.settings.program.mailbox[0]
    where = f"{mailbox.host}:{mailbox.port} as {mailbox.username}"
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    house.records.add_account("demo", [Role.MANAGER], hash_of(Private(password)), "demo", house.clock())
    _say(["", f"The staff pages: http://{house.settings.program.web.listen}, signed in as demo with {password}",
          f"Watching on: put a mail into the inbox at {where} (password in {house.settings.folder}/imap-password).",
          "Ctrl-C ends the demo and removes all it made."])  # fmt: skip
    with until_told() as bell:
        run(house, bell, seen=lambda row: _say([f"  {row.id}: {row.stage.value}, {row.why.replace('-', ' ')}"]))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


INTRODUCTION = (
    "This is the whole program on this machine alone: an IMAP server with a mailbox, an SMTP server for the letters,",
    "a throwaway store, and the real intake between them. Every name in it is invented.",
    "",
)
