"""``intake serve``: the staff pages, on this machine alone; a front with TLS stands before them."""

import errno
import os
import socket
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import structlog
from waitress.server import create_server

from intake.domain.working_days import local_date
from intake.errors import ConfigFault, Misconfigured, Unavailable
from intake.programs.night import gathered
from intake.programs.opening import House, opened
from intake.programs.servers import sign_on_of
from intake.programs.stopping import until_told
from intake.programs.unlock import unlocked_by
from intake.report.nightly import Night
from intake.settings import Settings, places
from intake.settings.ageing import warnings
from intake.settings.loading import load
from intake.settings.program import SOCKET, Web
from intake.web.app import make_app
from intake.web.office import Checked, Office

log = structlog.get_logger("serve")

THREADS = 8
PEER_AT_SOCKET = "localhost"
"""What the server calls whoever connects to a Unix socket: our group may, and nobody else."""
SECRET = b"staff pages: tokens of forms"


def command(options: Namespace, settings: Settings) -> int:  # noqa: ARG001 - every command's shape
    """Serve until told to stop; Misconfigured where ``web.listen`` names no place."""
    if not settings.program.web.listen:
        raise Misconfigured([ConfigFault("intake.toml", "web.listen", "is empty: there is no place to serve at")])
    with opened(settings) as house, until_told() as bell:
        serve(house, stop=bell.stop)
    return 0


def serve(house: House, *, stop: Event) -> None:
    """Serve the pages until asked to stop; Unavailable where somebody else has their place."""
    listener = _listening(house.settings.program.web.listen)
    believed = front_of(house.settings.program.web)
    server = create_server(make_app(office_of(house)), sockets=[listener], threads=THREADS, ident=None, **believed)
    serving = Thread(target=server.run, daemon=True)
    serving.start()
    log.info("serving", listen=house.settings.program.web.listen)
    stop.wait()
    server.close()


def office_of(house: House) -> Office:
    """Return what the pages work with, over an opened house."""
    return Office(
        settings=house.settings,
        records=house.records,
        clock=house.clock,
        original=house.vault().open,
        unlock=partial(unlocked_by, house),
        night=partial(_night, house),
        checked=partial(checked, house.settings, places.digest(house.settings.file), house.clock),
        secret=":".join(house.keys.mac(SECRET)),
        sign_on=sign_on_of(house.settings),
    )


def front_of(web: Web) -> Mapping[str, Any]:
    """Return whose word about where somebody comes from the server believes: the front's alone, and of it the last.

    A front adds the address it was asked from to the end of what the asker said; what stands before is the asker's own.
    """
    if not web.front:
        return {}
    peer = PEER_AT_SOCKET if web.front == SOCKET else web.front
    return {"trusted_proxy": peer, "trusted_proxy_count": 1, "trusted_proxy_headers": {"x-forwarded-for"}}


def _night(house: House, now: datetime) -> Night:
    return gathered(house.records, house.settings, now)


def checked(began_with: Settings, digest: str, clock: Callable[[], datetime]) -> Checked:
    """Check the files as ``intake check-config`` does; ``digest`` is what they were when the program began."""
    file = began_with.file
    try:
        is_in_force = places.digest(file) == digest
        now = load(file, os.environ, secrets=frozenset())
    except OSError:
        return Checked((f"{file.name}: cannot be read",), (), is_in_force=False)
    except Misconfigured as wrong:
        return Checked(tuple(map(str, wrong.faults)), (), is_in_force)
    return Checked((), tuple(map(str, warnings(now, local_date(clock())))), is_in_force)


def _listening(listen: str) -> socket.socket:
    """Bind the place the settings name, which is this machine's; Unavailable where somebody else has it."""
    try:
        return _at_path(Path(listen)) if listen.startswith("/") else _at_port(listen)
    except OSError as fault:
        raise Unavailable("web", errno.errorcode.get(fault.errno or 0, "address").lower()) from None


def _at_port(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    return socket.create_server((host.strip("[]"), int(port)), family=family)


def _at_path(path: Path) -> socket.socket:
    """Bind a Unix socket that our group may use; one that a killed program left gives way."""
    if path.is_socket():
        path.unlink()
    listener = socket.socket(socket.AF_UNIX)
    try:
        before = os.umask(0o117)
        try:
            listener.bind(str(path))
        finally:
            os.umask(before)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
