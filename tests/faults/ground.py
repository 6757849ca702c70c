"""Where rounds of faults are held: two servers, a house for each round, and the process that runs the program."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.builders.settings import write_config
from tests.faults.kinds import KINDS, Kind
from tests.faults.shim import Fault
from tests.promises.post_bag import Sent, post_bag
from tests.servers import dovecot, smtp

ROOT = Path(__file__).parents[2]
WORK = "[work]\nattempts = 10\nretry_seconds = 0.01\n"


def bags() -> list[list[Sent]]:
    """Return mails of every sort, two by two; the copy in the last is one of a mail in the first."""
    one = post_bag(random.Random(1))  # noqa: S311 - invented mails
    copy = Sent(b"Delivered-To: list@salford.gov.uk\r\n" + one[0].raw, "set-aside", "exact-copy", ())
    return [[one[0], one[5]], [one[1], one[6]], [one[2], one[7]], [one[3], one[8]], [one[4], copy]]


class Program:
    """The serving process, fed with orders."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def run(self, config: Path, hours: float = 0.0, fault: Fault | None = None, **more: Any) -> dict[str, Any]:
        """Run the program once; see ``serving.Order`` and ``serving.Told``."""
        told: dict[str, Any] = self._ordered(
            config=str(config), hours=hours, fault=asdict(fault) if fault else None, **more
        )
        return told

    def ask(self, config: Path) -> list[Any]:
        """Return the intake log, the register, the outbox, and what ``verify`` says."""
        answer: list[Any] = self._ordered(config=str(config), ask=True)
        return answer

    def _ordered(self, **order: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@dataclass
class Ground:
    """Where rounds are held: a folder, the servers, the program, each bag's calls in an undisturbed run."""

    folder: Path
    box: dovecot.Dovecot
    out: smtp.Server
    program: Program
    bags: Sequence[list[Sent]]
    keeps_sent: bool
    """The letters' server keeps copies, and the program looks there: then no letter may go twice."""
    seen: dict[tuple[int, bool], dict[str, int]] = field(default_factory=dict)

    def house(self, name: str, *, used: bool) -> Path:
        """Return a fresh configuration; ``used``: with the records of an idle run of before."""
        config = _configured(self.folder / name / "house", self.box, self.out, name, keeps_sent=self.keeps_sent)
        if used:
            shutil.copytree(self.folder / "template" / "house" / "var", config.parent / "var")
        return config

    def plan(self, bag: int) -> list[tuple[int, bool, Kind, int]]:
        """Return every fault there can be with a bag: it, whether in a used house, the kind, at which call."""
        return [
            (bag, used, kind, at)
            for (which, used), seen in self.seen.items()
            for kind in KINDS
            for at in range(1, kind.places(seen) + 1)
            if which == bag
        ]

    def _measure(self) -> None:
        assert self.program.run(self.house("template", used=False))["code"] == 0
        for at, bag in enumerate(self.bags):
            for used in [False, True] if at == 0 else [True]:
                name = f"measured{at}{used}".lower()
                config = self.house(name, used=used)
                self.box.append_all(name, [one.raw for one in bag])
                told = self.program.run(config)
                assert told["code"] == 0, told
                self.seen[at, used] = told["seen"]


def _configured(folder: Path, box: dovecot.Dovecot, out: smtp.Server, username: str, *, keeps_sent: bool) -> Path:
    """Write the configuration for these servers into a new folder; the user's mailbox is made by the first delivery."""
    folder.mkdir(parents=True)
    return write_config(
        folder, imap_port=box.plain, smtp_port=out.port, username=username, password=dovecot.PASSWORD, more=WORK,
        smtp_username=username, extra_post=f'sent_folder = "{dovecot.SENT}"' if keeps_sent else "",
    )  # fmt: skip


@contextmanager
def ground(
    folder: Path, shim: Path, box: dovecot.Dovecot, chosen: Sequence[list[Sent]], *, keeps_sent: bool
) -> Iterator[Ground]:
    """Give a place for rounds over these bags of mails, with a mail server of its own for the letters."""
    with smtp.running(login=("sscp", dovecot.PASSWORD), any_user=True) as out:
        out.keep = box.keep_sent if keeps_sent else None
        practices = []
        for at, bag in enumerate(chosen):
            name = f"practice{at}"
            practices.append(str(_configured(folder / name / "house", box, out, name, keeps_sent=keeps_sent)))
            box.append_all(name, [one.raw for one in bag])
        command = [sys.executable, "-m", "tests.faults.serving", *practices]
        with (
            (folder / "practice.log").open("wb") as log,
            subprocess.Popen(
                command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                env=os.environ | {"LD_PRELOAD": str(shim)},
            ) as process,
        ):  # fmt: skip
            made = Ground(folder, box, out, Program(process), chosen, keeps_sent)
            made._measure()
            yield made
