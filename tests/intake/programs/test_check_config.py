"""``intake check-config``: every fault with file and place, what is unwise, and whether the servers let us in."""

from argparse import Namespace
from pathlib import Path

import pytest

from intake.errors import Misconfigured, Unavailable
from intake.programs import check_config, servers
from intake.programs.check_config import FOUND, TRY_AGAIN, command
from tests.builders.settings import write_config


def asked(config: Path, *, connect: bool = False) -> Namespace:
    """Return the options of one call."""
    return Namespace(config=config, connect=connect)


def test_a_good_configuration_has_no_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A valid configuration exits 0 and says so, naming its file."""
    config = write_config(tmp_path)
    assert command(asked(config)) == 0
    assert f"{config}: no faults\n" in capsys.readouterr().out


def test_every_fault_is_told_at_once_with_file_and_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Faults in two files come in one go, each on a line of ``file: place: what``."""
    config = write_config(tmp_path, more="[log]\nbogus = 1")
    (tmp_path / "agencies.toml").write_text("agency = [", encoding="utf-8")
    assert command(asked(config)) == FOUND
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if line.startswith("intake.toml: log.bogus: ")]
    assert [line for line in told if line.startswith("agencies.toml: ")]


def test_what_is_unwise_is_a_warning_and_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody to alert is allowed, exits 0, and is told."""
    assert command(asked(write_config(tmp_path, alert_to=()))) == 0
    assert "intake.toml: alert.to: " in capsys.readouterr().out


def test_no_configuration_at_all_is_misuse(tmp_path: Path) -> None:
    """Without a file to check there is nothing to find: exit 2, by way of Misconfigured."""
    with pytest.raises(Misconfigured):
        command(asked(tmp_path / "none.toml"))


@pytest.mark.parametrize(
    ("mailbox", "post", "code"),
    [
        (None, None, 0),
        (Unavailable("imap", "connection-refused"), None, TRY_AGAIN),
        (Unavailable("imap", "login-refused"), Unavailable("smtp", "timed-out"), FOUND),
        (None, Unavailable("smtp", "login-refused-535"), FOUND),
        (Unavailable("token", "token-refused-invalid-client"), None, FOUND),
        (Unavailable("token", "token-away"), None, TRY_AGAIN),
    ],
)
def test_connect_tells_a_wrong_password_from_a_server_that_is_away(
    mailbox: Unavailable | None,
    post: Unavailable | None,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each server is tried whatever became of the others; a refusal is a fault, an absence may be tried again."""

    def answering(fault: Unavailable | None) -> object:
        def log_in(server: object) -> None:
            if fault is not None:
                raise fault

        return log_in

    monkeypatch.setattr(servers, "try_mailbox", answering(mailbox))
    monkeypatch.setattr(servers, "try_post", answering(post))
    assert command(asked(write_config(tmp_path), connect=True)) == code
    out, err = capsys.readouterr()
    assert (out + err).count("mailbox[0]: ") == 1
    assert (out + err).count("intake.toml: post: ") == 1


def test_connect_against_nobody_is_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The real connections to a port nobody listens on end in 75, with a line for each server."""
    config = write_config(tmp_path, imap_port=1, smtp_port=1)
    assert command(asked(config, connect=True)) == check_config.TRY_AGAIN
    assert capsys.readouterr().err.count("connection-refused") == 2
