"""A mail that came in a program's own format (Outlook, TNEF), written out as MIME: from there it is a mail like any."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from parsers.containers.text import clean

_ADDRESS: Final = re.compile(r"[\x21-\x3b=\x3f-\x7e]{1,64}@[A-Za-z0-9.-]{1,253}")
_NAME_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that hangs on a mail, or (``mail``) a whole mail in MIME."""

    name: str
    data: bytes
    mail: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: who wrote it as claimed, its words, what hangs on it, further mails among that."""

    author: str
    address: str
    subject: str
    plain: str
    page: bytes
    page_charset: str
    enclosed: "tuple[Enclosure | Letter, ...]" = ()


def as_mime(letter: Letter, depth: int = 0) -> bytes:
    """Return a mail as MIME, all content in base64, so that no word of it can end a part or begin a header."""
    mark = f"=_opened-{depth}"
    head = (
        *_fields(letter),
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{mark}"',
    )
    parts = b"".join(f"--{mark}\n".encode() + part for part in _parts(letter, depth))
    return "\n".join(head).encode() + b"\n\n" + parts + f"--{mark}--\n".encode()


def _fields(letter: Letter) -> Iterator[str]:
    if letter.author or letter.address:
        address = letter.address if _ADDRESS.fullmatch(letter.address) else ""
        yield f"From: {_encoded(letter.author)} <{address}>"
    if letter.subject:
        yield f"Subject: {_encoded(letter.subject)}"


def _parts(letter: Letter, depth: int) -> Iterator[bytes]:
    if letter.plain or not letter.page:
        yield _in_base64("Content-Type: text/plain; charset=utf-8", clean(letter.plain, len(letter.plain)).encode())
    if letter.page:
        yield _in_base64(f'Content-Type: text/html; charset="{letter.page_charset}"', letter.page)
    for each in letter.enclosed:
        if isinstance(each, Letter):
            yield b"Content-Type: message/rfc822\n\n" + as_mime(each, depth + 1)
        else:
            kind = "message/rfc822" if each.mail else "application/octet-stream"
            name = quote(clean(each.name, _NAME_CHARACTERS), safe="")
            yield _in_base64(
                f"Content-Type: {kind}\nContent-Disposition: attachment; filename*=utf-8''{name}", each.data
            )


def _in_base64(head: str, data: bytes) -> bytes:
    return f"{head}\nContent-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(data) + b"\n"


def _encoded(words: str) -> str:
    """Return words as one encoded word (RFC 2047), longer than it should be and read by all."""
    return f"=?utf-8?B?{base64.b64encode(clean(words, _NAME_CHARACTERS).encode()).decode()}?=" if words else ""
