"""Secrets: read at each use, never kept, and away rather than wrong when they are gone."""

from pathlib import Path

import pytest

from intake.edges.secrets import read_password
from intake.errors import Unavailable
from intake.settings.program import MailServer


def server(**values: object) -> MailServer:
    """Return a server's settings."""
    return MailServer.model_validate({"host": "127.0.0.1", "port": 1, **values})


def test_the_file_is_read_anew_each_time(tmp_path: Path) -> None:
    """A rotated password counts at once; one line end is not part of it, spaces are."""
    secret = tmp_path / "secret"
    secret.write_text("one two \n")
    assert read_password(server(password_file=secret), {}) == "one two "
    secret.write_text("three")
    assert read_password(server(password_file=secret), {}) == "three"


def test_the_variable_is_read() -> None:
    """password_env names a variable."""
    assert read_password(server(password_env="P"), {"P": "x"}) == "x"


def test_no_source_is_no_password() -> None:
    """A server without login has none."""
    assert read_password(server(), {}) is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file-missing"),
        (b"", "file-empty"),
        (b"\n", "file-empty"),
        (b"\xff\xfe", "not-text"),
        (b"x" * 65_537, "file-too-large"),
    ],
)
def test_a_secret_that_is_gone_is_away(tmp_path: Path, content: bytes | None, code: str) -> None:
    """Whatever is wrong with the file, it is told by a code and never by its content."""
    secret = tmp_path / "secret"
    if content is not None:
        secret.write_bytes(content)
    with pytest.raises(Unavailable) as away:
        read_password(server(password_file=secret), {})
    assert (away.value.what, away.value.detail) == ("secret", code)


def test_a_folder_is_no_secret(tmp_path: Path) -> None:
    """Any other trouble with the file is told alike."""
    with pytest.raises(Unavailable, match="file-unreadable"):
        read_password(server(password_file=tmp_path), {})


def test_a_variable_that_is_gone_is_away() -> None:
    """An empty variable is no password."""
    with pytest.raises(Unavailable, match="variable-not-set"):
        read_password(server(password_env="P"), {"P": ""})
