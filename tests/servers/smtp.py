"""A real SMTP server on a random loopback port for tests: TLS, STARTTLS, AUTH, and every way of saying no or nothing.

``with running(security="starttls", login=("user", "password")) as server:`` then ``server.port``, ``server.taken``.
Not for production use: it keeps what it gets in memory.
"""

import asyncio
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Container, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOOPBACK = "127.0.0.1"
Method = Callable[[str], Coroutine[Any, Any, None]]


@cache
def authority() -> trustme.CA:
    """Return this test process's own certificate authority."""
    return trustme.CA()


@cache
def server_context(name: str = LOOPBACK) -> ssl.SSLContext:
    """Return a server's TLS context with a certificate for ``name``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(name).configure_cert(context)
    return context


@dataclass(frozen=True)
class Taken:
    """One mail as it was handed over."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        """The mail, parsed."""
        return message_from_bytes(self.content, policy=policy.default)


@dataclass
class Server:
    """What the server got, and what it is to say instead of yes; both may be changed while it runs.

    ``answers``: command (EHLO, AUTH, MAIL, RCPT, DATA, RSET, or END for the answer to the final dot) -> reply;
    ``refused_recipients``: address -> reply. ``cut_after_data``: keep the mail, then cut before answering.
    ``silent_at``: a command never answered.
    """

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    refused_recipients: dict[str, str] = field(default_factory=dict)
    cut_after_data: bool = False
    keep: Callable[[str, bytes], None] | None = None
    """Files a copy among what a user has sent, before the word on the letter is said; without a login: ""."""
    silent_at: str | None = None
    bearers: Container[str] = ()
    """Access tokens that let in (XOAUTH2), whoever comes with one."""


class _Handler:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def auth_XOAUTH2(self, smtp: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's name
        user, bearer = b64decode(args[1]).decode().removesuffix("\x01\x01").split("\x01")
        given = user.removeprefix("user="), bearer.removeprefix("auth=Bearer ")
        self._server.logins.append(given)
        is_right = given[1] in self._server.bearers
        if not is_right:
            await smtp.challenge_auth('{"status":"401"}')  # as the real ones do: the client says an empty line to it
        return AuthResult(success=is_right, handled=False)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self._server.refused_recipients:
            return self._server.refused_recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 yes"

    async def handle_DATA(self, smtp: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        server = self._server
        if "END" in server.answers:
            return server.answers["END"]
        content = envelope.original_content or b""
        server.taken.append(Taken(str(envelope.mail_from), tuple(envelope.rcpt_tos), content))
        if server.keep is not None:
            await asyncio.to_thread(server.keep, getattr(session, "user", ""), content)
        if server.cut_after_data:
            _abort(smtp.transport)
        await _sleep_if(server.silent_at == "END")
        return f"250 2.0.0 Ok: queued as T{len(server.taken):04}"


class _Scripted(SMTP):
    """aiosmtpd's server, asked first whether this command has an answer of its own."""

    script: Server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.script.connections += 0 if self._original_transport else 1
        super().connection_made(transport)

    async def push(self, status: Any) -> None:
        await _sleep_if(self.script.silent_at == "BANNER")
        await super().push(status)

    async def _or(self, command: str, method: Method, arg: str) -> None:
        self.script.commands.append(command)
        await _sleep_if(self.script.silent_at == command)
        answer = self.script.answers.get(command)
        await (method(arg) if answer is None else self.push(answer))

    async def smtp_EHLO(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        await self._or("EHLO", super().smtp_EHLO, arg)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        await self._or("STARTTLS", super().smtp_STARTTLS, arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        await self._or("AUTH", super().smtp_AUTH, arg)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's name
        await self._or("MAIL", super().smtp_MAIL, arg or "")

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's name
        await self._or("RCPT", super().smtp_RCPT, arg or "")

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        await self._or("DATA", super().smtp_DATA, arg)

    async def smtp_RSET(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        await self._or("RSET", super().smtp_RSET, arg)


async def _sleep_if(silent: bool) -> None:
    if silent:
        await asyncio.Event().wait()


def _protocol(
    server: Server, security: str, login: tuple[str, str] | None, *, smtputf8: bool, certificate: str, any_user: bool
) -> _Scripted:
    def authenticator(
        smtp: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        server.logins.append(given)
        session.user = given[0]  # type: ignore[attr-defined]  # ours, for whom copies are kept
        is_right = given == login or (any_user and login is not None and given[1] == login[1])
        return AuthResult(success=is_right, handled=False)

    protocol = _Scripted(
        _Handler(server),
        hostname="smtp.example",
        enable_SMTPUTF8=smtputf8,
        tls_context=server_context(certificate) if security == "starttls" else None,
        require_starttls=security == "starttls",
        authenticator=authenticator if login else None,
        auth_require_tls=security == "starttls",
        timeout=600,
    )
    protocol.script = server
    protocol._auth_required = login is not None  # its own argument warns over implicit TLS
    return protocol


@contextmanager
def running(
    security: str = "insecure",
    login: tuple[str, str] | None = None,
    *,
    smtputf8: bool = False,
    certificate: str = LOOPBACK,
    port: int = 0,
    any_user: bool = False,
) -> Iterator[Server]:
    """Run a server in a thread of its own; ``security`` is tls, starttls or insecure, as in ``intake.toml``.

    ``any_user``: the password of ``login`` is everybody's.
    """
    server = Server()
    loop = asyncio.new_event_loop()
    tls = server_context(certificate) if security == "tls" else None

    protocols: list[_Scripted] = []

    def protocol() -> _Scripted:
        protocols.append(
            _protocol(server, security, login, smtputf8=smtputf8, certificate=certificate, any_user=any_user)
        )
        return protocols[-1]

    listener = loop.run_until_complete(loop.create_server(protocol, LOOPBACK, port, ssl=tls))
    server.port = listener.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, name="smtp-server")
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(listener.close)
        asyncio.run_coroutine_threadsafe(_end_all(protocols), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _abort(transport: asyncio.BaseTransport | None) -> None:
    if isinstance(transport, asyncio.WriteTransport):
        with suppress(AttributeError):  # older 3.11: a TLS transport that is closed already has lost its protocol
            transport.abort()


async def _end_all(protocols: list[_Scripted]) -> None:
    """Cancel every conversation still going on, and close its line."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    for task in others:
        with suppress(asyncio.CancelledError, OSError):
            await task
    for protocol in protocols:
        for transport in (protocol.transport, protocol._original_transport):
            _abort(transport)
    await asyncio.sleep(0)
