"""The properties of one of Outlook's objects, whichever file they came in, and the mail they make ([MS-OXPROPS])."""

import re
from dataclasses import dataclass, field
from typing import Final

from parsers.containers.as_mime import Enclosure, Letter
from parsers.containers.rtf import BrokenRtf, unpacked, words_or_page
from parsers.limits import MAX_BODY_BYTES

TEXT_8BIT, TEXT, BINARY, OBJECT = 0x001E, 0x001F, 0x0102, 0x000D
SUBJECT, SENDER, SENDER_ADDRESS, SENDER_SMTP = 0x0037, 0x0C1A, 0x0C1F, 0x5D01
AUTHOR, AUTHOR_ADDRESS, AUTHOR_SMTP = 0x0042, 0x0065, 0x5D02
BODY, RTF, PAGE, INTERNET_CODEPAGE, CODEPAGE = 0x1000, 0x1009, 0x1013, 0x3FDE, 0x3FFD
CONTENT, METHOD, LONG_NAME, SHORT_NAME, MIME_TYPE, SHOWN_NAME = 0x3701, 0x3705, 0x3707, 0x3704, 0x370E, 0x3001
LARGEST: Final = 2 * MAX_BODY_BYTES
"""Of a text: what follows is not looked at."""
_CHARSETS: Final = {65001: "utf-8", 28591: "iso-8859-1", 28592: "iso-8859-2", 28605: "iso-8859-15", 20127: "us-ascii"}
_SIGNED_MIME: Final = re.compile(r"multipart/signed|message/rfc822", re.IGNORECASE)


@dataclass(slots=True)
class Properties:
    """What is known of an object: its values by number with their type, and its codepage."""

    values: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    codepage: int = 1252

    def text(self, *numbers: int) -> str:
        """Return the first of these that holds words, without the NUL at its end; empty where none does."""
        for number in numbers:
            kind, data = self.values.get(number, (0, b""))
            charset = "utf-16-le" if kind == TEXT else _python_charset(self.codepage)
            words = data[:LARGEST].decode(charset, "replace").rstrip("\0") if kind in {TEXT, TEXT_8BIT} else ""
            if words:
                return words
        return ""

    def data(self, number: int) -> bytes:
        """Return a value's bytes, none where there is no such value."""
        return self.values.get(number, (0, b""))[1]

    def number(self, number: int, otherwise: int) -> int:
        """Return a small whole number."""
        data = self.data(number)
        return int.from_bytes(data[:4], "little") if data else otherwise

    def name(self) -> str:
        """Return an attachment's name, the long one before the short one."""
        return self.text(LONG_NAME, SHORT_NAME, SHOWN_NAME)

    def enclosure(self, data: bytes) -> Enclosure:
        """Return an attachment of this name and type; a signed mail's own MIME is a mail."""
        return Enclosure(self.name(), data, mail=_SIGNED_MIME.match(self.text(MIME_TYPE)) is not None)

    def letter(self, enclosed: tuple[Enclosure | Letter, ...]) -> Letter:
        """Return the mail these properties make, with what hangs on it."""
        plain, (page, charset) = self.text(BODY), self._page()
        if not page and self.data(RTF):
            words, is_page = self._from_rtf()
            plain, page, charset = plain or ("" if is_page else words), words.encode() if is_page else b"", "utf-8"
        return Letter(
            author=self.text(AUTHOR, SENDER),
            address=self.text(AUTHOR_SMTP, SENDER_SMTP, AUTHOR_ADDRESS, SENDER_ADDRESS),
            subject=self.text(SUBJECT),
            plain=plain,
            page=page,
            page_charset=charset,
            enclosed=enclosed,
        )

    def _page(self) -> tuple[bytes, str]:
        kind, data = self.values.get(PAGE, (0, b""))
        if kind in {TEXT, TEXT_8BIT}:
            return self.text(PAGE).encode("utf-8", "replace"), "utf-8"
        return data[:LARGEST], _charset(self.number(INTERNET_CODEPAGE, self.codepage))

    def _from_rtf(self) -> tuple[str, bool]:
        try:
            return words_or_page(unpacked(self.data(RTF)[:LARGEST]))
        except BrokenRtf:
            return "", False


def _charset(codepage: int) -> str:
    """Return a codepage's name as a mail writes it, or none where it is no usual one."""
    return _CHARSETS.get(codepage, f"windows-{codepage}" if codepage in range(1250, 1259) else "")


def _python_charset(codepage: int) -> str:
    return _charset(codepage) or "cp1252"
