"""A whole, valid configuration for tests: invented agencies at ``.example`` domains, everything else as shipped."""

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from intake.settings import Settings
from intake.settings.loading import load

NEIGHBOURS = Path(__file__).parent / "config"
"""The invented agencies and PRSG members; tests may lay them beside any ``intake.toml``."""

AGENCIES = (NEIGHBOURS / "agencies.toml").read_text(encoding="utf-8")
MEMBERS = (NEIGHBOURS / "prsg_members.toml").read_text(encoding="utf-8")

FILE_TO = """{ registered = "Intake/Registered", set-aside = "Intake/Set aside", held = "Intake/Needs a person", \
quarantined = "Intake/Quarantine" }"""
A_PASSWORD = "correct horse"
OWN_ADDRESS = "sscp@salford.gov.uk"
AUTHSERV = "mx.salford.example"


def write_config(
    folder: Path,
    *,
    imap_port: int = 10143,
    smtp_port: int = 10025,
    imap_host: str = "127.0.0.1",
    smtp_host: str = "127.0.0.1",
    imap_security: str = "insecure",
    smtp_security: str = "insecure",
    ca_file: Path | None = None,
    username: str = OWN_ADDRESS,
    password: str = A_PASSWORD,
    imap_folder: str = "INBOX",
    poll_seconds: float = 1.0,
    timeout_seconds: float = 10.0,
    file_to: str = FILE_TO,
    smtp_username: str = "",
    database: str = "sqlite:///var/intake.db",
    alert_to: Iterable[str] = ("duty@council.example",),
    report_to: Iterable[str] = ("business.unit@council.example",),
    extra_mailbox: str = "",
    extra_post: str = "",
    listen: str = "",
    extra_web: str = "",
    more: str = "",
) -> Path:
    """Write a valid configuration into ``folder`` and return its ``intake.toml``; other neighbours are the shipped.

    ``extra_mailbox``, ``extra_post`` and ``extra_web`` are lines for those tables, ``more`` whole tables at the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _secret(folder / "imap-password", password)
    _secret(folder / "smtp-password", password)
    (folder / "agencies.toml").write_text(AGENCIES, encoding="utf-8")
    (folder / "prsg_members.toml").write_text(MEMBERS, encoding="utf-8")
    ca = f'ca_file = "{ca_file}"' if ca_file else ""
    smtp_login = f'username = "{smtp_username}"\npassword_file = "smtp-password"' if smtp_username else ""
    file = folder / "intake.toml"
    file.write_text(
        f"""
[[mailbox]]
name = "sscp"
host = "{imap_host}"
port = {imap_port}
security = "{imap_security}"
{ca}
username = "{username}"
password_file = "imap-password"
folder = "{imap_folder}"
poll_seconds = {poll_seconds}
timeout_seconds = {timeout_seconds}
file_to = {file_to}
trusted_authserv = ["{AUTHSERV}"]
hops_above_results = 0
{extra_mailbox}

[post]
host = "{smtp_host}"
port = {smtp_port}
security = "{smtp_security}"
{ca}
{smtp_login}
timeout_seconds = {timeout_seconds}
from = "SSCP Business Unit <{OWN_ADDRESS}>"
{extra_post}

[store]
database = "{database}"
vault = "var/vault"
keyring_file = "var/keyring"

[alert]
to = [{_quoted(alert_to)}]

[report]
to = [{_quoted(report_to)}]

[web]
listen = "{listen}"
{extra_web}

{more}
""",
        encoding="utf-8",
    )
    return file


def settings(tmp_path: Path, **changes: Any) -> Settings:
    """Return loaded, valid settings with all paths under ``tmp_path``; ``changes`` replace its fields."""
    return dataclasses.replace(load(write_config(tmp_path / "config"), {}), **changes)


def _secret(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f'"{value}"' for value in values)
