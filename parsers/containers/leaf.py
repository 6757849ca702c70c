"""One leaf of a mail, told: what every later step knows a part by."""

from dataclasses import dataclass
from typing import Final

from parsers.containers.kinds import Told
from parsers.containers.mime import MimeLeaf, Place
from parsers.containers.transfer import Declared
from parsers.contract import Kind

_BODY_TYPES: Final = frozenset({"text/plain", "text/html", "text/enriched"})
_BODY_KINDS: Final = frozenset({Kind.TEXT, Kind.HTML, Kind.EMPTY})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf told: its place, its own account, its content, what it really is."""

    place: Place
    declared: Declared
    data: bytes
    told: Told
    body: bool
    dressing: bool
    locked_data: bytes = b""
    """The bytes as they came, where a password opened them: a part is known by these."""

    @property
    def sent(self) -> bytes:
        """The part as it was sent."""
        return self.locked_data or self.data


def leaf_of(part: MimeLeaf, told: Told) -> Leaf:
    """Return a part as a leaf: a body where it is words that nobody named or attached."""
    own = part.declared
    body = own.type in _BODY_TYPES and not own.attachment and not own.name and told.kind in _BODY_KINDS
    return Leaf(part.place, own, part.data, told, body, part.dressing)
