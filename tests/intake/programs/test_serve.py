"""``intake serve`` answers at its place, ends when asked, and says what is wrong with it."""

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from waitress.server import create_server

from intake.__main__ import main
from intake.programs.serve import front_of
from intake.settings.program import Web
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


@contextmanager
def echoing(listener: socket.socket, front: str) -> Iterator[None]:
    """Serve an application that answers with where it was asked from, believing that front."""

    def echo(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return [environ["REMOTE_ADDR"].encode()]

    server = create_server(echo, sockets=[listener], **front_of(Web(front=front)))
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield
    finally:
        server.close()


def asked_from(asking: socket.socket, said: str) -> str:
    """Ask with an X-Forwarded-For; return what is believed."""
    asking.sendall(f"GET / HTTP/1.0\r\nHost: localhost\r\nX-Forwarded-For: {said}\r\n\r\n".encode())
    answer = b""
    while more := asking.recv(1_000):
        answer += more
    return answer.partition(b"\r\n\r\n")[2].decode()


@pytest.mark.parametrize(
    ("front", "believed"), [("127.0.0.1", "192.0.2.7"), ("", "127.0.0.1"), ("127.0.0.2", "127.0.0.1")]
)
def test_the_fronts_word_alone_is_believed(front: str, believed: str) -> None:
    """And of it the last address, which the front itself has added."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = listener.getsockname()
        with echoing(listener, front), socket.create_connection(place) as asking:
            assert asked_from(asking, "198.51.100.1, 192.0.2.7") == believed


@pytest.mark.parametrize(("front", "believed"), [("socket", "192.0.2.7"), ("", "localhost")])
def test_at_a_socket_only_the_front_can_ask(tmp_path: Path, front: str, believed: str) -> None:
    """Its word is believed where the configuration says that it gives it."""
    place = str(tmp_path / "pages.sock")
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as asking:
        listener.bind(place)
        listener.listen()
        with echoing(listener, front):
            asking.connect(place)
            assert asked_from(asking, "198.51.100.1, 192.0.2.7") == believed


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
