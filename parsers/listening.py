"""The fork server behind a Unix socket: who may connect, and a process of its own for each conversation.

A client is admitted by what the kernel says of it (SO_PEERCRED, SO_PEERGROUPS; unix(7)): our own user always, and the
members of the socket's group where its mode lets that group write. One that is not is told so and sees no more.
"""

import os
import select
import socket
import stat
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from parsers.confine import adopt_orphans, die_with_parent, end_all_children
from parsers.contract import NOT_ADMITTED

MAX_CONVERSATIONS: Final = 8
"""At once; who comes later waits at the socket."""
_BACKLOG: Final = 16
_FIRST_HANDED: Final = 3
_NOBODY: Final = 65_534
"""How the kernel shows users and groups that our user namespace does not know: any, so none of ours."""
_SO_PEERGROUPS: Final = 59
_GROUPS_BYTES: Final = 1_024


def made(path: Path) -> socket.socket:
    """Listen at a path, for our own user alone; a socket that nobody listens at gives way. Raises OSError."""
    listener = socket.socket(socket.AF_UNIX)
    if _is_left_over(path):
        path.unlink()
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(_BACKLOG)
    return listener


def handed_over() -> socket.socket:
    """Return the one listening Unix stream socket that systemd hands to us; raises OSError where it does not."""
    if (os.environ.get("LISTEN_PID"), os.environ.get("LISTEN_FDS")) != (str(os.getpid()), "1"):
        raise OSError("no socket was handed over")
    listener = socket.socket(fileno=_FIRST_HANDED)
    listening = listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    if (listener.family, listener.type, listening) != (socket.AF_UNIX, socket.SOCK_STREAM, 1):
        raise OSError("no listening Unix stream socket")
    os.set_inheritable(_FIRST_HANDED, False)
    listener.setblocking(True)
    return listener


def serve(listener: socket.socket, hold: Callable[[socket.socket], None]) -> None:
    """Hold a conversation with each client that is admitted, side by side up to the limit; for ever."""
    adopt_orphans()
    group = _group_of(listener)
    running: dict[int, int] = {}
    while True:
        more = [listener.fileno()] if len(running) < MAX_CONVERSATIONS else []
        ready, _, _ = select.select([*running, *more], [], [])
        for ended in running.keys() & set(ready):
            os.waitpid(running.pop(ended), 0)
            os.close(ended)
            end_all_children(keep=running.values())
        if listener.fileno() in ready:
            with suppress(OSError), _accepted(listener, group) as connection:
                child = _begun(connection, hold, (listener.fileno(), *running))
                running[os.pidfd_open(child)] = child


def admitted(connection: socket.socket, group: int | None) -> bool:
    """Tell whether who connected is our own user, or in ``group``; asked of the kernel, never of the client."""
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("iII"))
    _, user, first = struct.unpack("iII", told)
    if user == os.geteuid() != _NOBODY:
        return True
    return group not in {None, _NOBODY} and group in {first, *_groups(connection)}


@contextmanager
def _accepted(listener: socket.socket, group: int | None) -> Iterator[socket.socket]:
    connection, _ = listener.accept()
    with connection:
        if not admitted(connection, group):
            connection.send(NOT_ADMITTED + bytes(1), socket.MSG_DONTWAIT)
            raise PermissionError
        yield connection


def _begun(connection: socket.socket, hold: Callable[[socket.socket], None], not_its_own: tuple[int, ...]) -> int:
    """Hold the conversation in a new process; return its number."""
    server = os.getpid()
    child = os.fork()
    if child != 0:
        return child
    try:
        die_with_parent(server)
        for descriptor in not_its_own:
            os.close(descriptor)
        hold(connection)
    finally:
        os._exit(0)


def _group_of(listener: socket.socket) -> int | None:
    """Return the group that may connect, as the socket's file says; None where it is its owner's alone."""
    try:
        found = os.stat(listener.getsockname())  # noqa: PTH116 - a name as the kernel gives it, which may be none
    except (OSError, TypeError, ValueError):
        return None
    return found.st_gid if stat.S_ISSOCK(found.st_mode) and found.st_mode & stat.S_IWGRP else None


def _groups(connection: socket.socket) -> tuple[int, ...]:
    try:
        told = connection.getsockopt(socket.SOL_SOCKET, _SO_PEERGROUPS, _GROUPS_BYTES)
    except OSError:  # an older kernel, or one in more groups than anybody of ours
        return ()
    return struct.unpack(f"{len(told) // 4}I", told)


def _is_left_over(path: Path) -> bool:
    """Tell whether a socket's file is there and nobody behind it."""
    if not path.is_socket():
        return False
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(path))
        except ConnectionRefusedError:
            return True
    return False
