"""A TCP proxy on loopback for tests: lets through, cuts, freezes (a half-open line), and keeps what clients said."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"


@dataclass
class Proxy:
    """Stands before ``target``. While ``open`` is cleared nothing passes and no connection ends: nobody can tell."""

    target: int
    port: int = 0
    said: bytearray = field(default_factory=bytearray)
    connections: int = 0
    open: threading.Event = field(default_factory=threading.Event)
    sockets: list[socket.socket] = field(default_factory=list)

    def freeze(self) -> None:
        """Pass nothing on any more, as a forgetful NAT does."""
        self.open.clear()

    def thaw(self) -> None:
        """End what was frozen, and let new connections through."""
        self.cut()
        self.open.set()

    def cut(self) -> None:
        """End every connection there is, without a word."""
        sockets, self.sockets[:] = list(self.sockets), []
        for sock in sockets:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()


@contextmanager
def before(target: int) -> Iterator[Proxy]:
    """Run a proxy before the loopback port ``target``."""
    proxy = Proxy(target)
    proxy.open.set()
    listener = socket.create_server((LOOPBACK, 0))
    proxy.port = listener.getsockname()[1]
    thread = threading.Thread(target=_accept, args=(listener, proxy), name="proxy", daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        proxy.thaw()
        thread.join(10)


def _accept(listener: socket.socket, proxy: Proxy) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        proxy.connections += 1
        try:
            server = socket.create_connection((LOOPBACK, proxy.target), timeout=5)
        except OSError:
            client.close()
            continue
        server.settimeout(None)
        proxy.sockets += [client, server]
        for source, sink, said in ((client, server, proxy.said), (server, client, None)):
            threading.Thread(target=_pass, args=(source, sink, said, proxy), name="proxy-line", daemon=True).start()


def _pass(source: socket.socket, sink: socket.socket, said: bytearray | None, proxy: Proxy) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            if said is not None:
                said += data
            proxy.open.wait()
            sink.sendall(data)
    for sock in (source, sink):
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
        sock.close()
