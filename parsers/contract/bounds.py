"""How much a word that crosses may be: no string beyond its length, no number beyond its size, no key unknown."""

from typing import Annotated

import msgspec
from msgspec import Meta

Code = Annotated[str, Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,63}\Z")]
FieldName = Annotated[str, Meta(pattern=r"\A[a-z_]+\.[a-z_]+\Z", max_length=60)]
Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Count = Annotated[int, Meta(ge=0, le=2**40)]
Label = Annotated[str, Meta(max_length=300)]
Value = Annotated[str, Meta(max_length=65_536)]
HeaderText = Annotated[str, Meta(max_length=16_384)]


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parent of all that crosses: immutable, closed, by keyword."""
