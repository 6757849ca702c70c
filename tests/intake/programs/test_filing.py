"""Filing at a real Dovecot: what has come to rest goes to its folder; nothing is deleted or mistaken."""

from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from intake.domain.stages import Stage
from intake.errors import Unavailable
from intake.programs.watch import WatchSummary, watch_once
from tests.builders.gate import Kept, kept
from tests.builders.watching import mail
from tests.servers import dovecot as real
from tests.servers.fault_imap import ImapTalk
from tests.servers.faulty_line import Fault, before


def test_what_has_come_to_rest_is_filed_and_the_rest_stays(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Each to the folder of its stage; what is under way, or has no folder, is left; nothing is lost."""
    dovecot.append_all(user, [mail(n) for n in range(1, 6)])
    watch_once(house.gate)
    stages = (Stage.REGISTERED, Stage.HELD, Stage.SET_ASIDE, Stage.QUARANTINED, Stage.PARSED)
    for message, stage in zip(house.records.rows, stages, strict=True):
        house.records.put(message, stage)
    assert watch_once(house.gate) == WatchSummary(filed=3)
    assert dovecot.mails(user) == [mail(4), mail(5)]
    assert dovecot.mails(user, "Intake/Registered") == [mail(1)]
    assert dovecot.mails(user, "Intake/Needs a person") == [mail(2)]
    assert dovecot.mails(user, "Intake/Set aside") == [mail(3)]
    assert watch_once(house.gate) == WatchSummary()


def test_what_a_person_released_is_moved_on(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Filed when it was held, it goes on to the folder of what became of it."""
    dovecot.append_all(user, [mail(1), mail(2)])
    house.records.stage_at_once = Stage.HELD
    assert watch_once(house.gate) == WatchSummary(taken=2, filed=2)
    first, _ = house.records.rows
    house.records.rows[first] = replace(house.records.rows[first], stage=Stage.REGISTERED, filed_to=None)
    assert watch_once(house.gate) == WatchSummary(filed=1)
    assert dovecot.mails(user, "Intake/Needs a person") == [mail(2)]
    assert dovecot.mails(user, "Intake/Registered") == [mail(1)]


def test_without_folders_nothing_is_ever_moved(tmp_path: Path, dovecot: real.Dovecot, user: str) -> None:
    """``file_to = {}`` leaves every mail where it is."""
    house = kept(tmp_path, port=dovecot.plain, username=user, file_to={})
    dovecot.append(user, mail(1))
    watch_once(house.gate)
    house.records.put_all(Stage.REGISTERED)
    assert watch_once(house.gate) == WatchSummary()
    assert dovecot.mails(user) == [mail(1)]


def test_more_than_one_batch_is_filed(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Sixty mails, none left and none lost."""
    mails = [mail(n) for n in range(60)]
    dovecot.append_all(user, mails)
    house.records.stage_at_once = Stage.REGISTERED
    assert watch_once(house.gate) == WatchSummary(taken=60, filed=60)
    assert dovecot.mails(user, "Intake/Registered") == mails


def test_what_another_client_moved_is_noted_and_the_others_are_filed(
    house: Kept, dovecot: real.Dovecot, user: str
) -> None:
    """A message that vanished is a note, never an error, never a second record."""
    dovecot.append_all(user, [mail(1), mail(2)])
    watch_once(house.gate)
    house.records.put_all(Stage.REGISTERED)
    with dovecot.client(user) as person:
        person.create("Elsewhere")
        person.select("INBOX")
        person.uid("MOVE", "1", "Elsewhere")
    assert watch_once(house.gate) == WatchSummary(filed=1, vanished=1)
    assert house.records.gone == {next(iter(house.records.rows))}
    assert watch_once(house.gate) == WatchSummary()
    assert dovecot.mails(user, "Elsewhere") == [mail(1)]


def test_a_listing_that_leaves_a_message_out_makes_it_not_vanished(
    tmp_path: Path, dovecot: real.Dovecot, user: str
) -> None:
    """The server is asked for that message alone, has it, and it is filed like the others."""
    with before(dovecot.plain, ImapTalk) as proxy:
        house = kept(tmp_path, port=proxy.port, username=user)
        dovecot.append_all(user, [mail(1), mail(2)])
        watch_once(house.gate)
        house.records.put_all(Stage.REGISTERED)
        proxy.begin(Fault("UID SEARCH", "missing-uid"))
        assert watch_once(house.gate) == WatchSummary(filed=2)
    assert proxy.done == 1
    assert dovecot.mails(user, "Intake/Registered") == [mail(1), mail(2)]


def test_a_move_that_was_cut_off_before_its_note_is_noted_afterwards(
    house: Kept, dovecot: real.Dovecot, user: str
) -> None:
    """A crash between the server's move and our row: the mail is found in its folder, not called vanished."""
    dovecot.append(user, mail(1))
    house.records.stage_at_once = Stage.REGISTERED
    house.records.away = {"filed"}
    with pytest.raises(Unavailable):
        watch_once(house.gate)
    assert dovecot.mails(user, "Intake/Registered") == [mail(1)]
    house.records.away = set()
    assert watch_once(house.gate) == WatchSummary(filed=1)
    assert house.records.only.filed_to == "Intake/Registered"


def test_what_is_not_the_message_we_recorded_is_not_moved(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Whatever stands at its place now, it is not ours to move."""
    dovecot.append(user, mail(1))
    watch_once(house.gate)
    row = house.records.only
    other = replace(row, stage=Stage.REGISTERED, arrival=replace(row.arrival, sha256="0" * 64))
    house.records.rows[row.id] = other
    assert watch_once(house.gate) == WatchSummary(unfiled=1)
    assert dovecot.mails(user) == [mail(1)]


def test_an_oversize_message_is_filed_too(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """It is known by its header, which is all we have of it."""
    house.gate.mailbox = house.gate.mailbox.model_copy(update={"max_bytes": 20_000})
    dovecot.append(user, mail(1, 30_000))
    house.records.stage_at_once = Stage.HELD
    assert watch_once(house.gate) == WatchSummary(oversize=1, filed=1)


def test_a_server_that_cannot_move_is_told_of_and_taken_from(tmp_path: Path) -> None:
    """Filing is a convenience: without it, mail comes in all the same."""
    with real.running(without="MOVE UIDPLUS") as server:
        house = kept(tmp_path, port=server.plain)
        house.records.stage_at_once = Stage.REGISTERED
        server.append_all("someone", [mail(1), mail(2)])
        with structlog.testing.capture_logs() as told:
            assert watch_once(house.gate) == WatchSummary(taken=2, unfiled=2)
        assert [line["why"] for line in told if line["event"] == "cannot-file"] == ["no-move"]
        assert server.mails("someone") == [mail(1), mail(2)]


def test_a_message_of_an_older_uidvalidity_is_filed_by_its_new_place(tmp_path: Path) -> None:
    """First relisted, then moved: a UID of another time is never used."""
    with real.running() as server:
        house = kept(tmp_path, port=server.plain)
        server.append_all("someone", [mail(1), mail(2)])
        watch_once(house.gate)
        server.move("someone", "INBOX", "Elsewhere")
        server.append_all("someone", [mail(2), mail(1)])
        server.change_uidvalidity("someone")
        house.records.put_all(Stage.SET_ASIDE)
        assert watch_once(house.gate) == WatchSummary(relisted=2, filed=2)
        assert sorted(server.mails("someone", "Intake/Set aside")) == [mail(1), mail(2)]
