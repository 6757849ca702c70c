"""Cross-checks of intake.toml: what may not be said together."""

from pathlib import Path

import pytest

from intake.errors import Misconfigured
from intake.programs.commands import COMMANDS
from intake.settings.connections import is_loopback
from intake.settings.loading import load
from tests.builders.settings import write_config


def told(file: Path, environ: dict[str, str] | None = None) -> list[str]:
    """Return place and words of each fault."""
    with pytest.raises(Misconfigured) as refused:
        load(file, environ or {})
    return [f"{fault.place}: {fault.says}" for fault in refused.value.faults]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])
def test_insecure_is_allowed_on_loopback(host: str) -> None:
    """Plain text may stay on this machine."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["imap.example", "localhost.example", "10.0.0.1", "127.0.0.1.example", "0.0.0.0", ""])
def test_insecure_is_refused_anywhere_else(host: str) -> None:
    """No name that merely looks like loopback counts as it."""
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"imap_host": "imap.example"}, "mailbox[0].security"),
        ({"smtp_host": "smtp.example"}, "post.security"),
        ({"imap_host": "127.0.0.1/x"}, "mailbox[0].host"),
        ({"ca_file": Path("absent.pem")}, "mailbox[0].ca_file"),
        ({"file_to": '{ held = "INBOX" }'}, "mailbox[0].file_to.held"),
        ({"file_to": '{ held = "A", set-aside = "a" }'}, "mailbox[0].file_to.set-aside"),
        ({"file_to": '{ registered = "" }'}, "mailbox[0].file_to.registered"),
        ({"database": "mysql://x"}, "store.database"),
        ({"database": "sqlite:///:memory:"}, "store.database"),
        ({"database": "sqlite:///a.db?mode=ro"}, "store.database"),
        ({"database": "postgresql+psycopg://u:pw@127.0.0.1/x"}, "store.database"),
        ({"alert_to": ["Duty <duty@council.example>"]}, "alert.to[0]"),
        ({"alert_to": ["duty@council.example", "SSCP@salford.gov.uk"]}, "alert.to[1]"),
        ({"report_to": ["sscp@salford.gov.uk"]}, "report.to[0]"),
        ({"report_to": ["nobody"]}, "report.to[0]"),
        ({"report_to": ["=?utf-8?q?a=0D=0A?=@council.example"]}, "report.to[0]"),
        ({"listen": "8480"}, "web.listen"),
        ({"listen": "127.0.0.1:8480", "extra_web": 'front = "10.0.0.1"'}, "web.front"),
        ({"listen": "127.0.0.1:8480", "extra_web": 'front = "socket"'}, "web.front"),
        ({"listen": "/run/pages.sock", "extra_web": 'front = "127.0.0.1"'}, "web.front"),
        ({"extra_mailbox": 'password_env = "X"'}, "mailbox[0].password_env"),
        ({"extra_post": 'password_env = "NOT_SET"'}, "post.password_env"),
        ({"extra_post": 'oauth = { tenant = "t", client_id = "c" }'}, "post.username"),
        ({"extra_post": 'oauth = { tenant = "../x", client_id = "c" }'}, "post.oauth.tenant"),
        (
            {"extra_post": 'oauth = { tenant = "t", client_id = "c", authority = "http://sign-in.example" }'},
            "post.oauth.authority",
        ),
        ({"extra_post": 'oauth = { tenant = "t", client_id = "c" }'}, "post.oauth.certificate_file"),
        (
            {"extra_post": 'oauth = { tenant = "t", client_id = "c", client_secret_file = "no" }'},
            "post.oauth.client_secret_file",
        ),
    ],
)
def test_what_must_not_be_said_is_told_with_its_place(tmp_path: Path, changes: dict[str, object], place: str) -> None:
    """Each of these refuses to start, and says where it stands."""
    assert place in [line.split(": ")[0] for line in told(write_config(tmp_path, **changes))]  # type: ignore[arg-type] # a table of changes


def test_a_database_address_without_password_is_fine(tmp_path: Path) -> None:
    """PostgreSQL is named without its password, which stays in a pgpass file."""
    address = "postgresql+psycopg://intake@127.0.0.1/intake"
    assert load(write_config(tmp_path, database=address), {}).program.store.database == address


def test_two_mailboxes_may_not_share_name_or_folder(tmp_path: Path) -> None:
    """Two readers of one folder would race, and two of one name could not be told apart."""
    file = write_config(tmp_path)
    table = file.read_text().split("[post]")[0]
    file.write_text(table + file.read_text())
    places = [line.split(": ")[0] for line in told(file)]
    assert places == ["mailbox[0].name", "mailbox[0].folder", "mailbox[1].name", "mailbox[1].folder"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_secret_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    """A password file must be its owner's alone."""
    file = write_config(tmp_path)
    (tmp_path / "imap-password").chmod(mode)
    assert told(file) == [f"mailbox[0].password_file: others may read or write it (mode {mode:04o}): chmod 600"]


def test_a_key_ring_others_can_read_is_refused(tmp_path: Path) -> None:
    """The key ring opens everything: it is held to the same."""
    file = write_config(tmp_path)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "keyring").touch(mode=0o600)
    load(file, {})
    (tmp_path / "var" / "keyring").chmod(0o644)
    assert [line.split(": ")[0] for line in told(file)] == ["store.keyring_file"]


def test_an_absent_secret_is_refused(tmp_path: Path) -> None:
    """A missing password is told at the start, not at the first poll."""
    file = write_config(tmp_path)
    (tmp_path / "imap-password").unlink()
    assert told(file) == ["mailbox[0].password_file: is not a file"]


def test_a_unit_need_not_hold_the_others_secrets(tmp_path: Path) -> None:
    """The unit that posts starts without the mailbox's password, which it is never handed."""
    file = write_config(tmp_path)
    (tmp_path / "imap-password").unlink()
    assert load(file, {}, secrets={"post"}).program.mailbox[0].name == "sscp"


def test_the_unit_that_looks_letters_up_needs_the_mailboxs_secret(tmp_path: Path) -> None:
    """With a folder of sent letters ``post`` refuses to start without the first mailbox's password, and only then."""
    file = write_config(tmp_path, extra_post='sent_folder = "Sent Items"')
    (tmp_path / "imap-password").unlink()
    (posting,) = (command.secrets for command in COMMANDS if command.words == "post")
    with pytest.raises(Misconfigured) as refused:
        load(file, {}, secrets=posting)
    assert [fault.place for fault in refused.value.faults] == ["mailbox[0].password_file"]
    file = write_config(tmp_path)
    (tmp_path / "imap-password").unlink()
    assert not load(file, {}, secrets=posting).program.post.sent_folder


def test_systemds_credentials_are_found_and_not_measured_by_mode(tmp_path: Path) -> None:
    """A bare name is looked up among the unit's credentials, whose folder systemd guards."""
    file = write_config(tmp_path / "etc")
    handed = tmp_path / "credentials"
    handed.mkdir()
    (handed / "imap-password").write_text("x")
    (handed / "imap-password").chmod(0o440)
    loaded = load(file, {"CREDENTIALS_DIRECTORY": str(handed)})
    assert loaded.program.mailbox[0].password_file == handed / "imap-password"
