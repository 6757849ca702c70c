"""A mailbox to watch: at the real Dovecot, or at a server that misbehaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.gate import Kept, kept
from tests.builders.watching import mail
from tests.servers import dovecot as real
from tests.servers import imap_script


@pytest.fixture
def house(tmp_path: Path, dovecot: real.Dovecot, user: str) -> Kept:
    """Give a gate to an empty mailbox of the shared Dovecot."""
    return kept(tmp_path, port=dovecot.plain, username=user)


@pytest.fixture
def script() -> Iterator[imap_script.Script]:
    """Give a server with three mails that can be told to misbehave."""
    with imap_script.running({1: mail(1), 2: mail(2), 3: mail(3)}) as script:
        yield script
