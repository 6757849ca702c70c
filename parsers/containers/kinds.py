"""What a part is, told from its bytes alone: names and declared types are hearsay (incidents.md 13, 14, 75)."""

import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

import pypdf
from pypdf.errors import PyPdfError

from parsers.containers import office_lock, packages, pages, rtf_objects
from parsers.containers import zip as zips
from parsers.containers.transfer import Declared
from parsers.containers.tree import from_its_head
from parsers.contract import Kind
from parsers.limits import Allowance, OutOfTime
from parsers.signs import actions_named, is_program, is_program_name

MAX_LOOK: Final = 4_096
_TNEF: Final = b"\x78\x9f\x3e\x22"
_SIGNED: Final = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED: Final = (bytes.fromhex("06092a864886f70d010703"), bytes.fromhex("060b2a864886f70d0109100117"))
_IMAGES: Final = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|II\*\x00|MM\x00\*|BM....\x00\x00\x00\x00|RIFF....WEBP"
    rb"|....ftyp(?:heic|heix|mif1|msf1|avif)|\x00\x00\x01\x00[\x01-\x10]\x00|\xd7\xcd\xc6\x9a"
    rb"|\x01\x00\x00\x00.{36} EMF",
    re.DOTALL,
)
_AS_A_ZIP_TOO: Final = frozenset({Kind.PDF, Kind.IMAGE})
"""What still shows itself with a zip behind it, so that one reader sees a page and another a package (threat 30)."""
_WORDS: Final = frozenset({Kind.TEXT, Kind.HTML})
_OPENED_BY_NAME: Final = frozenset({Kind.UNKNOWN, Kind.PDF})
"""What a browser shows as a page where it is called one, whatever bytes stand in it."""
_HTML: Final = re.compile(
    rb"\s*+(?:<!--.{0,2000}?-->\s*+)*+<(?:!doctype html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL
)
_CALENDAR: Final = re.compile(rb"\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
_PGP: Final = re.compile(rb"\s*-----BEGIN PGP (?:MESSAGE|PUBLIC KEY BLOCK|SIGNATURE)-----")
_CMS_TEXT: Final = re.compile(rb"\s*-----BEGIN (?:PKCS7|CMS)-----")
_MAIL_FIELD: Final = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE: Final = re.compile(rb"(?:>?From [^\r\n]*\r?\n)?[!-9;-~]{1,80}[ \t]*:[^\r\n]*\r?\n")
_ELSEWHERE: Final = {"message/partial": "one-piece-of-many", "message/external-body": "content-elsewhere"}
"""Types of which the mail itself holds a piece or a pointer (RFC 2046 5.2.2, 5.2.3): only a person can go after it."""
_VISITING_CARD: Final = re.compile(rb"\s*BEGIN:VCARD\b", re.IGNORECASE)
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Told:
    """The kind of a part, whether it is locked, and codes of what is odd about it."""

    kind: Kind
    locked: bool = False
    codes: tuple[str, ...] = ()

    def noting(self, *codes: str) -> "Told":
        """Return the same with further codes, each once."""
        return replace(self, codes=tuple(dict.fromkeys((*self.codes, *codes))))


_MAGIC: Final = (
    (b"{\\rt", Told(Kind.RTF)),
    (_TNEF, Told(Kind.TNEF)),
    (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86", Told(Kind.PROTECTED_MESSAGE, locked=True)),
    (b"7z\xbc\xaf\x27\x1c", Told(Kind.UNKNOWN, codes=("archive-7z",))),
    (b"Rar!\x1a\x07", Told(Kind.UNKNOWN, codes=("archive-rar",))),
    (b"\x1f\x8b", Told(Kind.UNKNOWN, codes=("archive-gz",))),
)
RUNNABLE: Final = frozenset({Kind.UNKNOWN, Kind.TEXT, Kind.HTML, Kind.ZIP})
"""Of these a program's name makes a program (.js, .hta, .jar, .lnk); of a picture it makes only an odd name."""


def tell(data: bytes, declared: Declared, allowance: Allowance | None = None) -> Told:
    """Return what a part is; the declared type decides only between kinds whose bytes are plain text."""
    if declared.type in _ELSEWHERE and not is_program(data):
        return Told(Kind.UNKNOWN, codes=(_ELSEWHERE[declared.type],))
    if not data.strip():
        return Told(Kind.EMPTY)
    if is_program(data):
        return Told(Kind.EXECUTABLE)
    told = (
        _document(data, allowance or Allowance())
        or _known(data[:MAX_LOOK])
        or _cryptographic(data[:MAX_LOOK], declared)
    )
    told = told or _textual(data, data[:MAX_LOOK], declared)
    told = told.noting(*_carried(told.kind, data, declared))
    if is_program_name(declared.name):
        return replace(told, kind=Kind.EXECUTABLE if _runs(told) else told.kind).noting("program-name")
    if told.kind in _WORDS and not _is_a_body(declared) and pages.is_shortcut(data[:MAX_LOOK]):
        return replace(told, kind=Kind.EXECUTABLE)
    return told


def _carried(kind: Kind, data: bytes, declared: Declared) -> tuple[str, ...]:
    """Return codes of what acts in a file that is no package and no old document, which tell it of themselves."""
    if kind is Kind.RTF:
        return rtf_objects.carried_by(data)
    by_name = kind in _OPENED_BY_NAME and pages.has_page_name(declared.name)
    if (kind in _WORDS and not _is_a_body(declared)) or by_name:
        return pages.carried_by(data, declared.name, is_page=kind is Kind.HTML)
    return ("also-a-zip",) if kind in _AS_A_ZIP_TOO and zips.ends_as_zip(data) else ()


def _runs(told: Told) -> bool:
    return told.kind in RUNNABLE or "also-a-zip" in told.codes


def untold(data: bytes) -> Told:
    """Return what is told of a part for which there is no time: whether it is a program, and that nobody looked."""
    return Told(Kind.EXECUTABLE if is_program(data) else Kind.UNKNOWN, codes=("time",))


def _document(data: bytes, allowance: Allowance) -> Told | None:
    if data.startswith((zips.MAGIC, zips.EMPTY)):
        return Told(*packages.kind_of(data))
    if data.startswith(office_lock.MAGIC):
        return Told(*office_lock.kind_of(data), codes=office_lock.carried_by(data))
    if b"%PDF-" in data[:1024] and not data.startswith(_TNEF):  # which may hold one close to its beginning
        locked, late = pdf_is_locked(data, allowance), () if data.startswith(b"%PDF-") else ("late-pdf-header",)
        return Told(Kind.PDF, locked, (*late, *actions_named(data)) if locked else late)
    return None


def _known(head: bytes) -> Told | None:
    if _IMAGES.match(head):
        return Told(Kind.IMAGE)
    return next((told for magic, told in _MAGIC if head.startswith(magic)), None)


def _cryptographic(head: bytes, declared: Declared) -> Told | None:
    if _PGP.match(head):
        return Told(Kind.PGP_ENCRYPTED, locked=b"BEGIN PGP MESSAGE" in head)
    if head[0] == 0x30 and any(mark in head[:64] for mark in _ENVELOPED):
        return Told(Kind.SMIME_ENCRYPTED, locked=True)
    if head[0] == 0x30 and _SIGNED in head[:64]:
        return Told(Kind.SMIME_SIGNED)
    if _CMS_TEXT.match(head):
        signed = declared.name.lower().endswith(".p7s")
        return Told(Kind.SMIME_SIGNED) if signed else Told(Kind.SMIME_ENCRYPTED, locked=True)
    if head[0] & 0x80 and declared.name.lower().endswith((".pgp", ".gpg")):
        return Told(Kind.PGP_ENCRYPTED, locked=True)
    return None


def _textual(data: bytes, head: bytes, declared: Declared) -> Told:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or declared.charset.startswith("utf-16")
    if not wide and _BINARY.search(head) and not _is_a_body(declared):
        return Told(Kind.UNKNOWN)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _CALENDAR.match(text) or declared.type == "text/calendar":
        return Told(Kind.CALENDAR)
    if declared.type.endswith(("delivery-status", "disposition-notification", "feedback-report")):
        return Told(Kind.DELIVERY_STATUS)
    if declared.type == "message/rfc822" or (declared.name and looks_like_mail(data)):
        return Told(Kind.MAIL)
    if declared.type == "text/html" or _HTML.match(text):
        return Told(Kind.HTML)
    return Told(Kind.TEXT, codes=("visiting-card",) if _VISITING_CARD.match(text) else ())


def _is_a_body(declared: Declared) -> bool:
    """Tell a body from a file: words with a stray control byte are still a mail's own words."""
    return declared.type in {"text/plain", "text/html"} and not declared.name and not declared.attachment


def looks_like_mail(data: bytes) -> bool:
    """Tell a mail that was attached as something else: its first line is a header and three well-known ones follow."""
    head = from_its_head(data[: 4 * MAX_LOOK])
    names = {found.lower().split(b":")[0].strip() for found in _MAIL_FIELD.findall(head)}
    return _HEADER_LINE.match(head) is not None and len(names) >= 3


def pdf_is_locked(data: bytes, allowance: Allowance) -> bool:
    """Tell whether a PDF asks its reader for a password: encrypted, and the empty user password does not open it.

    Where no time is left for it the answer is no: who reads the file meets its lock again.
    """
    if b"/Encrypt" not in data or allowance.locks <= 0:
        return False
    try:
        with allowance.looking_at_a_lock():
            file = pypdf.PdfReader(BytesIO(data), strict=False)
            return file.is_encrypted and not file.decrypt("")
    except (
        OutOfTime,
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        AssertionError,
        RecursionError,
    ):
        return False  # broken rather than locked: the reader of PDFs will say so
    except NotImplementedError:
        return True  # an encryption pypdf does not know
