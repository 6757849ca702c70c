"""Whatever fails at whatever call of the durable path, every mail ends up where it belongs, once (a sample of all)."""

import errno
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.ground import Ground, bags, ground
from tests.faults.kinds import CHANGES, KINDS, Kind
from tests.faults.rounds import Verdict, held, summed
from tests.faults.shim import FAIL, Fault, bits, built
from tests.servers import dovecot

AN_HOUR = 12
"""Runs, five minutes apart."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Give a ground for rounds with a referral and a forged mail."""
    folder = tmp_path_factory.mktemp("faults")
    with dovecot.running() as box, ground(folder, built(folder), box, bags()[:1], keeps_sent=True) as made:
        yield made


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("used", [False, True], ids=["fresh", "used"])
def test_faults_of_every_kind_lose_and_double_nothing(here: Ground, kind: Kind, used: bool) -> None:
    """One of each kind anywhere, then one of any: each mail is where it belongs once, and nothing is unexplained."""
    chance = random.Random(f"{kind.name} {used}")  # noqa: S311 - to be the same again
    at = chance.randint(1, kind.places(here.seen[0, used]))
    verdict = held(here, f"{kind.name}-{used}".replace(" ", "-").lower(), [(0, used, kind, at)])
    assert verdict.is_good, verdict


def test_a_disk_full_for_an_hour_only_delays(here: Ground) -> None:
    """Run after run ends with "try again", the mail stays in the inbox; with room again all is as ever."""
    config = here.house("full", used=True)
    here.box.append_all("full", [one.raw for one in here.bags[0]])
    full = Fault(FAIL, bits(*CHANGES), 1, errno.ENOSPC, lasting=True)
    ends = [here.program.run(config, at / AN_HOUR, full) for at in range(AN_HOUR)]
    assert {end["code"] for end in ends} == {75}
    assert not [end["faults"] for end in ends if end["faults"]]
    assert len(here.box.mails("full", "INBOX")) == len(here.bags[0])
    _must_end_well(here, "full", config)


def test_a_locked_database_only_delays(here: Ground) -> None:
    """Somebody who holds the records makes the program say "try again", and nothing is half done."""
    config = here.house("locked", used=True)
    here.box.append_all("locked", [one.raw for one in here.bags[0]])
    with closing(sqlite3.connect(config.parent / "var" / "intake.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        end = here.program.run(config, busy=50)
    assert (end["code"], end["faults"]) == (75, [])
    assert len(here.box.mails("locked", "INBOX")) == len(here.bags[0])
    _must_end_well(here, "locked", config)


def _must_end_well(here: Ground, name: str, config: Path) -> None:
    given = len(here.out.taken)
    for hour in (2, 4):
        assert here.program.run(config, hour)["code"] == 0
    verdict = Verdict(name)
    summed(here, name, config, here.bags[0], here.out.taken[given:], verdict)
    assert verdict.is_good, verdict
