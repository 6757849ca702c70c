"""A real OpenID Connect provider on loopback, in a process of its own, with some invented people."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

START_SECONDS = 60.0


@contextmanager
def running(*people: dict[str, Any]) -> Iterator[str]:
    """Give the issuer's address; ``people`` are claims, each with its ``sub``."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    claims = [word for one in people for word in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *claims]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield f"http://localhost:{port}"
        finally:
            process.kill()


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until
        time.sleep(0.1)
