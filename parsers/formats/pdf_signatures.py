"""Digital signatures of a PDF, verified offline: is what was signed unchanged, and is it the whole file.

Whom to trust is a person's business: there are no trust anchors here, only the name in the signer's certificate.
pyHanko is slow to import, so it is only where a signature is.
"""

import logging
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

MAX_SIGNATURES: Final = 10
MAX_SIGNER: Final = 200
INTACT: Final = "signature-intact"
BROKEN: Final = "signature-broken"
PARTIAL: Final = "signature-partial"
"""Intact, but of an earlier state of the file, or not of all of it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: what became of it, and the signer's name where it is intact and covers the whole file."""

    code: str
    signer: str = ""

    @property
    def text(self) -> str:
        """What a person is shown in the field's place."""
        return f"[digital signature: {self.signer}]" if self.signer else "[digital signature]"


def signatures_of(data: bytes, password: str) -> dict[str, Signature]:
    """Return the signatures of a file by their fields' full names; a file pyHanko cannot read has none."""
    try:
        return {each.field_name: _judged(each) for each in _reader(data, password).embedded_signatures[:MAX_SIGNATURES]}
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - what a hostile file provokes in pyHanko is no evidence of anything
        return {}


def _reader(data: bytes, password: str) -> "PdfFileReader":
    from pyhanko.pdf_utils.reader import PdfFileReader

    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # their warnings quote the file
    reader = PdfFileReader(BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt(password)
    return reader


def _judged(found: "EmbeddedPdfSignature") -> Signature:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        status = validate_pdf_signature(found, ValidationContext(trust_roots=[], allow_fetching=False))
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - pyHanko and asn1crypto raise whatever a broken signature provokes
        return Signature(BROKEN)
    if not (status.intact and status.valid):
        return Signature(BROKEN)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not whole or status.modification_level not in {None, ModificationLevel.NONE}:
        return Signature(PARTIAL)
    name = status.signing_cert.subject.native.get("common_name", "")
    return Signature(INTACT, " ".join(str(name).split())[:MAX_SIGNER])
