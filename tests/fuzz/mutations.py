"""Small harm done to bytes, seeded: bits, blocks, borrowed pieces, and parts of a zip changed within the zip."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

MOST_BYTES = 400_000
TOKENS = (
    *(b"\0", b"\r", b"\n", b"\r\n\r\n", b"<", b"</", b'"', b"(", b")", b"=?utf-8?b?", b"?=", b"%PDF-", b"PK\x03\x04"),
    *(
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;",
        b"boundary=",
        b"Content-Type: message/rfc822\r\n",
        b"stream",
        b"endobj",
    ),
    *(b"-1", b"0", b"2147483648", b"99999999999", b"\xff\xfe", "\u202e\u0000\ufffd".encode(), b"/JavaScript", b"w:tbl"),
)
Change = Callable[[bytearray, Random], None]


def _bit(data: bytearray, rng: Random) -> None:
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _cut(data: bytearray, rng: Random) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.choice((1, 7, 64, 4_096))]


def _again(data: bytearray, rng: Random) -> None:
    at, length = rng.randrange(len(data)), rng.choice((1, 16, 512, 8_192))
    data[at:at] = data[at : at + length] * rng.choice((1, 2, 20))


def _token(data: bytearray, rng: Random) -> None:
    at = rng.randrange(len(data) + 1)
    data[at : at + rng.choice((0, 0, 1, 4))] = rng.choice(TOKENS)


def _end(data: bytearray, rng: Random) -> None:
    del data[rng.randrange(len(data)) :]


CHANGES: tuple[Change, ...] = (_bit, _bit, _cut, _again, _token, _token, _end)


def harmed(data: bytes, others: Sequence[bytes], rng: Random) -> bytes:
    """Return a harmed copy, sometimes with a piece of another seed in it; a zip is mostly harmed inside."""
    if data.startswith(b"PK") and rng.random() < 0.8:
        inside = _zip_harmed(data, others, rng)
        if inside is not None:
            return inside
    copy = bytearray(data or b"x")
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not copy:
            break
        rng.choice(CHANGES)(copy, rng)
    if others and rng.random() < 0.15:
        other, at = rng.choice(others), rng.randrange(len(copy) + 1)
        copy[at:at] = other[: rng.choice((64, 2_048, 20_000))]
    return bytes(copy[:MOST_BYTES])


def _zip_harmed(data: bytes, others: Sequence[bytes], rng: Random) -> bytes | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            entries = {name: file.read(name) for name in file.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    xml = [name for name in entries if name.endswith((".xml", ".rels"))]
    if not xml:
        return None
    victim = rng.choice(xml)
    entries[victim] = harmed(entries[victim], (), rng)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()
