"""A Dovecot that tests may share: each takes a user name of its own."""

from collections.abc import Iterator

import pytest

from tests.servers import dovecot as real


@pytest.fixture(scope="session")
def dovecot() -> Iterator[real.Dovecot]:
    """Give a real IMAP server, started once for all tests of a process."""
    with real.running() as server:
        yield server


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """Give a user name nobody else has, so an empty mailbox."""
    return f"u{abs(hash(request.node.nodeid))}"
