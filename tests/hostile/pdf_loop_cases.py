"""PDFs that lead in circles, or too deep (incident 74; threat 28)."""

from collections.abc import Iterator

from tests.hostile.case import Case, a_pdf
from tests.hostile.pdfs import drawing, letter, pdf, stream


def loop_cases() -> Iterator[Case]:
    """Give the cases of files that lead in circles, or too deep."""
    pages = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: b"<< /Type /Page /Parent 2 0 R >>"}
    for name, kids in (
        ("itself", b"[2 0 R]"),
        ("twice", b"[3 0 R 3 0 R]"),
        ("root", b"[1 0 R]"),
        ("nothing", b"[99 0 R]"),
    ):
        node = b"<< /Type /Pages /Kids %s /Count 9 >>" % kids
        yield a_pdf(f"pdf-pages-hold-{name}", "incident 74", lambda node=node: pdf({**pages, 2: node}))
    yield a_pdf(
        "pdf-pages-1e9-claimed",
        "threat 28",
        lambda: pdf({**pages, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>"}),
    )
    yield a_pdf(
        "pdf-pages-20k",
        "threat 28",
        lambda: pdf({**pages, 2: b"<< /Type /Pages /Count 20000 /Kids [" + b"3 0 R " * 20_000 + b"] >>"}),
    )
    yield a_pdf("pdf-pages-500-deep", "threat 28", lambda: pdf(_deep_pages(500)))
    yield a_pdf("pdf-table-leads-to-itself", "incident 74", lambda: letter(trailer=b"/Prev 900"))
    yield a_pdf("pdf-table-nowhere", "incident 74", lambda: pdf({1: b"<< >>"}, start=2**40))
    yield a_pdf(
        "pdf-form-draws-itself",
        "threat 28",
        lambda: drawing(b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>", b"/X Do " * 9),
    )
    yield a_pdf(
        "pdf-forms-doubled-30",
        "threat 28",
        lambda: letter(b"/X10 Do", resources=b"/XObject << /X10 10 0 R >>", more=_doubled(30)),
    )
    yield a_pdf("pdf-type-3-font-draws-itself", "threat 28", _self_drawing_font)
    yield a_pdf("pdf-pattern-of-small-steps", "threat 28", _pattern)
    yield a_pdf(
        "pdf-arrays-100k-deep",
        "threat 28",
        lambda: letter(more={10: b"[" * 100_000 + b"]" * 100_000}, catalog=b"/A 10 0 R"),
    )
    yield a_pdf(
        "pdf-dictionaries-10k-deep",
        "threat 28",
        lambda: letter(more={10: b"<</A " * 10_000 + b">>" * 10_000}, catalog=b"/A 10 0 R"),
    )
    yield a_pdf(
        "pdf-length-is-itself",
        "threat 28",
        lambda: letter(more={10: b"<< /Length 10 0 R >>\nstream\nx\nendstream"}, catalog=b"/A 10 0 R"),
    )
    yield a_pdf(
        "pdf-stream-length-negative",
        "threat 28",
        lambda: letter(more={10: b"<< /Length -5 >>\nstream\nx\nendstream"}, catalog=b"/A 10 0 R"),
    )
    yield a_pdf("pdf-object-stream-of-itself", "threat 28", _object_stream)
    yield a_pdf(
        "pdf-fields-in-a-ring",
        "threat 28",
        lambda: _fields({10: b"<< /T (a) /Kids [11 0 R] >>", 11: b"<< /T (b) /Kids [10 0 R] >>"}),
    )
    yield a_pdf(
        "pdf-fields-10k",
        "threat 28",
        lambda: _fields({n: b"<< /T (a%d) /FT /Tx /V (b) >>" % n for n in range(10, 10_010)}),
        slow=True,
    )
    yield a_pdf(
        "pdf-notes-21k",
        "threat 28",
        lambda: letter(page=b"/Annots [" + b"<< /Subtype /Text /Rect [0 0 9 9] >> " * 21_000 + b"]"),
        slow=True,
    )
    yield a_pdf(
        "pdf-outline-in-a-ring",
        "threat 28",
        lambda: letter(catalog=b"/Outlines 10 0 R", more={10: b"<< /First 10 0 R /Next 10 0 R /Last 10 0 R >>"}),
    )


def _fields(fields: dict[int, bytes]) -> bytes:
    return letter(
        catalog=b"/AcroForm << /Fields [%s] >>" % b" ".join(b"%d 0 R" % number for number in fields), more=fields
    )


def _deep_pages(depth: int) -> dict[int, bytes]:
    nodes = {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, depth)}
    return {1: b"<< /Type /Catalog /Pages 2 0 R >>", **nodes, depth: b"<< /Type /Page /MediaBox [0 0 9 9] >>"}


def _doubled(depth: int) -> dict[int, bytes]:
    told = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X%d %d 0 R >> >>"
    forms = {n: stream(b"/X%d Do " % (n + 1) * 2, told % (n + 1, n + 1)) for n in range(10, 10 + depth)}
    return {**forms, 10 + depth: stream(b"0 0 9 9 re f", told % (1, 1))}


def _self_drawing_font() -> bytes:
    told = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97"
        b" /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 11 0 R >>"
        b" /Resources << /Font << /F2 10 0 R >> >> >>"
    )
    return letter(
        b"BT /F2 9 Tf (aaaa) Tj ET",
        page=b"/Resources << /Font << /F1 5 0 R /F2 10 0 R >> >>",
        more={10: told, 11: stream(b"9 0 d0 BT /F2 9 Tf (aaaa) Tj ET")},
    )


def _pattern() -> bytes:
    told = (
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1e6 1e6] /XStep 0.0001 /YStep 0.0001"
        b" /Resources << >>"
    )
    return letter(
        b"/Pattern cs /P scn 0 0 612 792 re f",
        resources=b"/Pattern << /P 10 0 R >>",
        more={10: stream(b"0 0 9 9 re f", told)},
    )


def _object_stream() -> bytes:
    return letter(
        catalog=b"/A 10 0 R", more={10: stream(b"10 0 << >>", b"/Type /ObjStm /N 1000000000 /First 5 /Extends 10 0 R")}
    )
