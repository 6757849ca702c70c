"""The promise the whole house stands on: whatever dies at whatever step, every mail ends up registered exactly once."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.builders.settings import OWN_ADDRESS, write_config
from tests.promises.post_bag import Sent, post_bag, sent, word
from tests.servers import dovecot, smtp

ROOT = Path(__file__).parents[2]
KILLS = 200
"""In one round of a hundred mails; INTAKE_CRASH_KILLS asks for so many rounds that there are as many kills."""
ROUNDS = -(-int(os.environ.get("INTAKE_CRASH_KILLS", "200")) // KILLS)
FIRST = 9
"""Mails there from the beginning: one of each sort, so that every durable step can be met."""
LOT = 31
"""Mails brought at a time after that."""
REACH = 70
"""Up to so many steps after its start the program dies, and a few more where it waits for a step of one name."""
NO_END = 1_000_000
MADE_ONCE = (
    "upgrading",
    "keyring",
    "create-folder",
    "subscribe",
    "index_once",
    "mark_once",
    "Anchors.begin",
    "_keep_private",
)
"""Steps that no later mail brings back: they come first."""
PRACTICE_ADDRESS = "practice@salford.gov.uk"
FOLDERS = {
    "registered": "Intake/Registered", "set-aside": "Intake/Set aside", "held": "Intake/Needs a person",
    "quarantined": "Intake/Quarantine",
}  # fmt: skip
WORK = "[work]\nattempts = 10\nretry_seconds = 0.01"

Told = dict[str, Any]


class Killer:
    """The process whose forks run the program and die."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.died: Counter[str] = Counter()
        self.in_doubt = 0
        practice = self._told()
        assert practice["code"] == 0
        self.names: list[str] = list(dict.fromkeys(practice["steps"]))
        """The durable steps of a run that nobody disturbed, in the order they were first met."""

    @property
    def kills(self) -> int:
        """How often the program was killed so far."""
        return self.died.total()

    def run(self, start: int = 0, name: str | None = None, until: int = 0) -> Told:
        """Run once (see the killer); nothing may be left running, and an end of its own must be a good one."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([start, name, until]) + "\n")
        self._process.stdin.flush()
        told = self._told()
        assert told["orphans"] == 0
        assert told["died"] or told["code"] == 0, told["code"]
        self.died.update([told["died"]] if told["died"] else [])
        self.in_doubt += bool(told["died"] and told["in_doubt"])
        return told

    def _told(self) -> Told:
        assert self._process.stdout is not None
        told: Told = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def killing(practice: Path, config: Path) -> Iterator[Killer]:
    """Give a killer of the program under one configuration, practised under another."""
    command = [sys.executable, "-m", "tests.promises.killer", str(practice), str(config)]
    with (
        (config.parent / "operations.log").open("wb") as log,
        subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        ) as process,
    ):
        yield Killer(process)


def configured(folder: Path, box: dovecot.Dovecot, out: smtp.Server, username: str = OWN_ADDRESS) -> Path:
    """Write the configuration for these servers."""
    return write_config(
        folder, imap_port=box.plain, smtp_port=out.port, username=username, password=dovecot.PASSWORD, more=WORK
    )


def intake(config: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the program as a person does."""
    command = [sys.executable, "-m", "intake", "--config", str(config), *words]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=100, check=False)


def asked(config: Path, *words: str) -> Any:
    """Return what a command says as JSON."""
    return json.loads(intake(config, *words, "--json").stdout)


class Delivery:
    """The bag on its way into the mailbox, some mails at a time while the program keeps dying."""

    def __init__(self, box: dovecot.Dovecot, bag: list[Sent]) -> None:
        self._box, self.left = box, list(bag)

    def bring(self, count: int) -> bool:
        """Deliver so many mails; False when there was none left."""
        coming, self.left = self.left[:count], self.left[count:]
        if coming:
            self._box.append_all(OWN_ADDRESS, [one.raw for one in coming])
        return bool(coming)


def kill_at_every_name(killer: Killer, delivery: Delivery) -> None:
    """Kill the program once at each named step; where nothing is left to do for a step, more mail is brought."""
    for name in sorted(killer.names, key=lambda name: not any(once in name for once in MADE_ONCE)):
        while not killer.run(1, name, NO_END)["died"]:
            assert delivery.bring(1), f"never met again: {name}"


def kill_at_random(killer: Killer, delivery: Delivery, chance: random.Random) -> None:
    """Kill it soon after its start, mostly anywhere, sometimes at a named step, while the other mails come in lots."""
    reach = REACH
    while True:
        start = chance.randrange(1, reach)
        name = chance.choice([None, None, *chance.choices(killer.names, k=2)])
        if killer.run(start, name, start + REACH // 3)["died"] or delivery.bring(LOT):
            continue
        if killer.kills >= KILLS:
            break
        reach = 10  # nothing left to do: only what a run does that finds nothing new


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_killed_at_every_durable_step_each_mail_is_dealt_with_exactly_once(tmp_path: Path, seed: int) -> None:
    """However often the program dies, at whatever step, no mail, case or letter is lost, and none comes twice."""
    chance = random.Random(seed)  # noqa: S311 - the same kills each time, no secret
    bag = post_bag(chance)
    with dovecot.running() as box, smtp.running() as out:
        box.append_all(PRACTICE_ADDRESS, [one.raw for one in bag[:FIRST]])
        practice = configured(tmp_path / "practice", box, out, PRACTICE_ADDRESS)
        config = configured(tmp_path / "real", box, out)
        with killing(practice, config) as killer:
            out.taken.clear()
            delivery = Delivery(box, bag)
            delivery.bring(FIRST)
            kill_at_every_name(killer, delivery)
            kill_at_random(killer, delivery, chance)
            killer.run()
            assert not [step for step in killer.run()["steps"] if "move" in step or "letter" in step]
        assert len(bag) == 100
        assert set(killer.names) <= set(killer.died)
        assert killer.kills >= KILLS
        _each_mail_once(asked(config, "log"), bag)
        _each_form_once(asked(config, "register"), bag)
        _each_letter_once(asked(config, "outbox"), out, killer.in_doubt)
        _each_mail_in_its_folder(box, bag)
        assert intake(config, "verify").returncode == 0


def _each_mail_once(log: list[dict[str, Any]], bag: list[Sent]) -> None:
    found = sorted((row["sha256"], row["stage"], row["why"], *sorted(_kinds(row))) for row in log)
    assert found == sorted((one.sha256, one.stage, one.why, *sorted(one.letters)) for one in bag)


def _kinds(row: dict[str, Any]) -> list[str]:
    assert {letter["state"] for letter in row["letters"]} <= {"sent"}
    return [letter["kind"] for letter in row["letters"]]


def _each_form_once(register: list[dict[str, Any]], bag: list[Sent]) -> None:
    assert {case["version"] for case in register} == {1}
    assert len({case["reference"] for case in register}) == len(register) == sum(one.forms for one in bag)


def _each_letter_once(outbox: list[dict[str, Any]], out: smtp.Server, in_doubt: int) -> None:
    """Compare what the records say with what the server was given: twice only where nobody could have known."""
    assert {letter["state"] for letter in outbox} == {"sent"}
    ours = Counter(letter["message_id"] for letter in outbox)
    assert set(ours.values()) == {1}
    given = Counter(str(taken.mail["Message-ID"]).strip("<>") for taken in out.taken)
    assert set(given) == set(ours)
    assert given.total() - ours.total() <= in_doubt
    assert len({(str(taken.mail["Message-ID"]), taken.recipients, taken.content) for taken in out.taken}) == len(given)


def _each_mail_in_its_folder(box: dovecot.Dovecot, bag: list[Sent]) -> None:
    assert box.mails(OWN_ADDRESS) == []
    for stage, folder in FOLDERS.items():
        found = sorted(sha256(raw).hexdigest() for raw in box.mails(OWN_ADDRESS, folder))
        assert found == sorted(one.sha256 for one in bag if one.stage == stage)


def test_smtp_away_is_said_and_the_next_run_completes(tmp_path: Path) -> None:
    """With the way out away, everything else is done, the exit says try again, and a later run sends the letter."""
    with dovecot.running() as box:
        box.append(OWN_ADDRESS, referral())
        with smtp.running() as out:
            config = configured(tmp_path, box, out)
        away = intake(config, "run", "--once")
        assert away.returncode == 75
        assert "smtp unavailable: connection-refused; nothing is lost, try again" in away.stderr
        assert [row["stage"] for row in asked(config, "log")] == ["registered"]
        with smtp.running(port=out.port) as out:
            assert intake(config, "run", "--once").returncode == 0
            assert len(out.taken) == 1


def test_imap_away_is_said_and_the_next_run_completes(tmp_path: Path) -> None:
    """With the mailbox away the exit says try again; when it is back the mail is taken in."""
    with dovecot.running() as box, smtp.running() as out:
        box.append(OWN_ADDRESS, referral())
        config = configured(tmp_path, box, out)
        box.stop()
        away = intake(config, "run", "--once")
        assert away.returncode == 75
        assert "imap unavailable: " in away.stderr.splitlines()[-1]
        assert asked(config, "log") == []
        box.start()
        assert intake(config, "run", "--once").returncode == 0
        assert [row["stage"] for row in asked(config, "log")] == ["registered"]
        assert len(out.taken) == 1


def referral() -> bytes:
    """Return a mail with one valid referral."""
    return sent(1, word(1))
