"""Mails whose charsets, transfer encodings and parameters nobody should write (threat 33; security.md 4.2)."""

import base64
from collections.abc import Iterator

from tests.hostile.case import Case, whole
from tests.hostile.mime_cases import FROM


def encoding_cases() -> Iterator[Case]:
    """Give the cases of charsets, transfer encodings and parameters nobody should write."""
    for label in ("idna", "zip", "undefined", "utf-7", "uft-8", "1", "\0", "rot13", "x" * 9_000, "unicode_escape"):
        yield whole(f"charset-{label[:8].strip(chr(0)) or 'nul'}", "threat 33", lambda label=label: _charset(label))
    yield whole("base64-broken", "incident 75", lambda: _encoded("base64", b"!!!!" * 900 + b"QUJD"))
    yield whole("base64-cut", "incident 75", lambda: _encoded("base64", base64.b64encode(b"words words")[:-3]))
    yield whole("base64-padding-flood", "incident 75", lambda: _encoded("base64", b"=" * 500_000 + b"QQ=" * 90_000))
    yield whole("quoted-printable-junk", "incident 75", lambda: _encoded("quoted-printable", b"=ZZ=\r\n=" * 50_000))
    yield whole("uuencode", "4.2", lambda: _encoded("x-uuencode", b"begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n"))
    yield whole("uuencode-junk", "4.2", lambda: _encoded("x-uuencode", b"begin 644 ../a\r\n" + b"\xff~~~\r\n" * 9_000))
    yield whole("yenc", "4.2", lambda: _encoded("8bit", b"=ybegin line=128 size=9 name=a.exe\r\n\x8b\x8c\r\n=yend\r\n"))
    yield whole("encoding-unknown", "incident 75", lambda: _encoded("x-" + "y" * 5_000, b"words"))
    yield whole("parameters-5k", "threat 32", lambda: _typed("; ".join(f"a{n}=b" for n in range(5_000))))
    yield whole("parameters-continued-10k", "4.2", lambda: _typed("; ".join(f"name*{n}*=%41" for n in range(10_000))))
    yield whole("parameters-continued-to-1e9", "4.2", lambda: _typed("name*0*=utf-8''a; name*999999999*=b"))
    yield whole("parameters-contradict", "threat 20", lambda: _typed("name=a.txt; name*=utf-8''b.exe; name*0=c"))
    yield whole("parameters-charset-idna", "threat 33", lambda: _typed("name*=idna''%ff%fe.docx"))
    yield whole(
        "types-given-1000-times", "threat 32", lambda: FROM + b"Content-Type: text/html\r\n" * 1_000 + b"\r\n<b>words"
    )
    yield whole("type-is-junk", "incident 75", lambda: FROM + b"Content-Type: /;;=;\xff\r\n\r\nwords")


def _charset(label: str) -> bytes:
    return FROM + f'Content-Type: text/plain; charset="{label}"\r\n\r\n'.encode() + b"words \xff\xfe\x80\r\n"


def _encoded(encoding: str, data: bytes) -> bytes:
    return FROM + f"Content-Type: text/plain\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + data


def _typed(parameters: str) -> bytes:
    return FROM + f"Content-Type: text/plain; {parameters}\r\n\r\nwords\r\n".encode()
