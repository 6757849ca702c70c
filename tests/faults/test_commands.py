"""A backup, a restore, a rotation or an erasure that is killed or fails at any call is done by asking once more."""

import errno
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.lived_in import RECEIVED, late_referral, lived_in, referral
from tests.faults.ground import ROOT
from tests.faults.shim import FAIL, KILL, Fault, bits, built

CHANGES = ("create", "write", "truncate", "sync", "name", "folder")
PLACES = 5
"""How many of a command's calls are tried, evenly and one by chance."""
HARMS = {"killed": (KILL, 0), "failing": (FAIL, errno.EIO)}
ACT = ("--by", "Orla Example", "--reason", "the panel agreed")


class Hands:
    """A house to be harmed, made once, and the process that runs commands on copies of it."""

    def __init__(self, folder: Path, process: "subprocess.Popen[str]") -> None:
        self._process, self._folder = process, folder
        config = lived_in(folder / "template" / "house", [referral(), late_referral()], at=RECEIVED)
        with opened(load(config, {})) as house:
            for row in house.records.exception_rows():
                house.records.close_exception(row["id"], "orla", "done", RECEIVED)
            for letter in house.records.due_letters(RECEIVED, 10):
                house.records.letter_sent(letter.id, "taken", RECEIVED)
            rows = house.records.register_rows(reveal=False, by="test", now=RECEIVED)
        self.case = next(row["reference"] for row in rows if row["message"] == "m-1")
        told = self.run(folder / "template", "backup", "COPY")
        assert told["code"] == 0, told["said"]

    def fresh(self, name: str) -> Path:
        """Return a copy of the house of its own, with its backup beside it."""
        return Path(shutil.copytree(self._folder / "template", self._folder / name))

    def run(self, place: Path, *words: str, fault: Fault | None = None) -> dict[str, Any]:
        """Run a command on the house in ``place``; COPY in it is the backup beside that."""
        given = [str(place / "copy") if word == "COPY" else word.replace("CASE", self.case) for word in words]
        given += ["--config", str(place / "house" / "intake.toml")]
        order = {"words": given, "root": str(place), "fault": asdict(fault) if fault else None}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@pytest.fixture(scope="module")
def hands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    """Give hands that can harm."""
    folder = tmp_path_factory.mktemp("commands")
    environment = os.environ | {"LD_PRELOAD": str(built(folder))}
    command = [sys.executable, "-m", "tests.faults.commanding"]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Hands(folder, process)
        assert process.stdin is not None
        process.stdin.close()


def lost_database(place: Path) -> None:
    """Take the database away, so that there is something to restore; the rest survives."""
    for path in (place / "house" / "var").glob("intake.db*"):
        path.unlink()


def lost_all(place: Path) -> None:
    """Leave nothing but the key ring."""
    lost_database(place)
    shutil.rmtree(place / "house" / "var" / "vault")
    (place / "house" / "var" / "intake-log.anchor").unlink()


def nothing_before(place: Path) -> None:
    """Leave the house as it is, without its backup."""
    shutil.rmtree(place / "copy")


def after_backup(hands: Hands, place: Path, first: dict[str, Any]) -> None:
    """See that the house is as it was, and the copy either whole or none."""
    lost_all(place)
    end = hands.run(place, "restore", "COPY")
    is_whole = (place / "copy" / "backup.json").exists() and end["code"] == 0
    assert is_whole or "is no finished backup" in end["said"]
    assert is_whole or first["code"] != 0


def after_restore(hands: Hands, place: Path, first: dict[str, Any]) -> None:
    """See that no command begins anew in its place, and that the next restore finishes, or finds it finished."""
    looked = hands.run(place, "log")
    assert looked["code"] == 0 or "restore a backup" in looked["said"]
    again = hands.run(place, "restore", "COPY")
    assert again["code"] == 0 or (looked["code"] == 0 and "there are records already" in again["said"]), again
    assert first["code"] != 0 or looked["code"] == 0


def after_rotation(hands: Hands, place: Path, first: dict[str, Any]) -> None:
    """See that the next finishes it, and nothing that was sealed is lost."""
    assert hands.run(place, "keys", "rotate")["code"] == 0
    told = hands.run(place, "keys", "list", "--json")
    current, *old = json.loads(told["said"])
    assert (current["originals"], {key["originals"] + key["data_keys"] for key in old}) == (2, {0})
    with closing(sqlite3.connect(place / "house" / "var" / "intake.db")) as living:
        (ended,) = living.execute("SELECT count(*) FROM intake_log WHERE event = 'keys-rotated'").fetchone()
    assert len(old) == ended  # one key for each rotation that came to its end, none for those that were cut
    assert first["code"] != 0 or ended > 1


def after_erasure(hands: Hands, place: Path, first: dict[str, Any]) -> None:
    """See that the same command finishes it: no original, no wrapped key, in no file."""
    again = hands.run(place, "retention", "erase", "CASE", *ACT)
    assert again["code"] == 0 or "is erased already" in again["said"], again
    var = place / "house" / "var"
    assert not (var / "vault" / "m-1.sealed").exists()
    with closing(sqlite3.connect(place / "before.db")) as before:
        wanted = "SELECT wrapped FROM data_keys WHERE owner IN ('message/m-1', ?)"
        wrapped = [row[0][-40:] for row in before.execute(wanted, (f"case/{hands.case}",))]
    assert len(wrapped) == 2
    for file in var.glob("intake.db*"):
        assert not [key for key in wrapped if key in file.read_bytes()], file.name
    assert first["code"] != 0 or "is erased already" in again["said"]


def before_erasure(place: Path) -> None:
    """Keep what the database knew, to look for it later."""
    with closing(sqlite3.connect(place / "house" / "var" / "intake.db")) as living:
        living.execute("VACUUM INTO ?", (str(place / "before.db"),))


After = Callable[[Hands, Path, dict[str, Any]], None]
ROUNDS = {
    "backup": (("backup", "COPY"), nothing_before, after_backup),
    "restore of the database": (("restore", "COPY"), lost_database, after_restore),
    "restore of everything": (("restore", "COPY"), lost_all, after_restore),
    "rotation": (("keys", "rotate"), nothing_before, after_rotation),
    "erasure": (("retention", "erase", "CASE", *ACT), before_erasure, after_erasure),
}


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("name", ROUNDS)
def test_a_command_cut_short_anywhere_is_done_by_asking_again(hands: Hands, name: str, harm: str) -> None:
    """Killed at, or failed by, a call of any part of its way: no end is wrong, and the records verify."""
    words, before, after = ROUNDS[name]
    practice = hands.fresh(f"{name} {harm}")
    before(practice)
    told = hands.run(practice, *words)
    assert told["code"] == 0, told["said"]
    calls = sum(told["seen"][sort] for sort in CHANGES)
    chance = random.Random(name)  # noqa: S311 - to be the same again
    chosen = {1 + at * (calls - 1) // (PLACES - 1) for at in range(PLACES)} | {chance.randint(1, calls)}
    for at in sorted(chosen):
        action, error = HARMS[harm]
        place = hands.fresh(f"{name} {harm} {at}")
        before(place)
        first = hands.run(place, *words, fault=Fault(action, bits(*CHANGES), at, error))
        assert first["code"] in {None, 0, 75}, f"{at}: {first['said']}"
        after(hands, place, first)
        verified = hands.run(place, "verify")
        assert verified["code"] == 0 or name == "backup", (at, verified["said"])
        shutil.rmtree(place)
