"""A locked document opened with the password an operator typed, which lives in this process alone and ends with it."""

from io import BytesIO
from typing import Final

import msoffcrypto
import pypdf
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

from parsers.contract import Kind
from parsers.limits import OutOfTime, within

NOT_OPENED: Final = "wrong-password"
SECONDS: Final = 4.0
"""Of one document: an Office file names itself how often its password is hashed."""
_OFFICE: Final = frozenset({Kind.LOCKED_OFFICE, Kind.DOC})


class WrongPassword(Exception):
    """The password does not open it."""


def unlocked(kind: Kind, data: bytes, password: str) -> bytes | None:
    """Return a document without its lock, None where its kind of lock is not known here; raises WrongPassword."""
    try:
        with within(SECONDS):
            if kind in _OFFICE:
                return _office(data, password)
            return _pdf(data, password) if kind is Kind.PDF else None
    except (WrongPassword, MemoryError):
        raise
    except (Exception, OutOfTime):  # noqa: BLE001 - both libraries raise what they stumble over, of any family
        return None


def _office(data: bytes, password: str) -> bytes:
    file = msoffcrypto.OfficeFile(BytesIO(data))
    out = BytesIO()
    try:
        if file.format == "ooxml":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)
        file.decrypt(out)
    except (InvalidKeyError, DecryptionError):
        raise WrongPassword from None
    return out.getvalue()


def _pdf(data: bytes, password: str) -> bytes:
    file = pypdf.PdfReader(BytesIO(data), strict=False)
    if not file.decrypt(password):
        raise WrongPassword
    out = BytesIO()
    pypdf.PdfWriter(clone_from=file).write(out)
    return out.getvalue()
