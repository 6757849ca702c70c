"""Taking in, from a real Dovecot: every mail once and whole, whatever people, disks and servers do meanwhile."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.domain.message import Place
from intake.domain.stages import Stage
from intake.errors import Unavailable
from intake.programs.watch import WatchSummary, watch_once
from tests.builders.gate import Kept, kept
from tests.builders.watching import MEGABYTE, mail, originals
from tests.servers import dovecot as real


def test_what_waits_is_taken_in_once_and_in_order(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Each original whole, with its place, length, digest and the server's date; a second round finds nothing new."""
    at = datetime(2026, 7, 17, 1, 2, 3, tzinfo=UTC)
    dovecot.append_all(user, [mail(1), mail(2)], at)
    assert watch_once(house.gate) == WatchSummary(taken=2)
    assert originals(house) == [mail(1), mail(2)]
    arrival = next(iter(house.records.rows.values())).arrival
    assert (arrival.received_at, arrival.bytes) == (at, len(mail(1)))
    assert (arrival.place.mailbox, arrival.place.folder, arrival.place.uid) == ("sscp", "INBOX", 1)
    assert watch_once(house.gate) == WatchSummary()


def test_the_row_is_written_after_the_original_is_sealed(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """A crash in between leaves an original without a row, never a row without its original."""
    dovecot.append(user, mail(1))
    watch_once(house.gate)
    order = [step for step in house.records.order if step in {"sealed", "receive", "filed"}]
    assert order == ["sealed", "receive"]


def test_mail_that_was_read_or_has_an_old_date_is_taken_in(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Neither ``Seen`` nor a date window decides; nothing is marked by us."""
    dovecot.append(user, mail(1), flags="(\\Seen)")
    watch_once(house.gate)
    dovecot.append(user, mail(2), at=datetime(2019, 1, 1, tzinfo=UTC))
    assert watch_once(house.gate) == WatchSummary(taken=1)
    assert ["\\Seen" in flags for flags in dovecot.flags(user)] == [True, False]


def test_a_mail_dragged_in_by_a_person_is_taken_in(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Days later, from another folder, with the date it came with."""
    at = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    dovecot.append(user, mail(1))
    watch_once(house.gate)
    with dovecot.client(user) as person:
        person.create("Elsewhere")
    dovecot.append(user, mail(2), at, folder="Elsewhere")
    dovecot.move(user, "Elsewhere", "INBOX")
    assert watch_once(house.gate) == WatchSummary(taken=1)
    assert [row.arrival.received_at for row in house.records.rows.values()][1] == at


def test_three_hundred_mails_are_all_taken_in(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """In the order of their UIDs, one at a time."""
    dovecot.append_all(user, [mail(n) for n in range(300)])
    assert watch_once(house.gate).taken == 300
    assert house.records.uids == list(range(1, 301))


def test_a_big_mail_comes_in_chunks(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Memory does not grow with the mail."""
    big = mail(1, 5 * MEGABYTE)
    dovecot.append(user, big)
    assert watch_once(house.gate).taken == 1
    assert originals(house) == [big]
    assert house.vault.largest_chunk <= MEGABYTE


def test_over_the_limit_only_the_header_is_kept_and_that_shows(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """The row says so, with the size the server gives; the mail after it is taken in as ever."""
    house.gate.mailbox = house.gate.mailbox.model_copy(update={"max_bytes": 20_000})
    dovecot.append_all(user, [mail(1, 30_000), mail(2)])
    assert watch_once(house.gate) == WatchSummary(taken=1, oversize=1)
    large, small = house.records.rows.values()
    assert (large.oversize, large.arrival.bytes, small.oversize) == (True, len(mail(1, 30_000)), False)
    assert originals(house) == [mail(1).removesuffix(b"Nothing.\r\n"), mail(2)]


def test_an_exact_copy_is_a_message_of_its_own(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Two mails of the same bytes are two rows; what to make of that is decided later."""
    dovecot.append_all(user, [mail(1), mail(1)])
    assert watch_once(house.gate).taken == 2


def test_while_the_records_are_away_nothing_happens_to_the_mail(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """It stays where it is, and is taken in when they are back."""
    dovecot.append(user, mail(1))
    house.records.away = {"receive"}
    with pytest.raises(Unavailable, match="database"):
        watch_once(house.gate)
    house.records.away = set()
    assert dovecot.mails(user) == [mail(1)]
    assert watch_once(house.gate).taken == 1


def test_a_full_disk_leaves_the_mail_where_it_is(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """A fault that is not the mail's never counts against it."""
    dovecot.append(user, mail(1))
    house.vault.full = True
    with pytest.raises(Unavailable, match="vault"):
        watch_once(house.gate)
    assert house.records.rows == {}
    house.vault.full = False
    assert watch_once(house.gate).taken == 1


def test_after_a_change_of_uidvalidity_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """Known mails get their new place by their bytes; one that came meanwhile is new."""
    with real.running() as server:
        house = kept(tmp_path, port=server.plain)
        server.append_all("someone", [mail(1), mail(2), mail(2)])
        watch_once(house.gate)
        before = list(house.records.rows)
        server.change_uidvalidity("someone")
        server.append("someone", mail(3))
        assert watch_once(house.gate) == WatchSummary(taken=1, relisted=3)
        assert list(house.records.rows)[:3] == before
        assert {row.arrival.place.uidvalidity for row in house.records.rows.values()} == {new_validity(house)}
        assert watch_once(house.gate) == WatchSummary()
        assert len(house.vault.kept) == 4


def new_validity(house: Kept) -> int:
    """Return the UIDVALIDITY the newest row came under."""
    return list(house.records.rows.values())[-1].arrival.place.uidvalidity


def test_a_place_is_what_the_configuration_calls_it(tmp_path: Path) -> None:
    """Whatever the server's prefix and delimiter: a row's folder is the configured name."""
    with real.running(separator=".", prefix="INBOX.") as server:
        with server.client("someone") as person:
            person.create("INBOX.Team.Referrals")
        server.append("someone", mail(1), folder="INBOX.Team.Referrals")
        house = kept(tmp_path, port=server.plain, folder="Team/Referrals")
        house.records.stage_at_once = Stage.REGISTERED
        assert watch_once(house.gate) == WatchSummary(taken=1, filed=1)
        place = house.records.only.arrival.place
        assert place == Place("sscp", "Team/Referrals", place.uidvalidity, 1)
        assert server.mails("someone", "INBOX.Intake.Registered") == [mail(1)]
