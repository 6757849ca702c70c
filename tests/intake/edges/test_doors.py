"""Both doors in the wall keep the same promises: a child of ours, and a unit of its own behind a Unix socket."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any

import pytest

from intake.edges.doors import ChildDoor, SocketDoor
from intake.edges.reader import WalledReader
from intake.errors import Unavailable
from parsers import terms
from parsers.contract import HOLDS, Harvest, Refusal, Survey
from tests.builders import forms, mails
from tests.builders.house import house
from tests.builders.walled import (
    LIBRARY,
    OBEDIENT,
    ROOT,
    Walled,
    by_child,
    by_socket,
    children,
    is_running,
    short_folder,
    unit,
    wait_for,
)

SECONDS = 1.0
PASSWORD = "zqxkanari-" + "7" * 20
DOORS: dict[str, Walled] = {"child": by_child, "socket": by_socket}


@pytest.fixture(scope="module", params=DOORS)
def walled(request: pytest.FixtureRequest) -> Iterator[WalledReader]:
    """Give a reader over one door, then over the other, whose children do what they are told."""
    with DOORS[request.param](OBEDIENT, seconds=SECONDS) as reader:
        yield reader


def told(walled: WalledReader, deed: str) -> Any:
    """Return what a child answers that does this, or the code of what became of it."""
    answer = walled.read(deed.encode())
    return json.loads(answer.untrusted_body) if isinstance(answer, Harvest) else answer


def holder(walled: WalledReader) -> int:
    """Return the process that holds the conversation: the parent of every task's child."""
    return int(told(walled, "os.getppid()"))


def memory_of(process: int) -> bytes:
    """Return all that a process has in its own memory; a test is skipped where the kernel shows it to nobody."""
    stretches = [line.split() for line in Path(f"/proc/{process}/maps").read_text().splitlines()]
    own = [each[0].split("-") for each in stretches if each[1].startswith("rw")]
    try:
        with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
            return b"".join(_stretch(memory, int(start, 16), int(end, 16)) for start, end in own)
    except PermissionError:
        pytest.skip("this kernel shows no process's memory to its parent")


def _stretch(memory: IO[bytes], start: int, end: int) -> bytes:
    try:
        memory.seek(start)
        return memory.read(end - start)
    except OSError:  # a page of the kernel's own
        return b""


class TestEachDoor:
    """What holds, whoever stands behind it."""

    @pytest.mark.parametrize(
        ("deed", "code"),
        [
            ("time.sleep(60)", "time"),
            ("[None for _ in iter(int, 1)]", "time"),
            ("bytearray(3 << 30)", "memory"),
            ("__import__('ctypes').string_at(0)", "killed"),
            ("os.execv('/bin/true', ['true'])", "killed"),
            ("os._exit(7)", "bad-answer"),
            ("1 / 0", "bad-answer"),
            ("Refusal(code='any-other')", "bad-answer"),
            ("'x' * 5_000_000", "over-limit"),
            ("'x' * 70_000", "bad-answer"),
        ],
    )
    def test_whatever_becomes_of_a_child_is_a_code(self, walled: WalledReader, deed: str, code: str) -> None:
        """Each is a Refusal from the closed list, in time, and the next task is answered in the same conversation."""
        before, begun = holder(walled), time.monotonic()
        assert told(walled, deed) == Refusal(code=code)
        assert time.monotonic() - begun < SECONDS + 5
        assert holder(walled) == before

    def test_a_child_has_nothing_and_reaches_nothing(self, walled: WalledReader) -> None:
        """No variable, no open file but its own socket; no file, socket or process can be had."""
        variables, opened, codes = told(
            walled,
            "[sorted(os.environ), [n for n in range(3, 100) if tried(os.fstat, n) == 0],"
            " [tried(open, '/etc/passwd'), tried(os.listdir, '/proc'), tried(socket.socket), tried(os.fork)]]",
        )
        assert set(variables) <= {"LC_CTYPE"}  # Python's own coercion of the C locale (PEP 538)
        assert len(opened) == 1
        assert set(codes) <= {errno.EPERM, errno.EACCES}
        assert walled.holds() == HOLDS

    def test_a_child_knows_nothing_of_the_mail_before(self, walled: WalledReader) -> None:
        """What one message leaves in its process is gone with it."""
        assert told(walled, "globals().update(left='canary') or len(seen)") == 1
        assert told(walled, "['left' in globals(), len(seen)]") == [False, 1]

    def test_a_password_never_comes_to_who_holds_the_conversation(self) -> None:
        """Its child alone reads what it is to do: nothing of a password is in the memory that outlives the task."""
        for door in DOORS.values():
            with door(OBEDIENT + "\nprogram.harden = lambda: None  # so that its memory can be looked at\n") as walled:
                kept = holder(walled)
                answer = walled.read(b"task.password", password=PASSWORD)
                assert isinstance(answer, Harvest)
                assert json.loads(answer.untrusted_body) == PASSWORD
                assert PASSWORD[:-1].encode() not in memory_of(kept)
                assert b"untrusted_body" in memory_of(kept)

    def test_no_secret_of_ours_is_seen_from_outside(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Neither the environment nor the command line of the walled program tells what ours knows."""
        monkeypatch.setenv("INTAKE_SECRET", "zqxkanari")
        for door in DOORS.values():
            with door(OBEDIENT) as walled:
                proc = Path(f"/proc/{holder(walled)}")
                assert b"zqxkanari" not in (proc / "cmdline").read_bytes()
                if os.geteuid() == 0:  # an ordinary user may not look: it is not dumpable
                    assert (proc / "environ").read_bytes().replace(b"LC_CTYPE=C.UTF-8\0", b"").strip(b"\0") == b""

    def test_a_conversation_that_was_cut_is_begun_again(self, walled: WalledReader) -> None:
        """A killed server, met between two tasks, costs neither an answer nor a try."""
        before = holder(walled)
        os.kill(before, signal.SIGKILL)
        wait_for(lambda: not is_running(before))
        assert holder(walled) != before

    def test_threads_that_share_a_reader_get_their_own_answers(self, walled: WalledReader) -> None:
        """One task at a time, none mixed up."""
        answers: dict[int, Any] = {}
        threads = [threading.Thread(target=lambda n=n: answers.update({n: told(walled, str(n))})) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == {number: number for number in range(6)}

    def test_closing_ends_whoever_held_the_conversation(self, walled: WalledReader) -> None:
        """Nothing is left running for a client that has gone; a later task begins anew."""
        before = holder(walled)
        walled.close()
        wait_for(lambda: not is_running(before))
        assert holder(walled) != before

    def test_another_release_is_told_and_no_mails_fault(self, walled: WalledReader) -> None:
        """Two sides that would not understand each other say so before the first mail; it waits."""
        honest = walled._greeting
        walled.close()
        walled._greeting = honest.replace(terms.shape().encode(), b"0" * 64)
        try:
            with pytest.raises(Unavailable, match="other-release"):
                walled.read(b"data")
        finally:
            walled._greeting = honest

    @pytest.mark.parametrize("door", DOORS)
    def test_where_the_kernel_does_not_hold_nothing_is_read(self, door: str) -> None:
        """With ``refuse_unconfined`` a kernel without one of the two is Unavailable over either door."""
        with (
            DOORS[door]("program.confine = lambda *_: ('landlock',)", refuse_unconfined=True) as walled,
            pytest.raises(Unavailable, match="not-confined"),
        ):
            walled.read(b"data")


@pytest.mark.parametrize("place", ["child", "socket"])
def test_real_mails_are_read_alike(place: str) -> None:
    """Survey, form and locked file come out the same through both doors."""
    raw = mails.mail("hello", mails.docx_attachment(forms.to_docx()))
    with short_folder() as folder, unit(folder / "s"):
        door = ChildDoor() if place == "child" else SocketDoor(folder / "s")
        with WalledReader(forms.library(), door=door) as walled:
            survey, harvest = walled.survey(raw), walled.read(raw)
    assert isinstance(survey, Survey)
    assert isinstance(harvest, Harvest)
    assert len(survey.parts) == 2
    assert len(harvest.documents[0].readings) > 10


class TestTheSocketAlone:
    """What can only be the matter with a unit."""

    def test_two_readers_work_at_once(self) -> None:
        """A long reading of one client is not in the way of another's."""
        with short_folder() as folder, unit(folder / "s", OBEDIENT):
            readers = [WalledReader(LIBRARY, door=SocketDoor(folder / "s")) for _ in range(2)]
            waits = threading.Thread(target=partial(told, readers[0], "time.sleep(2)"))
            assert told(readers[0], "1") == 1
            waits.start()
            assert told(readers[1], "2") == 2
            assert waits.is_alive()
            waits.join()
            for reader in readers:
                reader.close()

    def test_a_unit_that_is_away_makes_mail_wait(self, tmp_path: Path) -> None:
        """No attempt is counted and nothing is held; when the unit is back, the mail is registered."""
        with short_folder() as folder, house(tmp_path) as home:
            door = SocketDoor(folder / "s")
            with WalledReader(forms.library(), door=door) as walled:
                home.world = replace(home.world, reader=walled)
                message = home.arrive(mails.mail("hello", mails.docx_attachment(forms.to_docx())))
                for _ in range(home.rules.program.work.attempts + 2):
                    assert home.walk(message).stage == "received"
                assert home.walk(message).attempts == 0
                with unit(folder / "s"):
                    assert home.walk(message).stage != "received"

    def test_a_unit_started_anew_is_found_again(self) -> None:
        """Its socket removed, refused while nobody listens, and back: each is told apart from a fault of the mail."""
        with short_folder() as folder:
            place = folder / "s"
            with WalledReader(LIBRARY, door=SocketDoor(place)) as walled:
                with unit(place, OBEDIENT):
                    assert told(walled, "1") == 1
                with pytest.raises(Unavailable, match="socket-away"):  # its file is left, and nobody there
                    walled.read(b"2")
                with unit(place, OBEDIENT):
                    assert told(walled, "3") == 3
                    place.unlink()
                    assert told(walled, "4") == 4  # a conversation needs no file
                    walled.close()
                    with pytest.raises(Unavailable, match="socket-away"):
                        walled.read(b"5")
                    with unit(place, OBEDIENT):
                        assert told(walled, "6") == 6

    def test_a_socket_that_systemd_made_is_listened_at(self) -> None:
        """The one socket handed over (sd_listen_fds(3)) is where the program is asked; its file is none of its own."""
        with short_folder() as folder, socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "s"))
            listener.listen()
            said = f"LISTEN_PID=$$ LISTEN_FDS=1 exec {sys.executable} -s -m parsers --listen 3<&{listener.fileno()}"
            handed = [listener.fileno()]
            with subprocess.Popen(["/bin/bash", "-c", said], cwd=ROOT, env={}, pass_fds=handed) as running:
                with WalledReader(forms.library(), door=SocketDoor(folder / "s")) as walled:
                    survey = walled.survey(mails.mail("hello"))
                running.kill()
            assert isinstance(survey, Survey)

    def test_without_a_socket_it_says_so(self) -> None:
        """Asked to listen where nothing was handed over, it ends with 2 and a word."""
        command = [sys.executable, "-s", "-m", "parsers", "--listen"]
        ran = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, text=True, check=False, timeout=60)
        assert (ran.returncode, ran.stderr) == (2, "parsers: cannot listen (OSError)\n")

    def test_a_unit_killed_at_work_is_tried_once_more(self) -> None:
        """The second try is that of the unit started anew; without one the mail waits."""
        with short_folder() as folder:
            place = folder / "s"
            with WalledReader(LIBRARY, door=SocketDoor(place)) as walled, unit(place, OBEDIENT) as running:
                walled.holds()
                killer = threading.Timer(0.3, running.kill)
                killer.start()
                with pytest.raises(Unavailable, match="socket-away"):
                    walled.read(b"time.sleep(30)")
                killer.join()

    def test_killing_the_unit_ends_all_it_began(self) -> None:
        """Neither a conversation nor a child outlives the server."""
        with (
            short_folder() as folder,
            unit(folder / "s", OBEDIENT) as running,
            WalledReader(LIBRARY, door=SocketDoor(folder / "s")) as walled,
        ):
            pid = holder(walled)
            assert children(running.pid) == [pid]
            running.kill()
            wait_for(lambda: not is_running(pid))
