"""PDFs that unpack or draw to far more than they are (threat 28; security.md 4.2)."""

import base64
import zlib
from collections.abc import Iterator

from tests.hostile.case import Case, a_pdf
from tests.hostile.pdfs import FONT, drawing, flate, letter, stream, zeros

WIDE = b"/DecodeParms << /Predictor 15 /Columns 2147483647 >>"


def packing_cases() -> Iterator[Case]:
    """Give the cases of streams that unpack to far more than they are."""
    big = 1_000_000_000
    for name, told, data, slow in (
        ("flate-1-gb", b"/Filter /FlateDecode", lambda: zeros(big, b" "), True),
        ("flate-100-mb", b"/Filter /FlateDecode", lambda: zeros(100_000_000, b" "), False),
        ("flate-in-flate", b"/Filter [/FlateDecode /FlateDecode]", lambda: zlib.compress(zeros(big), 9), True),
        ("flate-thrice", b"/Filter [/Fl /Fl /Fl]", lambda: _twice(zeros(100_000_000)), False),
        ("ascii85", b"/Filter /ASCII85Decode", lambda: b"z" * 20_000_000 + b"~>", True),
        ("ascii85-in-flate", b"/Filter [/FlateDecode /ASCII85Decode]", lambda: zeros(25_000_000, b"z"), False),
        ("flate-in-ascii85", b"/Filter [/ASCII85Decode /FlateDecode]", lambda: _in_letters(zeros(100_000_000)), False),
        ("hex-of-hex", b"/Filter [/AHx /AHx]", lambda: b"33" * 500_000 + b">", False),
        ("runs", b"/Filter /RunLengthDecode", lambda: b"\x81 " * 500_000, False),
        ("lzw", b"/Filter /LZWDecode", lambda: b"\x80\x0b\x60\x50" * 50_000, False),
        ("lzw-of-8-mb", b"/Filter /LZWDecode", lambda: b"\x80\x0b\x60\x50" * 2_000_000, True),
        ("filters-50", b"/Filter [" + b"/FlateDecode " * 50 + b"]", lambda: zlib.compress(b"x"), False),
        ("filter-unknown", b"/Filter /NoSuchDecode", lambda: b"x" * 900, False),
        ("predictor", b"/Filter /FlateDecode " + WIDE, lambda: zeros(9_000), False),
    ):  # fmt: skip
        yield a_pdf(f"pdf-{name}", "threat 28", lambda told=told, data=data: _content(told, data()), slow=slow)
    yield a_pdf("pdf-font-of-100-mb", "threat 28", lambda: _font(100_000_000))
    yield a_pdf("pdf-letters-map-of-50-mb", "threat 28", lambda: _letters_map(zeros(50_000_000, b"<00> <01> ")))
    yield a_pdf("pdf-answer-of-1-gb", "threat 28", _swollen_answer, slow=True)
    yield a_pdf(
        "pdf-xfa-of-1-gb", "threat 28", lambda: _xfa(stream(zeros(big, b"a"), b"/Filter /FlateDecode")), slow=True
    )
    yield a_pdf(
        "pdf-xfa-of-100-mb", "threat 28", lambda: _xfa(stream(zeros(100_000_000, b"a"), b"/Filter /FlateDecode"))
    )
    yield a_pdf("pdf-xfa-laughs", "threat 23", lambda: _xfa(flate(_LAUGHS)))
    yield a_pdf("pdf-xfa-reads-a-file", "threat 24", lambda: _xfa(flate(_FILE)))
    yield a_pdf("pdf-xfa-deep", "threat 28", lambda: _xfa(flate(b"<a>" * 50_000 + b"</a>" * 50_000)))


def picture_cases() -> Iterator[Case]:
    """Give the cases of pictures in pages."""
    claims = b"/Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB "
    for name, told, data in (
        ("jbig2", b"/Filter /JBIG2Decode", b"\x97JB2\r\n\x1a\n" + b"\xff" * 90),
        (
            "jpx",
            b"/Filter /JPXDecode",
            b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x16ihdr\x7f\xff\xff\xff\x7f\xff\xff\xff\0\3\7\7\0\0",
        ),
        (
            "jpeg",
            b"/Filter /DCTDecode",
            b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1\xff\xd9",
        ),
        ("fax", b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2147483647 /Rows 2147483647 >>", b"\0\1" * 90),
        ("flate", b"/Filter /FlateDecode", zlib.compress(b"x")),
        ("bare", b"", b"x"),
    ):
        yield a_pdf(f"pdf-picture-{name}", "threat 28", lambda told=told, data=data: drawing(claims + told, data))
    inline = b"BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID " + b"x" * 100 + b" EI "
    yield a_pdf("pdf-picture-inline", "threat 28", lambda: letter(inline * 50))
    yield a_pdf(
        "pdf-picture-of-500-mb",
        "threat 28",
        lambda: drawing(claims + b"/Filter /FlateDecode", zeros(500_000_000)),
        slow=True,
    )
    mask = claims + b"/SMask 10 0 R /Filter /FlateDecode"
    yield a_pdf("pdf-picture-masks-itself", "threat 28", lambda: drawing(mask, zlib.compress(b"x")))


def _twice(data: bytes) -> bytes:
    return zlib.compress(zlib.compress(data, 9), 9)


def _in_letters(data: bytes) -> bytes:
    return base64.a85encode(data) + b"~>"


def _content(told: bytes, data: bytes) -> bytes:
    return letter(page=b"/Contents 10 0 R", more={10: stream(data, told)}).replace(b"/Contents 4 0 R ", b"")


def _font(size: int) -> bytes:
    told = b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 11 0 R >>"
    descriptor = b"<< /Type /FontDescriptor /FontName /A /FontFile2 12 0 R >>"
    return letter(
        b"BT /F2 9 Tf (a) Tj ET",
        page=b"/Resources << /Font << /F1 5 0 R /F2 10 0 R >> >>",
        more={10: told, 11: descriptor, 12: stream(zeros(size), b"/Filter /FlateDecode")},
    )


def _letters_map(packed: bytes) -> bytes:
    told = FONT.replace(b">>", b"/ToUnicode 11 0 R >>")
    return letter(
        b"BT /F2 9 Tf (a) Tj ET",
        page=b"/Resources << /Font << /F1 5 0 R /F2 10 0 R >> >>",
        more={10: told, 11: stream(packed, b"/Filter /FlateDecode")},
    )


def _swollen_answer() -> bytes:
    field = b"<< /T (a) /FT /Tx /V 11 0 R /Subtype /Widget /Rect [0 0 9 9] /P 3 0 R >>"
    packed = stream(zeros(1_000_000_000, b"a"), b"/Filter /FlateDecode")
    return letter(catalog=b"/AcroForm << /Fields [10 0 R] >>", page=b"/Annots [10 0 R]", more={10: field, 11: packed})


def _xfa(packet: bytes) -> bytes:
    blank = stream(b"BT /F1 12 Tf 72 700 Td (Please wait...) Tj ET")
    return letter(catalog=b"/AcroForm << /Fields [] /XFA [(datasets) 10 0 R] >>", more={4: blank, 10: packet})


_LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><a>&a9;</a>"
)
_FILE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
