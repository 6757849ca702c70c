"""Where an Office package tells of macros by the types of its parts (OOXML), or keeps them by its own order (ODF)."""

import re
from typing import Final

from parsers.containers.zip import Listing

_ODF_BYTES: Final = 1024 * 1024
_ODF_MACROS: Final = re.compile(
    r"(?:^|/)(?:basic/(?!.*script-l[bc]\.xml$).+|scripts/.+\.(?!xml$)[^/.]+)$", re.IGNORECASE
)
"""A module, or a script of another language; lists of libraries without one are written for nothing."""
_ODF_EVENT: Final = b"vnd.sun.star.script:"
_TYPE: Final = re.compile(rb"vnd\.ms-office\.vbaproject|vnd\.ms-excel\.(?:intl)?macrosheet", re.IGNORECASE)
_TYPED: Final = re.compile(rb"<[^<>]{0,20}(override|default)\b([^<>]{0,1000})>", re.IGNORECASE)
_EXTENSION: Final = re.compile(rb"extension\s*=\s*[\"']([^\"'<>]{1,50})", re.IGNORECASE)


def is_typed_as_macros(types: bytes, names: frozenset[str]) -> bool:
    """Tell whether a part is typed as macros: by its own name, or by an ending that a part of the package has."""
    bare = types.replace(b"\0", b"")  # the same letters in UTF-16
    if not _TYPE.search(bare):
        return False
    typed = [(found[1].lower(), found[2]) for found in _TYPED.finditer(bare) if _TYPE.search(found[2])]
    return any(which == b"override" or _is_there(told, names) for which, told in typed)


def has_odf_macros(found: Listing) -> bool:
    """Tell whether an OpenDocument file has modules of its own, or calls macros."""
    if "mimetype" not in found.names:
        return False
    if any(_ODF_MACROS.search(name) for name in found.names):
        return True
    return any(_ODF_EVENT in found.part(name, _ODF_BYTES) for name in ("content.xml", "styles.xml"))


def _is_there(told: bytes, names: frozenset[str]) -> bool:
    found = _EXTENSION.search(told)
    return found is not None and any(name.lower().endswith(f".{found[1].decode('latin-1').lower()}") for name in names)
