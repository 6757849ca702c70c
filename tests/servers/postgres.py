"""A real PostgreSQL on a loopback port for tests, as an ordinary user: one for a test run, shared by its workers.

``with running() as server:`` then ``server.database()`` for the address of an empty database of one's own. Whoever
comes first starts it, whoever leaves last stops it. Nothing is synced to disk: a power cut is not tried here.
"""

import fcntl
import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

LOOPBACK = "127.0.0.1"
USER = "tests"
START_SECONDS = 60.0
PLACES = "/usr/lib/postgresql/*/bin"
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=16MB",
           f"listen_addresses={LOOPBACK}", "lc_messages=C", "timezone=UTC")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server that is up; anybody on loopback is trusted."""

    port: int

    def database(self) -> str:
        """Make an empty database and return its SQLAlchemy address."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # our own hexadecimal digits
        return f"postgresql+psycopg://{USER}@{LOOPBACK}:{self.port}/{name}"

    def end_connections(self, url: str) -> None:
        """Cut every connection to a database, as a restart of the server does."""
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            name = url.rpartition("/")[2]
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def _address(self, database: str) -> str:
        return f"host={LOOPBACK} port={self.port} user={USER} dbname={database}"


@contextmanager
def running() -> Iterator[Postgres]:
    """Give the run's server, started if nobody has; stopped when the last who asked is done with it."""
    board = Path(tempfile.gettempdir()) / f"pg-{getpass.getuser()}-{_run()}"
    server = _joined(board)
    try:
        yield server
    finally:
        _left(board)


def _run() -> str:
    """Return a name that the workers of one test run share."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]


def _joined(board: Path) -> Postgres:
    with _alone(board):
        lines = _lines(board)
        if not lines:
            folder, port, pid = _start()
            lines = [f"{folder} {port} {pid}"]
        board.write_text("\n".join([*lines, str(os.getpid())]))
    return Postgres(int(lines[0].split()[1]))


def _left(board: Path) -> None:
    with _alone(board):
        lines = _lines(board)
        lines.remove(str(os.getpid()))
        if len(lines) > 1:
            board.write_text("\n".join(lines))
            return
        folder, _, pid = lines[0].split()
        _stop(int(pid), Path(folder))
        board.unlink()


def _lines(board: Path) -> list[str]:
    """Return the server's line and those of the processes that use it; a killed one has left without a word."""
    lines = board.read_text().splitlines() if board.exists() else []
    return lines[:1] + [pid for pid in lines[1:] if Path(f"/proc/{pid}").exists()]


@contextmanager
def _alone(board: Path) -> Iterator[None]:
    with board.with_name(f"pg-{getpass.getuser()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start() -> tuple[Path, int, int]:
    """Make a cluster in a folder of its own and start it; return the folder, the port and the server's process id."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a short path: unix sockets take 108 bytes
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    data, log = folder / "data", folder / "log"
    made = ["--username", USER, "--auth", "trust", "--no-sync", "--encoding", "UTF8", "--locale", "C", "-D", str(data)]
    subprocess.run([_binary("initdb"), *made], check=True, capture_output=True, cwd=folder, **_ordinary())
    port = _free_port()
    options = [
        word for option in (*OPTIONS, f"port={port}", f"unix_socket_directories={folder}") for word in ("-c", option)
    ]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [_binary("postgres"), "-D", str(data), *options],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder, start_new_session=True, **_ordinary(),
        )  # fmt: skip
    _wait_until_up(server, port, log)
    server.returncode = 0  # it outlives this process's interest: whoever is last stops it, by its id
    return folder, port, server.pid


def _wait_until_up(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(f"host={LOOPBACK} port={port} user={USER} dbname=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                server.kill()
                server.wait()
                why = f"PostgreSQL did not start: {log.read_text(errors='replace')[-500:]}"
                raise RuntimeError(why) from None
            time.sleep(0.05)
        else:
            return


def _stop(pid: int, folder: Path) -> None:
    os.kill(pid, signal.SIGINT)  # fast shutdown
    until = time.monotonic() + START_SECONDS
    while _is_there(pid) and time.monotonic() < until:
        time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


def _is_there(pid: int) -> bool:
    try:
        ended, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:  # another worker's child
        return Path(f"/proc/{pid}/stat").exists() and ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    return ended == 0


def _ordinary() -> dict[str, Any]:
    """Return what makes a process another user's where the tests run as root, whom PostgreSQL refuses."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def _binary(name: str) -> str:
    installed = sorted(Path("/").glob(f"{PLACES[1:]}/{name}"), reverse=True)
    found = str(installed[0]) if installed else shutil.which(name)
    if found is None:
        raise RuntimeError("the tests need PostgreSQL (Debian's postgresql): make servers")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
