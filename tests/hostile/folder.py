"""The files of a folder as cases: mails as they are, all else hung on an honest mail with a good form behind it."""

import re
from pathlib import Path

from tests.hostile.case import Case, attached, whole

A_MAIL = re.compile(rb"\s*(?:From |[A-Za-z][A-Za-z0-9-]*[ \t]*:)")
"""How a mail begins: with a header, or with the line that mailboxes of old put before one."""
NOTES = frozenset({"README.md", "SOURCES.txt"})


def cases_in(folder: Path) -> list[Case]:
    """Return a case for each file, by its path in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in NOTES)
    return [_case(path, str(path.relative_to(folder))) for path in files]


def _case(path: Path, name: str) -> Case:
    with path.open("rb") as file:
        begins = file.read(200)
    if A_MAIL.match(begins):
        return whole(name, "a file", path.read_bytes)
    return attached(name, "a file", path.read_bytes, called=f"file{path.suffix.lower()}")
