"""Replies of a mail server, read with limits: lines of a real connection, sent as no mail server should."""

import socket
import time
from collections.abc import Iterator

import pytest

from intake.edges.post_office import SmtpPostOffice
from intake.edges.smtp_line import MAX_LINES, PATIENCE, Replies, TooMuch
from intake.errors import Unavailable
from tests.intake.edges.test_post_office import letter, opened, post
from tests.servers import smtp
from tests.servers.fault_smtp import SmtpTalk
from tests.servers.faulty_line import Fault, FaultProxy, before

SECONDS = 0.5


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, Replies]]:
    """Give a server's end, and what is read at ours."""
    theirs, ours = socket.socketpair()
    ours.settimeout(SECONDS)
    with theirs, ours:
        yield theirs, Replies(ours)


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    """Give a proxy before a mail server."""
    with smtp.running() as server, before(server.port, SmtpTalk) as made:
        yield made


@pytest.fixture
def office(proxy: FaultProxy) -> Iterator[SmtpPostOffice]:
    """Give a post office behind the proxy."""
    with opened(post(proxy.port, timeout_seconds=SECONDS)) as made:
        yield made


def test_lines_come_one_by_one_and_the_end_is_empty(pair: tuple[socket.socket, Replies]) -> None:
    """Two lines sent at once are two lines, a line cut short is what there is of it, then there is nothing."""
    server, replies = pair
    server.sendall(b"250-one\r\n250 two\r\n25")
    server.shutdown(socket.SHUT_WR)
    assert [replies.readline(99) for _ in range(4)] == [b"250-one\r\n", b"250 two\r\n", b"25", b""]


def test_a_line_is_never_longer_than_asked_for(pair: tuple[socket.socket, Replies]) -> None:
    """Of a long line there is so much and no more, for smtplib to refuse."""
    server, replies = pair
    server.sendall(b"x" * 50 + b"\r\n")
    assert replies.readline(20) == b"x" * 20


def test_a_reply_has_so_many_lines_and_no_more(pair: tuple[socket.socket, Replies]) -> None:
    """A server that talks on is not listened to for ever; a new reply is counted anew."""
    server, replies = pair
    server.sendall(b"250-\r\n" * (2 * MAX_LINES))
    for _ in range(MAX_LINES):
        replies.readline(99)
    with pytest.raises(TooMuch):
        replies.readline(99)
    replies.expect_reply()
    assert replies.readline(99) == b"250-\r\n"


@pytest.mark.parametrize("what", ["endless", "drip"])
@pytest.mark.parametrize("at", ["EHLO", "MAIL", "DOT"])
def test_a_server_that_talks_on_has_an_end(proxy: FaultProxy, office: SmtpPostOffice, at: str, what: str) -> None:
    """Neither lines without number nor byte after byte keep the post longer than a few time-outs."""
    proxy.begin(Fault(at, what))
    began = time.monotonic()
    with pytest.raises(Unavailable) as away:
        office.send(letter())
    assert away.value.detail == ("in-doubt" if at == "DOT" else "connection-lost")
    assert time.monotonic() - began < (PATIENCE + 2) * SECONDS
