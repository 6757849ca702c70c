"""``intake serve`` answers at its place, ends when asked, and says what is wrong with it."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from intake.__main__ import main
from tests.builders.settings import write_config

ROOT = Path(__file__).parents[3]


def free_port() -> int:
    """Return a port nobody has."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def healthy(port: int) -> bool:
    """Tell whether the pages answer."""
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/health")
            return connection.getresponse().read() == b"ok\n"
    except OSError:
        return False


def test_the_pages_answer_until_told_to_stop(tmp_path: Path) -> None:
    """SIGTERM ends them with 0; what they said meanwhile has no word of anybody."""
    port = free_port()
    config = write_config(tmp_path, listen=f"127.0.0.1:{port}")
    command = [sys.executable, "-m", "intake", "--config", str(config), "serve"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        until = time.monotonic() + 60
        while not healthy(port):
            assert time.monotonic() < until
            time.sleep(0.1)
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0


def test_a_path_is_served_at_and_one_left_over_gives_way(tmp_path: Path) -> None:
    """A Unix socket that our group may use; what a killed program left there is no obstacle."""
    place = tmp_path / "pages.sock"
    config = write_config(tmp_path / "c", listen=str(place))
    for _ in range(2):
        command = [sys.executable, "-m", "intake", "--config", str(config), "serve"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            until = time.monotonic() + 60
            while not _answers(place):
                assert time.monotonic() < until
                time.sleep(0.1)
            assert place.stat().st_mode & 0o777 == 0o660
            running.kill()


def _answers(place: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(place))
            asking.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return asking.recv(100).startswith(b"HTTP/1.0 200")
        except OSError:
            return False


def test_a_place_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another program there: try again later (75), by its code."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = write_config(tmp_path, listen=f"127.0.0.1:{taken.getsockname()[1]}")
        assert main(["--config", str(config), "serve"]) == 75
    assert "web unavailable: eaddrinuse" in capsys.readouterr().err


def test_no_place_to_serve_at_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty ``web.listen`` is no fault of the file, but nothing to serve at."""
    assert main(["--config", str(write_config(tmp_path)), "serve"]) == 2
    assert "web.listen" in capsys.readouterr().err


@pytest.mark.parametrize("listen", ["0.0.0.0:80", "example.org:80", "8480", "127.0.0.1"])
def test_only_this_machines_own_places_are_listened_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], listen: str
) -> None:
    """The pages speak no TLS: nothing beyond this machine may reach them without a front."""
    assert main(["--config", str(write_config(tmp_path, listen=listen)), "serve"]) == 2
    assert "web.listen" in capsys.readouterr().err
