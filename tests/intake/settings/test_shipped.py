"""The shipped configuration: it loads, it documents every key, and it says what the partnership's pages say."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from intake.checks.roll import KINDS
from intake.settings import places
from intake.settings.loading import load
from intake.settings.model import Model
from intake.settings.neighbours import Agencies, Checks, Members, Safety, WorkingDays
from intake.settings.program import Program

EXAMPLE = places.shipped() / "intake.example.toml"


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield every model an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def keys(model: type[BaseModel]) -> set[str]:
    """Return every key of a model and of those within it, as written in a file."""
    found = set()
    for name, field in model.model_fields.items():
        found.add(field.alias or name)
        for inner in models(field.annotation):
            found |= keys(inner)
    return found


def test_the_example_loads_once_its_secrets_are_there(tmp_path: Path) -> None:
    """What IT copies is valid but for the passwords."""
    file = tmp_path / "intake.toml"
    file.write_bytes(EXAMPLE.read_bytes())
    for secret in ("imap-password", "smtp-password"):
        (tmp_path / secret).touch(mode=0o600)
    loaded = load(file, {})
    assert loaded.program.mailbox[0].file_to.set_aside == "Intake/Set aside"
    assert loaded.program.own_addresses == {"sscp@salford.gov.uk"}


def test_the_example_documents_every_key() -> None:
    """No key of the program's configuration has to be found in the code."""
    text = EXAMPLE.read_text(encoding="utf-8")
    missing = {
        key
        for key in keys(Program)
        if not re.search(rf"(?m)^(?:# )?(?:\[+)?{re.escape(key)}\b|\b{re.escape(key)}\b", text)
    }
    assert missing == set()


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("agencies.toml", Agencies),
        ("prsg_members.toml", Members),
        ("working_days.toml", WorkingDays),
        ("safety.toml", Safety),
        ("checks.toml", Checks),
    ],
)
def test_each_neighbour_documents_every_key(name: str, model: type[Model]) -> None:
    """Each file shows or explains every key it may have."""
    text = (places.shipped() / name).read_text(encoding="utf-8")
    assert {key for key in keys(model) if not re.search(rf"\b{re.escape(key)}\b", text)} == set()


def test_checks_toml_lists_every_kind_with_its_shipped_severity() -> None:
    """The file and the code say the same, so that what one reads is what one gets."""
    listed = tomllib.loads((places.shipped() / "checks.toml").read_text(encoding="utf-8"))["severity"]
    assert listed == {code: kind.severity.value for code, kind in KINDS.items()}


def test_the_safety_block_is_salfords() -> None:
    """The Bridge, the Emergency Duty Team and 999, with numbers and hours (domain.md)."""
    safety = Safety.model_validate(tomllib.loads((places.shipped() / "safety.toml").read_text(encoding="utf-8")))
    assert [(channel.name, channel.phone) for channel in safety.channels] == [
        ("The Bridge Partnership", "0161 603 4500"),
        ("Emergency Duty Team", "0161 794 8888"),
        ("Police, in immediate danger", "999"),
    ]
    assert safety.channels[0].hours == "Monday to Friday, 8.30am to 4.30pm"


def test_every_shipped_member_is_invented() -> None:
    """No real person's name or address is shipped: all are at reserved domains (RFC 2606)."""
    members = tomllib.loads((places.shipped() / "prsg_members.toml").read_text(encoding="utf-8"))["member"]
    assert members
    assert all(member["email"].endswith(".example") for member in members)


def test_no_configuration_of_ours_is_committed() -> None:
    """config/intake.toml belongs to an installation; git is told to leave it alone."""
    root = places.IN_THE_SOURCE.parent
    assert "config/intake.toml" in (root / ".gitignore").read_text().splitlines()
