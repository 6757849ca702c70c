"""Writes PDFs by hand (ISO 32000-1, 7.5): what no honest library would write."""

import zlib
from collections.abc import Mapping

from tests.hostile.zips import MEGABYTE, repeated

TEXT = b"BT /F1 12 Tf 72 700 Td (An invented letter with words enough to be a text layer.) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
IMAGE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1"
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"


def pdf(objects: Mapping[int, bytes], root: int = 1, trailer: bytes = b"", start: int | None = None) -> bytes:
    """Return a file of these objects, its table of places right unless ``start`` says otherwise."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, at)
    size = max(places, default=0) + 1
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\n" % (size, root, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % (table if start is None else start)


def stream(data: bytes, told: bytes = b"") -> bytes:
    """Return a stream as it is."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), told, data)


def flate(data: bytes, told: bytes = b"") -> bytes:
    """Return a stream packed once."""
    return stream(zlib.compress(data, 9), told + b" /Filter /FlateDecode")


def zeros(size: int, fill: bytes = b"\0") -> bytes:
    """Return at least so many bytes of ``fill`` packed as PDFs pack (RFC 1950), never there at once."""
    chunk = fill * (MEGABYTE // len(fill) + 1)
    times, check = -(-size // len(chunk)), zlib.adler32(b"")
    for _ in range(times):
        check = zlib.adler32(chunk, check)
    return b"\x78\xda" + repeated(chunk, times) + check.to_bytes(4, "big")


def letter(
    content: bytes = b"", *, catalog: bytes = b"", page: bytes = b"", resources: bytes = b"",
    box: bytes = b"0 0 612 792", more: Mapping[int, bytes] | None = None, trailer: bytes = b"",
) -> bytes:  # fmt: skip
    """Return a letter of one page; what is given is drawn or stands beside its words. Objects from 10 on are free."""
    shown = b"/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> %s" % (resources, page)
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] %s >>" % (box, shown),
            4: stream(TEXT + b"\n" + content),
            5: FONT,
            **(more or {}),
        },
        trailer=trailer,
    )


def drawing(told: bytes, data: bytes) -> bytes:
    """Return a letter that draws one stream of this kind, as an image or a form."""
    return letter(b"/X Do", resources=b"/XObject << /X 10 0 R >>", more={10: stream(data, b"/Type /XObject " + told)})


def drawn(more: Mapping[int, bytes], names: bytes = b"/X 10 0 R", content: bytes = b"/X Do") -> bytes:
    """Return a letter that draws what is given."""
    return letter(content, resources=b"/XObject << %s >>" % names, more=more)
