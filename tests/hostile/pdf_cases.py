"""PDFs that loop, swell or act (incident 74; threats 28 and 29; security.md 4.2)."""

import base64
import zlib
from collections.abc import Iterator

from tests.hostile.case import Case, attached
from tests.hostile.pdfs import FONT, drawing, flate, letter, pdf, stream, zeros

CALLED = "referral.pdf"


def packing_cases() -> Iterator[Case]:
    """Give the cases of streams that unpack to far more than they are."""
    big = 1_000_000_000
    for name, told, data, slow in (
        ("flate-1-gb", b"/Filter /FlateDecode", lambda: zeros(big, b" "), True),
        ("flate-100-mb", b"/Filter /FlateDecode", lambda: zeros(100_000_000, b" "), False),
        ("flate-in-flate", b"/Filter [/FlateDecode /FlateDecode]", lambda: zlib.compress(zeros(big), 9), True),
        ("flate-thrice", b"/Filter [/Fl /Fl /Fl]", lambda: zlib.compress(zlib.compress(zeros(100_000_000), 9), 9), False),
        ("ascii85", b"/Filter /ASCII85Decode", lambda: b"z" * 20_000_000 + b"~>", True),
        ("ascii85-4-mb", b"/Filter /ASCII85Decode", lambda: b"z" * 9_000_000 + b"~>", False),
        ("ascii85-in-flate", b"/Filter [/FlateDecode /ASCII85Decode]", lambda: zeros(25_000_000, b"z"), False),
        ("flate-in-ascii85", b"/Filter [/ASCII85Decode /FlateDecode]", lambda: base64.a85encode(zeros(100_000_000)) + b"~>", False),
        ("hex-of-hex", b"/Filter [/AHx /AHx]", lambda: b"33" * 2_000_000 + b">", False),
        ("runs", b"/Filter /RunLengthDecode", lambda: b"\x81 " * 500_000, False),
        ("lzw", b"/Filter /LZWDecode", lambda: b"\x80\x0b\x60\x50" * 400_000, False),
        ("filters-50", b"/Filter [" + b"/FlateDecode " * 50 + b"]", lambda: zlib.compress(b"x"), False),
        ("filter-unknown", b"/Filter /NoSuchDecode", lambda: b"x" * 900, False),
        ("predictor", b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 >>", lambda: zeros(9_000), False),
    ):  # fmt: skip
        yield attached(f"pdf-{name}", "threat 28", lambda told=told, data=data: _content(told, data()), "?", called=CALLED, slow=slow)
    yield attached("pdf-font-of-100-mb", "threat 28", lambda: _font(100_000_000), "?", called=CALLED)
    yield attached("pdf-letters-map-of-50-mb", "threat 28", lambda: _letters_map(zeros(50_000_000, b"<00> <01> ")), "?", called=CALLED)
    yield attached("pdf-answer-of-1-gb", "threat 28", _swollen_answer, "?", called=CALLED, slow=True)
    yield attached("pdf-xfa-of-1-gb", "threat 28", lambda: _xfa(stream(zeros(big, b"a"), b"/Filter /FlateDecode")), "?", called=CALLED, slow=True)
    yield attached("pdf-xfa-of-100-mb", "threat 28", lambda: _xfa(stream(zeros(100_000_000, b"a"), b"/Filter /FlateDecode")), "?", called=CALLED)
    yield attached("pdf-xfa-laughs", "threat 23", lambda: _xfa(flate(_LAUGHS)), "?", called=CALLED)
    yield attached("pdf-xfa-reads-a-file", "threat 24", lambda: _xfa(flate(_FILE)), "?", called=CALLED)
    yield attached("pdf-xfa-deep", "threat 28", lambda: _xfa(flate(b"<a>" * 50_000 + b"</a>" * 50_000)), "?", called=CALLED)


def picture_cases() -> Iterator[Case]:
    """Give the cases of pictures in pages."""
    claims = b"/Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB "
    for name, told, data in (
        ("jbig2", b"/Filter /JBIG2Decode", b"\x97JB2\r\n\x1a\n" + b"\xff" * 90),
        ("jpx", b"/Filter /JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x16ihdr\x7f\xff\xff\xff\x7f\xff\xff\xff\0\3\7\7\0\0"),
        ("jpeg", b"/Filter /DCTDecode", b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1\xff\xd9"),
        ("fax", b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2147483647 /Rows 2147483647 >>", b"\0\1" * 90),
        ("flate", b"/Filter /FlateDecode", zlib.compress(b"x")),
        ("bare", b"", b"x"),
    ):
        yield attached(f"pdf-picture-{name}", "threat 28", lambda told=told, data=data: drawing(claims + told, data), "?", called=CALLED)
    inline = b"BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID " + b"x" * 100 + b" EI "
    yield attached("pdf-picture-inline", "threat 28", lambda: letter(inline * 50), "?", called=CALLED)
    yield attached("pdf-picture-of-500-mb", "threat 28", lambda: drawing(claims + b"/Filter /FlateDecode", zeros(500_000_000)), "?", called=CALLED, slow=True)
    mask = claims + b"/SMask 10 0 R /Filter /FlateDecode"
    yield attached("pdf-picture-masks-itself", "threat 28", lambda: drawing(mask, zlib.compress(b"x")), "?", called=CALLED)


def loop_cases() -> Iterator[Case]:
    """Give the cases of files that lead in circles, or too deep."""
    pages = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: b"<< /Type /Page /Parent 2 0 R >>"}
    for name, kids in (("itself", b"[2 0 R]"), ("twice", b"[3 0 R 3 0 R]"), ("root", b"[1 0 R]"), ("nothing", b"[99 0 R]")):
        node = b"<< /Type /Pages /Kids %s /Count 9 >>" % kids
        yield attached(f"pdf-pages-hold-{name}", "incident 74", lambda node=node: pdf({**pages, 2: node}), "?", called=CALLED)
    yield attached("pdf-pages-1e9-claimed", "threat 28", lambda: pdf({**pages, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>"}), "?", called=CALLED)
    yield attached("pdf-pages-20k", "threat 28", lambda: pdf({**pages, 2: b"<< /Type /Pages /Count 20000 /Kids [" + b"3 0 R " * 20_000 + b"] >>"}), "?", called=CALLED)
    yield attached("pdf-pages-500-deep", "threat 28", lambda: pdf(_deep_pages(500)), "?", called=CALLED)
    yield attached("pdf-table-leads-to-itself", "incident 74", lambda: letter(trailer=b"/Prev 900"), "?", called=CALLED)
    yield attached("pdf-table-nowhere", "incident 74", lambda: pdf({1: b"<< >>"}, start=2**40), "?", called=CALLED)
    yield attached("pdf-form-draws-itself", "threat 28", lambda: drawing(b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>", b"/X Do " * 9), "?", called=CALLED)
    yield attached("pdf-forms-doubled-30", "threat 28", lambda: letter(b"/X10 Do", resources=b"/XObject << /X10 10 0 R >>", more=_doubled(30)), "?", called=CALLED)
    yield attached("pdf-type-3-font-draws-itself", "threat 28", _self_drawing_font, "?", called=CALLED)
    yield attached("pdf-pattern-of-small-steps", "threat 28", _pattern, "?", called=CALLED)
    yield attached("pdf-arrays-100k-deep", "threat 28", lambda: letter(more={10: b"[" * 100_000 + b"]" * 100_000}, catalog=b"/A 10 0 R"), "?", called=CALLED)
    yield attached("pdf-dictionaries-10k-deep", "threat 28", lambda: letter(more={10: b"<</A " * 10_000 + b">>" * 10_000}, catalog=b"/A 10 0 R"), "?", called=CALLED)
    yield attached("pdf-length-is-itself", "threat 28", lambda: letter(more={10: b"<< /Length 10 0 R >>\nstream\nx\nendstream"}, catalog=b"/A 10 0 R"), "?", called=CALLED)
    yield attached("pdf-stream-length-negative", "threat 28", lambda: letter(more={10: b"<< /Length -5 >>\nstream\nx\nendstream"}, catalog=b"/A 10 0 R"), "?", called=CALLED)
    yield attached("pdf-object-stream-of-itself", "threat 28", _object_stream, "?", called=CALLED)
    yield attached("pdf-fields-in-a-ring", "threat 28", lambda: _fields({10: b"<< /T (a) /Kids [11 0 R] >>", 11: b"<< /T (b) /Kids [10 0 R] >>"}), "?", called=CALLED)
    yield attached("pdf-fields-10k", "threat 28", lambda: _fields({n: b"<< /T (a%d) /FT /Tx /V (b) >>" % n for n in range(10, 10_010)}), "?", called=CALLED)
    yield attached("pdf-notes-50k", "threat 28", lambda: letter(page=b"/Annots [" + b"<< /Subtype /Text /Rect [0 0 9 9] >> " * 50_000 + b"]"), "?", called=CALLED)
    yield attached("pdf-outline-in-a-ring", "threat 28", lambda: letter(catalog=b"/Outlines 10 0 R", more={10: b"<< /First 10 0 R /Next 10 0 R /Last 10 0 R >>"}), "?", called=CALLED)


def odd_cases() -> Iterator[Case]:
    """Give the cases of sizes nobody prints, of floods, and of files that are hardly PDFs."""
    for name, box in (("huge", b"0 0 1e9 1e9"), ("negative", b"612 792 0 0"), ("empty", b"0 0 0 0"), ("no-number", b"a b c d"), ("endless", b"0 0 1e400 1e400")):
        yield attached(f"pdf-page-{name}", "threat 28", lambda box=box: letter(box=box), "?", called=CALLED)
    yield attached("pdf-objects-1e6-claimed", "4.2", lambda: letter(trailer=b"/Size 1000000000"), "?", called=CALLED)
    yield attached("pdf-objects-300k", "4.2", lambda: letter(page=b"/X [" + b"<<>>" * 300_000 + b"]", resources=b"/P [" + b"<<>> " * 150_000 + b"]"), "?", called=CALLED)
    yield attached("pdf-objects-1e6", "4.2", _many_objects, "?", called=CALLED, slow=True)
    yield attached("pdf-lines-drawn-60k", "threat 28", lambda: letter(b"0 0 m 9 9 l S " * 60_000), "?", called=CALLED)
    yield attached("pdf-lines-in-one-path", "threat 28", lambda: letter(b"0 0 m " + b"9 9 l " * 400_000 + b"S"), "?", called=CALLED, slow=True)
    yield attached("pdf-letters-100k-on-a-page", "threat 28", lambda: letter(b"BT /F1 1 Tf (" + b"ab " * 33_000 + b") Tj ET"), "?", called=CALLED)
    yield attached("pdf-words-hidden", "threat 55", lambda: letter(b"BT 3 Tr /F1 9 Tf 72 500 Td (unseen words) Tj ET"), "?", called=CALLED)
    yield attached("pdf-states-saved-1e6", "threat 28", lambda: letter(b"q " * 1_000_000), "?", called=CALLED, slow=True)
    yield attached("pdf-operators-junk", "threat 28", lambda: letter(b"\xff\xfe( [ << " * 60_000), "?", called=CALLED)
    yield attached("pdf-widths-1e6", "threat 28", _widths, "?", called=CALLED)
    yield attached("pdf-no-table-5-mb", "4.2", lambda: b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 250_000, "?", called=CALLED, slow=True)
    yield attached("pdf-nothing-but-nul", "4.2", lambda: b"%PDF-1.7\n" + bytes(3_000_000), "?", called=CALLED)
    yield attached("pdf-head-alone", "incident 75", lambda: b"%PDF-1.7\n", "?", called=CALLED)
    yield attached("pdf-cut", "incident 75", lambda: letter()[:300], "?", called=CALLED)
    yield attached("pdf-number-of-9000-digits", "4.2", lambda: letter(catalog=b"/A " + b"9" * 9_000), "?", called=CALLED)
    yield attached("pdf-name-of-1-mb", "4.2", lambda: letter(catalog=b"/" + b"A" * 1_000_000 + b" 1"), "?", called=CALLED)
    yield attached("pdf-encrypted-oddly", "4.2", lambda: letter(trailer=b"/Encrypt << /Filter /Standard /V 99 /R 99 /O (x) /U (x) /P 0 >>"), "?", called=CALLED)
    yield attached("pdf-encrypted-by-itself", "4.2", lambda: letter(trailer=b"/Encrypt 10 0 R /ID [() ()]", more={10: b"<< /Filter 10 0 R /Length 1000000000 >>"}), "?", called=CALLED)
    yield attached("pdf-root-is-a-number", "4.2", lambda: pdf({1: b"42"}), "?", called=CALLED)


_LAUGHS = b'<!DOCTYPE a [<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)) + b"]><a>&a9;</a>"
_FILE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


def _content(told: bytes, data: bytes) -> bytes:
    return letter(page=b"/Contents 10 0 R", more={10: stream(data, told)}).replace(b"/Contents 4 0 R ", b"")


def _font(size: int) -> bytes:
    told = b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 11 0 R >>"
    descriptor = b"<< /Type /FontDescriptor /FontName /A /FontFile2 12 0 R >>"
    return letter(b"BT /F2 9 Tf (a) Tj ET", page=b"/Resources << /Font << /F1 5 0 R /F2 10 0 R >> >>", more={10: told, 11: descriptor, 12: stream(zeros(size), b"/Filter /FlateDecode")})


def _letters_map(packed: bytes) -> bytes:
    told = FONT.replace(b">>", b"/ToUnicode 11 0 R >>")
    return letter(b"BT /F2 9 Tf (a) Tj ET", page=b"/Resources << /Font << /F1 5 0 R /F2 10 0 R >> >>", more={10: told, 11: stream(packed, b"/Filter /FlateDecode")})


def _fields(fields: dict[int, bytes]) -> bytes:
    return letter(catalog=b"/AcroForm << /Fields [%s] >>" % b" ".join(b"%d 0 R" % number for number in fields), more=fields)


def _swollen_answer() -> bytes:
    field = b"<< /T (a) /FT /Tx /V 11 0 R /Subtype /Widget /Rect [0 0 9 9] /P 3 0 R >>"
    packed = stream(zeros(1_000_000_000, b"a"), b"/Filter /FlateDecode")
    return letter(catalog=b"/AcroForm << /Fields [10 0 R] >>", page=b"/Annots [10 0 R]", more={10: field, 11: packed})


def _xfa(packet: bytes) -> bytes:
    blank = stream(b"BT /F1 12 Tf 72 700 Td (Please wait...) Tj ET")
    return letter(catalog=b"/AcroForm << /Fields [] /XFA [(datasets) 10 0 R] >>", more={4: blank, 10: packet})


def _deep_pages(depth: int) -> dict[int, bytes]:
    nodes = {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, depth)}
    return {1: b"<< /Type /Catalog /Pages 2 0 R >>", **nodes, depth: b"<< /Type /Page /MediaBox [0 0 9 9] >>"}


def _doubled(depth: int) -> dict[int, bytes]:
    told = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X%d %d 0 R >> >>"
    forms = {n: stream(b"/X%d Do " % (n + 1) * 2, told % (n + 1, n + 1)) for n in range(10, 10 + depth)}
    return {**forms, 10 + depth: stream(b"0 0 9 9 re f", told % (1, 1))}


def _self_drawing_font() -> bytes:
    told = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 11 0 R >> /Resources << /Font << /F2 10 0 R >> >> >>"
    return letter(b"BT /F2 9 Tf (aaaa) Tj ET", page=b"/Resources << /Font << /F1 5 0 R /F2 10 0 R >> >>", more={10: told, 11: stream(b"9 0 d0 BT /F2 9 Tf (aaaa) Tj ET")})


def _pattern() -> bytes:
    told = b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1e6 1e6] /XStep 0.0001 /YStep 0.0001 /Resources << >>"
    return letter(b"/Pattern cs /P scn 0 0 612 792 re f", resources=b"/Pattern << /P 10 0 R >>", more={10: stream(b"0 0 9 9 re f", told)})


def _object_stream() -> bytes:
    return letter(catalog=b"/A 10 0 R", more={10: stream(b"10 0 << >>", b"/Type /ObjStm /N 1000000000 /First 5 /Extends 10 0 R")})


def _many_objects() -> bytes:
    return letter(more={n: b"<<>>" for n in range(10, 1_000_010)})


def _widths() -> bytes:
    told = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 1000000 /Widths [" + b"1 " * 1_000_000 + b"] >>"
    return letter(b"BT /F2 9 Tf (a) Tj ET", page=b"/Resources << /Font << /F1 5 0 R /F2 10 0 R >> >>", more={10: told})


