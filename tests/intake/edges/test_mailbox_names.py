"""Folder names, the configuration's way and the server's."""

import pytest

from intake.edges.mailbox.names import Names


@pytest.mark.parametrize(
    ("names", "folder", "name"),
    [
        (Names("", "/"), "Intake/Set aside", "Intake/Set aside"),
        (Names("", "."), "Intake/Set aside", "Intake.Set aside"),
        (Names("INBOX.", "."), "Intake/Set aside", "INBOX.Intake.Set aside"),
        (Names("INBOX.", "."), "INBOX.Intake", "INBOX.Intake"),
        (Names("INBOX.", "."), "inbox", "INBOX"),
        (Names("", "."), "Intake/No. 1", "Intake.No- 1"),
        (Names("", "."), "Intake.Done", "Intake.Done"),
        (Names("", ""), "Intake/Done", "Intake-Done"),
    ],
)
def test_folders_are_named_the_servers_way(names: Names, folder: str, name: str) -> None:
    """The configuration writes ``/``; the server has a delimiter and perhaps a prefix of its own."""
    assert names.of(folder) == name
