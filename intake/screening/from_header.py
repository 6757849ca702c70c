"""One From, one strict address: the only form in which every reader of mail sees the same sender (security.md 2.2).

``dot-atom@dot-atom`` alone, or in angle brackets behind a display name that is one quoted string, or a phrase of atoms
and encoded words. No comments, groups, routes, quoted local parts, controls, or letters beyond ASCII in the address.
"""

import re
import unicodedata
from dataclasses import dataclass, field

LONGEST = 998
"""The wall cuts a From at a line of RFC 5322 2.1.1; one that long may have lost its end."""

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9-]{1,63}")
_QUOTED_NAME = re.compile(r'"(?:[^"\\]|\\["\\])*+"')
_PHRASE_MARKS = frozenset("!#$%&'*+/=?^_`{|}~-. \t")
_ADDRESS_INSIDE = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}")


@dataclass(frozen=True, slots=True)
class Sender:
    """An address as written, apart from the case of its letters: ``local@domain``, both lower-case."""

    local: str = field(repr=False)
    domain: str = field(repr=False)

    @property
    def address(self) -> str:
        """Return the addr-spec (RFC 5322 3.4.1)."""
        return f"{self.local}@{self.domain}"


def strict_sender(raw: str) -> Sender | None:
    """Return the sender a From value names under the strict grammar, or None."""
    value = raw.strip(" \t")
    if not value or len(raw) >= LONGEST or any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\t" for c in value):
        return None
    if not value.endswith(">"):
        return strict_address(value)
    name, bracket, spec = value[:-1].rpartition("<")
    return strict_address(spec) if bracket and _is_name(name.strip(" \t")) else None


def strict_address(spec: str) -> Sender | None:
    """Return ``dot-atom@dot-atom`` taken apart, or None; an encoded word is no atom here."""
    local, at, domain = spec.partition("@")
    if not at or len(local) > 64 or "=?" in spec or not all(_ATOM.fullmatch(atom) for atom in local.split(".")):
        return None
    return Sender(local.lower(), domain.lower()) if is_domain(domain) else None


def is_domain(name: str) -> bool:
    """Tell whether ``name`` is a host name of two labels or more in ASCII (RFC 1123 2.1), without a trailing dot."""
    labels = name.split(".")
    well_formed = all(_LABEL.fullmatch(label) and label[0] != "-" != label[-1] for label in labels)
    return len(labels) > 1 and len(name) <= 253 and well_formed and not labels[-1].isdecimal()


def addresses_in(text: str) -> frozenset[str]:
    """Return what looks like an address in a display name, lower-case."""
    return frozenset(found.lower() for found in _ADDRESS_INSIDE.findall(text[:LONGEST]))


def _is_name(name: str) -> bool:
    if name.startswith('"'):
        return _QUOTED_NAME.fullmatch(name) is not None
    return all(c in _PHRASE_MARKS or (c.isalnum() if c.isascii() else unicodedata.category(c)[0] != "C") for c in name)
