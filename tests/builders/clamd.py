"""A real clamd on a socket of its own, which knows one invented sign as malware."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIGN = b"invented-sign-of-malware-4711"
"""What it finds; no real malware and no test file of anybody's is needed."""
MOST_BYTES = 4_000_000
START_SECONDS = 60.0
PROGRAM = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/homebrew/sbin")


@contextmanager
def clamd(folder: Path) -> Iterator[Path]:
    """Run clamd until the block ends; yields its socket, in a short folder of its own."""
    signs, where = folder / "signs", folder / "clamd.ctl"
    signs.mkdir()
    (signs / "invented.ndb").write_text(f"Invented.Sign:0:*:{SIGN.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nLocalSocket {where}\nDatabaseDirectory {signs}\nTemporaryDirectory {folder}\n"
        f"StreamMaxLength {MOST_BYTES}\nScanMail yes\nMaxThreads 2\n"
    )
    command = [PROGRAM or "clamd", "--config-file", str(folder / "clamd.conf")]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(where, running)
        yield where
    finally:
        running.terminate()
        running.wait(30)


def _wait_for(where: Path, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as asking:
            asking.connect(str(where))
            asking.sendall(b"zPING\0")
            if asking.recv(16) == b"PONG\0":
                return
        time.sleep(0.05)
    raise RuntimeError("clamd does not answer")
