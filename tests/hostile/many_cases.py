"""Small mails that ask for much work many times over (threats 22, 31, 32): the form beside them is always read."""

import random
from collections.abc import Iterator

from tests.builders.mails import Attachment
from tests.hostile.case import GOOD, Case
from tests.hostile.mime_cases import MIXED
from tests.hostile.zips import STORED, Item, zip_of
from tests.promises.post_bag import sent, word

ENTRIES = 44_000
OBJECT = b"1 0 obj<</Encrypt 2 0 R>>endobj\n"


def many_cases() -> Iterator[Case]:
    """Give the cases of one costly thing, many times."""
    yield _mail("many-zips-of-44k-entries", "threat 22", lambda: [("a.zip", _fat_directories(55))])
    yield _mail(
        "many-zips-that-fail-late", "threat 22", lambda: [(f"{n}.zip", _fails_late()) for n in range(5)], slow=True
    )
    yield _mail("many-pdfs-without-a-table", "threat 28", _pdfs, slow=True)
    yield _mail("many-pdfs-in-a-zip", "threat 28", lambda: [("a.zip", zip_of(*_packed(20)))], slow=True)
    yield Case("many-signed-parts", "threat 31", lambda: _signed(95, 5_000_000))
    yield Case("many-boundaries-missing", "threat 31", lambda: _without_boundaries(150, 1_000_000))


def _mail(name: str, threat: str, make, *, slow: bool = False) -> Case:
    def raw() -> bytes:
        return sent(190_000 + sum(name.encode()), *(Attachment(*each) for each in make()), word(GOOD))

    return Case(name, threat, raw, slow=slow)


def _fat_directories(count: int) -> bytes:
    fat = zip_of(Item("a", method=STORED), *(Item("a", method=STORED, silent=True, at=0) for _ in range(ENTRIES)))
    noise = random.Random(1)  # noqa: S311 - so that it shrinks no further than a zip may
    return zip_of(*(Item(f"{n}.zip", fat[:31] + noise.randbytes(21_000) + fat[31:]) for n in range(count)))


def _fails_late() -> bytes:
    """Return a zip that is over the limit at its last entry, when all others have been unpacked."""
    inner = zip_of(*(Item(f"{n}.txt", b"x") for n in range(150)))
    return zip_of(*(Item(f"{n}.bin", bytes(250_000)) for n in range(190)), Item("in.zip", inner))


def _pdfs() -> list[tuple[str, bytes]]:
    return [(f"{n}.pdf", _no_table(b"%d" % n)) for n in range(12)]


def _packed(count: int) -> Iterator[Item]:
    noise = random.Random(2)  # noqa: S311 - as above
    yield from (Item(f"{n}.pdf", _no_table(noise.randbytes(15_000).hex().encode())) for n in range(count))


def _no_table(mark: bytes) -> bytes:
    return b"%PDF-1.4\n%" + mark + b"\n" + OBJECT * 60_000 + b"\nstartxref\n0\n%%EOF"


def _signed(count: int, filling: int) -> bytes:
    """Return a mail of signed multiparts, and beside them a part in which lines look like boundaries."""
    parts = b"".join(
        b'--b\r\nContent-Type: multipart/signed; boundary="b%d"\r\n\r\n--b%d\r\nContent-Type: text/plain\r\n\r\nx\r\n'
        b"--b%d\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nAAAA\r\n--b%d--\r\n" % ((n,) * 4)
        for n in range(count)
    )
    lines = (b"y" * 60 + b"\r\n--\r\n") * (filling // 67)
    big = b"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment\r\n\r\n" + lines
    return MIXED + parts + big + _form_as_part() + b"--b--\r\n"


def _without_boundaries(depth: int, filling: int) -> bytes:
    """Return a mail whose multiparts do not name their boundaries, each within the one before."""
    nested = b"".join(b"Content-Type: multipart/mixed\r\n\r\n--n%d\r\n" % n for n in range(depth))
    filled = b"\r\n" + (b"words " * 11 + b"\r\n") * (filling // 68)
    return MIXED + b"--b\r\n" + nested + filled + _form_as_part() + b"--b--\r\n"


def _form_as_part() -> bytes:
    """Return the good form as one more part of a mail that has none of a library's making."""
    whole = sent(GOOD, word(GOOD))
    at = whole.index(b"Content-Type: application/")
    return b"--b\r\n" + whole[at : whole.index(b"\r\n--", at)] + b"\r\n"
