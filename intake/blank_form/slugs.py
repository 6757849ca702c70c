"""Keys for sheets and sections, made of their titles."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

MAX_KEY: Final = 40
ROOM_FOR_NUMBER: Final = 4
_NO_KEY: Final = re.compile(r"[^a-z0-9]+")


def slug(title: str) -> str:
    """Return a title as a key: small letters, digits and hyphens, at most 40; "form" where nothing is left."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    return _NO_KEY.sub("-", plain).strip("-")[:MAX_KEY].strip("-") or "form"


def unused(key: str, used: Collection[str]) -> str:
    """Return the key, numbered where it is in use."""
    if key not in used:
        return key
    short, number = key[: MAX_KEY - ROOM_FOR_NUMBER].rstrip("-"), 2
    while f"{short}-{number}" in used:
        number += 1
    return f"{short}-{number}"
