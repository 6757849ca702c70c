"""Hostile mails in a real mailbox, a good referral behind every few, taken in by the real program from end to end."""

import imaplib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from tests.builders.settings import write_config
from tests.hostile.case import Case
from tests.promises.post_bag import sent, word
from tests.servers import dovecot, smtp

USER = "hostile"
APART = 5
"""So many hostile mails, then a good one."""
FIRST_GOOD = 1_000
NOT_TAKEN = "not taken by the mail server"
ROUNDS, ROUND_SECONDS = 4, 3_600
MOST_MEGABYTES = 400
"""Of the daemon itself, that holds one mail of 60 MB and its sealed copy."""


@dataclass(frozen=True)
class Outcome:
    """Where each hostile mail stands, in order; where each good one; what the program said and the most it took."""

    hostile: list[str]
    good: list[str]
    cases_of_good: int
    waiting: int
    """Mails that no record knows."""
    exits: list[int]
    said: str
    megabytes: float
    """The most that the daemon's own process had."""


def put_through(cases: Sequence[Case], folder: Path) -> Outcome:
    """Deliver all, run ``intake run --once`` until nothing is left to walk, and tell what became of each mail."""
    with dovecot.running() as box, smtp.running() as post:
        config = write_config(
            folder, imap_port=box.plain, smtp_port=post.port, username=USER, password=dovecot.PASSWORD,
            file_to="{}", timeout_seconds=60, more="[work]\nattempts = 2\nretry_seconds = 0.01",
        )  # fmt: skip
        hostile, good = _delivered(box, cases)
        exits, said, most = [], "", 0.0
        for _ in range(ROUNDS):
            code, words, megabytes = _run(config)
            exits, said, most = [*exits, code], said + words, max(most, megabytes)
            rows = {row["uid"]: row for row in _told(config, "log")}
            if all(row["stage"] not in {"received", "screened", "parsed", "checked"} for row in rows.values()):
                break
        register = {row["message"] for row in _told(config, "register")}
        places = [rows[uid] for uid in good]
        return Outcome(
            hostile=[_place(rows.get(uid)) if uid else NOT_TAKEN for uid in hostile],
            good=[_place(row) for row in places],
            cases_of_good=sum(row["id"] in register for row in places),
            waiting=len({uid for uid in (*hostile, *good) if uid} - set(rows)),
            exits=exits,
            said=said,
            megabytes=most,
        )


def _delivered(box: dovecot.Dovecot, cases: Sequence[Case]) -> tuple[list[int | None], list[int]]:
    """Append the cases and the good mails; return their UIDs, None for a mail that the server refuses."""
    hostile: list[int | None] = []
    good: list[int] = []
    left = iter(cases)
    with box.client(USER) as client:
        while few := list(islice(left, APART)):
            hostile += [_appended(client, case.make()) for case in few]
            number = FIRST_GOOD + len(good)
            uid = _appended(client, sent(number, word(number)))
            assert uid
            good.append(uid)
    return hostile, good


def _appended(client: imaplib.IMAP4, raw: bytes) -> int | None:
    """Append one mail; return its UID (RFC 4315)."""
    try:
        answer, (told, *_) = client.append("INBOX", None, imaplib.Time2Internaldate(datetime.now(UTC)), raw)
    except imaplib.IMAP4.error:
        return None
    return int(told.split()[2].rstrip(b"]")) if answer == "OK" else None


def _run(config: Path) -> tuple[int, str, float]:
    program = [sys.executable, "-m", "intake", "--config", str(config), "run", "--once"]
    most, until = 0, time.monotonic() + ROUND_SECONDS
    with (config.parent / "said").open("w+") as said:
        with subprocess.Popen(program, stdout=said, stderr=subprocess.STDOUT) as running:
            while running.poll() is None and time.monotonic() < until:
                most = max(most, *_high_water(running.pid))
                time.sleep(0.05)
            running.kill()
        said.seek(0)
        return running.returncode, said.read(), most / 1024


def _high_water(process: int) -> Iterator[int]:
    """Give the kilobytes a process had at most; 0 once it is gone."""
    yield 0
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return
    yield from (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def _told(config: Path, command: str) -> list[dict[str, Any]]:
    program = [sys.executable, "-m", "intake", "--config", str(config), command, "--json"]
    return json.loads(subprocess.run(program, capture_output=True, check=True).stdout)


def _place(row: dict[str, Any] | None) -> str:
    return f"{row['stage']} {row['why']}" if row else "lost"
