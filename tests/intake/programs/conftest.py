"""A mailbox to watch: at the real Dovecot, or at a server that misbehaves; a house that was saved, and another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.copies import give_ring, run
from tests.builders.gate import Kept, kept
from tests.builders.lived_in import late_referral, lived_in, referral
from tests.builders.settings import write_config
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


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Path]:
    """Give a lived-in house and a copy of it."""
    config = lived_in(tmp_path / "here", [referral(), late_referral()])
    assert run(config, "backup", tmp_path / "copy") == 0
    return config, tmp_path / "copy"


@pytest.fixture
def elsewhere(tmp_path: Path, saved: tuple[Path, Path]) -> Path:
    """Give a configuration with nothing but the key ring of the house that was saved."""
    config = write_config(tmp_path / "there")
    give_ring(tmp_path / "here", tmp_path / "there")
    return config
