"""Watching into the real records and the real vault: what the fakes promise elsewhere, they keep."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.domain.outcome import Outcome
from intake.domain.stages import Stage
from intake.edges.keyring import KeyRing
from intake.edges.vault import FileVault
from intake.errors import Unavailable
from intake.programs.watch import WatchSummary, watch_once
from intake.records import SqlRecords
from intake.records.store import make_engine
from intake.records.upgrading import upgrade
from tests.builders.gate import Kept, kept
from tests.builders.watching import mail
from tests.servers import dovecot as real

NOW = datetime(2026, 11, 24, 16, 5, tzinfo=UTC)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[SqlRecords]:
    """Give empty records on SQLite."""
    engine = make_engine(f"sqlite:///{tmp_path / 'intake.db'}")
    upgrade(engine)
    yield SqlRecords(engine, KeyRing.create(tmp_path / "keyring"))
    engine.dispose()


@pytest.fixture
def vault(tmp_path: Path, records: SqlRecords) -> FileVault:
    """Give an empty vault."""
    return FileVault(tmp_path / "vault", KeyRing.load(tmp_path / "keyring"))


def furnished(house: Kept, records: SqlRecords, vault: FileVault) -> Kept:
    """Put the real records and vault behind a gate."""
    house.gate.records, house.gate.originals = records, vault
    return house


def settle(records: SqlRecords, vault: FileVault, stage: Stage) -> list[bytes]:
    """Take all messages under way to a stage, and return their originals."""
    under_way = [records.message(one) for one in records.workable(100, now=NOW)]
    for message in under_way:
        records.commit(message, Outcome(stage, "bulk"), now=NOW)
    return [vault.open(message.id) for message in under_way]


def test_mail_is_sealed_recorded_and_filed(
    house: Kept, records: SqlRecords, vault: FileVault, dovecot: real.Dovecot, user: str
) -> None:
    """Once each, and the mailbox was seen."""
    furnished(house, records, vault)
    dovecot.append_all(user, [mail(1), mail(2, 2_500_000)])
    assert watch_once(house.gate) == WatchSummary(taken=2)
    assert settle(records, vault, Stage.SET_ASIDE) == [mail(1), mail(2, 2_500_000)]
    assert watch_once(house.gate) == WatchSummary(filed=2)
    assert watch_once(house.gate) == WatchSummary()
    assert len(dovecot.mails(user, "Intake/Set aside")) == 2
    assert {name: value for name, (value, _) in records.health_notes().items()} == {
        "poll:sscp": "ok",
        "unfetchable:sscp": "0",
    }


def test_a_message_that_was_moved_by_a_person_is_noted(
    house: Kept, records: SqlRecords, vault: FileVault, dovecot: real.Dovecot, user: str
) -> None:
    """It is not asked about again, and nothing is recorded twice."""
    furnished(house, records, vault)
    dovecot.append(user, mail(1))
    watch_once(house.gate)
    settle(records, vault, Stage.SET_ASIDE)
    dovecot.move(user, "INBOX", "Elsewhere")
    assert watch_once(house.gate) == WatchSummary(vanished=1)
    assert watch_once(house.gate) == WatchSummary()


def test_after_a_change_of_uidvalidity_the_rows_are_the_same(
    tmp_path: Path, records: SqlRecords, vault: FileVault
) -> None:
    """Also of those already filed: nothing is lost, nothing doubled, and no second original is kept."""
    with real.running() as server:
        house = furnished(kept(tmp_path, port=server.plain), records, vault)
        server.append_all("someone", [mail(1), mail(2)])
        watch_once(house.gate)
        server.change_uidvalidity("someone")
        assert watch_once(house.gate) == WatchSummary(relisted=2)
        assert len(list((tmp_path / "vault").iterdir())) == 2
        assert len(settle(records, vault, Stage.SET_ASIDE)) == 2
        assert watch_once(house.gate) == WatchSummary(filed=2)


def test_another_machines_lease_is_kept(
    house: Kept, records: SqlRecords, vault: FileVault, dovecot: real.Dovecot, user: str
) -> None:
    """While it lasts, nobody else takes anything in."""
    furnished(house, records, vault)
    dovecot.append(user, mail(1))
    assert records.take_lease("mailbox:sscp", "another-machine", house.gate.clock(), 100)
    with pytest.raises(Unavailable, match="held-elsewhere"):
        watch_once(house.gate)
    records.release_lease("mailbox:sscp", "another-machine")
    assert watch_once(house.gate) == WatchSummary(taken=1)
