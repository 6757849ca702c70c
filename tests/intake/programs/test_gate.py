"""One watcher for each mailbox: on this machine by the system's lock, among machines by the records' lease."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from intake.edges import claim
from intake.errors import Unavailable
from intake.programs.watch import WatchSummary, watch, watch_once
from tests.builders.gate import Kept, kept
from tests.builders.watching import eventually, mail, watching
from tests.servers import dovecot as real


def test_two_watchers_on_one_mailbox_take_each_mail_once(
    tmp_path: Path, dovecot: real.Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that came second says so and waits; it takes over when the first has gone."""
    monkeypatch.setattr(claim, "GRACE_SECONDS", 0.1)
    first = kept(tmp_path, port=dovecot.plain, username=user)
    second = kept(tmp_path, port=dovecot.plain, username=user)
    second.gate.records, second.gate.originals = first.records, first.vault
    second.gate.randomness = lambda: 77
    dovecot.append_all(user, [mail(1), mail(2)])
    with watching(first), structlog.testing.capture_logs() as told:
        eventually(lambda: len(first.records.rows) == 2)
        with pytest.raises(Unavailable, match="lease unavailable: held-here"):
            watch_once(second.gate)
        stop = threading.Event()
        waiting = threading.Thread(target=watch, args=(second.gate,), kwargs={"stop": stop, "woken": lambda: None})
        waiting.start()
        eventually(lambda: any(line.get("why") == "held-here" for line in told))
        assert len(first.records.rows) == 2
        stop.set()
        waiting.join(30)
    dovecot.append(user, mail(3))
    assert watch_once(second.gate) == WatchSummary(taken=1)


def test_a_lease_held_on_another_machine_keeps_us_out_until_it_ends(
    tmp_path: Path, dovecot: real.Dovecot, user: str
) -> None:
    """The records say who watches; a machine that died holds it no longer than its lease."""
    now = [datetime(2026, 3, 4, tzinfo=UTC)]
    house = kept(tmp_path, port=dovecot.plain, username=user, clock=lambda: now[0])
    dovecot.append(user, mail(1))
    assert house.records.take_lease("mailbox:sscp", "another-machine", now[0], 100)
    with pytest.raises(Unavailable, match="held-elsewhere"):
        watch_once(house.gate)
    assert house.records.rows == {}
    now[0] += timedelta(seconds=101)
    assert watch_once(house.gate).taken == 1
    assert house.records.leases == {}


def test_a_lease_that_was_lost_stops_the_work(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Whoever has it now may be taking in the very next message."""
    dovecot.append_all(user, [mail(1), mail(2), mail(3)])
    ticks = iter(datetime(2026, 3, 4, tzinfo=UTC) + timedelta(hours=n) for n in range(1000))
    house.gate.clock = lambda: next(ticks)
    receive = house.records.receive

    def robbed(*args: Any, **kwargs: Any) -> bool:
        house.records.leases["mailbox:sscp"] = ("another-machine", datetime(2036, 1, 1, tzinfo=UTC))
        return receive(*args, **kwargs)

    house.records.receive = robbed  # type: ignore[method-assign]  # the robbery
    with pytest.raises(Unavailable, match="held-elsewhere"):
        watch_once(house.gate)
    assert len(house.records.rows) == 1
