"""Puts every command to a mail server together with every way of going wrong: ``python -m tests.promises.network``.

Prints what became of each pair: the letter came once, or twice where nobody could have known; all else is a failure.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

from intake.errors import Unavailable
from intake.programs.opening import House, opened
from intake.programs.run import run_once
from intake.records.verification import verify
from intake.settings.loading import load
from tests.builders.settings import write_config
from tests.promises.post_bag import Sent, sent, word
from tests.servers import dovecot, smtp
from tests.servers.fault_proxy import WAYS, Fault, FaultProxy, Imap, Smtp, standing

ROUNDS = 8
"""So many looks, hours apart, until nothing may be left."""
SECONDS = 0.6
FOLDERS = {"registered": "Intake/Registered", "set-aside": "Intake/Set aside"}
IN_DOUBT = frozenset({"cut-after", "cut-in-answer", "garbage", "silence"})
"""Ways in which a server took a letter and its answer was lost: only there may a letter come twice."""
COMMANDS: dict[type[Imap] | type[Smtp], tuple[str, ...]] = {
    Imap: ("GREETING", "CAPABILITY", "AUTHENTICATE", "NAMESPACE", "LIST", "CREATE", "SUBSCRIBE", "EXAMINE", "SELECT",
           "UID SEARCH", "UID FETCH", "UID MOVE", "LOGOUT"),
    Smtp: ("GREETING", "EHLO", "MAIL", "RCPT", "DATA", "END", "NOOP", "QUIT"),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One fault on one of the two lines."""

    speech: type[Imap] | type[Smtp]
    fault: Fault

    def __str__(self) -> str:
        """Name it."""
        return f"{self.speech.__name__.lower()}-{self.fault.command}-{self.fault.way}-{self.fault.nth}".replace(
            " ", "-"
        )


def every_case() -> list[Case]:
    """Return every command with every way of going wrong; of what comes often, the second time too."""
    cases = []
    for speech, commands in COMMANDS.items():
        ways = [*WAYS, *speech.refusals]
        ways = [way for way in ways if "literal" not in way or speech is Imap]
        for command in commands:
            times = (1, 2) if command in {"UID FETCH", "UID MOVE", "SELECT"} else (1,)
            cases += [Case(speech, Fault(command, way, nth)) for way in ways for nth in times]
    return cases


def some_cases(seed: int = 20) -> list[Case]:
    """Return few cases that hold every command and every way once at least."""
    chance, left = random.Random(seed), every_case()  # noqa: S311 - the same cases each time, no secret
    chance.shuffle(left)
    met: set[tuple[type, str]] = set()
    chosen = []
    for case in left:
        news = {(case.speech, case.fault.command), (case.speech, case.fault.way)} - met
        if news:
            met |= news
            chosen.append(case)
    return chosen


@dataclass
class Lines:
    """Both servers and the proxies before them."""

    box: dovecot.Dovecot
    out: smtp.Server
    imap: FaultProxy
    post: FaultProxy

    def proxy(self, case: Case) -> FaultProxy:
        """Return the proxy a case is about."""
        return self.imap if case.speech is Imap else self.post


@contextmanager
def house_of(folder: Path, lines: Lines, user: str) -> Iterator[tuple[House, list[timedelta]]]:
    """Open a house for a mailbox of its own, with a clock that can be put on."""
    config = write_config(
        folder, imap_port=lines.imap.port, smtp_port=lines.post.port, username=user, password=dovecot.PASSWORD,
        timeout_seconds=SECONDS, more="[work]\nattempts = 10\nretry_seconds = 0.01",
    )  # fmt: skip
    put_on = [timedelta()]
    with opened(load(config, {}), lambda: datetime.now(UTC) + put_on[0]) as house:
        yield house, put_on


@cache
def bag() -> tuple[Sent, ...]:
    """Return the mails of one case: a referral, and one that is none."""
    chatter = sent(2, text="Thank you, see you on Monday.")
    return (
        Sent(sent(1, word(1)), "registered", "registered", ("acknowledgement",), forms=1),
        Sent(chatter, "set-aside", "not-a-referral", ()),
    )


def at_rest(house: House, lines: Lines, user: str) -> bool:
    """Tell whether nothing is left to do: no mail in the mailbox, no letter unsent."""
    return not lines.box.mails(user) and all(
        row["state"] in {"sent", "abandoned"} for row in house.records.outbox_rows()
    )


def put_through(case: Case | None, folder: Path, lines: Lines, reader: House) -> Counter[str]:
    """Run once with the fault and then until nothing is left; return how often the server got each letter."""
    user, mails = f"user-{folder.name}", bag()
    lines.box.append_all(user, [one.raw for one in mails])
    lines.out.taken.clear()
    for proxy in (lines.imap, lines.post):
        proxy.set(None)
    if case is not None:
        lines.proxy(case).set(case.fault)
    with house_of(folder, lines, user) as (own, put_on):
        house = replace(own, reader=reader.reader)
        for _ in range(ROUNDS):
            with suppress(Unavailable):
                run_once(house)
            if case is None or lines.proxy(case).struck:
                lines.imap.healed.set()
            if at_rest(house, lines, user):
                break
            put_on[0] += timedelta(hours=3)
        assert at_rest(house, lines, user)
        _each_once(house, lines, user, mails)
        assert list(verify(house.records.store, house.vault())) == []
    return Counter(str(taken.mail["Message-ID"]) for taken in lines.out.taken)


def _each_once(house: House, lines: Lines, user: str, mails: Sequence[Sent]) -> None:
    rows = sorted((row["sha256"], row["stage"], row["why"]) for row in house.records.log_rows())
    assert rows == sorted((one.sha256, one.stage, one.why) for one in mails)
    assert len(house.records.register_rows(reveal=False, by="a test", now=datetime.now(UTC))) == 1
    (letter,) = house.records.outbox_rows()
    told = [row["code"] for row in house.records.exception_rows()]
    assert told.count("letter-abandoned") == (letter["state"] == "abandoned")
    for stage, name in FOLDERS.items():
        assert lines.box.mails(user, name) == [one.raw for one in mails if one.stage == stage]


def judged(case: Case, folder: Path, lines: Lines, reader: House) -> str:
    """Put one fault through; return in a word what became of it."""
    given = put_through(case, folder, lines, reader)
    struck = lines.proxy(case).struck
    if not given:  # refused for good: a person is told
        assert case.speech is Smtp
        assert case.fault.command in {"RCPT", "DATA", "END"}
        assert case.fault.way == "554"
        return "refused, told"
    doubtful = case.speech is Smtp and case.fault.command == "END" and case.fault.way in IN_DOUBT
    assert len(given) == 1
    assert given.total() == 1 or (doubtful and given.total() == 2)
    assert len({taken.content for taken in lines.out.taken}) == 1
    return "not met" if not struck else "once" if given.total() == 1 else "twice, in doubt"


@contextmanager
def both_lines() -> Iterator[Lines]:
    """Start both servers with their proxies, undisturbed."""
    with (
        dovecot.running() as box,
        smtp.running() as out,
        standing(Imap, box.plain) as imap,
        standing(Smtp, out.port) as post,
    ):
        yield Lines(box, out, imap, post)


def main() -> int:
    """Put every case through; 1 where one broke the promise."""
    console, broken = Console(width=None if sys.stdout.isatty() else 120), 0
    table = Table("line", "command", "goes wrong", "what became of it", title="Faults on the line")
    counted: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        both_lines() as lines,
        house_of(Path(folder) / "first", lines, "nobody") as (reader, _),
    ):
        for number, case in enumerate(every_case()):
            try:
                outcome = judged(case, Path(folder) / f"case-{number}", lines, reader)
            except AssertionError:
                outcome, broken = "BROKEN", broken + 1
            counted[outcome] += 1
            table.add_row(case.speech.__name__, case.fault.command, f"{case.fault.way} {case.fault.nth}", outcome)
    console.print(table)
    console.print(", ".join(f"{outcome}: {count}" for outcome, count in sorted(counted.items())))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
